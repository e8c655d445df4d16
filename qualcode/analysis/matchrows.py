"""Rows of `matches`: every place where a rule found its evidence, the refused ones too.

What all matches of a rule have in common is written once, and so is how words are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.rulecells import RuleCells, Stretches, cells_of, meant, written
from qualcode.analysis.segmentcells import id_cells
from qualcode.cells import join_list
from qualcode.coding.found import Matches
from qualcode.columns import MATCHES
from qualcode.corpus.segments import Segments
from qualcode.csvlines import Known, Rows, csv_list
from qualcode.model import Document, Match, Segment, Span

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook

_AT_ONCE = 20_000  # matches written together


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
        if not (isinstance(self._segments, Segments) and isinstance(self._matches, Matches)):
            yield from super().blocks()
            return
        matches, text, cells = self._matches, self._document.text, cells_of(self._codebook)
        if len(matches) <= _AT_ONCE:
            yield self._lines(matches, slice(0, len(matches)), cells, cells.stretches(matches, text))
            return
        for first in range(0, len(matches), _AT_ONCE):
            wanted = slice(first, min(first + _AT_ONCE, len(matches)))
            yield self._lines(matches, wanted, cells, cells.stretches_at(matches, text, wanted))

    def _lines(self, matches: Matches, wanted: slice, cells: RuleCells, stretches: Stretches) -> str:
        """Write some of the matches."""
        starts, ends, quotes, spans, items = stretches
        if matches.parts:
            spans, items = [*spans], [*items]
            for n in range(wanted.start, wanted.stop):
                if its := matches.parts.get(n):
                    spans[n - wanted.start], items[n - wanted.start] = evidence(self._document.text, its)
        head, close = id_cells(self._document.id)
        columns = (
            matches.segments[wanted].tolist(),
            map(cells.rules(matches.labels, self._named).__getitem__, matches.rules[wanted].tolist()),
            *(starts, ends, quotes, spans, items),
            self._ends(cells, matches, wanted),
        )
        return "".join(
            [
                f"{head}{segment}{close},{rule},{start},{end},{quote},{parts},{found},{last}\r\n"
                for segment, rule, start, end, quote, parts, found, last in zip(*columns, strict=True)
            ]
        )

    def _ends(self, cells: RuleCells, matches: Matches, wanted: slice) -> Iterable[str]:
        """The last cells of some matches: how they are meant, and what refused them."""
        reasons, assertions = matches.labels.reasons, matches.assertions
        several = len(matches.assertions)
        keys = matches.reasons[wanted] * several
        if matches.meant is not None:
            keys = keys + matches.meant[wanted]
        known: Known[int, str] = Known(
            lambda key: cells.ends[meant(assertions[key % several]), reasons[key // several]]
        )
        return map(known.__getitem__, keys.tolist())

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


def evidence(text: str, parts: Sequence[Span]) -> tuple[str, str]:
    """The cells parts and matched of a match."""
    matched = csv_list(text[part.start : part.end] for part in parts)
    return join_list(map(written, parts)), matched
