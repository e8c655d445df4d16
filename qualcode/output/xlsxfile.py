"""Result tables as one Excel workbook, a sheet per table: cells are text or numbers, never formulas.

What a workbook cannot hold is not lost in silence: control characters are written `_x0001_` as the format
itself escapes them (a literal `_x0001_` in the text becomes `_x005F_x0001_`), so Excel and readers that
follow the standard give the very characters back; a cell longer than Excel's 32,767 characters is cut, ends
in `…`, and the cut is reported. The CSV beside it always has everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qualcode.cells import cell_text, unguard
from qualcode.columns import Column
from qualcode.problems import Place, Problem, problem

LIMIT = 32_767  # characters of UTF-16 in a cell
ROWS = 1_048_576  # rows of a sheet, the header counted
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name: same bytes at any time
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*<")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")

Table = tuple[Sequence[Column], Iterable[Sequence[object]]]


class UnreadableBookError(ValueError):
    """The file is no workbook that can be read."""


def escape(text: str) -> str:
    r"""Write the characters XML cannot hold as `_xHHHH_`, and text that looks so as itself.

    >>> escape("a\x01b"), unescape(escape("_x0001_"))
    ('a_x0001_b', '_x0001_')
    """
    return _CONTROL.sub(lambda m: f"_x{ord(m[0]):04X}_", _ESCAPED.sub("_x005F_", text))


def unescape(text: str) -> str:
    """Give back what `escape` was given."""
    return _CODE.sub(lambda m: chr(int(m[1], 16)), text)


def write_book(path: Path, tables: Mapping[str, Table]) -> list[Problem]:
    """Write tables (columns and rows by name of the sheet) as one workbook; return what did not fit.

    Rows are streamed: a table never has to fit in memory. An empty table is a sheet with its heads.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    book.properties.creator = "qualcode"
    problems: list[Problem] = []
    for name, (columns, rows) in tables.items():
        sheet: Any = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, escape(column.name), Font(bold=True)) for column in columns])
        _fill(sheet, path.name, name, columns, rows, problems)
    try:
        book.save(path)
    finally:
        book.close()
    _still_clock(path)
    return problems


def _fill(
    sheet: Any,
    file: str,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    problems: list[Problem],
) -> None:
    for number, row in enumerate(rows, 2):
        if number > ROWS:
            problems.append(
                problem(
                    "sheet-full",
                    Place(file, cell=name),
                    "the sheet holds {rows} rows, the most Excel can; the rest is only in {name}.csv",
                    severity="warning",
                    rows=ROWS - 1,
                    name=name,
                )
            )
            return
        cells: list[object] = []
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            text = cell_text(value, column.type)
            if column.type in ("int", "float"):
                cells.append(_number(text))
                continue
            text = escape(unguard(text))
            if len(text) > LIMIT // 2 and _width(text) > LIMIT:
                problems.append(_too_long(file, name, place, number))
                text = _cut(text)
            cells.append(_cell(sheet, text) if text else None)
        sheet.append(cells)


def _cell(sheet: Any, text: str, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(sheet)
    # Set past the guessing of `cell.value = …`, which makes formulas of `=…` and errors of `#N/A`.
    cell._value, cell.data_type = text, "s"
    if font is not None:
        cell.font = font
    return cell


def _number(text: str) -> float | int | str | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        return float(text)


def _width(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")[: (LIMIT - 1) * 2]
    return raw.decode("utf-16-le", "ignore") + "…"


def _too_long(file: str, name: str, column: int, row: int) -> Problem:
    from openpyxl.utils import get_column_letter

    return problem(
        "cell-cut",
        Place(file, cell=f"{name}!{get_column_letter(column)}{row}"),
        "the cell holds more than the {limit} characters Excel can show and was cut",
        hint="{name}.csv has all of it",
        severity="warning",
        limit=LIMIT,
        name=name,
    )


def _still_clock(path: Path) -> None:
    """Rewrite the archive with fixed times: its entries carry the clock, and so do its properties."""
    aside = path.with_suffix(".tmp")
    with ZipFile(path) as source, ZipFile(aside, "w", ZIP_DEFLATED) as goal:
        for info in source.infolist():
            still = ZipInfo(info.filename, EPOCH)
            still.compress_type = ZIP_DEFLATED
            still.external_attr = 0o644 << 16
            with source.open(info) as taken, goal.open(still, "w", force_zip64=True) as given:
                if info.filename == "docProps/core.xml":
                    given.write(_STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z<", taken.read()))
                while piece := taken.read(1 << 20):
                    given.write(piece)
    aside.replace(path)


def read_first_sheet(path: Path) -> list[list[str]]:
    """Read the first sheet of a workbook as texts; dates as YYYY-MM-DD, whole numbers without a point.

    Raises `UnreadableBookError` for anything that is no workbook.
    """
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            rows = [[_shown(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        finally:
            book.close()
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        raise UnreadableBookError(type(error).__name__) from error
    return rows


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unescape(str(value))
