"""Workbooks: text stays text, nothing is lost in silence, the same tables give the same bytes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qualcode.columns import Column
from qualcode.output.xlsxfile import (
    LIMIT,
    UnreadableBookError,
    escape,
    read_first_sheet,
    unescape,
    write_book,
)

WORDS = (Column("words", "text", ""), Column("n", "int", ""), Column("share", "float", ""))


def cells(path, sheet="t"):
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True)]


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_escaping_gives_back_every_text(text):
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+86", "-", "#N/A", "'quoted", "0012", "2019-06-25", "TRUE"]
)
def test_words_are_never_formulas_errors_numbers_or_dates(text, tmp_path):
    path = tmp_path / "t.xlsx"
    assert write_book(path, {"t": (WORDS, [(text, -1, 0.5)])}) == []
    cell = load_workbook(path)["t"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cells(path) == [[text, -1, 0.5]]


def test_characters_xml_cannot_hold_come_back(tmp_path):
    path = tmp_path / "t.xlsx"
    text = "a\x00b\x0bc_x0001_d\ud800"
    write_book(path, {"t": (WORDS, [(text, None, None)])})
    assert read_first_sheet(path)[1][0] == text


def test_a_cell_that_is_too_long_is_cut_and_told(tmp_path):
    path = tmp_path / "t.xlsx"
    problems = write_book(path, {"t": (WORDS, [("字" * LIMIT, 1, None), ("字" * (LIMIT + 1), 2, None)])})
    assert [(p.kind, p.place.cell) for p in problems] == [("cell-cut", "t!A3")]
    assert [len(row[0]) for row in cells(path)] == [LIMIT, LIMIT]
    assert cells(path)[1][0].endswith("字…")


def test_excel_counts_an_emoji_as_two(tmp_path):
    path = tmp_path / "t.xlsx"
    assert write_book(path, {"t": (WORDS, [("😀" * 16_383, 1, None)])}) == []
    assert [p.kind for p in write_book(path, {"t": (WORDS, [("😀" * 16_384, 1, None)])})] == ["cell-cut"]


def test_an_empty_table_is_a_sheet_with_its_heads(tmp_path):
    path = tmp_path / "t.xlsx"
    write_book(path, {"t": (WORDS, []), "u": (WORDS, [("x", 1, 1.0)])})
    assert [cell.value for cell in load_workbook(path)["t"][1]] == ["words", "n", "share"]


def test_the_same_tables_are_the_same_bytes_at_any_time(tmp_path):
    table = {"t": (WORDS, [("数据", 1, 0.1)])}
    write_book(tmp_path / "a.xlsx", table)
    time.sleep(2.1)  # zip archives count time in steps of two seconds
    write_book(tmp_path / "b.xlsx", table)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("content", [b"", b"nothing", b"PK\x05\x06" + bytes(18), b"PK\x03\x04torn"])
def test_what_is_no_workbook_is_said_to_be_none(content, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(content)
    with pytest.raises(UnreadableBookError):
        read_first_sheet(tmp_path / "t.xlsx")
