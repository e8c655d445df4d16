"""p by circular shift: would two codes meet as often if only their places in a document were moved?

One code's row of contexts is turned round against the other's inside every document, each by its own number
of steps, all equally likely, none included. That keeps how often each code comes in each document and how it
clusters there, and breaks only their meeting. Documents turn independently, so the distribution of the total
is the convolution of theirs, and p is exact: no simulation, no seed. One-sided: p is the share of shifts with
at least the observed count. Where documents are single contexts nothing can turn and p is 1.

The null is this toolkit's own design for sequences of coded talk (compare the toroidal shift of Lotwick &
Silverman 1982 for points). No correction for many pairs is made here: read p beside lift and interval, or
correct the pairs you meant to test (Holm).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LONG = 1000
AT_ONCE = 2_000_000  # contexts times pairs that are turned at a time: a long document is done pair by pair


def shift_p(
    rows: Any, cluster: Any, pairs: Sequence[tuple[int, int]], left_out: Mapping[int, Any]
) -> tuple[Any, Any]:
    """Return p and the smallest p that could come out, one of each per pair.

    `rows` is a sparse 0/1 matrix, contexts by codes, contexts in reading order and grouped by `cluster`;
    `pairs` are pairs of columns; `left_out[i]` are contexts that leave the sequence for pair i.

    Both codes in every second of four contexts meet twice; two of the four turns give that, two give none:

    >>> import numpy as np
    >>> from scipy.sparse import csr_matrix
    >>> shift_p(csr_matrix([[1, 1], [0, 0], [1, 1], [0, 0]]), np.zeros(4, int), [(0, 1)], {})
    (array([0.5]), array([0.5]))
    """
    import numpy as np

    a = np.array([pair[0] for pair in pairs], dtype=int)
    b = np.array([pair[1] for pair in pairs], dtype=int)
    met = np.zeros(len(pairs), dtype=int)
    chances: list[list[Any]] = [[] for _ in pairs]
    edges = np.flatnonzero(np.concatenate(([True], cluster[1:] != cluster[:-1], [True])))
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = rows[low:high].tocsc()
        present = np.diff(part.indptr) > 0
        active = np.flatnonzero(present[a] & present[b])
        step = max(1, AT_ONCE // (high - low))
        for some in (active[n : n + step] for n in range(0, len(active), step)):
            columns, at = np.unique(np.concatenate((a[some], b[some])), return_inverse=True)
            here = part[:, columns].toarray()
            crossed = _crossed(here, *np.split(at, 2))
            even = _chances(crossed)
            for spot, i in enumerate(some.tolist()):
                gone = left_out.get(i)
                if gone is not None and len(gone := gone[(gone >= low) & (gone < high)]):
                    rest = np.delete(here[:, at[[spot, len(some) + spot]]], gone - low, axis=0)
                    if not len(rest):
                        continue
                    again = _crossed(rest, np.array([0]), np.array([1]))
                    met[i] += again[0, 0]
                    chances[i].append(_chances(again)[0])
                else:
                    met[i] += crossed[0, spot]
                    chances[i].append(even[spot])
    ends = [_tail(lines, n) for lines, n in zip(chances, met.tolist(), strict=True)]
    return np.array([p for p, _ in ends]), np.array([floor for _, floor in ends])


def _crossed(here: Any, a: Any, b: Any) -> Any:
    """Count meetings at every turn: turns by pairs, the first row not turned."""
    import numpy as np

    waves = np.fft.rfft(here, axis=0)
    return np.rint(np.fft.irfft(np.conj(waves[:, a]) * waves[:, b], n=len(here), axis=0)).astype(int)


def _chances(crossed: Any) -> Any:
    """Return, per pair, the chance of 0, 1, 2... meetings when all turns are equally likely."""
    import numpy as np

    length, count = crossed.shape
    width = int(crossed.max(initial=0)) + 1
    flat = (crossed + np.arange(count) * width).ravel()
    return np.bincount(flat, minlength=count * width).reshape(count, width) / length


def _tail(lines: list[Any], met: int) -> tuple[float, float]:
    """Return the chance of a total of at least `met` over independent documents, and of the highest total."""
    import numpy as np

    offset, kept = 0, []
    for line in lines:
        possible = np.flatnonzero(line)
        offset += int(possible[0])
        kept.append(line[possible[0] : possible[-1] + 1])
    while len(kept) > 1:  # in halves: short with short, long with long
        kept.sort(key=len)
        halves = [_added(one, two) for one, two in zip(kept[::2], kept[1::2], strict=False)]
        kept = halves + kept[len(halves) * 2 :]
    total = kept[0] if kept else np.ones(1)
    tiny = float(np.finfo(float).tiny)  # a product of many documents may be too small for a float, not 0
    tail = float(total[max(met - offset, 0) :].sum())
    return min(max(tail, tiny), 1.0), max(float(total[-1]), tiny)


def _added(one: Any, two: Any) -> Any:
    """Return the distribution of the sum of two independent counts."""
    import numpy as np

    if min(len(one), len(two)) < LONG:
        return np.convolve(one, two)
    length = len(one) + len(two) - 1  # by waves where both are long: much faster, and exact to 1e-16
    return np.maximum(np.fft.irfft(np.fft.rfft(one, length) * np.fft.rfft(two, length), length), 0)
