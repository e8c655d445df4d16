"""From one code to another: inside documents, as said and as told, measured as Bakeman and Gottman do."""

import math

import numpy as np
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import chi2_contingency

from qualcode.analysis.given import Given
from qualcode.analysis.sequences import Sequences
from qualcode.analysis.transitions import (
    Way,
    _counted,
    _where,
    measured,
    quasi_independent,
    steps,
    transitions,
    without_repeats,
)
from qualcode.problems import UsageError

from .conftest import codebook_of

ABC = codebook_of("A", "B", "C")


def rows(corpus, table="transitions", codes=("A", "B"), **where):
    found = transitions(Given(*corpus.tables, ABC, codes=codes)).tables[table]
    if table == "transitions":
        where = {"lag": 1, "repeats": "kept"} | where
    for name, value in where.items():
        found = found[(found[name] == value).to_numpy(dtype=bool)]
    return found.to_dict("records")


def test_steps_never_cross_documents(corpus):
    """By hand: I1 goes A A B (what has both, or neither, is passed over), I2 goes B A."""
    corpus.document("I1", "A", "-", "A", "A B", "B", "C").document("I2", "B", "A")
    counted = {(r["source"], r["target"]): r["n"] for r in rows(corpus, level="talk")}
    assert counted == {("A", "A"): 1, ("A", "B"): 1, ("B", "A"): 1, ("B", "B"): 0}
    (found,) = rows(corpus, level="talk", source="A", target="B")
    assert found["example_ids"] == ("I1:5",) and found["p_trans"] == 0.5
    assert math.isnan(found["p"]) and found["flag"]


@settings(max_examples=30, deadline=None)
@holds(st.lists(st.integers(1, 30), min_size=4, max_size=4))
def test_adjusted_residuals_agree_with_scipy(cells):
    """Of a two-by-two table, z squared is chi square without correction, and all four z are equal in size."""
    counts = np.array(cells).reshape(2, 2)
    expected, z, q = measured(counts)
    theirs = chi2_contingency(counts, correction=False)
    assert expected == pytest.approx(theirs.expected_freq)
    assert z**2 == pytest.approx(np.full((2, 2), theirs.statistic))
    a, b, c, d = cells
    assert q[0, 0] == pytest.approx((a * d - b * c) / (a * d + b * c)) and q[0, 1] == pytest.approx(-q[0, 0])


def test_a_code_that_is_never_left_has_no_residual():
    _, z, q = measured(steps([[0, 0, 0]], 2))
    assert np.isnan(z).all() and np.isnan(q).all()


def test_alternation_is_found_and_p_keeps_its_seed(corpus):
    for n in range(4):
        corpus.document(f"I{n}", *["A", "B"] * 6)
    (found,) = rows(corpus, level="talk", source="A", target="B")
    assert (found["n"], found["n_documents"], found["p_trans"]) == (24, 4, 1.0)
    assert found["p"] == 0.001 and found["q"] == 1.0
    assert rows(corpus) == rows(corpus)


def test_told_years_come_in_their_own_order(corpus):
    """Said 2020 before 2018; by years told of, A (2018) turns into B (2020). A tied year is passed over."""
    for part, year in (("B", "2020"), ("A", "2018"), ("A B", "2019")):
        corpus.document("I1", part, t_about_start=f"{year}-01-01", t_about_end=f"{year}-12-31")
    corpus.documents_rows = corpus.documents_rows[:1]
    corpus.segment_rows = [
        (row[0], f"I1:{n}", *row[2:8], n * 100, n * 100 + 99, *row[10:])
        for n, row in enumerate(corpus.segment_rows, 1)
    ]
    corpus.coding_rows = [
        (row[0].replace("I1:1", f"I1:{n}"), row[1], f"I1:{n}", *row[3:])
        for n, row in zip((1, 2, 3, 3), corpus.coding_rows, strict=True)
    ]
    told = {(r["source"], r["target"]): r["n"] for r in rows(corpus, level="told")}
    assert told == {("A", "A"): 0, ("A", "B"): 1, ("B", "A"): 0, ("B", "B"): 0}
    said = {(r["source"], r["target"]): r["n"] for r in rows(corpus, level="talk")}
    assert said["B", "A"] == 1


