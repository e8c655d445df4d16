"""The spans of many codings as numbers: where the words begin and end that each of them rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from qualcode.analysis.lean import Lean
from qualcode.analysis.sources import Cells
from qualcode.cells import join_list, unguard

NUMBERS = bytes.maketrans(b"-;\n", b"   ")
KNOWN = b"0123456789-;\n"


def spans_of(column: Any, rows: Any) -> tuple[Any, Any, Any]:
    """Return for every span of some rows which of these it is of, its start, and its end.

    `column` is the column `spans` of `coded_segments`.

    >>> import pandas as pd
    >>> [part.tolist() for part in spans_of(pd.Series([("2-4", "7-9"), (), ("1-3",)]), np.array([1, 0, 2]))]
    [[1, 1, 2], [2, 7, 1], [4, 9, 3]]
    """
    parts = [_read(low, cells) for low, cells in _written(column, rows)]
    nothing = np.zeros((3, 0), dtype=np.int64)
    row, start, end = np.concatenate([nothing, *parts], axis=1)
    return row, start, end


def _written(column: Any, rows: Any) -> Iterator[tuple[Any, list[str]]]:
    """Yield cells as they are written, some at a time, before them which of the rows they are of."""
    held = column.array
    if not isinstance(held, Lean) or not isinstance(held.source, Cells):
        yield np.arange(len(rows)), [join_list(spans) for spans in column.iloc[rows]]
        return
    places = held[rows].at
    order = np.argsort(places, kind="stable")
    for low, high, cells in held.source.file.texts(held.source.column, places[order]):
        yield order[low:high], [unguard(cell) for cell in cells]


def _read(rows: Any, cells: list[str]) -> Any:
    """Read some cells: of which row each span is, its start, its end."""
    raw = ("\n".join(cells) + "\n").encode()
    if raw.translate(None, KNOWN):
        raise ValueError("a span is not a number, a hyphen and a number")
    signs = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero((signs == ord(";")) | (signs == ord("\n")))
    last = signs[ends] == ord("\n")
    cell = np.cumsum(last) - last
    written = np.diff(ends, prepend=-1) > 1
    numbers = _numbers(raw.translate(NUMBERS).split())
    return np.concatenate((rows[cell[written]][None], numbers.reshape(-1, 2).T))


def _numbers(words: Iterable[bytes]) -> Any:
    return np.array(list(map(int, words)), dtype=np.int64)


def overlapping(column: Any, rows: Any, group: Any) -> Any:
    """Return which of some rows are of a group in which two spans have a character in common.

    `group` numbers the group of each row; rows of a group come together, and numbers rise.
    """
    at, start, end = spans_of(column, rows)
    if not len(at):
        return np.zeros(0, dtype=np.int64)
    base = (group[at].astype(np.int64) - int(group[0])) << 32
    order = np.argsort(base + start)
    reach = np.maximum.accumulate((base + end)[order])
    common = np.flatnonzero(reach[:-1] > (base + start)[order[1:]])
    return np.flatnonzero(np.isin(group, np.unique(group[at[order[common + 1]]])))
