"""Frequent Chinese words, to see where a short term also stands as part of something else.

`data/common_zh.txt` is made from the word counts of jieba's dictionary and says there how. It is only ever
used to point a person at words; nothing is matched or left out by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def common_words() -> tuple[str, ...]:
    """Return the words of the list, simplified, of two to six characters, most frequent first."""
    text = files("qualcode.text").joinpath("data", "common_zh.txt").read_text("utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def longer_words(term: str) -> tuple[str, ...]:
    """Return the frequent words, most frequent first, that a Chinese term of one or two characters lies in.

    Longer terms are rarely part of something else, and have none.

    >>> longer_words("不得")[:3]
    ('不得不', '舍不得', '恨不得')
    """
    return _holding().get(term, ()) if len(term) <= 2 else ()


@cache
def _holding() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in common_words():
        for size in (1, 2):
            if size < len(word):
                for part in {word[at : at + size] for at in range(len(word) - size + 1)}:
                    found.setdefault(part, []).append(word)
    return {part: tuple(words) for part, words in found.items()}
