"""Rows of `coded_segments`: a code on a segment, what it rests on, when it is about and what people decided.

What the codings of a segment have in common is written once; so is what many segments share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.periods import placed
from qualcode.analysis.rulecells import cells_of, meant, written
from qualcode.analysis.segmentcells import Voices, id_cells
from qualcode.cells import join_list
from qualcode.coding.context import counts
from qualcode.columns import CODED_SEGMENTS
from qualcode.corpus.layout import speakers_of
from qualcode.corpus.segments import Segments
from qualcode.corpus.when import When, date_said
from qualcode.csvlines import Rows, csv_cells, csv_list, csv_text, csv_texts
from qualcode.model import UNASSESSED, Assertion, Coding, Document, Match, Phase, Segment, Span
from qualcode.review.current import Standing, Standings

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook
    from qualcode.coding.needs import Needs

NOT_REVIEWED = Standing()
_AT_ONCE = 20_000  # codings written together
_told = attrgetter("segment", "code", "coder", "matches", "weight", "assertion", "countable")


class _Time(NamedTuple):
    """What a row says of when its segment is about."""

    dates: tuple[str, str, str, str]  # said, about start, about end, basis
    phase: str
    note: str
    line: str  # dates and phase as cells
    note_line: str


# What the lines of a segment's codings have in common: document and segment, start to quote, who speaks and
# when it is about, and the note on that.
_Place = tuple[str, str, str, str]


class CodingRows(Rows):
    """The codings of one document as rows of `coded_segments`, in the order they come."""

    kinds = tuple(column.type for column in CODED_SEGMENTS)

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        codings: Sequence[Coding],
        codebook: Codebook,
        *,
        phases: Sequence[Phase],
        times: Sequence[When],
        needs: Needs,
        standings: Standings,
    ) -> None:
        self._document, self._segments = document, segments
        self._codings, self._codebook = codings, codebook
        self._times, self._phases = times, phases
        self._needs, self._standings = needs, standings
        self._counted: dict[tuple[str, int], bool] = {}  # by code and assertion

    def __len__(self) -> int:
        return len(self._codings)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        document, book = self._document, self._codebook
        find, time_of = _finder(self._segments), self._teller()
        for coding, needed in zip(self._codings, self._needs, strict=True):
            position = find(coding.segment)
            segment, time = self._segments[position], time_of(self._times[position])
            spans = spans_of(coding.matches)
            decided = self._standings.get((coding.segment, coding.code), NOT_REVIEWED)
            yield (
                f"{segment.id}#{coding.code}@{coding.coder}",
                segment.document_id,
                segment.id,
                coding.code,
                book.facet_of(coding.code),
                segment.span.start,
                segment.span.end,
                segment.text,
                tuple(map(written, spans)),
                tuple(document.text[span.start : span.end] for span in spans),
                tuple(dict.fromkeys(match.rule for match in coding.matches)),
                coding.weight,
                *meant(coding.assertion),
                coding.countable,
                coding.coder,
                segment.speaker,
                segment.role,
                segment.role_source,
                segment.actor,
                *time.dates,
                time.phase,
                tuple(self._evidence(coding.code, coding.matches)),
                needed,
                time.note,
                decided.status,
                decided.decided_by,
            )

    def blocks(self) -> Iterator[str]:
        if not isinstance(self._segments, Segments):
            yield from super().blocks()
            return
        time_of, lists = self._teller(), cells_of(self._codebook).lists
        for first in range(0, len(self._codings), _AT_ONCE):
            codings = self._codings[first : first + _AT_ONCE]
            needed = map(lists.__getitem__, self._needs[first : first + _AT_ONCE])
            yield "".join(self._lines(codings, needed, self._places(self._segments, codings, time_of)))

    def _lines(
        self, codings: Sequence[Coding], needed: Iterator[str], places: Mapping[int, _Place]
    ) -> Iterator[str]:
        cells, text = cells_of(self._codebook), self._document.text
        alike, items = cells.codings, cells.items
        standings, standing = self._standings, self._standing(NOT_REVIEWED)
        name = self._document.id + ":"
        plain_name = csv_text(name) == name
        seen = 0
        for segment, code, coder, matches, weight, assertion, countable in map(_told, codings):
            if segment != seen:
                seen, (ids, words, about, note) = segment, places[segment]
            if len(matches) == 1 and len(matches[0].parts) == 1:
                (match,) = matches
                ((start, end),) = match.parts
                found = f"{start}-{end},{items[text[start:end]]}"
                counted = match.assertion is UNASSESSED or self._counts(code, match.assertion)
                rules, evidence = (match.rule,), "1" if counted else ""
            else:
                found = self._found(matches)
                rules = tuple(dict.fromkeys([match.rule for match in matches]))
                evidence = csv_list(self._evidence(code, matches))
            meaning = None if assertion is UNASSESSED else meant(assertion)
            tag, plain, head, told = alike[code, rules, weight, meaning, countable, coder]
            whole = f"{name}{segment}{tag}"
            if not (plain and plain_name):
                whole = csv_text(whole)
            if standings:
                standing = self._standing(standings.get((segment, code), NOT_REVIEWED))
            yield (
                f"{whole},{ids},{head},{words},{found},{told},{about},"
                f"{evidence},{next(needed)},{note},{standing}\r\n"
            )

    def _found(self, matches: Sequence[Match]) -> str:
        spans, text = spans_of(matches), self._document.text
        words = csv_list(text[span.start : span.end] for span in spans)
        return f"{join_list(map(written, spans))},{words}"

    def _evidence(self, code: str, matches: Sequence[Match]) -> Iterable[str]:
        """Say for every countable match which spans are its parts, as 1+2: numbers of spans, from 1."""
        number: Mapping[Span, str] = {span: str(n) for n, span in enumerate(spans_of(matches), 1)}
        counting = [match for match in matches if self._counts(code, match.assertion)]
        return dict.fromkeys("+".join(number[part] for part in match.parts) for match in counting)

    def _counts(self, code: str, assertion: Assertion) -> bool:
        key = code, id(assertion)
        if (counted := self._counted.get(key)) is None:
            counted = self._counted[key] = counts(assertion, self._codebook.codes[code], self._document)
        return counted

    def _standing(self, standing: Standing) -> str:
        return csv_cells((standing.status, standing.decided_by), self.kinds[30:])

    def _places(
        self, segments: Segments, codings: Sequence[Coding], time_of: Callable[[When], _Time]
    ) -> dict[int, _Place]:
        """What lines say of the segments of codings, by index."""
        indexes = [*dict.fromkeys([coding.segment for coding in codings])]
        positions = [index - 1 for index in indexes]
        starts, ends = segments.starts[positions].tolist(), segments.ends[positions].tolist()
        text = self._document.text
        head, close = id_cells(self._document.id)
        quotes = csv_texts([text[start:end] for start, end in zip(starts, ends, strict=True)])
        stretches, voices = segments.pieces.stretches, Voices(segments)
        speakers = [*speakers_of(stretches.document_turns), None]  # the last for -1: no turn
        turns = map(stretches.turns.__getitem__, segments.pieces.owners[positions].tolist())
        times = [*map(self._times.__getitem__, positions)]
        told = {id(when): time_of(when) for when in dict(zip(map(id, times), times, strict=True)).values()}
        return {
            index: (
                f"{head}{index}{close}",
                f"{start},{end},{quote}",
                f"{voices[speakers[turn]].cells},{time.line}",
                time.note_line,
            )
            for index, start, end, quote, turn, time in zip(
                indexes, starts, ends, quotes, turns, map(told.__getitem__, map(id, times)), strict=True
            )
        }

    def _teller(self) -> Callable[[When], _Time]:
        """Return a function from a time to what rows say of it."""
        said, phases, told = date_said(self._document.metadata), self._phases, dict[int, _Time]()

        def time_of(when: When) -> _Time:
            if (time := told.get(id(when))) is None:
                place = placed(when.start, when.end, phases)
                dates = said, when.start, when.end, _basis(when)
                note = "; ".join(filter(None, (place.note, when.note)))
                line = ",".join(map(csv_text, (*dates, place.phase)))
                time = told[id(when)] = _Time(dates, place.phase, note, line, csv_text(note))
            return time

        return time_of


def _finder(segments: Sequence[Segment]) -> Callable[[int], int]:
    """Return a function from the index of a segment to its position."""
    if isinstance(segments, Segments):
        return lambda index: index - 1
    return {segment.index: n for n, segment in enumerate(segments)}.__getitem__


def spans_of(matches: Sequence[Match]) -> list[Span]:
    """The parts of some matches, each once, in reading order."""
    return sorted({part for match in matches for part in match.parts})


def _basis(when: When) -> str:
    if not when.known:
        return "unknown"
    return "document" if when.source == "document" else "about"
