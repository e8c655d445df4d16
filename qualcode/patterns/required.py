r"""Words that an expression cannot match without.

    required('(涉密|保密).{0,6}不给|没有依据')      two ways: ({没有依据},) and ({涉密, 保密}, {不给})

Wherever the expression matches, one of its ways holds: of each group of the way, a word stands. Looking for
words is quicker than looking for expressions. Words are runs of ASCII and Chinese characters and of any
marks, in lower case; `plain` writes a text so that they are found in it whatever its case.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from qualcode.text.sentences import is_han

LEAST = 3  # shorter words stand nearly everywhere; a Chinese character counts 3, and so does a seldom mark
_SELDOM = frozenset("：:；;？?！!")
_SPELLINGS = 16  # in how many ways neighbouring choices are written out: 不(敢|愿)签 as 不敢签, 不愿签

_LIKE_ASCII = (("\u212a", "k"), ("ſ", "s"))  # what else is the same letter without regard to case
_READ_OTHERWISE = ("[:", "{,")  # by Python: [[:alpha:]], and {,2}, which stands for itself

Words = frozenset[str]
Way = tuple[Words, ...]
Item = tuple[Any, Any]  # of an expression as Python reads it: what kind of thing it is, and what is in it


@lru_cache(maxsize=4096)
def required(pattern: str) -> tuple[Way, ...]:
    """Return the ways in which the linear engine may match; none where it could without certain words.

    What Python cannot read as an expression of its own has none, and what it would read otherwise.

    >>> [[sorted(group) for group in way] for way in required("不(敢|愿意).{0,4}签字|data")]
    [[['data']], [['不愿意', '不敢'], ['签字']]]
    >>> required("(?:签字)*")
    ()
    """
    if any(sign in pattern for sign in _READ_OTHERWISE):
        return ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ways = [_Reading(items).way() for items in _choices(list(parser.parse(pattern)))]
    except (re.error, OverflowError, RecursionError):
        return ()
    if not all(ways):
        return ()
    alone = [way[0] for way in ways if len(way) == 1]  # ways of one group are one way
    either: list[Way] = [(_shortest(word for group in alone for word in group),)] if alone else []
    return (*either, *(way for way in ways if len(way) > 1))


def plain(text: str) -> bytes:
    """Return the bytes of a text in which required words are found whatever its case."""
    if not text.isascii():
        for sign, letter in _LIKE_ASCII:
            text = text.replace(sign, letter)
    return text.encode("utf-8", "surrogatepass").lower()


def _choices(items: list[Item]) -> Iterator[list[Item]]:
    """Yield what an expression can be at its outermost `|`; Python puts what choices share before it."""
    while len(items) == 1 and items[0][0] is kinds.SUBPATTERN:
        items = list(items[0][1][3])
    for at, (kind, value) in enumerate(items):
        if kind is kinds.BRANCH:
            for choice in value[1]:
                yield [*items[:at], *choice, *items[at + 1 :]]
            return
    yield items


class _Reading:
    """A sequence of items, read from left to right.

    `spellings` are all it can be, while these are few: None where they are not known. `ends` are such that
    what has been read ends with one of them; `groups` such that it holds a word of each.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.spellings: set[str] | None = {""}
        self.ends = {""}
        self.groups: list[Words] = []
        self._read(items)

    def way(self) -> Way:
        """Return the groups of the whole."""
        self._holds(self.ends)
        return tuple(self.groups)

    def _read(self, items: Iterable[Item]) -> None:
        run = ""
        for kind, value in items:
            if kind is kinds.LITERAL and _is_plain(value):
                run += chr(value).lower()
                continue
            if run:
                self._goes_on({run})
                run = ""
            if kind is kinds.SUBPATTERN:
                self._read(value[3])
            elif kind is kinds.IN:
                self._goes_on(_members(value))
            elif kind is kinds.BRANCH:
                self._branches([_Reading(choice) for choice in value[1]])
            elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
                self._repeats(*value)
            elif kind is not kinds.AT:  # an anchor takes no room
                self._goes_on(None)
        if run:
            self._goes_on({run})

    def _goes_on(self, spellings: set[str] | None) -> None:
        """Read what can be one of some spellings, or anything."""
        if spellings is None:
            self._holds(self.ends)
            self.spellings, self.ends = None, {""}
            return
        if self.spellings is not None:
            few = len(self.spellings) * len(spellings) <= _SPELLINGS
            self.spellings = {a + b for a in self.spellings for b in spellings} if few else None
        if len(self.ends) * len(spellings) <= _SPELLINGS:
            spellings = {a + b for a in self.ends for b in spellings}
        else:
            self._holds(self.ends)
        self.ends = {""} if "" in spellings else spellings

    def _branches(self, choices: list[_Reading]) -> None:
        known = [one.spellings for one in choices if one.spellings is not None]
        if len(known) == len(choices):
            self._goes_on(set().union(*known))
            return
        self._goes_on(None)
        ways = [one.way() for one in choices]
        if all(ways):
            self._holds({word for way in ways for word in max(way, key=_worth)})

    def _repeats(self, least: int, most: int, items: Iterable[Item]) -> None:
        one = _Reading(items)
        if most == 1 and one.spellings is not None:
            self._goes_on(one.spellings | {""} if least == 0 else one.spellings)
        elif least and one.spellings is not None:
            self._goes_on(one.spellings)  # the first
            self._goes_on(None)
            self.ends = one.spellings  # the last
        else:
            self._goes_on(None)
            self.groups += one.way() if least else ()

    def _holds(self, words: set[str]) -> None:
        group = _shortest(words)
        if all(_size(word) >= LEAST for word in group):
            self.groups.append(group)


@lru_cache(maxsize=4096)
def _is_plain(character: int) -> bool:
    if 0x20 <= character < 0x7F or 0x4E00 <= character < 0x9FFF:
        return True
    return is_han(chr(character)) or unicodedata.category(chr(character))[0] == "P"  # marks have no case


def _members(items: Iterable[Item]) -> set[str] | None:
    """Return the characters of a class in lower case; None where they are many, or of another kind."""
    found: set[str] = set()
    for kind, value in items:
        first, last = value if kind is kinds.RANGE else (value, value)
        if kind not in (kinds.LITERAL, kinds.RANGE) or last - first > _SPELLINGS:
            return None
        if not all(map(_is_plain, range(first, last + 1))):
            return None
        found.update(chr(character).lower() for character in range(first, last + 1))
    return found


def _shortest(words: Iterable[str]) -> Words:
    """Leave out words that hold another one."""
    kept: list[str] = []
    for word in sorted(words, key=len):
        if not any(other in word for other in kept):
            kept.append(word)
    return frozenset(kept)


def _worth(words: Words) -> tuple[int, int]:
    """Of several groups the one with the longest words is best, then the one with the fewest."""
    return min(map(_size, words)), -len(words)


def _size(word: str) -> int:
    return sum(3 if is_han(character) or character in _SELDOM else 1 for character in word)
