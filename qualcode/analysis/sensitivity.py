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
from functools import partial
from typing import Any

from qualcode.analysis.contrast import Contrast, Sides, contrasts, sides
from qualcode.analysis.gathered import Gathered
from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.load import Row, frame
from qualcode.analysis.numbering import stretches
from qualcode.analysis.periods import days, phase_shares
from qualcode.analysis.shift import Node, nodes
from qualcode.model import KINDS, TALK, Phase
from qualcode.text.dates import first_day

BUFFER = 90
AT_ONCE = 1_000_000  # segments whose weights are added up at a time
WAYS = ("strict", "fractional", "buffer")


def sensitivity(given: Given) -> Made:
    """Return the table `sensitivity`; codes not asked for are the roots of the codebook."""
    codes = given.codes or tuple(code.id for code in given.codebook.codes.values() if code.level == 1)
    rows: list[Row] = []
    turned = 0
    found = nodes(given)
    kinds = [kind for kind in KINDS if codes and found and (given.kinds == kind).any()]
    gathered = [Gathered.of(given, kind, codes) for kind in kinds]
    compared = partial(contrasts, codes=len(codes), seed=given.seed, resamples=given.resamples, tested=False)
    for node in found:
        for kind, segments in zip(kinds, gathered, strict=True):
            made = {way: compared(_sides(given, segments, node, codes, way)) for way in WAYS}
            for n, code in enumerate(codes):
                all_ways = {way: held[n] for way, held in made.items()}
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


def _sides(given: Given, held: Gathered, node: Node, codes: Sequence[str], way: str) -> Sides:
    pre, post = (node.low, node.date), (node.date, node.high)
    if way == "strict":
        return sides(held, pre, post, transition=node.transition)
    weights = _fractions(held, pre, post, node) if way == "fractional" else _outside(held, pre, post, node)
    return weighted(given, held, weights, codes)


def weighted(given: Given, held: Gathered, weights: Any, codes: Sequence[str]) -> Sides:
    """Sum weights of stretches of time before and after (two rows) over segments, by document and code.

    Segment by segment, as fractions are added in the order in which they are read.
    """
    import numpy as np

    which, number = held.times.which, held.number

    def summed(rows: Any) -> tuple[Any, Any]:
        made = np.zeros((2, held.count))
        document = number[given.document[rows]]
        for some in stretches(document, AT_ONCE):
            for side in range(2):
                made[side] += np.bincount(
                    document[some], weights=weights[side][which[rows[some]]], minlength=held.count
                )
        return made[0], made[1]

    def found(code: int) -> tuple[Any, Any]:
        rows = given.rows_with(codes[code])
        return summed(rows[held.inside[rows]])

    return Sides(held.kind in TALK, *summed(np.flatnonzero(held.inside).astype(np.int32)), found)


def _fractions(held: Gathered, pre: tuple[str, str], post: tuple[str, str], node: Node) -> Any:
    """The share of each stretch's days before and after, as two rows; days of transition are neither."""
    import numpy as np

    phases = (Phase("before", *pre), Phase("after", *post, transition=node.transition))
    made = np.zeros((2, len(held.times.spans)))
    for n in held.met:
        shares = phase_shares(*held.times.spans[n], phases)
        made[:, n] = shares.get("before", 0.0), shares.get("after", 0.0)
    return made


def _outside(held: Gathered, pre: tuple[str, str], post: tuple[str, str], node: Node) -> Any:
    """1 for stretches placed on a side that touch no day of the buffer, as two rows."""
    import numpy as np

    day, wide = first_day(node.date), datetime.timedelta(days=max(BUFFER, node.transition))
    place = held.placed((Phase("before", *pre), Phase("after", *post)))
    made = np.zeros((2, len(place)))
    for n in held.met:
        start, end = held.times.spans[n]
        told = days(start or end, end or start)
        if told is None or told[1] <= day - wide or told[0] >= day + wide:
            made[:, n] = place[n] == "before", place[n] == "after"
    return made
