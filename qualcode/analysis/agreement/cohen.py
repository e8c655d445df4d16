"""Cohen's kappa: agreement of two coders beyond what their own habits would give by chance.

(Po - Pe) / (1 - Pe), Pe = sum over values of the product of the two coders' shares; over all units that both
saw, those left uncoded by both included. Cohen 1960. Undefined for other numbers of coders, without units,
and where both gave one and the same value throughout: nothing varies, so nothing can agree beyond chance.
"""

from __future__ import annotations

from qualcode.analysis.agreement.patterns import Patterns, complete


def cohen(patterns: Patterns) -> float | None:
    """Return Cohen's kappa of two coders, None where it is undefined.

    >>> round(cohen({(1, 1): 20, (1, 2): 5, (2, 1): 10, (2, 2): 15}), 9)
    0.4
    """
    units = complete(patterns)
    whole = sum(units.values())
    if not whole or any(len(pattern) != 2 for pattern in units):
        return None
    first: dict[object, float] = {}
    second: dict[object, float] = {}
    same = 0.0
    for (one, other), weight in units.items():
        first[one] = first.get(one, 0.0) + weight
        second[other] = second.get(other, 0.0) + weight
        same += weight if one == other else 0.0
    if len(first.keys() | second.keys()) < 2:
        return None
    chance = sum(count * second.get(value, 0.0) for value, count in first.items()) / whole**2
    return (same / whole - chance) / (1 - chance)
