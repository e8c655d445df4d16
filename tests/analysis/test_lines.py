"""Rows that write their own lines write what the CSV writer makes of their cells, byte for byte."""

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.codingrows import CodingRows
from qualcode.analysis.tables import match_rows, segment_rows
from qualcode.cells import cell_text, guard
from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding import CodedDocument
from qualcode.columns import TABLES
from qualcode.corpus.segment import segment_document
from qualcode.corpus.when import When, times_of
from qualcode.csvlines import csv_cell, csv_cells, csv_text
from qualcode.model import (
    Assertion,
    Block,
    Coding,
    Document,
    Match,
    Metadata,
    Phase,
    Segment,
    Span,
    Speaker,
    Turn,
)
from qualcode.output.csvfile import CsvWriter
from qualcode.problems import Place
from qualcode.review.current import Standing

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


@st.composite
def matched(draw: st.DrawFn, segments: tuple[Segment, ...], book: Codebook) -> CodedDocument:
    """Matches of one or two parts, codings that rest on one or several, meant one way or another."""
    meanings = [
        Assertion(),
        Assertion("negated", "actual", "other:a;b", "no"),
        Assertion("affirmed", "actual"),
    ]
    matches, codings = [], []
    for segment in segments:
        for code in book.codes.values():
            fired = []
            for _ in range(draw(st.integers(0, 2))):
                at = draw(st.lists(st.integers(segment.span.start, segment.span.end), min_size=2, max_size=4))
                parts = tuple(Span(*sorted(pair)) for pair in zip(at[::2], at[1::2], strict=False))
                rule = draw(st.sampled_from(code.rules)).id
                meaning = draw(st.sampled_from(meanings))
                fired.append(
                    Match(segment.index, code.id, rule, parts, draw(st.sampled_from(["", "unless"])), meaning)
                )
            matches += fired
            if fired:
                weight, countable = draw(st.sampled_from([1.0, 1 / 3])), draw(st.booleans())
                codings.append(
                    Coding(
                        segment.index, code.id, tuple(fired), weight, "machine", fired[0].assertion, countable
                    )
                )
    return CodedDocument(tuple(codings), tuple(matches), ())


def book_of(names: list[str]) -> Codebook:
    place = Place("book, one.yaml", 3)
    codes = [
        Code(n, rules=tuple(Rule(f"{n}:{i}", n, "terms", None, place=place) for i in (1, 2))) for n in names
    ]
    return Codebook(id="b", codes={code.id: code for code in codes})


@settings(max_examples=150)
@given(documents(), st.data())
def test_codings_and_matches(document: Document, data: st.DataObject) -> None:
    segments, _ = segment_document(document)
    book = book_of(["a", "b;c"])
    coded = data.draw(matched(tuple(segments), book))
    phases = (Phase("P,1", "2018", "2020"),)
    times = [
        When("2018", "2019", "explicit", "year"),
        When("", "2030", "carried", "open", 'a "doubt"'),
        When(),
    ]
    told = [times[n % 3] for n in range(len(segments))]
    needs = [data.draw(st.sampled_from([(), ("a:1", "x;y")])) for _ in coded.codings]
    decided = {
        (coding.segment, coding.code): Standing("conflict", ("me=yes", "you=no"))
        for coding in coded.codings[::2]
    }
    for held, standings in ((segments, {}), (tuple(segments), decided), (segments, decided)):
        codings = CodingRows(
            document, held, coded.codings, book, phases=phases, times=told, needs=needs, standings=standings
        )
        assert written("coded_segments", codings, by_cells=False) == written(
            "coded_segments", codings, by_cells=True
        )
        matches = match_rows(document, held, coded, book, named=lambda path: "=" + path)
        assert written("matches", matches, by_cells=False) == written("matches", matches, by_cells=True)
        assert (len(codings), len(matches)) == (len(coded.codings), len(coded.matches))
