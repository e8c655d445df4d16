"""Longest match: evidence of `terms` rules lying properly inside longer evidence of the same family."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from qualcode.model import Span
from qualcode.text.characters import ranges
from qualcode.text.ordered import order_by

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column


def inside_longer(evidence: Iterable[tuple[Span, str]]) -> dict[Span, str]:
    """Say which stretches lie properly inside another, and the rule of the longest that holds them.

    Takes the stretches found in one segment for one family, each with its rule. Equal stretches and crossing
    ones hold nothing of each other. Of several that are longest, the one that starts first is named, then the
    rule whose id comes first. Only stretches that lie in no other are compared, so the work is bounded by how
    many of those can hold one place.

    >>> inside_longer([(Span(0, 2), "a"), (Span(0, 4), "b"), (Span(3, 5), "c")])
    {Span(start=0, end=2): 'b'}
    """
    rules: dict[Span, str] = {}
    for span, rule in evidence:
        rules[span] = min(rule, rules.get(span, rule))
    outer: list[Span] = []  # in none other: starts and ends both rise
    refused: dict[Span, str] = {}
    first = 0
    for span in sorted(rules, key=lambda one: (one.start, -one.end)):
        while first < len(outer) and outer[first].end <= span.start:
            first += 1
        if outer and outer[-1].end >= span.end:
            holders = (one for one in outer[first:] if one.end >= span.end)
            longest = min(holders, key=lambda one: (one.start - one.end, one.start))
            refused[span] = rules[longest]
        else:
            outer.append(span)
    return refused


def holders(groups: Column, starts: Column, ends: Column, ranks: Column) -> Column:
    """Say of many stretches inside which each lies: the rank of the longest one's rule, -1 for none.

    Each group is by itself what `inside_longer` takes; a rule that comes first has the lower rank.

    >>> holders(*np.array([[7, 7, 7, 9], [0, 0, 3, 0], [2, 4, 5, 2], [0, 1, 2, 0]]))
    array([ 1, -1, -1, -1])
    """
    found = np.full(len(groups), -1)
    if len(groups) < 2:
        return found
    order = order_by(groups, starts, -ends, ranks)
    before = groups[order] * (int(ends.max()) + 1)  # the places of one group lie before those of the next
    starts, ends = before + starts[order], before + ends[order]
    new = np.ones(len(order), bool)
    new[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    first = np.flatnonzero(new)  # of equal stretches the one of the first rule
    starts, ends = starts[first], ends[first]
    held = np.zeros(len(first), bool)
    held[1:] = ends[1:] <= np.maximum.accumulate(ends)[:-1]
    if not held.any():
        return found
    outer = np.flatnonzero(~held)  # in none other: starts and ends both rise
    nearest = ends[outer].searchsorted(ends[held])
    behind = starts[outer].searchsorted(starts[held], "right")
    row, place = ranges(nearest, behind)
    length = (ends - starts)[outer[place]]
    # The longest comes first; of several, the one that starts first.
    best = np.minimum.reduceat(
        (length.max() - length) * len(outer) + place, np.flatnonzero(place == nearest[row])
    )
    holder = np.full(len(first), -1)
    holder[held] = ranks[order[first[outer[best % len(outer)]]]]
    found[order] = holder[np.cumsum(new) - 1]
    return found


class Holding:
    """Evidence found in one segment for one family, ready to be asked what lies inside it."""

    def __init__(self, evidence: Iterable[tuple[Span, str]]) -> None:
        ordered = sorted((span.start, -span.end, rule) for span, rule in evidence)
        self._places = [(start, end) for start, end, _ in ordered]
        self._reach = [(0, "", 0)]  # of those before: the farthest, its rule, the farthest of other rules
        farthest, whose, second = self._reach[0]
        for _, end, rule in ordered:
            if rule == whose:
                farthest = max(farthest, -end)
            elif -end > farthest:
                farthest, whose, second = -end, rule, farthest
            else:
                second = max(second, -end)
            self._reach.append((farthest, whose, second))

    def holds(self, span: Span, *, besides: str) -> bool:
        """Whether a stretch lies properly inside evidence of another rule than one.

        >>> holding = Holding([(Span(0, 4), "a"), (Span(0, 3), "b"), (Span(1, 3), "c")])
        >>> holding.holds(Span(1, 3), besides="a"), holding.holds(Span(0, 3), besides="a")
        (True, False)
        """
        before = bisect_left(self._places, (span.start, -span.end))
        farthest, whose, second = self._reach[before]
        return (second if whose == besides else farthest) >= span.end
