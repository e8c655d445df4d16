"""Codes one after the other, as they are said and as the years told of go, laid end to end.

`said` follows the order of talk: segments in which just one of the codes stands. `told` follows told time:
the code that most segments of a year have, year after year; years with a tie or without material are passed
over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.given import Given
from qualcode.analysis.lean import values_of
from qualcode.analysis.numbering import distinct
from qualcode.analysis.periods import year_of
from qualcode.model import ASKING

if TYPE_CHECKING:
    import pandas as pd

YEARS = 10_000  # a year has four digits


class Sequences(NamedTuple):
    """Sequences end to end: of each place the number of its code, its segment's row, and whose it is.

    Owners are numbers; the places of one come together.
    """

    states: Any
    rows: Any
    owner: Any


def said(given: Given, kind: str, codes: Sequence[str]) -> Sequences:
    """Return, per document of a kind, the segments with just one of the codes, in the order of talk."""
    import numpy as np

    count, state = np.zeros((2, len(given.kept)), dtype=np.int16)
    for number, code in enumerate(codes):
        at = given.rows_with(code)
        count[at] += 1
        state[at] = number
    rows = np.flatnonzero((count == 1) & (given.kinds == kind))
    return Sequences(state[rows], rows, given.document[rows])


def told(given: Given, kind: str, codes: Sequence[str], owners: pd.Series[Any]) -> Sequences:
    """Return, per owner (a document, a unit that speaks), the code most told of each year.

    Its row is that of the first such segment. Segments without an owner are left out; owners come in the
    order they are met.
    """
    import numpy as np

    some = np.zeros(len(given.kept), dtype=bool)
    for code in codes:
        some[given.rows_with(code)] = True
    rows = np.flatnonzero(some & (given.kinds == kind))
    held = values_of(owners)
    named = np.array([bool(name) for name in distinct(held)] + [False])
    year, owner = _years(given, rows), held.at[rows]
    known = (year >= 0) & named[owner]
    rows, year, owner = rows[known], year[known], owner[known]
    _, first, number = np.unique(owner, return_index=True, return_inverse=True)
    met = first.argsort().argsort()
    groups, group = np.unique(met[number] * YEARS + year, return_inverse=True)
    most, best, shown = np.zeros((3, len(groups)), dtype=np.int64)
    tied = np.zeros(len(groups), dtype=bool)
    for n, code in enumerate(codes):
        place = _places(rows, given.rows_with(code))
        count = np.bincount(group[place], minlength=len(groups))
        earliest = np.zeros(len(groups), dtype=np.int64)
        earliest[group[place[::-1]]] = rows[place[::-1]]  # the last one written stays
        more = count > most
        tied = (tied & ~more) | ((count == most) & (count > 0))
        for into, values in ((most, count), (best, n), (shown, earliest)):
            np.copyto(into, values, where=more)
    return Sequences(best[~tied], shown[~tied], (groups // YEARS)[~tied])


def _places(rows: Any, wanted: Any) -> Any:
    """Return where among rows in order those stand that are wanted."""
    import numpy as np

    if not len(rows):
        return rows
    at = np.minimum(rows.searchsorted(wanted), len(rows) - 1)
    return at[rows[at] == wanted]


def _years(given: Given, rows: Any) -> Any:
    """The year that all of what some segments tell of lies in, -1 for none."""
    import numpy as np

    start, end = (values_of(given.kept[column]) for column in ("t_about_start", "t_about_end"))
    key = start.at[rows].astype(np.int64) * len(distinct(end)) + end.at[rows]
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    spans = [(start[row], end[row]) for row in rows[first].tolist()]
    years = [year_of(one, other) if one and other else "" for one, other in spans]
    return np.array([int(year or -1) for year in years], dtype=np.int64)[number]


def topics(given: Given, rows: Any) -> Any:
    """Number, for some codable segments, the questions asked before each in its document."""
    import numpy as np

    columns = ["document_id", "speech", "start"]
    asking = given.segments[columns][given.segments["role"].isin(ASKING).to_numpy(dtype=bool)]
    first = np.unique(given.document, return_index=True)[1].tolist()
    number = {given.names[row]: n for n, row in enumerate(first)}
    names = values_of(asking["document_id"])
    document = np.array([number.get(name, -1) for name in distinct(names)] or [-1], dtype=np.int64)[names.at]
    speech = document << 32 | asking["speech"].to_numpy(dtype=np.int64, na_value=0)
    begins = np.unique(speech, return_index=True)[1]
    starts = document[begins] << 32 | asking["start"].to_numpy(dtype=np.int64, na_value=0)[begins]
    starts.sort()
    own = given.document[rows].astype(np.int64) << 32
    before = starts.searchsorted(own)
    own |= given.kept["start"].to_numpy(dtype=np.int64, na_value=0)[rows]
    return starts.searchsorted(own, side="right") - before
