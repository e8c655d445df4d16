"""Result tables as typed data frames, from rows or from their CSV.

Types follow `columns.TABLES`: text and date are str ("" where empty), int is nullable Int64, float has NaN,
yes_no is bool (empty is False), list is a tuple of str.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import columns
from qualcode.cells import GUARD, cell_value, unguard
from qualcode.columns import Type
from qualcode.problems import StudyError

if TYPE_CHECKING:
    import pandas as pd

LARGE = 8_000_000  # bytes of a file from which on a table is not held in memory word by word
Cell = str | int | float | bool | tuple[str, ...] | None
Row = tuple[Cell, ...]
Block = tuple[int, Mapping[str, Any]]  # how many rows, and by column their values or the one of them all


def frame(rows: Iterable[Row], table: str) -> pd.DataFrame:
    """Make the data frame of one table from rows in the order of its columns; no rows, an empty frame."""
    import pandas as pd

    held = list(rows)
    return pd.DataFrame(
        {
            column.name: _column([row[place] for row in held], column.type)
            for place, column in enumerate(columns.TABLES[table])
        }
    )


def stacked(blocks: Sequence[Block], table: str) -> pd.DataFrame:
    """Make the data frame of one table from blocks of rows, one below the other.

    No column may hold lists or lack numbers. No blocks, an empty frame.
    """
    import numpy as np
    import pandas as pd

    made = {}
    for column in columns.TABLES[table]:
        dtype = {"int": np.int64, "float": np.float64, "yes_no": np.bool_}.get(column.type, np.object_)
        parts: list[Any] = [np.zeros(0, dtype=dtype)]
        for count, block in blocks:
            value = block[column.name]
            parts.append(value if isinstance(value, np.ndarray) else np.full(count, value, dtype=dtype))
        made[column.name] = pd.Series(np.concatenate(parts), dtype=_DTYPES[column.type])
    return pd.DataFrame(made)


def read_table(source: Path | bytes, table: str) -> pd.DataFrame:
    """Read one result table from its CSV (a path or its bytes); columns the table does not declare stay text.

    A large file becomes a frame of lean columns (`large.read_large`), which read words from it when they are
    looked at. Columns that are missing come out empty, so that results of an earlier version can be read.
    Raises StudyError for a file without the first column of its table, which is some other file.
    """
    import pandas as pd

    if isinstance(source, Path) and source.stat().st_size > LARGE:
        from qualcode.analysis.large import read_large

        return read_large(source, table)
    raw = source if isinstance(source, bytes) else source.read_bytes()
    text = raw.decode("utf-8-sig")
    guarded = any(before + GUARD in text for before in ',\n\r"')
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [unguard(cell) for cell in next(lines, [])]
    declared = {column.name: column for column in columns.TABLES[table]}
    first = columns.TABLES[table][0].name
    if first not in header:
        raise StudyError(
            "this is no table of {table}: it has no column '{column}'", table=table, column=first
        )
    cells = list(zip(*lines, strict=True)) or [()] * len(header)
    found = dict(zip(header, cells, strict=True))
    count = len(cells[0])
    made = {}
    for name in [*declared, *(name for name in header if name not in declared)]:
        kind = declared[name].type if name in declared else "text"
        texts: Sequence[str] = found.get(name, ("",) * count)
        made[name] = _read(texts, kind, guarded=guarded)
    return pd.DataFrame(made)


def _read(texts: Sequence[str], kind: Type, *, guarded: bool = True) -> Any:
    """Read the cells of a column as `cell_value` does each, and those that come again once.

    Where no cell of the table is `guarded`, none of the column is looked at for that.
    """
    import numpy as np
    import pandas as pd

    if kind in ("text", "date") and not (guarded and any(text.startswith(GUARD) for text in texts)):
        return pd.Series(list(texts), dtype=object)  # nothing to take away
    if kind == "int" and "" not in texts:
        whole = np.fromiter(map(int, texts), np.int64, len(texts))
        return pd.Series(pd.arrays.IntegerArray(whole, np.zeros(len(texts), dtype=bool)))
    known = {text: cell_value(text, kind) for text in dict.fromkeys(texts)}
    if kind == "int":
        missing = np.fromiter(map("".__eq__, texts), bool, len(texts))
        known[""] = 0
        values = np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))
        return pd.Series(pd.arrays.IntegerArray(values, missing))
    return _column(list(map(known.__getitem__, texts)), kind)


def _column(cells: Sequence[object], kind: str) -> Any:
    import pandas as pd

    values: Any = [bool(cell) for cell in cells] if kind == "yes_no" else cells
    return pd.Series(values, dtype=_DTYPES[kind])


_DTYPES: dict[str, Any] = {
    "text": object,
    "date": object,
    "int": "Int64",
    "float": "float64",
    "yes_no": "bool",
    "list": object,
}
