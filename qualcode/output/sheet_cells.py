"""The cells of a sheet that people fill in: text only, heads, drop-downs, a legend."""

from __future__ import annotations

from typing import Any

from qualcode.corpus.sheet import Sheet, SheetColumn

LAST_ROW = 20_000  # drop-downs reach so far down: rows people add themselves have them too
_TEXT = "@"
_LIMIT = 32_000  # characters in a cell; Excel takes 32,767


def fill_empty(page: Any, row: int, column: int, text: str) -> bool:
    """Write into a cell that is empty and not part of a merged one; return whether anything was written."""
    from openpyxl.cell.cell import MergedCell

    cell = page.cell(row, column)
    if isinstance(cell, MergedCell) or cell.value not in (None, ""):
        return False
    put_text(page, row, column, text)
    return True


def put_text(page: Any, row: int, column: int, text: str) -> None:
    """Write a text cell: never a formula, never turned into a date or a number."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = page.cell(row, column)
    if text:
        text = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.value = text if len(text) <= _LIMIT else text[:_LIMIT] + "…"
        cell.data_type = "s"
    cell.number_format = _TEXT


def put_head(page: Any, n: int, column: SheetColumn, row: int = 1) -> None:
    """Write the head of a column: yellow where people write, grey where not."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    cell = page.cell(row, n, column.name)
    shade = {"key": "D9D9D9", "fill": "FFF2CC", "shown": "EDEDED"}[column.use]
    cell.font = Font(bold=column.use != "shown", italic=column.use == "shown")
    cell.fill = PatternFill("solid", fgColor=shade)
    cell.alignment = Alignment(vertical="top")
    page.column_dimensions[get_column_letter(n)].width = column.width


def add_choices(page: Any, n: int, column: SheetColumn, head_row: int = 1) -> None:
    """Give a column a drop-down; only a strict one refuses other words."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not column.choices:
        return
    choices = DataValidation("list", formula1='"' + ",".join(column.choices) + '"', allow_blank=True)
    choices.showErrorMessage = column.strict
    choices.error = "one of: " + ", ".join(column.choices)
    letter = get_column_letter(n)
    choices.add(f"{letter}{head_row + 1}:{letter}{LAST_ROW}")
    page.add_data_validation(choices)


def put_legend(page: Any, sheet: Sheet) -> None:
    """Write the sheet that says what each column means."""
    from openpyxl.styles import Font

    uses = {"key": "names the row", "fill": "fill in 请填写", "shown": "only shown, never read 仅供参考"}
    for n, text in enumerate(("column", "use", "meaning"), 1):
        page.cell(1, n, text).font = Font(bold=True)
    for number, column in enumerate(sheet.columns, 2):
        for n, text in enumerate((column.name, uses[column.use], column.meaning), 1):
            page.cell(number, n, text)
    for letter, width in (("A", 18), ("B", 30), ("C", 70)):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def stretch(page: Any, head_row: int, old_last: int, new_last: int) -> None:
    """Let a filter or an Excel table that ended with the last row reach the rows added below it."""
    from openpyxl.utils import range_boundaries

    for holder in (page.auto_filter, *page.tables.values()):
        if not holder.ref:
            continue
        left, top, right, bottom = range_boundaries(holder.ref)
        if top == head_row and bottom == old_last and left and right:
            holder.ref = _range(left, top, right, new_last)
            if getattr(holder, "autoFilter", None) is not None:
                holder.autoFilter.ref = holder.ref


def _range(left: int, top: int, right: int, bottom: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
