"""Where the words stand that expressions cannot match without, for many segments at once.

One automaton looks for the words of all expressions. What stands in which segment are rows of bits, one row
for each word: a group of words stands where one of its rows has a bit, a way where all its groups have, an
expression where one of its ways has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.coding.searched import SEPARATOR
from qualcode.patterns.required import plain
from qualcode.text.automaton import automaton, hits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column
    from qualcode.patterns.required import Way

SEGMENTS = 2048  # at a time: the rows of thousands of words stay in the processor's cache


class Wording:
    """The words of some expressions, each with its ways; see `qualcode.patterns.required`."""

    def __init__(self, expressions: Sequence[Sequence[Way]]) -> None:
        ways = [way for its in expressions for way in its]
        groups = [group for way in ways for group in way]
        words: dict[str, int] = {}
        members = [words.setdefault(word, len(words)) for group in groups for word in group]
        self._size = len(words)
        self._words = automaton([word.encode("utf-8") for word in words], fast=False) if words else None
        self._members = np.array(members, np.int64)
        self._groups = _starts(groups)
        self._ways = _starts(ways)
        self._expressions = _starts(expressions)

    def standing(self, texts: Sequence[str]) -> tuple[Column, Column]:
        """Return positions of texts, and beside each the number of an expression whose words stand there."""
        if self._words is None:
            return _NONE, _NONE
        found = [self._among(texts[at : at + SEGMENTS], at) for at in range(0, len(texts), SEGMENTS)]
        positions, numbers = zip((_NONE, _NONE), *found, strict=True)
        return np.concatenate(positions), np.concatenate(numbers)

    def _among(self, texts: Sequence[str], first: int) -> tuple[Column, Column]:
        word, position = self._hits([plain(text) for text in texts])
        seen = np.zeros(self._size, bool)
        seen[word] = True
        row = np.cumsum(seen) * seen  # words that stand nowhere share the first row, which stays empty
        here = np.zeros((int(row.max()) + 1, len(texts)), bool)
        here[row[word], position] = True
        bits = np.packbits(here, axis=1)[row[self._members]]
        bits = np.bitwise_or.reduceat(bits, self._groups)
        bits = np.bitwise_and.reduceat(bits, self._ways)
        bits = np.bitwise_or.reduceat(bits, self._expressions)
        number, where = np.nonzero(np.unpackbits(bits, axis=1, count=len(texts)))
        return where + first, number

    def _hits(self, raws: Sequence[bytes]) -> tuple[Column, Column]:
        """Return every word that stands, and beside it the position of its text."""
        assert self._words is not None
        hit = hits(self._words, SEPARATOR.encode().join(raws))
        ends = np.cumsum(np.fromiter(map(len, raws), np.int64, len(raws)) + 1)
        return hit[:, 0], ends.searchsorted(hit[:, 1], "right")


_NONE = np.zeros(0, np.int64)


def _starts(lists: Sequence[Collection[Any]]) -> NDArray[np.int64]:
    """Return where each of some lists begins when they are laid behind one another."""
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    return np.cumsum(sizes) - sizes
