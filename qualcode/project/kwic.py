"""Keyword in context: every place of a term, a code or a rule, with the words to its left and right.

Places come from a result folder, so nothing is read or coded again. A term is searched as a codebook's rule
would (`shar*`, `打…招呼`, whole words in English, any width, case and script), in everybody's words, the
interviewer's too. The text between segments is rebuilt from `segments.csv`; what is no segment (labels,
times) is left out of the context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from qualcode.analysis.kwic import term_codebook
from qualcode.codebook.records import FOLDS, Codebook
from qualcode.coding import code_document
from qualcode.columns import TABLES, names
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.output.csvfile import read_rows
from qualcode.problems import StudyError, UsageError

Sort = Literal["place", "left", "right"]
WIDTH = 30

COLUMNS = TABLES["kwic"]


@dataclass(frozen=True, slots=True)
class Line:
    """One place with its context."""

    document_id: str
    segment_id: str
    speaker: str
    role: str
    start: int
    end: int
    left: str
    match: str
    right: str
    code: str = ""
    rule: str = ""
    blocked_by: str = ""

    @property
    def row(self) -> tuple[object, ...]:
        return tuple(getattr(self, column.name) for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class _Text:
    """A document rebuilt from its segments: their words at their places, line ends between."""

    id: str
    text: str
    segments: tuple[Segment, ...]


def kwic(
    results: Path, asked: str, *, width: int = WIDTH, sort: Sort = "place", refused: bool = False
) -> list[Line]:
    """Return the places of a term, of `code:ID` (its descendants too) or of `rule:ID`, each with its context.

    `width` characters are shown on either side. `refused` adds matches that were refused, for codes and
    rules. Lines come by place, or sorted by the words to the left (nearest first) or to the right. Raises
    `StudyError` where the folder has no tables and `UsageError` for a term that is none.
    """
    if asked.startswith(("code:", "rule:")):
        lines = list(_from_matches(results, asked, width, refused))
    else:
        lines = list(_from_term(results, asked, width))
    if sort == "left":
        lines.sort(key=lambda line: (line.left[::-1], line.document_id, line.start))
    elif sort == "right":
        lines.sort(key=lambda line: (line.match, line.right, line.document_id, line.start))
    return lines


def _from_term(results: Path, term: str, width: int) -> Iterator[Line]:
    codebook = term_codebook(term, Codebook("", fold=frozenset(FOLDS)))
    for text in _texts(results):
        document = Document(text.id, text.text, Metadata())
        coded = code_document(document, text.segments, codebook)
        by_index = {segment.index: segment for segment in text.segments}
        for match in coded.matches:
            if not match.blocked_by:
                yield _line(text, by_index[match.segment], match.span, width)


def _from_matches(results: Path, asked: str, width: int, refused: bool) -> Iterator[Line]:
    what, _, name = asked.partition(":")
    places: dict[str, list[dict[str, object]]] = {}
    header = names("matches")
    known: set[str] = set()
    for row in _rows(results, "matches"):
        match = dict(zip(header, row, strict=True))
        known.add(str(match[what]))
        mine = match[what] == name or (what == "code" and str(match[what]).startswith(name + "."))
        if mine and (refused or not match["blocked_by"]):
            places.setdefault(str(match["segment_id"]), []).append(match)
    if not any(one == name or (what == "code" and one.startswith(name + ".")) for one in known):
        from qualcode.registry import did_you_mean

        raise UsageError(
            "no match of {what} '{name}' in these results",
            hint=did_you_mean(name, known),
            what=what,
            name=name,
        )
    for text in _texts(results):
        for segment in text.segments:
            for match in places.get(segment.id, ()):
                span = Span(_number(match["start"]), _number(match["end"]))
                line = (str(match["code"]), str(match["rule"]), str(match["blocked_by"]))
                yield _line(text, segment, span, width, *line)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _line(
    text: _Text, segment: Segment, span: Span, width: int, code: str = "", rule: str = "", blocked: str = ""
) -> Line:
    # Blank stretches between segments are squeezed, so more is taken than shown.
    left = " ".join(text.text[max(0, span.start - 8 * width - 80) : span.start].split())
    right = " ".join(text.text[span.end : span.end + 8 * width + 80].split())
    return Line(
        text.id,
        segment.id,
        segment.speaker,
        segment.role,
        span.start,
        span.end,
        left[-width:] if width else "",
        " ".join(text.text[span.start : span.end].split()),
        right[:width],
        code,
        rule,
        blocked,
    )


def _texts(results: Path) -> Iterator[_Text]:
    header = names("segments")
    rows = (dict(zip(header, row, strict=True)) for row in _rows(results, "segments"))
    for document_id, group in groupby(rows, key=lambda row: str(row["document_id"])):
        segments = []
        pieces: list[str] = []
        here = 0
        for index, row in enumerate(group, 1):
            span = Span(_number(row["start"]), _number(row["end"]))
            words = str(row["text"])
            pieces += ["\n" * (span.start - here), words]
            here = span.end
            segments.append(
                Segment(
                    str(row["segment_id"]),
                    document_id,
                    index,
                    span,
                    words,
                    speaker=str(row["speaker"]),
                    role=str(row["role"]),  # type: ignore[arg-type]
                )
            )
        yield _Text(document_id, "".join(pieces), tuple(segments))


def _rows(results: Path, table: str) -> Iterator[tuple[object, ...]]:
    path = results / f"{table}.csv"
    if not path.is_file():
        raise StudyError(
            "{path} is no result folder: it has no {table}.csv",
            hint="name the folder that 'qualcode run' or 'qualcode code' wrote",
            path=results,
            table=table,
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from read_rows(stream, table)
    except (ValueError, UnicodeDecodeError) as error:
        raise StudyError(
            "{path} is no table of this program any more: {reason}",
            hint="was it saved by another program? run the study again",
            path=path,
            reason=error,
        ) from error
