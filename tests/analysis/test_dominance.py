"""Who leads in a phase: each document one voice, kinds apart, no ranking of unchecked dictionaries."""

import math

from qualcode.analysis.dominance import dominance
from qualcode.analysis.given import Accuracy, Given
from qualcode.model import Phase

from .conftest import Corpus, codebook_of

AB = codebook_of("A", "B")
PHASES = (Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
BEFORE = {"t_about_start": "2018-01-01", "t_about_end": "2018-12-31"}
AFTER = {"t_about_start": "2020-01-01", "t_about_end": "2020-12-31"}


def row(made, **where):
    table = next(iter(made.tables.values()))
    for name, value in where.items():
        table = table[(table[name] == value).to_numpy(dtype=bool)]
    assert len(table) == 1, table
    return table.iloc[0].to_dict()


def three(corpus: Corpus) -> Corpus:
    corpus.document("I1", "A", "A", "B", "-", **BEFORE)
    corpus.document("I2", "A", "-", **BEFORE)
    corpus.document("I3", "A", **BEFORE)
    return corpus


def test_macro_gives_each_document_one_voice(corpus):
    """By hand: A in 2 of 4, 1 of 2, 1 of 1: macro 2/3, micro 4/7; B in 1/4, 0, 0: macro 1/12; share 8/9."""
    found = row(dominance(Given(*three(corpus).tables, AB, PHASES)), phase="P1", code="A")
    assert (found["n_segments"], found["n_documents"], found["n_quotes"]) == (7, 3, 4)
    assert math.isclose(found["p_macro"], 2 / 3) and math.isclose(found["p_micro"], 4 / 7)
    assert math.isclose(found["share"], 8 / 9) and found["rank"] == 1


def test_levels_are_not_compared_without_validation(corpus):
    made = dominance(Given(*three(corpus).tables, AB, PHASES))
    found = row(made, phase="P1", code="A")
    assert found["label"] == "not identified" and math.isnan(found["pr_top"]) and math.isnan(found["p_adj"])
    assert "not identified" in found["note"] and any("not identified" in str(r) for r in made.remarks)


def test_validation_corrects_each_code_by_its_own_dictionary(corpus):
    """By hand: A precision .8, recall .5: times 1.6; B precise and complete: times 1."""
    accuracy = {"A": Accuracy(40, 10, 40), "B": Accuracy(50, 0, 0)}
    made = dominance(Given(*three(corpus).tables, AB, PHASES, accuracy=accuracy))
    a, b = row(made, phase="P1", code="A"), row(made, phase="P1", code="B")
    assert math.isclose(a["p_adj"], 2 / 3 * 1.6) and math.isclose(b["p_adj"], 1 / 12)
    assert a["label"] == "dominant" and b["label"] == "contested"
    assert math.isclose(a["pr_top"] + b["pr_top"], 1)


def test_two_documents_give_no_interval_and_no_label(corpus):
    corpus.document("I1", "A", **AFTER).document("I2", "B", **AFTER)
    found = row(dominance(Given(*corpus.tables, AB, PHASES)), phase="P2", code="A")
    assert math.isnan(found["lo"]) and found["label"] == "" and "2 documents only" in found["note"]


def test_talk_that_straddles_is_in_no_phase_and_kinds_stay_apart(corpus):
    three(corpus).document("I4", "B", t_about_start="2019-01-01", t_about_end="2019-12-31")
    corpus.document("D1", "B", kind="policy", t_about_start="2018-03-01", t_about_end="2018-03-01")
    made = dominance(Given(*corpus.tables, AB, PHASES))
    assert row(made, kind="interview", phase="P1", code="A")["n_documents"] == 3
    assert row(made, kind="policy", phase="P1", code="B")["basis"] == "document"
    assert any(str(r) == "1 of 8 segments of talk are in no phase" for r in made.remarks)


def test_order_of_documents_does_not_matter(corpus):
    one = dominance(Given(*three(corpus).tables, AB, PHASES)).tables["dominance"]
    turned = [table.iloc[::-1].reset_index(drop=True) for table in corpus.tables]
    assert one.equals(dominance(Given(*turned, AB, PHASES)).tables["dominance"])


def test_recall_of_a_design_corrects_by_the_strata():
    """By hand: precision .9, recall .6 weighted: 1.5, whatever the raw counts of missed ones are."""
    found = Accuracy(18, 2, 1, clear=79, positive=100, negative=900, recall=0.6)
    assert math.isclose(found.ratio, 1.5)
    assert math.isnan(Accuracy(0, 3, 2).ratio) and math.isnan(Accuracy(4, 0, 0, recall=0.0).ratio)
