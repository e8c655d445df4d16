"""95 % intervals that resample documents, never segments: interviews and documents are the clusters.

Percentile bootstrap (Efron & Tibshirani 1993, ch. 13). With few documents it is too narrow, so none is given
where a quantity rests on fewer than `LEAST` documents. The seed is passed in, documents come in an order that
never changes: same input, same interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

LEAST = 3
RESAMPLES = 1000
COVERAGE = 0.95
FEW = 1_000_000  # numbers in a matrix of draws that is kept
HELD = 1 << 26  # and in bytes, for those who ask again
EXACT = 1 << 24  # whole numbers below it are told apart in single precision
EIGHT = 8  # rows are multiplied in blocks of so many; cut between them, sums are added in the same order


def resampled(count: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Any:
    """Draw how often each of `count` documents enters each resample: a matrix, resamples by documents.

    Every row sums to `count`. It is not for writing: who draws the same again may be given the same matrix.
    """
    draw = _drawn_before if count * resamples <= FEW else _drawn
    return draw(count, resamples, seed)


def resampled_parts(count: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Iterator[Any]:
    """Yield the matrix of `resampled`, a few rows at a time where it is large."""
    if count * resamples <= FEW:
        yield resampled(count, resamples=resamples, seed=seed)
    else:
        yield from _parts(count, resamples, seed)


def resampled_sums(values: Any, *, resamples: int = RESAMPLES, seed: int = 0) -> Any:
    """Sum values of documents (documents by quantities) in each resample: resamples by quantities."""
    import numpy as np

    parts = resampled_parts(len(values), resamples=resamples, seed=seed)
    return np.concatenate([some @ values for some in parts])


def resampled_means(values: Any, *, resamples: int = RESAMPLES, seed: int = 0) -> Any:
    """Average values of documents (documents by quantities) in each resample: resamples by quantities."""
    import numpy as np

    parts = resampled_parts(len(values), resamples=resamples, seed=seed)
    return np.concatenate([some / len(values) @ values for some in parts])


def resampled_counts(counts: Any, *, resamples: int = RESAMPLES, seed: int = 0) -> Any:
    """Sum counts of documents (whole numbers, documents by quantities) in each resample, as `resampled_sums`.

    Sums of whole numbers are exact in single precision, too, as long as none comes to `EXACT`.
    """
    import numpy as np

    if len(counts) * resamples <= FEW:
        return resampled_sums(counts, resamples=resamples, seed=seed)
    kind: Any = np.float32 if counts.sum(axis=0).max(initial=0) < EXACT // 2 else float
    used = np.flatnonzero(counts.any(axis=1))
    some = counts[used].astype(kind)
    made = np.concatenate(
        [part[:, used].astype(kind) @ some for part in _draws(len(counts), resamples, seed)]
    ).astype(float)
    if kind is not float and made.max(initial=0) >= EXACT:
        return resampled_sums(counts, resamples=resamples, seed=seed)
    return made


def _draws(count: int, resamples: int, seed: int) -> Iterator[Any]:
    """Yield the matrix of `resampled`, some rows at a time; where not too large, it is drawn once."""
    if count * resamples > HELD:
        yield from _parts(count, resamples, seed)
        return
    drawn = _drawn_bytes(count, resamples, seed)
    step = max(1, 4 * FEW // count)
    yield from (drawn[start : start + step] for start in range(0, resamples, step))


@lru_cache(maxsize=1)
def _drawn_bytes(count: int, resamples: int, seed: int) -> Any:
    """The matrix in bytes: more than 255 times no document enters a resample of thousands."""
    import numpy as np

    return np.concatenate([some.astype(np.uint8) for some in _parts(count, resamples, seed)])


def resampled_columns(
    columns: Sequence[Any], *, resamples: int = RESAMPLES, seed: int = 0, share: bool = False
) -> Any:
    """Sum columns of values of the same documents, at least one: resamples by columns.

    Columns are multiplied one by one, so that each is what it is alone, to the last bit. With `share` the
    documents of a resample weigh 1 together.
    """
    import numpy as np

    made = []
    for some in resampled_parts(len(columns[0]), resamples=resamples, seed=seed):
        weights = some / len(columns[0]) if share else some
        made.append(np.stack([weights @ column for column in columns], axis=1))
    return np.concatenate(made)


def _drawn(count: int, resamples: int, seed: int) -> Any:
    import numpy as np

    weights = np.zeros((resamples, count))
    row = 0
    for some in _parts(count, resamples, seed):
        weights[row : row + len(some)] = some
        row += len(some)
    weights.flags.writeable = False
    return weights


_drawn_before = lru_cache(maxsize=8)(_drawn)


def _parts(count: int, resamples: int, seed: int) -> Iterator[Any]:
    """Yield the matrix a few rows at a time; the draws are one stream, however it is cut."""
    import numpy as np

    draw = np.random.default_rng(seed)
    step = max(1, FEW // max(count, 1))
    if step > EIGHT:
        step -= step % EIGHT
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        drawn = draw.integers(0, count, size=(rows, count)) if count else np.zeros((rows, 0), dtype=int)
        drawn += np.arange(rows)[:, None] * count
        yield np.bincount(drawn.ravel(), minlength=rows * count).reshape(rows, count).astype(float)


def bounds(values: Any, *, coverage: float = COVERAGE) -> tuple[Any, Any]:
    """Return the lower and upper percentile of each column, leaving out resamples where it is undefined.

    `values` is resamples by quantities, with NaN where undefined; a quantity that is undefined in more than
    half of them has no interval (NaN). Percentiles are interpolated linearly, as numpy and R (type 7) do.
    """
    import numpy as np

    if not values.size:
        return np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    ordered = np.sort(values, axis=0)  # NaN sorts last
    valid = np.sum(~np.isnan(ordered), axis=0)
    tail = (1 - coverage) / 2
    ends = []
    for share in (tail, 1 - tail):
        place = np.maximum(valid - 1, 0) * share
        low = np.floor(place).astype(int)
        high = np.minimum(low + 1, np.maximum(valid - 1, 0))
        column = np.arange(values.shape[1])
        below, above = ordered[low, column], ordered[high, column]
        ends.append(np.where(valid * 2 >= len(values), below + (above - below) * (place - low), np.nan))
    return ends[0], ends[1]
