"""A few segments for every point of a timeline: where a code counts in a period, by basis and kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qualcode.analysis.evidence import lifted, numbers_among
from qualcode.analysis.lean import values_of
from qualcode.analysis.numbering import distinct, segment_numbers
from qualcode.analysis.periods import year_of
from qualcode.analysis.spread import spread
from qualcode.analysis.tables import WRITTEN

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

EACH = 4
TOLD, SAID = "about", "said"


class Point(NamedTuple):
    """A point of `timeline`: years and phases only."""

    basis: str
    kind: str
    grain: str
    period: str
    code: str
    modality: str


def instances(
    documents: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, *, each: int = EACH
) -> dict[Point, tuple[str, ...]]:
    """Return, per point, the first segments wholly inside its period, from as many documents as there are.

    A segment that lies in two years only in part counts in `timeline` in both and is given for neither.
    """
    codes = list(codebook.codes)
    column = numbers_among(codings["code"], codes)
    counts = np.flatnonzero(codings["countable"].to_numpy(dtype=bool) & (column >= 0))
    name, number = values_of(codings["document_id"]), segment_numbers(codings["segment_id"])
    counts = counts[np.lexsort((number[counts], name.ranks()[counts]))]
    document, number = name.at[counts].astype(np.int64), number[counts]
    new = np.ones(len(counts), dtype=bool)
    new[1:] = (number[1:] != number[:-1]) | (document[1:] != document[:-1])
    segment = np.cumsum(new)
    at, up = lifted(column[counts], codebook)
    known = dict(zip(documents["document_id"], documents["kind"], strict=True))
    kinds, kind = _numbered([str(known.get(one, "")) for one in distinct(name)], document)
    written = np.array([one in WRITTEN for one in kinds] or [False])[kind]
    modality = values_of(codings["modality"])
    modes = distinct(modality)
    found: dict[Point, tuple[str, ...]] = {}
    ids = codings["segment_id"].array
    for grain, basis, names, period in _periods(codings, counts):
        key = ((kind * len(names) + period) * len(modes) + modality.at[counts])[at] * len(codes) + up
        there = np.array([bool(one) for one in names] or [False])[period] & ~(written & (basis == SAID))
        inside = np.flatnonzero(there[at])
        once = np.unique(key[inside] * (len(segment) + 1) + segment[at[inside]], return_index=True)[1]
        inside = inside[np.sort(once)]
        for place in inside[spread(key[inside], document[at[inside]], each)].tolist():
            row = int(at[place])
            of = "document" if written[row] else basis
            cell = (kinds[kind[row]], grain, names[period[row]], codes[up[place]])
            point = Point(of, *cell, modes[modality.at[counts[row]]])
            found[point] = (*found.get(point, ()), str(ids[counts[row]]))
    return found


def _periods(codings: pd.DataFrame, counts: Any) -> Iterator[tuple[str, str, list[str], Any]]:
    """The periods of codings by grain and basis: their names, "" for none, and which each coding has."""
    start, end, said, phase = (
        values_of(codings[column].iloc[counts])
        for column in ("date_about_start", "date_about_end", "date_said", "phase")
    )
    size = len(distinct(end))
    spans, which = np.unique(start.at.astype(np.int64) * size + end.at, return_inverse=True)
    days = [(distinct(start)[span // size], distinct(end)[span % size]) for span in spans.tolist()]
    yield "year", TOLD, *_numbered([year_of(*span) if span[0] else "" for span in days], which)
    yield "phase", TOLD, *_numbered(distinct(phase), phase.at)
    yield "year", SAID, *_numbered([year_of(day) for day in distinct(said)], said.at)


def _numbered(names: Sequence[str], which: Any) -> tuple[list[str], Any]:
    """Number names that may come again: the different ones, and their numbers in place of the old ones."""
    known = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return list(known), np.array([known[name] for name in names] or [0], dtype=np.int64)[which]
