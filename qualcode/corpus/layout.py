"""The blocks and turns of a document as columns: a few numbers each, and an object for whoever asks for one.

A transcript of two hundred megabytes has a million blocks. `Blocks` and `Turns` are sequences like any tuple
of `Block` and `Turn`, and equal to one; `rows_of` gives what is in blocks without making them. `Spread` is
what blocks have in common with a text as laid out before anybody is heard in it (`extract.Layout`).
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress
from operator import itemgetter, ne
from typing import Any, NamedTuple, Self, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Block, BlockKind, Span, Turn

_T = TypeVar("_T")
Row = tuple[int, int, BlockKind, int]  # start, end, kind, level
KINDS: tuple[BlockKind, ...] = ("paragraph", "label", "front", "heading", "item", "row", "note", "furniture")
_CODES = {kind: n for n, kind in enumerate(KINDS)}


class Made(Sequence[_T]):
    """A sequence whose items are made when they are asked for."""

    __slots__ = ()

    @abstractmethod
    def _make(self, n: int) -> _T: ...

    @overload
    def __getitem__(self, n: int) -> _T: ...
    @overload
    def __getitem__(self, n: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, n: int | slice) -> _T | tuple[_T, ...]:
        if isinstance(n, slice):
            return tuple(self._make(i) for i in range(*n.indices(len(self))))
        if not -len(self) <= n < len(self):
            raise IndexError(n)
        return self._make(n % len(self))

    def __iter__(self) -> Iterator[_T]:
        return map(self._make, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


class Spread(Made[_T]):
    """Stretches of a text in reading order, each of a kind and level."""

    __slots__ = ("_ends", "_kinds", "_levels", "_starts")

    def __init__(self) -> None:
        self._starts, self._ends = array("q"), array("q")
        self._kinds, self._levels = bytearray(), array("i")

    def add(self, start: int, end: int, kind: BlockKind, level: int = 0) -> None:
        self._starts.append(start)
        self._ends.append(end)
        self._kinds.append(_CODES[kind])
        self._levels.append(level)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        """Make one of all its rows, which is quicker than adding them one by one."""
        made = cls()
        starts, ends, kinds, levels = (map(itemgetter(n), rows) for n in range(4))
        made.extend(starts, ends, kinds, levels)
        return made

    def extend(
        self, starts: Iterable[int], ends: Iterable[int], kinds: Iterable[BlockKind], levels: Iterable[int]
    ) -> None:
        """Add many stretches, given as columns."""
        self._starts.fromlist(list(starts))  # far quicker than to extend it
        self._ends.fromlist(list(ends))
        self._kinds += bytes(map(_CODES.__getitem__, kinds))
        self._levels.fromlist(list(levels))

    def change(self, n: int, kind: BlockKind, level: int = 0) -> None:
        """Give a stretch another kind and level; only who makes them may."""
        self._kinds[n], self._levels[n] = _CODES[kind], level

    @classmethod
    def like(cls, other: Spread[Any]) -> Self:
        """Make one of the stretches of another."""
        made = cls()
        made._starts, made._ends, made._levels = other._starts[:], other._ends[:], other._levels[:]
        made._kinds = other._kinds[:]
        return made

    def rows(self) -> Iterator[Row]:
        kinds = map(KINDS.__getitem__, self._kinds)
        return zip(self._starts, self._ends, kinds, self._levels, strict=True)

    def columns(self) -> tuple[list[int], list[int], list[BlockKind], list[int]]:
        """Starts, ends, kinds and levels."""
        kinds = list(map(KINDS.__getitem__, self._kinds))
        return self._starts.tolist(), self._ends.tolist(), kinds, self._levels.tolist()

    def _at(self, n: int) -> tuple[Span, BlockKind, int]:
        return Span(self._starts[n], self._ends[n]), KINDS[self._kinds[n]], self._levels[n]

    @property
    def starts(self) -> NDArray[np.int64]:
        return np.frombuffer(self._starts.tobytes(), dtype=np.int64)

    @property
    def ends(self) -> NDArray[np.int64]:
        return np.frombuffer(self._ends.tobytes(), dtype=np.int64)

    @property
    def kinds(self) -> NDArray[np.uint8]:
        """The kind of each, by its place in `KINDS`."""
        return np.frombuffer(bytes(self._kinds), dtype=np.uint8)

    @staticmethod
    def side_by_side(
        spreads: Sequence[Spread[_T]],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Starts, ends and kinds of the stretches of several texts, one text behind the other."""
        starts, ends = (
            np.frombuffer(b"".join(columns), dtype=np.int64)
            for columns in ([one._starts for one in spreads], [one._ends for one in spreads])
        )
        return starts, ends, np.frombuffer(b"".join([one._kinds for one in spreads]), dtype=np.uint8)

    def spans_within(self, kinds: Collection[BlockKind]) -> Iterator[tuple[int, int]]:
        """Start and end of each stretch of some kinds."""
        asked = bytes(kind in kinds for kind in KINDS).ljust(0x100)
        return compress(zip(self._starts, self._ends, strict=True), self._kinds.translate(asked))

    def has(self, kind: BlockKind) -> bool:
        return _CODES[kind] in self._kinds

    def __len__(self) -> int:
        return len(self._starts)


