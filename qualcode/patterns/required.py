r"""Words that an expression cannot match without.

    required('(涉密|保密).{0,6}不给')        {涉密, 保密}: one of them stands wherever it matches

Looking for words is quicker than looking for expressions. Words are runs of Chinese and ASCII characters, in
lower case; `plain` writes a text so that they are found in it whatever its case. Of several choices the one
with the longest words is taken, then the one with the fewest.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from qualcode.text.sentences import is_han

LEAST = 4  # shorter words stand in too many places to be worth looking for; a Chinese character counts 2
_MOST = 200  # words of one expression

_LIKE_ASCII = (("\u212a", "k"), ("ſ", "s"))  # what else is the same letter without regard to case

Words = frozenset[str]


@lru_cache(maxsize=4096)
def required(pattern: str) -> Words:
    """Return words of which one stands in whatever the linear engine matches; none where that is not known.

    What Python cannot read as an expression of its own has none, and what it would read otherwise.

    >>> [sorted(required(one)) for one in ("不(敢|愿意).{0,4}签字", "签字?|data", "(?:签字)*")]
    [['签字'], [], []]
    """
    if "[:" in pattern:  # [[:alpha:]]
        return frozenset()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return frozenset()
    best = _best(_choices(tree))
    return best if best and min(map(_size, best)) >= LEAST and len(best) <= _MOST else frozenset()


def plain(text: str) -> bytes:
    """Return the bytes of a text in which required words are found whatever its case."""
    if not text.isascii():
        for sign, letter in _LIKE_ASCII:
            text = text.replace(sign, letter)
    return text.encode("utf-8", "surrogatepass").lower()


def _choices(tree: Iterable[tuple[Any, Any]]) -> Iterator[Words]:
    """Yield sets of words, of each of which one must stand."""
    run = ""
    for kind, value in tree:
        if kind is kinds.LITERAL and (is_han(chr(value)) or 0x20 <= value < 0x7F):
            run += chr(value).lower()
            continue
        if run:
            yield frozenset({run})
        run = ""
        if kind is kinds.SUBPATTERN:
            yield from _choices(value[3])
        elif kind is kinds.BRANCH:
            branches = [_best(_choices(one)) for one in value[1]]
            if all(branches):
                yield frozenset().union(*branches)
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[0] > 0:
            yield from _choices(value[2])
    if run:
        yield frozenset({run})


def _best(choices: Iterable[Words]) -> Words:
    return max(choices, key=lambda words: (min(map(_size, words)), -len(words)), default=frozenset())


def _size(word: str) -> int:
    return sum(1 if character.isascii() else 2 for character in word)
