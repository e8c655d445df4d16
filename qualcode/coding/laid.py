"""The segments of a document as coding looks them up: one made only where it is asked for, and made once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcode.corpus.segments import Segments, columns, turns_of
from qualcode.model import Document, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column


class Laid:
    """Segments by position, counted from 0."""

    def __init__(self, document: Document, segments: Sequence[Segment]) -> None:
        self.document = document
        self.segments = segments
        self._known: dict[int, Segment] = {}
        self._numbered = isinstance(segments, Segments)  # its own segments a document knows by their place

    def segment(self, position: int) -> Segment:
        """Return a segment."""
        segment = self._known.get(position)
        if segment is None:
            segment = self._known[position] = self.segments[position]
        return segment

    def words(self, position: int) -> tuple[str, int]:
        """Return the words of a segment, and where it begins."""
        if position not in self._known and isinstance(self.segments, Segments):
            start, end = int(self.segments.starts[position]), int(self.segments.ends[position])
            return self.document.text[start:end], start
        segment = self.segment(position)
        return segment.text, segment.span.start

    def index(self, position: int) -> int:
        """Return the index of a segment."""
        return position + 1 if self._numbered else self.segment(position).index

    def indexes(self, positions: Column) -> Column:
        """Return the indexes of some segments."""
        if self._numbered:
            return positions + 1
        return np.array([self.segment(position).index for position in positions.tolist()], np.int64)

    def asks(self, position: int) -> bool:
        """Whether a segment is an interviewer's words."""
        return self._asks[position]

    @cached_property
    def anybody_asks(self) -> bool:
        """Whether any segment is an interviewer's words."""
        return bool(self.asking.any())

    @cached_property
    def asking(self) -> NDArray[np.bool_]:
        """Of each segment whether it is an interviewer's words."""
        return columns(self.document, self.segments).asking

    @cached_property
    def _asks(self) -> list[bool]:
        asks: list[bool] = self.asking.tolist()
        return asks

    def turn(self, position: int) -> list[int]:
        """Return the segments of the turn that a segment lies in; itself where it lies in none."""
        turns, positions = self._turns
        turn = turns[position]
        return positions[turn] if turn else [position]

    @cached_property
    def _turns(self) -> tuple[list[int], dict[int, list[int]]]:
        """The turn of every segment, and the segments of every turn."""
        turns: list[int] = turns_of(self.segments).tolist()
        positions: dict[int, list[int]] = {}
        for n, turn in enumerate(turns):
            positions.setdefault(turn, []).append(n)
        return turns, positions
