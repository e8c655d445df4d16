"""What was found in a document is kept as columns: the records, the counts and the lines say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import codingrows, documentlines, matchrows, segmentrows
from qualcode.analysis.documentlines import DocumentRows
from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.codebook import parse_codebook
from qualcode.codebook.records import Codebook
from qualcode.coding import CodedDocument, code_document, code_documents, found
from qualcode.corpus.segment import segment_document
from qualcode.corpus.segments import Segments, count_signs
from qualcode.csvlines import Rows, csv_blocks
from qualcode.model import Block, Document, Metadata, Span, Speaker, Turn

from .generated import Draw
from .test_remade import CUES

WORDS = [
    "怕",
    "担责",
    "给",
    "数据",
    "没有",
    "不是",
    "，",
    "。",
    "？",
    "\n",
    '"',
    ",",
    ";",
    "=",
    "2019年",
    "𠀀",
]


def transcript(draw: Draw, words: list[str]) -> Document:
    """A document of a few turns, some of them an interviewer's; its id may need quotes in a cell."""
    text = ""
    turns, blocks = [], []
    for number in range(1, draw.random.randint(2, 6)):
        label = draw.random.choice("QRU")
        said = "".join(draw.random.choices(words, k=draw.random.randint(1, 12)))
        start = len(text) + 2
        text += f"{label}：{said}\n"
        span = Span(start, len(text) - 1)
        turns.append(Turn(number, number, label, span))
        blocks.append(Block(span))
    roles = (Speaker("Q", draw.random.choice(["interviewer", "unknown"])), Speaker("R", "respondent"))
    name = draw.random.choice(["d", "d", "甲", 'a,"b', "=d"])
    again = draw.random.choice(["", "", "", "other"])
    about = Metadata(kind="interview", language="zh", date="2020-05", duplicate_of=again)
    return Document(name, text, about, blocks=tuple(blocks), turns=tuple(turns), speakers=roles)


def coded(draw: Draw, codebook: Codebook, words: list[str]) -> tuple[Document, Segments, CodedDocument]:
    document = transcript(draw, words)
    segments, _ = segment_document(document, draw.random.choice(["sentence", "clause", "turn"]))
    return document, segments, code_document(document, segments, codebook)


def as_records(one: CodedDocument) -> CodedDocument:
    return replace(one, codings=tuple(one.codings), matches=tuple(one.matches))


def written_by_rows(rows: Rows) -> str:
    return "".join(csv_blocks(list(rows), rows.kinds))


def check(document: Document, segments: Segments, one: CodedDocument, codebook: Codebook) -> None:
    records = as_records(one)
    assert (one.codings, one.matches) == (records.codings, records.matches)
    for column, held in ((one.codings, records.codings), (one.matches, records.matches)):
        assert len(column) == len(held)
        assert [column[n] for n in range(-len(held), len(held))] == [*held, *held]
        assert column[1:3] == held[1:3]
    for ask in (found.resting, found.unassessed):
        assert ask(one.codings) == ask(records.codings)
    counted, again = found.counted(one.codings), found.counted(records.codings)
    assert (counted[0].tolist(), counted[1]) == (again[0].tolist(), again[1])
    assert list(found.refused(one.matches)) == list(found.refused(records.matches))
    assert found.count_refused(one.matches) == found.count_refused(records.matches)
    assert document_row(document, segments, one, codebook) == document_row(
        document, segments, records, codebook
    )
    for make in (segment_rows, coding_rows, match_rows):
        rows = make(document, segments, one, codebook)
        assert list(rows) == list(make(document, segments, records, codebook))
        assert "".join(rows.blocks()) == written_by_rows(rows)


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_of_any_codebook(seed):
    draw = Draw(seed)
    codebook = draw.codebook()
    check(*coded(draw, codebook, [*draw.alphabet, "，", "。", ",", '"']), codebook)


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_where_words_are_denied_and_weights_add_up(seed):
    codebook, problems = parse_codebook(CUES)
    assert codebook is not None, problems
    check(*coded(Draw(seed), codebook, WORDS), codebook)


@settings(max_examples=100)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_written_in_many_pieces(seed, size):
    codebook, _ = parse_codebook(CUES)
    assert codebook is not None
    one = coded(Draw(seed), codebook, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        for module in (found, codingrows, matchrows, segmentrows):
            patch.setattr(module, "_AT_ONCE", size)
        check(*one, codebook)


@settings(max_examples=100)
@given(st.integers(0, 2**32), st.integers(1, 4), st.sampled_from([1, 30, 10_000]))
def test_documents_written_together(seed, number, most):
    codebook, _ = parse_codebook(CUES)
    assert codebook is not None
    draw = Draw(seed)
    held = [transcript(draw, [*WORDS, "é", "怕担责"]) for _ in range(number)]
    cut = [
        (document, segment_document(document, draw.random.choice(["sentence", "turn"]))[0])
        for document in held
    ]
    rows = [
        DocumentRows(*(make(*both, one, codebook) for make in (segment_rows, coding_rows, match_rows)))
        for both, one in zip(cut, code_documents(cut, codebook), strict=True)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documentlines, "_MOST", most)
        made = documentlines.lines_of(rows)
    for its, lines in zip(rows, made, strict=True):
        assert lines is None or list(lines) == [written_by_rows(one).encode() for one in its]
        assert (lines is not None) == (its.in_columns and sum(map(len, its)) <= most)
    assert [*map(signs_alone, cut)] == count_signs([segments.columns for _, segments in cut])


def signs_alone(cut: tuple[Document, Segments]) -> int:
    return sum(not sign.isspace() for segment in cut[1] for sign in segment.text)


def test_a_document_in_which_nothing_is_found():
    codebook, _ = parse_codebook(CUES)
    assert codebook is not None
    document = Document("d", "无", Metadata(kind="interview"), blocks=(Block(Span(0, 1)),))
    segments, _ = segment_document(document, "sentence")
    assert code_document(document, segments, codebook) == CodedDocument()
    check(document, segments, code_document(document, segments, codebook), codebook)
    assert code_documents([], codebook) == []