class Blocks(Spread[Block]):
    """Blocks in reading order."""

    __slots__ = ()

    def _make(self, n: int) -> Block:
        return Block(*self._at(n))


class Told(NamedTuple):
    """What is said of turns beside their words, as columns."""

    numbers: Sequence[int]
    speeches: Sequence[int]
    speakers: Sequence[str]
    times: Sequence[str]


class Turns(Made[Turn]):
    """Turns in reading order, numbered from 1."""

    __slots__ = ("_ends", "_speeches", "_starts", "_times", "speakers")

    def __init__(self) -> None:
        self._starts, self._ends, self._speeches = array("q"), array("q"), array("i")
        self.speakers: list[str] = []
        self._times: list[str] = []  # of each its beginning and its end

    @classmethod
    def of(cls, speakers: list[str], starts: Iterable[int], ends: Iterable[int], times: list[str]) -> Self:
        """Make them of columns; `times` has of each turn its beginning and its end."""
        made = cls()
        made.speakers, made._times = speakers, times
        made._starts.fromlist(list(starts))
        made._ends.fromlist(list(ends))
        made._speeches.fromlist(list(accumulate(map(ne, speakers, chain([None], speakers)))))
        return made

    def add(self, speaker: str, start: int, end: int, time: str = "", time_end: str = "") -> None:
        same = bool(self.speakers) and self.speakers[-1] == speaker
        self._speeches.append((self._speeches[-1] if self._speeches else 0) + (not same))
        self.speakers.append(speaker)
        self._starts.append(start)
        self._ends.append(end)
        self._times += (time, time_end)

    def spans(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where turns begin, and where they end."""
        return self._starts, self._ends

    def told(self) -> Told:
        """What is said of each turn, as columns."""
        return Told(range(1, len(self) + 1), self._speeches, self.speakers, self._times[::2])

    @property
    def speeches(self) -> int:
        """How many speeches there are."""
        return self._speeches[-1] if self._speeches else 0

    def __len__(self) -> int:
        return len(self._starts)

    def _make(self, n: int) -> Turn:
        span = Span(self._starts[n], self._ends[n])
        return Turn(
            n + 1, self._speeches[n], self.speakers[n], span, self._times[2 * n], self._times[2 * n + 1]
        )


def woven(first: Iterable[_T], second: Iterable[_T], wanted: Iterable[object]) -> Iterator[_T]:
    """One item of the first, one of the second, and so on, as long as both last: those that are wanted.

    >>> list(woven("ac", "bd", [1, 1, 0, 1]))
    ['a', 'b', 'd']
    """
    return compress(chain.from_iterable(zip(first, second, strict=False)), wanted)


def rows_of(blocks: Iterable[Block]) -> Iterator[Row]:
    """Start, end, kind and level of each block."""
    if isinstance(blocks, Blocks):
        return blocks.rows()
    return ((*block.span, block.kind, block.level) for block in blocks)


def spans_within(blocks: Iterable[Block], kinds: Collection[BlockKind]) -> Iterator[tuple[int, int]]:
    """Start and end of each block of some kinds."""
    if isinstance(blocks, Blocks):
        return blocks.spans_within(kinds)
    return (block.span for block in blocks if block.kind in kinds)


def columns_of(blocks: Iterable[Block]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where blocks begin, and where they end, as arrays."""
    if isinstance(blocks, Blocks):
        return blocks.starts, blocks.ends
    spans = np.array([block.span for block in blocks], dtype=np.int64).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]


def spans_of(turns: Sequence[Turn]) -> tuple[Sequence[int], Sequence[int]]:
    """Where turns begin, and where they end."""
    if isinstance(turns, Turns):
        return turns.spans()
    return [turn.span.start for turn in turns], [turn.span.end for turn in turns]


def told_of(turns: Sequence[Turn]) -> Told:
    """What is said of each of some turns, as columns."""
    if isinstance(turns, Turns):
        return turns.told()
    return Told(
        [turn.number for turn in turns],
        [turn.speech for turn in turns],
        [turn.speaker for turn in turns],
        [turn.time for turn in turns],
    )


def speakers_of(turns: Sequence[Turn]) -> list[str]:
    """Who speaks in each turn."""
    return turns.speakers if isinstance(turns, Turns) else [turn.speaker for turn in turns]


def speeches_in(turns: Sequence[Turn]) -> int:
    """How many speeches some turns are."""
    return turns.speeches if isinstance(turns, Turns) else len({turn.speech for turn in turns})
