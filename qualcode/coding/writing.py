"""Matches made of what was judged, in the order of results, and the codings that rest on them.

They are columns: of most of them nobody asks for more than their rows in the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.coding.coded import CodedDocument
from qualcode.coding.context import Told
from qualcode.coding.context.answers import inherited
from qualcode.coding.found import Matches
from qualcode.coding.judging import Judged
from qualcode.coding.laid import Laid
from qualcode.coding.plainly import Plain
from qualcode.coding.plan import Plan
from qualcode.coding.standing import codings_of
from qualcode.model import UNASSESSED, Assertion, Span
from qualcode.patterns.base import Parts
from qualcode.problems import Problem
from qualcode.problems import in_order as problems_in_order

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column


class _Words(NamedTuple):
    """Words of a document with what refused them, plain ones first; `parts` by place, of those of several."""

    plain: Plain
    parts: dict[int, Parts]


class Writing:
    """What one document's words come to, once it is known how they are meant."""

    def __init__(
        self,
        laid: Laid,
        plan: Plan,
        judged: Sequence[Judged],
        plain: Plain,
        problems: Sequence[Problem],
    ) -> None:
        self.laid, self._plan = laid, plan
        self._judged, self._plain, self._problems = judged, plain, problems

    def told(self) -> Told:
        """Return all that stands, plain words first; where a question is taken over, the words of that."""
        plain = self._plain
        columns = zip(*[column[plain.reasons == 0].tolist() for column in plain[:3]], strict=True)
        pieces: list[tuple[int, Parts]] = [
            (position, (Span(start, end),)) for position, start, end in columns
        ]
        for one in self._judged:
            if one.stands and one.taken:
                pieces += [(one.taken[0], parts) for parts in one.taken[1]]
            elif one.stands:
                pieces += [(one.position, parts) for *_, parts, why in one.evidence if not why]
        positions, parts = [position for position, _ in pieces], [parts for _, parts in pieces]
        return Told(self.laid.document, self.laid.segments, positions, parts)

    def coded(self, meant: Sequence[Assertion] = ()) -> CodedDocument:
        """Make matches and codings; `meant` says how what was `told` is meant, in that order, if it does."""
        matches = self._matches(meant)
        codings = codings_of(matches, self._plan, self.laid.document)
        return CodedDocument(codings, matches, tuple(problems_in_order(self._problems)))

    def _matches(self, meant: Sequence[Assertion]) -> Matches:
        (positions, starts, ends, rules, reasons), parts = self._words()
        assertions, numbers = self._meaning(meant, reasons)
        if self._judged:
            order = np.lexsort((self._plan.of_code[rules], ends, starts, positions))
            if parts:
                moved = np.argsort(order).tolist()
                parts = {moved[place]: its for place, its in parts.items()}
            columns = positions, starts, ends, rules, reasons
            positions, starts, ends, rules, reasons = [column[order] for column in columns]
            numbers = None if numbers is None else numbers[order]
        indexes = self.laid.indexes(positions)
        return Matches(self._plan.labels, indexes, rules, starts, ends, reasons, parts, assertions, numbers)

    def _words(self) -> _Words:
        """Lay all words behind one another."""
        if not self._judged:
            return _Words(self._plain, {})
        numbers = self._plan.reasons
        rows: list[tuple[int, int, int, int, int]] = []
        parts: dict[int, Parts] = {}
        first = len(self._plain.positions)
        for one in self._judged:
            for start, end, rule, its, why in one.evidence:
                if len(its) > 1:
                    parts[first + len(rows)] = its
                rows.append((one.position, start, end, rule, numbers[why]))
        judged = np.array(rows, np.int64).reshape(-1, 5).T
        return _Words(Plain(*map(np.concatenate, zip(self._plain, judged, strict=True))), parts)

    def _meaning(
        self, meant: Sequence[Assertion], reasons: Column
    ) -> tuple[tuple[Assertion, ...], Column | None]:
        """Return the assertions there are, and the number of that of each of the words."""
        standing = np.flatnonzero(reasons == 0)
        taken = self._taken()
        if not meant and not taken:
            return (UNASSESSED,), None
        its = list(meant or [UNASSESSED] * len(standing))
        for place in np.flatnonzero(np.isin(standing, taken)).tolist() if taken else ():
            its[place] = inherited(its[place])
        known = {id(UNASSESSED): UNASSESSED} | dict(zip(map(id, its), its, strict=True))
        number = {one: n for n, one in enumerate(known)}
        numbers = np.zeros(len(reasons), np.int64)
        numbers[standing] = list(map(number.__getitem__, map(id, its)))
        return tuple(known.values()), numbers

    def _taken(self) -> list[int]:
        """Return the places of words that take over a question."""
        place = len(self._plain.positions)
        taken: list[int] = []
        for one in self._judged:
            if one.taken:
                taken += range(place, place + len(one.evidence))
            place += len(one.evidence)
        return taken
