"""Many strings looked for at once in an array of code points.

Those of ASCII are reported by an automaton, unless they are few. All others are found by how they begin: two
characters give a number, a table says which numbers are those of a string, and only where it does are strings
compared. The numbers of all places of a text are worked out in a few sweeps over it, and no object is made of
a place; for two Chinese characters, which say as much as a word, this is much quicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.text.automaton import automaton, hits
from qualcode.text.characters import ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column
    from qualcode.text.characters import Codes

    Found = tuple[Column, Column]  # which, and the first character of each

HITS = 1 << 20  # bytes of one call of the automaton, whose answer is a list of tuples
_WIDE = "\u0100"  # the first character that the narrowest arrays do not hold
FEW = 100  # ASCII strings, which are not worth a sweep of their own
_WINDOW = 4  # characters that are compared at once
_LEAST, _MOST = 12, 18  # bits of a number: the table stays in the processor's cache
_ROOM = 6  # bits that a number has more than are needed to number all strings: few are alike by chance
_FACTOR = 2654435769  # 2**32 divided by the golden ratio, which spreads numbers evenly


class Strings:
    """Strings to look for, none empty, numbered as they come."""

    def __init__(self, strings: Sequence[str]) -> None:
        plain = [n for n, one in enumerate(strings) if one.isascii()]
        if len(plain) <= FEW and 2 * len(plain) < len(strings):
            plain = []
        others = sorted({*range(len(strings))} - {*plain})
        single = [n for n in others if len(strings[n]) == 1]
        longer = [n for n in others if len(strings[n]) > 1]
        self._some: list[tuple[Column, Automaton | _Openings]] = [
            (np.array(its, np.int64), kind([strings[n] for n in its]))
            for its, kind in ((plain, Automaton), (single, _Openings), (longer, _Openings))
            if its
        ]

    def places(self, codes: Codes) -> Found:
        """Return which stand in a text, overlaps included, and the first character of each; in any order.

        >>> text = np.array([ord(sign) for sign in "数据，信任"])
        >>> number, first = Strings(["信任", "据", "数据"]).places(text)
        >>> sorted(zip(first.tolist(), number.tolist()))
        [(0, 2), (1, 1), (3, 0)]
        """
        found = []
        for numbers, some in self._some:
            number, first = some.places(codes)
            found.append((numbers[number], first))
        return together(found)


class Automaton:
    """ASCII strings, looked for byte by byte."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._longest = max(map(len, strings))
        self._automaton = automaton([one.encode("ascii") for one in strings])

    def places(self, codes: Codes) -> Found:
        """Return the same as `Strings.places`."""
        narrow = codes if codes.dtype.itemsize == 1 else np.minimum(codes, 0xFF).astype(np.uint8)
        data = narrow.tobytes()
        if len(data) <= HITS:
            table = hits(self._automaton, data)
            return table[:, 0], table[:, 1]
        found = []
        for begin in range(0, len(data), HITS):
            table = hits(self._automaton, data[begin : begin + HITS + self._longest - 1])
            table = table[table[:, 1] < HITS]
            found.append((table[:, 0], table[:, 1] + begin))
        return together(found)


class _Openings:
    """Strings known by how they begin, all of several characters or all of one."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        self._characters = np.array([ord(sign) for one in strings for sign in one], np.uint32)
        self._first = np.cumsum(self._lengths) - self._lengths
        self._narrow = any(max(one) < _WIDE for one in strings)
        places = [np.minimum(at, self._lengths - 1) + self._first for at in range(_WINDOW)]
        low = [self._characters[its].astype(np.uint16) for its in places]
        self._width = min(2, int(self._lengths.min()))
        self._bits = min(max(len(strings).bit_length() + _ROOM, _LEAST), _MOST)
        openings = _numbered(low[: self._width], self._bits)
        self._begun = np.zeros(1 << self._bits, bool)
        self._begun[openings] = True
        self._of_opening = Lists.by(openings.astype(np.int64), np.arange(len(strings)), 1 << self._bits)
        self._longest = int(self._lengths.max())
        self._seen = min(_WINDOW, self._longest)
        held = [(self._lengths > at) * np.uint16(0xFFFF) for at in range(_WINDOW)]
        self._held = _windows(held)
        self._window = _windows(low) & self._held

    def places(self, codes: Codes) -> Found:
        """Return the same as `Strings.places`."""
        size = len(codes) - self._width + 1
        if size <= 0 or (codes.dtype.itemsize == 1 and not self._narrow):
            return _NONE, _NONE
        low = codes.astype(np.uint16, copy=False)  # the last 16 bits say enough
        openings = _numbered([low[at : at + size] for at in range(self._width)], self._bits)
        first = np.flatnonzero(self._begun.take(openings, mode="wrap"))
        window = _windows([low.take(first + at, mode="clip") for at in range(self._seen)])
        row, string = self._of_opening.each(openings[first].astype(np.int64))
        same = window[row] & self._held[string] == self._window[string]
        string, first = string[same], first[row[same]]
        inside = first + self._lengths[string] <= len(codes)
        string, first = string[inside], first[inside]
        known = self._seen if codes.dtype.itemsize <= low.dtype.itemsize else 0
        return self._standing(codes, string, first, known)

    def _standing(self, codes: Codes, string: Column, first: Column, known: int) -> Found:
        """Return those of some strings that stand at some places, where so many characters are known to."""
        doubted = np.flatnonzero(self._lengths[string] > known) if known < self._longest else _NONE
        if not len(doubted):
            return string, first
        begin, its = first[doubted], string[doubted]
        row, place = ranges(begin + known, begin + self._lengths[its])
        other = codes[place] != self._characters[place + (self._first[its] - begin)[row]]
        wanted = np.ones(len(string), bool)
        wanted[doubted[row[other]]] = False
        return string[wanted], first[wanted]


_NONE = np.zeros(0, np.int64)


def together(found: Sequence[Found]) -> Found:
    """Lay what was found behind one another."""
    if len(found) == 1:
        return found[0]
    if not found:
        return _NONE, _NONE
    number, first = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return number, first


def _numbered(columns: Sequence[NDArray[np.uint16]], bits: int) -> NDArray[np.uint32]:
    """Return the numbers of openings, of so many bits, their characters given column by column."""
    numbers = columns[0].astype(np.uint32)
    for column in columns[1:]:
        numbers <<= np.uint32(16)
        numbers |= column
    numbers *= np.uint32(_FACTOR)
    numbers >>= np.uint32(32 - bits)
    return numbers


def _windows(columns: Sequence[NDArray[np.uint16]]) -> NDArray[np.uint64]:
    """Return some characters as one number, given column by column."""
    numbers = columns[0].astype(np.uint64)
    for at, column in enumerate(columns[1:], 1):
        numbers |= column.astype(np.uint64) << np.uint64(16 * at)
    return numbers
