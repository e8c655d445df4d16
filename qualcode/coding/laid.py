"""The segments of a document as coding looks them up: one made only where it is asked for, and made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from qualcode.corpus.segments import Segments, columns, turns_of
from qualcode.model import Document, Segment


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

    def index(self, position: int) -> int:
        """Return the index of a segment."""
        return position + 1 if self._numbered else self.segment(position).index

    def indexes(self, positions: Iterable[int]) -> list[int]:
        """Return the indexes of some segments."""
        if self._numbered:
            return [position + 1 for position in positions]
        return [self.segment(position).index for position in positions]

    def asks(self, position: int) -> bool:
        """Whether a segment is an interviewer's words."""
        return self._asking[position]

    @property
    def anybody_asks(self) -> bool:
        """Whether any segment is an interviewer's words."""
        return any(self._asking)

    @cached_property
    def _asking(self) -> list[bool]:
        asking: list[bool] = columns(self.document, self.segments).asking.tolist()
        return asking

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
