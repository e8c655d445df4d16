"""Which cues stand in many segments, as columns: what `signs.py` finds in each of them.

It is the same for most segments. Those where more is to be weighed than places of words are said to be
`involved`: segments with quotation marks, regular expressions, constructs, echoes or cues with gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.context.cuecolumns import CueColumns, Edge
from qualcode.coding.context.signs import begins_with, ends_with
from qualcode.coding.context.table import CueTable
from qualcode.text.ordered import order_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.context.page import Page
    from qualcode.coding.occurrences import Column, Occurrences

    Mask = NDArray[np.bool_]

_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class SignColumns:
    """Cues in reading order, none hidden: the number of the marker, where it starts and ends on the page."""

    marker: Column
    start: Column
    end: Column

    def __len__(self) -> int:
        return len(self.marker)

    def some(self, wanted: Mask | Column) -> SignColumns:
        """Return the cues of some rows."""
        return SignColumns(self.marker[wanted], self.start[wanted], self.end[wanted])


def standing_signs(page: Page, table: CueTable, cues: CueColumns) -> tuple[SignColumns, Mask]:
    """Return the cues that nothing hides, and which segments are involved; of those nothing is said."""
    found = page.found
    involved = np.zeros(len(page.starts), bool)
    involved[page.quoting] = True
    if cues.quotes_weigh:
        involved[page.holding(table.marks)] = True
    involved[page.matching[0]] = True
    involved[found.segment[list(found.parts)]] = True
    involved[_framed(found, cues, len(table.index))] = True
    involved[_echoing(found, page, cues)] = True
    row, marker = cues.of_entry.each(found.entry)
    signs = SignColumns(marker, found.start[row], found.end[row])
    signs = _longest(_sorted(_beside(signs, page, cues)))
    hidden = cues.pseudo[signs.marker]
    return signs.some(~hidden & ~_touching(signs, signs.some(hidden))), involved


def _framed(found: Occurrences, cues: CueColumns, size: int) -> Column:
    """Return the segments that hold all literals of a construct; `size` is the number of entries."""
    row, frame = cues.framing.each(found.entry)
    segment = found.segment[row]
    literal = cues.framed[found.entry]
    present = np.sort(found.segment[literal] * size + found.entry[literal])
    for literals in cues.literals:  # the first of each construct, the second of each, ...
        wanted = segment * size + literals[frame]
        kept = literals[frame] < 0
        if len(wanted):
            kept |= present.take(present.searchsorted(wanted), mode="clip") == wanted
        segment, frame = segment[kept], frame[kept]
    return segment


def _echoing(found: Occurrences, page: Page, cues: CueColumns) -> Column:
    """Return the segments where the same characters stand before and behind what may be an echo."""
    may = np.flatnonzero(cues.echoing[found.entry])
    codes, start, end = page.folded_codes, found.start[may], found.end[may]
    one = codes[start - 1] == codes[end]
    two = (codes[start - 2] == codes[end]) & (codes[start - 1] == codes[end + 1])
    segment: Column = found.segment[may[one | two]]
    return segment


def _beside(signs: SignColumns, page: Page, cues: CueColumns) -> SignColumns:
    """Leave out the cues that what stands directly before or behind them keeps from being one."""
    conditions = cues.conditions[signs.marker]
    asked = np.flatnonzero(conditions >= 0)
    asked = asked[np.argsort(conditions[asked], kind="stable")]
    bounds = conditions[asked].searchsorted(np.arange(len(cues.edges) + 1))
    left, right = _stepped(page, signs.start[asked] - 1, -1), _stepped(page, signs.end[asked], 1)
    kept = np.ones(len(signs), bool)
    for edges, (first, last) in zip(cues.edges, pairwise(bounds.tolist()), strict=True):
        for edge in edges if first < last else ():
            places = (left if edge.before else right)[first:last]
            kept[asked[first:last]] &= _stands(edge, places, page) == edge.wanted
    return signs.some(kept)


def _stepped(page: Page, places: Column, step: int) -> Column:
    """Step from each place over white space."""
    codes = page.folded_codes
    at = np.flatnonzero(codes[places] == _SPACE)
    while len(at):
        places[at] += step
        at = at[codes[places[at]] == _SPACE]
    return places


def _stands(edge: Edge, places: Column, page: Page) -> Mask:
    """Whether one of some words ends with the character at each place, or begins with it."""
    codes = page.folded_codes[places]
    found: Mask = edge.surely(codes) != 0
    maybe = np.flatnonzero((edge.maybe(codes) != 0) & ~found)
    for row, at in zip(maybe.tolist(), places[maybe].tolist(), strict=True):
        if edge.before:
            found[row] = ends_with(page.folded, at + 1, edge.words)
        else:
            found[row] = begins_with(page.folded, at, edge.words)
    return found


def _sorted(signs: SignColumns) -> SignColumns:
    """Sort cues by start, the longer one first, then in the order of markers."""
    return signs.some(order_by(signs.start, -signs.end, signs.marker))


def _longest(signs: SignColumns) -> SignColumns:
    """Leave out what lies inside a longer cue."""
    if not len(signs):
        return signs
    new = np.ones(len(signs), bool)
    new[1:] = (signs.start[1:] != signs.start[:-1]) | (signs.end[1:] != signs.end[:-1])
    ends = signs.end[new]
    outer = np.ones(len(ends), bool)
    outer[1:] = ends[1:] > np.maximum.accumulate(ends)[:-1]
    return signs.some(outer[np.cumsum(new) - 1])


def _touching(signs: SignColumns, others: SignColumns) -> Mask:
    """Say which cues share a character with one of some others; starts and ends of those rise."""
    if not len(others.start):
        return np.zeros(len(signs.start), bool)
    place = others.end.searchsorted(signs.start, "right")
    inside = place < len(others.end)
    touching: Mask = inside & (others.start.take(place, mode="clip") < signs.end)
    return touching
