"""Where the words stand that expressions cannot match without, for many segments at once.

The words of all expressions are looked for at once. A group of words stands in a segment where one of its
words does, a way where all its groups do, an expression where one of its ways does. Groups, ways and
expressions are numbered one behind the other, so what belongs together comes in runs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.coding.searched import Cuts
from qualcode.coding.strings import Strings
from qualcode.patterns.required import plain
from qualcode.text.characters import code_points
from qualcode.text.ordered import begins, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column
    from qualcode.patterns.required import Reaches, Way
    from qualcode.text.characters import Codes


MASK = (1 << 18) - 1  # of numbers, of which the last bits are told apart at once
FAR = 1024  # characters; it is not asked whether words are as near as that


class Wording:
    """The words of some expressions, each with its ways; see `qualcode.patterns.required`.

    With each way goes, for each of its groups but the last, how far it and the next one reach at most.
    """

    def __init__(self, expressions: Sequence[Sequence[tuple[Way, Reaches]]]) -> None:
        ways = [way for its in expressions for way, _ in its]
        groups = [group for way in ways for group in way]
        words: dict[str, int] = {}
        members = [words.setdefault(word, len(words)) for group in groups for word in group]
        self._words = Strings(list(words))
        self._lengths = np.fromiter(map(len, words), np.int64, len(words))
        self._groups = Lists.by(np.array(members, np.int64), _owners(groups), len(words))  # by word
        self._way = _owners(ways)  # of each group
        self._size = np.bincount(self._way, minlength=len(ways))
        self._expression = _owners(expressions)  # of each way
        reaches = [(*reaches, FAR) for its in expressions for _, reaches in its]
        self._reach = np.array([reach for one in reaches for reach in one], np.int64)  # of each group
        self._limited = np.bincount(self._way[self._reach < FAR], minlength=len(ways))  # groups of each way

    def standing(self, cuts: Cuts) -> tuple[Column, Column]:
        """Return positions of stretches, and by each the number of an expression whose words stand there.

        Both rise: first the positions, then the numbers of each.
        """
        if not len(self._lengths) or not len(cuts.starts):
            return _NONE, _NONE
        word, place = self._hits(cuts)
        if not len(word):
            return _NONE, _NONE
        position = cuts.ends.searchsorted(place, "right")
        row, of_row = self._groups.each(word)
        where, group = _parted(distinct(position[row] * len(self._way) + of_row), len(self._way))
        many = len(self._size)
        way = where * many + self._way[group]
        first = np.flatnonzero(begins(way))
        where, way = _parted(way[first], many)
        whole = np.diff(first, append=len(group)) == self._size[way]
        where, way = where[whole], way[whole]
        near = self._near(where * many + way, position[row] * many + self._way[of_row], of_row, place[row])
        found = where[near] * many + self._expression[way[near]]
        return _parted(found[begins(found)], many)

    def _near(self, ways: Column, of_row: Column, group: Column, place: Column) -> NDArray[np.bool_]:
        """Say of ways in stretches, in order, whether words of neighbouring groups stand near each other.

        Every row is a word: the way it is of in its stretch, by the same numbers, its group, and where it is.
        """
        many, groups = len(self._size), len(self._way)
        found = np.ones(len(ways), bool)
        limited = self._limited[ways % many]
        doubted = np.flatnonzero(limited)
        if not len(doubted):
            return found
        doubtful = ways[doubted]
        perhaps = np.zeros(MASK + 1, bool)  # there are many more rows than ways in doubt
        perhaps[doubtful & MASK] = True
        row = np.flatnonzero(perhaps[of_row & MASK])
        number = doubtful.searchsorted(of_row[row])
        inside = doubtful.take(number, mode="clip") == of_row[row]
        row, number = row[inside], number[inside]
        group, place = group[row], place[row] - int(place[row].min())
        size = int(place.max()) + FAR
        keys = number * groups + group
        places = np.sort(keys * size + place)
        keys, place = places // size, places % size
        reach = self._reach[keys % groups]
        some = reach < FAR
        keys, place, reach = keys[some], place[some], reach[some]
        next_one = places.searchsorted((keys + 1) * size + np.maximum(place - reach, 0))
        near = places.take(next_one, mode="clip") <= (keys + 1) * size + place + reach
        near &= next_one < len(places)
        met = distinct(keys[near])
        found[doubted] = np.bincount(met // groups, minlength=len(doubted)) == limited[doubted]
        return found

    def _hits(self, cuts: Cuts) -> tuple[Column, Column]:
        """Return every word that stands in a stretch, and beside it its place in the text."""
        before = int(cuts.starts[0])
        word, place = self._words.places(_lowered(code_points(cuts.text[before : int(cuts.ends[-1])])))
        place = place + before
        position = cuts.ends.searchsorted(place, "right")
        inside = (cuts.starts[position] <= place) & (place + self._lengths[word] <= cuts.ends[position])
        return word[inside], place[inside]


def _lowered(codes: Codes) -> Codes:
    """Return the code points of a plain text."""
    if codes.dtype.itemsize == 1:
        return np.frombuffer(codes.tobytes().lower(), np.uint8)
    low = _low().take(codes, mode="wrap")
    return low if codes.dtype.itemsize == 2 else np.where(codes < len(_low()), low, codes)


@cache
def _low() -> Codes:
    return code_points(plain("".join(map(chr, range(0x10000)))))


_NONE = np.zeros(0, np.int64)


def _owners(lists: Sequence[Collection[Any]]) -> NDArray[np.int64]:
    """Return which of some lists each member is of, when they are laid behind one another."""
    return np.repeat(np.arange(len(lists)), np.fromiter(map(len, lists), np.int64, len(lists)))


def _parted(numbers: Column, size: int) -> tuple[Column, Column]:
    """Return what two numbers were, the second below `size`, that were written as one."""
    first = numbers // max(size, 1)
    return first, numbers - first * size
