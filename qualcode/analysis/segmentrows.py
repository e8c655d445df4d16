"""Rows of `segments`: as tuples for analyses, or written from columns as lines for a file.

What neighbouring segments have in common (their turn, its speaker, the time they are about) is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice, repeat
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.analysis.segmentcells import Voices, id_cells, side_by_side
from qualcode.columns import SEGMENTS
from qualcode.corpus.layout import told_of
from qualcode.corpus.segments import Segments, columns
from qualcode.corpus.when import When, date_said
from qualcode.csvlines import Known, Rows, csv_list, csv_text, csv_texts, plain
from qualcode.model import ASKING, Document, Segment

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column

_AT_ONCE = 20_000  # segments written together
_KEPT = 10_000  # times whose cells are kept
_known = attrgetter("start", "end", "source", "precision")


class SegmentRows(Rows):
    """The segments of one document as rows of `segments`, in reading order."""

    kinds = tuple(column.type for column in SEGMENTS)

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        counted: tuple[Column, Sequence[str]],
        times: Sequence[When],
        *,
        code_interviewers: bool,
    ) -> None:
        if len(times) != len(segments):
            raise ValueError(f"{len(times)} times for {len(segments)} segments")
        self._document, self._segments = document, segments
        self._counted, self._times = counted, times
        self._all_codable = code_interviewers
        self._repeats = bool(document.metadata.duplicate_of)

    @property
    def codable(self) -> int:
        """How many of them can be coded."""
        return codable(self._document, self._segments, code_interviewers=self._all_codable)

    def __len__(self) -> int:
        return len(self._segments)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        said, codes = date_said(self._document.metadata), self._codes()
        for segment, when in zip(self._segments, self._times, strict=True):
            yield (
                self._document.id,
                f"{self._document.id}:{segment.index}",
                segment.turn or None,
                segment.speech or None,
                segment.speaker,
                segment.role,
                segment.role_source,
                segment.actor,
                segment.span.start,
                segment.span.end,
                segment.text,
                codes.get(segment.index, ()),
                said,
                when.start,
                when.end,
                when.source,
                when.precision,
                segment.kind,
                segment.section,
                segment.article,
                segment.time,
                self._can_be_coded(segment.role),
                when.note,
            )

    def _can_be_coded(self, role: str) -> bool:
        return not self._repeats and (self._all_codable or role not in ASKING)

    @property
    def in_columns(self) -> bool:
        """Whether `segment_lines` can write them."""
        return isinstance(self._segments, Segments)

    def blocks(self) -> Iterator[str]:
        if not self.in_columns:
            yield from super().blocks()
            return
        for first in range(0, len(self), _AT_ONCE):
            [lines] = segment_lines([self], slice(first, min(first + _AT_ONCE, len(self)))).lines
            yield "".join(lines)

    def _codes(self) -> dict[int, tuple[str, ...]]:
        """The codes of countable codings, by the index of their segment."""
        found: dict[int, list[str]] = {}
        for segment, code in zip(self._counted[0].tolist(), self._counted[1], strict=True):
            found.setdefault(segment, []).append(code)
        return {segment: tuple(its) for segment, its in found.items()}


class SegmentLines(NamedTuple):
    """Lines of segments, by document; of those of all documents, side by side, places and cells of words."""

    lines: list[list[str]]
    starts: list[int]
    ends: list[int]
    quotes: Sequence[str]


def segment_lines(each: Sequence[SegmentRows], wanted: slice | None = None) -> SegmentLines:
    """Write the rows of some documents, all or of each the same part; their segments are `Segments`.

    What is asked of an array or of many words takes as long for one small document as for many.
    """
    held = [rows._segments for rows in each]
    parts = [wanted or slice(0, len(segments)) for segments in held]
    pairs = zip(held, parts, strict=True)
    both = [(segments, part) for segments, part in pairs if isinstance(segments, Segments)]
    starts = side_by_side([segments.starts[part] for segments, part in both]).tolist()
    ends = side_by_side([segments.ends[part] for segments, part in both]).tolist()
    spans, words = zip(starts, ends, strict=True), list[str]()
    for rows, part in zip(each, parts, strict=True):
        text = rows._document.text
        words += [text[start:end] for start, end in islice(spans, part.stop - part.start)]
    quotes = csv_texts(words)
    names = [id_cells(rows._document.id) for rows in each]
    stands = [
        _Stands(segments, close, rows._can_be_coded)(part)
        for rows, (segments, part), (_, close) in zip(each, both, names, strict=True)
    ]
    times = [
        _time_cells(date_said(rows._document.metadata), rows._times[part])
        for rows, part in zip(each, parts, strict=True)
    ]
    columns = zip(
        chain.from_iterable(range(part.start + 1, part.stop + 1) for part in parts),
        chain.from_iterable(before for before, _ in stands),
        *(starts, ends, quotes, _code_cells([rows._counted for rows in each], parts)),
        chain.from_iterable(time for time, _ in times),
        chain.from_iterable(after for _, after in stands),
        chain.from_iterable(notes for _, notes in times),
        strict=True,
    )
    lines = [
        [
            f"{head}{index}{turn}{start},{end},{quote},{codes},{time}{kind}{note}"
            for index, turn, start, end, quote, codes, time, kind, note in islice(
                columns, part.stop - part.start
            )
        ]
        for (head, _), part in zip(names, parts, strict=True)
    ]
    return SegmentLines(lines, starts, ends, quotes)


def _code_cells(each: Sequence[tuple[Column, Sequence[str]]], parts: Sequence[slice]) -> list[str]:
    """The cells of the codes of some segments of each document; given are codes with their segments."""
    cells: list[str] = []
    as_they_are = plain([*{code for _, codes in each for code in codes}])
    for (segments, codes), part in zip(each, parts, strict=True):
        which = slice(*segments.searchsorted((part.start + 1, part.stop + 1)).tolist())
        places = (segments[which] + (len(cells) - part.start - 1)).tolist()
        cells += [""] * (part.stop - part.start)
        if as_they_are:
            for place, code in zip(places, codes[which], strict=True):
                cells[place] = f"{cells[place]};{code}" if cells[place] else code
            continue
        for place, group in groupby(zip(places, codes[which], strict=True), itemgetter(0)):
            cells[place] = csv_list([code for _, code in group])
    return cells


class _Stands:
    """Where segments stand, as cells: turn and speaker; kind, section, article, time, whether codings count.

    `close` is what the cell of a segment's id has after the segment's index.
    """

    def __init__(self, segments: Segments, close: str, can_be_coded: Callable[[str], bool]) -> None:
        self._pieces, self._close = segments.pieces, close
        self._told = told_of(segments.pieces.stretches.document_turns)
        self._can_be_coded, self._voices = can_be_coded, Voices(segments)

    def __call__(self, part: slice) -> tuple[Iterable[str], Iterable[str]]:
        """What lines of some segments have between the segment's index and its start; and after its time."""
        owners = self._pieces.owners[part]
        if not len(owners):
            return (), ()
        low, high = int(owners.min()), int(owners.max()) + 1
        owners = owners - low
        kinds = np.zeros(high - low, np.uint8)
        kinds[owners] = self._pieces.kinds[part]  # all pieces of a stretch are of one kind
        before, after = self._cells(slice(low, high), kinds.tolist())
        places = owners.tolist()
        return map(before.__getitem__, places), map(after.__getitem__, places)

    def _cells(self, rows: slice, kinds: Sequence[int]) -> tuple[list[str], list[str]]:
        stretches = self._pieces.stretches
        names, sorts = csv_texts(stretches.names), csv_texts(self._pieces.names)
        turns: Sequence[int] = stretches.turns[rows]
        first, last = min(filter((-1).__lt__, turns), default=0), max(turns) + 1
        if first:
            turns = [max(n - first, -1) for n in turns]
        begun, ends = self._of_turns(slice(first, last))
        under = zip(kinds, stretches.sections[rows], stretches.articles[rows], turns, strict=True)
        after = [
            f",{sorts[kind]},{names[section]},{names[article]},{ends[n]}"
            for kind, section, article, n in under
        ]
        return list(map(begun.__getitem__, turns)), after

    def _of_turns(self, wanted: slice) -> tuple[list[str], list[str]]:
        """The first and the last cells of some turns; the last in both lists are those of what is no turn."""
        numbers, speeches, speakers, times = self._told
        known: Known[str | None, tuple[str, str]] = Known(self._of_speaker)
        voices = [known[label] for label in speakers[wanted]]
        told = zip(numbers[wanted], speeches[wanted], voices, strict=True)
        close, (nobody, codable) = self._close, known[None]
        begun = [f"{close},{number or ''},{speech or ''},{cells}" for number, speech, (cells, _) in told]
        ends = [f"{time},{its}" for time, (_, its) in zip(csv_texts(times[wanted]), voices, strict=True)]
        return [*begun, f"{close},,,{nobody}"], [*ends, f",{codable}"]

    def _of_speaker(self, label: str | None) -> tuple[str, str]:
        """The cells from speaker to actor, and whether codings of what they say count."""
        voice = self._voices[label]
        return f"{voice.cells},", f"{'yes' if self._can_be_coded(voice.role) else 'no'},"


