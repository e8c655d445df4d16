"""p by circular shift: would two codes meet as often if only their places in a document were moved?

One code's row of contexts is turned round against the other's inside every document, each by its own number
of steps, all equally likely, none included. That keeps how often each code comes in each document and how it
clusters there, and breaks only their meeting. Documents turn independently, so the distribution of the total
is the convolution of theirs, and p is exact: no simulation, no seed. One-sided: p is the share of shifts with
at least the observed count. Where documents are single contexts nothing can turn and p is 1.

The null is this toolkit's own design for sequences of coded talk (compare the toroidal shift of Lotwick &
Silverman 1982 for points). No correction for many pairs is made here: read p beside lift and interval, or
correct the pairs you meant to test (Holm).

The work is that of counting meetings at every turn (`turns`), for each pair and document with both codes, and
of adding up documents (`totals`): it grows with the material, for pairs of rare codes with the distances
between their contexts. Of no more than some millions of lines (a pair in a document) counts are held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qualcode.analysis.codeplaces import CodePlaces
from qualcode.analysis.totals import upper_tail
from qualcode.analysis.turns import Spreads, spread_of

LINES = 1 << 19  # pairs times documents whose turns are held at a time


def shift_p(
    rows: Any,
    cluster: Any,
    pairs: Sequence[tuple[int, int]],
    left_out: Mapping[int, Any],
    together: Sequence[int] | None = None,
) -> tuple[Any, Any]:
    """Return p and the smallest p that could come out, one of each per pair.

    `rows` is a sparse 0/1 matrix, contexts by codes, contexts in reading order and grouped by `cluster`;
    `pairs` are pairs of columns; `left_out[i]` are contexts that leave the sequence for pair i. `together`
    counts the contexts with both codes of each pair, those that leave among them, where that is known.

    Both codes in every second of four contexts meet twice; two of the four turns give that, two give none:

    >>> import numpy as np
    >>> from scipy.sparse import csr_matrix
    >>> shift_p(csr_matrix([[1, 1], [0, 0], [1, 1], [0, 0]]), np.zeros(4, int), [(0, 1)], {})
    (array([0.5]), array([0.5]))
    """
    import numpy as np

    p, floor = np.ones(len(pairs)), np.ones(len(pairs))
    if not len(pairs):
        return p, floor
    found = CodePlaces(rows, cluster)
    met = found.met(pairs) if together is None else np.array(together, dtype=int)
    for low, high in found.portions(pairs, LINES):
        slots, lines = found.slots, found.lines(pairs[low:high])
        gone = {i - low: left_out[i] for i in range(low, high) if len(left_out.get(i, ()))}
        if gone:
            slots, lines, taken = found.without(lines, gone)
            met[low:high] -= np.bincount(taken, minlength=high - low)
        most, spreads = spread_of(slots, lines.a, lines.b)
        highest = np.bincount(lines.pair, weights=most, minlength=high - low).astype(int)
        chances = _by_pair(spreads, lines.pair, slots.length[lines.a], high - low)
        for i, gap, parts in zip(range(low, high), (highest - met[low:high]).tolist(), chances, strict=True):
            p[i], floor[i] = upper_tail(parts, gap)
    return p, floor


def _by_pair(spreads: Sequence[Spreads], pair: Any, length: Any, count: int) -> Iterator[list[Any]]:
    """Yield the chances of the lines of each pair, by width."""
    import numpy as np

    sorted_ = []
    pair = pair.astype(np.min_scalar_type(count))  # few numbers are sorted by their digits
    for spread in spreads:
        order = np.argsort(pair[spread.lines], kind="stable")
        lines = spread.lines[order]
        edges = np.searchsorted(pair[lines], np.arange(count + 1)).tolist()
        sorted_.append((edges, spread.turns[order], length[lines][:, None]))
    for i in range(count):
        yield [
            turns[edges[i] : edges[i + 1]] / turn[edges[i] : edges[i + 1]] for edges, turns, turn in sorted_
        ]
