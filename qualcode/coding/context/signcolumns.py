"""Which cues stand in many segments, as columns: what `signs.py` finds in each of them.

It is the same for most segments. Those where more is to be weighed than places of words are said to be
`involved`: segments with quotation marks, constructs or cues with gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.context.cuecolumns import CueColumns, Edge
from qualcode.coding.context.signs import begins_with, cue_spans, ends_with
from qualcode.coding.context.table import CueTable
from qualcode.text.characters import Lookup
from qualcode.text.ordered import order_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.context.page import Page
    from qualcode.coding.occurrences import Column, Occurrences

    Mask = NDArray[np.bool_]

_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class SignColumns:
    """Cues in reading order, none hidden: the number of the marker, where it starts and ends on the page.

    What shares a character with one is acted on `over` it, or not.
    """

    marker: Column
    start: Column
    end: Column
    over: Mask

    def __len__(self) -> int:
        return len(self.marker)

    def some(self, wanted: Mask | Column) -> SignColumns:
        """Return the cues of some rows."""
        return SignColumns(self.marker[wanted], self.start[wanted], self.end[wanted], self.over[wanted])


def standing_signs(page: Page, table: CueTable, cues: CueColumns) -> tuple[SignColumns, Mask]:
    """Return the cues that nothing hides, and which segments are involved; of those nothing is said."""
    found = page.found
    involved = np.zeros(len(page.starts), bool)
    involved[page.quoting] = True
    if cues.quotes_weigh:
        involved[page.holding(table.marks)] = True
    involved[found.segment[list(found.parts)]] = True
    involved[_framed(found, cues, len(table.index))] = True
    row, marker = cues.of_entry.each(found.entry)
    signs = SignColumns(marker, found.start[row], found.end[row], np.zeros(len(row), bool))
    signs = _together([signs, _echoes(found, page, cues), _regexes(page, table, cues)])
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


def _echoes(found: Occurrences, page: Page, cues: CueColumns) -> SignColumns:
    """Return the places where the same letters stand before and behind a word that echoes: 敢不敢."""
    row, marker = cues.of_echo.each(found.entry)
    start, end = found.start[row], found.end[row]
    codes = page.folded_codes
    length = np.zeros(len(row), np.int64)
    one = codes[start - 1] == codes[end]  # whether one character is said again
    for said, same in (
        (1, one),
        (2, (codes[start - 2] == codes[end]) & (codes[start - 1] == codes[end + 1])),
    ):
        may = np.flatnonzero(same)
        for before in range(1, said + 1):
            may = may[_alphabetic(codes[start[may] - before]) != 0]
        length[may] = said
    wanted = np.flatnonzero(length)
    length = length[wanted]
    over = np.ones(len(wanted), bool)
    return SignColumns(marker[wanted], start[wanted] - length, end[wanted] + length, over)


_alphabetic = Lookup(lambda text: map(str.isalpha, text), "u1")


def _regexes(page: Page, table: CueTable, cues: CueColumns) -> SignColumns:
    """Return the places where regular expressions of cues match."""
    rows: list[tuple[int, int, int]] = []
    for segment, number in zip(*(column.tolist() for column in page.matching), strict=True):
        begin, end = int(page.starts[segment]), int(page.ends[segment])
        for span in cue_spans(table.sieve.expression(number), page.text[begin:end]):
            rows += [(marker, begin + span.start, begin + span.end) for marker in cues.of_regex[number]]
    marker, start, last = np.array(rows, np.int64).reshape(-1, 3).T
    return SignColumns(marker, start, last, np.zeros(len(rows), bool))


def _together(each: Sequence[SignColumns]) -> SignColumns:
    found = [one for one in each if len(one)]
    if len(found) < 2:
        return found[0] if found else each[0]
    return SignColumns(
        np.concatenate([one.marker for one in found]),
        np.concatenate([one.start for one in found]),
        np.concatenate([one.end for one in found]),
        np.concatenate([one.over for one in found]),
    )


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
    """Sort cues by start, the longer one first, then in the order of markers, an echo last."""
    return signs.some(order_by(signs.start, -signs.end, 2 * signs.marker + signs.over))


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
