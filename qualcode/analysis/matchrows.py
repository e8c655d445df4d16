"""Rows of `matches`: every place where a rule found its evidence, the refused ones too.

What all matches of a rule have in common is written once, and so is how words are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from qualcode.analysis.rulecells import cells_of, meant, written
from qualcode.analysis.segmentcells import id_cells
from qualcode.cells import join_list
from qualcode.columns import MATCHES
from qualcode.corpus.segments import Segments
from qualcode.csvlines import Known, Rows, csv_list, csv_text
from qualcode.model import UNASSESSED, Document, Match, Segment, Span

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook

_AT_ONCE = 20_000  # matches written together
_told = attrgetter("segment", "code", "rule", "parts", "blocked_by", "assertion")


class MatchRows(Rows):
    """The matches of one document as rows of `matches`, in the order they come.

    `named` says how to name a codebook file; without, it is named as the codebook was read.
    """

    kinds = tuple(column.type for column in MATCHES)

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        matches: Sequence[Match],
        codebook: Codebook,
        named: Callable[[str], str] = str,
    ) -> None:
        self._document, self._matches, self._codebook = document, matches, codebook
        self._segments, self._named = segments, named

    def __len__(self) -> int:
        return len(self._matches)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        rules, id_of = self._rules(), self._ids()
        text = self._document.text
        for match in self._matches:
            span = match.span
            yield (
                self._document.id,
                id_of(match.segment),
                *rules(match.code, match.rule),
                span.start,
                span.end,
                text[span.start : span.end],
                tuple(map(written, match.parts)),
                tuple(text[part.start : part.end] for part in match.parts),
                *meant(match.assertion),
                match.blocked_by,
            )

    def blocks(self) -> Iterator[str]:
        if not isinstance(self._segments, Segments):
            yield from super().blocks()
            return
        for first in range(0, len(self._matches), _AT_ONCE):
            yield "".join(self._lines(self._matches[first : first + _AT_ONCE]))

    def _lines(self, matches: Sequence[Match]) -> Iterator[str]:
        cells, text = cells_of(self._codebook), self._document.text
        rules, texts, items, ends = cells.matches, cells.texts, cells.items, cells.ends
        files: Known[str, str] = Known(lambda path: csv_text(self._named(path)))
        head, close = id_cells(self._document.id)
        for segment, code, rule, parts, why, assertion in map(_told, matches):
            whose, path, line = rules[code, rule]
            if len(parts) == 1:
                ((start, end),) = parts
                words = text[start:end]
                found = f"{start},{end},{texts[words]},{start}-{end},{items[words]}"
            else:
                found = evidence(text, parts)
            end_cells = ends[None if assertion is UNASSESSED else meant(assertion), why]
            yield f"{head}{segment}{close},{whose},{files[path]},{line},{found},{end_cells}\r\n"

    def _ids(self) -> Callable[[int], str]:
        """Return a function from the index of a segment to its id."""
        if isinstance(self._segments, Segments):
            return lambda index: f"{self._document.id}:{index}"
        return {segment.index: segment.id for segment in self._segments}.__getitem__

    def _rules(self) -> Callable[[str, str], tuple[object, ...]]:
        """What the row of a match says of its rule: code facet rule kind file line."""
        rules = {rule.id: rule for code in self._codebook.codes.values() for rule in code.rules}

        def told(code: str, rule: str) -> tuple[object, ...]:
            its, place = rules[rule], rules[rule].place
            facet = self._codebook.facet_of(code)
            return code, facet, rule, its.kind, self._named(place.path), place.line or None

        return told


def evidence(text: str, parts: Sequence[Span]) -> str:
    """The cells start, end, quote, parts and matched of a match."""
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    matched = csv_list(text[part.start : part.end] for part in parts)
    return f"{start},{end},{csv_text(text[start:end])},{join_list(map(written, parts))},{matched}"
