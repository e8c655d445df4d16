"""One segment read for its cues, ready to say how any evidence in it is meant, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.codebook.cues import AXES
from qualcode.codebook.records import Codebook
from qualcode.coding.context.constructs import constructs
from qualcode.coding.context.quotations import quotations
from qualcode.coding.context.resolve import Said, Standing, said_of
from qualcode.coding.context.scope import Ends, Grounds
from qualcode.coding.context.signs import Sign, Words, all_signs, first_of_crossing, longest, without
from qualcode.coding.context.table import CueTable, table_of
from qualcode.coding.occurrences import Evidence, Places
from qualcode.coding.searched import Cuts
from qualcode.model import UNASSESSED, Assertion, Document, Segment, Span
from qualcode.patterns.base import Parts
from qualcode.text.folding import fold
from qualcode.text.sentences import is_han


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

    def __init__(self, standing: Standing | None, axes: frozenset[str], offset: int) -> None:
        self._standing = standing
        self._axes = axes
        self._offset = offset

    def meaning(self, parts: Parts) -> Assessed:
        """Say how evidence is meant; parts are the document's, in reading order, inside the segment."""
        if self._standing is None:
            return Assessed()
        start = self._offset
        here = tuple(Span(part.start - start, part.end - start) for part in parts)
        values: dict[str, str] = {}
        reasons: list[Reason] = []
        for axis in AXES:
            if axis in self._axes:
                values[axis], said = said_of(axis, here, self._standing)
                reasons += [_reason(axis, one, start) for one in said]
        return Assessed(Assertion(**values), tuple(reasons))


_NOT_READ = Reading(None, frozenset(), 0)


def _reason(axis: str, said: Said, start: int) -> Reason:
    value = said.value
    if said.sign is not None and said.sign.actor:
        value = f"other:{said.sign.actor}"
    return Reason(axis, value, said.cue, Span(said.span.start + start, said.span.end + start))


def read_contexts(
    document: Document, segments: Sequence[Segment], positions: Sequence[int], codebook: Codebook
) -> dict[int, Reading]:
    """Read some segments of a document, by position, for their cues; none where the codebook has no cues."""
    if not codebook.context.cues or not positions:
        return {}
    table = table_of(codebook)
    cuts = Cuts.of(document, segments).some(np.array(positions, np.int64))
    places = Evidence(table.index.scan(cuts))
    return {
        position: _read(document, segments[position], table, places.places(n))
        for n, position in enumerate(positions)
    }


def read_context(document: Document, segment: Segment, codebook: Codebook) -> Reading:
    """Read one segment for its cues."""
    if not codebook.context.cues:
        return _NOT_READ
    table = table_of(codebook)
    return _read(document, segment, table, table.index.places_in(segment))


def _read(document: Document, segment: Segment, table: CueTable, places: Places) -> Reading:
    text, start = segment.text, segment.span.start
    axes = table.assessed["zh" if any(map(is_han, text)) else "en"]
    if not axes:
        return _NOT_READ
    local = {
        entry: [tuple(Span(a - start, b - start) for a, b in parts) for parts in occurrences]
        for entry, occurrences in places.items()
    }
    words = Words(text, fold(text, table.fold))
    grounds = Grounds(text, words.folded)
    signs, hidden = longest(all_signs(words, local, table))
    framed = constructs(local, table, grounds, hidden)
    signs = without(signs, [literal for one in framed for literal in one.literals])
    own = table.own_actor(segment.actor or document.metadata.actor)
    standing = Standing(
        signs=[*first_of_crossing([s for s in signs if s.sets]), *_quoted(words, table)],
        slots=[slot for one in framed for slot in one.slots],
        ends=Ends(sign for sign in signs if sign.cue.kind == "terminate"),
        grounds=grounds,
        own=own,
    )
    return Reading(standing, axes, start)


def _quoted(words: Words, table: CueTable) -> Sequence[Sign]:
    """Return a sign for every quotation of the cues that are known by quotation marks."""
    return [
        Sign(cue, number, span, "", cue.sets, over="only")
        for number, cue in table.by_quotes
        for span in quotations(words.text, cue.quotes)
        if span.end - span.start >= max(cue.least, 1)
    ]
