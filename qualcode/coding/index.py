"""All literals of a codebook looked for at once.

Every place in the folded segments is found where the first piece of a term stands (`sought.py`), overlaps
included; word boundaries, `*` and gaps are then checked at those places only, boundaries of all of them at
once. Occurrences of one term in a segment are leftmost and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.literals import Literal, Room, literals, match_at, overlaps_itself
from qualcode.coding.occurrences import NO_OCCURRENCES, Evidence, Lists, Occurrences, Places, together
from qualcode.coding.searched import Cuts, Searched, batches
from qualcode.coding.sought import Sought
from qualcode.model import Segment
from qualcode.patterns.base import Parts
from qualcode.patterns.term import Term
from qualcode.text.words import cut_places, word_ends

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column


class Index:
    """The terms of a codebook, numbered: terms that are equal after folding share an entry."""

    def __init__(self, terms: Iterable[Term], kinds: frozenset[str]) -> None:
        self._kinds = kinds
        known = {term.text: term for term in terms}
        self._entries: dict[Literal, int] = {}
        self._numbers: dict[str, int] = {}  # by the text of the term
        self._listed: dict[int, tuple[tuple[Term, ...], list[int]]] = {}
        self._ranks: dict[int, tuple[tuple[Term, ...], dict[int, int]]] = {}
        for text, folded in zip(known, literals(list(known.values()), kinds), strict=True):
            self._numbers[text] = self._entries.setdefault(folded, len(self._entries))
        self._literals = tuple(self._entries)
        anchored: dict[str, list[int]] = {}
        for folded, number in self._entries.items():
            anchored.setdefault(folded.anchor, []).append(number)
        simple = {anchor: all(self._literals[n].simple for n in its) for anchor, its in anchored.items()}
        self._sought = Sought(simple)
        self.anchors = self._sought.strings
        self._at_anchor = Lists.of([anchored[anchor] for anchor in self.anchors])
        self._simple = np.array([one.simple for one in self._literals], bool)
        self._begun = np.array([one.begun for one in self._literals], bool)
        self._patterned = ~(self._simple | self._begun)
        self._crowding = np.array([overlaps_itself(one) for one in self._literals], bool)

    def __len__(self) -> int:
        return len(self._literals)

    def plain(self, terms: Iterable[Term]) -> bool:
        """Whether terms the index was made with have no gaps, so that the same stretch is the same parts."""
        return all(len(self._literals[number].pieces) == 1 for number in self.numbers(terms))

    def numbers(self, terms: Iterable[Term]) -> set[int]:
        """Return the entries of some terms the index was made with."""
        return set(self._each(terms))

    def listed(self, terms: tuple[Term, ...]) -> list[int]:
        """Return the entries of a list of terms the index was made with, each once; the answer is kept."""
        if len(terms) == 1:
            return [self._numbers[terms[0].text]]
        known = self._listed.get(id(terms))
        if known is None or known[0] is not terms:
            known = self._listed[id(terms)] = (terms, list(dict.fromkeys(self._each(terms))))
        return known[1]

    def ranks(self, terms: tuple[Term, ...]) -> dict[int, int]:
        """Return the entries of a list of terms the index was made with, each with its first place in it.

        Patterns ask again and again with the same tuple, so the answer is kept, by identity.
        """
        known = self._ranks.get(id(terms))
        if known is None or known[0] is not terms:
            ranks: dict[int, int] = {}
            for place, number in enumerate(self._each(terms)):
                ranks.setdefault(number, place)
            known = self._ranks[id(terms)] = (terms, ranks)
        return known[1]

    def _each(self, terms: Iterable[Term]) -> Iterator[int]:
        return map(self._numbers.__getitem__, map(attrgetter("text"), terms))

    def scan(self, cuts: Cuts) -> Occurrences:
        """Return where each entry stands. Segments are known by their position among the cuts."""
        if not self._literals:
            return NO_OCCURRENCES
        return together([self._batch(cuts.some(batch), batch.start) for batch in batches(cuts)])

    def places_in(self, segment: Segment) -> Places:
        """Return where each entry stands in one segment."""
        alone = Cuts(segment.text, np.zeros(1, np.int64), np.array([len(segment.text)]))
        return Evidence(self.scan(alone).local(np.array([-segment.span.start]))).places(0)

    def _batch(self, cuts: Cuts, position: int) -> Occurrences:
        where = Searched(cuts, self._kinds)
        anchor, first = self._sought.places(where.codes)
        if not len(anchor):
            return NO_OCCURRENCES
        last = first + self._sought.lengths[anchor]
        segment = where.ends.searchsorted(first, "right")
        segment[segment == len(where.ends)] -= 1
        inside = (first >= where.starts[segment]) & (last <= where.ends[segment])
        inside &= ~cut_places(where.codes, first)
        anchor, first, last, segment = anchor[inside], first[inside], last[inside], segment[inside]
        row, entry = self._at_anchor.each(anchor)
        kept = ~(self._simple[entry] & cut_places(where.codes, last)[row])
        row, entry = row[kept], entry[kept]
        first, last, segment = first[row], last[row], segment[row]
        found = Occurrences(
            segment + position,
            entry,
            where.origins(first, segment),
            where.origins(last - 1, segment) + 1,
            {},
        )
        if not self._simple.all():
            found = self._completed(found, where, first, last, segment)
        return self._settled(found)

    def _completed(
        self, found: Occurrences, where: Searched, first: Column, last: Column, segment: Column
    ) -> Occurrences:
        """Follow terms with `*` and gaps from their anchors to their ends; leave out those without one."""
        wanted = np.ones(len(first), bool)
        parts: dict[int, Parts] = {}
        begun = np.flatnonzero(self._begun[found.entry])
        ends = word_ends(where.codes, last[begun])
        found.end[begun] = where.origins(ends - 1, segment[begun]) + 1
        for row in np.flatnonzero(self._patterned[found.entry]).tolist():
            here = int(segment[row])
            room = Room(where, here, int(where.starts[here]), int(where.ends[here]))
            whole = match_at(self._literals[int(found.entry[row])], int(first[row]), room)
            if whole is None:
                wanted[row] = False
                continue
            found.end[row] = whole[-1].end
            if len(whole) > 1:
                parts[row] = whole
        return Occurrences(found.segment, found.entry, found.start, found.end, parts).chosen(wanted)

    def _settled(self, found: Occurrences) -> Occurrences:
        """Keep, of each entry in each segment, the leftmost occurrences that do not overlap."""
        crowding = np.flatnonzero(self._crowding[found.entry])
        if len(crowding) < 2:
            return found
        wanted = np.ones(len(found.segment), bool)
        ends: dict[tuple[int, int], int] = {}
        columns = (found.segment, found.entry, found.start, found.end)
        for row, segment, entry, start, end in zip(
            crowding.tolist(), *(column[crowding].tolist() for column in columns), strict=True
        ):
            if start < ends.get((segment, entry), 0):
                wanted[row] = False
            else:
                ends[segment, entry] = end
        return found.chosen(wanted)
