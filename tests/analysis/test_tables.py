"""One document's records as rows: what stands where, on which words."""

import pytest

from qualcode import columns
from qualcode.analysis.load import frame
from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.model import Block, Document, Metadata, Phase, Segment, Span

BOOK = """
qualcode: 1
id: t
version: 1.0.0
title: t
codes:
  - id: refuse
    name: 拒绝
    definition: 不给
    rules:
      - {id: near, near: [[涉密, 数据], 不给], within: 10 characters}
      - {id: plain, terms: [不给]}
"""
TEXT = "涉密的数据不给。会不会？"
PHASES = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2023-01-01"))


@pytest.fixture
def codebook():
    book, problems = parse_codebook(BOOK)
    assert book is not None, problems
    return book


def rows_of(codebook, metadata=Metadata(), role=""):  # noqa: B008
    document = Document("D1", TEXT, metadata, blocks=(Block(Span(0, len(TEXT))),))
    segments = (
        Segment("D1:1", "D1", 1, Span(0, 8), TEXT[:8], role=role),
        Segment("D1:2", "D1", 2, Span(8, 12), TEXT[8:]),
    )
    coded = code_document(document, segments, codebook)
    return (
        frame([document_row(document, segments, coded, codebook)], "documents"),
        frame(segment_rows(document, segments, coded, codebook), "segments"),
        frame(coding_rows(document, segments, coded, codebook, PHASES), "coded_segments"),
        frame(match_rows(document, segments, coded, codebook), "matches"),
    )


def test_spans_are_the_words_and_evidence_groups_them_into_matches(codebook):
    coding = rows_of(codebook)[2].iloc[0]
    assert coding["coding_id"] == "D1:1#refuse@machine"
    assert coding["matched"] == tuple(
        TEXT[int(a) : int(b)] for a, b in (span.split("-") for span in coding["spans"])
    )
    groups = [{coding["matched"][int(n) - 1] for n in group.split("+")} for group in coding["evidence"]]
    assert {"不给"} in groups and any(len(group) == 2 for group in groups)


def test_counts_of_the_document(codebook):
    documents, segments, _, matches = rows_of(codebook)
    line = documents.iloc[0]
    assert (line["characters"], line["n_segments"], line["n_codable"], line["n_coded"]) == (12, 2, 2, 1)
    assert list(segments["codes"]) == [("refuse",), ()]
    assert set(matches["line"]) == {11, 12} and set(matches["blocked_by"]) == {""}


def test_a_policy_is_placed_by_when_it_is_in_force(codebook):
    about = Metadata(kind="policy", issued="2019-05-01", effective="2019-07-01")
    coding = rows_of(codebook, about)[2].iloc[0]
    assert (coding["date_said"], coding["date_about_start"]) == ("2019-05-01", "2019-07-01")
    assert (coding["date_basis"], coding["phase"]) == ("document", "P2")


def test_talk_has_no_phase_by_when_it_was_held(codebook):
    coding = rows_of(codebook, Metadata(kind="interview", date="2021-03-01"))[2].iloc[0]
    assert (coding["date_said"], coding["date_basis"], coding["phase"]) == ("2021-03-01", "unknown", "")


def test_an_interviewer_s_words_and_a_repeated_document_are_not_codable(codebook):
    _, segments, codings, matches = rows_of(codebook, role="interviewer")
    assert list(segments["codable"]) == [False, True] and codings.empty
    assert set(matches["blocked_by"]) == {"interviewer"}
    assert not rows_of(codebook, Metadata(duplicate_of="D0"))[1]["codable"].any()


def test_rows_are_as_wide_as_their_tables(codebook):
    for table, name in zip(
        rows_of(codebook), ("documents", "segments", "coded_segments", "matches"), strict=True
    ):
        assert tuple(table.columns) == columns.names(name) and len(table)
