"""Rows that write their own lines write what the CSV writer makes of their cells, byte for byte."""

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.tables import segment_rows
from qualcode.cells import cell_text, csv_cell, csv_cells, csv_text, guard
from qualcode.codebook.records import Codebook
from qualcode.coding import CodedDocument
from qualcode.columns import TABLES
from qualcode.corpus.segment import segment_document
from qualcode.corpus.when import When, times_of
from qualcode.model import Block, Coding, Document, Metadata, Segment, Span, Speaker, Turn
from qualcode.output.csvfile import CsvWriter

signs = st.text(alphabet="甲a ,;\"'\n\r\\=＝-|。", max_size=6)


def written(table: str, rows: object, *, by_cells: bool) -> str:
    stream = io.StringIO(newline="")
    writer = CsvWriter(stream, table)
    writer.extend(list(rows) if by_cells else rows)  # type: ignore[call-overload]
    return stream.getvalue()


@given(st.lists(st.one_of(signs, st.none(), st.integers(), st.booleans(), st.lists(signs)), min_size=2))
def test_cells_as_the_csv_writer_has_them(values: list[object]) -> None:
    import csv

    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([cell_text(value, "text") for value in values])
    assert csv_cells(values, ["text"] * len(values)) + "\r\n" == stream.getvalue()


@given(signs)
def test_words_are_guarded(text: str) -> None:
    assert csv_text(text) == csv_cells([text], ["text"]) == csv_cell(guard(text))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Blocks one after the other, some of them turns; names and texts with everything CSV cares about."""
    text, blocks, turns = "", [], []
    labels = draw(st.lists(signs.filter(str.strip), min_size=1, max_size=3, unique=True))
    for n in range(draw(st.integers(0, 5))):
        words = draw(signs)
        span = Span(len(text), len(text) + len(words))
        text += words + "\n"
        kind = draw(st.sampled_from(["paragraph", "heading", "item", "label"]))
        blocks.append(Block(span, kind))
        if kind == "paragraph" and words.strip() and draw(st.booleans()):
            turns.append(Turn(n + 1, n + 1, draw(st.sampled_from(labels)), span, draw(signs)))
    roles = st.sampled_from(["interviewer", "respondent", "unknown"])
    speakers = [Speaker(label, draw(roles), "declared", draw(signs)) for label in labels]
    metadata = Metadata(kind="interview", actor=draw(signs), duplicate_of=draw(st.sampled_from(["", "b"])))
    return Document(draw(signs), text, metadata, tuple(blocks), tuple(turns), tuple(speakers))


@settings(max_examples=300)
@given(documents(), st.data())
def test_segments(document: Document, data: st.DataObject) -> None:
    segments, _ = segment_document(document, data.draw(st.sampled_from(["sentence", "turn", "paragraph"])))
    codings = tuple(Coding(s.index, code, (), 1.0) for s in segments for code in ("a;b", "c") if s.index % 2)
    coded = CodedDocument(codings, (), ())
    book = Codebook(id="b", code_interviewers=data.draw(st.booleans()))
    note = data.draw(signs)
    times = [
        replace(when, note=note) if n % 2 else when for n, when in enumerate(times_of(document, segments))
    ]
    made = segment_rows(document, segments, coded, book, times=times)
    one_by_one: tuple[Segment, ...] = tuple(segments)
    as_objects = segment_rows(document, one_by_one, coded, book, times=times)
    assert list(made) == list(as_objects)
    assert made.codable == as_objects.codable == sum(bool(row[21]) for row in made)
    expected = written("segments", made, by_cells=True)
    assert written("segments", made, by_cells=False) == expected
    assert written("segments", as_objects, by_cells=False) == expected
    assert len(made) == len(segments) and TABLES["segments"][21].name == "codable"
    assert all(isinstance(when, When) for when in times)
