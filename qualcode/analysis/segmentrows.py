"""Rows of `segments`: written from columns, as tuples for analyses or as lines for a file.

What neighbouring segments have in common (their turn, its speaker, the time they are about) is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice, repeat
from operator import itemgetter
from typing import NamedTuple

from qualcode.cells import Rows, csv_cells, csv_text
from qualcode.corpus.layout import said_in
from qualcode.corpus.segments import Segments, columns
from qualcode.corpus.when import When, date_said
from qualcode.model import ASKING, Document, Segment

_AT_ONCE = 20_000  # segments looked at together


def _cells(*words: str) -> str:
    """Neighbouring cells of words."""
    return ",".join(map(csv_text, words))


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words they are: speaker, role, how it is known, actor; and whether codings of them can count."""

    cells: tuple[str, str, str, str]
    codable: bool
    line: str

    @classmethod
    def of(cls, speaker: str, role: str, source: str, actor: str, *, codable: bool) -> Voice:
        cells = speaker, role, source, actor
        return cls(cells, codable, _cells(*cells))


class Part(NamedTuple):
    """Where a segment stands: turn and speech (0: none), whose words they are, section and article, time."""

    turn: int
    speech: int
    voice: Voice
    under: tuple[str, str]
    time: str


class Some(NamedTuple):
    """Neighbouring segments as columns."""

    indexes: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    kinds: Sequence[str]
    parts: Sequence[Part]


class SegmentRows(Rows):
    """The segments of one document as rows of `segments`, in reading order."""

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        codes: Mapping[int, Sequence[str]],
        times: Sequence[When],
        *,
        code_interviewers: bool,
    ) -> None:
        if len(times) != len(segments):
            raise ValueError(f"{len(times)} times for {len(segments)} segments")
        self._document, self._segments = document, segments
        self._codes, self._times = codes, times
        self._all_codable = code_interviewers
        self._repeats = bool(document.metadata.duplicate_of)

    @property
    def codable(self) -> int:
        """How many of them can be coded."""
        return codable(self._document, self._segments, code_interviewers=self._all_codable)

    def __len__(self) -> int:
        return len(self._segments)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        name, said, codes = self._document.id, date_said(self._document.metadata), self._codes
        times = iter(self._times)
        for some in self._some():
            for index, start, end, text, kind, part in zip(*some, strict=True):
                when = next(times)
                yield (
                    name,
                    f"{name}:{index}",
                    part.turn or None,
                    part.speech or None,
                    *part.voice.cells,
                    start,
                    end,
                    text,
                    tuple(codes.get(index, ())),
                    said,
                    when.start,
                    when.end,
                    when.source,
                    when.precision,
                    kind,
                    *part.under,
                    part.time,
                    part.voice.codable,
                    when.note,
                )

    def lines(self) -> Iterator[str]:
        head = csv_text(self._document.id)
        name = csv_text(self._document.id + ":")
        stem, close = (name[:-1], '"') if name.endswith('"') else (name, "")
        times = self._time_cells()
        line_of = _Lines()
        for some in self._some():
            kinds = {kind: csv_text(kind) for kind in set(some.kinds)}
            lines = [line_of(part) for part in some.parts]
            told = list(islice(times, len(lines)))
            yield from map(
                ",".join,
                zip(
                    repeat(head),
                    [f"{stem}{index}{close}" for index in some.indexes],
                    map(itemgetter(0), lines),
                    map(str, some.starts),
                    map(str, some.ends),
                    map(csv_text, some.texts),
                    self._code_cells(some.indexes),
                    map(itemgetter(0), told),
                    map(kinds.__getitem__, some.kinds),
                    map(itemgetter(1), lines),
                    map(itemgetter(1), told),
                    strict=False,
                ),
            )

    def _code_cells(self, indexes: Sequence[int]) -> Iterable[str]:
        if not self._codes:
            return repeat("", len(indexes))
        held: dict[Sequence[str], str] = {(): ""}
        found = [tuple(self._codes.get(index, ())) for index in indexes]
        for codes in {*found} - held.keys():
            held[codes] = csv_cells((codes,), ("list",))
        return map(held.__getitem__, found)

    def _time_cells(self) -> Iterator[tuple[str, str]]:
        """Of each segment the cells of its times, and of the note on them with the line's end."""
        said = csv_text(date_said(self._document.metadata))
        made: dict[tuple[str, ...], tuple[str, str]] = {}
        told: When | None = None
        cells = ("", "")
        for when in self._times:
            if when is not told:  # neighbours often share one time
                told = when
                key = when.start, when.end, when.source, when.precision, when.note
                if key not in made:
                    made[key] = f"{said},{_cells(*key[:4])}", csv_text(when.note) + "\r\n"
                cells = made[key]
            yield cells

    def _some(self) -> Iterator[Some]:
        if isinstance(self._segments, Segments):
            yield from self._from_columns(self._segments)
            return
        held = self._segments
        yield Some(
            [segment.index for segment in held],
            [segment.span.start for segment in held],
            [segment.span.end for segment in held],
            [segment.text for segment in held],
            [segment.kind for segment in held],
            [self._part(segment) for segment in held],
        )

    def _part(self, segment: Segment) -> Part:
        can = self._can_be_coded(segment.role)
        voice = Voice.of(segment.speaker, segment.role, segment.role_source, segment.actor, codable=can)
        return Part(segment.turn, segment.speech, voice, (segment.section, segment.article), segment.time)

    def _can_be_coded(self, role: str) -> bool:
        return not self._repeats and (self._all_codable or role not in ASKING)

    def _from_columns(self, segments: Segments) -> Iterator[Some]:
        pieces, text = segments.pieces, self._document.text
        part_of = Parts(segments, self._can_be_coded)
        for first in range(0, len(pieces), _AT_ONCE):
            rows = slice(first, first + _AT_ONCE)
            starts, ends = pieces.starts[rows].tolist(), pieces.ends[rows].tolist()
            owners = pieces.owners[rows].tolist()
            parts = {owner: part_of(owner) for owner in dict.fromkeys(owners)}
            yield Some(
                range(first + 1, first + 1 + len(starts)),
                starts,
                ends,
                [text[start:end] for start, end in zip(starts, ends, strict=True)],
                [pieces.names[kind] for kind in pieces.kinds[rows].tolist()],
                [parts[owner] for owner in owners],
            )


