"""Cheap signs that a time may be told: words without one of which a pattern finds nothing.

Some forty patterns know how times are told, and most sentences tell none. Each pattern is written with its
hints: strings of folded text, one of which is in whatever it matches. One automaton looks for all hints in a
whole document; a pattern is tried only in segments that hold a hint of it.

    NOW = Hinted(r"\\b(?:today|nowadays)\\b", ["today", "nowadays"])
    NOW.finditer(text, asked)          matches, or none at all where `asked` has not the pattern's bit

A hint may say that no letter or digit stands before it (`|now`) or behind it (`now|`). Wherever a `sure` hint
stands the pattern tells a time, and need not be tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from qualcode.text.automaton import automaton, hits
from qualcode.text.characters import characters_before

ALL = -1  # asks for every pattern
EDGE = "|"
_numbers = count()


def new_bit() -> int:
    """A bit that stands for no other pattern."""
    return 1 << next(_numbers)


class Hinted:
    """A pattern with the hints it needs; `bit` stands for it in the number that says what is asked for.

    It is compiled when it is first tried: all forty together take a tenth of a second.
    """

    __slots__ = ("_compiled", "_flags", "_pattern", "bit", "hints", "sure", "sure_bit")

    def __init__(
        self, pattern: str, hints: Iterable[str], flags: int = 0, *, sure: Iterable[str] = ()
    ) -> None:
        self._pattern, self._flags = pattern, flags
        self._compiled: re.Pattern[str] | None = None
        self.sure = tuple(sure)
        self.hints = (*hints, *self.sure)
        self.bit = new_bit()
        self.sure_bit = new_bit() if self.sure else 0  # a sure hint of it is there

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._pattern, self._flags)
        return self._compiled

    def finditer(self, text: str, asked: int = ALL) -> Iterable[re.Match[str]]:
        return self.pattern.finditer(text) if asked & self.bit else ()


def crossed(*choices: str) -> list[str]:
    """Every way of choosing one word from each list, put together; `_` is the empty word and `~` a space.

    >>> crossed("year month", "_ s", "~ago")
    ['year ago', 'years ago', 'month ago', 'months ago']
    """
    made = [""]
    for choice in choices:
        words = ["" if word == "_" else word.replace("~", " ") for word in choice.split()]
        made = [before + word for before in made for word in words]
    return made


class HintIndex:
    """The hints of several patterns, to be looked for all at once."""

    def __init__(self, patterns: Sequence[Hinted], more: Sequence[tuple[str, int]] = ()) -> None:
        bits: dict[str, int] = {}
        sure = [(hint, p.sure_bit) for p in patterns for hint in p.sure]
        for hint, bit in [*((hint, p.bit) for p in patterns for hint in p.hints), *sure, *more]:
            bits[hint] = bits.get(hint, 0) | bit
        self._words = [hint.strip(EDGE).encode() for hint in bits]
        self._lengths = np.array([len(hint.strip(EDGE)) for hint in bits], dtype=np.int64)
        self._bits = np.array(list(bits.values()), dtype=np.int64)
        self._left = np.array([hint.startswith(EDGE) for hint in bits], dtype=bool)
        self._right = np.array([hint.endswith(EDGE) for hint in bits], dtype=bool)
        self._automaton = automaton(self._words)

    def asked(self, folded: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each stretch of a folded text the bits of the patterns that may match in it.

        The stretches are in order and do not overlap.
        """
        told = np.zeros(len(starts), dtype=np.int64)
        data = folded.encode("utf-8", "surrogatepass")
        found = hits(self._automaton, data)
        if not len(found) or not len(starts):
            return told
        word, first, last = found.T
        begin = characters_before(data, first) if len(data) > len(folded) else first
        end = begin + self._lengths[word]
        owner = np.searchsorted(starts, begin, side="right") - 1
        kept = (owner >= 0) & (end <= ends[owner])
        signs = np.frombuffer(data, dtype=np.uint8)
        torn = self._left[word] & (begin > starts[owner]) & _WORD_SIGNS[signs[first - 1]]
        torn |= self._right[word] & (end < ends[owner]) & _WORD_SIGNS[signs.take(last, mode="clip")]
        wanted = kept & ~torn
        word, owner = word[wanted], owner[wanted]
        np.bitwise_or.at(told, owner, self._bits[word])
        return told


_WORD_SIGNS = np.array(
    [(chr(code).isalnum() and code < 128) or code == 0x5F for code in range(256)], dtype=bool
)


@lru_cache(maxsize=8)
def hint_index(patterns: tuple[Hinted, ...], more: tuple[tuple[str, int], ...]) -> HintIndex:
    return HintIndex(patterns, more)
