"""Result tables read by csv alone, as docs/columns.md says they are written; nothing of qualcode is used."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

Row = dict[str, str]

csv.field_size_limit(sys.maxsize)


def rows(folder: Path, table: str) -> list[Row]:
    """Rows of a table; one apostrophe is taken away where it guards a cell of words."""
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [
            {name: cell.removeprefix("'") for name, cell in row.items()} for row in csv.DictReader(stream)
        ]


def items(cell: str) -> list[str]:
    r"""The items of a list cell: `a;b\;c` is a and `b;c`."""
    found, item, escaped = [], "", False
    for sign in cell:
        if escaped:
            item, escaped = item + sign, False
        elif sign == "\\":
            escaped = True
        elif sign == ";":
            found.append(item)
            item = ""
        else:
            item += sign
    return [*found, item] if cell else []


def spans(cell: str) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in (item.split("-") for item in items(cell))]


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def near(told: str, wanted: float | None) -> bool:
    """Whether a cell holds a number, up to what six digits can tell; an empty cell is None."""
    if not told or wanted is None:
        return not told and wanted is None
    return abs(float(told) - wanted) <= max(5.001e-6 * abs(wanted), 1e-9)
