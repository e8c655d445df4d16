"""Does a change at the node hang on how told times are placed? The table `sensitivity`.

`shift` leaves out what straddles the node and counts whole what lies four fifths on one side. Here the same
contrast is made again, by kind and code, in other ways:

    strict       as `shift` does
    fractional   a segment counts on each side by the share of its days there; nothing straddles
    buffer       as strict, but what touches the `BUFFER` days around the node (or its days of transition,
                 where these are more) is left out: a change takes its time, and people date it loosely

A finding should keep its sign in all three. Differences are given with their document-bootstrap interval;
nothing is tested, for the three are looks at the same data.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from qualcode.analysis.contrast import Contrast, Sides, contrast, sides
from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.load import Row, frame
from qualcode.analysis.periods import days, phase_shares
from qualcode.analysis.shift import Node, nodes
from qualcode.model import KINDS, TALK, Phase
from qualcode.text.dates import first_day

BUFFER = 90
WAYS = ("strict", "fractional", "buffer")


def sensitivity(given: Given) -> Made:
    """Return the table `sensitivity`; codes not asked for are the roots of the codebook."""
    codes = given.codes or tuple(code.id for code in given.codebook.codes.values() if code.level == 1)
    has = [given.has(code) for code in codes]
    rows: list[Row] = []
    turned = 0
    found = nodes(given)
    for node in found:
        for kind in KINDS:
            if not codes or not (given.kinds == kind).any():
                continue
            made = {way: _sides(given, kind, node, has, way) for way in WAYS}
            for n, code in enumerate(codes):
                all_ways = {
                    way: contrast(held, n, seed=given.seed, resamples=given.resamples, tested=False)
                    for way, held in made.items()
                }
                agree = _agree([c.diff for c in all_ways.values()])
                turned += agree == "no"
                rows += [_row(given, kind, code, node, way, c, agree) for way, c in all_ways.items()]
    remarks: list[Remark] = []
    if not found:
        remarks.append(remark("no two phases of the study touch; name a date with --node"))
    elif rows:
        remarks.append(remark("{n} differences change their sign with the way times are placed", n=turned))
    return Made({"sensitivity": frame(rows, "sensitivity")}, remarks)


def _row(given: Given, kind: str, code: str, node: Node, way: str, c: Contrast, agree: str) -> Row:
    return (
        *(basis_of(kind), kind, code, node.date, way),
        *(c.n_segments, c.n_documents, c.n_quotes, c.before, c.after, c.diff, c.lo, c.hi),
        *(agree, given.seed),
    )


def _agree(differences: Sequence[float]) -> str:
    """Whether differences that are not 0 have one sign; "" where fewer than two are known.

    >>> _agree([-0.1, -0.2, float("nan")]), _agree([0.1, -0.2]), _agree([0.1])
    ('yes', 'no', '')
    """
    signs = [difference > 0 for difference in differences if difference == difference and difference]
    return "" if len(signs) < 2 else "yes" if len(set(signs)) == 1 else "no"


def _sides(given: Given, kind: str, node: Node, has: Sequence[Any], way: str) -> Sides:
    pre, post = (node.low, node.date), (node.date, node.high)
    if way == "strict":
        return sides(given, kind, pre, post, has, transition=node.transition)
    weights = _fractions(given, pre, post, node) if way == "fractional" else _outside(given, pre, post, node)
    return weighted(given, kind, weights, has)


def weighted(given: Given, kind: str, weights: Any, has: Sequence[Any]) -> Sides:
    """Sum weights of segments before and after (two rows), by document and code."""
    import numpy as np
    import pandas as pd

    rows = np.flatnonzero(given.kinds == kind)
    document = np.zeros(len(given.kept), dtype=int)
    document[rows] = pd.factorize(given.document[rows])[0]
    count = int(document[rows].max()) + 1 if len(rows) else 0

    def summed(side: Any, some: Any) -> Any:
        return np.bincount(document[some], weights=side[some], minlength=count)

    stands = [rows[y[rows]] for y in has]
    held = [summed(side, rows) for side in weights]
    found = [np.stack([summed(side, some) for some in stands], axis=1) for side in weights]
    return Sides(kind in TALK, held[0], held[1], found[0], found[1])


def _fractions(given: Given, pre: tuple[str, str], post: tuple[str, str], node: Node) -> Any:
    """The share of each segment's days before and after, as two rows; days of transition are neither."""
    import numpy as np

    phases = (Phase("before", *pre), Phase("after", *post, transition=node.transition))
    made: list[tuple[float, float]] = []
    cache: dict[tuple[str, str], tuple[float, float]] = {}
    for key in zip(given.kept["t_about_start"], given.kept["t_about_end"], strict=True):
        if key not in cache:
            shares = phase_shares(key[0], key[1], phases)
            cache[key] = (shares.get("before", 0.0), shares.get("after", 0.0))
        made.append(cache[key])
    return np.array(made, dtype=float).reshape(-1, 2).T


def _outside(given: Given, pre: tuple[str, str], post: tuple[str, str], node: Node) -> Any:
    """1 for segments placed on a side that touch no day of the buffer, as two rows."""
    import numpy as np

    day, wide = first_day(node.date), datetime.timedelta(days=max(BUFFER, node.transition))
    place = given.placed_in((Phase("before", *pre), Phase("after", *post)))
    told: list[bool] = []
    cache: dict[tuple[str, str], bool] = {}
    for key in zip(given.kept["t_about_start"], given.kept["t_about_end"], strict=True):
        if key not in cache:
            span = days(key[0] or key[1], key[1] or key[0])
            cache[key] = span is None or span[1] <= day - wide or span[0] >= day + wide
        told.append(cache[key])
    clear = np.array(told, dtype=bool)
    return np.stack([(place == "before") & clear, (place == "after") & clear]).astype(float)
