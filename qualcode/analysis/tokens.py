"""Words as wording is compared: tokens are Chinese characters, and words of letters and digits.

Punctuation and white space are none. A Chinese character has the size 1, a word 4/3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qualcode.text.characters import CharacterTable

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
TOKEN = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")
_ONE = re.compile(f"[{_HAN}]")
WORD, HAN = 2, 3  # kinds of characters; any other is 1
SIZES = 3  # sizes are whole numbers of thirds


def size(tokens: Sequence[str]) -> float:
    """Return the length of tokens: 1 for a Chinese character, 4/3 for a word.

    >>> size(["数", "据", "API"]), size(["shall", "not"])
    (3.333333333333333, 2.6666666666666665)
    """
    characters = sum(_ONE.fullmatch(token) is not None for token in tokens)
    return characters + (len(tokens) - characters) * 4 / 3


@cache
def kinds() -> CharacterTable:
    """A table of what kind every character is of."""
    return CharacterTable(_kind, "u1")


def _kind(character: str) -> int:
    if _ONE.match(character):
        return HAN
    return WORD if TOKEN.match(character) else 1
