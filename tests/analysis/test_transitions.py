"""From one code to another: inside documents, as said and as told, measured as Bakeman and Gottman do."""

import math

import numpy as np
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from qualcode.analysis.given import Given
from qualcode.analysis.transitions import measured, steps, transitions
from qualcode.problems import UsageError

from .conftest import codebook_of

ABC = codebook_of("A", "B", "C")


def rows(corpus, table="transitions", **where):
    found = transitions(Given(*corpus.tables, ABC, codes=("A", "B"))).tables[table]
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


def test_one_code_has_nowhere_to_go(corpus):
    with pytest.raises(UsageError, match="two codes"):
        transitions(Given(*corpus.tables, codebook_of("A")))
