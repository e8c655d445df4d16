"""Where terms stand in the segments of a document, as columns: nothing is made for an occurrence nobody asks
about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.model import Span
from qualcode.patterns.base import Parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

Places = dict[int, list[Parts]]  # entry -> its occurrences in one segment, in reading order
NOWHERE: Mapping[int, list[Parts]] = {}


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

    def evidence(self) -> list[Parts]:
        """Return the parts of every occurrence."""
        spans = map(tuple.__new__, repeat(Span), zip(self.start.tolist(), self.end.tolist(), strict=True))
        found: list[Parts] = [(span,) for span in spans]
        for row, parts in self.parts.items():
            found[row] = parts
        return found

    def places(self) -> dict[int, Places]:
        """Return, for every segment that has any, where each entry stands."""
        found: dict[int, Places] = {}
        here: Places = {}
        now = -1
        segments, entries = self.segment.tolist(), self.entry.tolist()
        for segment, entry, parts in zip(segments, entries, self.evidence(), strict=True):
            if segment != now:
                now = segment
                here = found.setdefault(segment, {})
            known = here.get(entry)
            if known is None:
                here[entry] = [parts]
            else:
                known.append(parts)
        return found


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


class Lists(NamedTuple):
    """Lists of numbers by number, laid behind one another: list n is `members[starts[n] : starts[n + 1]]`."""

    starts: Column
    members: Column

    @staticmethod
    def of(lists: Sequence[Sequence[int]]) -> Lists:
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(one) for one in lists], out=starts[1:])
        return Lists(starts, np.array([member for one in lists for member in one], np.int64))

    def each(self, keys: Column) -> tuple[Column, Column]:
        """Return, for each member of each key's list, the row of the key and the member."""
        first = self.starts[keys]
        counts = self.starts[keys + 1] - first
        if len(keys) and counts.min() == 1 == counts.max():
            return np.arange(len(keys)), self.members[first]
        rows = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows, self.members[first[rows] + within]
