"""Values of columns as whole numbers: told apart, looked up, counted, without an object for each row.

Ids of segments are numbers of documents and of segments in them (`sources.SegmentIds`), and are compared so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.lean import Lean, lean, least, values_of
from qualcode.analysis.sources import SegmentIds, Values, keys_of_texts

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 1 << 20  # rows looked at together


def distinct(column: Lean) -> list[Any]:
    """The distinct values of a column of `Values`, in the order of their numbers."""
    assert isinstance(column.source, Values)
    return list(column.source.held)


def looked_up(column: pd.Series[Any], known: Mapping[Any, Any], default: Any) -> Any:
    """Replace each value by what a map says of it, as a lean column."""
    held = values_of(column)
    assert isinstance(held.source, Values)
    there = lean([known.get(value, default) for value in held.source.held] + [default])
    return Lean(there.source, there.at.astype(least(int(there.at.max()) + 1))[held.at])


def places_of(ids: pd.Series[Any], among: pd.Series[Any]) -> Any:
    """Return, for each id of a segment, its row among others (all different), -1 where it is not there."""
    one, other = ids.array, among.array
    if not (isinstance(other, Lean) and isinstance(other.source, SegmentIds)):
        known = {name: n for n, name in enumerate(among)}
        return np.fromiter((known.get(name, -1) for name in ids), np.int64, len(ids))
    numbers: dict[Any, int] = {}
    theirs = other.source.keys(other.at, numbers)
    order = None if (theirs[1:] > theirs[:-1]).all() else np.argsort(theirs, kind="stable")
    found = np.full(len(one), -1, dtype=np.int64)
    for start in range(0, len(one) if len(theirs) else 0, AT_ONCE):
        some = one[start : start + AT_ONCE]
        if isinstance(some, Lean) and isinstance(some.source, SegmentIds):
            mine = some.source.keys(some.at, numbers)
        else:
            mine = keys_of_texts(some, numbers)
        place = np.minimum(np.searchsorted(theirs, mine, sorter=order), len(theirs) - 1)
        if order is not None:
            place = order[place]
        place[theirs[place] != mine] = -1
        found[start : start + AT_ONCE] = place
    return found


def numbered_alike(*columns: pd.Series[Any]) -> list[Any]:
    """Number the ids of segments in several columns; one id has one number in all of them."""
    arrays = [column.array for column in columns]
    known: dict[Any, int] = {}
    if all(isinstance(held, Lean) and isinstance(held.source, SegmentIds) for held in arrays):
        return [held.source.keys(held.at, known) for held in arrays]
    return [
        np.fromiter((known.setdefault(name, len(known)) for name in held), np.int64, len(held))
        for held in arrays
    ]


def segment_numbers(ids: pd.Series[Any]) -> Any:
    """Return the number of each segment in its document, as its id says; 0 where it says none."""
    held = ids.array
    if isinstance(held, Lean) and isinstance(held.source, SegmentIds):
        return held.source.numbers[held.at]
    return np.fromiter((int(str(name).rpartition(":")[2] or 0) for name in held), np.int64, len(held))


def numbered(column: pd.Series[Any]) -> Any:
    """Return an integer for each value of a column, the same for equal ones."""
    held = column.array
    if isinstance(held, Lean) and isinstance(held.source, SegmentIds):
        return held.source.keys(held.at, {})
    return values_of(column).at


def tally(column: pd.Series[Any]) -> dict[Any, int]:
    """Count the rows of each value of a column; what is nothing is left out."""
    held = values_of(column)
    names = distinct(held)
    counts = np.zeros(len(names) + 1, dtype=np.int64)
    for start in range(0, len(held), AT_ONCE):
        counts += np.bincount(
            held[start : start + AT_ONCE].at.astype(np.intp) % len(counts), minlength=len(counts)
        )
    return {name: n for name, n in zip(names, counts.tolist(), strict=False) if n}


def stretches(key: Any, size: int) -> Iterator[slice]:
    """Cut rows in the order of a key into stretches of about `size` rows, none of which ends within a key.

    >>> [list(range(6))[some] for some in stretches(np.array([1, 1, 2, 2, 2, 3]), 3)]
    [[0, 1, 2, 3, 4], [5]]
    """
    low = 0
    while low < len(key):
        high = int(key.searchsorted(key[min(low + size, len(key)) - 1], side="right"))
        yield slice(low, high)
        low = high
