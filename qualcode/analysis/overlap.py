"""Stretches of words that two texts have in common, however long; what `echo` is made from.

Words are `tokens`. Texts that have a window of tokens in common are found by number first (`sharedwindows`);
only those are then compared token by token.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WINDOW = 6  # tokens that any stretch has at least
LEAST_PIECE = 4  # tokens of a name that are known for it
_BETWEEN, _BORDER = "\x1f", "\x1e"


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


class Names:
    """Names, which are looked for in many texts."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self._names = names
        self._edges: dict[tuple[str, ...], set[int]] = {}
        for n, name in enumerate(names):
            for edge in (name[:LEAST_PIECE], name[-LEAST_PIECE:]):
                self._edges.setdefault(edge, set()).add(n)

    def near(self, tokens: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the names that `without` may find in some tokens, in their order.

        >>> Names([tuple("数据共享办法"), tuple("信访条例")]).near(list("按共享办法要求"))
        [('数', '据', '共', '享', '办', '法')]
        """
        pieces = (tuple(tokens[at : at + LEAST_PIECE]) for at in range(len(tokens) - LEAST_PIECE + 1))
        found = {n for piece in pieces for n in self._edges.get(piece, ())}
        return [self._names[n] for n in sorted(found)]


def without(tokens: Sequence[str], names: Iterable[tuple[str, ...]]) -> list[str]:
    """Take names out of some tokens, and pieces of at least `LEAST_PIECE` tokens at either end of a name.

    >>> without(list("按共享办法要求无条件"), [tuple("数据共享办法")])
    ['按', '要', '求', '无', '条', '件']
    """
    text = written(tokens)
    for name in names:
        for length in range(len(name), LEAST_PIECE - 1, -1):
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
