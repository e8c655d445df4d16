"""What coders said, as every coefficient takes it: patterns of values, and how many units have each.

A pattern has one place per coder, in a fixed order; `None` means that the coder did not see the unit. Being
left uncoded is a value (`False` for one code, the empty set for all), never a gap:

    {(True, True): 40, (True, False): 3, (False, False): 120, (True, None): 2}

Counts may be fractions or zero, as resampling whole documents makes them. No coefficient depends on the order
of units, and all but the pairwise ones work for any number of coders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping

Pattern = tuple[Hashable | None, ...]
Patterns = Mapping[Pattern, float]


def patterns_of(units: Iterable[Pattern]) -> Counter[Pattern]:
    """Count how many units have each pattern.

    >>> patterns_of([(True, False), (True, True), (True, False)])[(True, False)]
    2
    """
    return Counter(units)


def rated(patterns: Patterns, *, least: int = 2) -> Iterator[tuple[Counter[Hashable], int, float]]:
    """Yield for each pattern with at least `least` values: how often each value stands, how many, its weight.

    Patterns of weight zero are passed over.
    """
    for pattern, weight in patterns.items():
        values = Counter(value for value in pattern if value is not None)
        count = sum(values.values())
        if weight > 0 and count >= least:
            yield values, count, weight


def complete(patterns: Patterns) -> dict[Pattern, float]:
    """Return the patterns without a gap: the units that every coder saw."""
    return {p: weight for p, weight in patterns.items() if weight > 0 and None not in p}


def totals(patterns: Patterns, *, least: int = 2) -> dict[Hashable, float]:
    """Return how often each value was given, over units with at least `least` values."""
    found: dict[Hashable, float] = {}
    for values, _, weight in rated(patterns, least=least):
        for value, count in values.items():
            found[value] = found.get(value, 0.0) + count * weight
    return found
