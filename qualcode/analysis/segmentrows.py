"""Rows of `segments`: written from columns, as tuples for analyses or as lines for a file.

What neighbouring segments have in common (their turn, its speaker, the time they are about) is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from qualcode.cells import Rows, csv_cells, csv_text
from qualcode.columns import SEGMENTS
from qualcode.corpus.segments import Segments, columns
from qualcode.corpus.when import When, date_said
from qualcode.model import ASKING, Document, Segment, Turn

_TYPES = tuple(column.type for column in SEGMENTS)
_AT_ONCE = 20_000  # segments looked at together


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words they are: speaker, role, how it is known, actor; and whether codings of them can count."""

    cells: tuple[str, str, str, str]
    codable: bool
    line: str

    @classmethod
    def of(cls, speaker: str, role: str, source: str, actor: str, *, codable: bool) -> Voice:
        cells = speaker, role, source, actor
        return cls(cells, codable, csv_cells(cells, _TYPES[4:8]))


@dataclass(frozen=True, slots=True)
class Part:
    """What a segment's row says of where it stands."""

    turn: int | None
    speech: int | None
    voice: Voice
    under: tuple[str, str]  # section article
    under_line: str
    time: str


Said = tuple[int, int, int, str, str, Part]  # index, start, end, text, kind, where it stands


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
        for (index, start, end, text, kind, part), when in zip(self._said(), self._times, strict=True):
            yield (
                name,
                f"{name}:{index}",
                part.turn,
                part.speech,
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
        said, codes = date_said(self._document.metadata), self._codes
        said_when: When | None = None
        stood: Part | None = None
        turn = section = time = note = ""
        for (index, start, end, text, kind, part), when in zip(self._said(), self._times, strict=True):
            if part is not stood:
                stood = part
                turn = f"{part.turn or ''},{part.speech or ''},{part.voice.line}"
                can = "yes" if part.voice.codable else "no"
                section = f"{part.under_line},{csv_text(part.time)},{can}"
            if when is not said_when:
                said_when = when
                cells = (said, when.start, when.end, when.source, when.precision)
                time, note = csv_cells(cells, _TYPES[12:17]), csv_text(when.note)
            held = csv_cells((codes[index],), ("list",)) if index in codes else ""
            yield (
                f"{head},{stem}{index}{close},{turn},{start},{end},{csv_text(text)},{held},{time},"
                f"{csv_text(kind)},{section},{note}\r\n"
            )

    def _said(self) -> Iterator[Said]:
        if isinstance(self._segments, Segments):
            yield from self._from_columns(self._segments)
            return
        for segment in self._segments:
            part = self._part(segment)
            yield segment.index, segment.span.start, segment.span.end, segment.text, segment.kind, part

    def _part(self, segment: Segment) -> Part:
        can = self._can_be_coded(segment.role)
        voice = Voice.of(segment.speaker, segment.role, segment.role_source, segment.actor, codable=can)
        under = segment.section, segment.article
        line = csv_cells(under, _TYPES[18:20])
        return Part(segment.turn or None, segment.speech or None, voice, under, line, segment.time)

    def _can_be_coded(self, role: str) -> bool:
        return not self._repeats and (self._all_codable or role not in ASKING)

    def _from_columns(self, segments: Segments) -> Iterator[Said]:
        pieces, text = segments.pieces, self._document.text
        names = pieces.names
        part_of = Parts(segments, self._can_be_coded)
        owned, part = -1, None
        for first in range(0, len(pieces), _AT_ONCE):
            rows = slice(first, first + _AT_ONCE)
            held = (pieces.starts[rows], pieces.ends[rows], pieces.owners[rows], pieces.kinds[rows])
            told = zip(*(column.tolist() for column in held), strict=True)
            for index, (start, end, owner, kind) in enumerate(told, first + 1):
                if part is None or owner != owned:
                    owned, part = owner, part_of(owner)
                yield index, start, end, text[start:end], names[kind], part


class Parts:
    """Where the segments of each stretch stand; voices and sections are made once."""

    def __init__(self, segments: Segments, can_be_coded: Callable[[str], bool]) -> None:
        self._segments, self._can_be_coded = segments, can_be_coded
        self._stretches = segments.pieces.stretches
        self._voices: dict[str | None, Voice] = {}
        self._under: dict[tuple[int, int], tuple[tuple[str, str], str]] = {}

    def __call__(self, owner: int) -> Part:
        stretches = self._stretches
        at = stretches.turns[owner]
        under, line = self._section(stretches.sections[owner], stretches.articles[owner])
        if at < 0:
            return Part(None, None, self._voice(None), under, line, "")
        turn = stretches.document_turns[at]
        return Part(turn.number or None, turn.speech or None, self._voice(turn), under, line, turn.time)

    def voice(self, owner: int) -> Voice:
        """Whose words a stretch holds."""
        at = self._stretches.turns[owner]
        return self._voice(self._stretches.document_turns[at] if at >= 0 else None)

    def _section(self, section: int, article: int) -> tuple[tuple[str, str], str]:
        key = section, article
        if key not in self._under:
            under = self._stretches.names[section], self._stretches.names[article]
            self._under[key] = under, csv_cells(under, _TYPES[18:20])
        return self._under[key]

    def _voice(self, turn: Turn | None) -> Voice:
        label = turn.speaker if turn else None
        if label not in self._voices:
            speaker = self._segments.speaker_of(turn) if turn else None
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
