"""Is the machine right? Precision, recall, attributes and errors against what people coded.

Precision is of judged segments, with Wilson's interval (Wilson 1927). Recall is design-weighted: with W+ and
W- the sizes of the strata that the machine gave the code and did not, and p+ and p- the weighted shares that
are truly coded in each, it is W+ p+ / (W+ p+ + W- p-). Its interval resamples documents, in each stratum for
itself. Where no design is given, the judged documents are all there is: sizes are theirs, weights are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled
from qualcode.analysis.load import Row

Z = 1.959963984540054  # 97.5 % point of the normal distribution
KEEP, RETIRE, ENOUGH = 0.8, 0.5, 5
PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Judged:
    """A segment that a person coded, with what the machine made of it. `weight` is 1 / its probability."""

    id: str
    document: str
    truth: frozenset[str]
    machine: frozenset[str]
    weight: float = 1.0
    text: str = ""
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # code -> rules that stand
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # code -> matched words
    # code -> (reason, rules, words) where the machine found something and did not count it
    refused: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # code -> attributes by the person
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # code -> attributes by the machine


def wilson(right: int, of: int) -> tuple[float | None, float | None]:
    """Return Wilson's 95 % interval of a share; none of nothing.

    >>> [round(end, 2) for end in wilson(18, 20)]
    [0.7, 0.97]
    """
    if not of:
        return None, None
    share, z2 = right / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def verdict(right: int, of: int) -> tuple[str, bool]:
    """Propose what to do with a rule or code, and say whether its whole interval bears that out.

    Keep at .8 and more, retire under .5, tighten between; too few under five judged.

    >>> verdict(29, 30), verdict(9, 10), verdict(1, 4)
    (('keep', True), ('keep', False), ('too few', False))
    """
    if of < ENOUGH:
        return "too few", False
    lo, hi = wilson(right, of)
    assert lo is not None and hi is not None
    share = right / of
    if share >= KEEP:
        return "keep", lo >= KEEP
    if share < RETIRE:
        return "retire", hi < RETIRE
    return "tighten", lo >= RETIRE and hi < KEEP


def recall(judged: Sequence[Judged], code: str, strata: tuple[int, int] | None = None) -> float | None:
    """Return design-weighted recall; None where nobody judged a stratum that holds segments, or none is true.

    `strata` are the numbers of segments with and without the machine's code in all that was drawn from.
    """
    sizes = strata or _sizes(judged, code)
    inside = _share(judged, code, positive=True)
    outside = _share(judged, code, positive=False)
    found = sizes[0] * inside if inside is not None else 0.0
    if (inside is None and sizes[0]) or (outside is None and sizes[1]):
        return None
    missed = sizes[1] * outside if outside is not None else 0.0
    return found / (found + missed) if found + missed else None


def _sizes(judged: Sequence[Judged], code: str) -> tuple[int, int]:
    inside = sum(code in one.machine for one in judged)
    return inside, len(judged) - inside


def _share(judged: Sequence[Judged], code: str, *, positive: bool) -> float | None:
    here = [one for one in judged if (code in one.machine) == positive]
    whole = sum(one.weight for one in here)
    return sum(one.weight for one in here if code in one.truth) / whole if whole else None


def recall_interval(
    judged: Sequence[Judged],
    code: str,
    strata: tuple[int, int] | None = None,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> tuple[float | None, float | None]:
    """Return the 95 % interval of recall, documents resampled in each stratum; none for fewer than 3."""
    import numpy as np

    if len({one.document for one in judged}) < LEAST:
        return None, None
    sizes = strata or _sizes(judged, code)
    true = []
    for place, positive in ((0, True), (1, False)):
        here = [one for one in judged if (code in one.machine) == positive]
        documents = sorted({one.document for one in here})
        row = {name: i for i, name in enumerate(documents)}
        sums = np.zeros((len(documents), 2))
        for one in here:
            sums[row[one.document]] += (one.weight * (code in one.truth), one.weight)
        drawn = resampled(len(documents), resamples=resamples, seed=seed + place) @ sums
        with np.errstate(invalid="ignore", divide="ignore"):
            shares: Any = drawn[:, 0] / drawn[:, 1] if documents else np.full(resamples, np.nan)
        true.append(sizes[place] * shares if sizes[place] else np.zeros(resamples))
    with np.errstate(invalid="ignore", divide="ignore"):
        values = true[0] / (true[0] + true[1])
    lo, hi = bounds(values[:, None])
    return (None, None) if lo[0] != lo[0] else (float(lo[0]), float(hi[0]))


def validation_rows(
    judged: Sequence[Judged],
    codes: Sequence[str],
    strata: Mapping[str, tuple[int, int]] | None = None,
    *,
    seed: int = 0,
) -> list[Row]:
    """Write the rows of `validation`, one per code."""
    rows: list[Row] = []
    documents = len({one.document for one in judged})
    for code in codes:
        sizes = (strata or {}).get(code) or _sizes(judged, code)
        tp = sum(code in one.machine and code in one.truth for one in judged)
        fp = sum(code in one.machine and code not in one.truth for one in judged)
        fn = sum(code not in one.machine and code in one.truth for one in judged)
        precision = tp / (tp + fp) if tp + fp else None
        found = recall(judged, code, sizes)
        lo, hi = recall_interval(judged, code, sizes, seed=seed)
        both = precision is not None and found is not None and precision + found > 0
        f1 = 2 * precision * found / (precision + found) if both else None  # type: ignore[operator]
        notes = []
        if documents < LEAST:
            notes.append("recall without interval: fewer than 3 documents")
        if not tp + fn:
            notes.append("no person gave it: recall is undefined")
        rows.append(
            (
                *(code, len(judged), documents, tp, fp, fn, precision, *wilson(tp, tp + fp), *sizes),
                *(found, lo, hi, f1, *verdict(tp, tp + fp), "; ".join(notes)),
            )
        )
    return rows


def rule_rows(judged: Sequence[Judged], codes: Sequence[str]) -> list[Row]:
    """Write the rows of `validation_rules`: how often each rule is right, and how often alone."""
    kept = frozenset(codes)
    counts: dict[tuple[str, str], list[int]] = {}
    for one in judged:
        for code in sorted(one.machine & kept):
            rules = one.rules.get(code, ())
            right = code in one.truth
            for rule in rules:
                count = counts.setdefault((code, rule), [0, 0, 0, 0])
                alone = len(rules) == 1
                for place, adds in enumerate((1, int(right), int(alone), int(alone and right))):
                    count[place] += adds
    rows: list[Row] = []
    for code, rule in sorted(counts):
        n, good, alone_in, good_alone = counts[code, rule]
        ends = wilson(good, n)
        rows.append((rule, code, n, good, good / n, *ends, alone_in, good_alone, *verdict(good, n)))
    return rows


def attribute_rows(judged: Sequence[Judged], names: Sequence[str]) -> list[Row]:
    """Write the rows of `validation_attributes`; an attribute nobody said has no row."""
    rows: list[Row] = []
    for name in names:
        pairs = [
            (said[name], one.meant[code][name])
            for one in judged
            for code, said in sorted(one.said.items())
            if name in said and one.meant.get(code, {}).get(name, "unassessed") != "unassessed"
        ]
        right = sum(a == b for a, b in pairs)
        if pairs:
            rows.append((name, len(pairs), right, right / len(pairs), *wilson(right, len(pairs))))
    return rows


def error_rows(judged: Sequence[Judged], codes: Sequence[str], facets: Mapping[str, str]) -> list[Row]:
    """Write the rows of `validation_errors` in the order of the segments, each with the cause that shows.

    `causes.with_causes` puts in what people wrote.
    """
    rows: list[Row] = []
    for one in judged:
        for code in codes:
            if (code in one.machine) == (code in one.truth):
                continue
            if code in one.machine:
                others = sorted(one.truth - one.machine)
                swapped = any(facets.get(o) == facets.get(code) for o in others)
                cause = _unlike(one, code) or ("other code" if swapped else "ambiguous term")
                found = (one.rules.get(code, ()), one.words.get(code, ()))
                kind = "fp"
            else:
                others = sorted(one.machine - one.truth)
                reason, rules, words = one.refused.get(code, ("", (), ()))
                swapped = any(facets.get(o) == facets.get(code) for o in others)
                cause = reason or ("other code" if swapped else "missing term")
                found, kind = (rules, words), "fn"
            place = (code, one.document, one.id)
            rows.append((kind, cause, PROGRAM, cause, True, *place, *found, tuple(others), one.text))
    return rows


def _unlike(one: Judged, code: str) -> str:
    """Name the attribute that the person says otherwise, where they say one."""
    said, meant = one.said.get(code, {}), one.meant.get(code, {})
    return next((name for name in said if name in meant and said[name] != meant[name]), "")
