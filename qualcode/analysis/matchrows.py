"""Rows of `matches`: every place where a rule found its evidence, the refused ones too.

What all matches of a rule have in common is written once, and so is how words are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.segmentrows import id_of
from qualcode.cells import Known, Rows, csv_cells, csv_list, csv_text, join_list
from qualcode.columns import MATCHES
from qualcode.model import Assertion, Document, Match, Segment, Span

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook

_TYPES = tuple(column.type for column in MATCHES)


class MatchRows(Rows):
    """The matches of one document as rows of `matches`, in the order they come.

    `named` says how to name a codebook file; without, it is named as the codebook was read.
    """

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        matches: Sequence[Match],
        codebook: Codebook,
        named: Callable[[str], str] = str,
    ) -> None:
        self._document, self._matches, self._codebook = document, matches, codebook
        self._id_of = id_of(document, segments)
        self._named = named

    def __len__(self) -> int:
        return len(self._matches)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        rules = self._rules()
        text = self._document.text
        for match in self._matches:
            span = match.span
            yield (
                self._document.id,
                self._id_of(match.segment),
                *rules(match),
                span.start,
                span.end,
                text[span.start : span.end],
                tuple(map(written, match.parts)),
                tuple(text[part.start : part.end] for part in match.parts),
                *meant(match.assertion),
                match.blocked_by,
            )

    def lines(self) -> Iterator[str]:
        rules, text, id_of_segment = self._rules(), self._document.text, self._id_of
        document = csv_text(self._document.id)
        heads: dict[tuple[str, str], str] = {}
        ends: dict[tuple[int, str], str] = {}
        quotes, lists = Known(csv_text), Known(one_item)
        seen, segment = 0, ""
        for match in self._matches:
            if match.segment != seen:
                seen = match.segment
                segment = f"{document},{csv_text(id_of_segment(seen))}"
            key = match.code, match.rule
            if (head := heads.get(key)) is None:
                head = heads[key] = csv_cells(rules(match), _TYPES[2:8])
            told = id(match.assertion), match.blocked_by
            if (end := ends.get(told)) is None:
                end = ends[told] = csv_cells((*meant(match.assertion), match.blocked_by), _TYPES[13:18])
            if len(match.parts) == 1:
                [(first, last)] = match.parts
                words = text[first:last]
                yield (
                    f"{segment},{head},{first},{last},{quotes[words]},{first}-{last},{lists[words]},{end}\r\n"
                )
            else:
                yield f"{segment},{head},{evidence(text, match.parts)},{end}\r\n"

    def _rules(self) -> Callable[[Match], tuple[object, ...]]:
        """What the row of a match says of its rule: code facet rule kind file line."""
        rules = {rule.id: rule for code in self._codebook.codes.values() for rule in code.rules}

        def told(match: Match) -> tuple[object, ...]:
            rule = rules[match.rule]
            facet = self._codebook.facet_of(match.code)
            place = rule.place
            return match.code, facet, match.rule, rule.kind, self._named(place.path), place.line or None

        return told


def one_item(words: str) -> str:
    """The cell of a list of one."""
    return csv_list((words,))


def evidence(text: str, parts: Sequence[Span]) -> str:
    """The cells start, end, quote, parts and matched of a match."""
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    matched = csv_list(text[part.start : part.end] for part in parts)
    return f"{start},{end},{csv_text(text[start:end])},{join_list(map(written, parts))},{matched}"


def meant(assertion: Assertion) -> tuple[str, str, str, str]:
    """How words are meant, as four cells."""
    return assertion.polarity, assertion.modality, assertion.holder, assertion.reported


def written(span: Span) -> str:
    """A span as cells have it: 3-5."""
    return f"{span.start}-{span.end}"
