"""Rows of `coded_segments`: a code on a segment, what it rests on, when it is about and what people decided.

What the codings of a segment have in common is written once; so is what many segments share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.analysis.periods import placed
from qualcode.analysis.rulecells import CodingCells, cells_of, meant, written
from qualcode.analysis.segmentcells import Voices, id_cells, segment_cell
from qualcode.cells import join_list
from qualcode.coding.context import counts
from qualcode.coding.found import Codings
from qualcode.coding.occurrences import Lists
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
    from qualcode.coding.occurrences import Column

NOT_REVIEWED = Standing()
_AT_ONCE = 20_000  # codings written together


class _Time(NamedTuple):
    """What a row says of when its segment is about."""

    dates: tuple[str, str, str, str]  # said, about start, about end, basis
    phase: str
    note: str
    line: str  # dates and phase as cells
    note_line: str


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
        segments, codings = self._segments, self._codings
        by_machine = isinstance(segments, Segments) and isinstance(codings, Codings) and not self._standings
        if not (by_machine and cells_of(self._codebook).plain):
            yield from super().blocks()
            return
        assert isinstance(segments, Segments) and isinstance(codings, Codings)
        time_of = self._teller()
        for first in range(0, len(codings), _AT_ONCE):
            yield self._lines(segments, codings, slice(first, min(first + _AT_ONCE, len(codings))), time_of)

    def _lines(
        self, segments: Segments, codings: Codings, wanted: slice, time_of: Callable[[When], _Time]
    ) -> str:
        """Write some of the codings, all by machine."""
        firsts = codings.places[codings.edges[wanted]]
        indexes = codings.segments[wanted]
        new = np.ones(len(indexes), bool)
        new[1:] = indexes[1:] != indexes[:-1]
        places = self._places(segments, indexes[new] - 1, time_of)
        if not new.all():
            which = (np.cumsum(new) - 1).tolist()
            places = [[*map(column.__getitem__, which)] for column in places]
        alike = self._alike(codings, wanted)
        needed = map(cells_of(self._codebook).lists.__getitem__, self._needs[wanted])
        whole, close = segment_cell(self._document.id)
        head, _ = id_cells(self._document.id)
        standing = self._standing(NOT_REVIEWED)
        columns = zip(
            indexes.tolist(),
            alike,
            *places,
            *self._evidence_cells(codings, wanted, firsts),
            needed,
            strict=True,
        )
        return "".join(
            [
                f"{whole}{index}{tag}{close},{head}{index}{close},{code},{words},{spans},{found},{told},{about},"
                f"{evidence},{needs},{note},{standing}\r\n"
                for index, (tag, code, told), words, about, note, spans, found, evidence, needs in columns
            ]
        )

    def _alike(self, codings: Codings, wanted: slice) -> Iterable[CodingCells]:
        """What codings that rest on the same rules have in common."""
        cells, rules = cells_of(self._codebook), codings.rules[wanted]
        if codings.shown is None or codings.countable is None:
            return map(cells.codings(meant(UNASSESSED), counts=True).__getitem__, rules)
        assertions = codings.matches.assertions
        alike = [cells.codings(meant(one), counts=counts) for one in assertions for counts in (False, True)]
        which = codings.shown[wanted] * 2 + codings.countable[wanted]
        return [alike[n][its] for n, its in zip(which.tolist(), rules, strict=True)]

    def _evidence_cells(
        self, codings: Codings, wanted: slice, firsts: Column
    ) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """The cells spans, matched and evidence of some codings, given the places of their first matches."""
        text, matches, cells = self._document.text, codings.matches, cells_of(self._codebook)
        if len(matches) <= _AT_ONCE:
            where, places = cells.stretches(matches, text), firsts.tolist()
            spans, found = [[*map(column.__getitem__, places)] for column in (where.spans, where.items)]
        else:
            where = cells.stretches_at(matches, text, firsts)
            spans, found = [*where.spans], [*where.items]
        evidence = ["1"] * len(spans)
        if codings.countable is not None:
            evidence = ["1" if counted else "" for counted in codings.countable[wanted].tolist()]
        several = np.diff(codings.edges[wanted.start : wanted.stop + 1]) > 1
        if matches.parts:
            several |= np.isin(firsts, list(matches.parts))
        if several.any():
            chosen = np.flatnonzero(several)
            lines = self._of_several(codings, chosen + wanted.start)
            for n, its in zip(chosen.tolist(), lines, strict=True):
                spans[n], found[n], evidence[n] = its
        return spans, found, evidence

    def _of_several(self, codings: Codings, wanted: Column) -> Iterator[tuple[str, str, str]]:
        """The cells spans, matched and evidence of codings that rest on more than one stretch."""
        matches, text = codings.matches, self._document.text
        if matches.parts or matches.meant is not None:
            for coding in codings.at(wanted):
                evidence = csv_list(self._evidence(coding.code, coding.matches))
                yield *self._found(coding.matches), evidence
            return
        chosen = Lists(codings.edges, codings.places).some(wanted)
        starts, ends = matches.starts[chosen.members].tolist(), matches.ends[chosen.members].tolist()
        for first, last in pairwise(chosen.starts.tolist()):  # in reading order, and all count
            its = dict.fromkeys(zip(starts[first:last], ends[first:last], strict=True))
            spans = ";".join([f"{start}-{end}" for start, end in its])
            yield spans, csv_list([text[start:end] for start, end in its]), _counted(len(its))

    def _found(self, matches: Sequence[Match]) -> tuple[str, str]:
        spans, text = spans_of(matches), self._document.text
        words = csv_list(text[span.start : span.end] for span in spans)
        return join_list(map(written, spans)), words

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
        self, segments: Segments, positions: Column, time_of: Callable[[When], _Time]
    ) -> Sequence[Sequence[str]]:
        """What lines say of segments, as columns: start to quote; speaker and time; the note."""
        starts, ends = segments.starts[positions].tolist(), segments.ends[positions].tolist()
        text = self._document.text
        quotes = csv_texts([text[start:end] for start, end in zip(starts, ends, strict=True)])
        stretches, voices = segments.pieces.stretches, Voices(segments)
        speakers = [*speakers_of(stretches.document_turns), None]  # the last for -1: no turn
        turns = map(stretches.turns.__getitem__, segments.pieces.owners[positions].tolist())
        times = [*map(self._times.__getitem__, positions.tolist())]
        told = {one: time_of(when) for one, when in dict(zip(map(id, times), times, strict=True)).items()}
        about = [*map(told.__getitem__, map(id, times))]
        return (
            [f"{start},{end},{quote}" for start, end, quote in zip(starts, ends, quotes, strict=True)],
            [f"{voices[speakers[turn]].cells},{time.line}" for turn, time in zip(turns, about, strict=True)],
            [time.note_line for time in about],
        )

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


@cache
def _counted(spans: int) -> str:
    """The cell of evidence where as many stretches are a match each and all count.

    >>> _counted(3)
    '1;2;3'
    """
    return ";".join(map(str, range(1, spans + 1)))


def spans_of(matches: Sequence[Match]) -> list[Span]:
    """The parts of some matches, each once, in reading order."""
    return sorted({part for match in matches for part in match.parts})


def _basis(when: When) -> str:
    if not when.known:
        return "unknown"
    return "document" if when.source == "document" else "about"
