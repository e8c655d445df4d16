"""Where terms stand in the segments of a document, as columns: nothing is made for an occurrence nobody asks
about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.model import Span
from qualcode.patterns.base import Parts
from qualcode.text.characters import ranges
from qualcode.text.ordered import distinct, order_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

_span = partial(tuple.__new__, Span)  # pairs into spans, many at once

Places = dict[int, list[Parts]]  # entry -> its occurrences in one segment, in reading order


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences in reading order of their ends: position of the segment, entry, start, end in the document.

    `parts` has those of several parts by their row; the others are one stretch.
    """

    segment: Column
    entry: Column
    start: Column
    end: Column
    parts: Mapping[int, Parts]

    def chosen(self, wanted: NDArray[np.bool_]) -> Occurrences:
        """Return the occurrences of some rows."""
        if wanted.all():
            return self
        parts = self.parts
        if parts:
            moved = np.cumsum(wanted) - 1
            parts = {int(moved[row]): kept for row, kept in parts.items() if wanted[row]}
        return Occurrences(
            self.segment[wanted], self.entry[wanted], self.start[wanted], self.end[wanted], parts
        )

    def nested(self) -> Column:
        """Return the segments in which an occurrence lies properly inside another."""
        if len(self.segment) < 2:
            return _NONE
        order = order_by(self.start, -self.end)  # segments do not overlap
        starts, ends = self.start[order], self.end[order]
        again = (starts[1:] == starts[:-1]) & (ends[1:] == ends[:-1])
        inside = (ends[1:] <= np.maximum.accumulate(ends)[:-1]) & ~again
        return distinct(self.segment[order[1:]][inside])

    def local(self, begins: Column) -> Occurrences:
        """Return the same occurrences with places counted from where each segment begins."""
        begin = begins[self.segment]
        parts = {
            row: tuple(Span(a - int(begin[row]), b - int(begin[row])) for a, b in spans)
            for row, spans in self.parts.items()
        }
        return Occurrences(self.segment, self.entry, self.start - begin, self.end - begin, parts)


_NONE = np.zeros(0, np.int64)
NO_OCCURRENCES = Occurrences(_NONE, _NONE, _NONE, _NONE, {})


def together(found: Sequence[Occurrences]) -> Occurrences:
    """Lay occurrences behind one another."""
    found = [one for one in found if len(one.segment)]
    if len(found) < 2:
        return found[0] if found else NO_OCCURRENCES
    parts: dict[int, Parts] = {}
    rows = 0
    for one in found:
        parts |= {row + rows: kept for row, kept in one.parts.items()}
        rows += len(one.segment)
    return Occurrences(
        np.concatenate([one.segment for one in found]),
        np.concatenate([one.entry for one in found]),
        np.concatenate([one.start for one in found]),
        np.concatenate([one.end for one in found]),
        parts,
    )


class Evidence:
    """Occurrences ready to be asked for, one segment or one row at a time."""

    def __init__(self, found: Occurrences) -> None:
        self._found = found
        self._segments = found.segment
        self._parts = found.parts

    @cached_property
    def _entries(self) -> list[int]:
        entries: list[int] = self._found.entry.tolist()
        return entries

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = self._found.start.tolist()
        return starts

    @cached_property
    def _ends(self) -> list[int]:
        ends: list[int] = self._found.end.tolist()
        return ends

    def parts(self, row: int) -> Parts:
        """Return the words of one occurrence."""
        found = self._parts.get(row)
        return found if found is not None else (Span(self._starts[row], self._ends[row]),)

    def standing(self, segment: int) -> list[tuple[int, Parts]]:
        """Return the entries that stand in a segment with their words, in reading order of their ends."""
        first, last = self._segments.searchsorted((segment, segment + 1)).tolist()
        spans = map(_span, zip(self._starts[first:last], self._ends[first:last], strict=True))
        found: list[Parts] = list(zip(spans))
        if self._parts:
            for row in range(first, last):
                if row in self._parts:
                    found[row - first] = self._parts[row]
        return list(zip(self._entries[first:last], found, strict=True))

    def places(self, segment: int) -> Places:
        """Return where each entry stands in a segment."""
        found: Places = {}
        for entry, parts in self.standing(segment):
            found.setdefault(entry, []).append(parts)
        return found


class Lists(NamedTuple):
    """Lists of numbers by number, laid behind one another: list n is `members[starts[n] : starts[n + 1]]`."""

    starts: Column
    members: Column

    @staticmethod
    def of(lists: Sequence[Sequence[int]]) -> Lists:
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(one) for one in lists], out=starts[1:])
        return Lists(starts, np.array([member for one in lists for member in one], np.int64))

    @staticmethod
    def by(keys: Column, members: Column, size: int) -> Lists:
        """Deal members out to as many lists as asked for, each to that of its key, in the order given."""
        starts = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
        return Lists(starts, members[np.argsort(keys, kind="stable")])

    def spread(self) -> list[list[int]]:
        """Return the lists as such."""
        starts, members = self.starts.tolist(), self.members.tolist()
        return [members[a:b] for a, b in pairwise(starts)]

    def some(self, wanted: Column) -> Lists:
        """Return some of the lists, in the order asked for."""
        edges = np.zeros(len(wanted) + 1, np.int64)
        np.cumsum(self.starts[wanted + 1] - self.starts[wanted], out=edges[1:])
        return Lists(edges, self.each(wanted)[1])

    def each(self, keys: Column) -> tuple[Column, Column]:
        """Return, for each member of each key's list, the row of the key and the member."""
        first, last = self.starts[keys], self.starts[keys + 1]
        if len(keys) and (last - first == 1).all():
            return np.arange(len(keys)), self.members[first]
        rows, places = ranges(first, last)
        return rows, self.members[places]
