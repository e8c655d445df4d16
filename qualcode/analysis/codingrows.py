"""Rows of `coded_segments`: a code on a segment, what it rests on, when it is about and what people decided.

What the codings of a segment have in common is written once; so is what many segments share.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, compress, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.analysis.periods import placed
from qualcode.analysis.rulecells import CodingCells, Stretches, cells_of, meant, written
from qualcode.analysis.segmentcells import Voices, id_cells, segment_cell, side_by_side
from qualcode.analysis.segmentrows import SegmentLines
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
    from qualcode.analysis.matchrows import MatchRows
    from qualcode.codebook.records import Codebook
    from qualcode.coding.needs import Needs
    from qualcode.coding.occurrences import Column

NOT_REVIEWED = Standing()
_OPEN = csv_cells((NOT_REVIEWED.status, NOT_REVIEWED.decided_by), ("text", "list"))
_AT_ONCE = 20_000  # codings written together


class _Time(NamedTuple):
    """What a row says of when its segment is about."""

    dates: tuple[str, str, str, str]  # said, about start, about end, basis
    phase: str
    note: str
    line: str  # dates and phase as cells
    ending: str  # the end of a line about what nobody decided: the note, and that


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

    @property
    def in_columns(self) -> bool:
        """Whether `coding_lines` can write them: all are by machine, and nobody decided about any."""
        columns = isinstance(self._segments, Segments) and isinstance(self._codings, Codings)
        return columns and not self._standings and cells_of(self._codebook).plain

    def rest_on(self, matches: MatchRows) -> bool:
        """Whether the codings, in columns, rest on the very matches of these rows."""
        return isinstance(self._codings, Codings) and self._codings.matches is matches.matches

    def blocks(self) -> Iterator[str]:
        if not self.in_columns:
            yield from super().blocks()
            return
        for first in range(0, len(self), _AT_ONCE):
            [lines] = coding_lines([self], slice(first, min(first + _AT_ONCE, len(self))))
            yield "".join(lines)

    def _about(self, segments: Segments, positions: Column) -> tuple[list[str], list[str]]:
        """What lines say of some segments: speaker and time; the note, with what ends a line."""
        stretches, voices, time_of = segments.pieces.stretches, Voices(segments), self._teller()
        speakers = [*speakers_of(stretches.document_turns), None]  # the last for -1: no turn
        turns = map(stretches.turns.__getitem__, segments.pieces.owners[positions].tolist())
        times = [*map(self._times.__getitem__, positions.tolist())]
        told = {one: time_of(when) for one, when in dict(zip(map(id, times), times, strict=True)).items()}
        about = [*map(told.__getitem__, map(id, times))]
        return (
            [f"{voices[speakers[turn]].cells},{time.line}," for turn, time in zip(turns, about, strict=True)],
            [time.ending for time in about],
        )

    def _cells_of(self, coding: Coding) -> tuple[str, str, str]:
        """The cells spans, matched and evidence of a coding."""
        return *self._found(coding.matches), csv_list(self._evidence(coding.code, coding.matches))

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

    def _teller(self) -> Callable[[When], _Time]:
        """Return a function from a time to what rows say of it."""
        said, phases, told = date_said(self._document.metadata), self._phases, dict[int, _Time]()

        def time_of(when: When) -> _Time:
            if (time := told.get(id(when))) is None:
                place = placed(when.start, when.end, phases)
                dates = said, when.start, when.end, _basis(when)
                note = "; ".join(filter(None, (place.note, when.note)))
                line = ",".join(map(csv_text, (*dates, place.phase)))
                time = told[id(when)] = _Time(
                    dates, place.phase, note, line, f",{csv_text(note)},{_OPEN}\r\n"
                )
            return time

        return time_of


def coding_lines(
    each: Sequence[CodingRows],
    wanted: slice | None = None,
    *,
    segments: SegmentLines | None = None,
    stretches: Stretches | None = None,
) -> list[list[str]]:
    """Write the rows of some documents (`in_columns`), all or of each the same part.

    `segments` are the lines of all their segments, `stretches` the cells of where all their matches stand:
    what is known of these need not be written again.
    """
    return _Side(each, wanted).lines(segments, stretches) if each else []


class _Side:
    """Codings of some documents, side by side."""

    def __init__(self, each: Sequence[CodingRows], wanted: slice | None) -> None:
        self._each = each
        self._codings = [rows._codings for rows in each if isinstance(rows._codings, Codings)]
        self._segments = [rows._segments for rows in each if isinstance(rows._segments, Segments)]
        self._parts = [wanted or slice(0, len(codings)) for codings in self._codings]
        both = [*zip(self._codings, self._parts, strict=True)]
        self._bounds = [0, *accumulate(part.stop - part.start for part in self._parts)]
        self._matches = [codings.matches for codings in self._codings]
        self._lows = [0, *accumulate(map(len, self._matches))]  # of the matches of each document
        self._resting = _laid([(c.edges[p.start : p.stop + 1], c.places) for c, p in both], self._lows)
        self._firsts = self._resting.members[self._resting.starts[:-1]]
        self._indexes = side_by_side([codings.segments[part] for codings, part in both])
        self._cells = cells_of(each[0]._codebook)

    def lines(self, segments: SegmentLines | None, stretches: Stretches | None) -> list[list[str]]:
        columns = zip(
            self._indexes.tolist(),
            self._alike(),
            *self._places(segments),
            *self._evidence(stretches),
            map(self._cells.lists.__getitem__, self._needed()),
            strict=True,
        )
        lines = []
        for rows, part in zip(self._each, self._parts, strict=True):
            whole, close = segment_cell(rows._document.id)
            middle = f"{close},{id_cells(rows._document.id)[0]}"
            close = f"{close},"
            lines.append(
                [
                    f"{whole}{index}{tag}{middle}{index}{close}{code}{words}{spans},{found}{told}{about}"
                    f"{evidence},{needed}{note}"
                    for index, (
                        tag,
                        code,
                        told,
                    ), words, about, note, spans, found, evidence, needed in islice(
                        columns, part.stop - part.start
                    )
                ]
            )
        return lines

    def _needed(self) -> Iterator[tuple[str, ...]]:
        return chain.from_iterable(r._needs[part] for r, part in zip(self._each, self._parts, strict=True))

    def _alike(self) -> Iterator[CodingCells]:
        """What codings that rest on the same rules have in common."""
        for codings, part in zip(self._codings, self._parts, strict=True):
            cells, rules = self._cells, codings.rules[part]
            if codings.shown is None or codings.countable is None:
                yield from map(cells.codings(meant(UNASSESSED), counts=True).__getitem__, rules)
                continue
            shown = codings.matches.assertions
            alike = [cells.codings(meant(one), counts=counts) for one in shown for counts in (False, True)]
            which = codings.shown[part] * 2 + codings.countable[part]
            yield from [alike[n][its] for n, its in zip(which.tolist(), rules, strict=True)]

    def _places(self, lines: SegmentLines | None) -> Sequence[Sequence[str]]:
        """What lines say of segments, as columns: start to quote; speaker and time; the note and the rest."""
        new = np.ones(len(self._indexes), bool)
        new[1:] = self._indexes[1:] != self._indexes[:-1]
        new[[low for low in self._bounds if low < len(new)]] = True
        firsts = np.flatnonzero(new)
        positions, cuts = self._indexes[firsts] - 1, firsts.searchsorted(self._bounds).tolist()
        of_each = [positions[low:high] for low, high in pairwise(cuts)]
        words = self._words(of_each) if lines is None else self._known_words(of_each, lines)
        about: list[str] = []
        notes: list[str] = []
        for rows, segments, chosen in zip(self._each, self._segments, of_each, strict=True):
            its = rows._about(segments, chosen)
            about += its[0]
            notes += its[1]
        if len(firsts) == len(new):
            return words, about, notes
        which = (np.cumsum(new) - 1).tolist()
        return [[*map(column.__getitem__, which)] for column in (words, about, notes)]

    def _known_words(self, of_each: Sequence[Column], lines: SegmentLines) -> list[str]:
        lows = accumulate(map(len, self._segments), initial=0)
        at = side_by_side([chosen + low for chosen, low in zip(of_each, lows, strict=False)]).tolist()
        cells = (map(column.__getitem__, at) for column in (lines.starts, lines.ends, lines.quotes))
        return [f"{start},{end},{quote}," for start, end, quote in zip(*cells, strict=True)]

    def _words(self, of_each: Sequence[Column]) -> list[str]:
        made: list[str] = []
        for segments, chosen in zip(self._segments, of_each, strict=True):
            starts, ends = segments.starts[chosen].tolist(), segments.ends[chosen].tolist()
            text = segments.document.text
            quotes = csv_texts([text[start:end] for start, end in zip(starts, ends, strict=True)])
            made += [
                f"{start},{end},{quote}," for start, end, quote in zip(starts, ends, quotes, strict=True)
            ]
        return made

    def _evidence(self, stretches: Stretches | None) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """The cells spans, matched and evidence."""
        if stretches is None:
            where = self._stretches()
            spans, found = [*where.spans], [*where.items]
        else:
            places = self._firsts.tolist()
            spans, found = [
                [*map(column.__getitem__, places)] for column in (stretches.spans, stretches.items)
            ]
        evidence: list[str] = []
        several = np.diff(self._resting.starts) > 1
        for n, (codings, part) in enumerate(zip(self._codings, self._parts, strict=True)):
            its = slice(self._bounds[n], self._bounds[n + 1])
            if codings.countable is None:
                evidence += ["1"] * (its.stop - its.start)
            else:
                evidence += ["1" if counted else "" for counted in codings.countable[part].tolist()]
            if codings.matches.parts:
                several[its] |= np.isin(self._firsts[its] - self._lows[n], [*codings.matches.parts])
        chosen = np.flatnonzero(several)
        for n, cells in zip(chosen.tolist(), self._of_several(chosen), strict=True):
            spans[n], found[n], evidence[n] = cells
        return spans, found, evidence

    def _stretches(self) -> Stretches:
        """The cells of the first matches."""
        starts, ends = self._columns()
        documents = zip(self._each, self._parts, strict=True)
        texts = [(rows._document.text, part.stop - part.start) for rows, part in documents]
        return self._cells.stretches(starts[self._firsts], ends[self._firsts], texts)

    def _columns(self) -> tuple[Column, Column]:
        """Where all matches of the documents begin and end."""
        each = self._matches
        return side_by_side([one.starts for one in each]), side_by_side([one.ends for one in each])

    def _of_several(self, wanted: Column) -> Iterator[tuple[str, str, str]]:
        """The cells spans, matched and evidence of codings that rest on more than one stretch."""
        resting = self._resting.some(wanted)
        starts, ends = (column[resting.members].tolist() for column in self._columns())
        cuts = resting.starts.tolist()
        edges = wanted.searchsorted(self._bounds).tolist()
        for n, (rows, codings) in enumerate(zip(self._each, self._codings, strict=True)):
            first, after = edges[n], edges[n + 1]
            matches, text = codings.matches, rows._document.text
            low, high = cuts[first], cuts[after]
            places = _Places(starts[low:high], ends[low:high])
            its_cuts = [cut - low for cut in cuts[first : after + 1]]
            if matches.parts or matches.meant is not None:
                numbers = wanted[first:after] - self._bounds[n] + self._parts[n].start
                members = resting.members[low:high] - self._lows[n]
                yield from _meant_cells(rows, codings, numbers, members, places, its_cuts)
                continue
            for at, to in pairwise(its_cuts):  # in reading order, and all count
                its = dict.fromkeys(places.some(at, to))
                yield *_told(text, its), _counted(len(its))


class _Places(NamedTuple):
    """Where some matches begin, and where they end."""

    starts: list[int]
    ends: list[int]

    def some(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        return zip(self.starts[first:last], self.ends[first:last], strict=True)


def _meant_cells(
    rows: CodingRows,
    codings: Codings,
    numbers: Column,
    members: Column,
    places: _Places,
    cuts: Sequence[int],
) -> Iterator[tuple[str, str, str]]:
    """The cells spans, matched and evidence of some codings of a document, not all of whose matches count.

    Codings are given by number; `members` are their matches, those of each from one of the `cuts` to the
    next, and `places` where these stand. Codings with a match of several parts are written one by one.
    """
    matches, text = codings.matches, rows._document.text
    meant = [0] * len(members) if matches.meant is None else matches.meant[members].tolist()
    torn = np.zeros(len(numbers), bool)
    if matches.parts and len(numbers):
        torn = np.logical_or.reduceat(np.isin(members, [*matches.parts]), cuts[:-1])
    alone = map(rows._cells_of, codings.at(numbers[torn]))
    for number, one_by_one, (first, last) in zip(
        numbers.tolist(), torn.tolist(), pairwise(cuts), strict=True
    ):
        if one_by_one:
            yield next(alone)
            continue
        code, its = codings.codes[number], list(places.some(first, last))
        spans = sorted({*its})
        known = {span: str(n) for n, span in enumerate(spans, 1)}
        counting = [rows._counts(code, matches.assertions[one]) for one in meant[first:last]]
        evidence = dict.fromkeys(map(known.__getitem__, compress(its, counting)))
        yield *_told(text, spans), ";".join(evidence)


def _told(text: str, spans: Collection[tuple[int, int]]) -> tuple[str, str]:
    """The cells spans and matched."""
    words = csv_list([text[start:end] for start, end in spans])
    return ";".join([f"{start}-{end}" for start, end in spans]), words


def _laid(each: Sequence[tuple[Column, Column]], lows: Sequence[int]) -> Lists:
    """Lists of numbers of each document, given with their edges, laid behind one another; what belongs to a
    document is counted from its low.
    """
    starts, members = [np.zeros(1, np.int64)], []
    length = 0
    for (edges, numbers), low in zip(each, lows, strict=False):
        first, last = int(edges[0]), int(edges[-1])
        starts.append(edges[1:] + (length - first))
        members.append(numbers[first:last] + low)
        length += last - first
    return Lists(np.concatenate(starts), side_by_side(members))


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
