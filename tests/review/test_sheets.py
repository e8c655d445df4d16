"""Review sheets go through Excel and back; what a person wrote arrives, what was altered does not."""

import csv
import io

import pytest
from openpyxl import Workbook, load_workbook

from qualcode.review.journal import read_folder


@pytest.fixture
def table(study, told):
    """Export a CSV sheet as lists of cells."""

    def rows(*options):
        out = study / "sheet.csv"
        out.unlink(missing_ok=True)
        assert told("review", "export", study, "--coder", "甲", "--out", out, *options)[0] == 0
        return list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))

    return rows


def filled(study, rows, encoding="utf-8"):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path = study / "filled.csv"
    path.write_bytes(stream.getvalue().encode(encoding, "replace"))
    return path


def taken(study):
    return [(d.action, d.code, d.to, d.memo) for d in read_folder(study / "decisions")[0]]


def at(rows, code, words):
    return next(row for row in rows if row[6] == code and words in row[5])


def test_a_blind_sheet_shows_neither_evidence_nor_verdicts_of_others(table):
    assert table("--blind")[0] == [
        *("id", "check", "document", "speaker", "question", "segment", "code", "code_name"),
        *("verdict", "recode_to", "add", "memo"),
    ]
    row = at(table("--blind"), "fear", "都怕担责")
    assert row[4] == "数据共享推进得怎么样？"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_what_is_filled_in_arrives_and_arrives_once(study, table, told, encoding):
    rows = table("--blind")
    at(rows, "fear", "都怕担责")[8:] = ["recode", "refuse", "open:厂商锁定；agree", "=备注"]
    at(rows, "refuse", "不给别的")[8:] = ["拒绝", "", "", "说的是过去"]
    path = filled(study, rows, encoding)
    assert told("review", "import", path, study, "--coder", "甲")[0] == 0
    wanted = [
        ("recode", "fear", "refuse", "=备注"),
        ("add", "open:厂商锁定", "", ""),
        ("add", "agree", "", ""),
        ("reject", "refuse", "", "说的是过去"),
    ]
    assert taken(study) == wanted
    assert (
        "0 decisions of 甲 written, 4 were there before"
        in told("review", "import", path, study, "--coder", "甲")[2]
    )
    assert taken(study) == wanted


def test_altered_rows_are_refused_by_their_cell_and_the_others_kept(study, table, told):
    rows = table("--blind")
    good, swapped = at(rows, "fear", "都怕担责"), at(rows, "refuse", "不给别的")
    wrong, bare = at(rows, "agree", "对"), at(rows, "fear", "追责的办法")
    good[8] = "accept"
    swapped[5], swapped[8] = "另一句话，不是原来的。", "accept"
    wrong[8] = "perhaps"
    bare[8] = "recode"
    code, _, err = told("review", "import", filled(study, rows), study, "--coder", "甲")
    assert code == 1
    assert taken(study) == [("accept", "fear", "", "")]
    for row, column, kind in ((swapped, 6, "altered-row"), (wrong, 9, "unknown-verdict")):
        assert f"filled.csv:{rows.index(row) + 1 + _breaks(rows, row)}:{column}: error[{kind}]" in err
    assert "recode-without-code" in err


def _breaks(rows, row):
    """Line ends inside cells above a row."""
    return sum(cell.count("\n") for other in rows[: rows.index(row)] for cell in other)


def test_a_column_sorted_without_the_others_is_refused(study, table, told):
    rows = table("--blind")
    body = rows[1:]
    words = sorted(row[5] for row in body)
    moved = [row for row, other in zip(body, words, strict=True) if row[5] != other]
    for row, other in zip(body, words, strict=True):
        row[5], row[8] = other, "reject"
    assert moved
    code, _, err = told("review", "import", filled(study, rows), study, "--coder", "甲")
    assert (code, err.count("altered-row")) == (1, len(moved))
    assert len(taken(study)) == len(body) - len(moved)


def test_a_workbook_keeps_people_to_their_cells_and_reads_back(study, told):
    out = study / "甲.xlsx"
    assert told("review", "export", study, "--coder", "甲", "--out", out, "--uncoded")[0] == 0
    book = load_workbook(out)
    page = book["review"]
    head = [cell.value for cell in page[1]]
    assert page.protection.sheet
    assert page.column_dimensions["A"].hidden
    verdict = head.index("verdict") + 1
    assert not page.cell(2, verdict).protection.locked
    assert page.cell(2, head.index("segment") + 1).protection.locked
    assert {cell.number_format for row in page.iter_rows(min_row=2) for cell in row} == {"@"}
    assert any("accept,reject,recode" in (v.formula1 or "") for v in page.data_validations.dataValidation)
    page.cell(2, verdict, "accept")
    last = page.max_row
    assert not page.cell(last, head.index("code") + 1).value or last > 2
    book.save(out)
    assert told("review", "import", out, study, "--coder", "甲")[0] == 0
    assert [action for action, *_ in taken(study)] == ["accept"]
    assert told("review", "export", study, "--coder", "甲", "--out", out)[0] == 2, "never overwritten"


def test_numbers_and_dates_that_excel_rewrote_are_known_by_their_check(tmp_path, told):
    from .conftest import BOOK

    folder = tmp_path / "numbers"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "1.txt").write_text(
        "---\nkind: interview\n---\n答：007\n答：2019-06\n答：=担责。\n", "utf-8"
    )
    (folder / "codebook.yaml").write_text(BOOK, "utf-8")
    (folder / "qualcode.yaml").write_text("qualcode: 1\n", "utf-8")
    out = folder / "a.xlsx"
    assert told("review", "export", folder, "--coder", "甲", "--out", out, "--uncoded")[0] == 0
    rows = [[cell.value for cell in row] for row in load_workbook(out)["review"].iter_rows()]
    words, add = rows[0].index("segment"), rows[0].index("add")
    assert [row[words] for row in rows[1:]] == ["007", "2019-06", "=担责。"]
    book = Workbook()
    for row, changed in zip(rows, ["segment", 7, "2019/6/1", "担责。"], strict=True):
        row[words] = changed
        row[add] = "agree" if row is not rows[0] else "add"
        book.active.append(row)
    book.save(folder / "b.xlsx")
    code, _, err = told("review", "import", folder / "b.xlsx", folder, "--coder", "甲")
    assert code == 0, err
    assert len(taken(folder)) == 3


def test_a_cut_cell_is_known_again_and_another_beginning_is_not():
    from qualcode.review.sheet import same_words

    words = "我们这个数据共享的事情说来话长，" * 40
    assert same_words(words[:255], words)
    assert not same_words(words[:20], words)
    assert not same_words("x" + words[:255], words)
