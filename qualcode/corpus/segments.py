"""The segments of a document: columns of numbers, and a `Segment` for whoever asks for one.

Most segments are never looked at by themselves: they hold no evidence, and their row is written from the
columns. So a `Segment` is made only when it is asked for, and a document of two million sentences takes no
more memory than a few numbers for each.

    segments.starts, segments.ends        arrays of offsets, in reading order
    segments[i], iter(segments)           the i-th Segment (its index is i + 1)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from qualcode.corpus.layout import speakers_of, told_of
from qualcode.corpus.pieces import Pieces
from qualcode.model import ASKING, Document, Segment, Span, Speaker
from qualcode.text.characters import Lookup, code_points
from qualcode.text.folding import fold

BLOCK = 1 << 18  # characters that are folded together: arrays of this size stay in the processor's cache
_KEPT = 20_000  # segments of a document that are kept once all of them were made
_NOBODY = Speaker("", "", "")


class Segments(Sequence[Segment]):
    """The segments of one document; equal to any other sequence of the same segments."""

    __slots__ = ("_columns", "_made", "_speakers", "document", "pieces")

    def __init__(self, document: Document, pieces: Pieces) -> None:
        self.document = document
        self.pieces = pieces
        self._speakers = {speaker.label: speaker for speaker in document.speakers}
        self._made: tuple[Segment, ...] | None = None
        self._columns: Columns | None = None

    @property
    def starts(self) -> NDArray[np.int64]:
        return self.pieces.starts

    @property
    def ends(self) -> NDArray[np.int64]:
        return self.pieces.ends

    def speaker_of(self, label: str) -> Speaker:
        """What is known of who speaks under a label."""
        return self._speakers.get(label) or Speaker(label)

    def actor_of(self, speaker: Speaker | None) -> str:
        """Whose words they are: the speaker's actor; the document's actor owns no interviewer's words."""
        if speaker is None:
            return self.document.metadata.actor
        return speaker.actor or (self.document.metadata.actor if speaker.role == "respondent" else "")

    @property
    def columns(self) -> Columns:
        if self._columns is None:
            pieces = self.pieces
            named = pieces.names.index("heading") if "heading" in pieces.names else len(pieces.names)
            headings = pieces.kinds == named
            asks = {speaker.label for speaker in self.document.speakers if speaker.role in ASKING}
            of_turn = [name in asks for name in speakers_of(pieces.stretches.document_turns)]
            turns = np.frombuffer(pieces.stretches.turns, dtype=np.int32)[pieces.owners]
            asking = np.array([*of_turn, False], dtype=bool)[turns]  # the last for -1: no turn
            self._columns = Columns(self.document.text, self.starts, self.ends, headings, asking)
        return self._columns

    @property
    def turns(self) -> NDArray[np.int64]:
        """The number of the turn each lies in, 0 for none."""
        stretches = self.pieces.stretches
        numbers = np.array([*told_of(stretches.document_turns).numbers, 0], np.int64)  # the last for -1
        return numbers[np.frombuffer(stretches.turns, dtype=np.int32)[self.pieces.owners]]

    def __len__(self) -> int:
        return len(self.pieces)

    @overload
    def __getitem__(self, i: int) -> Segment: ...
    @overload
    def __getitem__(self, i: slice) -> tuple[Segment, ...]: ...
    def __getitem__(self, i: int | slice) -> Segment | tuple[Segment, ...]:
        if self._made is not None:
            return self._made[i]
        if isinstance(i, slice):
            return tuple(self._make(n) for n in range(*i.indices(len(self))))
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        return self._make(i % len(self))

    def __iter__(self) -> Iterator[Segment]:
        if self._made is None and len(self) <= _KEPT:
            self._made = tuple(self._make(i) for i in range(len(self)))
        return iter(self._made) if self._made is not None else (self._make(i) for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _make(self, i: int) -> Segment:
        pieces, document = self.pieces, self.document
        stretches = pieces.stretches
        owner = int(pieces.owners[i])
        at = stretches.turns[owner]
        turn = stretches.document_turns[at] if at >= 0 else None
        speaker = self.speaker_of(turn.speaker) if turn else None
        known = speaker or _NOBODY
        span = Span(int(pieces.starts[i]), int(pieces.ends[i]))
        return Segment(
            f"{document.id}:{i + 1}",
            document.id,
            i + 1,
            span,
            document.text[span.start : span.end],
            pieces.names[pieces.kinds[i]],
            turn.number if turn else 0,
            turn.speech if turn else 0,
            turn.speaker if turn else "",
            known.role,
            known.role_source,
            self.actor_of(speaker),
            turn.time if turn else "",
            stretches.names[stretches.sections[owner]],
            stretches.names[stretches.articles[owner]],
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Segments as columns: `text[starts[i]:ends[i]]` are the words of the i-th."""

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    headings: NDArray[np.bool_]
    asking: NDArray[np.bool_]  # the words of somebody who asks

    @classmethod
    def together(cls, each: Sequence[Columns]) -> Columns:
        """The segments of several documents, laid behind one another, as those of one text."""
        if len(each) == 1:
            return each[0]
        begins = accumulate((len(columns.text) + 1 for columns in each[:-1]), initial=0)
        moved = [
            (columns.starts + begin, columns.ends + begin)
            for columns, begin in zip(each, begins, strict=True)
        ]
        return cls(
            "\n".join([columns.text for columns in each]),
            np.concatenate([starts for starts, _ in moved]),
            np.concatenate([ends for _, ends in moved]),
            np.concatenate([columns.headings for columns in each]),
            np.concatenate([columns.asking for columns in each]),
        )

    def signs(self) -> int:
        """Count the characters that are not white space."""
        return count_signs([self])[0]

    def text_of(self, i: int) -> str:
        return self.text[self.starts[i] : self.ends[i]]

    def folded_blocks(self, kinds: frozenset[str]) -> Iterator[tuple[int, int, int, str]]:
        """Yield (first, last, low, folded): segments first to last - 1, their text from low on folded."""
        for first, last, low in self._blocks():
            yield first, last, low, fold(self.text[low : self.ends[last - 1]], kinds)

    def _blocks(self) -> Iterator[tuple[int, int, int]]:
        first = 0
        while first < len(self.starts):
            low = int(self.starts[first])
            last = max(first + 1, int(np.searchsorted(self.starts, low + BLOCK)))
            yield first, last, low
            first = last


def count_signs(each: Sequence[Columns]) -> list[int]:
    """Count the characters of the segments of each of some documents that are not white space."""
    together = Columns.together(each)
    counts = np.zeros(len(together.starts), dtype=np.int32)
    for first, last, low in together._blocks():
        starts, ends = together.starts[first:last] - low, together.ends[first:last] - low
        blank = is_blank(code_points(together.text[low : together.ends[last - 1]]))
        before = np.zeros(len(blank) + 1, dtype=np.int32)
        np.cumsum(blank, dtype=np.int32, out=before[1:])
        counts[first:last] = (ends - starts) - (before[ends] - before[starts])
    edges = [0, *accumulate(len(columns.starts) for columns in each)]
    return [int(counts[low:high].sum()) for low, high in pairwise(edges)]


is_blank = Lookup.of(dict.fromkeys(filter(str.isspace, map(chr, range(0x3001))), 1), "u1")


def turns_of(segments: Sequence[Segment]) -> NDArray[np.int64]:
    """Return the number of the turn that each of any segments lies in, 0 for none."""
    if isinstance(segments, Segments):
        return segments.turns
    return np.array([segment.turn for segment in segments], dtype=np.int64)


def columns(document: Document, segments: Sequence[Segment]) -> Columns:
    """Return any segments of a document as columns."""
    if isinstance(segments, Segments):
        return segments.columns
    edges = np.cumsum([0, *(len(segment.text) + 1 for segment in segments)], dtype=np.int64)
    return Columns(
        "\n".join(segment.text for segment in segments),
        edges[:-1],
        edges[1:] - 1,
        np.array([segment.kind == "heading" for segment in segments], dtype=bool),
        np.array([segment.role in ASKING for segment in segments], dtype=bool),
    )


def actors_of(document: Document, segments: Sequence[Segment], positions: NDArray[np.int64]) -> list[str]:
    """Return whose words some segments are, by position: the speaker's actor, else the document's."""
    known = document.metadata.actor
    if not isinstance(segments, Segments):
        return [segments[position].actor or known for position in positions.tolist()]
    of_speaker = {speaker.label: speaker.actor or known for speaker in document.speakers}
    if set(of_speaker.values()) <= {known}:
        return [known] * len(positions)
    stretches = segments.pieces.stretches
    names = [of_speaker.get(turn.speaker, known) for turn in stretches.document_turns]
    turns = np.frombuffer(stretches.turns, dtype=np.int32)[segments.pieces.owners[positions]]
    return [names[turn] if turn >= 0 else known for turn in turns.tolist()]
