"""Sheets to fill in: what a person wrote in one stays, whatever is added."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from qualcode.corpus.sheet import DOCUMENT_COLUMNS, SPEAKER_COLUMNS, Sheet
from qualcode.corpus.sheetrows import read_rows
from qualcode.output.sheet_xlsx import new_book, update_book, write_sheet
from qualcode.problems import MachineError, StudyError

Cells = dict[tuple[int, int], Any]


def documents(*files: str, **more: str) -> Sheet:
    rows = tuple({"file": file, "guess_id": file.rpartition(".")[0], **more} for file in files)
    return Sheet("documents", DOCUMENT_COLUMNS, rows)


def speakers(*labels: str) -> Sheet:
    rows = tuple({"file": "a.txt", "label": label, "guess_role": "unknown"} for label in labels)
    return Sheet("speakers", SPEAKER_COLUMNS, rows)


def page(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).worksheets[0]


def filled(data: bytes) -> Cells:
    return {
        (cell.row, cell.column): (cell.value, cell.number_format, cell.font.b, cell.fill.fgColor.rgb)
        for row in page(data).iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def column(data: bytes, name: str) -> int:
    return next(int(cell.column) for cell in page(data)[1] if cell.value == name)


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_new_sheet_is_text_with_a_frozen_head_and_drop_downs() -> None:
    data = new_book(documents("a.txt", "=b.txt", guess_kind="interview (text)"))
    sheet = page(data)
    assert sheet.freeze_panes == "C2"
    assert {c.data_type for row in sheet.iter_rows(min_row=2) for c in row if c.value} == {"s"}
    assert {c.number_format for row in sheet.iter_rows(min_row=2) for c in row} == {"@"}
    kind = column(data, "kind")
    choices = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    letter = sheet.cell(1, kind).column_letter
    assert choices[f"{letter}2:{letter}20000"] == '"interview,focus_group,policy,minutes,report,fieldnote"'
    legend = load_workbook(io.BytesIO(data))["columns"]
    assert [row[0].value for row in legend.iter_rows(min_row=2)] == [c.name for c in DOCUMENT_COLUMNS]


def test_writing_again_changes_not_one_byte() -> None:
    data = new_book(documents("a.txt", "b.txt"))
    again = update_book(data, documents("a.txt", "b.txt"))
    assert again.data is data and (again.rows, again.cells) == (0, 0)


@settings(max_examples=25)
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(2, 7), st.integers(1, len(DOCUMENT_COLUMNS) + 2)),
        st.one_of(
            st.text("甲乙b =1-'", min_size=1, max_size=5).filter(str.strip),
            st.integers(0, 99),
            st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)),
        ),
        max_size=12,
    ),
    files=st.lists(st.sampled_from(["a.txt", "b.txt", "c.md", "深/d.docx", "e.pdf"]), unique=True),
)
def test_a_filled_cell_is_never_changed(cells: dict[tuple[int, int], Any], files: list[str]) -> None:
    book = load_workbook(io.BytesIO(new_book(documents("a.txt", "b.txt", guess_kind="policy (text)"))))
    for (row, n), value in cells.items():
        book.worksheets[0].cell(row, n, value).font = Font(bold=True)
    mine = saved(book)
    before = filled(mine)
    after = filled(update_book(mine, documents(*files, guess_kind="interview (text)", turns="3")).data)
    assert {place: after.get(place) for place in before} == before


@given(st.permutations(["a.txt", "b.txt", "c.txt"]), st.integers(1, 3))
@settings(max_examples=12)
def test_rows_in_any_order_are_recognised(order: list[str], known: int) -> None:
    data = new_book(documents(*order[:known]))
    after = update_book(data, documents("a.txt", "b.txt", "c.txt"))
    rows, _ = read_rows(after.data, "documents.xlsx")
    assert [row.get("file") for row in rows] == [*order[:known], *sorted(order[known:])]
    assert after.rows == 3 - known


def test_empty_cells_that_only_show_something_are_filled_and_no_others() -> None:
    data = new_book(documents("a.txt"))
    after = update_book(data, documents("a.txt", guess_kind="policy (text)", kind="policy"))
    rows, _ = read_rows(after.data, "documents.xlsx")
    assert rows[0].get("guess_kind") == "policy (text)" and rows[0].get("kind") == ""
    assert (after.rows, after.cells) == (0, 1)


def test_a_persons_own_columns_sheets_formats_and_comments_stay() -> None:
    book: Any = Workbook()
    sheet = book.active
    sheet.append(["我的备注", "文件", "类型", "file date"])
    sheet.append(["重要", "a", "访谈", datetime.datetime(2019, 6, 1)])
    sheet["A2"].comment = Comment("再看一遍", "我")
    sheet["A2"].fill = PatternFill("solid", fgColor="00FF00")
    sheet.column_dimensions["A"].width = 42
    sheet.row_dimensions[2].hidden = True
    other = book.create_sheet("笔记")
    other["B7"] = "=1+1"
    after = load_workbook(io.BytesIO(update_book(saved(book), documents("a.txt", "b.txt")).data))
    kept = after.worksheets[0]
    assert [c.value for c in kept[1]][:4] == ["我的备注", "文件", "类型", "file date"]
    assert [c.value for c in kept[2]][:3] == ["重要", "a", "访谈"]
    assert "kind" not in [c.value for c in kept[1]]  # 类型 means kind
    assert kept["A2"].comment.text == "再看一遍" and kept["A2"].fill.fgColor.rgb.endswith("00FF00")
    assert kept.column_dimensions["A"].width == 42 and kept.row_dimensions[2].hidden
    assert kept["B3"].value == "b.txt" and after["笔记"]["B7"].value == "=1+1"


def test_labels_are_recognised_in_any_width() -> None:
    data = new_book(speakers("Ｓpeaker 1", "张处长"))
    after = update_book(data, speakers("Speaker 1", "张处长", "李科长"))
    assert after.rows == 1


def test_documents_in_one_table_have_a_row_each() -> None:
    rows = tuple({"file": "all.csv", "id": f"all/{n}", "guess_id": f"all/{n}"} for n in range(3))
    sheet = Sheet("documents", DOCUMENT_COLUMNS, rows)
    data = new_book(Sheet("documents", DOCUMENT_COLUMNS, rows[:2]))
    assert update_book(data, sheet).rows == 1


def test_pictures_and_charts_make_it_refuse() -> None:
    data = new_book(documents("a.txt"))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as parts:
        parts.writestr("xl/charts/chart1.xml", "<c/>")
    with pytest.raises(StudyError, match="pictures"):
        update_book(stream.getvalue(), documents("a.txt", "b.txt"), "documents.xlsx")
    with pytest.raises(StudyError, match="not a workbook"):
        update_book(b"no", documents("a.txt"), "documents.xlsx")


@pytest.mark.parametrize("mark", ["~$documents.xlsx", ".~lock.documents.xlsx#"])
def test_a_file_open_in_another_program_is_left_alone(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "documents.xlsx"
    write_sheet(path, documents("a.txt"))
    before = path.read_bytes()
    (tmp_path / mark).write_bytes(b"")
    with pytest.raises(MachineError, match="open in another program"):
        write_sheet(path, documents("a.txt", "b.txt"))
    assert path.read_bytes() == before


def test_a_machine_that_refuses_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "documents.xlsx"
    write_sheet(path, documents("a.txt"))
    before = path.read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(MachineError, match="cannot be written"):
        write_sheet(path, documents("a.txt", "b.txt"))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["documents.xlsx"]
