"""Which division of time fits? Sets of phases side by side: the tables `phase_sets` and `phase_set_cells`.

A study may divide its time in several ways (`phase_sets`). Phases are brackets a researcher lays over events:
continuity inside, discontinuity at their edges (Langley 1999), and more phases always seem to fit better. So
each division is asked to foretell material it has not seen. Of every document left out in turn, what the
other documents say in a phase foretells the share of a code in that phase; without phases, what they say
throughout. The squared error of a segment (Brier 1950) is averaged inside documents, then over them:

    skill = 1 - error with the phases / error without any

0 or less: the phases are no better than none. All sets are compared on the same segments, those that every
one of them places. The interval resamples documents with the errors they have. Nothing is tested: a division
chosen here because it comes first must hold on other material.

`phase_set_cells` has the shares of each phase of each set, as `dominance` counts them, from all it places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.analysis.load import Row, frame
from qualcode.model import KINDS
from qualcode.problems import UsageError


class Foretold(NamedTuple):
    """Mean squared errors of documents foretold from the others: with phases, and without."""

    with_phases: Any
    without: Any


def periodisation(given: Given) -> Made:
    """Return `phase_sets` and `phase_set_cells`; codes not asked for are the roots of the codebook.

    `UsageError` where the study has fewer than two sets of phases.
    """
    import numpy as np

    if len(given.phase_sets) < 2:
        raise UsageError(
            "the study divides its time in one way only",
            hint="write further phases and name two sets under 'phase_sets:' of the study",
        )
    codes = given.codes or tuple(code.id for code in given.codebook.codes.values() if code.level == 1)
    has = {code: given.has(code) for code in codes}
    place = {name: given.placed_in(phases) for name, phases in given.phase_sets.items()}
    everywhere = np.all([phase != "" for phase in place.values()], axis=0)
    rows: list[Row] = []
    cells: list[Row] = []
    remarks: list[Remark] = []
    for kind in KINDS:
        mine = given.kinds == kind
        if not mine.any():
            continue
        common = np.flatnonzero(mine & everywhere)
        remarks.append(
            remark(
                "{kind}: sets of phases are compared on the {n} of {all} segments that each of them places",
                kind=kind,
                n=len(common),
                all=int(mine.sum()),
            )
        )
        for code in codes:
            rows += _compared(given, kind, code, has[code], place, common, mine)
        for name, phases in given.phase_sets.items():
            for code in codes:
                cells += _cells(given, kind, name, [p.id for p in phases], code, has[code], place[name])
    remarks.append(remark("a division that comes first here was chosen on this material: try it on other"))
    return Made(
        {"phase_sets": frame(rows, "phase_sets"), "phase_set_cells": frame(cells, "phase_set_cells")},
        remarks,
    )


def foretold(document: Any, phase: Any, found: Any) -> Foretold:
    """Foretell each document from the others; arrays of segments: document number, phase number, 0 or 1.

    A phase that no other document speaks of is foretold by what the others say throughout. NaN for a document
    that is alone.

    >>> import numpy as np
    >>> foretold(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([1, 0, 1, 0]))
    Foretold(with_phases=array([0., 0.]), without=array([0.25, 0.25]))
    """
    import numpy as np

    count, phases = int(document.max()) + 1, int(phase.max()) + 1
    cell = document * phases + phase
    n = np.bincount(cell, minlength=count * phases).reshape(count, phases).astype(float)
    y = np.bincount(cell, weights=found, minlength=count * phases).reshape(count, phases)
    known = n > 0
    share = np.where(known, y / np.where(known, n, 1), 0.0)
    whole = y.sum(axis=1) / n.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = (whole.sum() - whole) / (count - 1) if count > 1 else np.full(count, np.nan)
        others = known.sum(axis=0) - known
        told = np.where(others > 0, (share.sum(axis=0) - share) / others, rest[:, None])
    size = n.sum(axis=1)
    error = (y * (1 - told) ** 2 + (n - y) * told**2).sum(axis=1) / size
    plain = (y.sum(axis=1) * (1 - rest) ** 2 + (size - y.sum(axis=1)) * rest**2) / size
    return Foretold(error, plain)


def _compared(
    given: Given, kind: str, code: str, has: Any, place: dict[str, Any], common: Any, mine: Any
) -> list[Row]:
    """A row for each set of phases, of one kind and code."""
    import numpy as np
    import pandas as pd

    document = pd.factorize(np.array(given.names, dtype=object)[common])[0]
    count = int(document.max()) + 1 if len(document) else 0
    found = has[common].astype(float)
    enough = count >= LEAST and found.any() and not found.all()
    skills, ends = [], []
    for name in given.phase_sets:
        skill, low, high = float("nan"), float("nan"), float("nan")
        if enough:
            held = foretold(document, pd.factorize(place[name][common])[0], found)
            skill = 1 - float(held.with_phases.mean() / held.without.mean())
            drawn = resampled(count, resamples=given.resamples, seed=given.seed)
            again = 1 - (drawn @ held.with_phases) / (drawn @ held.without)
            low, high = (float(end[0]) for end in bounds(again[:, None]))
        skills.append(skill)
        ends.append((low, high))
    note = ""
    if count < LEAST:
        note = f"{count} of at least {LEAST} documents: not compared"
    elif not enough:
        note = "the code is in all of them" if found.any() else "the code is in none of them"
    rows: list[Row] = []
    for skill, (low, high), (name, phases) in zip(skills, ends, given.phase_sets.items(), strict=True):
        rank = sum(other > skill for other in skills) + 1 if skill == skill else None
        used = len(set(place[name][common].tolist()))
        rows.append(
            (
                *(basis_of(kind), kind, code, name, tuple(phase.id for phase in phases), len(phases), used),
                *(len(common), count, int(found.sum()), int((mine & (place[name] == "")).sum())),
                *(skill, low, high, rank, note, given.seed),
            )
        )
    return rows


def _cells(
    given: Given, kind: str, name: str, phases: Sequence[str], code: str, has: Any, place: Any
) -> list[Row]:
    """The share of a code in every phase of a set, and how it differs from the phase before."""
    import numpy as np
    import pandas as pd

    rows: list[Row] = []
    before = float("nan")
    for phase in phases:
        here = (given.kinds == kind) & (place == phase)
        document = pd.factorize(np.array(given.names, dtype=object)[here])[0]
        count = int(document.max()) + 1 if len(document) else 0
        low = high = micro = macro = float("nan")
        note = "" if count >= LEAST else f"{count} document{'s' * (count != 1)} only: no interval"
        if count:
            size = np.bincount(document, minlength=count)
            share = np.bincount(document, weights=has[here], minlength=count) / size
            macro, micro = float(share.mean()), float(has[here].mean())
            if count >= LEAST:
                drawn = resampled(count, resamples=given.resamples, seed=given.seed)
                low, high = (float(end[0]) for end in bounds((drawn @ share / count)[:, None]))
        else:
            note = "no material"
        rows.append(
            (
                *(basis_of(kind), kind, name, phase, code, int(here.sum()), count, int((here & has).sum())),
                *(micro, macro, low, high, macro - before, note, given.seed),
            )
        )
        before = macro
    return rows
