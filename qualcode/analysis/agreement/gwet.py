"""Gwet's AC1: agreement beyond chance, where chance is what units hard to code would give.

(Pa - Pe) / (1 - Pe), Pe = sum of p(1 - p) / (q - 1) over the q values given, p the mean share of a value
over the units. Gwet 2008. It does not break down for rare codes as kappa and alpha do; it also stays high
where coders agree on little but absence. Undefined where only one value was ever given.
"""

from __future__ import annotations

from collections.abc import Hashable

from qualcode.analysis.agreement.patterns import Patterns, rated
from qualcode.analysis.agreement.percent import percent


def gwet(patterns: Patterns) -> float | None:
    """Return Gwet's AC1, None where it is undefined. Units with one value count for chance."""
    shares: dict[Hashable, float] = {}
    seen = 0.0
    for values, count, weight in rated(patterns, least=1):
        seen += weight
        for value, n in values.items():
            shares[value] = shares.get(value, 0.0) + weight * n / count
    agreed = percent(patterns)
    if agreed is None or len(shares) < 2:
        return None
    chance = sum(p / seen * (1 - p / seen) for p in shares.values()) / (len(shares) - 1)
    return (agreed - chance) / (1 - chance)
