"""Where words begin and end, in the one sense that rules know.

Word characters are letters, combining marks and decimal digits outside Han and Kana, and an apostrophe
between two of them. Han and Kana are free: each such character is a word of its own, and where Han touches
Latin there is a boundary (``API`` is a whole word in 做了API接口). Korean, Cyrillic, accented letters and the
like form words; ``_``, ``-`` and other signs do not.

All functions look at `text[start:end]` alone, as if nothing stood outside it: a segment's words never depend
on its neighbours. They give the same answers before and after folding.

>>> text = "做了API接口，don't stop"
>>> [is_word(text, i) for i in (0, 2, 4, 5, 11)]
[False, True, True, False, True]
>>> count_words(text)
7
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from qualcode.text.characters import CharacterTable, code_points, ranges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.text.characters import Codes

APOSTROPHES = frozenset("'’‘ʼ＇")
_SPACE = ord(" ")
_STEPS = 40  # characters of a word that are stepped over one by one
_FREE_BLOCKS = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # 々〆〇
    (0x3021, 0x302D),
    (0x3031, 0x3035),  # Kana repeat marks
    (0x3038, 0x303C),
    (0x3041, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),  # half-width Katakana
    (0x16FE2, 0x16FE3),
    (0x16FF0, 0x16FF6),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x323AF),
)


class _Kinds(dict[str, str]):
    """Character -> `w` of a word, `h` Han or Kana (a word of its own), `'` apostrophe, or nothing."""

    def __missing__(self, character: str) -> str:
        kind = self[character] = _kind(character)
        return kind


def _kind(character: str) -> str:
    if character in APOSTROPHES:
        return "'"
    code = ord(character)
    category = unicodedata.category(character)
    if any(first <= code <= last for first, last in _FREE_BLOCKS):
        return "h" if category[0] in "LN" or category == "So" else ""
    return "w" if category[0] in "LM" or category == "Nd" else ""


_KINDS = _Kinds()


def is_letter(character: str) -> bool:
    """Whether one character, wherever it stands, is part of a word: a letter, mark or digit, not Han."""
    return _KINDS[character] == "w"


def is_word(text: str, i: int, start: int = 0, end: int | None = None) -> bool:
    """Whether the character at `i` is part of a word. Outside `text[start:end]` nothing is."""
    if end is None:
        end = len(text)
    if not start <= i < end:
        return False
    kind = _KINDS[text[i]]
    if kind == "'":
        return start < i < end - 1 and _KINDS[text[i - 1]] == "w" and _KINDS[text[i + 1]] == "w"
    return kind == "w"


def cuts_word(text: str, i: int, start: int = 0, end: int | None = None) -> bool:
    """Whether the place before the character at `i` lies inside a word."""
    return is_word(text, i, start, end) and is_word(text, i - 1, start, end)


def cut_places(codes: Codes, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of many places at once whether they lie inside a word, as `cuts_word` does of one.

    `codes` are the code points of a text that begins and ends with characters of no word; no place is before
    the first of them or behind the last.
    """
    kind = _kind_codes()
    before, behind = kind(codes[places - 1]), kind(codes[places])
    inside: NDArray[np.bool_] = (before == _LETTER) & (behind == _LETTER)
    if (before == _APOSTROPHE).any():
        inside |= (before == _APOSTROPHE) & (behind == _LETTER) & (kind(codes[places - 2]) == _LETTER)
    if (behind == _APOSTROPHE).any():
        next_one = kind(codes.take(places + 1, mode="clip"))
        inside |= (before == _LETTER) & (behind == _APOSTROPHE) & (next_one == _LETTER)
    return inside


