"""What units cut stretches into, as columns of numbers or one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.corpus.stretches import Stretch, Stretches
from qualcode.model import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment to be: its span, what kind it is, and the stretch it begins in."""

    span: Span
    kind: str
    stretch: Stretch


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces in reading order: `names[kinds[i]]` is the kind of the i-th, `owners[i]` its stretch."""

    stretches: Stretches
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    owners: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    names: tuple[str, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Pieces:
        """The same pieces as columns."""
        if isinstance(pieces, Pieces):
            return pieces
        held = list(pieces)
        names = tuple(dict.fromkeys(piece.kind for piece in held))
        stretches = Stretches.collect(piece.stretch for piece in held)
        return cls(
            stretches,
            np.array([piece.span.start for piece in held], dtype=np.int64),
            np.array([piece.span.end for piece in held], dtype=np.int64),
            np.arange(len(held)),
            np.array([names.index(piece.kind) for piece in held], dtype=np.uint8),
            names,
        )

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Piece]:
        last, stretch = -1, None
        columns = (self.starts.tolist(), self.ends.tolist(), self.owners.tolist(), self.kinds.tolist())
        for start, end, owner, kind in zip(*columns, strict=True):
            if stretch is None or owner != last:
                last, stretch = owner, self.stretches[owner]
            yield Piece(Span(start, end), self.names[kind], stretch)
