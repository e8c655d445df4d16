"""Places that speak against the findings are listed, each with its words and why."""

import pytest

from qualcode.analysis.given import Given
from qualcode.analysis.negatives import negatives
from qualcode.model import Phase
from qualcode.problems import UsageError

from .conftest import codebook_of, row_of

BOOK = codebook_of("A", "B", "C", "formal_institution", "informal_institution")
PHASES = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
BEFORE = {"t_about_start": "2018-01-01", "t_about_end": "2018-12-31"}
AFTER = {"t_about_start": "2020-01-01", "t_about_end": "2020-12-31"}


def cases(corpus, rule):
    made = negatives(Given(*corpus.tables, BOOK, PHASES, codes=("A", "B", "C")))
    table = made.tables["negative_cases"]
    return table[(table["rule"] == rule).to_numpy(dtype=bool)].to_dict("records")


def test_the_second_code_leading_early_and_the_first_leading_late(corpus):
    corpus.document("I1", "A", "B", "B C", **BEFORE).document("I2", "A C", "-", **AFTER)
    corpus.document("I3", "A", "B C", **BEFORE)
    found = [(c["document_id"], c["segment_id"], c["code"], c["why"]) for c in cases(corpus, "wrong_side")]
    assert found == [
        ("I1", "I1:2", "B", "B in 2 segments, A in 1"),
        ("I2", "I2:1", "A", "A in 1 segments, B in 0"),
    ]


def test_documents_and_phases_without_the_link(corpus):
    corpus.document("I1", "A", "B", **BEFORE).document("I2", "C", **BEFORE)
    assert [(c["document_id"], c["phase"], c["quote"]) for c in cases(corpus, "no_link")] == [
        ("I1", "P1", "第1句，说的是A")
    ]


def test_switches_without_the_link_one_way_only(corpus):
    corpus.document("I1", "A", "C", "B", "A", "-", "B").document("D1", "A", "B", kind="policy")
    assert [c["segment_id"] for c in cases(corpus, "bare_switch")] == ["I1:6"]


def test_two_institutions_in_one_segment(corpus):
    corpus.document("I1", "formal_institution informal_institution", "formal_institution")
    assert [c["segment_id"] for c in cases(corpus, "competing")] == ["I1:1"]


def written_as(corpus, place, **cells):
    names = list(corpus.codings.columns)
    corpus.coding_rows[place] = row_of(
        "coded_segments", **dict(zip(names, corpus.coding_rows[place], strict=True)) | cells
    )


def test_documents_say_so_and_talk_denies_it(corpus):
    corpus.document("D1", "A", kind="report", t_about_start="2018-03-01", t_about_end="2018-03-01")
    corpus.document("I1", "A", **BEFORE).document("I2", "A", **AFTER)
    written_as(corpus, 0, polarity="affirmed", modality="actual")
    for place in (1, 2):
        written_as(corpus, place, polarity="negated", countable=False)
    assert [(c["segment_id"], c["why"]) for c in cases(corpus, "denied")] == [("I1:1", "D1:1 says it is so")]
    written_as(corpus, 0, polarity="affirmed", modality="normative")  # what ought to be denies nothing
    assert cases(corpus, "denied") == []


def test_one_actor_affirms_and_negates(corpus):
    corpus.document("I1", "A", "A", "A", **BEFORE)
    names = list(corpus.segments.columns)
    for place, actor in enumerate(("市局", "市局", "省厅")):
        cells = dict(zip(names, corpus.segment_rows[place], strict=True)) | {"actor": actor}
        corpus.segment_rows[place] = row_of("segments", **cells)
    for place, polarity in enumerate(("affirmed", "negated", "negated")):
        written_as(corpus, place, polarity=polarity)
    assert [(c["segment_id"], c["actor"], c["why"]) for c in cases(corpus, "both_told")] == [
        ("I1:2", "市局", "affirmed in I1:1")
    ]


@pytest.mark.parametrize(("text", "found"), [("这是所谓的“创新”办法", 1), ("这是创新办法", 0)])
def test_scare_quotes_are_found_around_the_evidence(corpus, text, found):
    corpus.document("I1", "B")
    names = list(corpus.segments.columns)
    cells = dict(zip(names, corpus.segment_rows[0], strict=True)) | {"text": text}
    corpus.segment_rows[0] = row_of("segments", **cells)
    start = text.index("创新")
    written_as(corpus, 0, spans=(f"{start}-{start + 2}",))
    assert len(cases(corpus, "scare_quote")) == found


def test_nothing_found_is_no_proof_and_codes_must_be_three(corpus):
    made = negatives(Given(*corpus.tables, BOOK, PHASES, codes=("A", "B", "C")))
    assert made.tables["negative_cases"].empty and "no proof" in str(made.remarks[0])
    with pytest.raises(UsageError, match="three codes"):
        negatives(Given(*corpus.tables, BOOK, PHASES))
