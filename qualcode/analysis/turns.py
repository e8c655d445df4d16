"""How often two codes meet at every turn of the one against the other, for many documents and pairs at once.

A line is a pair of codes in one document. Turned by s steps, the second code's places meet the first's where
they lie s apart, counted round the document: so a line's meetings at all turns are the distances between its
places, counted. Where both codes are frequent, they come from Fourier transforms of many lines of one length
together; else the distances themselves are listed and sorted, which for rare codes is far less work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from qualcode.analysis.codeplaces import Slots
from qualcode.text.ordered import begins

RARE = 2  # lines with no more than one distance for so many turns are listed
LISTED_AT_ONCE = 1 << 18  # distances
TURNED_AT_ONCE = 1 << 19  # lines times turns
PRECISE = 1 << 14  # turns, from which on single precision might miss a whole number
WIDTHS = 4  # widths of spreads are powers of it
FEW_VALUES = 16  # that are counted one after the other


class Spreads(NamedTuple):
    """How the meetings of some lines are spread over turns.

    `turns[i, u]` is the number of turns at which line `lines[i]` has `u` meetings less than it can have.
    """

    lines: Any
    turns: Any


def spread_of(slots: Slots, a: Any, b: Any) -> tuple[Any, list[Spreads]]:
    """Return the most meetings of each line, and how the meetings are spread, by width.

    `a` and `b` are slots, one of each per line, of the same document. Lines that have the same number of
    meetings at every turn are in no spread.

    >>> import numpy as np
    >>> one, eight = np.ones(2, int), np.full(2, 8)
    >>> two = Slots(np.array([0, 4, 1, 5], np.int32), np.array([0, 2]), 2 * one, eight, 0 * one)
    >>> most, (spreads,) = spread_of(two, np.array([0]), np.array([1]))  # twice 2 meetings, 6 times none
    >>> most.tolist(), spreads.turns.tolist()
    ([2], [[2, 0, 6, 0]])
    """
    import numpy as np

    length = slots.length[a].astype(np.int64)
    counts = slots.count[a].astype(np.int64), slots.count[b].astype(np.int64)
    distances = counts[0] * counts[1]
    most = np.minimum(*counts)
    moving = np.maximum(*counts) < length  # a code that stands everywhere is met alike at every turn
    rare = np.flatnonzero(moving & (distances * RARE <= length))
    often = np.flatnonzero(moving & (distances * RARE > length))
    often = often[np.lexsort((slots.document[a[often]], length[often]))]
    found: dict[int, list[Spreads]] = {}
    for lines in _portions(rare, distances[rare] + length[rare] * LISTED_AT_ONCE // (1 << 31)):
        _listed(slots, a, b, lines, most, found)
    for lines in _alike(often, length[often]):
        _turned(slots, a, b, lines, most, found)
    made = []
    for parts in found.values():
        made.append(Spreads(*(np.concatenate(column) for column in zip(*parts, strict=True))))
    return most, made


def _portions(lines: Any, cost: Any) -> Iterator[Any]:
    """Cut lines into portions of about `LISTED_AT_ONCE` distances."""
    import numpy as np

    done = np.cumsum(cost)
    low = 0
    while low < len(lines):
        before = int(done[low - 1]) if low else 0
        high = max(int(np.searchsorted(done, before + LISTED_AT_ONCE, side="right")), low + 1)
        yield lines[low:high]
        low = high


def _alike(lines: Any, length: Any) -> Iterator[Any]:
    """Cut lines in order of length into portions of one length, of about `TURNED_AT_ONCE` turns."""
    import numpy as np

    edges = np.append(np.flatnonzero(begins(length)), len(lines))
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        step = max(TURNED_AT_ONCE // int(length[low]), 1)
        yield from (lines[at : min(at + step, high)] for at in range(low, high, step))


def _listed(slots: Slots, a: Any, b: Any, lines: Any, most: Any, found: dict[int, list[Spreads]]) -> None:
    """List the distances of some lines and count how often there is each."""
    import numpy as np

    first, second = a[lines], b[lines]
    length = slots.length[first].astype(np.int32)
    line, at = slots.each(first)
    other, of_other = slots.each(second[line])
    steps = slots.places[of_other]
    steps -= slots.places[at][other]
    line = line[other]
    steps += (steps < 0) * length[line]
    offset = np.cumsum(length, dtype=np.int64) - length
    steps += offset.astype(np.int32)[line]
    steps.sort()
    # Sorted, the distances of a line still stand where they stood: each line's lie in a range of its own.
    run = np.flatnonzero(begins(steps))
    meetings = np.diff(run, append=len(steps))
    line = line[run]
    starts = np.flatnonzero(begins(line))
    top = np.maximum.reduceat(meetings, starts)
    idle = length - np.diff(starts, append=len(line))  # turns without a meeting
    bottom = np.where(idle > 0, 0, np.minimum.reduceat(meetings, starts))
    most[lines] = top
    for width, some in _widths(top - bottom):
        row = np.full(len(lines), -1)
        row[some] = np.arange(len(some))
        inside = row[line] >= 0
        key = row[line[inside]] * width + (top[line[inside]] - meetings[inside])
        turns = np.bincount(key, minlength=len(some) * width).reshape(len(some), width)
        without = np.flatnonzero(idle[some])
        turns[without, top[some[without]]] = idle[some[without]]
        found.setdefault(width, []).append(Spreads(lines[some], turns.astype(np.uint32)))


def _turned(slots: Slots, a: Any, b: Any, lines: Any, most: Any, found: dict[int, list[Spreads]]) -> None:
    """Turn some lines of one length by Fourier transforms."""
    import numpy as np

    used, at = np.unique(np.concatenate((a[lines], b[lines])), return_inverse=True)
    length = int(slots.length[used[0]])
    row, place = slots.each(used)
    kind = np.float32 if length < PRECISE else np.float64
    here = np.zeros((len(used), length), kind)
    here[row, slots.places[place]] = 1
    padded = _smooth(2 * length - 1)
    waves = np.fft.rfft(here, padded, axis=1)
    one, two = np.split(at, 2)
    product = np.conj(waves[one])
    product *= waves[two]
    crossed = np.fft.irfft(product, padded, axis=1)
    round_ = crossed[:, :length]
    round_[:, 1:] += crossed[:, padded - length + 1 :]  # distances to the left, counted round
    round_ += kind(0.5)
    meetings = round_.astype(np.min_scalar_type(int(most[lines].max())))
    top, bottom = meetings.max(axis=1), meetings.min(axis=1)
    most[lines] = top
    for width, some in _widths(top.astype(np.int64) - bottom):
        below = top[some][:, None] - meetings[some]
        if width <= FEW_VALUES:
            turns = np.stack([_counted(below == u) for u in range(width)], axis=1)
        else:
            key = below + (np.arange(len(some)) * width)[:, None]
            turns = np.bincount(key.ravel(), minlength=len(some) * width).reshape(len(some), width)
        found.setdefault(width, []).append(Spreads(lines[some], turns.astype(np.uint32)))


def _widths(spread: Any) -> Iterator[tuple[int, Any]]:
    """Yield widths, and the lines with so many different values or fewer: none with a single one."""
    import numpy as np

    low, width = 0, WIDTHS
    while (spread > low).any():
        some = np.flatnonzero((spread > low) & (spread < width))
        if len(some):
            yield width, some
        low, width = width - 1, width * WIDTHS


def _counted(true: Any) -> Any:
    """Count what is true in each row."""
    import numpy as np

    return np.bitwise_count(np.packbits(true, axis=1)).sum(axis=1, dtype=np.uint32)


def _smooth(least: int) -> int:
    """Return the next number from which Fourier transforms are quick: a product of 2, 3 and 5.

    >>> [_smooth(n) for n in (1, 7, 679)]
    [1, 8, 720]
    """
    best = 1 << (least - 1).bit_length()
    five = 1
    while five < best:
        three = five
        while three < best:
            needed = -(-least // three)
            best = min(best, three << (needed - 1).bit_length())
            three *= 3
        five *= 5
    return best
