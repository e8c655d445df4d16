"""Agreement after discussion less agreement before it, of the same coders on the same documents.

The interval resamples documents, each with both its sides: what is asked is whether discussion changed
agreement on them. Agreement that grew says that coders talked, not that the codebook became clearer: for that
they must code something new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.analysis.agreement import OF_CODE, OF_SETS, coefficients
from qualcode.analysis.agreement.patterns import Pattern
from qualcode.analysis.agreement.ratings import Clusters, Ratings
from qualcode.analysis.agreement.table import FEW, UNDEFINED, Interval, groups, number, shared_units
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled
from qualcode.analysis.load import Row

STAGE = "change"


def change_rows(
    before: Ratings, after: Ratings, codes: Sequence[str], *, resamples: int = RESAMPLES, seed: int = 0
) -> list[Row]:
    """Write rows of `agreement` with the stage `change`, for groups of coders that both have.

    Documents that one of the two lacks are left out; `n_units` are those of after.
    """
    rows: list[Row] = []
    for group in groups(after.coders):
        if not set(group) <= set(before.coders):
            continue
        sides = [ratings.of(group) for ratings in (before, after)]
        levels: list[tuple[str, str, list[Clusters], Sequence[str]]] = [
            ("code", code, [side.of_code(code) for side in sides], OF_CODE) for code in codes
        ]
        levels.append(("all codes", "", [side.of_all(codes) for side in sides], OF_CODE))
        levels.append(("sets", "", [side.of_sets(codes) for side in sides], OF_SETS))
        for level, code, clusters, names in levels:
            held = [shared_units(one) for one in clusters]
            documents = sorted(held[0].keys() & held[1].keys())
            counted = (sum(sum(held[1][d].values()) for d in documents), len(documents))
            for name in names:
                if name == "cohen" and len(group) != 2:
                    continue
                one, other = ({d: side[d] for d in documents} for side in held)
                value, (lo, hi) = changed(one, other, name, resamples=resamples, seed=seed)
                note = UNDEFINED if value is None else FEW if len(documents) < LEAST else ""
                rows.append((STAGE, group, level, code, name, value, lo, hi, *counted, note))
    return rows


def changed(
    before: Clusters, after: Clusters, name: str, *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float | None, Interval]:
    """Return after less before of one coefficient over the same documents, and its 95 % interval."""
    coefficient = coefficients[name]
    documents = sorted(before)
    sides = [[side[d] for d in documents] for side in (before, after)]
    values = [coefficient(sum(side, Counter[Pattern]())) for side in sides]
    if values[0] is None or values[1] is None:
        return None, (None, None)
    value = values[1] - values[0]
    if len(documents) < LEAST:
        return value, (None, None)
    import numpy as np

    weights = resampled(len(documents), resamples=resamples, seed=seed)
    drawn = []
    for side in sides:
        patterns = list(sum(side, Counter[Pattern]()))
        counts = weights @ np.array([[one[p] for p in patterns] for one in side], dtype=float)
        found = [coefficient(dict(zip(patterns, map(float, row), strict=True))) for row in counts]
        drawn.append(np.array([np.nan if v is None else v for v in found]))
    lo, hi = bounds((drawn[1] - drawn[0])[:, None])
    return value, (number(lo[0]), number(hi[0]))
