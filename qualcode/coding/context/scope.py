"""How far a cue acts: to the end of its clause or sentence, a terminator, its quotation, its `max`.

Offsets are within the segment. All of it is decided by places alone, so it is the same in any order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from qualcode.codebook.cues import AXES
from qualcode.coding.context.quotations import PAIRS, around, quotations
from qualcode.coding.context.signs import Sign
from qualcode.model import Span
from qualcode.patterns.base import Parts
from qualcode.text.sentences import CLOSERS, EITHER, STOPS, clause_spans, sentence_spans
from qualcode.text.words import count_words

ENDS_SENTENCE = STOPS + CLOSERS + EITHER + "&\n"  # what stands where a sentence ends is one of these
ENDS_CLAUSE = ENDS_SENTENCE + "，；：,;:"
_MAY_END = re.compile(f"[{re.escape(ENDS_CLAUSE)}]")
_MARK = re.compile(f"[{''.join(mark for pair in PAIRS for mark in pair)}]")
_BEFORE_QUOTE = "：:，, \t\n"
_OPENING = '“「『"‘'


class Grounds:
    """The sentences, clauses and quotations of one segment."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self._last_unbroken = (-1, -1)
        self._was_unbroken = False

    def sentence(self, offset: int) -> Span:
        """Return the sentence a character lies in."""
        return _holding(self._sentences, offset, len(self.text))

    def clause(self, offset: int) -> Span:
        """Return the clause a character lies in."""
        return _holding(self._clauses, offset, len(self.text))

    @cached_property
    def quoted(self) -> list[Span]:
        """The stretches between quotation marks."""
        return quotations(self.text) if _MARK.search(self.text) else []

    def unbroken(self, end: int, start: int) -> bool:
        """Whether words ending at one place and words starting at another surely share clause and quotation.

        Nothing is quoted in the segment, and from the last character of the one to the first of the other
        stands no sign that may end a clause or a sentence. Blank edges may lie outside of both.
        """
        if self.quoted:
            return False
        if self._last_unbroken != (end, start):  # axis after axis asks about the same words
            text = self.text
            first, last = text[end - 1], text[start : start + 1]
            broken = first.isspace() or last.isspace() or _MAY_END.search(text, end - 1, start + 1)
            self._last_unbroken, self._was_unbroken = (end, start), not broken
        return self._was_unbroken

    def quotation_behind(self, offset: int) -> Span | None:
        """Return the quotation that opens directly behind a place: 说：“……”."""
        at = offset
        while at < len(self.text) and self.text[at] in _BEFORE_QUOTE:
            at += 1
        if at < len(self.text) and self.text[at] in _OPENING:
            return next((one for one in self.quoted if one.start == at + 1), None)
        return None

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentence_spans(self.text, 0, len(self.text))

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        return clause_spans(self.text, 0, len(self.text))


def _holding(spans: Sequence[tuple[int, int]], offset: int, length: int) -> Span:
    """Return the span a character lies in, blank characters with the span before them."""
    n = bisect_right(spans, (offset, length + 1)) - 1
    if n < 0:
        return Span(0, spans[0][1] if spans else length)
    end = spans[n + 1][0] if n + 1 < len(spans) else length
    return Span(spans[n][0], end)


class Ends:
    """Where terminators stand, by axis. One with `dir: forward` ends the cues before it alone."""

    def __init__(self, terminators: Iterable[Sign]) -> None:
        self._starts: dict[str, list[int]] = {axis: [] for axis in AXES}
        self._ends: dict[str, list[int]] = {axis: [] for axis in AXES}
        for sign in terminators:
            for axis in sign.cue.ends:
                if sign.cue.direction != "backward":
                    self._starts[axis].append(sign.span.start)
                if sign.cue.direction != "forward":
                    self._ends[axis].append(sign.span.end)
        self._any = any((*self._starts.values(), *self._ends.values()))
        for places in (*self._starts.values(), *self._ends.values()):
            places.sort()

    @staticmethod
    def of(terminators: Sequence[Sign]) -> Ends:
        """Return where some terminators stand; most segments have none."""
        return Ends(terminators) if terminators else _NO_ENDS

    def between(self, axis: str, start: int, end: int, *, forward: bool) -> bool:
        """Whether a terminator ends what acts on an axis over a stretch, forward or backward."""
        if not self._any:
            return False
        if forward:
            return self.next_from(axis, start, end + 1) <= end
        return self.last_until(axis, end, start - 1) >= start

    def next_from(self, axis: str, offset: int, otherwise: int) -> int:
        """Return where the first terminator at or behind a place begins."""
        starts = self._starts[axis]
        n = bisect_left(starts, offset)
        return min(starts[n], otherwise) if n < len(starts) else otherwise

    def last_until(self, axis: str, offset: int, otherwise: int) -> int:
        """Return where the last terminator at or before a place ends."""
        ends = self._ends[axis]
        n = bisect_right(ends, offset)
        return max(ends[n - 1], otherwise) if n else otherwise


_NO_ENDS = Ends(())


def acts_on(sign: Sign, axis: str, part: Span, grounds: Grounds, ends: Ends) -> bool:
    """Whether a cue acts, on one axis, on a part of some evidence.

    A cue does not act on words it shares a character with (the 不 of 不给 is part of the term), except an
    echo (敢不敢), and except on the holder, where evidence begins with who acts (他们不给). In direction
    `both` either side will do.
    """
    begins, stops = sign.span
    start, end = part
    cue = sign.cue
    if begins < end and start < stops:
        names = axis == "holder" and sign.sets[axis] != "unspecified" and begins == start
        return names or sign.over != ""
    if sign.over == "only":
        return False
    forward = stops <= start
    if cue.direction != "both" and (cue.direction == "forward") != forward:
        return False
    gap = (stops, start) if forward else (end, begins)
    reach = cue.reach
    if reach is not None and reach.unit != "words" and gap[1] - gap[0] > reach.limit:
        return False
    if grounds.unbroken(*gap):
        if ends.between(axis, *gap, forward=forward):
            return False
        return _near_enough(sign, grounds.text, *gap)
    unit = grounds.clause if sign.cue.until == "clause" else grounds.sentence
    inside = around(grounds.quoted, sign.span)
    if forward:
        end = unit(sign.span.end - 1).end
        if inside is not None:
            end = min(end, inside.end)
        spoken = grounds.quotation_behind(sign.span.end)
        if spoken is not None:
            end = spoken.end
        end = ends.next_from(axis, sign.span.end, end)
        reaches = part.start < end
    else:
        start = unit(sign.span.start).start
        if inside is not None:
            start = max(start, inside.start)
        start = ends.last_until(axis, sign.span.start, start)
        reaches = part.end > start
    return reaches and _near_enough(sign, grounds.text, *gap)


def _near_enough(sign: Sign, text: str, start: int, end: int) -> bool:
    reach = sign.cue.reach
    if reach is None:
        return True
    if reach.unit == "words":
        return count_words(text, start, end) <= reach.limit
    return end - start <= reach.limit


def distance(span: Span, parts: Parts) -> int:
    """How many characters lie between a stretch and the nearest part; 0 where they touch."""
    return min(max(part.start - span.end, span.start - part.end, 0) for part in parts)
