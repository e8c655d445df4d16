"""Where the first pieces of terms stand: each kind is looked for in the way that reports least in vain.

Where most of them are Latin words, some of them short, these are looked for in a copy of the text in which
all but Latin letters and digits is blank, with the blank before them: `me` is not met in `some`. Single
characters are looked for by a table, and everything else by an automaton over the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.coding.searched import Searched
from qualcode.text.automaton import automaton, hits
from qualcode.text.characters import Lookup
from qualcode.text.ordered import order_by

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column

HITS = 1 << 20  # bytes of one call of the automaton, whose answer is a list of tuples
_STUB = 3  # letters of a word that stands inside others everywhere

_LATIN = re.compile("[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_BLANKED = bytes(code if code < 0x80 and chr(code).isalnum() else 0x20 for code in range(0x100))
_BLANK = ord(" ")


class Sought:
    """Strings to look for, where no word is cut before them.

    `whole` says of each whether it is wanted only where no word is cut behind it either. Some places where
    one is cut are reported all the same.
    """

    def __init__(self, whole: Mapping[str, bool]) -> None:
        latin = [one for one in whole if _LATIN.fullmatch(one)]
        if 2 * len(latin) < len(whole) or min(map(len, latin), default=0) > _STUB:
            latin = []
        rest = [one for one in whole if one not in set(latin)]
        others = [one for one in rest if not _is_single(one)]
        singles = [one for one in rest if _is_single(one)]
        self.strings = (*latin, *others, *singles)
        self.lengths = np.array(list(map(len, self.strings)), np.int64)
        self._latin = _Automaton([f" {one} " if whole[one] else f" {one}" for one in latin])
        blanks = [[at for at, sign in enumerate(one) if sign == " "] for one in latin]
        self._blanks = Lists.of(blanks)
        self._others = _Automaton(others)
        first = len(latin) + len(others)
        self._single = Lookup.of({one: n for n, one in enumerate(singles, first + 1)}, "u4")
        self._singles = len(singles)

    def places(self, where: Searched) -> tuple[Column, Column]:
        """Return which stand, and the first character of each, in reading order of their ends.

        Of those with one end the longer comes first.
        """
        found = []
        if self._latin:
            found.append(self._words(where))
        if self._others:
            number, first = self._others.hits(where.raw)
            found.append((number + len(self._blanks.starts) - 1, where.characters(first)))
        if self._singles:
            told = self._single(where.codes)
            place = np.flatnonzero(told != 0)
            found.append((told[place].astype(np.int64) - 1, place))
        if len(found) == 1 and not self._latin:
            return found[0]
        number, first = (np.concatenate(columns) for columns in zip(*found, strict=True))
        order = order_by(first + self.lengths[number], first)
        return number[order], first[order]

    def _words(self, where: Searched) -> tuple[Column, Column]:
        """Return the same of Latin words, in any order."""
        number, first = self._latin.hits(where.raw.translate(_BLANKED))
        first = where.characters(first + 1)
        row, blank = self._blanks.each(number)
        wanted = np.ones(len(number), bool)
        wanted[row[where.codes[first[row] + blank] != _BLANK]] = False  # another sign was blanked
        return number[wanted], first[wanted]


class _Automaton:
    """Some strings looked for in bytes."""

    def __init__(self, strings: Sequence[str]) -> None:
        raw = [one.encode("utf-8", "surrogatepass") for one in strings]
        self._longest = max(map(len, raw), default=0)
        self._automaton = automaton(raw) if raw else None

    def __bool__(self) -> bool:
        return self._automaton is not None

    def hits(self, data: bytes) -> tuple[Column, Column]:
        """Return which stand, and the first byte of each."""
        found = []
        for begin in range(0, len(data), HITS):
            table = hits(self._automaton, data[begin : begin + HITS + self._longest - 1])
            if len(data) > HITS:
                table = table[table[:, 1] < HITS]
                table[:, 1] += begin
            found.append(table)
        table = found[0] if len(found) == 1 else np.concatenate(found)
        return table[:, 0], table[:, 1]


def _is_single(string: str) -> bool:
    """Whether a string is one character of those a `Lookup` has a table of."""
    return len(string) == 1 and string < "\U00010000"
