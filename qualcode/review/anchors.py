"""Finding decided words again after a transcript was corrected. Nothing is found by likeness.

Words are found where they stand with both of their sides, as often as they stood then; or, next to a
correction, with one side, if they stand once in the text and did so then. Short words must stand at the same
distance from that end of the text besides. A repeated 对。 whose number changed is found nowhere: nobody can
say which one is gone. What is not found may have a likely place, which is proposed and never taken without a
person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from qualcode.model import Document, Segment
from qualcode.review.records import Anchor

SIDE = 20  # characters kept on either side
LONG = 8  # words of so many characters are their own, where they stand once
ALIKE = 0.6  # from here on another wording is proposed
State = Literal["unchanged", "moved", "changed", "orphaned"]


@dataclass(frozen=True, slots=True)
class Found:
    """Where decided words are now.

    `segment` is where they stand (unchanged, moved) or may have gone (changed).
    """

    state: State
    segment: Segment | None = None
    why: str = ""


def anchor_of(document: Document, segment: Segment) -> Anchor:
    """Return what finds a segment's words again."""
    text, span = document.text, segment.span
    before, after = _sides(text, span.start, span.end)
    places = list(_places(text, segment.text))
    both, lefts, rights = _standing(text, places, segment.text, before, after)
    return Anchor(
        quote=segment.text,
        before=before,
        after=after,
        speaker=segment.speaker,
        start=span.start,
        size=len(text),
        nth=both.index(span.start),
        copies=len(both),
        lefts=lefts,
        rights=rights,
        repeats=len(places),
    )


def starts_of(segments: Iterable[Segment]) -> dict[int, Segment]:
    """Return the segments of a document by where they begin."""
    return {segment.span.start: segment for segment in segments}


def find_again(
    document: Document,
    segments: Sequence[Segment],
    anchor: Anchor,
    *,
    same_text: bool,
    starts: Mapping[int, Segment] | None = None,
) -> Found:
    """Find the segment an anchor means. `same_text`: the document's text is what it was, to the character.

    Who asks about many anchors gives `starts_of(segments)` along, made once.
    """
    starts = starts_of(segments) if starts is None else starts
    at = anchor.start if same_text else _place(document.text, anchor)
    if at is None:
        return _likely(document, segments, anchor)
    segment = starts.get(at)
    if segment is None or segment.text != anchor.quote:
        inside = next((s for s in segments if s.span.start <= at < s.span.end), None)
        return Found("changed", inside, "other segments are made of these words now")
    if segment.speaker != anchor.speaker:
        return Found("changed", segment, "another speaker says it now")
    return Found("unchanged" if at == anchor.start else "moved", segment)


def _place(text: str, anchor: Anchor) -> int | None:
    """Where the words stand for certain, None where that cannot be said."""
    size = len(anchor.quote)
    places = list(_places(text, anchor.quote))
    both, lefts, rights = _standing(text, places, anchor.quote, anchor.before, anchor.after)
    if both:
        # One more or one less with the same question before it: nobody can say which of them is which.
        as_many = (len(both), lefts, rights) == (anchor.copies, anchor.lefts, anchor.rights)
        return both[anchor.nth] if as_many else None
    if len(places) != 1 or anchor.repeats != 1:
        return None
    before, after = _sides(text, places[0], places[0] + size)
    left, right = before == anchor.before, after == anchor.after
    if size >= LONG and ((left and len(before) == SIDE) or (right and len(after) == SIDE)):
        return places[0]
    from_start = left and places[0] == anchor.start
    from_end = right and len(text) - places[0] == anchor.size - anchor.start
    return places[0] if from_start or from_end else None


def _likely(document: Document, segments: Sequence[Segment], anchor: Anchor) -> Found:
    """Propose a place for words that are not found for certain."""
    text = document.text
    same = [segment for segment in segments if segment.text == anchor.quote]
    if len(same) > 1 or (same and anchor.repeats > 1):
        return Found(
            "orphaned", None, "the words stand in several places, and which one was meant is not known"
        )
    if same and same[0].speaker == anchor.speaker:
        return Found("changed", same[0], "the same words, but what stands round them changed")
    candidates = []
    for segment in segments:
        before, after = _sides(text, segment.span.start, segment.span.end)
        left, right = before == anchor.before != "", after == anchor.after != ""
        if segment.speaker != anchor.speaker or not (left or right):
            continue
        if (left and right) or SequenceMatcher(None, anchor.quote, segment.text).ratio() >= ALIKE:
            candidates.append(segment)
    if len(candidates) == 1:
        return Found("changed", candidates[0], "the words were changed")
    return Found("orphaned", None, "the words are not there any more")


def _standing(
    text: str, places: Sequence[int], quote: str, before: str, after: str
) -> tuple[list[int], int, int]:
    """Where a quote stands with both sides, and how often with the left and with the right one."""
    sides = [(at, *_sides(text, at, at + len(quote))) for at in places]
    both = [at for at, left, right in sides if (left, right) == (before, after)]
    return both, sum(left == before for _, left, _ in sides), sum(right == after for _, _, right in sides)


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(start - SIDE, 0) : start], text[end : end + SIDE]
