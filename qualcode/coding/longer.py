"""Which words found lie inside longer words of their family, for many documents at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.coding.longest import holders
from qualcode.coding.occurrences import Lists
from qualcode.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.candidates import Tries
    from qualcode.coding.occurrences import Column
    from qualcode.coding.plan import Plan

Longer = Mapping[tuple[int, str], Mapping[Span, str]]  # segment, family -> what lies inside whose words


def whose_words(tries: Tries, plan: Plan) -> Column:
    """Return, for every occurrence in the rows of tries, the rule inside whose longer words it lies.

    -1 says that it lies in none, or that its rule does not mind.
    """
    found = np.full(len(tries.rows.members), -1)
    if len(tries.nested):
        row, place = Lists(tries.rows.starts, np.arange(len(found))).each(tries.nested)
        occurrence, rule = tries.rows.members[place], tries.rules[tries.nested][row]
        group = tries.segments[tries.nested][row] * len(plan.rules) + plan.of_family[rule]
        start, end = tries.occurrences.start[occurrence], tries.occurrences.end[occurrence]
        rank = holders(group, start, end, plan.rank[rule])
        inside = (rank >= 0) & ~plan.keeps_nested[rule]
        found[place[inside]] = plan.ranked[rank[inside]]
    return found


class Inside(NamedTuple):
    """Words that lie inside longer ones: segment, start, end, their rule and the rule of the longer ones."""

    segments: Column
    starts: Column
    ends: Column
    rules: Column
    longer: Column

    @staticmethod
    def of(tries: Tries, wanted: NDArray[np.bool_], longer: Column) -> Inside:
        """Return those of the wanted tries, by segment; `longer` is what `whose_words` says."""
        place = np.flatnonzero(longer >= 0)
        trying = tries.rows.starts.searchsorted(place, "right") - 1
        place, trying = place[wanted[trying]], trying[wanted[trying]]
        occurrence = tries.rows.members[place]
        start, end = tries.occurrences.start[occurrence], tries.occurrences.end[occurrence]
        return Inside(tries.segments[trying], start, end, tries.rules[trying], longer[place])

    def some(self, wanted: slice, first: int, plan: Plan) -> Longer:
        """Look some of them up, their segments counted from one of them."""
        found: dict[tuple[int, str], dict[Span, str]] = {}
        columns = [column[wanted].tolist() for column in self]
        for segment, start, end, rule, longer in zip(*columns, strict=True):
            its = found.setdefault((segment - first, plan.families[rule]), {})
            its[Span(start, end)] = plan.ids[longer]
        return found
