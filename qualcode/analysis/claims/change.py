"""Claims about a change: falls_after, rises_after, turning_point, precedes.

A claim is one test, stated before it is made: its p is not corrected for codes that were tested beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualcode.analysis.claims.base import (
    BREAKS,
    HOLDS,
    SHOWN,
    UNTOLD,
    Asked,
    Claim,
    Key,
    Kind,
    Verdict,
    by_interval,
    known,
    numbers,
    untold,
)
from qualcode.analysis.exact import shown as p_shown
from qualcode.analysis.exact import sign_flip
from qualcode.analysis.given import Given, remark
from qualcode.analysis.lean import values_of
from qualcode.analysis.numbering import distinct
from qualcode.analysis.periods import days
from qualcode.model import TALK, Phase

LEAST_BOTH = 6  # documents that tell of both
SURE = 0.05

CODE = Key("code", "code", "the code")
NODE = Key("node", "node", "a date or an event; else the border of the first two phases", False)


def _node(claim: Claim, given: Given) -> str:
    """The date asked for, else the first border of two phases that touch."""
    if claim.get("node"):
        return str(claim.get("node"))
    for one, two in zip(given.phases, given.phases[1:], strict=False):
        if one.end and one.end == two.start:
            return one.end
    return ""


def _shift(claim: Claim, asked: Asked, kind: str) -> dict[str, Any] | Verdict:
    """The row of `shift` the claim is about, or why there is none to judge by."""
    code, node = str(claim.get("code")), _node(claim, asked.given)
    if not node:
        return untold("{id}: no two phases touch and no node is named")
    where = {"kind": kind, "code": code, "node": node}
    row = asked.row("shift", "shift", where, codes=(code,), node=node)
    if row is None or not known(row["mean_diff"]):
        return untold(
            "{id}: {kind} has nothing on one side of {node}, or nothing at all", kind=kind, node=node
        )
    if row["note"]:
        return untold("{id}: {note}", note=row["note"])
    if not known(row["lo"]):
        return untold("{id}: too few documents for an interval")
    return row


def _after(claim: Claim, asked: Asked, kind: str, *, up: bool) -> Verdict:
    row = _shift(claim, asked, kind)
    if isinstance(row, Verdict):
        return row
    code, node = str(claim.get("code")), str(row["node"])
    least = float(claim.get("by", 0.0))
    verdict = by_interval(row["lo"], row["hi"], least if up else -least, above=up)
    if not (known(row["p"]) and row["p"] <= SURE):
        verdict = UNTOLD  # the interval of few documents is too narrow to judge by alone
    before, after = _sides(asked.given, code, kind, node)
    return Verdict(
        verdict,
        remark(
            "{id}: {code} changes by {diff} after {node} ({lo} to {hi}; p {p})",
            code=code,
            p=f"{row['p']:.3f}" if known(row["p"]) else "-",
            diff=f"{row['mean_diff']:+.3f}",
            node=node,
            lo=f"{row['lo']:+.3f}",
            hi=f"{row['hi']:+.3f}",
        ),
        "shift",
        {"kind": kind, "code": code, "node": node},
        numbers(row, "mean_diff", "lo", "hi", "h", "p", "p_floor", "n_up", "n_down"),
        int(row["n_segments"]),
        int(row["n_documents"]),
        *((after, before) if up else (before, after)),
    )


def _sides(given: Given, code: str, kind: str, node: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first segments with a code before a date, and after it."""
    wide = next((phase.transition for phase in given.phases if phase.start == node), 0)
    place = given.placed_in((Phase("before", "", node), Phase("after", node, "", transition=wide)))
    has = given.has(code) & (given.kinds == kind)
    return tuple(given.quotes((has & (place == side)).nonzero()[0]) for side in ("before", "after"))  # type: ignore[return-value]


def falls_after(claim: Claim, asked: Asked, kind: str) -> Verdict:
    return _after(claim, asked, kind, up=False)


def rises_after(claim: Claim, asked: Asked, kind: str) -> Verdict:
    return _after(claim, asked, kind, up=True)


