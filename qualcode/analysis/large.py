"""A large result table as a data frame of `lean` columns: 30 to 60 bytes a row, whatever stands in it.

Text that hardly repeats (the words of segments, spans, quotes) stays in the file and is read where it is
looked at. All other text and lists are numbered values. The file must stay where it is while the frame lives.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode import columns
from qualcode.analysis.lean import STRIDE, Cells, Lean, SegmentIds, Values
from qualcode.cells import cell_value, unguard
from qualcode.problems import StudyError

if TYPE_CHECKING:
    import pandas as pd

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
ROWS = 50_000  # parsed at a time
BLOCK = 8 << 20


def read_large(path: Path, table: str) -> pd.DataFrame:
    """Read a result table as `load.read_table` does, in lean columns.

    Raises `StudyError` for a file without the first column of its table, and `ValueError` for one with a row
    that has too few cells.
    """
    import pandas as pd

    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = [unguard(cell) for cell in next(csv.reader(stream, strict=True), [])]
    declared = {column.name: column for column in columns.TABLES[table]}
    first = columns.TABLES[table][0].name
    if first not in header:
        raise StudyError(
            "this is no table of {table}: it has no column '{column}'", table=table, column=first
        )
    offsets, count = _offsets(path)
    now = [name for name in header if name not in LATER or name not in declared]
    parts = {name: _Growing(declared[name].type if name in declared else "text", name) for name in now}
    for chunk in _chunks(path, [header.index(name) for name in now]):
        for name, place in zip(now, chunk.columns, strict=True):
            parts[name].add(chunk[place].array)
    made: dict[str, Any] = {name: part.column() for name, part in parts.items()}
    if any(len(column) != count for column in made.values()):
        raise ValueError("its rows do not end where they should")
    every = np.arange(count, dtype=np.int32)
    for name in header:
        if name not in made:
            kind = declared[name].type
            made[name] = Lean(Cells(path, header.index(name), offsets, partial(cell_value, kind=kind)), every)
    if "segment_id" in made and "document_id" in made:
        made["segment_id"] = _ids(made["segment_id"], made["document_id"], every)
    order = [*declared, *(name for name in header if name not in declared)]
    nothing = {name: _empty(declared[name].type, count) for name in declared if name not in made}
    return pd.DataFrame({name: made[name] if name in made else nothing[name] for name in order})


def _chunks(path: Path, places: list[int]) -> Iterator[pd.DataFrame]:
    import pandas as pd

    try:
        yield from pd.read_csv(
            path,
            usecols=places,
            dtype="category",
            header=None,
            skiprows=1,
            encoding="utf-8-sig",
            na_filter=False,
            chunksize=ROWS,
            engine="c",
        )
    except pd.errors.EmptyDataError:
        return


class _Growing:
    """A column as it is read: numbers of the distinct cells so far."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind, self.name = kind, name
        self.known: dict[str, int] = {}
        self.numbers: list[Any] = []

    def add(self, chunk: Any) -> None:
        cells = [str(cell) for cell in chunk.categories]
        codes = np.asarray(chunk.codes)
        if len(codes) and int(codes.min()) < 0:
            raise ValueError("a row has too few cells")
        if self.name == "segment_id":
            self.numbers.append(np.array([_index(cell) for cell in cells] or [0], dtype=np.int32)[codes])
        elif self.kind in ("int", "float"):
            self.numbers.append(_numbers(cells, self.kind)[codes] if cells else np.zeros(0))
        else:
            to = np.array([self.known.setdefault(cell, len(self.known)) for cell in cells] or [0])
            self.numbers.append(to.astype(_least(len(self.known)))[codes])

    def column(self) -> Any:
        import pandas as pd

        if self.name == "segment_id":
            return np.concatenate([np.zeros(0, dtype=np.int32), *self.numbers])
        held = np.concatenate(self.numbers) if self.numbers else np.zeros(0, dtype=np.int8)
        self.numbers = []
        if self.kind == "float":
            return held.astype(float)
        if self.kind == "int":
            missing = np.isnan(held)
            return pd.arrays.IntegerArray(np.where(missing, 0, held).astype(np.int32), missing)
        values = [cell_value(cell, self.kind) for cell in self.known]  # type: ignore[arg-type]
        if self.kind == "yes_no":
            return np.array([bool(value) for value in values] or [False], dtype=bool)[held.astype(np.int64)]
        return Lean(Values(values), held.astype(_least(len(values))))


def _index(name: str) -> int:
    return int(unguard(name).rpartition(":")[2])


def _ids(indexes: Any, documents: Lean, every: Any) -> Lean:
    return Lean(SegmentIds(documents, indexes), every)


def _numbers(cells: list[str], kind: str) -> Any:
    read = [cell_value(cell, kind) for cell in cells]  # type: ignore[arg-type]
    return np.array([np.nan if value is None else value for value in read], dtype=float)


def _least(count: int) -> Any:
    return np.int8 if count < 127 else np.int16 if count < 32_767 else np.int32


def _empty(kind: str, count: int) -> Any:
    import pandas as pd

    if kind == "int":
        return pd.arrays.IntegerArray(np.zeros(count, dtype=np.int32), np.ones(count, dtype=bool))
    if kind == "float":
        return np.full(count, np.nan)
    if kind == "yes_no":
        return np.zeros(count, dtype=bool)
    return Lean(Values([() if kind == "list" else ""]), np.zeros(count, dtype=np.int8))


def _offsets(path: Path) -> tuple[Any, int]:
    """Return where every 256th row begins, and how many rows there are: line ends outside of quotes."""
    kept: list[int] = []
    rows, at, inside = -1, 0, 0
    last = b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            signs = np.frombuffer(block, dtype=np.uint8)
            marks = np.flatnonzero((signs == 0x22) | (signs == 0x0A))
            quote = signs[marks] == 0x22
            parity = (np.cumsum(quote) + inside) & 1
            ends = marks[~quote & (parity == 0)] + at + 1
            inside = int(parity[-1]) if len(marks) else inside
            numbers = np.arange(rows + 1, rows + 1 + len(ends))
            kept += ends[numbers % STRIDE == 0].tolist()
            rows += len(ends)
            at += len(block)
            last = block[-1:]
    if last not in (b"\n", b""):
        rows += 1
    if rows > 0 and rows % STRIDE == 0 and kept and kept[-1] >= at:
        kept.pop()
    return np.array(kept, dtype=np.int64), max(rows, 0)
