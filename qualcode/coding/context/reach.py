"""Which cues act on which evidence, for many segments at once: what `scope.py` says of each two of them.

All of it is about segments without the quotation marks of `quotations.PAIRS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.codebook.cues import AXES
from qualcode.coding.context.cuecolumns import HOLDER, QUOTES, VALUES, CueColumns
from qualcode.model import Span
from qualcode.patterns.base import Parts
from qualcode.text.characters import ranges
from qualcode.text.words import counts_of_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.context.page import Page
    from qualcode.coding.context.signcolumns import SignColumns
    from qualcode.coding.occurrences import Column

    Mask = NDArray[np.bool_]


class Evidence(NamedTuple):
    """Pieces of evidence on a page, and their parts: `of` says which piece's each part is.

    `segment` is by piece, `starts` and `ends` by part; the parts of a piece begin at its `first`, and `first`
    has one row more.
    """

    segment: Column
    first: Column
    of: Column
    starts: Column
    ends: Column

    @staticmethod
    def laid(
        segment: Column, starts: Column, ends: Column, several: Mapping[int, Parts], shift: Column
    ) -> Evidence:
        """Lay parts out, given where each piece stands; `several` has those of several parts, by piece.

        These parts are the document's; `shift` says by piece how far it is from there to the page.
        """
        size = len(segment)
        if not several:
            return Evidence(segment, np.arange(size + 1), np.arange(size), starts, ends)
        counts = np.ones(size, np.int64)
        counts[list(several)] = list(map(len, several.values()))
        first = np.append(0, np.cumsum(counts))
        of = np.repeat(np.arange(size), counts)
        starts, ends = starts[of], ends[of]
        for piece, parts in several.items():
            its = slice(first[piece], first[piece + 1])
            starts[its], ends[its] = np.array(parts).T + shift[piece]
        return Evidence(segment, first, of, starts, ends)

    def piece(self, n: int) -> Parts:
        """Return the parts of one piece."""
        its = slice(self.first[n], self.first[n + 1])
        return tuple(map(Span, self.starts[its].tolist(), self.ends[its].tolist()))

    def parts(self, pieces: Column) -> tuple[Column, Column]:
        """Return the parts of some pieces, by row, and before them which of these pieces each is of."""
        return ranges(self.first[pieces], self.first[pieces + 1])


class Sayings(NamedTuple):
    """What cues set, one row for each axis, by axis and place; the marker of a quotation is `QUOTES`.

    What shares a character with a cue is acted on `over` it, or not.
    """

    axis: Column
    value: Column
    start: Column
    end: Column
    marker: Column
    over: Mask

    def some(self, wanted: Mask | Column) -> Sayings:
        """Return some of the rows."""
        places = self.start[wanted], self.end[wanted]
        return Sayings(self.axis[wanted], self.value[wanted], *places, self.marker[wanted], self.over[wanted])


def sayings_of(signs: SignColumns, page: Page, cues: CueColumns) -> Sayings:
    """Return what cues in reading order set; of those that cross on one axis the first stays."""
    row, both = cues.sets.each(signs.marker)
    order = np.argsort(both // VALUES, kind="stable")
    row, both = row[order], both[order]
    places = signs.start[row], signs.end[row]
    found = Sayings(both // VALUES, both % VALUES, *places, signs.marker[row], signs.over[row])
    found = found.some(_first_of_crossing(found))
    quoted = [
        (both // VALUES, both % VALUES, start, end, QUOTES)
        for cue, sets in cues.quoted
        for start, end in page.quoted(cue)
        for both in sets
    ]
    if quoted:
        columns = [*np.array(quoted, np.int64).T, np.ones(len(quoted), bool)]
        found = Sayings(*map(np.concatenate, zip(found, columns, strict=True)))
        found = found.some(np.lexsort((found.start, found.axis)))
    return found


def _first_of_crossing(found: Sayings) -> Mask:
    """Say which stay of cues that share a character on one axis.

    None lies properly inside another, so whoever crosses one before it crosses the nearest one.
    """
    axis, start, end = found.axis, found.start, found.end
    kept = np.ones(len(axis), bool)
    crossing = (start[1:] < end[:-1]) & (axis[1:] == axis[:-1])
    again = crossing & (start[1:] == start[:-1]) & (end[1:] == end[:-1])
    kept[1:] = ~again
    for row in (np.flatnonzero(crossing & ~again) + 1).tolist():
        before = row - 1
        while not kept[before]:
            before -= 1
        kept[row] = start[row] >= end[before]
    return kept


class Stops:
    """Where terminators stand on a page, by axis."""

    def __init__(self, signs: SignColumns, page: Page, cues: CueColumns) -> None:
        self._size = len(page.text)
        row, axis = cues.stops[True].each(signs.marker)
        self._starts = np.sort(axis * self._size + signs.start[row])
        row, axis = cues.stops[False].each(signs.marker)
        self._ends = np.sort(axis * self._size + signs.end[row])

    def between(self, axis: Column, left: Column, right: Column, forward: Mask) -> Mask:
        """Say where a terminator ends what acts on an axis over a stretch, forward or backward."""
        left, right = axis * self._size + left, axis * self._size + right
        found = np.zeros(len(axis), bool)
        if len(self._starts):
            place = self._starts.searchsorted(left)
            found |= forward & (place < len(self._starts)) & (self._starts.take(place, mode="clip") <= right)
        if len(self._ends):
            place = self._ends.searchsorted(right, "right") - 1
            found |= ~forward & (place >= 0) & (self._ends[place] >= left)
        return found


def acting(
    sayings: Sayings, stops: Stops, evidence: Evidence, page: Page, cues: CueColumns
) -> tuple[Column, Column]:
    """Return what acts on which piece of evidence: rows of both, sorted; by piece, axis and place."""
    part, saying = _together(sayings, evidence, page)
    axis, marker = sayings.axis[saying], sayings.marker[saying]
    begins, ends = sayings.start[saying], sayings.end[saying]
    start, end = evidence.starts[part], evidence.ends[part]
    touching = (begins < end) & (start < ends)
    named = (axis == HOLDER) & (begins == start) & cues.names[marker]
    kept = touching & (named | sayings.over[saying])
    forward = ends <= start
    left, right = np.where(forward, ends, end), np.where(forward, start, begins)
    apart = ~touching & np.where(forward, cues.forward[marker], cues.backward[marker])
    apart &= right - left <= cues.characters[marker]
    rows = np.flatnonzero(apart)
    rows = rows[~stops.between(axis[rows], left[rows], right[rows], forward[rows])]
    kept[rows[_reaching(left[rows], right[rows], forward[rows], marker[rows], page, cues)]] = True
    size = max(len(sayings.axis), 1)
    both = np.sort(evidence.of[part[kept]] * size + saying[kept])
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]  # other parts of a piece are the same
    return both // size, both % size


def _together(sayings: Sayings, evidence: Evidence, page: Page) -> tuple[Column, Column]:
    """Return every part with everything that is said in its segment: rows of both."""
    size = len(page.text)
    places = sayings.axis * size + sayings.start
    axes = np.arange(len(AXES))[:, None] * size
    segment = evidence.segment[evidence.of]
    first = places.searchsorted((axes + page.starts[segment]).ravel())
    last = places.searchsorted((axes + page.ends[segment]).ravel())
    row, saying = ranges(first, last)
    return row % max(len(segment), 1), saying


def _reaching(
    left: Column, right: Column, forward: Mask, marker: Column, page: Page, cues: CueColumns
) -> Mask:
    """Say over which stretches cues reach, as far as clauses, sentences and words between are concerned."""
    whole, limits = cues.whole[marker], cues.words[marker]
    reaches, ended = page.undivided(left - 1, right + 1, whole)
    rows = np.flatnonzero(~ended & (right - left > limits))
    ended[rows] = counts_of_words(page.codes, left[rows], right[rows]) > limits[rows]
    reaches &= ~ended
    for row in np.flatnonzero(~reaches & ~ended).tolist():
        place = int(left[row]), int(right[row])
        reaches[row] = page.undivided_at(*place, forward=bool(forward[row]), whole=bool(whole[row]))
    return reaches
