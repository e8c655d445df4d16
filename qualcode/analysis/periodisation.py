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

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from qualcode.analysis.gathered import Gathered
from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled_columns
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
    rows: list[Row] = []
    cells: list[Row] = []
    remarks: list[Remark] = []
    for kind in KINDS:
        if not (given.kinds == kind).any():
            continue
        held = Gathered.of(given, kind, codes)
        place = {name: np.array(held.placed(phases)) for name, phases in given.phase_sets.items()}
        common = np.all([phase != "" for phase in place.values()], axis=0)
        remarks.append(
            remark(
                "{kind}: sets of phases are compared on the {n} of {all} segments that each of them places",
                kind=kind,
                n=int(held.exposure(common).sum()),
                all=int(held.cells.n.sum()),
            )
        )
        rows += _compared(given, held, codes, place, common)
        for name, phases in given.phase_sets.items():
            cells += _cells(given, held, codes, name, [phase.id for phase in phases], place[name])
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
    return foretold_counts(n, y)


def foretold_counts(n: Any, y: Any) -> Foretold:
    """The same from counts, documents by phases: segments, and those with the code."""
    import numpy as np

    count = len(n)
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
    given: Given, held: Gathered, codes: Sequence[str], place: Mapping[str, Any], common: Any
) -> list[Row]:
    """A row for each code and set of phases, of one kind."""
    import numpy as np

    exposed = held.exposure(common)
    there = exposed > 0
    count, size = int(there.sum()), int(exposed.sum())
    counts = [int(held.found(n, common).sum()) for n in range(len(codes))]
    enough = [n for n in range(len(codes)) if count >= LEAST and 0 < counts[n] < size]
    order = held.first_rows()
    made: dict[tuple[int, str], Foretold] = {}
    for name in given.phase_sets if enough else ():
        met = sorted(np.flatnonzero(common & (order >= 0)).tolist(), key=order.__getitem__)
        which = [common & (place[name] == one) for one in dict.fromkeys(place[name][met].tolist())]
        segments = np.stack([held.exposure(one)[there] for one in which], axis=1)
        for n in enough:
            found = np.stack([held.found(n, one)[there] for one in which], axis=1)
            made[n, name] = foretold_counts(segments, found)
    ends: dict[tuple[int, str], tuple[float, float]] = {}
    if made:
        errors = [error for one in made.values() for error in one]
        drawn = resampled_columns(errors, resamples=given.resamples, seed=given.seed)
        low, high = bounds(1 - drawn[:, ::2] / drawn[:, 1::2])
        ends = dict(zip(made, zip(low.tolist(), high.tolist(), strict=True), strict=True))
    nothing = float("nan")
    rows: list[Row] = []
    for n, code in enumerate(codes):
        skills = [
            1 - float(one.with_phases.mean() / one.without.mean()) if one else nothing
            for one in (made.get((n, name)) for name in given.phase_sets)
        ]
        note = ""
        if count < LEAST:
            note = f"{count} of at least {LEAST} documents: not compared"
        elif n not in enough:
            note = "the code is in all of them" if counts[n] else "the code is in none of them"
        for skill, (name, phases) in zip(skills, given.phase_sets.items(), strict=True):
            rank = sum(other > skill for other in skills) + 1 if skill == skill else None
            used = len(set(place[name][common & (order >= 0)].tolist()))
            rows.append(
                (
                    *(basis_of(held.kind), held.kind, code, name, tuple(phase.id for phase in phases)),
                    *(len(phases), used, size, count, counts[n], int(held.exposure(place[name] == "").sum())),
                    *(skill, *ends.get((n, name), (nothing, nothing)), rank, note, given.seed),
                )
            )
    return rows


def _cells(
    given: Given, held: Gathered, codes: Sequence[str], name: str, phases: Sequence[str], place: Any
) -> list[Row]:
    """The share of each code in every phase of a set, and how it differs from the phase before."""
    import numpy as np

    rows: list[list[Row]] = [[] for _ in codes]
    before = [float("nan")] * len(codes)
    for phase in phases:
        here = place == phase
        exposed = held.exposure(here)
        there = exposed > 0
        count, size = int(there.sum()), int(exposed.sum())
        found = [held.found(n, here)[there] for n in range(len(codes))]
        shares = [one / exposed[there] for one in found]
        low = high = np.full(len(codes), np.nan)
        note = "" if count >= LEAST else f"{count} document{'s' * (count != 1)} only: no interval"
        if not count:
            note = "no material"
        elif count >= LEAST and codes:
            drawn = resampled_columns(shares, resamples=given.resamples, seed=given.seed)
            low, high = bounds(drawn / count)
        for n, (code, share) in enumerate(zip(codes, shares, strict=True)):
            many = int(found[n].sum())
            macro, micro = (float(share.mean()), many / size) if count else (float("nan"), float("nan"))
            rows[n].append(
                (
                    *(basis_of(held.kind), held.kind, name, phase, code, size, count, many),
                    *(micro, macro, float(low[n]), float(high[n]), macro - before[n], note, given.seed),
                )
            )
            before[n] = macro
    return [row for mine in rows for row in mine]