def test_what_stands_at_switches_is_compared_with_stays(corpus):
    """By hand: in each of six documents A A B B with C between A and B: in the switch, in neither stay."""
    for n in range(6):
        corpus.document(f"I{n}", "A", "A", "C", "B", "B")
    (found,) = rows(corpus, "switch_conditions", code="C")
    assert (found["n_switches"], found["n_stays"], found["n_quotes"], found["n_documents"]) == (6, 12, 6, 6)
    assert (found["share_switches"], found["share_stays"], found["diff"]) == (1.0, 0.0, 1.0)
    assert found["p"] < 0.01  # one of 3 ** 6 arrangements is as far out


def test_lags_reach_further_and_never_over_the_end(corpus):
    """By hand: A B A A: at lag 2 A-A and B-A, at lag 3 A-A."""
    corpus.document("I1", "A", "B", "A", "A")
    assert {(r["source"], r["target"]): r["n"] for r in rows(corpus, level="talk", lag=2) if r["n"]} == {
        ("A", "A"): 1,
        ("B", "A"): 1,
    }
    assert [(r["source"], r["n"]) for r in rows(corpus, level="talk", lag=3) if r["n"]] == [("A", 1)]


def test_without_repeats_nothing_follows_itself(corpus):
    """A A B C C A: A-B, B-C, C-A; each code is left once and entered once but for the ends."""
    corpus.document("I1", "A", "A", "B", "C", "C", "A")
    found = rows(corpus, codes=("A", "B", "C"), repeats="collapsed")
    assert {(r["source"], r["target"]) for r in found if r["n"]} == {("A", "B"), ("B", "C"), ("C", "A")}
    assert len(found) == 6 and all(math.isnan(r["z"]) for r in found)
    assert rows(corpus, repeats="collapsed") == []  # two codes can only alternate