def _time_cells(said: str, times: Sequence[When]) -> tuple[Iterable[str], Iterable[str]]:
    """Of segments that are about some times the cells from when it was said to how well that is known; and
    the last cell, the note. Those of each time are written once: neighbours share one.
    """
    ids = [*map(id, times)]
    kinds = dict(zip(ids, times, strict=True))
    said = csv_text(said)
    cells = {one: f"{said},{_time_line(*_known(when))}" for one, when in kinds.items()}
    if any(when.note for when in kinds.values()):
        notes = {one: f"{csv_text(when.note)}\r\n" for one, when in kinds.items()}
        return map(cells.__getitem__, ids), map(notes.__getitem__, ids)
    same = len(cells) == 1
    return repeat(cells[ids[0]], len(ids)) if same else map(cells.__getitem__, ids), repeat("\r\n", len(ids))


@lru_cache(maxsize=_KEPT)
def _time_line(*cells: str) -> str:
    """What a time says of itself, as cells: the same days are told in many documents."""
    return ",".join(map(csv_text, cells))


def coded(
    document: Document, segments: Sequence[Segment], indexes: Column, *, code_interviewers: bool
) -> int:
    """Count the segments that can be coded among those with the given indexes."""
    if document.metadata.duplicate_of or not len(indexes):
        return 0
    asking = columns(document, segments).asking
    if isinstance(segments, Segments):
        among = np.zeros(len(asking), bool)
        among[indexes - 1] = True
    else:
        among = np.isin([segment.index for segment in segments], indexes)
    return int(np.count_nonzero(among if code_interviewers else among & ~asking))


def codable(document: Document, segments: Sequence[Segment], *, code_interviewers: bool) -> int:
    """Count the segments whose codings can count: no interviewer's words, no repeated document."""
    if document.metadata.duplicate_of:
        return 0
    if code_interviewers:
        return len(segments)
    return len(segments) - int(columns(document, segments).asking.sum())
