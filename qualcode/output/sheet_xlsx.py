"""Write the sheets people fill in (`documents.xlsx`, `speakers.xlsx`); add to them without touching a word.

A new workbook has a frozen head, text cells throughout (format `@`: 2019-06 stays 2019-06), drop-downs for
closed sets, and a second sheet that says what each column means. A workbook that is there already keeps
everything: rows in any order, further columns, formats, other sheets. Rows are added for documents and labels
it does not have, and empty cells of columns that only show something are filled; a filled cell is never
changed. What the library could not keep (pictures, charts, threaded comments) makes it refuse.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.corpus.metadata_table import FileNames, header_meant
from qualcode.corpus.roles import label_key
from qualcode.corpus.sheet import Sheet
from qualcode.output.sheet_cells import add_choices, fill_empty, put_head, put_legend, put_text, stretch
from qualcode.problems import MachineError, StudyError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LOST = ("xl/charts/", "xl/media/", "xl/threadedComments/", "xl/embeddings/", "xl/slicers/", "xl/diagrams/")


@dataclass(frozen=True, slots=True)
class Updated:
    """A workbook's bytes, and what was done: rows added, empty cells filled. Nothing done: the same bytes."""

    data: bytes
    rows: int
    cells: int


def write_sheet(path: Path, sheet: Sheet, *, start: Sheet | None = None) -> Updated:
    """Write or update a workbook on disk; the file is replaced in one step, or not at all.

    `start` is what a new workbook begins with (the rows of a csv it takes the place of). Raises MachineError
    where the file is open in another program or may not be written, StudyError where it cannot be kept whole.
    """
    _refuse_open(path)
    try:
        before = path.read_bytes() if path.exists() else None
        if before is None and start is not None:
            before = new_book(start)
            after = update_book(before, sheet, path.name)
        else:
            after = update_book(before, sheet, path.name) if before is not None else _fresh(sheet)
        if not path.exists() or after.data != before:
            _replace(path, after.data)
    except PermissionError as error:
        raise MachineError(
            "{name} cannot be written",
            hint="close it if it is open in Excel or WPS, and look at its permissions",
            name=path.name,
        ) from error
    except OSError as error:
        raise MachineError(
            "{name} cannot be written: {reason}", name=path.name, reason=error.strerror or str(error)
        ) from error
    return after


def new_book(sheet: Sheet) -> bytes:
    """Make a new workbook of a sheet."""
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = sheet.name
    page.freeze_panes = page.cell(2, 1 + len(sheet.keys))
    for n, column in enumerate(sheet.columns, 1):
        put_head(page, n, column)
        add_choices(page, n, column)
    for number, row in enumerate(sheet.rows, 2):
        for n, column in enumerate(sheet.columns, 1):
            put_text(page, number, n, row.get(column.name, ""))
    put_legend(book.create_sheet("columns"), sheet)
    return _bytes(book)


def update_book(data: bytes, sheet: Sheet, name: str = "") -> Updated:
    """Add to a workbook the rows it lacks, fill empty cells that only show something, change nothing else."""
    book = _load(data, name or sheet.name)
    page = _page(book)
    if page is None:
        return _fresh(sheet)
    head_row, columns = _columns(page)
    last = _last_row(page)
    cells = 0
    for column in sheet.columns:
        if column.name not in columns:
            n = max(columns.values(), default=0) + 1
            columns[column.name] = n
            put_head(page, n, column, head_row)
            add_choices(page, n, column, head_row)
            cells += 1
    there = _rows_there(page, head_row, last, columns, sheet)
    several = _several(sheet)
    added = 0
    for row in sheet.rows:
        key = _key(row, sheet, several)
        number = there.get(key)
        if number is None:
            added += 1
            number = last + added
            there[key] = number
            for column in sheet.columns:
                put_text(page, number, columns[column.name], row.get(column.name, ""))
            continue
        for column in sheet.columns:
            text = row.get(column.name, "")
            if column.use == "shown" and text and fill_empty(page, number, columns[column.name], text):
                cells += 1
    if not added and not cells:
        return Updated(data, 0, 0)
    stretch(page, head_row, last, last + added)
    return Updated(_bytes(book), added, cells)