def kept_apart(codes: Codes, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of places in folded text where the character before or behind is of no word and no white space.

    No place is before the first character or behind the last.
    """
    return _is_bar(codes[places - 1]) | _is_bar(codes[places])


def _is_bar(codes: Codes) -> NDArray[np.bool_]:
    kind = _kind_codes()(codes)
    bar: NDArray[np.bool_] = (kind != _LETTER) & (kind != _APOSTROPHE) & (codes != _SPACE)
    return bar


def word_ends(codes: Codes, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the words that go on at many places end, as `word_end` does for one.

    `codes` are those of a text that begins and ends with characters of no word; no place is before the first
    of them, or behind the last.
    """
    import numpy as np

    ends = places.copy()
    rows = np.arange(len(ends))
    for _ in range(_STEPS):
        rows = rows[_are_words(codes, ends[rows])]
        if not len(rows):
            return ends
        ends[rows] += 1
    outside = np.flatnonzero(~_are_words(codes, np.arange(len(codes))))
    ends[rows] = outside[outside.searchsorted(ends[rows])]
    return ends


def _are_words(codes: Codes, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of many places at once whether the character there is part of a word."""
    kind = _kind_codes()
    here = kind(codes[places])
    inside: NDArray[np.bool_] = here == _LETTER
    marked = here == _APOSTROPHE
    if marked.any():
        behind = kind(codes.take(places + 1, mode="clip")) == _LETTER
        inside |= marked & (kind(codes[places - 1]) == _LETTER) & behind
    return inside


_CODES = {"": 1, "h": 2, "w": 3, "'": 4}
_LETTER, _APOSTROPHE = _CODES["w"], _CODES["'"]


@cache
def _kind_codes() -> CharacterTable:
    return CharacterTable(lambda character: _CODES[_KINDS[character]], "u1")


def starts_word(text: str, i: int, start: int = 0, end: int | None = None) -> bool:
    """Whether a word begins at `i`."""
    return is_word(text, i, start, end) and not is_word(text, i - 1, start, end)


def word_end(text: str, i: int, start: int = 0, end: int | None = None) -> int:
    """Return where the word that goes on at `i` ends; `i` itself where none does."""
    while is_word(text, i, start, end):
        i += 1
    return i


def begins_count(text: str, i: int, start: int = 0, end: int | None = None) -> bool:
    """Whether counting words counts one at `i`: a word begins, or a Han or Kana character stands there."""
    return _KINDS[text[i]] == "h" or starts_word(text, i, start, end)


def count_words(text: str, start: int = 0, end: int | None = None) -> int:
    """Count the words of `text[start:end]`: runs of word characters, and each Han or Kana character.

    Signs and white space count nothing; an empty stretch has no words.
    """
    if end is None:
        end = len(text)
    return sum(begins_count(text, i, start, end) for i in range(start, end))


def counted_places(text: str) -> list[int]:
    """Return every place where counting the words of a text counts one."""
    import numpy as np

    codes = code_points(text)
    found: list[int] = np.flatnonzero(_counted(codes, np.arange(len(codes)) == 0)).tolist()
    return found


def counts_of_words(codes: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the words of many stretches of a text as `count_words` counts those of one; none may be empty."""
    import numpy as np

    if not len(starts):
        return starts
    row, places = ranges(starts, ends)
    first = places == starts[row]
    counted = _counted(codes[places], first)
    counts: NDArray[np.int64] = np.add.reduceat(counted, np.flatnonzero(first), dtype=np.int64)
    return counts


def _counted(codes: Codes, first: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say of characters which counts as a word; `first` says where a stretch begins that stands alone."""
    kind = _kind_codes()(codes)
    letter = kind == _LETTER
    inside = ~first[1:]  # the character behind is of the same stretch
    word = letter.copy()
    word[1:-1] |= (kind[1:-1] == _APOSTROPHE) & letter[:-2] & letter[2:] & inside[:-1] & inside[1:]
    counted: NDArray[np.bool_] = letter | (kind == _CODES["h"])
    counted[1:] &= ~(word[:-1] & inside & letter[1:])
    return counted


def count_signs(text: str) -> int:
    """Count the characters that are not white space.

    >>> count_signs("不 敢　签 ")
    3
    """
    return len("".join(text.split()))
