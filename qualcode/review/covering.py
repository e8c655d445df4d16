"""Which segments a stretch of a document means: those it covers half of, else the one it lies in most."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.model import Segment, Span

Covered = tuple[Segment, Span]  # a segment, and what of it was marked


def covered(segments: Sequence[Segment], span: Span) -> list[Covered]:
    """Return the segments a span means, in order, with the marked part of each.

    Nothing where the span touches no segment, and where it lies in two or more in equal small parts: nobody
    can say which is meant.
    """
    touched = [
        (segment, Span(max(span.start, segment.span.start), min(span.end, segment.span.end)))
        for segment in segments
        if segment.span.overlaps(span)
    ]
    half = [(s, part) for s, part in touched if 2 * _size(part) >= _size(s.span)]
    if half or not touched:
        return half
    most = max(_size(part) for _, part in touched)
    held = [(s, part) for s, part in touched if _size(part) == most]
    return held if len(held) == 1 else []


def _size(span: Span) -> int:
    return span.end - span.start
