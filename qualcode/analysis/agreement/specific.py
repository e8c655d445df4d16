"""Positive and negative agreement: how far coders agree where one gives a code, and where one does not.

For two coders positive agreement is 2a / (2a + b + c), a the units both coded, b and c those one of them did;
negative agreement is 2d / (2d + b + c). For more coders: of all pairs (a rating with the code, another
coder's rating of the unit), the share where the other one has it too. Cicchetti & Feinstein 1990; for many
raters Spitzer & Fleiss 1974. A code that nobody gave has no positive agreement: undefined.
"""

from __future__ import annotations

from collections.abc import Hashable

from qualcode.analysis.agreement.patterns import Patterns, rated


def specific(patterns: Patterns, value: Hashable) -> float | None:
    """Return the specific agreement on one value, None where nobody gave it."""
    agreed = possible = 0.0
    for values, count, weight in rated(patterns):
        agreed += weight * values[value] * (values[value] - 1)
        possible += weight * values[value] * (count - 1)
    return agreed / possible if possible else None


def positive(patterns: Patterns) -> float | None:
    """Return agreement on the code's presence (`True`).

    >>> positive({(True, True): 1, (True, False): 1, (False, False): 8})
    0.6666666666666666
    """
    return specific(patterns, True)


def negative(patterns: Patterns) -> float | None:
    """Return agreement on the code's absence (`False`)."""
    return specific(patterns, False)
