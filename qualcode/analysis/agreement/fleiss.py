"""Fleiss' kappa: agreement of any fixed number of coders, who need not be the same for every unit.

(P - Pe) / (1 - Pe): P is pairwise agreement, Pe the sum of the squared shares of the values over all ratings.
Fleiss 1971. For two coders it is Scott's pi. It needs as many ratings of every unit, so only units that all
coders saw count. Undefined without such units and where nothing varies.
"""

from __future__ import annotations

from qualcode.analysis.agreement.patterns import Patterns, complete, totals
from qualcode.analysis.agreement.percent import percent


def fleiss(patterns: Patterns) -> float | None:
    """Return Fleiss' kappa, None where it is undefined."""
    units = complete(patterns)
    given = totals(units)
    if len(given) < 2:
        return None
    whole = sum(given.values())
    chance = sum((count / whole) ** 2 for count in given.values())
    agreed = percent(units)
    return None if agreed is None else (agreed - chance) / (1 - chance)
