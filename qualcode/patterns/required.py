r"""Words that an expression cannot match without.

    required('(涉密|保密).{0,6}不给|没有依据')      two ways: ({没有依据},) and ({涉密, 保密}, {不给})

Wherever the expression matches, one of its ways holds: of each group of the way, a word stands. Looking for
words is quicker than looking for expressions. Words are runs of ASCII and Chinese characters and of any
marks, in lower case; `plain` writes a text so that they are found in it whatever its case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from qualcode.patterns.syntax import NO_END, Group, Item, Repeat, UnknownError, parsed
from qualcode.text.sentences import HAN

LEAST = 3  # shorter words stand nearly everywhere; a Chinese character counts 3, and so does a seldom mark
_HEAVY = re.compile(f"[：:；;？?！!{HAN}]")
_SPELLINGS = 16  # in how many ways neighbouring choices are written out: 不(敢|愿)签 as 不敢签, 不愿签

_LIKE_ASCII = (("\u212a", "k"), ("ſ", "s"))  # what else is the same letter without regard to case

Words = frozenset[str]
Way = tuple[Words, ...]
Reaches = tuple[int, ...]


@lru_cache(maxsize=4096)
def required(pattern: str) -> tuple[Way, ...]:
    """Return the ways in which the linear engine may match; none where it could without certain words.

    An expression that `syntax` cannot read has none.

    >>> [[sorted(group) for group in way] for way in required("不(敢|愿意).{0,4}签字|data")]
    [[['data']], [['不愿意', '不敢'], ['签字']]]
    >>> required("(?:签字)*")
    ()
    """
    return tuple(way for way, _ in ways_of(pattern))


@lru_cache(maxsize=4096)
def ways_of(pattern: str) -> tuple[tuple[Way, Reaches], ...]:
    """Return the same ways, and for each group but the last how far it and the next one reach at most.

    >>> [reaches for _, reaches in ways_of("不(敢|愿意).{0,4}签字|涉密.*不给")]
    [(9,), (1073741824,)]
    """
    try:
        choices: Sequence[Sequence[Item]] = parsed(pattern)
        while len(choices) == 1 and len(choices[0]) == 1 and isinstance(choices[0][0], Group):
            choices = choices[0][0].choices
        ways = [_Reading(items).way() for items in choices]
    except (UnknownError, RecursionError):
        return ()
    if not all(way for way, _ in ways):
        return ()
    alone = [way[0] for way, _ in ways if len(way) == 1]  # ways of one group are one way
    one: Way = (_shortest(word for group in alone for word in group),)
    either: list[tuple[Way, Reaches]] = [(one, ())] if alone else []
    return (*either, *(one for one in ways if len(one[0]) > 1))


def plain(text: str) -> str:
    """Return a text, character for character, in which required words are found whatever its case.

    >>> plain("Data，\u212a")
    'data，k'
    """
    for sign, letter in _LIKE_ASCII:
        text = text.replace(sign, letter)
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


class _Reading:
    """A sequence of items, read from left to right.

    `spellings` are all it can be, while these are few: None where they are not known. `ends` are such that
    what has been read ends with one of them; `groups` such that it holds a word of each, in this order, with
    at most so many characters from the first of one to the last of the next as `reaches` has. `most` is the
    number of characters it may have, `since` that from the first of the last group.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.spellings: Set[str] | None = frozenset([""])
        self.ends: Set[str] = frozenset([""])
        self.groups: list[Words] = []
        self.reaches: list[int] = []
        self.most = self.since = 0
        self._read(items)

    def way(self) -> tuple[Way, Reaches]:
        """Return the groups of the whole, and how far neighbours reach."""
        self._holds(self.ends)
        return tuple(self.groups), tuple(self.reaches)

    def _read(self, items: Iterable[Item]) -> None:
        for item in items:
            if isinstance(item, str):
                self._goes_on({item}, len(item))
            elif isinstance(item, Repeat):
                self._repeats(*item)
            elif isinstance(item, Group):
                self._branches(item.choices)
            else:
                self._goes_on(item if isinstance(item, frozenset) else None, 1)

    def _takes(self, most: int) -> None:
        self.most, self.since = min(self.most + most, NO_END), min(self.since + most, NO_END)

    def _goes_on(self, spellings: Set[str] | None, most: int) -> None:
        """Read what can be one of some spellings, or anything, of at most so many characters."""
        if spellings is None:
            self._holds(self.ends)
            self.spellings, self.ends = None, {""}
            self._takes(most)
            return
        if self.spellings is not None:
            few = len(self.spellings) * len(spellings) <= _SPELLINGS
            self.spellings = {a + b for a in self.spellings for b in spellings} if few else None
        if len(self.ends) * len(spellings) <= _SPELLINGS:
            spellings = {a + b for a in self.ends for b in spellings}
        else:
            self._holds(self.ends)
        self.ends = {""} if "" in spellings else spellings
        self._takes(most)

    def _branches(self, choices: Sequence[Sequence[Item]]) -> None:
        told = _told(choices)
        if told is not None:
            self._goes_on(told, max(map(len, told)))
            return
        each = [_Reading(choice) for choice in choices]
        most = max(one.most for one in each)
        known = [one.spellings for one in each if one.spellings is not None]
        if len(known) == len(each):
            self._goes_on(frozenset().union(*known), most)
            return
        self._goes_on(None, most)
        ways = [one.way()[0] for one in each]
        if all(ways):
            self._holds({word for way in ways for word in max(way, key=_worth)}, most)

    def _repeats(self, least: int, most: int, choices: Sequence[Sequence[Item]]) -> None:
        one = _Reading(choices[0] if len(choices) == 1 else [Group(choices)])
        if most == 1 and one.spellings is not None:
            self._goes_on(one.spellings | {""} if least == 0 else one.spellings, one.most)
        elif least and one.spellings is not None:
            self._goes_on(one.spellings, one.most)  # the first
            self._goes_on(None, (most - 1) * one.most)
            self.ends = one.spellings  # the last
        else:
            self._goes_on(None, most * one.most)
            groups, reaches = one.way() if least else ((), ())
            if groups:
                self.reaches += (self.since, *reaches) if self.groups else reaches
                self.groups += groups
                self.since = min(most * one.most, NO_END)

    def _holds(self, words: Set[str], within: int | None = None) -> None:
        """Note that what has been read ends with one of some words, or holds one in so many characters."""
        group = _shortest(words)
        if all(len(word) >= LEAST or _HEAVY.search(word) for word in group):
            if self.groups:
                self.reaches.append(self.since)
            self.groups.append(group)
            self.since = max(map(len, words)) if within is None else within


def _told(choices: Iterable[Sequence[Item]]) -> Set[str] | None:
    """Return the spellings of choices that are nothing but plain characters, as most are."""
    found: set[str] = set()
    for choice in choices:
        if len(choice) > 1:
            return None
        item = choice[0] if choice else ""
        if not isinstance(item, str):
            return None
        found.add(item)
    return found


def _shortest(words: Iterable[str]) -> Words:
    """Leave out words that hold another one."""
    words = frozenset(words)
    if len(set(map(len, words))) < 2:
        return words
    kept: list[str] = []
    for word in sorted(words, key=len):
        for other in kept:
            if other in word:
                break
        else:
            kept.append(word)
    return frozenset(kept)


def _worth(words: Words) -> tuple[int, int]:
    """Of several groups the one with the longest words is best, then the one with the fewest."""
    return min(map(_size, words)), -len(words)


def _size(word: str) -> int:
    return len(word) + (LEAST - 1) * len(_HEAVY.findall(word))
