"""Krippendorff's alpha of whole sets of codes: half right is half counted, by Jaccard or by MASI."""

from __future__ import annotations

from typing import cast

from qualcode.analysis.agreement.distances import Distance, jaccard, masi
from qualcode.analysis.agreement.krippendorff import alpha
from qualcode.analysis.agreement.patterns import Patterns


def alpha_jaccard(patterns: Patterns) -> float | None:
    """Return alpha with Jaccard's distance; values are frozensets of codes."""
    return alpha(patterns, cast(Distance, jaccard))


def alpha_masi(patterns: Patterns) -> float | None:
    """Return alpha with the MASI distance; values are frozensets of codes."""
    return alpha(patterns, cast(Distance, masi))
