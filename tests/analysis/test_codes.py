"""The tables a thesis shows."""

import pandas as pd

from qualcode import columns
from qualcode.analysis.codes import (
    case_code_rows,
    code_rows,
    document_code_rows,
    uncoded_rows,
)
from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.evidence import countable_codings
from qualcode.analysis.load import frame

from .conftest import codebook_of, row_of

BOOK = codebook_of("A", "A.x", "B")


def codes_of(corpus):
    table = frame(code_rows(*corpus.tables, BOOK), "codes")
    return {line["code"]: line for line in table.to_dict("records")}


def test_a_parent_has_a_row_that_counts_its_descendants_once_per_segment(corpus):
    corpus.document("I1", "A@0-2 A.x@4-6", "A.x@100-102", "B!@200-202").document("I2", "-")
    found = codes_of(corpus)
    assert (found["A"]["n_segments"], found["A"]["n_codings"], found["A"]["n_documents"]) == (2, 3, 1)
    assert found["A"]["share"] == 0.5
    assert (found["B"]["n_segments"], found["B"]["n_not_countable"]) == (0, 1)


def test_the_example_is_the_shortest_quote_that_is_long_enough(corpus):
    """The quotes are 第1句，说的是… with the codes in them: 9, then 14, then 18 characters."""
    corpus.document("I1", "B", "B@100-102", "B@200-202|204-206")
    found = codes_of(corpus)["B"]
    assert found["example"] == "第2句，说的是B@100-102" and found["example_reference"] == "I1"


def test_zero_is_searched_and_empty_is_not_searched(corpus):
    corpus.document("I1", "A.x", "-", case="甲").document("I2", "x", case="乙").document("I3", "-", case="甲")
    codes, rows = document_code_rows(*corpus.tables, BOOK)
    assert codes == ("A", "A.x", "B")
    assert [row[2:] for row in rows] == [(2, 1, 1, 0), (0, None, None, None), (1, 0, 0, 0)]
    codes, rows = case_code_rows(*corpus.tables, BOOK)
    assert rows == [("乙", 1, 0, None, None, None), ("甲", 2, 3, 1, 1, 0)]


def test_uncoded_segments_say_what_was_refused_and_why(corpus):
    corpus.document("I1", "A", "-", "-", "x")
    matches = frame(
        [
            row_of("matches", segment_id="I1:1", code="B", rule="B:1", blocked_by="except"),
            row_of("matches", segment_id="I1:2", code="A", rule="A:1", blocked_by="longer:B:1"),
        ],
        "matches",
    )
    table = frame(uncoded_rows(corpus.documents, corpus.segments, corpus.codings, matches), "uncoded")
    assert list(table["segment_id"]) == ["I1:2", "I1:3"]
    assert list(table["refused"]) == [("A (longer:B:1)",), ()]


def test_two_coders_codings_of_one_code_come_by_who_they_are(corpus):
    corpus.document("I1", "B A", "A").document("I2", "A")
    names = [name.replace("machine", "anna") for name in corpus.codings["coding_id"]]
    again = corpus.codings.assign(coding_id=names)
    both = pd.concat([corpus.codings, again], ignore_index=True)
    found = countable_codings(both, codable_segments(*corpus.tables[:2]), BOOK)
    assert found["coding_id"].tolist() == [
        f"{segment}#{code}@{coder}"
        for segment, code in (("I1:1", "A"), ("I1:1", "B"), ("I1:2", "A"), ("I2:1", "A"))
        for coder in ("anna", "machine")
    ]


def test_rows_are_as_wide_as_their_tables(corpus):
    corpus.document("I1", "A", "-")
    assert {len(row) for row in code_rows(*corpus.tables, BOOK)} == {len(columns.CODES)}
    assert {len(r) for r in document_code_rows(*corpus.tables, BOOK)[1]} == {len(columns.DOCUMENT_CODE) + 3}
    assert {len(r) for r in case_code_rows(*corpus.tables, BOOK)[1]} == {len(columns.CASE_CODE) + 3}


def test_nothing_in_nothing_out(corpus):
    assert [row[6:9] for row in code_rows(*corpus.tables, BOOK)] == [(0, 0, 0)] * 3
    assert document_code_rows(*corpus.tables, BOOK) == (("A", "A.x", "B"), [])
