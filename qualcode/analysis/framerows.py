"""The rows of a data frame, which write themselves column by column and are never made for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.csvlines import Rows, csv_blocks, csv_column

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.columns import Column, Type

AT_ONCE = 20_000  # rows written at a time


class FrameRows(Rows):
    """Rows of a data frame whose columns are those given, in this order."""

    def __init__(self, frame: pd.DataFrame, columns: Sequence[Column]) -> None:
        if len(frame.columns) != len(columns):
            raise ValueError(f"{len(frame.columns)} columns for a table of {len(columns)}")
        self._frame = frame
        self._types: tuple[Type, ...] = tuple(column.type for column in columns)

    def __len__(self) -> int:
        return len(self._frame)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        rows: Iterator[tuple[Any, ...]] = self._frame.itertuples(index=False, name=None)
        return rows

    def blocks(self) -> Iterator[str]:
        if len(self._types) == 1:
            yield from csv_blocks(self, self._types)
            return
        from qualcode.analysis.lean import within_reach

        held = [within_reach(self._frame.iloc[:, place].array) for place in range(len(self._types))]
        for start in range(0, len(self), AT_ONCE):
            parts = [_values(column[start : start + AT_ONCE]) for column in held]
            cells = [csv_column(values, kind) for values, kind in zip(parts, self._types, strict=True)]
            yield "\r\n".join(map(",".join, zip(*cells, strict=True))) + "\r\n"


def _values(column: Any) -> list[Any]:
    """The values of a column as Python has them, which is faster than to go through it."""
    import numpy as np

    if str(column.dtype) == "Int64":
        found: list[Any] = column.to_numpy(dtype=np.int64, na_value=0).tolist()
        if column.isna().any():
            return [None if gone else n for n, gone in zip(found, column.isna().tolist(), strict=True)]
        return found
    plain = column.to_numpy() if column.dtype.kind in "fb" else np.asarray(column, dtype=object)
    values: list[Any] = plain.tolist()
    return values
