"""Text as it is searched: one code point to one code point, so that folded offsets are the offsets.

`fold` always makes every white space a space and the apostrophes ’ ‘ ʼ an ASCII ``'``. What else it does is
the codebook's choice (`fold: [case, width, script]`):

- ``width``   full-width ASCII (Ａ, １, ：) and the ideographic space become ASCII;
- ``case``    lower case, where the lower case of the character is one character (İ stays as it is);
- ``script``  traditional Chinese becomes simplified, character by character (OpenCC's t2s, where its answer
  is one character). Words that differ between regions (軟體, 软件) are not made equal.

Nothing here changes length: no NFKC, no casefold. ß, ﬁ and İ are found only as they are written.

>>> fold("Ｄata 共享，轉型’s", frozenset({"case", "width", "script"}))
"data 共享,转型's"
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from qualcode.text.characters import CharacterTable, code_points

if TYPE_CHECKING:
    from qualcode.text.characters import Codes

KINDS = ("case", "width", "script")
_APOSTROPHES = "’‘ʼ"
_LONG = 50  # characters; from here on an array is quicker than one lookup after the other
_HAN_BLOCKS = (  # no other character has a simplified form
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)


def fold(text: str, kinds: frozenset[str]) -> str:
    """Return the text as it is searched, character for character: `len(fold(t, k)) == len(t)`.

    Unknown kinds are ignored; an empty set still makes white space and apostrophes alike. Time is
    proportional to the text; the first Chinese text folded by ``script`` also loads OpenCC (some 25 ms).
    """
    if text.isascii():
        return text.encode("ascii").translate(_ascii(kinds)).decode("ascii")
    if len(text) < _LONG:
        return "".join(map(_table(kinds).__getitem__, text))
    return _codes(kinds)(code_points(text)).tobytes().decode("utf-32-le", "surrogatepass")


def fold_codes(codes: Codes, kinds: frozenset[str]) -> Codes:
    """Return the same of the code points of a text, in an array as narrow as may be.

    >>> fold_codes(code_points("Ｄata"), frozenset({"case", "width"})).tolist() == list(map(ord, "data"))
    True
    """
    import numpy as np

    if codes.dtype.itemsize == 1:
        return np.frombuffer(codes.tobytes().translate(_ascii(kinds)), np.uint8)
    folded = _codes(kinds)(codes)
    beyond = int(folded.max(initial=0)) > np.iinfo(codes.dtype).max
    return folded if beyond else folded.astype(codes.dtype)


def fold_each(texts: Sequence[str], kinds: frozenset[str]) -> list[str]:
    """Return each of some texts as it is searched: many short ones take less time together.

    >>> fold_each(["Ｄata", "", "共享"], frozenset({"case", "width"}))
    ['data', '', '共享']
    """
    folded = fold("".join(texts), kinds)
    return [folded[start:end] for start, end in pairwise(accumulate(map(len, texts), initial=0))]


def fold_character(character: str, kinds: frozenset[str]) -> str:
    """Return the one character that this one is searched as."""
    if character.isspace():
        return " "
    if "width" in kinds and "！" <= character <= "～":
        character = chr(ord(character) - 0xFEE0)
    if character in _APOSTROPHES:
        return "'"
    if "case" in kinds:
        lower = character.lower()
        if len(lower) == 1:
            character = lower
    if "script" in kinds and any(first <= ord(character) <= last for first, last in _HAN_BLOCKS):
        simplified = _opencc().convert(character)
        if len(simplified) == 1:
            character = simplified
    return character


class _Table(dict[str, str]):
    """Character -> folded character, filled as characters are met."""

    def __init__(self, kinds: frozenset[str]) -> None:
        super().__init__()
        self.kinds = kinds

    def __missing__(self, character: str) -> str:
        folded = self[character] = fold_character(character, self.kinds)
        return folded


@cache
def _table(kinds: frozenset[str]) -> _Table:
    return _Table(kinds)


@cache
def _ascii(kinds: frozenset[str]) -> bytes:
    return bytes(ord(fold_character(chr(code), kinds)) if code < 0x80 else code for code in range(0x100))


@cache
def _codes(kinds: frozenset[str]) -> CharacterTable:
    return CharacterTable(lambda character: ord(fold_character(character, kinds)), "<u4")


@cache
def _opencc() -> Any:
    """OpenCC is asked about each character when it is first met, of a hundred thousand about a few."""
    from opencc import OpenCC

    return OpenCC("t2s")
