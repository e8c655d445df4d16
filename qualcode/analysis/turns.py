"""How often two codes meet at every turn of the one against the other, for many documents and pairs at once.

A line is a pair of codes in one document. Turned by s steps, the second code's places meet the first's where
they lie s apart, counted round the document. So a line's meetings at all turns are one code's row of contexts
laid over itself, turned back by each place of the other: added up for many lines of one length together.
Where both codes are in many contexts, they come from Fourier transforms; where both are in very few of a long
document, the distances between their places are listed and sorted instead. A code in a single context meets
the other once at as many turns as that has contexts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from qualcode.analysis.codeplaces import Slots
from qualcode.text.ordered import begins, portions

RARE = 6  # lines with no more than one distance for so many turns are listed
FREQUENT = 64  # places of the rarer code, from which on Fourier transforms are quicker
LISTED_AT_ONCE = 1 << 18  # distances
ALIKE = 64  # lines that are listed as a table
TURNED_AT_ONCE = 1 << 20  # lines times turns
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

    length = slots.length[a]
    fewer = slots.count[a] <= slots.count[b]
    few, many = np.where(fewer, a, b), np.where(fewer, b, a)
    most, other = slots.count[few], slots.count[many]
    kinds = np.where(most < FREQUENT, np.int8(3), np.int8(4))
    kinds[most.astype(np.int64) * other * RARE <= length] = 2
    kinds[most == 1] = 1
    kinds[other >= length] = 0  # a code that stands everywhere is met alike at every turn
    found: dict[int, list[Spreads]] = {}
    alone = np.flatnonzero(kinds == 1)
    if len(alone):
        found[WIDTHS] = [_alone(alone, other[alone], length[alone])]
    listed = np.flatnonzero(kinds == 2)
    for some, alike in _by_shape(listed, most[listed], other[listed], length[listed]):
        (_tabled if alike else _listed)(slots, few, many, some, most, found)
    for kind, meetings_of in ((3, _laid_over), (4, _transformed)):
        lines = np.flatnonzero(kinds == kind)
        key = length[lines].astype(np.int64) * (int(slots.document.max(initial=0)) + 1)
        lines = lines[np.argsort(key + slots.document[a[lines]])]
        for some in _alike(lines, length[lines]):
            some, meetings = meetings_of(slots, few, many, some)
            _counted(meetings, some, most, found)
    made = []
    for parts in found.values():
        made.append(Spreads(*(np.concatenate(column) for column in zip(*parts, strict=True))))
    return most, made


def _alone(lines: Any, other: Any, length: Any) -> Spreads:
    """A code in a single context meets the other once at as many turns as that has places, else never."""
    import numpy as np

    turns = np.zeros((len(lines), WIDTHS), dtype=np.uint32)
    turns[:, 0], turns[:, 1] = other, length - other
    return Spreads(lines, turns)


def _by_shape(lines: Any, few: Any, many: Any, length: Any) -> Iterator[tuple[Any, bool]]:
    """Cut lines into portions of about `LISTED_AT_ONCE` distances: alike in how many places, or of any kind.

    Alike are those whose two codes have as many places as in many other lines.
    """
    import numpy as np

    shape = few.astype(np.int64) * (int(many.max(initial=0)) + 1) + many
    order = np.argsort(shape, kind="stable")
    lines, shape, distances = lines[order], shape[order], (few.astype(np.int64) * many)[order]
    edges = np.append(np.flatnonzero(begins(shape)), len(lines))
    often = np.diff(edges) >= ALIKE
    for low, high in zip(edges[:-1][often].tolist(), edges[1:][often].tolist(), strict=True):
        step = max(LISTED_AT_ONCE // int(distances[low]), 1)
        yield from ((lines[at : min(at + step, high)], True) for at in range(low, high, step))
    rest = np.repeat(~often, np.diff(edges))
    turns = length.astype(np.int64)[order[rest]]  # those of a portion are numbered in 31 bits
    lines, done = lines[rest], np.cumsum(distances[rest] + turns * LISTED_AT_ONCE // (1 << 31))
    yield from ((lines[some], False) for some in portions(done, LISTED_AT_ONCE))


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


def _tabled(
    slots: Slots, few: Any, many: Any, lines: Any, most: Any, found: dict[int, list[Spreads]]
) -> None:
    """Do the same for lines whose two codes have as many places in each: a table of distances, line by line.

    In a sorted row, m equal distances in a row are m - k pairs of equal ones that lie k apart.
    """
    import numpy as np

    sides = []
    for side in (few[lines], many[lines]):
        count = int(slots.count[side[0]])
        sides.append(slots.places[slots.start[side][:, None] + np.arange(count)])
    length = slots.length[few[lines]].astype(np.int32)
    steps = sides[1][:, :, None] - sides[0][:, None, :]
    steps += (steps < 0) * length[:, None, None]
    steps = steps.reshape(len(lines), -1)
    steps.sort(axis=1)
    pairs = [np.full(len(lines), steps.shape[1])]
    for apart in range(1, sides[0].shape[1]):
        equal = np.count_nonzero(steps[:, apart:] == steps[:, :-apart], axis=1)
        if not equal.any():
            break
        pairs.append(equal)
    held = np.stack([*pairs, np.zeros_like(pairs[0]), np.zeros_like(pairs[0])], axis=1)
    turns_with = held[:, :-2] - 2 * held[:, 1:-1] + held[:, 2:]  # 1, 2... meetings
    top = np.count_nonzero(held, axis=1)
    most[lines] = top
    idle = length - (held[:, 0] - held[:, 1])
    for value in range(1, int(top.max()) + 1):
        some = np.flatnonzero(top == value)
        width = next(width for width in (WIDTHS**n for n in range(1, 32)) if width > value)
        turns = np.zeros((len(some), width), np.uint32)
        turns[:, :value] = turns_with[some, value - 1 :: -1]
        turns[:, value] = idle[some]
        moving = np.count_nonzero(turns, axis=1) > 1
        if moving.any():
            found.setdefault(width, []).append(Spreads(lines[some[moving]], turns[moving]))


def _laid_over(slots: Slots, few: Any, many: Any, lines: Any) -> tuple[Any, Any]:
    """Count the meetings of some lines of one length by laying the one code's row over itself.

    Returns the lines, in another order, and their meetings: lines by turns.
    """
    import numpy as np

    lines = lines[np.argsort(-slots.count[few[lines]], kind="stable")]
    used, at = np.unique(many[lines], return_inverse=True)
    length = int(slots.length[used[0]])
    row, place = slots.each(used)
    twice = np.zeros((len(used), 2 * length), np.uint8)
    twice[row, slots.places[place]] = 1
    twice[:, length:] = twice[:, :length]
    turned = np.lib.stride_tricks.sliding_window_view(twice.ravel(), length)
    first, count = slots.start[few[lines]], slots.count[few[lines]]
    begin = at * (2 * length)
    meetings = turned[begin + slots.places[first]]
    for n in range(1, int(count[0])):
        left = int(np.searchsorted(-count, -n))  # lines come by falling count
        meetings[:left] += turned[begin[:left] + slots.places[first[:left] + n]]
    return lines, meetings


def _transformed(slots: Slots, few: Any, many: Any, lines: Any) -> tuple[Any, Any]:
    """Count the same by Fourier transforms."""
    import numpy as np

    used, at = np.unique(np.concatenate((few[lines], many[lines])), return_inverse=True)
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
    return lines, round_.astype(np.min_scalar_type(int(slots.count[few[lines]].max())))


def _counted(meetings: Any, lines: Any, most: Any, found: dict[int, list[Spreads]]) -> None:
    """Count how many turns have how many meetings: lines by turns."""
    import numpy as np

    length = meetings.shape[1]
    top = meetings.max(axis=1)
    most[lines] = top
    spread = top.astype(np.int64) - meetings.min(axis=1)
    order = np.argsort(-spread, kind="stable")
    lines, meetings, top, spread = lines[order], meetings[order], top[order], spread[order]
    many, moving = np.searchsorted(-spread, (1 - FEW_VALUES, 0)).tolist()  # lines come by falling spread
    for width, some in _widths(spread[:many]):
        below = top[some][:, None] - meetings[some]
        key = below + (np.arange(len(some)) * width)[:, None]
        turns = np.bincount(key.ravel(), minlength=len(some) * width).reshape(len(some), width)
        found.setdefault(width, []).append(Spreads(lines[some], turns.astype(np.uint32)))
    turns = np.zeros((len(lines), FEW_VALUES), np.uint32)
    for below in range(int(spread[many]) if moving > many else 0):
        high = int(np.searchsorted(-spread, -below))
        wanted = (top[many:high] - top.dtype.type(below))[:, None]
        turns[many:high, below] = _true(meetings[many:high] == wanted)
    rows = np.arange(many, moving)
    turns[rows, spread[rows]] = length - turns[many:moving].sum(axis=1)
    for width, some in _widths(spread[many:moving]):
        found.setdefault(width, []).append(Spreads(lines[many + some], turns[many + some, :width]))


def _widths(spread: Any) -> Iterator[tuple[int, Any]]:
    """Yield widths, and the lines with so many different values or fewer: none with a single one."""
    import numpy as np

    low, width = 0, WIDTHS
    while (spread > low).any():
        some = np.flatnonzero((spread > low) & (spread < width))
        if len(some):
            yield width, some
        low, width = width - 1, width * WIDTHS


def _true(true: Any) -> Any:
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
