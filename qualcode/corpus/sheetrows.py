"""Rows of a small table that people fill in (documents.xlsx, speakers.csv): texts with their cells' names.

Spreadsheets change what people type, and this undoes it: a date cell gives a date only as precise as the
cell shows it (2019-06 typed in Excel becomes 1 June with the format `mmm-yy`, and is read as 2019-06), whole
numbers lose their `.0`, blanks round a text and rows of blanks fall away. A csv may be in any encoding that
text files may be in, divided by commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qualcode.corpus.encoding import decode
from qualcode.problems import Place, Problem, problem

TABLE_FORMATS = (".xlsx", ".csv")
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # words and colours inside a number format


@dataclass(frozen=True, slots=True)
class Row:
    """One row: texts by header as written, and where each stands. Empty cells are left out."""

    place: Place
    cells: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    def get(self, *headers: str) -> str:
        """Return the first of these cells that is filled, "" where none is."""
        return next((self.cells[header] for header in headers if header in self.cells), "")

    def place_of(self, header: str) -> Place:
        return self.places.get(header, self.place)


def read_rows(data: bytes, name: str, *, encoding: str = "") -> tuple[list[Row], list[Problem]]:
    """Read the first sheet that has rows; its first row names the columns, each name once."""
    problems: list[Problem] = []
    if name.lower().endswith(".csv"):
        lines = list(_csv_cells(data, name, encoding, problems))
    else:
        lines = list(_xlsx_cells(data, name, problems))
    return _rows(lines, name, problems), problems


def shown_text(value: object, number_format: str = "") -> str:
    """Return the text a person meant by a cell's value.

    >>> first = datetime.datetime(2019, 6, 1)
    >>> shown_text(first, "mmm-yy"), shown_text(first, "yyyy/m/d")
    ('2019-06', '2019-06-01')
    >>> shown_text(2019.0), shown_text(None), shown_text(" a ")
    ('2019', '', 'a')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime | datetime.date):
        return _shown_date(value, number_format)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().strip("\u3000\ufeff\u200b").strip()


def _shown_date(value: datetime.date, number_format: str) -> str:
    shown = _NOT_SHOWN.sub("", number_format).lower()
    if ("y" in shown or "m" in shown) and "d" not in shown and value.day == 1:
        return f"{value.year:04}-{value.month:02}" if "m" in shown else f"{value.year:04}"
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


_Line = list[tuple[str, Place]]


def _rows(lines: list[_Line], name: str, problems: list[Problem]) -> list[Row]:
    lines = [line for line in lines if any(text for text, _ in line)]
    if not lines:
        return []
    headers = [text.strip().lower() for text, _ in lines[0]]
    for n, header in enumerate(headers):
        if header and header in headers[:n]:
            problems.append(
                problem(
                    "duplicate-column",
                    lines[0][n][1],
                    "a second column is named {name!r}; the first one is read",
                    hint="rename or delete one of them",
                    name=header,
                )
            )
    rows = []
    beyond = [cell for line in lines[1:] for cell in line[len(headers) :] if cell[0]]
    if beyond and name.lower().endswith(".csv"):  # in a workbook these are a person's notes beside the table
        problems.append(
            problem(
                "no-head",
                beyond[0][1],
                "{n} cells stand beyond the last head and are not read, this one first: {text}",
                hint="put quotes round a text that holds a comma, or give the column a name in the first row",
                severity="warning",
                n=len(beyond),
                text=beyond[0][0][:40],
            )
        )
    for line in lines[1:]:
        cells: dict[str, str] = {}
        places: dict[str, Place] = {}
        for (text, place), header in zip(line, headers, strict=False):
            if header and header not in places:
                places[header] = place
                if text:
                    cells[header] = text
        for header, (_, head) in zip(headers[len(line) :], lines[0][len(line) :], strict=True):
            places.setdefault(header, _below(head, line[0][1]))
        if cells:
            rows.append(Row(line[0][1], cells, places))
    return rows


def _below(head: Place, row: Place) -> Place:
    """The cell under a head in a row that ends before it."""
    if not head.cell:
        return Place(row.path, row.line, head.column)
    column = head.cell.rstrip("0123456789")
    return Place(row.path, cell=column + row.cell[len(row.cell.rstrip("0123456789")) :])


def _csv_cells(data: bytes, name: str, encoding: str, problems: list[Problem]) -> Iterator[_Line]:
    decoded = decode(data, name, encoding=encoding)
    problems += decoded.problems
    text = (decoded.text or "").removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    divider = max(",;\t，", key=lambda sign: (head.count(sign), sign == ","))
    if divider == "，":
        problems.append(
            problem(
                "full-width-comma",
                Place(name, 1),
                "the columns are divided by full-width commas",
                hint="divide them by ',' (typed without the Chinese input method)",
            )
        )
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    try:
        for cells in reader:
            yield [
                (_without_guard(shown_text(cell)), Place(name, reader.line_num, n))
                for n, cell in enumerate(cells, 1)
            ]
    except csv.Error as error:
        problems.append(
            problem("bad-csv", Place(name, reader.line_num), "not a table: {reason}", reason=str(error))
        )


def _without_guard(text: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@'＝＋－＠" else text


def _xlsx_cells(data: bytes, name: str, problems: list[Problem]) -> Iterator[_Line]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        problems.append(
            problem(
                "bad-workbook",
                Place(name),
                "this is not a workbook that can be read ({reason})",
                hint="open it in Excel or LibreOffice and save it as .xlsx",
                reason=str(error) or type(error).__name__,
            )
        )
        return
    try:
        formulas = _formulas(data)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a wrong size into the file
            lines: list[_Line] = []
            for number, row in enumerate(sheet.iter_rows(), 1):
                cells = (
                    (cell.value, getattr(cell, "number_format", None) or "", f"{sheet.title}!{_column(n)}")
                    for n, cell in enumerate(row)
                )
                lines.append(
                    [
                        (shown_text(value, shown), Place(name, cell=f"{column}{number}"))
                        for value, shown, column in cells
                    ]
                )
            if any(text for line in lines for text, _ in line):
                yield from lines
                _uncomputed(lines, formulas, problems)
                return
    finally:
        book.close()


def _formulas(data: bytes) -> frozenset[str]:
    """Name the cells (`sheet!B2`) that hold formulas. Sheets without any are not read again."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        pages = [part for part in parts.namelist() if part.startswith("xl/worksheets/")]
        if not any(re.search(rb"<(?:\w+:)?f[ >/]", parts.read(page)) for page in pages):
            return frozenset()
    book = load_workbook(io.BytesIO(data), read_only=True)
    try:
        return frozenset(
            f"{sheet.title}!{_column(n)}{number}"
            for sheet in book.worksheets
            for number, row in enumerate(sheet.iter_rows(), 1)
            for n, cell in enumerate(row)
            if getattr(cell, "data_type", "") == "f"
        )
    finally:
        book.close()


def _uncomputed(lines: list[_Line], formulas: frozenset[str], problems: list[Problem]) -> None:
    """Name the formulas whose value is not in the file: a program wrote them and nobody opened it since."""
    for line in lines if formulas else ():
        for text, place in line:
            if not text and place.cell in formulas:
                problems.append(
                    problem(
                        "empty-formula",
                        place,
                        "the cell holds a formula whose value is not in the file; it is read as empty",
                        hint="open the file in Excel or WPS and save it, or write the value itself",
                        severity="warning",
                    )
                )


def _column(n: int) -> str:
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
