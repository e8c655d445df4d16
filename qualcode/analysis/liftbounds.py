"""The interval of lift: documents (cases) are resampled, and the lift of each pair worked out anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qualcode.analysis.contexts import Contexts
from qualcode.analysis.intervals import LEAST, bounds, resampled_counts
from qualcode.analysis.meetings import Pair

BLOCK = 500  # pairs whose lift is resampled at a time
NUMBERS = 4_000_000  # of documents times pairs, at most


def lift_bounds(
    found: Contexts, present: Any, pairs: Sequence[Pair], *, resamples: int, seed: int
) -> tuple[Any, Any]:
    """Resample clusters and return the bounds of lift per pair, NaN where fewer than `LEAST` have a code.

    `present` says which contexts have which codes, a sparse 0/1 matrix by column.
    """
    import numpy as np

    low, high = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    count = int(found.cluster[-1]) + 1 if len(found) else 0
    if not pairs or count < LEAST:
        return low, high

    def again(counts: Any) -> Any:
        return resampled_counts(counts, resamples=resamples, seed=seed)

    whole = again(np.bincount(found.cluster, minlength=count)[:, None])
    step = max(1, min(BLOCK, NUMBERS // count))
    columns = np.split(present.indices, present.indptr[1:-1])
    used = sorted({code for pair in pairs for code in (pair.a, pair.b)})
    place = {code: n for n, code in enumerate(used)}
    codes, spread = [], []  # contexts of a code in each resample; documents that have it
    for start in range(0, len(used), step):
        counts = _by_cluster(found, [columns[code] for code in used[start : start + step]], count)
        codes.append(again(counts))
        spread.append(np.count_nonzero(counts, axis=0))
    resampled, documents = np.concatenate(codes, axis=1), np.concatenate(spread)
    for start in range(0, len(pairs), step):
        block = pairs[start : start + step]
        a, b = ([place[code] for code in ends] for ends in zip(*((p.a, p.b) for p in block), strict=True))
        meets = again(_by_cluster(found, [pair.meets for pair in block], count))
        gone = np.zeros(1)
        enough = np.minimum(documents[a], documents[b])
        some = [n for n, pair in enumerate(block) if len(pair.shares)]
        if some:
            lost = _by_cluster(found, [block[n].shares for n in some], count)
            gone = np.zeros(meets.shape)
            gone[:, some] = again(lost)
            for n, left in zip(some, lost.T, strict=True):
                for ends in (block[n].a, block[n].b):
                    own = np.bincount(found.cluster[columns[ends]], minlength=count)
                    enough[n] = min(enough[n], np.count_nonzero(own > left))
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = (resampled[:, a] - gone) * (resampled[:, b] - gone) / (whole - gone)
            lift = np.where(expected > 0, meets / expected, np.nan)
        for into, values in zip((low, high), bounds(lift), strict=True):
            into[start : start + len(block)] = np.where(enough >= LEAST, values, np.nan)
    return low, high


def _by_cluster(found: Contexts, places: Iterable[Any], count: int) -> Any:
    """Count contexts of each of some arrays by cluster: clusters by arrays."""
    import numpy as np

    return np.stack([np.bincount(found.cluster[at], minlength=count) for at in places]).T