@settings(max_examples=50, deadline=None)
@holds(
    st.lists(st.lists(st.integers(0, 2), max_size=8), min_size=1, max_size=4),
    st.sampled_from([Way(1), Way(2), Way(3), Way(1, collapsed=True)]),
)
def test_steps_are_counted_and_shown_sequence_by_sequence(lines, way):
    flat = np.array([state for line in lines for state in line], dtype=int)
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    held = Sequences(flat, np.arange(len(flat)) * 2, owner)
    each = [without_repeats(line) for line in lines] if way.collapsed else lines
    counts = _counted(held, 3, way)
    assert (counts == steps(each, 3, lag=way.lag)).all()
    where = _where(held, 3, way)
    assert [len(rows) for rows in where] == counts.ravel().tolist()
    for cell, rows in enumerate(where):
        assert sorted(rows.tolist()) == rows.tolist() and (flat[rows // 2] == cell % 3).all()


@settings(max_examples=20, deadline=None)
@holds(st.lists(st.integers(1, 20), min_size=6, max_size=6))
def test_quasi_independence_fits_the_margins(cells):
    """Fitted counts have the margins found and no diagonal, and cross ratios off the diagonal are 1."""
    a, b, c, d, e, f = cells
    counts = np.array([[0, a, b], [c, 0, d], [e, f, 0]])
    expected = quasi_independent(counts)
    assert expected.sum(axis=0) == pytest.approx(counts.sum(axis=0), rel=1e-3)
    assert expected.sum(axis=1) == pytest.approx(counts.sum(axis=1), rel=1e-3)
    assert np.diag(expected).sum() == 0
    one, other = (
        expected[0, 1] * expected[1, 2] * expected[2, 0],
        expected[0, 2] * expected[2, 1] * expected[1, 0],
    )
    assert one == pytest.approx(other, rel=1e-3)


def test_quasi_independence_agrees_with_a_poisson_model():
    """Expected counts are those of a log-linear model without the diagonal, fitted by scipy."""
    counts = np.array([[0, 9, 4], [7, 0, 12], [5, 11, 0]])
    at = [(i, j) for i in range(3) for j in range(3) if i != j]
    design = np.array([[1, i == 1, i == 2, j == 1, j == 2] for i, j in at], dtype=float)
    seen = np.array([counts[i, j] for i, j in at], dtype=float)
    best = minimize(lambda b: np.exp(design @ b).sum() - seen @ (design @ b), np.zeros(5), method="BFGS")
    assert [quasi_independent(counts)[i, j] for i, j in at] == pytest.approx(
        list(np.exp(design @ best.x)), rel=1e-4
    )


def test_a_change_of_topic_is_no_change_of_mind(corpus):
    """Answers to one question have one code each: inside the answers there is nothing to shuffle."""
    for n in range(6):
        corpus.document(f"I{n}", *["x", "A", "A", "A", "x", "B", "B", "B"], speeches=(1, 2, 2, 2, 3, 4, 4, 4))
    corpus.segment_rows = [
        (*row[:5], "interviewer" if not row[21] else "respondent", *row[6:]) for row in corpus.segment_rows
    ]
    (found,) = rows(corpus, level="talk", source="A", target="A")
    assert found["p"] < 0.05 and found["p_topic"] == 1.0


def test_units_that_speak_have_one_story_over_their_documents(corpus):
    """Two documents of one unit: A told of 2018 in the first, B of 2020 in the second."""
    corpus.document("I1", "A", t_about_start="2018-01-01", t_about_end="2018-12-31")
    corpus.document("I2", "B", t_about_start="2020-01-01", t_about_end="2020-12-31")
    corpus.segment_rows = [(*row[:7], "police", *row[8:]) for row in corpus.segment_rows]
    told = {(r["source"], r["target"]): r["n"] for r in rows(corpus, level="told_actor")}
    assert told["A", "B"] == 1 and rows(corpus, level="told") == []


def said(corpus, *texts, codes):
    """Documents of one sentence each; `codes` are A and B by the words they stand on."""
    for n, text in enumerate(texts):
        marks = [
            f"{code}@{text.index(words)}-{text.index(words) + len(words)}"
            for words, code in codes.items()
            if words in text
        ]
        corpus.document(f"I{n}", " ".join(marks) or "-")
        corpus.segment_rows[-1] = (*corpus.segment_rows[-1][:10], text, *corpus.segment_rows[-1][11:])
    return rows(corpus, "statements")


def test_a_statement_says_what_turned_into_what(corpus):
    (found,) = said(corpus, "我们从推诿变成了担当。", codes={"推诿": "A", "担当": "B"})
    assert (found["source"], found["target"], found["cue"]) == ("A", "B", "from_to")
    assert (found["source_words"], found["target_words"], found["complete"]) == ("推诿", "担当", True)
    assert (found["polarity"], found["modality"]) == ("affirmed", "actual")


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("并没有从推诿变成担当。", "negated", "actual"),
        ("要从推诿转向担当。", "affirmed", "normative"),
        ("是不是从推诿变成担当了？", "negated", "question"),
        ("如果从推诿变成担当就好了。", "affirmed", "hypothetical"),
        ("They never moved from 推诿 to 担当.", "negated", "actual"),
        ("以前推诿，现在担当。", "affirmed", "actual"),
        ("不再推诿，而是担当。", "affirmed", "actual"),
    ],
)
def test_how_a_statement_is_meant(corpus, text, polarity, modality):
    found = said(corpus, text, codes={"推诿": "A", "担当": "B"})
    assert [(r["source"], r["target"], r["modality"]) for r in found] == [("A", "B", modality)]
    if modality != "question":
        assert found[0]["polarity"] == polarity


def test_words_without_a_code_leave_their_side_open(corpus):
    found = said(corpus, "从要我共享到我要共享。", "从早到晚都在跑，从三件到五件。", codes={"x": "A"})
    assert [(r["source"], r["target"], r["complete"]) for r in found] == [("", "", False)]


def test_then_and_now_may_be_two_sentences_of_one_speech(corpus):
    corpus.document("I1", "A@2-4", "B@102-104", speeches=(1, 1))
    for n, text in enumerate(("以前推诿得厉害。", "现在担当起来了。")):
        corpus.segment_rows[n] = (*corpus.segment_rows[n][:10], text, *corpus.segment_rows[n][11:])
    (found,) = rows(corpus, "statements")
    assert (found["source"], found["target"], found["segment_id"]) == ("A", "B", "I1:1")


def test_one_code_has_nowhere_to_go(corpus):
    with pytest.raises(UsageError, match="two codes"):
        transitions(Given(*corpus.tables, codebook_of("A")))
