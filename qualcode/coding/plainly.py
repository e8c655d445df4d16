"""Plain words without conditions, judged as columns: most rules of most codebooks are nothing else.

Such a rule finds its words where they stand, each stretch once, and one of them is enough for its code. Only
a longer word of the family or the role of who speaks can refuse them, so there is nothing to judge segment by
segment: those of many documents are put in the order of results at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.text.ordered import order_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.candidates import Tries
    from qualcode.coding.laid import Laid
    from qualcode.coding.occurrences import Column
    from qualcode.coding.plan import Plan


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


def plain_words(tries: Tries, wanted: NDArray[np.bool_], longer: Column, plan: Plan) -> Plain:
    """Return what the wanted tries find; only what lies inside longer words is refused yet.

    `longer` says inside whose words each occurrence lies (`longer.whose_words`).
    """
    trying = np.flatnonzero(wanted)
    row, among = Lists(tries.rows.starts, np.arange(len(longer))).each(trying)
    occurrence, reason = tries.rows.members[among], plan.longer[longer[among]]
    place, rule = tries.segments[trying][row], tries.rules[trying][row]
    start, end = tries.occurrences.start[occurrence], tries.occurrences.end[occurrence]
    order = order_by(place, start, end, rule)
    place, start, end, rule, reason = [column[order] for column in (place, start, end, rule, reason)]
    new = np.ones(len(place), bool)  # words of one rule on the same stretch are one
    new[1:] = np.logical_or.reduce([one[1:] != one[:-1] for one in (place, start, end, rule)])
    if new.all():
        return Plain(place, start, end, rule, reason)
    return Plain(place[new], start[new], end[new], rule[new], reason[new])


def refuse_asking(plain: Plain, laid: Laid, plan: Plan) -> None:
    """Refuse the words of who asks, but those refused before."""
    if laid.anybody_asks:
        plain.reasons[laid.asking[plain.positions] & (plain.reasons == 0)] = plan.reasons["interviewer"]
