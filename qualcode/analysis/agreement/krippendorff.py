"""Krippendorff's alpha: 1 - observed / expected disagreement, for any number of coders, with gaps.

Every unit with m >= 2 values gives each ordered pair of them with weight 1 / (m - 1). Observed disagreement
is the mean distance of those pairs, expected disagreement that of all pairs of values whatever their unit, no
value paired with itself. Krippendorff 2004, ch. 11. The distance is nominal, or one for sets (`distances`).
Undefined without pairs and where all values are the same.
"""

from __future__ import annotations

from collections.abc import Hashable

from qualcode.analysis.agreement.distances import Distance, nominal
from qualcode.analysis.agreement.patterns import Patterns, rated, totals


def alpha(patterns: Patterns, distance: Distance = nominal) -> float | None:
    """Return Krippendorff's alpha, None where it is undefined. Distances are 0 to 1 (squared differences)."""
    given = totals(patterns)
    whole = sum(given.values())
    if len(given) < 2:
        return None
    observed = 0.0
    for values, count, weight in rated(patterns):
        found = list(values.items())
        for place, (one, n) in enumerate(found):
            for other, k in found[place + 1 :]:
                observed += weight * 2 * n * k * distance(one, other) / (count - 1)
    listed: list[tuple[Hashable, float]] = list(given.items())
    expected = sum(
        2 * n * k * distance(one, other)
        for place, (one, n) in enumerate(listed)
        for other, k in listed[place + 1 :]
    ) / (whole - 1)
    return 1 - observed / expected if expected else None
