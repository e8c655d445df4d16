"""Constructs in one segment: 不是{X}而是{Y}, each slot with what is set in it. Offsets within the segment.

A construct lies in one sentence. Its first literal may stand anywhere, each next one as near as may be; slots
between literals are what lies between, the slot before the first and behind the last go as far as `until`
says (the clause, or the sentence) and no farther than `max`. Constructs whose words overlap: the one that
begins first, then the one with more words, then the one written first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.codebook.cues import Cue, Sets
from qualcode.coding.context.scope import Grounds
from qualcode.coding.context.signs import Words, merge, touches
from qualcode.coding.context.table import CueTable, FrameEntries
from qualcode.model import Span
from qualcode.patterns.base import Parts
from qualcode.patterns.distance import Distance
from qualcode.text.words import count_words


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch in which a construct sets something, and the first word of the construct."""

    cue: Cue
    span: Span
    sets: Sets
    mark: Span
    words: str


@dataclass(frozen=True, slots=True)
class Construct:
    """One construct as found: where its words are, and its slots."""

    number: int
    literals: tuple[Span, ...]
    slots: tuple[Slot, ...]


def constructs(words: Words, table: CueTable, grounds: Grounds, hidden: Iterable[Span]) -> list[Construct]:
    """Return the constructs of a segment, in reading order.

    Words that touch a hidden stretch are none of a construct's, unless they hold all of it (不如 in 不如说).
    """
    begins = {entry for entry, _ in words.standing if entry in table.begins}
    if not begins:
        return []
    places: dict[int, list[Parts]] = {}
    for entry, parts in words.standing:
        places.setdefault(entry, []).append(parts)
    framed = [table.frames[n] for n in sorted(n for entry in begins for n in table.begins[entry])]
    standing = [one for one in framed if all(entry in places for entry in one.literals)]
    if not standing:
        return []
    pseudo = sorted(set(hidden))
    found = [one for framed in standing for one in _of_frame(framed, places, grounds, pseudo)]
    found.sort(key=lambda one: (one.literals[0].start, -sum(b - a for a, b in one.literals), one.number))
    kept: list[Construct] = []
    taken: set[int] = set()
    for one in found:
        characters = {i for literal in one.literals for i in range(*literal)}
        if not characters & taken:
            taken |= characters
            kept.append(one)
    return kept


def _of_frame(
    framed: FrameEntries, places: Mapping[int, Sequence[Sequence[Span]]], grounds: Grounds, pseudo: list[Span]
) -> Iterable[Construct]:
    standing = [
        [
            span
            for parts in places.get(entry, ())
            if not touches(_not_within(pseudo, span := Span(parts[0].start, parts[-1].end)), span)
        ]
        for entry in framed.literals
    ]
    starts = [[span.start for span in spans] for spans in standing]
    for first in standing[0]:
        literals = [first]
        sentence = grounds.sentence(first.start)
        for spans, begins in zip(standing[1:], starts[1:], strict=True):
            # Between two literals lies a slot, and an empty one says nothing.
            n = bisect_left(begins, literals[-1].end + 1)
            if n == len(spans) or spans[n].end > sentence.end:
                break
            if not _within(framed.cue.reach, grounds.text, literals[-1].end, spans[n].start):
                break
            literals.append(spans[n])
        if len(literals) == len(framed.literals):
            yield Construct(framed.number, tuple(literals), _slots(framed, literals, grounds))


def _not_within(pseudo: Sequence[Span], span: Span) -> list[Span]:
    near = (one for one in pseudo if one.overlaps(span))
    return merge(one for one in near if not span.contains(one))


def _slots(framed: FrameEntries, literals: Sequence[Span], grounds: Grounds) -> tuple[Slot, ...]:
    cue = framed.cue
    unit = grounds.clause if cue.until == "clause" else grounds.sentence
    edges = [unit(literals[0].start).start, *(edge for one in literals for edge in one)]
    edges.append(unit(literals[-1].end - 1).end)
    found: list[Slot] = []
    for n, name in enumerate(framed.frame.slots):
        start, end = edges[2 * n], edges[2 * n + 1]
        if name in cue.slots and start < end:
            mark = literals[0]
            words = grounds.text[mark.start : mark.end]
            found.append(Slot(cue, Span(start, end), cue.slots[name], mark, words))
    return tuple(found)


def _within(reach: Distance | None, text: str, start: int, end: int) -> bool:
    if reach is None:
        return True
    return (count_words(text, start, end) if reach.unit == "words" else end - start) <= reach.limit
