"""Percent agreement: the share of pairs of coders that gave a unit the same value, meaned over units.

For two coders this is the plain share of units they agree on. Chance is not taken out: for a rare code it is
high whatever the coders do. Units that fewer than two coders saw say nothing; without any it is undefined.
"""

from __future__ import annotations

from qualcode.analysis.agreement.patterns import Patterns, rated


def percent(patterns: Patterns) -> float | None:
    """Return percent agreement as a share, None where no unit has two values.

    >>> percent({(True, True): 3, (True, False): 1})
    0.75
    """
    agreed = seen = 0.0
    for values, count, weight in rated(patterns):
        agreed += weight * sum(n * (n - 1) for n in values.values()) / (count * (count - 1))
        seen += weight
    return agreed / seen if seen else None
