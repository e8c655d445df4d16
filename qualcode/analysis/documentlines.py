"""Lines of the tables of neighbouring documents, written together.

    [lines] = lines_of([DocumentRows(segments, codings, matches)])     lines.segments, lines.codings, ...

What rows of one table know (the cells of a segment's words, of where a match stands) those of another take
over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qualcode.analysis.codingrows import CodingRows, coding_lines
from qualcode.analysis.matchrows import MatchRows, match_lines, match_stretches
from qualcode.analysis.segmentrows import SegmentRows, segment_lines
from qualcode.csvlines import encoded_lines

_MOST = 5_000  # lines written together: what they are made of stays in the processor's cache


class DocumentRows(NamedTuple):
    """The rows of one document."""

    segments: SegmentRows
    codings: CodingRows
    matches: MatchRows

    @property
    def in_columns(self) -> bool:
        """Whether they can be written together with those of others."""
        return all(rows.in_columns for rows in self) and self.codings.rest_on(self.matches)


class DocumentLines(NamedTuple):
    """The lines of one document, as bytes."""

    segments: bytes
    codings: bytes
    matches: bytes


def lines_of(each: Sequence[DocumentRows]) -> list[DocumentLines | None]:
    """Write the rows of some documents coded with one codebook.

    None for rows that are not kept in columns, and for those of a long document: their `blocks` are to be
    written one after the other.
    """
    made: list[DocumentLines | None] = [None] * len(each)
    held: list[int] = []
    weight = 0
    for n, rows in enumerate(each):
        size = sum(map(len, rows))
        if size > _MOST or not rows.in_columns:
            continue
        if weight + size > _MOST:
            _write(each, held, made)
            held, weight = [], 0
        held.append(n)
        weight += size
    _write(each, held, made)
    return made


def _write(each: Sequence[DocumentRows], held: Sequence[int], made: list[DocumentLines | None]) -> None:
    if not held:
        return
    segments, codings, matches = zip(*map(each.__getitem__, held), strict=True)
    of_segments = segment_lines(segments)
    stretches = match_stretches(matches)
    of_codings = coding_lines(codings, segments=of_segments, stretches=stretches)
    lines = of_segments.lines, of_codings, match_lines(matches, stretches)
    for n, *its in zip(held, *lines, strict=True):
        made[n] = DocumentLines(*map(encoded_lines, its))
