"""Tables that people edit survive what spreadsheets do to them."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from qualcode.corpus.sheetrows import Row, read_rows


def workbook(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Tabelle1"
    for row in rows:
        page.append(row)
    for cell, shown in (formats or {}).items():
        page[cell].number_format = shown
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def texts(rows: list[Row]) -> list[dict[str, str]]:
    return [dict(row.cells) for row in rows]


def test_dates_are_as_precise_as_the_cell_shows_them() -> None:
    first = datetime.datetime(2019, 6, 1)
    data = workbook(
        ["file", "date"],
        ["a", first],
        ["b", first],
        ["c", first],
        ["d", datetime.datetime(2019, 6, 25, 14, 30)],
        ["e", datetime.date(2019, 1, 1)],
        formats={
            "B2": "yyyy/m/d",
            "B3": "mmm-yy",
            "B4": 'yyyy"年"m"月";@',
            "B5": "m/d/yy h:mm",
            "B6": "yyyy",
        },
    )
    rows, problems = read_rows(data, "documents.xlsx")
    assert problems == []
    assert [row.get("date") for row in rows] == ["2019-06-01", "2019-06", "2019-06", "2019-06-25", "2019"]


def test_numbers_blanks_and_empty_rows() -> None:
    data = workbook(
        [" File ", "Date", "", "n"],
        [],
        [" 03 \u3000", 2019.0, None, 7],
        ["", "  ", None, None],
        ["b", 20190625, "no head", 1.5],
    )
    rows, problems = read_rows(data, "documents.xlsx")
    assert problems == []
    assert texts(rows) == [
        {"file": "03", "date": "2019", "n": "7"},
        {"file": "b", "date": "20190625", "n": "1.5"},
    ]
    assert str(rows[1].place_of("n")) == "documents.xlsx!Tabelle1!D5"


def test_two_columns_of_one_name() -> None:
    rows, problems = read_rows(workbook(["file", "case", "Case"], ["a", "甲", "乙"]), "documents.xlsx")
    assert texts(rows) == [{"file": "a", "case": "甲"}]
    assert [str(p.place) for p in problems] == ["documents.xlsx!Tabelle1!C1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_csv_in_the_encodings_and_dividers_that_spreadsheets_write(encoding: str, divider: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=divider)
    writer.writerows([["file", "actor", "note"], ["訪談03", "公安局的局長", "我們在這裡說的是, 他們不給"]])
    if encoding == "gb18030":
        stream = io.StringIO(stream.getvalue().replace("訪談", "访谈").replace("長", "长"))
    rows, problems = read_rows(stream.getvalue().encode(encoding), "documents.csv")
    assert [p for p in problems if p.severity == "error"] == []
    assert [set(row.cells) for row in rows] == [{"file", "actor", "note"}]
    assert rows[0].get("actor") in ("公安局的局長", "公安局的局长")
    assert rows[0].place_of("actor").line == 2 and rows[0].place_of("actor").column == 2


def test_full_width_commas_between_columns_are_named() -> None:
    rows, problems = read_rows("file，actor\na，b\n".encode(), "documents.csv")
    assert rows == [] and [p.kind for p in problems] == ["full-width-comma"]


def test_cells_of_a_csv_beyond_the_last_head_are_named_not_lost_in_silence() -> None:
    """A comma that nobody quoted moves what follows it to the right."""
    rows, problems = read_rows("file,actor\na,局长, 处长\nb,科员\nc,d,,\n".encode(), "speakers.csv")
    assert [row.get("actor") for row in rows] == ["局长", "科员", "d"]
    [found] = problems
    assert (found.kind, str(found.place), found.values["text"]) == ("no-head", "speakers.csv:2:3", "处长")


def test_what_is_no_workbook_is_a_problem() -> None:
    for data in (b"", b"not a zip", b"PK\x03\x04 broken"):
        rows, problems = read_rows(data, "documents.xlsx")
        assert rows == [] and [p.kind for p in problems] == ["bad-workbook"]


def test_a_formula_nobody_has_computed_is_named() -> None:
    rows, problems = read_rows(workbook(["file", "case"], ["a", '="J"&"市"']), "documents.xlsx")
    assert texts(rows) == [{"file": "a"}]
    assert [(p.kind, str(p.place)) for p in problems] == [("empty-formula", "documents.xlsx!Tabelle1!B2")]


@given(st.lists(st.text("甲乙ab,;\"'\n =1", min_size=1, max_size=6), min_size=2, max_size=4))
def test_any_csv_cell_is_read_back_trimmed(cells: list[str]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([[f"c{n}" for n in range(len(cells))], cells])
    rows, _ = read_rows(stream.getvalue().encode(), "x.csv")
    for n, cell in enumerate(cells):
        text = cell.strip()
        guarded = len(text) > 1 and text[0] == "'" and text[1] in "='"
        assert (rows[0].get(f"c{n}") if rows else "") == (text[1:] if guarded else text)
