"""Rows of `matches`: every place where a rule found its evidence, the refused ones too.

What all matches of a rule have in common is written once, and so is how words are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

from qualcode.analysis.rulecells import RuleCells, Stretches, cells_of, meant, written
from qualcode.analysis.segmentcells import id_cells, side_by_side
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
        self._document, self.matches, self._codebook = document, matches, codebook
        self._segments, self._named = segments, named

    def __len__(self) -> int:
        return len(self.matches)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        rules, id_of = self._rules(), self._ids()
        text = self._document.text
        for match in self.matches:
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

    @property
    def in_columns(self) -> bool:
        """Whether `match_lines` can write them."""
        return isinstance(self._segments, Segments) and isinstance(self.matches, Matches)

    def blocks(self) -> Iterator[str]:
        if not self.in_columns:
            yield from super().blocks()
            return
        for first in range(0, len(self), _AT_ONCE):
            part = slice(first, min(first + _AT_ONCE, len(self)))
            [lines] = match_lines([self], match_stretches([self], part), part)
            yield "".join(lines)

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


def match_stretches(each: Sequence[MatchRows], wanted: slice | None = None) -> Stretches:
    """The cells of where the matches of some documents (`in_columns`) stand, all or of each the same part."""
    held = _held(each, wanted)
    texts = [(rows._document.text, part.stop - part.start) for rows, _, part in held]
    return cells_of(each[0]._codebook).stretches(
        side_by_side([matches.starts[part] for _, matches, part in held]),
        side_by_side([matches.ends[part] for _, matches, part in held]),
        texts,
    )


def match_lines(
    each: Sequence[MatchRows], stretches: Stretches, wanted: slice | None = None
) -> list[list[str]]:
    """Write the rows of some documents, all or of each the same part; given are their `match_stretches`."""
    if not each:
        return []
    cells, held = cells_of(each[0]._codebook), _held(each, wanted)
    starts, ends, quotes, spans, items = stretches
    low = 0
    for rows, matches, part in held:
        if matches.parts:
            spans, items = [*spans], [*items]
            for n in range(part.start, part.stop):
                if its := matches.parts.get(n):
                    at = low + n - part.start
                    spans[at], items[at] = evidence(rows._document.text, its)
        low += part.stop - part.start
    columns = zip(
        side_by_side([matches.segments[part] for _, matches, part in held]).tolist(),
        chain.from_iterable(
            map(cells.rules(matches.labels, rows._named).__getitem__, matches.rules[part].tolist())
            for rows, matches, part in held
        ),
        *(starts, ends, quotes, spans, items),
        chain.from_iterable(_ends(cells, matches, part) for _, matches, part in held),
        strict=True,
    )
    lines = []
    for rows, _, part in held:
        head, close = id_cells(rows._document.id)
        close = f"{close},"
        lines.append(
            [
                f"{head}{segment}{close}{rule}{start},{end},{quote},{parts},{found}{last}"
                for segment, rule, start, end, quote, parts, found, last in islice(
                    columns, part.stop - part.start
                )
            ]
        )
    return lines


def _held(each: Sequence[MatchRows], wanted: slice | None) -> list[tuple[MatchRows, Matches, slice]]:
    return [
        (rows, rows.matches, wanted or slice(0, len(rows)))
        for rows in each
        if isinstance(rows.matches, Matches)
    ]


def _ends(cells: RuleCells, matches: Matches, wanted: slice) -> Iterable[str]:
    """The last cells of some matches: how they are meant, and what refused them."""
    reasons, assertions = matches.labels.reasons, matches.assertions
    several = len(assertions)
    if matches.meant is None and not matches.reasons.any():  # nearly always
        return repeat(cells.ends[meant(assertions[0]), reasons[0]], wanted.stop - wanted.start)
    keys = matches.reasons[wanted] * several
    if matches.meant is not None:
        keys = keys + matches.meant[wanted]
    known: Known[int, str] = Known(
        lambda key: cells.ends[meant(assertions[key % several]), reasons[key // several]]
    )
    return map(known.__getitem__, keys.tolist())


def evidence(text: str, parts: Sequence[Span]) -> tuple[str, str]:
    """The cells parts and matched of a match."""
    matched = csv_list(text[part.start : part.end] for part in parts)
    return join_list(map(written, parts)), matched
