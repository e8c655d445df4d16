"""Rows of `segments`: as tuples for analyses, or written from columns as lines for a file.

What neighbouring segments have in common (their turn, its speaker, the time they are about) is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.segmentcells import Voices, id_cells
from qualcode.columns import SEGMENTS
from qualcode.corpus.layout import told_of
from qualcode.corpus.segments import Segments, columns
from qualcode.corpus.when import When, date_said
from qualcode.csvlines import Known, Rows, csv_list, csv_text, csv_texts, plain
from qualcode.model import ASKING, Document, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

    def blocks(self) -> Iterator[str]:
        if not isinstance(self._segments, Segments):
            yield from super().blocks()
            return
        pieces, text = self._segments.pieces, self._document.text
        stands = _Stands(self._segments, self._can_be_coded)
        head, close = id_cells(self._document.id)
        kinds = [csv_text(kind) for kind in pieces.names]
        times = _TimeCells(date_said(self._document.metadata))
        for first in range(0, len(pieces), _AT_ONCE):
            rows = slice(first, first + _AT_ONCE)
            starts, ends = pieces.starts[rows].tolist(), pieces.ends[rows].tolist()
            columns = (
                range(first + 1, first + 1 + len(starts)),
                starts,
                ends,
                csv_texts([text[start:end] for start, end in zip(starts, ends, strict=True)]),
                self._code_cells(first, len(starts)),
                map(kinds.__getitem__, pieces.kinds[rows].tolist()),
                *stands(pieces.owners[rows]),
                *times(self._times[rows]),
            )
            yield "".join(
                [
                    f"{head}{index}{close},{before},{start},{end},{quote},{codes},{time},{kind},{after},{note}"
                    for index, start, end, quote, codes, kind, before, after, time, note in zip(
                        *columns, strict=True
                    )
                ]
            )

    def _codes(self) -> dict[int, tuple[str, ...]]:
        """The codes of countable codings, by the index of their segment."""
        found: dict[int, list[str]] = {}
        for segment, code in zip(self._counted[0].tolist(), self._counted[1], strict=True):
            found.setdefault(segment, []).append(code)
        return {segment: tuple(its) for segment, its in found.items()}

    def _code_cells(self, first: int, size: int) -> list[str]:
        """Of each of some neighbouring segments the cell of its codes."""
        segments, codes = self._counted
        wanted = slice(*segments.searchsorted((first + 1, first + size + 1)).tolist())
        places, its = (segments[wanted] - (first + 1)).tolist(), codes[wanted]
        cells = [""] * size
        if plain([*{*its}]):
            for place, code in zip(places, its, strict=True):
                cells[place] = f"{cells[place]};{code}" if cells[place] else code
            return cells
        for place, group in groupby(zip(places, its, strict=True), itemgetter(0)):
            cells[place] = csv_list([code for _, code in group])
        return cells


class _Stands:
    """Where segments stand, as cells: turn and speaker; section, article, time and whether codings count."""

    def __init__(self, segments: Segments, can_be_coded: Callable[[str], bool]) -> None:
        self._stretches = segments.pieces.stretches
        self._told = told_of(self._stretches.document_turns)
        self._voices = Voices(segments)
        self._codable: Known[str | None, str] = Known(
            lambda label: "yes" if can_be_coded(self._voices[label].role) else "no"
        )
        self._names = csv_texts(self._stretches.names)

    def __call__(self, owners: NDArray[np.int64]) -> tuple[Iterable[str], Iterable[str]]:
        """What lines have before the words and after the kind of segments that begin in these stretches."""
        low = int(owners.min())
        before, after = self._cells(slice(low, int(owners.max()) + 1))
        places = (owners - low).tolist()
        return map(before.__getitem__, places), map(after.__getitem__, places)

    def _cells(self, rows: slice) -> tuple[list[str], list[str]]:
        numbers, speeches, speakers, _ = self._told
        stretches, voices, names = self._stretches, self._voices, self._names
        turns = stretches.turns[rows]
        before = [
            f"{numbers[n] or ''},{speeches[n] or ''},{voices[speakers[n]].cells}"
            if n >= 0
            else f",,{voices[None].cells}"
            for n in turns
        ]
        ends = self._turn_ends(min((n for n in turns if n >= 0), default=0), max(turns) + 1)
        under = zip(stretches.sections[rows], stretches.articles[rows], turns, strict=True)
        return before, [f"{names[section]},{names[article]},{ends[n]}" for section, article, n in under]

    def _turn_ends(self, first: int, after: int) -> dict[int, str]:
        """The last cells of some turns, by the place of the turn; of what is no turn by -1."""
        codable, turns = self._codable, slice(first, after)
        told = zip(csv_texts(self._told.times[turns]), self._told.speakers[turns], strict=True)
        ends = dict(enumerate([f"{time},{codable[label]}" for time, label in told], first))
        ends[-1] = f",{codable[None]}"
        return ends


class _TimeCells:
    """The cells of the times segments are about, those of each time written once."""

    def __init__(self, said: str) -> None:
        self._said = csv_text(said)

    def __call__(self, times: Sequence[When]) -> tuple[Iterable[str], Iterable[str]]:
        """Of each segment the cells from when it was said to how well its time is known; and of the note."""
        ids = [*map(id, times)]  # neighbours share one time
        kinds = dict(zip(ids, times, strict=True))
        cells = {one: f"{self._said},{_time_line(*_known(when))}" for one, when in kinds.items()}
        notes = {one: csv_text(when.note) + "\r\n" if when.note else "\r\n" for one, when in kinds.items()}
        return map(cells.__getitem__, ids), map(notes.__getitem__, ids)


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
