"""Do sources agree? The table `triangulation`: talk against documents, by phase and code.

Counted are documents. In talk those where a code counts, told of oneself, of others, or of nobody in
particular, and those where it is negated; in documents those that say it ought to be (normative) and those
that report it (actual). The verdict is a suggestion to be read with both quotes (after Farmer et al. 2006):

    dissonant    documents report it, and talk negates it
    convergent   documents report it, and talk tells of it
    silent       neither says anything of it
    partial      anything else: one of the two only, or documents only say what ought to be

A document's 应当 is no practice, and silence is no disagreement. A phase without talk or without documents
has no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.given import Given, Made, remark
from qualcode.analysis.lean import values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.numbering import distinct as distinct_values
from qualcode.coding.occurrences import Lists
from qualcode.text.ordered import distinct

if TYPE_CHECKING:
    import pandas as pd

SORTS = 7
SELF, OTHER, OPEN, NEGATED, NORM, FACT, REST = range(SORTS)


def triangulate(given: Given) -> Made:
    """Return the table `triangulation` for the codes asked for, else the roots of the codebook."""
    codes = given.codes or tuple(code.id for code in given.codebook.codes.values() if code.level == 1)
    for code in codes:
        given.known(code)
    ids = given.ids
    phase = given.placed_in(given.phases)
    told = _told(given, codes, phase)
    rows: list[Row] = []
    for number, period in enumerate(given.phases):
        here = phase == period.id
        placed = int(here.sum()), len(distinct(given.document[here]))
        both = bool((here & given.talk).any() and (here & ~given.talk).any())
        for own, code in enumerate(codes):
            held = [told.rows(number, own, sort) for sort in range(SORTS)]
            n = [len(distinct(given.document[some])) for some in held]
            talk = [held[NEGATED]] if n[NEGATED] and n[FACT] else [held[sort] for sort in (SELF, OTHER, OPEN)]
            first = min((int(some[0]) for some in talk if len(some)), default=-1)
            written = next((int(held[sort][0]) for sort in (FACT, NORM, REST) if len(held[sort])), -1)
            rows.append(
                (
                    *(period.id, code, *placed),
                    sum(map(len, held)),
                    *n,
                    verdict(n) if both else "",
                    ids[first] if first >= 0 else "",
                    ids[written] if written >= 0 else "",
                    "" if both else "talk or documents only: no verdict",
                )
            )
    unassessed = told.unassessed
    remarks = [remark("verdicts are suggestions; read both quotes")]
    if unassessed:
        remarks.append(remark("{n} codings of documents are neither normative nor actual", n=unassessed))
    return Made({"triangulation": frame(rows, "triangulation")}, remarks)


class _Told(NamedTuple):
    """The segments of a phase that tell of a code in one sort of way: numbers made of all four, in order."""

    keys: Any
    size: int  # segments
    codes: int
    unassessed: int  # codings of documents that are neither normative nor actual

    def rows(self, phase: int, code: int, sort: int) -> Any:
        first = ((phase * self.codes + code) * SORTS + sort) * self.size
        low, high = self.keys.searchsorted((first, first + self.size))
        return self.keys[low:high] - first


def _told(given: Given, codes: Sequence[str], phase: Any) -> _Told:
    """Sort the codings of some codes in the phases: those that count, and of talk also what is denied."""
    import numpy as np

    place = np.full(len(phase), -1, dtype=np.int16)
    for n, period in enumerate(given.phases):
        place[phase == period.id] = n
    placed = given.coding_rows >= 0 if given.phases else np.zeros(len(given.codings), dtype=bool)
    at = np.flatnonzero(placed & given.are_under(codes))
    row = given.coding_rows[at]
    negated = given.codings["polarity"].iloc[at].isin(["negated"]).to_numpy(dtype=bool)
    counts = given.codings["countable"].to_numpy(dtype=bool)[at] | negated
    kept = (place[row] >= 0) & counts & (given.talk[row] | ~negated)
    at, row, negated = at[kept], row[kept], negated[kept]
    said = np.where(negated, NEGATED, _sorts(given.codings["holder"].iloc[at], _by_holder))
    sort = np.where(given.talk[row], said, _sorts(given.codings["modality"].iloc[at], _by_modality))
    under = given.under(codes)
    code = values_of(given.codings["code"])
    number = {name: n for n, name in enumerate(codes)}
    lines = Lists.of([[number[one] for one in under[name]] for name in distinct_values(code)])
    again, own = lines.each(code.at[at])
    keys = (place[row].astype(np.int64)[again] * len(codes) + own) * SORTS + sort[again]
    keys = keys * len(phase) + row[again]
    return _Told(distinct(keys), len(phase), len(codes), int((sort[again] == REST).sum()))


def _sorts(column: pd.Series[Any], sort: Callable[[str], int]) -> Any:
    import numpy as np

    held = values_of(column)
    return np.array([*map(sort, distinct_values(held)), REST])[held.at]


def _by_holder(holder: str) -> int:
    return SELF if holder == "self" else OTHER if holder.startswith("other") else OPEN


def _by_modality(modality: str) -> int:
    return {"normative": NORM, "actual": FACT}.get(modality, REST)


def verdict(counts: list[int]) -> str:
    """Suggest a verdict from counts of documents in the order self, other, open, negated, norm, fact, rest.

    >>> verdict([1, 0, 0, 0, 0, 1, 0]), verdict([1, 0, 0, 0, 1, 0, 0]), verdict([0, 0, 0, 1, 0, 2, 0])
    ('convergent', 'partial', 'dissonant')
    """
    if counts[FACT] and counts[NEGATED]:
        return "dissonant"
    if counts[FACT] and counts[SELF] + counts[OTHER] + counts[OPEN]:
        return "convergent"
    return "partial" if any(counts) else "silent"
