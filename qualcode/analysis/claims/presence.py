"""Claims about where a code stands: present_in_every, found_in, share_at_least, share_at_most, leads."""

from __future__ import annotations

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
from qualcode.analysis.given import Given, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled

CODE = Key("code", "code", "the code")
PHASE = Key("phase", "phase", "a phase of the study")
SEGMENTS = 10  # a cell of fewer says little by having none


def _cells(given: Given, kind: str) -> dict[tuple[str, str], Any]:
    """Segments of each document and phase, as row numbers; in the order in which they are met."""
    import numpy as np
    import pandas as pd

    phase = given.placed_in(given.phases)
    placed = (given.kinds == kind) & ((phase != "") if given.phases else True)
    rows = np.flatnonzero(placed)
    number, names = pd.factorize(phase[rows])
    key = given.document[rows].astype(np.int64) * (len(names) + 1) + number
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    cells = np.split(rows[np.argsort(group, kind="stable")], np.cumsum(np.bincount(group))[:-1])
    met = np.argsort(first).tolist()
    return {(given.names[rows[first[n]]], str(phase[rows[first[n]]])): cells[n] for n in met}


def present_in_every(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether no document and phase is without the code; empty cells of few segments alone tell nothing."""
    import numpy as np

    given, code = asked.given, str(claim.get("code"))
    has = given.has(code)
    cells = _cells(given, kind)
    if not cells:
        return untold("{id}: no {kind} tells of any phase", kind=kind)
    least = int(claim.get("least", SEGMENTS))
    empty = {key: rows for key, rows in cells.items() if not has[rows].any()}
    told = [key for key, rows in empty.items() if len(rows) >= least]
    verdict = BREAKS if told else UNTOLD if empty else HOLDS
    named = ", ".join(f"{name} {phase}".strip() for name, phase in (told or list(empty))[:SHOWN])
    if not empty:
        why = remark("{id}: {code} is in all {n} documents and phases", code=code, n=len(cells))
    elif told:
        why = remark(
            "{id}: {code} is missing in {k} of {n} documents and phases: {cells}",
            code=code,
            k=len(told),
            n=len(cells),
            cells=named,
        )
    else:
        why = remark(
            "{id}: {code} is missing only where fewer than {least} segments tell of the phase: {cells}",
            code=code,
            least=least,
            cells=named,
        )
    first = [int(rows[has[rows]][0]) for rows in cells.values() if has[rows].any()]
    return Verdict(
        verdict,
        why,
        "segments",
        {"kind": kind},
        {"cells": len(cells), "empty": len(empty), "least": least},
        sum(map(len, cells.values())),
        len({name for name, _ in cells}),
        given.quotes(np.array(first, dtype=int)),
        given.quotes(np.array([int(rows[0]) for rows in empty.values()], dtype=int)),
    )


def found_in(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether a code is in a number of documents; material with fewer documents cannot tell."""
    import numpy as np

    given, code, wanted = asked.given, str(claim.get("code")), int(claim.get("documents"))
    inside = given.kinds == kind
    rows = np.flatnonzero(given.has(code) & inside)
    found, there = (len(np.unique(given.document[some])) for some in (rows, inside))
    verdict = HOLDS if found >= wanted else UNTOLD if there < wanted else BREAKS
    return Verdict(
        verdict,
        remark("{id}: {code} is in {found} of {there} documents", code=code, found=found, there=there),
        "coded_segments",
        {"kind": kind, "code": code},
        {"documents": found, "of": there},
        len(rows),
        found,
        given.quotes(rows),
    )


def _share(claim: Claim, asked: Asked, kind: str, *, above: bool) -> Verdict:
    import numpy as np

    given, code, bound = asked.given, str(claim.get("code")), float(claim.get("share"))
    phase = str(claim.get("phase"))
    inside = given.kinds == kind
    if phase:
        inside = inside & (given.placed_in(given.phases) == phase)
    rows = np.flatnonzero(inside)
    documents, number = np.unique(given.document[rows], return_inverse=True)
    if len(documents) < LEAST:
        return untold("{id}: {n} documents only; at least {least} are needed", n=len(documents), least=LEAST)
    has = given.has(code)
    part = np.bincount(number, weights=has[rows]) / np.bincount(number)
    low, high = bounds(
        (resampled(len(part), resamples=given.resamples, seed=given.seed) @ part / len(part))[:, None]
    )
    lo, hi = float(low[0]), float(high[0])
    with_it, without = given.quotes(rows[has[rows]]), given.quotes(rows[~has[rows]])
    return Verdict(
        by_interval(lo, hi, bound, above=above),
        remark(
            "{id}: {code} has a share of {share} of segments ({lo} to {hi}), each document one voice",
            code=code,
            share=f"{part.mean():.3f}",
            lo=f"{lo:.3f}",
            hi=f"{hi:.3f}",
        ),
        "segments",
        {"kind": kind, "phase": phase},
        {"share": float(part.mean()), "lo": lo, "hi": hi},
        len(rows),
        len(documents),
        *((with_it, without) if above else (without, with_it)),
    )


def share_at_least(claim: Claim, asked: Asked, kind: str) -> Verdict:
    return _share(claim, asked, kind, above=True)


def share_at_most(claim: Claim, asked: Asked, kind: str) -> Verdict:
    return _share(claim, asked, kind, above=False)


def leads(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether a code leads its family in a phase; dictionaries that were not validated cannot be compared."""
    import numpy as np

    given, code, phase = asked.given, str(claim.get("code")), str(claim.get("phase"))
    among = tuple(claim.get("among") or given.codebook.members(given.codebook.facet_of(code)))
    if code not in among or len(among) < 2:
        return untold("{id}: {code} has no others to be compared with", code=code)
    rows = [
        row
        for row in asked.rows("dominance", "dominance", {"kind": kind, "phase": phase}, codes=among)
        if row["code"] in among
    ]
    own = next((row for row in rows if row["code"] == code), None)
    if own is None or not known(own["p_macro"]):
        return untold("{id}: no {kind} tells of {phase}", kind=kind, phase=phase)
    if own["label"] in ("", "not identified"):
        return untold("{id}: {note}", note=own["note"] or own["label"])
    other = max((row for row in rows if row["code"] != code), key=lambda row: float(row["pr_top"]))
    verdict = HOLDS if own["label"] == "dominant" else BREAKS if other["label"] == "dominant" else UNTOLD
    here = (given.kinds == kind) & (given.placed_in(given.phases) == phase)
    return Verdict(
        verdict,
        remark(
            "{id}: {code} leads in {phase} in {top} of resamples; {other} in {second}",
            code=code,
            phase=phase,
            top=f"{own['pr_top']:.2f}",
            other=other["code"],
            second=f"{other['pr_top']:.2f}",
        ),
        "dominance",
        {"kind": kind, "phase": phase, "code": code},
        numbers(own, "p_macro", "p_adj", "share", "rank", "margin", "pr_top"),
        int(own["n_segments"]),
        int(own["n_documents"]),
        given.quotes(np.flatnonzero(here & given.has(code))),
        given.quotes(np.flatnonzero(here & given.has(str(other["code"])))),
    )


SHARE = Key("share", "number", "a share of segments, 0 to 1")
SOME_PHASE = Key("phase", "phase", "a phase of the study; else all material", False)

KINDS = {
    "present_in_every": Kind(
        "A code is in every document and phase.",
        (CODE, Key("least", "count", "segments needed to tell by having none; 10 if not given", False)),
        present_in_every,
    ),
    "found_in": Kind(
        "A code is in so many documents.", (CODE, Key("documents", "count", "how many")), found_in
    ),
    "share_at_least": Kind(
        "A code has at least a share of segments.", (CODE, SHARE, SOME_PHASE), share_at_least
    ),
    "share_at_most": Kind(
        "A code has at most a share of segments.", (CODE, SHARE, SOME_PHASE), share_at_most
    ),
    "leads": Kind(
        "A code leads its family in a phase.",
        (CODE, PHASE, Key("among", "codes", "the codes compared; else those of its facet", False)),
        leads,
    ),
}
