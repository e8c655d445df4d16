"""Columns of large tables that hold numbers where others hold words: each cell is a place in a source.

A `Lean` column is an array of places (integers, -1: nothing) and a source that knows what stands at each:

- `Values`: the distinct values of a column, such as the names of codes; a cell is 1 to 4 bytes
- `SegmentIds`: the id of a segment, made up of its document and number when somebody asks
- `Cells`: the cells of a CSV file, read from it when somebody asks; none of them is held
- `Whole`: whole numbers, of which some rows are shown without holding them again

In a data frame it behaves as a column of text (or of tuples): it can be filtered, joined, sorted, compared
and gone through. Only what is looked at is made. Filtering never reads a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from pandas.api.extensions import ExtensionArray, ExtensionDtype, register_extension_dtype, take

from qualcode.analysis.csvplaces import unquoted
from qualcode.cells import cell_value

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.csvplaces import CsvFile
    from qualcode.columns import Type

AT_ONCE = 20_000  # cells made at a time when a column is gone through
KEYS = 1 << 20  # ids of segments that are made integers at a time


class Source(Protocol):
    """What knows the values: of many places at once."""

    def values(self, places: Any) -> Any:
        """Return an object array of the values at places, all of them >= 0."""


class Values:
    """Distinct values, by number."""

    def __init__(self, held: Sequence[object]) -> None:
        self.held = np.empty(len(held), dtype=object)
        self.held[:] = held

    def values(self, places: Any) -> Any:
        return self.held[places]


class SegmentIds:
    """Ids of segments: `numbers` are their indexes, `documents` (a `Lean` of `Values`) their documents."""

    def __init__(self, documents: Lean, numbers: Any) -> None:
        self.documents, self.numbers = documents, numbers

    def values(self, places: Any) -> Any:
        names = self.documents.take(places).values()
        made = np.empty(len(places), dtype=object)
        made[:] = [f"{name}:{n}" for name, n in zip(names, self.numbers[places].tolist(), strict=True)]
        return made


class Cells:
    """One column of a CSV file, read where it is asked for."""

    def __init__(self, file: CsvFile, column: int, kind: Type) -> None:
        self.file, self.column, self.kind = file, column, kind

    def values(self, places: Any) -> Any:
        held = np.empty(len(places), dtype=object)
        order = None
        if (np.diff(places) < 0).any():
            order = np.argsort(places, kind="stable")
            places = places[order]
        for low, high, cells in self.file.texts(self.column, places):
            held[slice(low, high) if order is None else order[low:high]] = _objects(self.read(cells))
        return held

    def spans(self, places: Any) -> Spans:
        """Where in the file some of the cells stand; places ascend."""
        parts = [(begins, ends) for begins, ends in self.file.spans(self.column, places)]
        begins, ends = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Spans(self, begins, (ends - begins).astype(np.int32))

    def read(self, cells: list[str]) -> list[Any]:
        """What cells say, by the type of the column."""
        if self.kind in ("text", "date") and "'" not in {cell[:1] for cell in cells}:
            return cells  # nothing to take away
        return [cell_value(cell, self.kind) for cell in cells]


class Spans:
    """Cells of a CSV file by where they begin and how many bytes they have, each read by itself."""

    def __init__(self, cells: Cells, begins: Any, sizes: Any) -> None:
        self.cells, self.begins, self.sizes = cells, begins, sizes

    def values(self, places: Any) -> Any:
        with self.cells.file.path.open("rb", buffering=0) as stream:
            raw = []
            for begin, size in zip(self.begins[places].tolist(), self.sizes[places].tolist(), strict=True):
                stream.seek(begin)
                raw.append(stream.read(size))
        return _objects(self.cells.read([unquoted(str(cell, "utf-8")) for cell in raw]))


class Whole:
    """A column of whole numbers; places without one say nothing."""

    def __init__(self, held: pd.arrays.IntegerArray) -> None:
        self.held = held

    def values(self, places: Any) -> Any:
        return self.held[places].to_numpy(dtype=object, na_value=None)

    def missing(self, places: Any) -> Any:
        return self.held[places].isna()

    def numbers(self, places: Any, dtype: Any, na_value: Any) -> Any:
        return self.held[places].to_numpy(dtype=dtype, na_value=na_value)


def _objects(values: list[Any]) -> Any:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


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
            keys, numbers = _keys(self, {})
            mine = np.sort(_keys_of_texts(wanted, numbers))
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
            _, first, number = np.unique(_keys(self, {})[0], return_index=True, return_inverse=True)
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
    theirs, numbers = _keys(other, {})
    order = None if (theirs[1:] > theirs[:-1]).all() else np.argsort(theirs, kind="stable")
    found = np.full(len(one), -1, dtype=np.int64)
    for start in range(0, len(one) if len(theirs) else 0, KEYS):
        some = one[start : start + KEYS]
        if isinstance(some, Lean) and isinstance(some.source, SegmentIds):
            mine = _keys(some, numbers)[0]
        else:
            mine = _keys_of_texts(some, numbers)
        place = np.minimum(np.searchsorted(theirs, mine, sorter=order), len(theirs) - 1)
        if order is not None:
            place = order[place]
        place[theirs[place] != mine] = -1
        found[start : start + KEYS] = place
    return found


def _keys_of_texts(ids: Any, numbers: Mapping[Any, int]) -> Any:
    """The same integers as `_keys` for ids written out, -1 for what is none."""
    parts = (str(name).rpartition(":") for name in ids)
    return np.fromiter(
        (
            (numbers[name] << 32) + int(n) if name in numbers and n.isdecimal() and n == str(int(n)) else -1
            for name, _, n in parts
        ),
        np.int64,
        len(ids),
    )


def _keys(column: Lean, numbers: dict[Any, int]) -> tuple[Any, dict[Any, int]]:
    """One integer for each id: the number of its document and its own. New documents are numbered on."""
    source = column.source
    assert isinstance(source, SegmentIds)
    documents = source.documents
    assert isinstance(documents.source, Values)
    number = np.array(
        [numbers.setdefault(name, len(numbers)) for name in documents.source.held] or [0], dtype=np.int64
    )
    number <<= 32
    made = np.empty(len(column), dtype=np.int64)
    for start in range(0, len(column), KEYS):
        at = column[start : start + KEYS].at
        made[start : start + KEYS] = number[documents[at].at] + source.numbers[at]
    return made, numbers


def numbered_alike(*columns: pd.Series[Any]) -> list[Any]:
    """Number the ids of segments in several columns; one id has one number in all of them."""
    arrays = [column.array for column in columns]
    known: dict[Any, int] = {}
    if all(isinstance(held, Lean) and isinstance(held.source, SegmentIds) for held in arrays):
        return [_keys(held, known)[0] for held in arrays]
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
        return _keys(held, {})[0]
    return values_of(column).at


def tally(column: pd.Series[Any]) -> dict[Any, int]:
    """Count the rows of each value of a column; what is nothing is left out."""
    held = values_of(column)
    names = distinct(held)
    counts = np.zeros(len(names) + 1, dtype=np.int64)
    for start in range(0, len(held), KEYS):
        counts += np.bincount(
            held[start : start + KEYS].at.astype(np.intp) % len(counts), minlength=len(counts)
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