def turning_point(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether the change at the node is the largest of all dates tried; a larger one elsewhere breaks it.

    So does a change the same way on one side of the node alone: it was under way, or went on.
    """
    row = _shift(claim, asked, kind)
    if isinstance(row, Verdict):
        return row
    code, node = str(claim.get("code")), str(row["node"])
    if not known(row["placebo_rank"]):
        return untold("{id}: no other date can be tried for {code}", code=code)
    first = int(row["placebo_rank"]) == 1
    same = int(row["placebo_same"]) if known(row["placebo_same"]) else 0
    sure = not row["lo"] <= 0 <= row["hi"] and known(row["p"]) and row["p"] <= SURE
    verdict = BREAKS if not first or same else HOLDS if sure else UNTOLD
    before, after = _sides(asked.given, code, kind, node)
    return Verdict(
        verdict,
        remark(
            "{id}: the change of {code} at {node} is number {rank} by size of the dates tried; at {same} of"
            " them it changes the same way on one side of the node alone",
            same=same,
            code=code,
            node=node,
            rank=int(row["placebo_rank"]),
        ),
        "shift",
        {"kind": kind, "code": code, "node": node},
        numbers(row, "mean_diff", "lo", "hi", "placebo_rank", "placebo_same"),
        int(row["n_segments"]),
        int(row["n_documents"]),
        *((before, after) if row["mean_diff"] < 0 else (after, before)),
    )


def precedes(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether one code is told of earlier times than another, in documents of talk: middle days compared."""
    import numpy as np

    given = asked.given
    one, other = claim.get("codes")
    if kind not in TALK:
        return untold("{id}: documents of one date tell no order; name a kind of talk")
    middle = _middle_days(given)
    dated = (given.kinds == kind) & ~np.isnan(middle)
    first, second = given.has(one) & dated, given.has(other) & dated
    gaps: list[float] = []
    with_it: list[int] = []
    against: list[int] = []
    for a, b in by_document(given.document, np.flatnonzero(first), np.flatnonzero(second)):
        gaps.append(float(np.median(middle[b]) - np.median(middle[a])) / 365.25)
        (with_it if gaps[-1] > 0 else against).append(int(a[0]))
    if len(gaps) < LEAST_BOTH:
        return untold(
            "{id}: {n} of at least {least} documents tell when of both", n=len(gaps), least=LEAST_BOTH
        )
    test = sign_flip(gaps, seed=given.seed)
    mean = sum(gaps) / len(gaps)
    sure = p_shown(test) is not None and test.p <= SURE
    return Verdict(
        UNTOLD if not sure else HOLDS if mean > 0 else BREAKS,
        remark(
            "{id}: {one} is told of {years} years before {other}, mean of {n} documents (p {p})",
            one=one,
            other=other,
            years=f"{mean:.2f}",
            n=len(gaps),
            p=f"{test.p:.3f}",
        ),
        "segments",
        {"kind": kind},
        {"mean_years": mean, "n_earlier": sum(gap > 0 for gap in gaps), "p": test.p, "p_floor": test.floor},
        int((first | second).sum()),
        len(gaps),
        given.quotes(np.array(with_it[:SHOWN], dtype=int)),
        given.quotes(np.array(against[:SHOWN], dtype=int)),
    )


def _middle_days(given: Given) -> Any:
    """The middle day that each segment tells of, NaN for none."""
    import numpy as np

    start, end = (values_of(given.kept[column]) for column in ("t_about_start", "t_about_end"))
    key = start.at.astype(np.int64) * len(distinct(end)) + end.at
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    made = np.full(len(first), np.nan)
    for n, row in enumerate(first.tolist()):
        span = days(start[row], end[row]) if start[row] and end[row] else None
        if span:
            made[n] = (span[0].toordinal() + span[1].toordinal()) / 2
    return made[number]


def by_document(document: Any, one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    """Take two sorted arrays of rows document by document, where it has of both; rows come by document.

    >>> import numpy as np
    >>> document = np.array([0, 0, 1, 2, 2])
    >>> [(a.tolist(), b.tolist()) for a, b in by_document(document, np.array([1, 3]), np.array([0, 2, 4]))]
    [([1], [0]), ([3], [4])]
    """
    import numpy as np

    held = [np.unique(document[rows], return_index=True) for rows in (one, other)]
    parts = [
        dict(zip(names.tolist(), np.split(rows, first[1:]), strict=False))
        for (names, first), rows in zip(held, (one, other), strict=True)
    ]
    yield from ((rows, parts[1][name]) for name, rows in parts[0].items() if name in parts[1])


BY = Key("by", "number", "by how much of a share at least; 0 if not given", False)

KINDS = {
    "falls_after": Kind("A code's share falls after a node.", (CODE, NODE, BY), falls_after),
    "rises_after": Kind("A code's share rises after a node.", (CODE, NODE, BY), rises_after),
    "turning_point": Kind(
        "A code changes more at the node than at any other date tried.", (CODE, NODE), turning_point
    ),
    "precedes": Kind(
        "One code is told of earlier times than another.",
        (Key("codes", "codes", "the earlier, then the later", size=2),),
        precedes,
    ),
}
