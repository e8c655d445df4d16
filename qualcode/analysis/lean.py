"""Columns of large tables that hold numbers where others hold words: each cell is a place in a source.

A `Lean` column is an array of places (integers, -1: nothing) and a source (`sources.py`) that knows what
stands at each. In a data frame it behaves as a column of text (or of tuples): it can be filtered, joined,
sorted, compared and gone through. Only what is looked at is made. Filtering never reads a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from pandas.api.extensions import ExtensionArray, ExtensionDtype, register_extension_dtype, take

from qualcode.analysis.sources import Cells, SegmentIds, Source, Values, Whole, keys_of_texts

if TYPE_CHECKING:
    import pandas as pd


AT_ONCE = 20_000  # cells made at a time when a column is gone through


@register_extension_dtype
class LeanDtype(ExtensionDtype):
    """Text, or tuples of text, made when asked for."""

    name = "lean"
    type = object
    kind = "O"
    na_value = None

    @classmethod
    def construct_array_type(cls) -> Any:
        return Lean


class Lean(ExtensionArray):  # type: ignore[misc, unused-ignore]
    """A column of places in a source; see the head of this file."""

    def __init__(self, source: Source, at: Any, rows: Any = None) -> None:
        self.source, self._at, self._rows = source, at, rows

    @property
    def at(self) -> Any:
        """The places; worked out each time they are asked for where the column shows rows of another."""
        return self._at if self._rows is None else self._at[self._rows]

    def shown(self, rows: Any, known: dict[Any, Any]) -> Lean:
        """Some rows of the column, which holds only which they are; `known` lets columns share that array."""
        if self._rows is None:
            return Lean(self.source, self._at, rows)
        same = (self._rows.__array_interface__["data"], self._rows.strides, len(self._rows))
        if same not in known:
            known[same] = self._rows[rows]
        return Lean(self.source, self._at, known[same])

    # What pandas asks of every column

    @property
    def dtype(self) -> LeanDtype:
        return LeanDtype()

    @property
    def nbytes(self) -> int:
        return int(self._at.nbytes)

    def __len__(self) -> int:
        return len(self._at if self._rows is None else self._rows)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, int | np.integer):
            place = int(self._at[item if self._rows is None else self._rows[item]])
            if isinstance(self.source, Values):
                return None if place < 0 else self.source.held[place]
            return None if place < 0 else self.source.values(np.array([place]))[0]
        if isinstance(item, slice) and self._rows is not None:  # pandas does so whenever it copies a frame
            return Lean(self.source, self._at, self._rows[item])
        if isinstance(item, list):
            item = np.array(item, dtype=bool if item and isinstance(item[0], bool) else np.intp)
        elif isinstance(item, ExtensionArray):
            item = np.asarray(item)
        return Lean(self.source, self._at[item] if self._rows is None else self._at[self._rows[item]])

    def __setitem__(self, key: Any, value: Any) -> None:
        held = self.values()
        held[key] = value.values() if isinstance(value, Lean) else value
        made = lean(held)
        self.source, self._at, self._rows = made.source, made.at, None

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, len(self), AT_ONCE):
            yield from self[start : start + AT_ONCE].values()

    def __eq__(self, other: object) -> Any:
        if isinstance(self.source, Values) and not isinstance(
            other, Lean | np.ndarray | list | ExtensionArray
        ):
            same = np.fromiter((value == other for value in self.source.held), bool, len(self.source.held))
            return np.append(same, False)[self.at]
        theirs = other.values() if isinstance(other, Lean) else other
        return np.asarray(self.values() == theirs, dtype=bool)

    def __ne__(self, other: object) -> Any:
        return ~(self == other)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Lean:
        if not allow_fill and self._rows is not None:
            return Lean(self.source, self._at[self._rows[np.asarray(indices, dtype=np.intp)]])
        return Lean(self.source, take(self.at, indices, fill_value=-1, allow_fill=allow_fill))

    def copy(self) -> Lean:
        return Lean(self.source, self._at, self._rows)  # nobody writes into these

    def isna(self) -> Any:
        return self.source.missing(self.at) if isinstance(self.source, Whole) else self.at < 0

    def tolist(self) -> list[Any]:
        return list(self)

    def isin(self, values: Any) -> Any:
        wanted = set(values)
        if isinstance(self.source, Values):
            same = np.fromiter((value in wanted for value in self.source.held), bool, len(self.source.held))
            return np.append(same, False)[self.at]
        if isinstance(self.source, SegmentIds):
            numbers: dict[Any, int] = {}
            keys = self.source.keys(self.at, numbers)
            mine = np.sort(keys_of_texts(wanted, numbers))
            if not len(mine):
                return np.zeros(len(self), dtype=bool)
            return mine[np.minimum(mine.searchsorted(keys), len(mine) - 1)] == keys
        return np.fromiter((value in wanted for value in self), bool, len(self))

    def map(self, mapper: Any, na_action: Any = None) -> Any:
        call = mapper if callable(mapper) else mapper.get
        if isinstance(self.source, Values):
            made = np.empty(len(self.source.held) + 1, dtype=object)
            made[:-1] = [call(value) for value in self.source.held]
            made[-1] = None
            return made[self.at]
        return np.array([call(value) for value in self], dtype=object)

    def factorize(self, use_na_sentinel: bool = True) -> tuple[Any, Lean]:
        if isinstance(self.source, SegmentIds):
            _, first, number = np.unique(
                self.source.keys(self.at, {}), return_index=True, return_inverse=True
            )
            order = np.argsort(first, kind="stable")
            place = np.empty(len(order), dtype=np.int64)
            place[order] = np.arange(len(order))
            return place[number], self[first[order]]
        if not isinstance(self.source, Values):
            return lean(self.values()).factorize(use_na_sentinel)
        return _renumbered(self.at, self.source)

    def unique(self) -> Lean:
        return self.factorize()[1]

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        if isinstance(dtype, LeanDtype) or dtype == "lean":
            return self.copy() if copy else self
        return np.asarray(self.values()).astype(dtype)

    def values(self) -> Any:
        """Make all of it: an object array."""
        at = self.at
        if not (at < 0).any():
            return self.source.values(at)
        held = np.empty(len(at), dtype=object)
        held[at >= 0] = self.source.values(at[at >= 0])
        return held

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        held = self.values()
        return held if dtype is None or np.dtype(dtype) == np.dtype(object) else held.astype(dtype)

    def to_numpy(self, dtype: Any = None, copy: bool = False, na_value: Any = None) -> Any:
        if isinstance(self.source, Whole) and dtype is not None:
            return self.source.numbers(self.at, dtype, na_value)
        return self.__array__(dtype)

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Lean:
        return scalars if isinstance(scalars, Lean) else lean(scalars)

    @classmethod
    def _from_factorized(cls, values: Any, original: Any) -> Lean:
        return lean(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Any) -> Lean:
        parts = list(to_concat)
        if all(part.source is parts[0].source for part in parts):
            return Lean(parts[0].source, np.concatenate([part.at for part in parts]))
        return lean(np.concatenate([part.values() for part in parts]))

    def _values_for_argsort(self) -> Any:
        return self.ranks()

    def _values_for_factorize(self) -> tuple[Any, Any]:
        return self.values(), None

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str]:
        return str

    def ranks(self) -> Any:
        """Numbers that sort as the values do; nothing sorts last."""
        if isinstance(self.source, Whole):
            return self.to_numpy(np.int64, na_value=np.iinfo(np.int64).max)
        if not isinstance(self.source, Values):
            return lean(self.values()).ranks()
        order = sorted(range(len(self.source.held)), key=self.source.held.__getitem__)
        rank = np.empty(len(order) + 1, dtype=np.int32)
        rank[order] = np.arange(len(order))
        rank[-1] = len(order)
        return rank[self.at]


def shown(frame: pd.DataFrame, rows: Any) -> pd.DataFrame:
    """Return some rows of a frame, by number and in any order, numbered anew.

    Where a column is lean, these and whole numbers stay where they are and hold one array of rows between
    them.
    """
    import pandas as pd

    held = {name: frame[name].array for name in frame.columns}
    if not any(isinstance(column, Lean) for column in held.values()):
        plain: pd.DataFrame = frame.iloc[rows].reset_index(drop=True)
        return plain
    rows, known = np.asarray(rows, dtype=np.int32), dict[Any, Any]()
    made: dict[str, Any] = {}
    for name, column in held.items():
        if isinstance(column, pd.arrays.IntegerArray):
            made[name] = Lean(Whole(column), rows)
        else:
            made[name] = column.shown(rows, known) if isinstance(column, Lean) else column.take(rows)
    return pd.DataFrame(made, copy=False)


def rows_of(column: pd.Series[Any], rows: Any) -> Lean:
    """Return some rows of a column, by number and in any order, as a lean one."""
    held = column.array
    some: Lean = held[rows] if isinstance(held, Lean) else lean(list(column.iloc[rows]))
    return some


def within_reach(column: Any) -> Any:
    """Return a column that is gone through in another order than its file's so that it is read only once.

    Other columns come back as they are.
    """
    if not isinstance(column, Lean) or not isinstance(column.source, Cells):
        return column
    at = column.at
    if (np.diff(at) >= 0).all() or (at < 0).any():
        return column
    places, inverse = np.unique(at, return_inverse=True)
    return Lean(column.source.spans(places), inverse.astype(np.int32))


def lean(values: Any) -> Lean:
    """Make a lean column of values of any kind that can be told apart; None is nothing."""
    known: dict[Any, int] = {}
    at = np.fromiter(
        (-1 if value is None or value != value else known.setdefault(value, len(known)) for value in values),
        np.int32,
        len(values),
    )
    return Lean(Values(list(known)), at)


def _renumbered(at: Any, source: Values) -> tuple[Any, Lean]:
    """Number values in the order they come, as `factorize` does; nothing stays -1."""
    first = np.full(len(source.held) + 1, len(at), dtype=np.int64)
    np.minimum.at(first, at, np.arange(len(at)))
    first[-1] = len(at)
    met = np.flatnonzero(first[:-1] < len(at))
    met = met[np.argsort(first[met], kind="stable")]
    number = np.full(len(source.held) + 1, -1, dtype=np.int64)
    number[met] = np.arange(len(met))
    return number[at], Lean(source, met.astype(np.int32))


def least(count: int) -> Any:
    """The narrowest type of whole numbers that can number so many values."""
    return np.int8 if count < 127 else np.int16 if count < 32_767 else np.int32


def values_of(column: pd.Series[Any]) -> Lean:
    """The column as numbers and distinct values, whatever it was."""
    held = column.array
    if isinstance(held, Lean) and isinstance(held.source, Values):
        return held
    return lean(list(column))
