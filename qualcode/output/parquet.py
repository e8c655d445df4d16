"""Result tables as Parquet, for R, pandas, DuckDB and the like: typed columns, nothing escaped.

Needs the extra `parquet` (pyarrow). Lists are lists of text, dates stay text (a year is a date here).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from qualcode.cells import cell_text, cell_value
from qualcode.columns import Column
from qualcode.problems import UsageError

BATCH = 10_000  # rows in memory at a time


def write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> int:
    """Write rows of a table; return how many. Raises `UsageError` where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed", hint="pip install 'qualcode[parquet]'"
        ) from None
    types: dict[str, Any] = {
        "text": pa.string(),
        "date": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "yes_no": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    written = 0
    stream = iter(rows)
    with pq.ParquetWriter(path, schema) as writer:
        while batch := list(islice(stream, BATCH)):
            writer.write_batch(
                pa.record_batch(
                    [
                        pa.array([_value(row[place], column) for row in batch], types[column.type])
                        for place, column in enumerate(columns)
                    ],
                    schema=schema,
                )
            )
            written += len(batch)
    return written


def _value(value: object, column: Column) -> object:
    """The value as read back from the CSV, so that both files say the same; unpaired surrogates escaped."""
    read = cell_value(cell_text(value, column.type), column.type)
    if isinstance(read, str):
        return _valid(read)
    return [_valid(item) for item in read] if isinstance(read, tuple) else read


def _valid(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