class _Lines:
    """What a line says before and after the words of a segment, given where it stands."""

    def __init__(self) -> None:
        self._after: dict[tuple[tuple[str, str], str, bool], str] = {}
        self._part: Part | None = None
        self._line = ("", "")

    def __call__(self, part: Part) -> tuple[str, str]:
        if part is not self._part:
            turn, speech, voice, under, time = self._part = part
            key = under, time, voice.codable
            if key not in self._after:
                self._after[key] = f"{_cells(*under, time)},{'yes' if voice.codable else 'no'}"
            self._line = f"{turn or ''},{speech or ''},{voice.line}", self._after[key]
        return self._line


class Parts:
    """Where the segments of each stretch stand; voices are made once."""

    def __init__(self, segments: Segments, can_be_coded: Callable[[str], bool]) -> None:
        self._segments, self._can_be_coded = segments, can_be_coded
        self._stretches = segments.pieces.stretches
        self._voices: dict[str | None, Voice] = {}

    def __call__(self, owner: int) -> Part:
        stretches, names = self._stretches, self._stretches.names
        under = names[stretches.sections[owner]], names[stretches.articles[owner]]
        at = stretches.turns[owner]
        if at < 0:
            return Part(0, 0, self._voice(None), under, "")
        number, speech, speaker, time = said_in(stretches.document_turns, at)
        return Part(number, speech, self._voice(speaker), under, time)

    def voice(self, owner: int) -> Voice:
        """Whose words a stretch holds."""
        at = self._stretches.turns[owner]
        return self._voice(said_in(self._stretches.document_turns, at)[2] if at >= 0 else None)

    def _voice(self, label: str | None) -> Voice:
        """The voice of a label; None: of nobody."""
        if label not in self._voices:
            speaker = self._segments.speaker_of(label) if label is not None else None
            role = speaker.role if speaker else ""
            self._voices[label] = Voice.of(
                label or "",
                role,
                speaker.role_source if speaker else "",
                self._segments.actor_of(speaker),
                codable=self._can_be_coded(role),
            )
        return self._voices[label]


@dataclass(frozen=True, slots=True)
class Found:
    """A segment looked up by its index: where it stands among the others, and what rows say of it."""

    position: int  # from 0
    document_id: str
    id: str
    start: int
    end: int
    text: str
    voice: Voice


def finder(document: Document, segments: Sequence[Segment]) -> Callable[[int], Found]:
    """Return a function from the index of a segment to what rows say of it."""
    name, text = document.id, document.text
    if isinstance(segments, Segments):
        starts, ends, owners = segments.starts, segments.ends, segments.pieces.owners
        part_of = Parts(segments, bool)

        def found(index: int) -> Found:
            start, end = int(starts[index - 1]), int(ends[index - 1])
            voice = part_of.voice(int(owners[index - 1]))
            return Found(index - 1, name, f"{name}:{index}", start, end, text[start:end], voice)

        return found
    places = {segment.index: n for n, segment in enumerate(segments)}

    def listed(index: int) -> Found:
        n = places[index]
        one = segments[n]
        voice = Voice.of(one.speaker, one.role, one.role_source, one.actor, codable=False)
        return Found(n, one.document_id, one.id, one.span.start, one.span.end, one.text, voice)

    return listed


def id_of(document: Document, segments: Sequence[Segment]) -> Callable[[int], str]:
    """Return a function from the index of a segment to its id."""
    if isinstance(segments, Segments):
        return lambda index: f"{document.id}:{index}"
    return {segment.index: segment.id for segment in segments}.__getitem__


def coded(
    document: Document, segments: Sequence[Segment], indexes: AbstractSet[int], *, code_interviewers: bool
) -> int:
    """Count the segments that can be coded among those with the given indexes."""
    if document.metadata.duplicate_of or not indexes:
        return 0
    asking = columns(document, segments).asking
    if isinstance(segments, Segments):
        return sum(code_interviewers or not asking[index - 1] for index in indexes)
    return sum(
        segment.index in indexes and (code_interviewers or not asks)
        for segment, asks in zip(segments, asking.tolist(), strict=True)
    )


def codable(document: Document, segments: Sequence[Segment], *, code_interviewers: bool) -> int:
    """Count the segments whose codings can count: no interviewer's words, no repeated document."""
    if document.metadata.duplicate_of:
        return 0
    if code_interviewers:
        return len(segments)
    return len(segments) - int(columns(document, segments).asking.sum())
