"""Stretches of words that two texts have in common, however long; what `echo` is made from.

Words are tokens: a Chinese character, or a word of letters and digits; punctuation and white space are none.
All windows of `WINDOW` tokens of all texts are compared by number first, so that the work grows with the
length of the material and not with its square; what is found is then compared token by token.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

WINDOW = 6  # tokens that any stretch has at least
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
TOKEN = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")
_ONE = re.compile(f"[{_HAN}]")
_BETWEEN, _BORDER = "\x1f", "\x1e"
_BASE = 1_000_003


class Stretch(NamedTuple):
    """Tokens `start` to `end` of a segment, which stand in the segment of another text numbered `place`."""

    start: int
    end: int
    place: int


@dataclass(frozen=True)
class Source:
    """A text to look in: its segments' tokens as one string in which no stretch crosses a border."""

    joined: str
    marks: tuple[int, ...]  # where each segment begins

    @classmethod
    def of(cls, segments: Iterable[Sequence[str]]) -> Source:
        parts, marks, length = [], [], 0
        for tokens in segments:
            piece = written(tokens) + _BORDER
            marks.append(length)
            parts.append(piece)
            length += len(piece)
        return cls("".join(parts), tuple(marks))

    def find(self, tokens: Sequence[str]) -> int:
        """Return the number of the first segment that has these tokens in a row, or -1."""
        at = self.joined.find(written(tokens))
        return bisect_right(self.marks, at) - 1 if at >= 0 else -1


def written(tokens: Sequence[str]) -> str:
    """Write tokens so that one string is found in another only where whole tokens are.

    >>> written(["a", "b"]) in written(["a", "bc"])
    False
    """
    return _BETWEEN + _BETWEEN.join(tokens) + _BETWEEN


def size(tokens: Sequence[str]) -> float:
    """Return the length of tokens: 1 for a Chinese character, 4/3 for a word.

    >>> size(["数", "据", "API"]), size(["shall", "not"])
    (3.333333333333333, 2.6666666666666665)
    """
    characters = sum(_ONE.fullmatch(token) is not None for token in tokens)
    return characters + (len(tokens) - characters) * 4 / 3


def stretches(
    tokens: Sequence[str], source: Source, *, window: int = WINDOW, starts: Iterable[int] | None = None
) -> list[Stretch]:
    """Return the longest stretches of `tokens` that stand in one segment of a source, left to right.

    None lies inside another. `starts` are the places, in order, where one may begin; without it, all.

    >>> stretches(list("他说要无条件共享才行"), Source.of(["应当", "无条件共享数据"]), window=4)
    [Stretch(start=3, end=8, place=1)]
    """
    made: list[Stretch] = []
    end = 0
    for start in range(len(tokens) - window + 1) if starts is None else starts:
        stop = max(end, start + window)
        if stop == end and stop == len(tokens):
            break
        place = source.find(tokens[start:stop])
        if place < 0:
            continue
        while stop < len(tokens) and (further := source.find(tokens[start : stop + 1])) >= 0:
            stop, place = stop + 1, further
        if stop > end:
            made.append(Stretch(start, stop, place))
            end = stop
    return made


def sharing(
    ours: Sequence[str],
    theirs: Sequence[str],
    holders: Sequence[int],
    tokens_of: Callable[[str], list[str]],
    *,
    window: int = WINDOW,
) -> Iterator[tuple[int, dict[int, list[int]]]]:
    """Yield the numbers of our texts that share a window of tokens with one of theirs, with whom and where.

    `holders` says to which document, by number, each of their texts belongs: what is yielded has, by document
    in the order of these numbers, the tokens at which a shared window begins. A few more may be named, by
    chance of numbers; none is missed.
    """
    import numpy as np

    vocabulary: dict[str, int] = {}
    known, text, _ = _windows(theirs, tokens_of, vocabulary, window)
    holder = np.asarray(holders, dtype=np.int64)[text]
    order = np.lexsort((holder, known))
    known, holder = known[order], holder[order]
    first = np.ones(len(known), bool)
    first[1:] = (known[1:] != known[:-1]) | (holder[1:] != holder[:-1])
    known, holder = known[first], holder[first]
    numbers, text, start = _windows(ours, tokens_of, vocabulary, window)
    low, high = np.searchsorted(known, numbers), np.searchsorted(known, numbers, side="right")
    hit = np.flatnonzero(high > low)
    edges = np.flatnonzero(np.diff(text[hit], prepend=-1, append=-1))
    for a, b in pairwise(edges.tolist()):
        shared: dict[int, list[int]] = {}
        for row in hit[a:b].tolist():
            for document in holder[low[row] : high[row]].tolist():
                shared.setdefault(document, []).append(int(start[row]))
        yield int(text[hit[a]]), dict(sorted(shared.items()))


def _windows(
    texts: Sequence[str], tokens_of: Callable[[str], list[str]], vocabulary: dict[str, int], window: int
) -> tuple[Any, Any, Any]:
    """Number every window of tokens inside one text; say which text it lies in, and at which token of it."""
    import numpy as np

    ids: list[int] = []
    sizes = []
    for text in texts:
        found = tokens_of(text)
        ids += [vocabulary.setdefault(token, len(vocabulary) + 1) for token in found]
        sizes.append(len(found))
    token = np.array(ids, dtype=np.uint64)
    text_of = np.repeat(np.arange(len(texts)), sizes)
    if len(token) < window:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=int), np.zeros(0, dtype=int)
    count = len(token) - window + 1
    number = np.zeros(count, dtype=np.uint64)
    for step in range(window):
        number = number * np.uint64(_BASE) + token[step : step + count]
    whole = text_of[:count] == text_of[window - 1 :]
    at = np.arange(len(token)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return number[whole], text_of[:count][whole], at[:count][whole]


def without(tokens: Sequence[str], names: Iterable[tuple[str, ...]], *, least: int = 4) -> list[str]:
    """Take names out of some tokens, and pieces of a name of at least `least` tokens at either end of it.

    >>> without(list("按共享办法要求无条件"), [tuple("数据共享办法")])
    ['按', '要', '求', '无', '条', '件']
    """
    text = written(tokens)
    for name in names:
        for length in range(len(name), least - 1, -1):
            for part in (name[:length], name[-length:]):
                text = text.replace(written(part), _BETWEEN * 2)
    return [token for token in text.split(_BETWEEN) if token]


def grouped(pairs: Iterable[tuple[str, int]]) -> Mapping[str, list[int]]:
    """Gather numbers by name, in the order they come.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])
    {'a': [1, 3], 'b': [2]}
    """
    made: dict[str, list[int]] = {}
    for name, number in pairs:
        made.setdefault(name, []).append(number)
    return made
