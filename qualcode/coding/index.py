"""All literals of a codebook in one automaton.

The automaton runs over the folded document once and reports every place where the first piece of a term
stands, overlaps included; word boundaries, `*` and gaps are then checked at those places only. Occurrences of
one term in a segment are leftmost and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qualcode.coding.literals import Literal, literal, match_at
from qualcode.coding.searched import Searched
from qualcode.model import Segment, Span
from qualcode.patterns.base import Parts
from qualcode.patterns.term import Term
from qualcode.text.words import cuts_word

Places = dict[int, list[Parts]]  # entry -> its occurrences in one segment, in reading order


class Index:
    """The terms of a codebook, numbered: terms that are equal after folding share an entry."""

    def __init__(self, terms: Iterable[Term], kinds: frozenset[str]) -> None:
        self._kinds = kinds
        self._entries: dict[Literal, int] = {}
        self._numbers: dict[Term, int] = {}
        self._ranks: dict[int, tuple[tuple[Term, ...], dict[int, int]]] = {}
        for term in terms:
            if term not in self._numbers:
                folded = literal(term, kinds)
                self._numbers[term] = self._entries.setdefault(folded, len(self._entries))
        anchored: dict[str, list[tuple[int, Literal]]] = {}
        for folded, number in self._entries.items():
            anchored.setdefault(folded.anchor, []).append((number, folded))
        self._at_anchor = list(anchored.values())
        self.anchors = tuple(anchored)  # what the automaton looks for
        self._automaton = _automaton(list(anchored))

    def numbers(self, terms: Iterable[Term]) -> set[int]:
        """Return the entries of some terms the index was made with."""
        return {self._numbers[term] for term in terms}

    def ranks(self, terms: tuple[Term, ...]) -> dict[int, int]:
        """Return the entries of a list of terms the index was made with, each with its first place in it.

        Patterns ask again and again with the same tuple, so the answer is kept, by identity.
        """
        known = self._ranks.get(id(terms))
        if known is None or known[0] is not terms:
            ranks: dict[int, int] = {}
            for place, term in enumerate(terms):
                ranks.setdefault(self._numbers[term], place)
            known = self._ranks[id(terms)] = (terms, ranks)
        return known[1]

    def scan(self, text: str, segments: Sequence[Segment]) -> list[Places]:
        """Return, for each segment, where each entry stands. Segments are in order and do not overlap."""
        found: list[Places] = [{} for _ in segments]
        if not self._at_anchor or not segments:
            return found
        where = Searched(text, self._kinds)
        bounds = [(where.searched(s.span.start), where.searched(s.span.end)) for s in segments]
        hits = self._automaton.find_matches_as_indexes(where.text, overlapping=True)
        at = 0
        start, end = bounds[0]
        for anchor, first, last in hits:  # in order of their ends
            while end < last:
                at += 1
                if at == len(bounds):
                    return _settled(found)
                start, end = bounds[at]
            if first < start:
                continue
            for number, folded in self._at_anchor[anchor]:
                parts: Parts | None
                if not folded.simple:
                    parts = match_at(folded, where, first, start, end)
                elif cuts_word(where.text, first, start, end) or cuts_word(where.text, last, start, end):
                    continue
                else:
                    parts = (Span(where.origin(first), where.origin(last - 1) + 1),)
                if parts is not None:
                    found[at].setdefault(number, []).append(parts)
        return _settled(found)


def _settled(found: list[Places]) -> list[Places]:
    """Keep the leftmost occurrences of each entry that do not overlap."""
    for places in found:
        for number, occurrences in places.items():
            if len(occurrences) > 1:
                kept: list[Parts] = []
                end = -1
                for parts in occurrences:
                    if parts[0].start >= end:
                        kept.append(parts)
                        end = parts[-1].end
                places[number] = kept
    return found


def _automaton(patterns: list[str]) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(
        patterns,
        matchkind=ahocorasick_rs.MatchKind.Standard,
        implementation=ahocorasick_rs.Implementation.DFA,
    )