def _fresh(sheet: Sheet) -> Updated:
    return Updated(new_book(sheet), len(sheet.rows), 0)


def _load(data: bytes, name: str) -> Any:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            lost = [part for part in parts.namelist() if part.startswith(_LOST)]
        if lost:
            raise StudyError(
                "{name} holds pictures, charts or threaded comments, which would be lost",
                hint="move them to another workbook and run this again",
                name=name,
            )
        return load_workbook(io.BytesIO(data), rich_text=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise StudyError(
            "{name} is not a workbook that can be read",
            hint="open it in Excel or LibreOffice and save it as .xlsx, or move it away",
            name=name,
        ) from error


def _page(book: Any) -> Worksheet | None:
    """The sheet that is read back: the first with anything in it."""
    for page in book.worksheets:
        if any(cell.value not in (None, "") for row in page.iter_rows() for cell in row):
            found: Worksheet = page
            return found
    return None


def _columns(page: Worksheet) -> tuple[int, dict[str, int]]:
    """Return the row of the heads and the column of each name, the first of two that are alike."""
    for row in page.iter_rows():
        names: dict[str, int] = {}
        for cell in row:
            if cell.value not in (None, ""):
                names.setdefault(header_meant(str(cell.value)), int(cell.column or 0))
        if names:
            return int(row[0].row or 1), names
    return 1, {}


def _last_row(page: Worksheet) -> int:
    """The last row with anything in it: formatted rows may reach far below."""
    last = 1
    for number, row in enumerate(page.iter_rows(values_only=True), 1):
        if any(value not in (None, "") for value in row):
            last = number
    return last


def _rows_there(
    page: Worksheet, head_row: int, last: int, columns: dict[str, int], sheet: Sheet
) -> dict[tuple[str, ...], int]:
    """The rows by what they are about; a file may be named as loosely as where tables are read."""
    files = FileNames(row.get("file", "") for row in sheet.rows)
    several = _several(sheet)
    file_of = {row.get("guess_id", ""): row.get("file", "") for row in sheet.rows}
    there: dict[tuple[str, ...], int] = {}
    for number in range(head_row + 1, last + 1):
        row: dict[str, str] = {
            name: str(page.cell(number, columns[name]).value or "").strip()
            for name in ("file", "id", "label")
            if name in columns
        }
        found = files.find(row.get("file", ""))
        if len(found) == 1:
            row["file"] = found[0]
        elif not row.get("file"):
            row["file"] = file_of.get(row.get("id", ""), "")
        there.setdefault(_key(row, sheet, several), number)
    return there


def _several(sheet: Sheet) -> frozenset[str]:
    """The files that hold several documents: their rows are named by id too."""
    return frozenset(row.get("file", "") for row in sheet.rows if row.get("id"))


def _key(row: dict[str, str], sheet: Sheet, several: frozenset[str]) -> tuple[str, ...]:
    """What names a row: file, label, and the id where one file holds several documents."""
    file = row.get("file", "")
    parts = [file, row.get("id", "") if file in several else ""]
    if "label" in sheet.keys:
        parts.append(label_key(row.get("label", "")))
    return tuple(parts)


def _bytes(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    book.close()
    return stream.getvalue()


def _refuse_open(path: Path) -> None:
    """Office programs lay a mark beside a file that is open; writing now would lose somebody's work."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    for mark in marks:
        if mark.exists():
            raise MachineError(
                "{name} is open in another program",
                hint="save and close it; if it is not open anywhere, delete the left-over file {mark}",
                name=path.name,
                mark=mark.name,
            )


def _replace(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
