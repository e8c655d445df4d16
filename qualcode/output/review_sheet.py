"""Write review sheets: a workbook whose shown cells are locked, or CSV.

All cells are text. The id and the check of a row are hidden; only verdict, recode_to, add and memo can be
written. The lock has no password: it keeps from slips, not from people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qualcode.cells import guard
from qualcode.corpus.sheet import Sheet, SheetColumn
from qualcode.output.sheet_cells import add_choices, put_head, put_legend, put_text
from qualcode.review.sheet import FILL, VERDICTS
from qualcode.review.sheet import columns as sheet_columns

HIDDEN = ("id", "check")
_WIDTHS = {"question": 40, "segment": 70, "memo": 40, "code_name": 18, "add": 24, "recode_to": 24}
_MEANINGS = {
    "id": "names the row; leave it as it is 勿改",
    "check": "shows whether the row was altered; leave it as it is 勿改",
    "document": "document 材料",
    "speaker": "who speaks 说话人",
    "question": "what the interviewer asked before 前一问",
    "segment": "the words 语段",
    "code": "the code 编码",
    "code_name": "its name 编码名称",
    "matched": "words the code rests on 依据",
    "rules": "rules that found them 规则",
    "status": "what was decided so far 现状",
    "decided_by": "by whom 由谁决定",
    "verdict": "accept, reject or recode 接受、拒绝、改码",
    "recode_to": "with recode: the code it should be 改为",
    "add": "codes to add, divided by ; — a new one is written open:NAME 增加的编码，新编码写 open:名称",
    "memo": "a note 备注",
}


def review_csv(rows: Iterable[Mapping[str, str]], *, blind: bool) -> bytes:
    """Write rows as CSV that Excel opens in UTF-8, no cell of which it takes for a formula."""
    names = sheet_columns(blind=blind)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(names)
    for row in rows:
        writer.writerow([guard(row.get(name, "")) for name in names])
    return ("\ufeff" + stream.getvalue()).encode("utf-8", "replace")


def review_book(rows: Sequence[Mapping[str, str]], codes: Iterable[str], *, blind: bool) -> bytes:
    """Write rows as a workbook; `codes` can be chosen under recode_to."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    names = sheet_columns(blind=blind)
    made = Sheet("review", tuple(_column(name) for name in names), ())
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "review"
    page.freeze_panes = "A2"
    for n, column in enumerate(made.columns, 1):
        put_head(page, n, column)
        add_choices(page, n, column)
        letter = get_column_letter(n)
        if column.name in HIDDEN:
            page.column_dimensions[letter].hidden = True
        for number, row in enumerate(rows, 2):
            put_text(page, number, n, row.get(column.name, ""))
            cell = page.cell(number, n)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.protection = Protection(locked=column.name not in FILL)
    listed = book.create_sheet("codes")
    last = 0
    for last, code in enumerate(codes, 1):
        put_text(listed, last, 1, code)
    if last:
        letter = get_column_letter(names.index("recode_to") + 1)
        choice = DataValidation("list", formula1=f"codes!$A$1:$A${last}", allow_blank=True)
        choice.showErrorMessage = False  # a code of one's own is allowed
        choice.add(f"{letter}2:{letter}{len(rows) + 1}")
        page.add_data_validation(choice)
    put_legend(book.create_sheet("columns"), made)
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.autoFilter = False
    page.auto_filter.ref = page.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_bytes(path: Path, data: bytes) -> None:
    """Write a sheet in one step; a half-written one is never seen. Raises `OSError`."""
    aside = path.with_name(f".{path.name}.writing")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(data)
    aside.replace(path)


def _column(name: str) -> SheetColumn:
    choices = tuple(VERDICTS) if name == "verdict" else ()
    use = "fill" if name in FILL else "key" if name in HIDDEN else "shown"
    return SheetColumn(name, _MEANINGS[name], use, _WIDTHS.get(name, 14), choices)
