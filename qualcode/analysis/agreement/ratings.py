"""Who said what about which segment: the table that all agreement is counted from.

A coder saw the documents in which they have a row, and there every unit; where rows say which units were seen
(a filled sheet, rows without a code), those alone. A unit nobody saw is no unit; one that a coder saw without
coding it was left uncoded by them, which is a value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.agreement.gold import Given, Unit, placed
from qualcode.analysis.agreement.patterns import Pattern

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ratings:
    """For every unit the set of codes of every coder, None where a coder did not see it.

    `judged` has, laid out alike, the codes a coder judged on a unit, where that was not all; None: all. Where
    it is empty everybody judged all codes of the units they saw.
    """

    units: tuple[Unit, ...]
    coders: tuple[str, ...]
    sets: tuple[tuple[Codes | None, ...], ...]
    lost: tuple[Given, ...] = ()  # codings that touch no unit
    judged: tuple[tuple[Codes | None, ...], ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes anybody gave, by code point."""
        return tuple(sorted({c for row in self.sets for codes in row if codes for c in codes}))

    def of(self, coders: Sequence[str]) -> Ratings:
        """Return the ratings of some coders, in their order, on units that at least one of them saw."""
        places = [self.coders.index(coder) for coder in coders]
        rows = [
            (unit, tuple(sets[i] for i in places), tuple(judged[i] for i in places))
            for unit, sets, judged in zip(self.units, self.sets, self._judged(), strict=True)
        ]
        seen = [one for one in rows if any(codes is not None for codes in one[1])]
        judged = tuple(one[2] for one in seen) if self.judged else ()
        return Ratings(
            tuple(one[0] for one in seen), tuple(coders), tuple(one[1] for one in seen), (), judged
        )

    def of_code(self, code: str) -> Clusters:
        """Patterns of one code, given or not, by document."""
        return self._clusters(
            tuple(
                None if s is None or (asked is not None and code not in asked) else code in s
                for s, asked in zip(row, judged, strict=True)
            )
            for row, judged in zip(self.sets, self._judged(), strict=True)
        )

    def of_sets(self, codes: Iterable[str]) -> Clusters:
        """Patterns of whole sets, cut down to some codes, by document; only where all of them were judged."""
        kept = frozenset(codes)
        return self._clusters(
            tuple(
                None if s is None or (asked is not None and not kept <= asked) else s & kept
                for s, asked in zip(row, judged, strict=True)
            )
            for row, judged in zip(self.sets, self._judged(), strict=True)
        )

    def of_all(self, codes: Iterable[str]) -> Clusters:
        """Patterns of every unit and code together, by document."""
        found: Clusters = {}
        for code in codes:
            for document, counts in self.of_code(code).items():
                found.setdefault(document, Counter()).update(counts)
        return found

    def _judged(self) -> Sequence[tuple[Codes | None, ...]]:
        return self.judged or [(None,) * len(self.coders)] * len(self.units)

    def _clusters(self, patterns: Iterable[Pattern]) -> Clusters:
        found: Clusters = {}
        for unit, pattern in zip(self.units, patterns, strict=True):
            found.setdefault(unit.document, Counter())[pattern] += 1
        return found


Clusters = dict[str, "Counter[Pattern]"]


def ratings_of(units: Sequence[Unit], given: Sequence[Given], coders: Sequence[str]) -> Ratings:
    """Put codings of coders on units."""
    on, lost = placed(units, [g for g in given if g.coder in coders])
    seen = _documents_seen(given)
    sheets = _by_sheet(given)
    rows = []
    for unit, here in zip(units, on, strict=True):
        row: list[Codes | None] = []
        for coder in coders:
            mine = [g for g in here if g.coder == coder]
            if mine:
                row.append(frozenset(g.code for g in mine if g.code))
            elif unit.document in seen.get(coder, ()) and (coder, unit.document) not in sheets:
                row.append(frozenset())
            else:
                row.append(None)
        rows.append((unit, tuple(row)))
    kept = [(unit, row) for unit, row in rows if any(codes is not None for codes in row)]
    return Ratings(tuple(u for u, _ in kept), tuple(coders), tuple(row for _, row in kept), tuple(lost))


def _documents_seen(given: Iterable[Given]) -> Mapping[str, set[str]]:
    seen: dict[str, set[str]] = {}
    for one in given:
        seen.setdefault(one.coder, set()).add(one.document)
    return seen


def _by_sheet(given: Iterable[Given]) -> set[tuple[str, str]]:
    """Coders and documents whose rows say which units were seen: some row has no code."""
    return {(g.coder, g.document) for g in given if not g.code}
