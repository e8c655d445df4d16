"""The rows of a data frame, which write themselves column by column and are never made for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import is_not
from typing import TYPE_CHECKING, Any

from qualcode.csvlines import Rows, csv_blocks, csv_column

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.columns import Column, Type

AT_ONCE = 20_000  # rows written at a time
A_FEW = 500  # rows that show whether many are alike


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
            part = [column[start : start + AT_ONCE] for column in held]
            cells = self._by_stretch(part) or self._by_row(part)
            yield "\r\n".join(map(",".join, zip(*cells, strict=True))) + "\r\n"

    def _by_row(self, part: Sequence[Any]) -> list[Sequence[str]]:
        return [csv_column(_values(column), kind) for column, kind in zip(part, self._types, strict=True)]

    def _by_stretch(self, part: Sequence[Any]) -> list[Sequence[str]] | None:
        """Write cells that stay the same over stretches of rows once in each, with their neighbours.

        In `timeline` all but the code stays over the codes that a period is without. `None` where less than
        half of the rows are like the one before.
        """
        import numpy as np

        for count in (A_FEW, len(part[0])):  # where the first show that it is not so, the rest is not asked
            slow, first = _slow([_changes(column[:count]) for column in part])
            if 2 * int(first.sum()) > len(first):
                return None
        begins, which = np.flatnonzero(first), np.cumsum(first) - 1
        cells: list[Sequence[str]] = []
        for stays, places in groupby(range(len(part)), slow.__contains__):
            if not stays:
                cells += [csv_column(_values(part[place]), self._types[place]) for place in places]
                continue
            once = [csv_column(_values(part[place][begins]), self._types[place]) for place in places]
            together = np.array(list(map(",".join, zip(*once, strict=True))), dtype=object)
            cells.append(together[which].tolist())
        return cells


def _slow(changes: Sequence[Any]) -> tuple[set[int], Any]:
    """Choose columns to write once in each stretch in which none of them changes, to write least in all.

    Returns them, and whether each row begins a stretch.
    """
    import numpy as np

    order = sorted(range(len(changes)), key=lambda n: int(changes[n].sum()))
    firsts = np.logical_or.accumulate([changes[n] for n in order])
    written = [
        int(first.sum()) * many + len(first) * (len(order) - many) for many, first in enumerate(firsts, 1)
    ]
    best = written.index(min(written))
    return set(order[: best + 1]), firsts[best]


def _changes(column: Any) -> Any:
    """Whether each value may be written otherwise than the one before; the first is new."""
    import numpy as np

    new = np.ones(len(column), dtype=bool)
    name = str(column.dtype)
    if name == "Int64":
        numbers, gone = column.to_numpy(dtype=np.int64, na_value=0), column.isna()
        new[1:] = (numbers[1:] != numbers[:-1]) | (gone[1:] != gone[:-1])
    elif name in ("int64", "bool"):
        plain = column.to_numpy()
        new[1:] = plain[1:] != plain[:-1]
    elif name == "float64":
        bits = column.to_numpy().view(np.int64)  # 0.0 and -0.0 are told apart, and nothing is nothing
        new[1:] = bits[1:] != bits[:-1]
    else:  # 1, 1.0 and True are equal, but not the same words
        values = np.asarray(column, dtype=object).tolist()
        new[1:] = np.fromiter(map(is_not, values[1:], values), bool, max(len(values) - 1, 0))
    return new


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
