"""The rows of a data frame, which write themselves column by column: what repeats is written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from qualcode.cells import Known, Rows, cell_text, csv_cell, number_text

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.columns import Column, Type

AT_ONCE = 20_000  # rows written at a time

_Write = Callable[[Any], list[str]]


class FrameRows(Rows):
    """Rows of a data frame whose columns are those given, in this order."""

    def __init__(self, frame: pd.DataFrame, columns: Sequence[Column]) -> None:
        if len(frame.columns) != len(columns):
            raise ValueError(f"{len(frame.columns)} columns for a table of {len(columns)}")
        self._frame = frame
        self._kinds: tuple[Type, ...] = tuple(column.type for column in columns)

    def __len__(self) -> int:
        return len(self._frame)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        rows: Iterator[tuple[Any, ...]] = self._frame.itertuples(index=False, name=None)
        return rows

    def lines(self) -> Iterator[str]:
        held = [self._frame.iloc[:, place].array for place in range(len(self._kinds))]
        writers = [_writer(column.dtype, kind) for column, kind in zip(held, self._kinds, strict=True)]
        for start in range(0, len(self), AT_ONCE):
            cells = [
                write(column[start : start + AT_ONCE]) for write, column in zip(writers, held, strict=True)
            ]
            for line in map(",".join, zip(*cells, strict=True)):
                yield line + "\r\n"


def _writer(dtype: Any, kind: Type) -> _Write:
    """What writes cells of a column; each knows the values it has written before."""
    known: Known[Any] = Known(lambda value: csv_cell(cell_text(value, kind)))
    if kind == "float" and dtype == "float64":
        return partial(_floats, Known(number_text))
    if kind == "int" and str(dtype) == "Int64":
        return _whole
    return partial(_any, known, kind)


def _floats(known: Known[float], values: Any) -> list[str]:
    """Write numbers; those that are not finite are empty. 0.0 and -0.0 are equal and look different."""
    import numpy as np

    held = values.to_numpy()
    if (np.signbit(held) & (held == 0)).any():
        return [number_text(value) for value in held.tolist()]
    finite = np.isfinite(held)
    if finite.all():
        return list(map(known.__getitem__, held.tolist()))
    cells = np.full(len(held), "", dtype=object)
    cells[finite] = list(map(known.__getitem__, held[finite].tolist()))
    written: list[str] = cells.tolist()
    return written


def _whole(values: Any) -> list[str]:
    import numpy as np

    missing = values.isna()
    cells = list(map(str, values.to_numpy(dtype=np.int64, na_value=0).tolist()))
    if missing.any():
        cells = ["" if gone else cell for cell, gone in zip(cells, missing.tolist(), strict=True)]
    return cells


def _any(known: Known[Any], kind: Type, values: Any) -> list[str]:
    """Write values of any kind; equal words look the same, which is not so of True and 1."""
    import numpy as np

    held = np.asarray(values, dtype=object).tolist()
    if set(map(type, held)) <= {str, type(None)}:
        return list(map(known.__getitem__, held))
    return [csv_cell(cell_text(value, kind)) for value in held]
