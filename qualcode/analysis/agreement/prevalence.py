"""Prevalence: the share of all ratings, by whoever, that give the code. Kappa and alpha mislead where low."""

from __future__ import annotations

from qualcode.analysis.agreement.patterns import Patterns, totals


def prevalence(patterns: Patterns) -> float | None:
    """Return the share of ratings that are `True`, over units with two or more; None without any."""
    given = totals(patterns)
    whole = sum(given.values())
    return given.get(True, 0.0) / whole if whole else None
