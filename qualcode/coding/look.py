"""A coded document looked at again: what stood where while it was coded.

Coding forgets what it looked up. Whoever asks afterwards why a match was refused, or what a coding hangs on,
asks here; everything is made when first needed, so a question about one segment costs little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from qualcode.codebook.records import Codebook, Rule, Unless
from qualcode.coding.coded import CodedDocument
from qualcode.coding.context import Assessed, Reading, read_context
from qualcode.coding.found import Matches
from qualcode.coding.longest import inside_longer
from qualcode.coding.plan import plan_of
from qualcode.coding.view import SegmentView, Standing
from qualcode.corpus.segments import Segments
from qualcode.model import Document, Match, Segment, Span
from qualcode.patterns.base import Parts, hull, in_order
from qualcode.patterns.terms import Terms


class Look:
    """A document with its segments, codebook and codings, ready to be asked. Positions count from 0."""

    def __init__(
        self, document: Document, segments: Sequence[Segment], codebook: Codebook, coded: CodedDocument
    ) -> None:
        self.document = document
        self.segments = segments
        self.codebook = codebook
        self.coded = coded
        self._views: dict[int, SegmentView] = {}
        self._readings: dict[int, Reading] = {}

    @property
    def rules(self) -> Mapping[str, Rule]:
        """All rules of the codebook by id."""
        return plan_of(self.codebook).rule_of

    @cached_property
    def position(self) -> dict[int, int]:
        """Where the segment of each index is."""
        if isinstance(self.segments, Segments):
            return {n + 1: n for n in range(len(self.segments))}
        return {segment.index: n for n, segment in enumerate(self.segments)}

    def matches(self, index: int) -> list[Match]:
        """Return the matches of a segment, refused ones too."""
        known = self.coded.matches
        if isinstance(known, Matches):
            return known.of_segment(index)
        return self._matches.get(index, [])

    @cached_property
    def _matches(self) -> dict[int, list[Match]]:
        """All matches by the index of their segment."""
        found: dict[int, list[Match]] = {}
        for match in self.coded.matches:
            found.setdefault(match.segment, []).append(match)
        return found

    @cached_property
    def _standing(self) -> Standing:
        standing = Standing(self.codebook)
        for coding in self.coded.codings:
            parts = [part for match in coding.matches for part in match.parts]
            segment = self.segments[self.position[coding.segment]]
            standing.add(coding.code, segment, in_order(parts))
        return standing

    def view(self, position: int) -> SegmentView:
        """Return a segment as patterns saw it."""
        if position not in self._views:
            segment, index = self.segments[position], plan_of(self.codebook).index
            self._views[position] = SegmentView(
                self.document,
                segment,
                index.places_in(segment),
                index,
                self._standing,
                lambda: [self.view(n) for n in self.turn(position) if n != position],
            )
        return self._views[position]

    def turn(self, position: int) -> list[int]:
        """Return where the segments of a turn are; the segment itself where it lies in none."""
        turn = self.segments[position].turn
        return [n for n, one in enumerate(self.segments) if one.turn == turn] if turn else [position]

    def meaning(self, match: Match) -> Assessed:
        """Return how a match is meant, and which cues say so."""
        position = self.position[match.segment]
        if position not in self._readings:
            self._readings[position] = read_context(self.document, self.segments[position], self.codebook)
        return self._readings[position].meaning(match.parts)

    def family(self, code: str) -> str:
        """Return the name of the codes among which the longest match wins."""
        return "" if self.codebook.overlap == "codebook" else self.codebook.codes[code].facet

    def terms_evidence(self, index: int, family: str, *, without: str = "") -> list[tuple[Span, str]]:
        """Return the evidence of `terms` rules of a family in a segment, each with its rule."""
        return [
            (hull(match.parts), match.rule)
            for match in self.matches(index)
            if match.rule != without
            and isinstance(self.rules[match.rule].pattern, Terms)
            and self.family(match.code) == family
        ]

    def longer(self, index: int, family: str, *, without: str = "") -> dict[Span, str]:
        """Return which stretches lie inside longer ones of a family, and the rules of those."""
        return inside_longer(self.terms_evidence(index, family, without=without))

    def unless_found(self, unless: Unless, position: int) -> tuple[Segment, Parts] | None:
        """Return the first place of what refuses matches, in the segment or anywhere in its turn."""
        for one in self.turn(position) if unless.scope == "turn" else [position]:
            found = unless.pattern.find(self.view(one))
            if found:
                return self.segments[one], min(found, key=lambda parts: (hull(parts), parts))
        return None
