"""Plain words without conditions, judged as columns: most rules of most codebooks are nothing else.

Such a rule finds its words where they stand, each stretch once, and one of them is enough for its code. Only
a longer word of the family or the role of who speaks can refuse them, so there is nothing to judge segment by
segment: those of many documents are put in the order of results at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.candidates import Tries
    from qualcode.coding.laid import Laid
    from qualcode.coding.occurrences import Column
    from qualcode.coding.plan import Plan

Longer = Mapping[tuple[int, str], Mapping[Span, str]]  # segment, family -> what lies inside longer words


class Plain(NamedTuple):
    """Words found, by segment, start, end, rule and number of the reason to refuse it: 0 stands."""

    positions: Column
    starts: Column
    ends: Column
    rules: Column
    reasons: Column

    def some(self, wanted: slice, first: int) -> Plain:
        """Return some of them, in order, their segments counted from one of them."""
        positions, *others = [column[wanted] for column in self]
        return Plain(positions - first, *others)


def alone(tries: Tries, simple: NDArray[np.bool_], codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which tries are of simple rules, with no other rule of their code tried in the segment.

    `simple` and `codes` are by rule; the rules of a code have neighbouring numbers.
    """
    found = simple[tries.rules]
    if found.all() or not len(found):
        return found
    code = codes[tries.rules]
    first = np.ones(len(found), bool)
    first[1:] = (tries.segments[1:] != tries.segments[:-1]) | (code[1:] != code[:-1])
    all_simple = np.logical_and.reduceat(found, np.flatnonzero(first))
    return np.asarray(all_simple[np.cumsum(first) - 1], bool)


def plain_words(tries: Tries, wanted: NDArray[np.bool_]) -> Plain:
    """Return what the wanted tries find; nothing is refused yet."""
    trying = np.flatnonzero(wanted)
    row, occurrence = tries.rows.each(trying)
    place, rule = tries.segments[trying][row], tries.rules[trying][row]
    start, end = tries.occurrences.start[occurrence], tries.occurrences.end[occurrence]
    order = np.lexsort((rule, end, start, place))
    place, start, end, rule = place[order], start[order], end[order], rule[order]
    new = np.ones(len(place), bool)  # words of one rule on the same stretch are one
    new[1:] = np.logical_or.reduce([one[1:] != one[:-1] for one in (place, start, end, rule)])
    if new.all():
        return Plain(place, start, end, rule, np.zeros(len(place), np.int64))
    return Plain(place[new], start[new], end[new], rule[new], np.zeros(int(new.sum()), np.int64))


def refuse_longer(plain: Plain, longer: Longer, plan: Plan) -> None:
    """Refuse what lies inside longer words."""
    if not longer:
        return
    inside = np.flatnonzero(np.isin(plain.positions, [position for position, _ in longer]))
    columns = [column[inside].tolist() for column in plain[:4]]
    for n, position, start, end, rule in zip(inside.tolist(), *columns, strict=True):
        if (family := plan.families[rule]) is not None:
            winner = longer.get((position, family), {}).get(Span(start, end))
            if winner:
                plain.reasons[n] = plan.reasons[f"longer:{winner}"]


def refuse_asking(plain: Plain, laid: Laid, plan: Plan) -> None:
    """Refuse the words of who asks, but those refused before."""
    if laid.anybody_asks:
        plain.reasons[laid.asking[plain.positions] & (plain.reasons == 0)] = plan.reasons["interviewer"]
