"""A segment as patterns see it: what stands where, what is excepted, which codes are there already."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from copy import copy

from qualcode.codebook.records import Codebook
from qualcode.coding.index import Index
from qualcode.coding.occurrences import Places
from qualcode.model import Document, Segment, Span
from qualcode.patterns.base import Parts, Scope, codes_of
from qualcode.patterns.term import Term
from qualcode.problems import Problem
from qualcode.text.sentences import has_han, sentence_spans
from qualcode.text.words import counted_places


class Standing:
    """Codings that stand so far, for patterns that ask about other codes."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._evidence: dict[str, dict[int, Parts]] = {}  # code -> segment index -> its evidence
        self._turns: dict[str, set[int]] = {}  # code -> turns with it

    def add(self, code: str, segment: Segment, parts: Parts) -> None:
        self._evidence.setdefault(code, {})[segment.index] = parts
        self._turns.setdefault(code, set()).add(segment.turn)

    def of(self, code: str, segment: Segment, scope: Scope) -> list[Parts]:
        """Return the evidence of a code and its descendants here; the whole segment for one in the turn."""
        codes = codes_of(code, self._codebook.descendants)
        here = [self._evidence.get(one, {}).get(segment.index) for one in codes]
        found = [parts for parts in here if parts]
        if found or scope == "segment" or not segment.turn:
            return found
        nearby = any(segment.turn in self._turns.get(one, ()) for one in codes)
        return [(segment.span,)] if nearby else []


class SegmentView:
    """What the engine tells patterns about one segment; see `qualcode.patterns.base.View`."""

    __slots__ = (
        *("_document", "_hidden", "_index", "_others", "_places", "_sentences", "_standing", "_word_starts"),
        *("problems", "segment", "span", "text"),
    )

    def __init__(
        self,
        document: Document,
        segment: Segment,
        places: Places,
        index: Index,
        standing: Standing,
        others: Callable[[], Sequence[SegmentView]],
    ) -> None:
        self._document = document
        self.segment = segment
        self.text = segment.text
        self.span = segment.span
        self._places = places
        self._index = index
        self._standing = standing
        self._others = others
        self._hidden: list[Span] = []  # in order, not overlapping
        self._word_starts: list[int] | None = None
        self._sentences: list[Span] | None = None
        self.problems: list[Problem] = []

    def without(self, hidden: Iterable[Span]) -> SegmentView:
        """Return the same segment with the evidence that touches these stretches left out."""
        view = copy(self)
        view._hidden = _merged(hidden)
        return view

    @property
    def document_id(self) -> str:
        return self._document.id

    @property
    def language(self) -> str:
        known = self._document.metadata.language
        return known or ("zh" if has_han(self.text) else "en")

    def found(self, terms: tuple[Term, ...]) -> list[Sequence[Parts]]:
        return [occurrences for _, occurrences in self.placed(terms)]

    def placed(self, terms: tuple[Term, ...]) -> list[tuple[int, Sequence[Parts]]]:
        here = self._places
        if not (here and terms):
            return []
        ranks = self._index.ranks(terms)
        both = here.keys() & ranks.keys()
        if not both:
            return []
        found: list[tuple[int, Sequence[Parts]]] = sorted([(ranks[entry], here[entry]) for entry in both])
        if not self._hidden:
            return found
        clear = ((rank, [parts for parts in each if self.allowed(parts)]) for rank, each in found)
        return [(rank, occurrences) for rank, occurrences in clear if occurrences]

    def allowed(self, parts: Parts) -> bool:
        return not self._hidden or not any(_touches(self._hidden, part) for part in parts)

    def words_before(self, offset: int) -> int:
        if self._word_starts is None:
            self._word_starts = counted_places(self.text)
        return bisect_left(self._word_starts, offset - self.span.start)

    def sentences(self) -> Sequence[Span]:
        if self._sentences is None:
            found = sentence_spans(self._document.text, self.span.start, self.span.end)
            self._sentences = [Span(*pair) for pair in found]
        return self._sentences

    def coded(self, code: str, scope: Scope) -> Sequence[Parts]:
        return self._standing.of(code, self.segment, scope)

    def others(self) -> Sequence[SegmentView]:
        return self._others()

    def report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _touches(spans: list[Span], part: Span) -> bool:
    """Whether a part shares a character with one of some ordered spans that do not overlap."""
    i = bisect_right(spans, part.start, key=lambda span: span.end)
    return i < len(spans) and spans[i].start < part.end
