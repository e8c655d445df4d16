"""`qualcode corpus`: what it shows, writes and answers."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualcode.cli.main import call

TALK = "李：您来介绍一下？\n张：我们主要做数据共享，各个部门都不太愿意给，说是涉密，实际上是怕担责任。\n" * 4
LAW = "# 共享办法\n\n第一条 为了共享。\n\n第二条 适用本市。\n\n第三条 自2019年8月1日起施行。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALCODE_LANG", "en")
    (tmp_path / "2021-03-04 张.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "共享办法(2019-06-25).md").write_text(LAW, encoding="utf-8")
    return tmp_path


def test_check_shows_what_was_understood_and_marks_guesses(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["corpus", "check", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "interview (text) · zh · txt utf-8" in shown
    assert "date 2021-03-04 (file name)" in shown
    assert "issued 2019-06-25 (file name) · effective 2019-08-01 (text)" in shown
    assert "role unknown (only a guess: interviewer; 100% of the turns end in a question)" in shown
    assert "1 of 1 interviews have no declared interviewer; in 1 no label shows one either" in shown
    assert "2 documents from 2 files: interview 1, policy 1" in shown


def test_check_as_json_keeps_guesses_apart_from_roles(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["corpus", "check", str(folder), "--json", "--unit", "clause"]) == 0
    seen = json.loads(capsys.readouterr().out)
    talk, law = seen["documents"]
    assert [(s["label"], s["role"], s["role_source"], s["guess"]) for s in talk["speakers"]] == [
        ("李", "unknown", "unknown", "interviewer"),
        ("张", "unknown", "unknown", "respondent"),
    ]
    assert law["dates"]["effective"] == {"date": "2019-08-01", "source": "text"}
    assert seen["unit"] == "clause" and seen["talk_without_declared_interviewer"] == ["2021-03-04 张"]


def test_findings_end_with_1_and_name_the_file_as_seen_from_here(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    assert call(["corpus", "check", str(folder)]) == 1
    told = capsys.readouterr()
    assert f"{folder.as_posix()}/坏.docx" in told.err
    assert "1 could not be read" in told.out
    assert call(["corpus", "check", str(folder / "nowhere")]) == 2


def test_a_study_is_looked_at_before_it_has_a_codebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TALK, encoding="utf-8")
    study = tmp_path / "qualcode.yaml"
    study.write_text("corpus: {folder: in, speakers: {李: interviewer}}\nunit: turn\n", encoding="utf-8")
    assert call(["corpus", "check", str(tmp_path), "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert seen["unit"] == "turn" and seen["talk_without_declared_interviewer"] == []
    study.write_text("corpus: {foldr: in}\n", encoding="utf-8")
    assert call(["corpus", "check", str(tmp_path)]) == 3
    assert "qualcode.yaml:1:10: error[unknown-key]" in capsys.readouterr().err


def test_sheets_are_written_filled_in_and_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["corpus", "sheet", str(folder)]) == 0
    assert "documents.xlsx: 2 rows added" in capsys.readouterr().err
    before = (folder / "documents.xlsx").read_bytes()
    assert call(["corpus", "sheet", str(folder)]) == 0
    assert (folder / "documents.xlsx").read_bytes() == before

    book = load_workbook(folder / "speakers.xlsx")
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    assert [page.cell(n, heads.index("label") + 1).value for n in (2, 3)] == ["李", "张"]
    assert page.cell(2, heads.index("guess_role") + 1).value.startswith("perhaps interviewer (100% of")
    page.cell(2, heads.index("role") + 1, "interviewer")
    page.cell(3, heads.index("role") + 1, "受访者")
    page.cell(3, heads.index("actor") + 1, "J市公安局")
    book.save(folder / "speakers.xlsx")
    capsys.readouterr()
    assert call(["corpus", "check", str(folder), "--json"]) == 0
    talk = json.loads(capsys.readouterr().out)["documents"][0]
    assert [(s["label"], s["role"], s["role_source"], s["guess"]) for s in talk["speakers"]] == [
        ("李", "interviewer", "declared", ""),
        ("张", "respondent", "declared", ""),
    ]
    assert talk["speakers"][1]["actor"] == "J市公安局"


def test_a_sheet_nobody_filled_in_says_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["corpus", "check", str(folder), "--json"]) == 0
    before = capsys.readouterr().out
    assert call(["corpus", "sheet", str(folder)]) == 0
    capsys.readouterr()
    assert call(["corpus", "check", str(folder), "--json"]) == 0
    assert capsys.readouterr().out == before


def test_a_csv_becomes_the_beginning_of_the_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "file,case,备注\n2021-03-04 张.txt,J市,再听一遍\n"
    (folder / "documents.csv").write_text(table, encoding="utf-8")
    assert call(["corpus", "sheet", str(folder)]) == 0
    assert "is read instead of it" in capsys.readouterr().err
    page = load_workbook(folder / "documents.xlsx").worksheets[0]
    heads = [cell.value for cell in page[1]]
    assert page.cell(2, heads.index("case") + 1).value == "J市"
    assert page.cell(2, heads.index("备注") + 1).value == "再听一遍"
    assert page.max_row == 3
    assert (folder / "documents.csv").read_text(encoding="utf-8") == table


def test_an_open_workbook_ends_with_4(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "~$documents.xlsx").write_bytes(b"")
    assert call(["corpus", "sheet", str(folder)]) == 4
    assert "documents.xlsx is open in another program" in capsys.readouterr().err


def test_segments_go_to_stdout_or_a_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call(["corpus", "segments", str(folder), "--unit", "turn"]) == 0
    told = capfd.readouterr().out
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [row["speaker"] for row in rows[:2]] == ["李", "张"]
    assert {row["codes"] for row in rows} == {""}
    out = folder.parent / "segments.csv"
    assert call(["corpus", "segments", str(folder), "--unit", "turn", "--out", str(out)]) == 0
    assert out.read_bytes().decode("utf-8").replace("\r\n", "\n") == told.replace("\r\n", "\n")


def test_an_empty_corpus_is_told_by_its_folder_as_seen_from_here(tmp_path, monkeypatch, qualcode):
    (tmp_path / "texts").mkdir()
    (tmp_path / "codebook.yaml").write_text(
        "qualcode: 1\nid: b\nversion: 1.0.0\n"
        "codes:\n- {id: a, name: a, definition: a, rules: [terms: [怕]]}\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    for asked in (
        ("corpus", "check", "texts"),
        ("code", "texts", "--codebook", "codebook.yaml", "--out", "out"),
    ):
        code, _, err = qualcode(*asked)
        assert code in (1, 3) and "\ntexts: error[no-documents]" in err
