"""Where the first pieces of terms stand: each kind is looked for in the way that reports least in vain.

Where many are Latin words, some of them short, or there are very many, these are looked for in a copy
of the text in which all but Latin letters and digits is blank, with the blank before them: `me` is not met in
`some`. Everything else is looked for in the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.coding.strings import FEW, Automaton, Strings, together
from qualcode.text.automaton import DENSE
from qualcode.text.ordered import order_by

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column
    from qualcode.text.characters import Codes

_STUB = 3  # letters of a word that stands inside others everywhere

_BLANK = ord(" ")
_LATIN = re.compile("[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_BEYOND = 0x80
_BLANKED = np.array([code if chr(code).isalnum() else _BLANK for code in range(_BEYOND)] + [_BLANK], np.uint8)


class Sought:
    """Strings to look for, where no word is cut before them.

    `whole` says of each whether it is wanted only where no word is cut behind it either. Some places where
    one is cut are reported all the same.
    """

    def __init__(self, whole: Mapping[str, bool]) -> None:
        latin = [one for one in whole if _LATIN.fullmatch(one)]
        worth = len(latin) > FEW or 2 * len(latin) >= len(whole)
        if not (latin and worth and (sum(map(len, latin)) > DENSE or min(map(len, latin)) <= _STUB)):
            latin = []
        known = set(latin)
        others = [one for one in whole if one not in known]
        self.strings = (*latin, *others)
        self.lengths = np.array(list(map(len, self.strings)), np.int64)
        self._latin = Automaton([f" {one} " if whole[one] else f" {one}" for one in latin]) if latin else None
        self._blanks = Lists.of([[at for at, sign in enumerate(one) if sign == " "] for one in latin])
        self._others = Strings(others)
        self._before = len(latin)

    def places(self, codes: Codes) -> tuple[Column, Column]:
        """Return which stand, and the first character of each, in reading order of their ends.

        Of those with one end the longer comes first.
        """
        number, first = self._others.places(codes)
        number, first = together([*self._words(codes), (number + self._before, first)])
        order = order_by(first + self.lengths[number], first)
        return number[order], first[order]

    def _words(self, codes: Codes) -> list[tuple[Column, Column]]:
        """Return the same of Latin words, in any order."""
        if self._latin is None:
            return []
        number, first = self._latin.places(_BLANKED.take(codes, mode="clip"))
        first = first + 1
        row, blank = self._blanks.each(number)
        wanted = np.ones(len(number), bool)
        wanted[row[codes[first[row] + blank] != _BLANK]] = False  # another sign was blanked
        return [(number[wanted], first[wanted])]
