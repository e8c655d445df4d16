"""One segment read for its cues, ready to say how any evidence in it is meant, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qualcode.codebook.cues import AXES
from qualcode.codebook.records import Codebook
from qualcode.coding.context.constructs import Construct, constructs
from qualcode.coding.context.page import Page
from qualcode.coding.context.quotations import quotations
from qualcode.coding.context.resolve import PLAIN, Said, Standing, said_of
from qualcode.coding.context.scope import Ends, Grounds
from qualcode.coding.context.signs import Sign, Words, all_signs, apart, first_of_crossing, longest, without
from qualcode.coding.context.table import CueTable, table_of
from qualcode.model import UNASSESSED, Assertion, Document, Segment, Span
from qualcode.patterns.base import Parts
from qualcode.text.sentences import has_han


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an axis has its value: the cue that says so, and where it stands in the document."""

    axis: str
    value: str  # what this cue alone would make it
    cue: str  # Cue.id
    span: Span


@dataclass(frozen=True, slots=True)
class Assessed:
    """How some evidence is meant. An axis without a reason has its plain value because no cue acts on it."""

    assertion: Assertion = UNASSESSED
    reasons: tuple[Reason, ...] = ()


class Reading:
    """What stands round the evidence of one segment."""

    __slots__ = ("_axes", "_offset", "_standing")

    def __init__(self, standing: Standing | None, axes: frozenset[str], offset: int) -> None:
        self._standing = standing
        self._axes = axes
        self._offset = offset

    def meaning(self, parts: Parts) -> Assessed:
        """Say how evidence is meant; parts are the document's, in reading order, inside the segment."""
        reasons = [_reason(axis, one, self._offset) for axis, _, said in self._said(parts) for one in said]
        return Assessed(self.assertion(parts), tuple(reasons))

    def assertion(self, parts: Parts) -> Assertion:
        """Say how evidence is meant, without saying why."""
        if self._standing is None or not (self._standing.signs or self._standing.slots):
            return assertion_of(*(PLAIN[axis] if axis in self._axes else UNKNOWN for axis in AXES))
        here, axes, standing = self._within(parts), self._axes, self._standing
        return assertion_of(*[said_of(axis, here, standing)[0] if axis in axes else UNKNOWN for axis in AXES])

    def _said(self, parts: Parts) -> Iterator[tuple[str, str, list[Said]]]:
        if self._standing is None:
            return
        here = self._within(parts)
        for axis in AXES:
            if axis in self._axes:
                yield (axis, *said_of(axis, here, self._standing))

    def _within(self, parts: Parts) -> Parts:
        """Count places from where the segment begins."""
        offset = self._offset
        return tuple([Span(start - offset, end - offset) for start, end in parts])


UNKNOWN = UNASSESSED.polarity


@lru_cache(maxsize=4096)
def assertion_of(polarity: str, modality: str, holder: str, reported: str) -> Assertion:
    """Return an assertion; there are few that differ, and many of each."""
    made = Assertion(polarity, modality, holder, reported)
    return UNASSESSED if made == UNASSESSED else made


_NOT_READ = Reading(None, frozenset(), 0)


def _reason(axis: str, said: Said, start: int) -> Reason:
    value = said.value
    if said.sign is not None and said.sign.actor:
        value = f"other:{said.sign.actor}"
    return Reason(axis, value, said.cue, Span(said.span.start + start, said.span.end + start))


def read_context(document: Document, segment: Segment, codebook: Codebook) -> Reading:
    """Read one segment of a document for its cues; without cues, nothing is read."""
    if not codebook.context.cues:
        return _NOT_READ
    table = table_of(codebook)
    (words,) = Page([segment.text], table).words([0])
    return read_words(words, segment.span.start, segment.actor or document.metadata.actor, table)


def read_words(words: Words, start: int, actor: str, table: CueTable) -> Reading:
    """Read the words of a segment for their cues: it begins at `start`, and `actor` speaks."""
    axes = table.assessed["zh" if has_han(words.text) else "en"]
    if not axes:
        return _NOT_READ
    grounds = Grounds(words.text, words.folded)
    signs, framed = _signs(words, table, grounds)
    standing = Standing(
        signs=[*first_of_crossing([s for s in signs if s.sets]), *_quoted(words, table)],
        slots=[slot for one in framed for slot in one.slots],
        ends=Ends.of([sign for sign in signs if sign.cue.kind == "terminate"]),
        grounds=grounds,
        own=table.own_actor(actor),
    )
    return Reading(standing, axes, start)


def _signs(words: Words, table: CueTable, grounds: Grounds) -> tuple[list[Sign], list[Construct]]:
    """Return the cues that nothing hides, and the constructs."""
    signs = all_signs(words, table)
    hidden: list[Span] = []
    if apart(signs):
        hidden = [sign.span for sign in signs if sign.cue.kind == "pseudo"]
        signs = [sign for sign in signs if sign.cue.kind != "pseudo"]
    else:
        signs, hidden = longest(signs)
    framed = constructs(words, table, grounds, hidden)
    return without(signs, [literal for one in framed for literal in one.literals]), framed


def _quoted(words: Words, table: CueTable) -> Sequence[Sign]:
    """Return a sign for every quotation of the cues that are known by quotation marks."""
    if not any(mark in words.text for mark in table.marks):
        return ()
    return [
        Sign(cue, number, span, "", cue.sets, over="only")
        for number, cue in table.by_quotes
        for span in quotations(words.text, cue.quotes)
        if span.end - span.start >= max(cue.least, 1)
    ]
