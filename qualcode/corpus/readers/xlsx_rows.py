"""Rows of the worksheets of a workbook, every cell as the text a reader of the sheet sees."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator
from typing import Any

from qualcode.corpus.guard import Archive, Unreadable
from qualcode.corpus.readers.sheets import Sheet, sheet_of
from qualcode.problems import Place, problem

MOST_BLANK = 5_000  # rows without a word, after which a sheet is taken to have ended
WIDEST = 500  # columns


def xlsx_sheets(data: bytes, name: str, wanted: str = "") -> list[Sheet]:
    """Return the visible worksheets that have a header, in order; with `wanted` only the one of that name.

    Formulas give their last value. Raises `Unreadable`.
    """
    archive = Archive(data, name)
    archive.refuse_doctypes()
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions it does not know, which hold no text
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [
                sheet_of(page.title, list(_rows(page)))
                for page in book.worksheets
                if page.title == wanted or (not wanted and page.sheet_state == "visible")
            ]
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise at damaged files
        raise Unreadable(
            problem(
                "damaged-file",
                Place(name),
                "the workbook is damaged, or is not what its extension says",
                hint="open it in Excel or WPS and save it again as .xlsx",
            )
        ) from error
    if wanted and not sheets:
        raise Unreadable(
            problem(
                "no-such-sheet",
                Place(name),
                "the workbook has no sheet '{wanted}'",
                hint="correct the name, or leave it out",
                wanted=wanted,
            )
        )
    return [sheet for sheet in sheets if sheet]


def _rows(page: Any) -> Iterator[tuple[int, list[str]]]:
    blank = 0
    page.reset_dimensions()  # some programs write a wrong size, which would cut the sheet
    for number, row in enumerate(page.iter_rows(values_only=True, max_col=WIDEST), start=1):
        cells = [shown(value) for value in row]
        blank = 0 if any(cells) else blank + 1
        if blank > MOST_BLANK:
            return
        yield number, cells


def shown(value: object) -> str:
    """A cell's value as text: dates in ISO form, whole numbers without a point.

    >>> shown(3.0), shown(datetime.datetime(2019, 6, 25)), shown(datetime.time(0, 12, 31)), shown(None)
    ('3', '2019-06-25', '00:12:31', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime.timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
