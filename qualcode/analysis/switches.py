"""What stands where one code gives way to another: the table `switch_conditions`.

The segments of a switch (from one code to another, ends included) are compared with those of a stay: which
other codes stand in a larger share of switches; p shuffles inside documents which stretches are switches.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qualcode.analysis.exact import TINY
from qualcode.analysis.given import Given
from qualcode.analysis.load import Row
from qualcode.analysis.sequences import Sequences

AT_ONCE = 1_000_000  # stretches shuffled at a time


class Stretches(NamedTuple):
    """From one place of a sequence to the next: rows of segments, whether codes differ, whose it is."""

    low: Any
    high: Any
    switch: Any
    owner: Any


def stretches(held: Sequences) -> Stretches:
    """Return the stretches of all sequences, in order."""
    inside = held.owner[:-1] == held.owner[1:]
    return Stretches(
        held.rows[:-1][inside],
        held.rows[1:][inside],
        (held.states[:-1] != held.states[1:])[inside],
        held.owner[:-1][inside],
    )


def conditions(
    given: Given, kind: str, held: Sequences, codes: Sequence[str], *, draws: int, least: float
) -> list[Row]:
    """Compare, per other code, the stretches that switch with those that stay.

    Codes that are in at least `least` of the stretches, and outside of as many, have a p.
    """
    import numpy as np

    found = stretches(held)
    switch = found.switch
    if not switch.any() or switch.all():
        return []
    compared: Mapping[str, Any] = {
        code: near
        for code in given.codebook.codes
        if not any(f"{code}.".startswith(f"{own}.") or f"{own}.".startswith(f"{code}.") for own in codes)
        and (near := _near(found, given.has(code))).any()
    }
    switching = switched(switch, found.owner, list(compared.values()), given.seed, draws)
    made: list[Row] = []
    for (code, near), counts in zip(compared.items(), switching.T, strict=True):
        shares = counts / switch.sum() - (near.sum() - counts) / (~switch).sum()
        p = float((np.abs(shares) >= abs(shares[0]) - TINY).mean())
        enough = bool(min(near.sum(), (~near).sum()) >= least)
        rows = _within(found, given.rows_with(code))
        made.append(
            (
                *("about", kind, code),
                *(int(switch.sum()), int((~switch).sum())),
                len(np.unique(given.document[rows])),
                len(rows),
                *(float(near[switch].mean()), float(near[~switch].mean()), float(shares[0])),
                p if enough else None,
                "" if enough else "in fewer than 5 stretches, or in all but 5: no p",
                given.quotes(rows),
                given.seed,
            )
        )
    return made


def _near(found: Stretches, has: Any) -> Any:
    """Which stretches hold a segment with a code, the ends included."""
    import numpy as np

    until = np.zeros(len(has) + 1, dtype=np.int32)
    np.cumsum(has, out=until[1:])
    return until[found.high + 1] > until[found.low]


def _within(found: Stretches, rows: Any) -> Any:
    """Those of some rows in order that lie in a switch; where two stretches meet a row lies in both."""
    last = found.low.searchsorted(rows, side="right") - 1
    before = (last - 1).clip(0)
    inside = (last >= 0) & (rows <= found.high[last]) & found.switch[last]
    inside |= (last >= 1) & (rows <= found.high[before]) & found.switch[before]
    return rows[inside]


def switched(switch: Any, owner: Any, near: Sequence[Any], seed: int, draws: int) -> Any:
    """Count the switches among the stretches near each code: as they are, then shuffled inside documents.

    Rows are as they are and the shuffles; columns codes.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    if not near:
        return np.zeros((draws + 1, 0), dtype=np.int32)
    at = [np.flatnonzero(one) for one in near]
    until = np.cumsum([0, *map(len, at)])
    ones = np.ones(until[-1], dtype=np.int32)
    codes = csr_matrix((ones, np.concatenate(at), until), shape=(len(near), len(switch)))
    draw = np.random.default_rng(seed)
    borders = [0, *(np.flatnonzero(owner[1:] != owner[:-1]) + 1).tolist(), len(owner)]
    moved = switch.copy()
    inside = [moved[a:b] for a, b in pairwise(borders) if b - a > 1]  # of one nothing is drawn
    step = max(1, AT_ONCE // len(switch))
    counted = [codes @ switch.astype(np.int32)[:, None]]
    for start in range(0, draws, step):
        labels = np.empty((min(step, draws - start), len(switch)), dtype=bool)
        for row in labels:
            moved[:] = switch
            deque(map(draw.shuffle, inside), maxlen=0)
            row[:] = moved
        counted.append(codes @ labels.T.astype(np.int32))
    return np.concatenate(counted, axis=1).T
