"""Networks of phases and their difference, against counting by hand and resampling by hand."""

import numpy as np
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from qualcode.analysis.difference import difference
from qualcode.analysis.given import Given
from qualcode.analysis.intervals import resampled
from qualcode.model import Phase

from .conftest import Corpus, codebook_of

BOOK = codebook_of("A", "B", "C", "C.x")
PHASES = (Phase("P1", "2016-01-01", "2019-01-01"), Phase("P2", "2019-01-01", "2022-01-01"))


def sides(corpus, name, before, after, kind="interview"):
    """A document whose segments tell of two times: each a speech of its own."""
    corpus.document(name, *before, *after, kind=kind, speeches=range(1, len(before) + len(after) + 1))
    from qualcode import columns

    from .conftest import row_of

    names = [column.name for column in columns.TABLES["segments"]]
    first = len(corpus.segment_rows) - len(before) - len(after)
    for n in range(len(before) + len(after)):
        year = "2017" if n < len(before) else "2020"
        cells = dict(zip(names, corpus.segment_rows[first + n], strict=True))
        corpus.segment_rows[first + n] = row_of(
            "segments", **cells | {"t_about_start": year, "t_about_end": year}
        )
    return corpus


def found(corpus, **asked):
    return difference(Given(*corpus.tables, BOOK, PHASES, **asked))


def pair(made, table="difference_edges", a="A", b="B", **where):
    rows = made.tables[table]
    for name, value in ({"source": a, "target": b} | where).items():
        rows = rows[(rows[name] == value).to_numpy(dtype=bool)]
    return rows.to_dict("records")


def test_shares_are_means_of_documents(corpus):
    """By hand: before 2/2 and 0/4, after 0/1 and 1/2."""
    sides(corpus, "I1", ["A B", "A B"], ["A"])
    sides(corpus, "I2", ["A", "B", "-", "-"], ["A B", "-"])
    (row,) = pair(found(corpus))
    assert [row[n] for n in ("n_before", "n_after", "share_before", "share_after", "diff")] == [
        2,
        1,
        0.5,
        0.25,
        -0.25,
    ]
    assert row["note"] == "2 and 2 documents: no interval" and not row["sure"]
    assert (row["before_ids"], row["after_ids"]) == (("I1:1", "I1:2"), ("I2:5",))
    (alone,) = pair(found(corpus), "phase_edges", phase="P1")
    assert (alone["n"], alone["n_contexts"], alone["share"]) == (2, 6, 0.5)
    assert alone["lift"] == pytest.approx(2 / (3 * 3 / 6))


def test_pairs_of_one_level_that_meet_twice_on_words_of_their_own(corpus):
    for n in range(3):
        sides(corpus, f"I{n}", ["A@0-2 B@0-2", "A C.x", "A C.x", "A"], ["B C"])
    made = found(corpus).tables["difference_edges"]
    assert set(zip(made["source"], made["target"], strict=True)) == {("A", "C"), ("B", "C")}
    assert not pair(found(corpus))  # A and B on the same words only
    assert len(pair(found(corpus, codes=("A", "C.x")), a="A", b="C.x")) == 1


def test_the_interval_draws_documents_with_both_their_sides(corpus):
    shares = [((2, 2), (0, 2)), ((1, 2), (1, 4)), ((0, 3), (2, 4)), ((1, 1), (0, 1))]
    for n, ((a, b), (c, d)) in enumerate(shares):
        sides(corpus, f"I{n}", ["A B"] * a + ["-"] * (b - a), ["A B"] * c + ["-"] * (d - c))
    (row,) = pair(found(corpus, seed=4))
    change = np.array([c / d - a / b for (a, b), (c, d) in shares])
    drawn = resampled(4, seed=4) @ change / 4
    assert row["diff"] == pytest.approx(change.mean())
    assert (row["lo"], row["hi"]) == tuple(pytest.approx(v) for v in np.percentile(drawn, [2.5, 97.5]))


def test_a_document_of_one_side_counts_on_that_side_alone(corpus):
    for n in range(3):
        sides(corpus, f"P{n}", ["A B", "A B"], [], kind="policy")
        sides(corpus, f"Q{n}", [], ["A", "B"], kind="policy")
    (row,) = pair(found(corpus))
    assert (row["basis"], row["diff"], row["lo"], row["hi"], row["sure"]) == (
        "document",
        -1.0,
        -1.0,
        -1.0,
        True,
    )
    assert row["n_documents"] == 6


def test_contexts_that_lie_in_two_phases_are_in_none(corpus):
    sides(corpus, "I1", ["A B", "A B"], ["A B"])
    corpus.segment_rows = [(*row[:3], 1, *row[4:]) for row in corpus.segment_rows]  # one speech
    made = found(corpus)
    assert made.tables["phase_edges"].empty
    assert "1 of 1 contexts lie in no one phase" in map(str, made.remarks)


def test_one_phase_has_nothing_to_compare(corpus):
    sides(corpus, "I1", ["A B"], [])
    made = difference(Given(*corpus.tables, BOOK, PHASES[:1]))
    assert made.tables["difference_edges"].empty and "fewer than two phases" in str(made.remarks[0])


def test_the_graphs_hold_the_rows(corpus):
    for n in range(3):
        sides(corpus, f"I{n}", ["A B", "A B"], ["A"])
    graphs = found(corpus).graphs
    assert graphs["difference_interview_P1_P2"]["A"]["B"]["diff"] == -1
    assert graphs["phase_interview_P1"]["A"]["B"]["n"] == 6


CELLS = st.lists(st.sampled_from(["A B", "A", "B", "-"]), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@holds(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_shares_are_those_of_counting(documents):
    corpus = Corpus()
    for n, (before, after) in enumerate(documents):
        sides(corpus, f"I{n}", before, after)
    rows = pair(found(corpus))
    met = [[sum(w == "A B" for w in words) for words in side] for side in zip(*documents, strict=True)]
    assert bool(rows) == (max(map(sum, met)) >= 2)
    if rows:
        share = [
            np.mean([sum(w == "A B" for w in words) / len(words) for words in side])
            for side in zip(*documents, strict=True)
        ]
        assert [rows[0]["share_before"], rows[0]["share_after"]] == pytest.approx(share)


def test_pairs_are_the_same_however_many_are_held_at_a_time(corpus, monkeypatch):
    for n in range(4):
        sides(corpus, f"I{n}", ["A B", "A C.x", "A B C"], ["A B C", "B C"][: n % 3])
    whole = found(corpus)
    monkeypatch.setattr("qualcode.analysis.difference.PAIRS_AT_ONCE", 1)
    for name, table in found(corpus).tables.items():
        assert_frame_equal(table, whole.tables[name])
