"""Before against after a date, document by document: what `shift` reports of its node, placebos and scan.

Talk is compared within itself: of every document that tells of both sides, the share of segments with the
code after, less the share before; signs are flipped (`exact`). Documents lie on one side each: the mean of
their shares after, less the mean before; labels are exchanged. The two are never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.exact import Tested, cohen_h, exchange, log_odds_ratio, sign_flip
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.model import TALK, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.analysis.given import Given

BOTH_SIDES = 6  # documents of talk, below which the floor of p is above .05
ONE_SIDE, ALL_SIDES = 3, 8  # documents: at least 3 against 5


@dataclass(frozen=True, slots=True)
class Sides:
    """Segments of one kind before and after a date: by document, and of those with each code."""

    paired: bool
    before: Any  # segments before, per document
    after: Any
    found_before: Any  # with the code, documents by codes
    found_after: Any

    @property
    def used(self) -> Any:
        """Which documents enter: with both sides in talk, with any in documents."""
        both = (self.before > 0) & (self.after > 0)
        return both if self.paired else (self.before > 0) | (self.after > 0)

    @property
    def weak(self) -> str:
        """Why nothing is tested, or ""."""
        k, one, other = (int(x.sum()) for x in (self.used, self.before > 0, self.after > 0))
        if self.paired and k < BOTH_SIDES:
            return f"{k} of at least {BOTH_SIDES} documents tell of both sides: not tested"
        if not self.paired and (min(one, other) < ONE_SIDE or one + other < ALL_SIDES):
            return f"{one} documents before and {other} after, at least 3 and 5 are needed: not tested"
        return ""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One code over one date; numbers are NaN and tests None where there is too little."""

    n_segments: int
    n_documents: int
    n_quotes: int
    n_before: int
    n_after: int
    before: float
    after: float
    diff: float
    lo: float
    hi: float
    h: float
    log_or: float
    up: int | None
    down: int | None
    test: Tested | None
    loo_min: float
    loo_max: float


def sides(
    given: Given,
    kind: str,
    pre: tuple[str, str],
    post: tuple[str, str],
    has: Sequence[Any],
    *,
    transition: int = 0,
) -> Sides:
    """Count segments of a kind in two half-open stretches of days, by document and code.

    So many days of `transition` on either side of the later one's first are of neither.
    """
    import numpy as np
    import pandas as pd

    place = given.placed_in((Phase("before", *pre), Phase("after", *post, transition=transition)))
    inside = given.kinds == kind
    document = np.zeros(len(inside), dtype=int)
    document[inside] = pd.factorize(given.document[inside])[0]
    count = int(document[inside].max()) + 1 if inside.any() else 0
    stands = [np.flatnonzero(y & inside) for y in has]
    counted = []
    for side in ("before", "after"):
        here = (place == side) & inside
        counted.append(np.bincount(document[here], minlength=count).astype(float))
        found = [np.bincount(document[rows[here[rows]]], minlength=count) for rows in stands]
        counted.append(np.stack(found, axis=1).astype(float))
    return Sides(kind in TALK, counted[0], counted[2], counted[1], counted[3])


def contrast(held: Sides, code: int, *, seed: int, resamples: int, tested: bool = True) -> Contrast:
    """Compare one code (by its place) over the two sides; `tested` says whether somebody reads the test."""
    import numpy as np

    nothing = float("nan")
    used = held.used
    n, m = held.before[used], held.after[used]
    y, z = held.found_before[used, code], held.found_after[used, code]
    early, late = n > 0, m > 0
    segments, quotes = int(n.sum() + m.sum()), int(y.sum() + z.sum())
    sizes = (segments, int(used.sum()), quotes, int(early.sum()), int(late.sum()))
    if not early.any() or not late.any():
        empty = (nothing, nothing, nothing, nothing, nothing, nothing, nothing)
        return Contrast(*sizes, *empty, None, None, None, nothing, nothing)
    p, q = y[early] / n[early], z[late] / m[late]
    before, after = float(p.mean()), float(q.mean())
    low = high = np.array([nothing])
    up = down = None
    if held.paired:
        d = q - p
        up, down = int((d > 0).sum()), int((d < 0).sum())
        left_out = (d.sum() - d) / (len(d) - 1) if len(d) > 1 else np.array([nothing])
        if len(d) >= LEAST:
            low, high = bounds((resampled(len(d), resamples=resamples, seed=seed) / len(d)) @ d[:, None])
        test = None if held.weak or not tested else sign_flip(d, seed=seed)
    else:
        parts = [
            after - (p.sum() - p) / (len(p) - 1) if len(p) > 1 else np.array([]),
            (q.sum() - q) / (len(q) - 1) - before if len(q) > 1 else np.array([]),
        ]
        left_out = np.concatenate(parts) if sum(map(len, parts)) else np.array([nothing])
        if min(len(p), len(q)) >= LEAST:
            one = resampled(len(p), resamples=resamples, seed=seed) @ p / len(p)
            other = resampled(len(q), resamples=resamples, seed=seed + 1) @ q / len(q)
            low, high = bounds((other - one)[:, None])
        test = None if held.weak or not tested else exchange(p, q, seed=seed)
    return Contrast(
        *sizes,
        before,
        after,
        after - before,
        float(low[0]),
        float(high[0]),
        cohen_h(before, after),
        log_odds_ratio(z.sum(), m.sum() - z.sum(), y.sum(), n.sum() - y.sum()),
        up,
        down,
        test,
        float(left_out.min()),
        float(left_out.max()),
    )
