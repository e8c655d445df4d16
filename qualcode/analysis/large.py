"""A large result table as a data frame of `lean` columns: 30 to 60 bytes a row, whatever stands in it.

Text that hardly repeats (the words of segments, spans, quotes) stays in the file and is read where it is
looked at. All other text and lists are numbered values; the numbers lie in files that are mapped
(`growing.py`). The table's file must stay where it is while the frame lives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode import columns
from qualcode.analysis.csvplaces import CsvFile, Lines, unquoted
from qualcode.analysis.growing import Growing, counting, mapped
from qualcode.analysis.lean import Lean, least
from qualcode.analysis.sources import Cells, SegmentIds, Values
from qualcode.cells import cell_value, unguard
from qualcode.problems import StudyError

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.columns import Type

LATER = frozenset(
    {
        "text",
        "quote",
        "matched",
        "spans",
        "evidence",
        "parts",
        "coding_id",
        "attributes",
        "repairs",
        "example",
    }
)
DIGITS = 9  # of the whole numbers that are read many at once


def read_large(path: Path, table: str) -> pd.DataFrame:
    """Read a result table as `load.read_table` does, in lean columns.

    Raises `StudyError` for a file without the first column of its table, and `ValueError` for one with a row
    that has too few cells or too many.
    """
    import pandas as pd

    file = CsvFile(path)
    header = [unguard(cell) for cell in file.header]
    declared = {column.name: column for column in columns.TABLES[table]}
    first = columns.TABLES[table][0].name
    if first not in header:
        raise StudyError(
            "this is no table of {table}: it has no column '{column}'", table=table, column=first
        )
    parts = {
        name: _growing(path.parent, name, declared[name].type if name in declared else "text")
        for name in header
        if name not in LATER or name not in declared
    }
    for lines in file.lines():
        for name, part in parts.items():
            part.add(lines, header.index(name))
    made: dict[str, Any] = {name: parts.pop(name).column() for name in list(parts)}
    every = counting(path.parent, file.rows)
    for place, name in enumerate(header):
        if name not in made:
            made[name] = Lean(Cells(file, place, declared[name].type), every)
    if "segment_id" in made and "document_id" in made:
        made["segment_id"] = Lean(SegmentIds(made["document_id"], made["segment_id"]), every)
    order = [*declared, *(name for name in header if name not in declared)]
    nothing = {name: _empty(declared[name].type, file.rows) for name in declared if name not in made}
    return pd.DataFrame({name: made[name] if name in made else nothing[name] for name in order}, copy=False)


def _growing(folder: Path, name: str, kind: Type) -> _Numbers | _Indexes | _Words:
    if name == "segment_id":
        return _Indexes(folder)
    return _Numbers(folder) if kind == "int" else _Words(folder, kind)


class _Numbers:
    """A column of whole numbers as it is read; 0 where there is none."""

    def __init__(self, folder: Path) -> None:
        self._found, self._missing = Growing(folder, np.int32), Growing(folder, np.bool_)

    def add(self, lines: Lines, column: int) -> None:
        begins, ends = lines.cells(column)
        found, digits = last_digits(lines.raw, begins, ends)
        odd = np.flatnonzero((digits != ends - begins) | (digits > DIGITS))
        missing = ends == begins
        for n, cell in zip(odd.tolist(), lines.texts(column, odd), strict=True):
            value = cell_value(cell, "int")
            found[n], missing[n] = value or 0, value is None
        self._found.add(found)
        self._missing.add(missing)

    def column(self) -> Any:
        import pandas as pd

        return pd.arrays.IntegerArray(self._found.array(), self._missing.array())


class _Indexes:
    """The ids of segments as they are read: only the number at the end of each is held."""

    def __init__(self, folder: Path) -> None:
        self._found = Growing(folder, np.int32)

    def add(self, lines: Lines, column: int) -> None:
        begins, ends = lines.cells(column)
        signs = np.frombuffer(lines.raw, dtype=np.uint8)
        quoted = signs[begins] == ord('"')
        found, digits = last_digits(lines.raw, begins + quoted, ends - quoted)
        before = np.maximum(ends - quoted - digits - 1, 0)
        plain = (digits > 0) & (digits <= DIGITS) & (signs[before] == ord(":")) & (before >= begins)
        odd = np.flatnonzero(~plain)
        for n, cell in zip(odd.tolist(), lines.texts(column, odd), strict=True):
            found[n] = int(unguard(cell).rpartition(":")[2])
        self._found.add(found)

    def column(self) -> Any:
        return self._found.array()


def last_digits(raw: bytes, begins: Any, ends: Any) -> tuple[Any, Any]:
    """Return the numbers that cells end with, 0 for none, and of how many digits each is.

    A number of more than `DIGITS` digits is wrong; `DIGITS` + 1 are counted.
    """
    signs = np.frombuffer(raw, dtype=np.uint8)
    found = np.zeros(len(begins), dtype=np.int32)
    digits = np.zeros(len(begins), dtype=np.int64)
    going = np.arange(len(begins))
    for n in range(DIGITS + 1):
        going = going[ends[going] - n > begins[going]]
        sign = signs[ends[going] - n - 1] - np.uint8(ord("0"))
        going, sign = going[sign < 10], sign[sign < 10]
        if not len(going):
            break
        digits[going] += 1
        if n < DIGITS:
            found[going] += sign * np.int32(10**n)
    return found, digits


class _Words:
    """A column of text, or of what hardly differs, as it is read: numbers of the distinct cells so far."""

    def __init__(self, folder: Path, kind: Type) -> None:
        self.folder, self.kind = folder, kind
        self.known: dict[bytes, int] = {}
        self._numbers = Growing(folder, np.int8)

    def add(self, lines: Lines, column: int) -> None:
        raw, known = lines.raw, self.known
        begins, ends = lines.cells(column)
        new = np.flatnonzero(_other_than_before(raw, begins, ends))
        cells = [raw[a:b] for a, b in zip(begins[new].tolist(), ends[new].tolist(), strict=True)]
        numbers = np.array([known.setdefault(cell, len(known)) for cell in cells], dtype=np.int32)
        many = np.diff(np.append(new, len(begins)))
        self._numbers.add(np.repeat(numbers.astype(least(len(known))), many))

    def column(self) -> Any:
        held = self._numbers.array()
        values: dict[Any, int] = {}
        cells: Iterable[Any] = (cell_value(unquoted(str(cell, "utf-8")), self.kind) for cell in self.known)
        if self.kind == "list":
            cells = (tuple(map(sys.intern, cell)) for cell in cells)  # the same few codes in many lists
        to = np.array([values.setdefault(value, len(values)) for value in cells] or [0])
        if len(values) < len(self.known):  # one value, written in two ways
            held = mapped(self.folder, to.astype(least(len(values))), held)
        if self.kind == "float":
            found = np.array([np.nan if v is None else v for v in values] or [0.0], dtype=float)
            return mapped(self.folder, found, held)
        if self.kind == "yes_no":
            found = np.array([bool(value) for value in values] or [False], dtype=bool)
            return mapped(self.folder, found, held)
        return Lean(Values(list(values)), held)


def _other_than_before(raw: bytes, begins: Any, ends: Any) -> Any:
    """Whether each cell differs from the one before; the first does. Compared are eight bytes at a time."""
    size = ends - begins
    other = np.ones(len(begins), dtype=bool)
    other[1:] = size[1:] != size[:-1]
    words = _words(raw)
    going = np.flatnonzero(~other)
    for done in range(0, int(size.max(initial=0)), 8):
        going = going[size[going] > done]
        here, before = words[begins[going] + done], words[begins[going - 1] + done]
        left = np.minimum(size[going] - done, 8).astype(np.uint64)
        differs = ((here ^ before) << (np.uint64(64) - left * np.uint64(8))) != 0
        other[going[differs]] = True
        going = going[~differs]
    return other


def _words(raw: bytes) -> Any:
    """The eight bytes that begin at each place, as numbers, the first byte the lowest."""
    padded = raw + bytes(7)
    return np.ndarray((len(raw),), dtype="<u8", buffer=padded, strides=(1,))


def _empty(kind: str, count: int) -> Any:
    import pandas as pd

    if kind == "int":
        return pd.arrays.IntegerArray(np.zeros(count, dtype=np.int32), np.ones(count, dtype=bool))
    if kind == "float":
        return np.full(count, np.nan)
    if kind == "yes_no":
        return np.zeros(count, dtype=bool)
    return Lean(Values([() if kind == "list" else ""]), np.zeros(count, dtype=np.int8))
