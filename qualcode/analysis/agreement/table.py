"""The table of agreement: every coefficient for every group of coders and every code, with its interval.

Intervals resample whole documents (`analysis.intervals`): segments of one interview are not independent. None
is given for fewer than three documents. A coefficient that is undefined has an empty value and a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from qualcode.analysis.agreement import OF_CODE, OF_SETS, coefficients
from qualcode.analysis.agreement.gold import ADJUDICATED, Given
from qualcode.analysis.agreement.patterns import Pattern
from qualcode.analysis.agreement.ratings import Clusters, Ratings
from qualcode.analysis.agreement.unitising import disagreements
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled
from qualcode.analysis.load import Row
from qualcode.model import MACHINE

UNDEFINED = "undefined: nothing varies, or nothing to compare"
FEW = "no interval: fewer than 3 documents"
Interval = tuple[float | None, float | None]


def groups(coders: Sequence[str]) -> list[tuple[str, ...]]:
    """Return who is compared: all people at once, every two of them, and each with the standard and machine.

    >>> groups(("a", "b", "adjudicated"))
    [('a', 'b'), ('a', 'adjudicated'), ('b', 'adjudicated')]
    """
    people = [c for c in coders if c not in (ADJUDICATED, MACHINE)]
    others = [c for c in (ADJUDICATED, MACHINE) if c in coders]
    found = [tuple(people)] if len(people) > 2 else []
    found += list(combinations(people, 2))
    found += [(person, other) for other in others for person in people]
    return [*found, *([(ADJUDICATED, MACHINE)] if len(others) == 2 else [])]


def agreement_rows(
    ratings: Ratings,
    codes: Sequence[str],
    *,
    stage: str = "",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> list[Row]:
    """Write the rows of `agreement` for every group: each code, all codes together, and whole sets."""
    rows: list[Row] = []
    for group in groups(ratings.coders):
        some = ratings.of(group)
        levels: list[tuple[str, str, Clusters, Sequence[str]]] = [
            ("code", code, some.of_code(code), OF_CODE) for code in codes
        ]
        levels.append(("all codes", "", some.of_all(codes), OF_CODE))
        levels.append(("sets", "", some.of_sets(codes), OF_SETS))
        for level, code, clusters, names in levels:
            if len(group) != 2:
                names = [name for name in names if name != "cohen"]
            shared = shared_units(clusters)
            counted = (sum(sum(c.values()) for c in shared.values()), len(shared))
            for name in names:
                value, (lo, hi) = measured(shared, name, resamples=resamples, seed=seed)
                note = UNDEFINED if value is None else FEW if len(shared) < LEAST else ""
                rows.append((stage, group, level, code, name, value, lo, hi, *counted, note))
    return rows


def measured(
    clusters: Clusters, name: str, *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float | None, Interval]:
    """Return one coefficient over all documents and its 95 % document-bootstrap interval."""
    coefficient = coefficients[name]
    documents = sorted(clusters)
    whole: Counter[Pattern] = Counter()
    for document in documents:
        whole.update(clusters[document])
    value = coefficient(whole)
    if value is None or len(documents) < LEAST:
        return value, (None, None)
    import numpy as np

    patterns = list(whole)
    counts = np.array([[clusters[d][p] for p in patterns] for d in documents], dtype=float)
    drawn = resampled(len(documents), resamples=resamples, seed=seed) @ counts
    values = [coefficient(dict(zip(patterns, map(float, row), strict=True))) for row in drawn]
    lo, hi = bounds(np.array([[np.nan if v is None else v] for v in values]))
    return value, (number(lo[0]), number(hi[0]))


def number(value: float) -> float | None:
    """Return a float, None for NaN."""
    return None if value != value else float(value)


def shared_units(clusters: Clusters) -> Clusters:
    """Leave out the units that fewer than two coders saw: they say nothing about agreement."""
    found = {
        document: Counter({p: n for p, n in counts.items() if sum(v is not None for v in p) > 1})
        for document, counts in clusters.items()
    }
    return {document: counts for document, counts in found.items() if counts}


def span_rows(
    given: Sequence[Given],
    lengths: dict[str, int],
    codes: Sequence[str],
    coders: Sequence[str],
    *,
    stage: str,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> list[Row]:
    """Write the rows of unitizing alpha: of every code, and of all (Krippendorff 2004: ratio of the sums).

    `lengths` are the characters of each document both saw; only these are compared. Intervals resample them.
    """
    rows: list[Row] = []
    for group in groups(coders):
        seen = [{g.document for g in given if g.coder == coder} for coder in group]
        shared = sorted(set.intersection(*seen) & lengths.keys())
        here: list[Row] = []
        whole = [(0.0, 0.0)] * len(shared)
        for code in [*codes, ""]:
            if code:
                sums = [_spans(given, lengths[document], document, code, group) for document in shared]
                whole = [(a + c, b + d) for (a, b), (c, d) in zip(whole, sums, strict=True)]
            else:
                sums = whole
            value, (lo, hi) = ratio(sums, resamples=resamples, seed=seed)
            note = UNDEFINED if value is None else FEW if len(shared) < LEAST else ""
            here.append((stage, group, "spans", code, "alpha_u", value, lo, hi, None, len(shared), note))
        rows += here
    return rows


def ratio(
    sums: Sequence[tuple[float, float]], *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float | None, Interval]:
    """Return 1 - observed / expected disagreement over documents, and its 95 % document-bootstrap interval.

    >>> ratio([(1.0, 4.0), (0.0, 1.0)])
    (0.8, (None, None))
    """
    observed, expected = (sum(pair[n] for pair in sums) for n in (0, 1))
    if not expected:
        return None, (None, None)
    value = 1 - observed / expected
    if len(sums) < LEAST:
        return value, (None, None)
    import numpy as np

    drawn = resampled(len(sums), resamples=resamples, seed=seed) @ np.array(sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(drawn[:, 1] > 0, 1 - drawn[:, 0] / drawn[:, 1], np.nan)
    lo, hi = bounds(values[:, None])
    return value, (number(lo[0]), number(hi[0]))


def _spans(
    given: Sequence[Given], length: int, document: str, code: str, group: Sequence[str]
) -> tuple[float, float]:
    """Observed and expected disagreement on one code in one document."""
    here = [g for g in given if g.document == document and g.code == code]
    marks = [[tuple(g.span) for g in here if g.coder == coder] for coder in group]
    return disagreements(marks, length)  # type: ignore[arg-type]


def disagreement_rows(
    ratings: Ratings, codes: Sequence[str], *, among: Sequence[str] | None = None
) -> list[Row]:
    """Write the rows of `disagreements`: units on which coders differ, their codes side by side.

    After the declared columns comes one for each coder, in the order of `ratings.coders`; empty: not seen.
    `among` are those whose differences are listed, else all but the standard.
    """
    kept = frozenset(codes)
    asked = among if among is not None else [c for c in ratings.coders if c != ADJUDICATED]
    places = [ratings.coders.index(coder) for coder in asked]
    rows: list[Row] = []
    for n, (unit, row) in enumerate(zip(ratings.units, ratings.sets, strict=True)):
        judged = ratings.judged[n] if ratings.judged else (None,) * len(row)
        said: dict[str, list[bool]] = {}
        for i in places:
            given, asked_of = row[i], judged[i]
            for code in kept if asked_of is None else kept & asked_of:
                if given is not None:
                    said.setdefault(code, []).append(code in given)
        agreed = sorted(code for code, its in said.items() if len(its) > 1 and all(its))
        differ = sorted(code for code, its in said.items() if len(set(its)) > 1)
        if not differ:
            continue
        sides = [None if s is None else tuple(sorted(s & kept)) for s in row]
        place = (unit.document, unit.id, unit.span.start, unit.span.end, unit.speaker, unit.text)
        rows.append((*place, tuple(agreed), tuple(differ), "", *sides))
    return rows
