"""The nouns of qualitative coding, as frozen records, and what is always true of them.

Verbs live elsewhere. Offsets are code points into `document.text`, end exclusive, everywhere:
`document.text[span.start:span.end] == quote`; 信任 is two long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["interview", "focus_group", "policy", "minutes", "report", "fieldnote"]
Role = Literal["interviewer", "respondent", "moderator", "unknown", ""]
RoleSource = Literal["declared", "pattern", "unknown", ""]
BlockKind = Literal["heading", "paragraph", "item", "row", "note", "label", "front", "furniture"]

KINDS: tuple[Kind, ...] = ("interview", "focus_group", "policy", "minutes", "report", "fieldnote")
ROLES: tuple[Role, ...] = ("interviewer", "respondent", "moderator", "unknown")
ACTOR_LEVELS = ("national", "province", "city", "district", "street")
ACTOR_TYPES = ("line", "block", "vertical")
TALK: frozenset[str] = frozenset({"interview", "focus_group", "fieldnote"})
ASKING: frozenset[str] = frozenset({"interviewer", "moderator"})


class Span(NamedTuple):
    """A stretch of one document's text: code points, end exclusive, start <= end."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document as its source laid it out. Blocks are in order and never overlap.

    `label` (a speaker's name, a time), `front` (title lines, YAML head, AI footer) and `furniture` (page
    numbers, 抄送 lines) are no body text: no segment comes from them. All other kinds are body.
    A block may hold line breaks where the source wrapped one paragraph over several lines.
    """

    span: Span
    kind: BlockKind = "paragraph"
    level: int = 0  # of a heading or list item, 1 is outermost; 0: not said


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled utterance as transcribed. A speech is a maximal run of turns of one speaker."""

    number: int  # 1-based, in reading order
    speech: int  # 1-based; the same for neighbouring turns of one speaker
    speaker: str  # label as written, trimmed; local to its document
    span: Span  # the utterance without its label
    time: str = ""  # HH:MM:SS where the transcript gives one
    time_end: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label of one document and what is known of who stands behind it."""

    label: str
    role: Role = "unknown"
    role_source: RoleSource = "unknown"
    actor: str = ""
    since: str = ""  # in office since; cannot speak first-hand of what was before
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark somebody hung on a stretch of the text (a Word comment). Never body text."""

    span: Span
    author: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: never an invented day.

    `origins` says for each key set where it came from: `settings` (the study's defaults), `file name`, `row`
    (a column of a table of documents), `front matter`, `sidecar`, `table`, `text` (read from the document
    itself).
    """

    title: str = ""
    kind: str = ""  # one of KINDS; "" when nobody said and nothing shows
    language: str = ""  # zh, en; "" when nothing shows
    date: str = ""  # when it was said or written
    issued: str = ""
    effective: str = ""
    expired: str = ""
    case: str = ""
    site: str = ""
    actor: str = ""
    actor_level: str = ""
    actor_type: str = ""
    doc_number: str = ""
    interviewer: str = ""
    consent: str = ""
    source_note: str = ""
    split: str = ""  # dev or test
    duplicate_of: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_talk(self) -> bool:
        """Whether the text is talk and field notes (interview, focus group, field note), not a document."""
        return self.kind in TALK


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from, and what reading it changed."""

    path: str  # posix, relative to the corpus folder
    format: str = ""  # the extension that chose the reader: txt, docx, ...
    encoding: str = ""
    sha256: str = ""  # of the bytes
    size: int = 0  # bytes
    repairs: Mapping[str, int] = field(default_factory=dict)  # e.g. {"kangxi radicals": 12}
    note: str = ""  # e.g. "ocr"


@dataclass(frozen=True, slots=True)
class Document:
    """One source text with its metadata. Its text never changes after reading.

    Blocks cover the body in reading order; turns lie inside body blocks and never overlap. A text without
    turns (a policy, an unlabelled transcript) has none.
    """

    id: str
    text: str
    metadata: Metadata = Metadata()
    blocks: Sequence[Block] = ()
    turns: Sequence[Turn] = ()
    speakers: tuple[Speaker, ...] = ()
    comments: tuple[Comment, ...] = ()
    source: Source = Source("")

    def speaker(self, label: str) -> Speaker:
        """Return what is known of a label; an unheard-of label is an unknown speaker."""
        for speaker in self.speakers:
            if speaker.label == label:
                return speaker
        return Speaker(label)


@dataclass(frozen=True, slots=True)
class Segment:
    """The coding unit: a stretch of one document that can be coded.

    Segments never overlap, never cross a turn, and together hold every non-blank character of body text.
    """

    id: str  # <document id>:<index>
    document_id: str
    index: int  # 1-based, in reading order
    span: Span
    text: str  # document.text[span.start:span.end]
    kind: str = "sentence"  # sentence clause turn paragraph article window, or heading
    turn: int = 0  # Turn.number; 0: not a turn
    speech: int = 0
    speaker: str = ""
    role: Role = ""  # "" for text that is no turn
    role_source: RoleSource = ""
    actor: str = ""
    time: str = ""
    section: str = ""  # the heading it stands under, in a document
    article: str = ""  # 第十二条, where it lies in an article


@dataclass(frozen=True, slots=True)
class Assertion:
    """How the words are meant. Without cue files in force everything is `unassessed`, and is counted."""

    polarity: str = "unassessed"  # affirmed negated prohibited
    modality: str = "unassessed"  # actual hypothetical normative planned question
    holder: str = "unassessed"  # self other:<actor> other unspecified
    reported: str = "unassessed"  # yes no inherited


UNASSESSED = Assertion()


class Match(NamedTuple):
    """A place where a rule found its evidence. Lies in one segment; `parts` are in reading order.

    `blocked_by` is empty for a match that stands, else why it was refused: `longer:<rule>`, `except`,
    `unless`, `where`, `interviewer` or `threshold`.
    """

    segment: int  # Segment.index
    code: str
    rule: str  # Rule.id
    parts: tuple[Span, ...]
    blocked_by: str = ""
    assertion: Assertion = UNASSESSED

    @property
    def span(self) -> Span:
        """The hull of the parts."""
        return Span(min(p.start for p in self.parts), max(p.end for p in self.parts))


MACHINE = "machine"


class Coding(NamedTuple):
    """A code on a segment, by a coder, resting on one or more standing matches."""

    segment: int  # Segment.index
    code: str
    matches: tuple[Match, ...]
    weight: float
    coder: str = MACHINE
    assertion: Assertion = UNASSESSED
    countable: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening, e.g. a national conference.

    `requires` are events it could not have been without, each with the reason given ("" for none).
    """

    id: str
    date: str
    name: Mapping[str, str] = field(default_factory=dict)
    type: str = ""
    level: str = ""
    node: bool = False
    aliases: tuple[str, ...] = ()
    requires: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phase:
    """A half-open period `[start, end)` between events. Phases of one set never overlap.

    `transition` days on either side of its start are days of change: they belong to no phase.
    """

    id: str
    start: str
    end: str
    name: Mapping[str, str] = field(default_factory=dict)
    transition: int = 0
