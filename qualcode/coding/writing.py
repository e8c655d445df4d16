"""Matches made of what was judged, in the order of results, and the codings that rest on them.

They are columns: of most of them nobody asks for more than their rows in the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
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
from qualcode.model import UNASSESSED, Assertion
from qualcode.patterns.base import Parts, hull
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
        (positions, starts, ends, _, reasons), parts = self._words
        standing = np.flatnonzero(reasons == 0)
        positions, starts, ends = positions[standing], starts[standing], ends[standing]
        several = {int(standing.searchsorted(n)): its for n, its in parts.items() if reasons[n] == 0}
        for place, (question, its) in self._taken.items():
            row = int(standing.searchsorted(place))
            positions[row], (starts[row], ends[row]) = question, hull(its)
            several[row] = its
        return Told(self.laid.document, self.laid.segments, positions, starts, ends, several)

    def coded(self, assertions: Sequence[Assertion] = (), meant: Column | None = None) -> CodedDocument:
        """Make matches and codings; `meant` has the number of the assertion of all that was `told`."""
        matches = self._matches(assertions, meant)
        codings = codings_of(matches, self._plan, self.laid.document)
        return CodedDocument(codings, matches, tuple(problems_in_order(self._problems)))

    def _matches(self, assertions: Sequence[Assertion], meant: Column | None) -> Matches:
        (positions, starts, ends, rules, reasons), parts = self._words
        assertions, numbers = self._meaning(assertions, meant)
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

    @cached_property
    def _words(self) -> _Words:
        """All words, behind one another."""
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
        self, assertions: Sequence[Assertion], meant: Column | None
    ) -> tuple[Sequence[Assertion], Column | None]:
        """Return the assertions there are, and the number of that of each of the words."""
        if meant is None and not self._taken:
            return (UNASSESSED,), None
        reasons = self._words.plain.reasons
        numbers = np.zeros(len(reasons), np.int64)
        if meant is not None:
            numbers[reasons == 0] = meant
        if not self._taken:
            return assertions, numbers
        known = {one: n for n, one in enumerate(assertions or (UNASSESSED,))}
        named = tuple(known)
        for place in self._taken:
            numbers[place] = known.setdefault(inherited(named[numbers[place]]), len(known))
        return tuple(known), numbers

    @cached_property
    def _taken(self) -> dict[int, tuple[int, Parts]]:
        """The places of words that take over a question; the position of this, and its words."""
        place = len(self._plain.positions)
        taken: dict[int, tuple[int, Parts]] = {}
        for one in self._judged:
            if one.taken:
                question, parts = one.taken
                taken |= {place + n: (question, its) for n, its in enumerate(parts)}
            place += len(one.evidence)
        return taken
