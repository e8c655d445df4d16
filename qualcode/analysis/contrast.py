"""Before against after a date, document by document: what `shift` reports of its node, placebos and scan.

Talk is compared within itself: of every document that tells of both sides, the share of segments with the
code after, less the share before; signs are flipped (`exact`). Documents lie on one side each: the mean of
their shares after, less the mean before; labels are exchanged. The two are never added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.exact import Tested, cohen_h, exchange_each, log_odds_ratio, sign_flip_each
from qualcode.analysis.intervals import LEAST, bounds, resampled_columns
from qualcode.model import TALK, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.analysis.gathered import Gathered

BOTH_SIDES = 6  # documents of talk, below which the floor of p is above .05
ONE_SIDE, ALL_SIDES = 3, 8  # documents: at least 3 against 5


@dataclass(frozen=True, slots=True)
class Sides:
    """Segments of one kind before and after a date, by document; those with a code when it is asked for."""

    paired: bool
    before: Any  # segments before, per document
    after: Any
    found: Callable[[int], tuple[Any, Any]]  # the same of those with a code, by its place

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


def sides(held: Gathered, pre: tuple[str, str], post: tuple[str, str], *, transition: int = 0) -> Sides:
    """Count segments of a kind in two half-open stretches of days, by document and code.

    So many days of `transition` on either side of the later one's first are of neither.
    """
    import numpy as np

    place = held.placed((Phase("before", *pre), Phase("after", *post, transition=transition)))
    which = [np.array([one == side for one in place] or [False]) for side in ("before", "after")]
    before, after = (held.exposure(side) for side in which)

    def found(code: int) -> tuple[Any, Any]:
        return held.found(code, which[0]), held.found(code, which[1])

    return Sides(held.kind in TALK, before, after, found)


def contrasts(held: Sides, codes: int, *, seed: int, resamples: int, tested: bool = True) -> list[Contrast]:
    """Compare each of so many codes over the two sides; `tested` says whether somebody reads the tests."""
    import numpy as np

    used = held.used
    n, m = held.before[used], held.after[used]
    early, late = n > 0, m > 0
    counts = [tuple(side[used] for side in held.found(code)) for code in range(codes)]
    if not codes or not early.any() or not late.any():
        return [_contrast(n, m, y, z) for y, z in counts]
    shares = [(y[early] / n[early], z[late] / m[late]) for y, z in counts]
    test = tested and not held.weak
    tests: Sequence[Tested | None] = [None] * codes
    low = high = np.full(codes, np.nan)
    if held.paired:
        gaps = [q - p for p, q in shares]
        if len(gaps[0]) >= LEAST:
            low, high = bounds(resampled_columns(gaps, resamples=resamples, seed=seed, share=True))
        if test:
            tests = sign_flip_each(np.stack(gaps, axis=1), seed=seed)
    else:
        groups = [list(group) for group in zip(*shares, strict=True)]
        if min(len(group[0]) for group in groups) >= LEAST:
            one, other = (
                resampled_columns(group, resamples=resamples, seed=seed + n) / len(group[0])
                for n, group in enumerate(groups)
            )
            low, high = bounds(other - one)
        if test:
            tests = exchange_each(*(np.stack(group, axis=1) for group in groups), seed=seed)
    return [
        _contrast(n, m, y, z, paired=held.paired, low=lo, high=hi, test=done)
        for (y, z), lo, hi, done in zip(counts, low.tolist(), high.tolist(), tests, strict=True)
    ]


def _contrast(
    n: Any,
    m: Any,
    y: Any,
    z: Any,
    *,
    paired: bool = True,
    low: float = float("nan"),
    high: float = float("nan"),
    test: Tested | None = None,
) -> Contrast:
    """One code: segments before and after of the documents used, and how many of them have it."""
    import numpy as np

    nothing = float("nan")
    early, late = n > 0, m > 0
    segments, quotes = int(n.sum() + m.sum()), int(y.sum() + z.sum())
    sizes = (segments, len(n), quotes, int(early.sum()), int(late.sum()))
    if not early.any() or not late.any():
        empty = (nothing, nothing, nothing, nothing, nothing, nothing, nothing)
        return Contrast(*sizes, *empty, None, None, None, nothing, nothing)
    p, q = y[early] / n[early], z[late] / m[late]
    before, after = float(p.mean()), float(q.mean())
    up = down = None
    if paired:
        d = q - p
        up, down = int((d > 0).sum()), int((d < 0).sum())
        left_out = (d.sum() - d) / (len(d) - 1) if len(d) > 1 else np.array([nothing])
    else:
        parts = [
            after - (p.sum() - p) / (len(p) - 1) if len(p) > 1 else np.array([]),
            (q.sum() - q) / (len(q) - 1) - before if len(q) > 1 else np.array([]),
        ]
        left_out = np.concatenate(parts) if sum(map(len, parts)) else np.array([nothing])
    return Contrast(
        *sizes,
        before,
        after,
        after - before,
        low,
        high,
        cohen_h(before, after),
        log_odds_ratio(z.sum(), m.sum() - z.sum(), y.sum(), n.sum() - y.sum()),
        up,
        down,
        test,
        float(left_out.min()),
        float(left_out.max()),
    )
