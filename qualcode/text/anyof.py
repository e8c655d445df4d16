"""Which of many texts have one of some words, looked for at once: where their first characters stand.

Every word has a bit in three tables, at its first character, its second and its third (a shorter word at all
characters there). Only where the three have a bit in common can a word begin; there it is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qualcode.text.characters import code_points

LOOKED_UP = 3  # characters of a word that are looked up
_PLACES = 1 << 16  # characters further on share theirs with others, and are told apart when they are compared
_BITS = 16
_APART = "\x1e"


class AnyOf:
    """Several lists of words, none of them empty."""

    def __init__(self, *lists: Sequence[str]) -> None:
        self.lists = lists

    @cached_property
    def _tables(self) -> NDArray[np.uint16]:
        made = np.zeros((LOOKED_UP, _PLACES), dtype=np.uint16)
        for number, word in enumerate(sorted({word for words in self.lists for word in words})):
            bit = np.uint16(1 << number % _BITS)
            for table, sign in zip(made, word.ljust(LOOKED_UP, "\0")[:LOOKED_UP], strict=True):
                table[slice(None) if sign == "\0" else ord(sign) % _PLACES] |= bit
        return made

    @cached_property
    def _by_first(self) -> list[dict[str, tuple[str, ...]]]:
        made: list[dict[str, tuple[str, ...]]] = []
        for words in self.lists:
            firsts = {word[0] for word in words}
            made.append({one: tuple(word for word in words if word[0] == one) for one in firsts})
        return made

    def in_each(self, texts: Sequence[str]) -> list[NDArray[np.bool_]]:
        """Say of each text, list by list, whether it has a word of the list.

        >>> [held.tolist() for held in AnyOf(["ab", "c"], ["数据"]).in_each(["xab", "", "a b数据"])]
        [[True, False, False], [False, False, True]]
        """
        together = _APART.join([*texts, "", ""])
        codes = code_points(together).astype(np.uint16).astype(np.intp)
        count = len(codes) - LOOKED_UP + 1
        found = np.full(max(count, 0), (1 << _BITS) - 1, dtype=np.uint16)
        for ahead, table in enumerate(self._tables):
            found &= table[codes[ahead : ahead + count]]
        places = np.flatnonzero(found)
        ends = np.cumsum([len(text) + 1 for text in texts])
        made = []
        for by_first in self._by_first:
            there = [at for at in places.tolist() if together.startswith(by_first.get(together[at], ()), at)]
            held = np.zeros(len(texts), dtype=bool)
            held[ends.searchsorted(there, side="right")] = True
            made.append(held)
        return made
