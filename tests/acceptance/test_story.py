"""A researcher's first day: begin, look, fill in who is who, run, read, verify; all through the commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualcode.cli.main import call

from .tables import items, rows

TALK = """\
2019年7月3日，市大数据局会议室

王老师：你们的数据为什么不给其他部门？
老李：谁也不敢签这个字，大家怕担责。一句涉密就挡回来了。
王老师：后来呢？
老李：后来我们做了接口，群众可以一网通办。
王老师：是不是怕担责？
老李：对，上会之后就好办了。
"""


@pytest.fixture
def told(capfd):
    def answer(*arguments: object, code: int = 0) -> str:
        capfd.readouterr()
        ended = call([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert ended == code, err
        return out

    return answer


def fill(path: Path, wanted: dict[str, dict[str, str]], *, key: str) -> int:
    """Fill cells of a sheet as a person does: by the words of row and head; return how many."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = {str(cell.value): cell.column for cell in sheet[1]}
    filled = 0
    for row in range(2, sheet.max_row + 1):
        for column, value in wanted.get(str(sheet.cell(row, head[key]).value), {}).items():
            sheet.cell(row, head[column]).value = value
            filled += 1
    book.save(path)
    return filled


def test_a_first_day(told, tmp_path, monkeypatch):
    study = tmp_path / "我的研究"
    told("init", study, "--lang", "zh")
    (study / "corpus" / "老李.txt").write_text(TALK, "utf-8")

    seen = json.loads(told("corpus", "check", study, "--json"))
    talk = next(d for d in seen["documents"] if d["path"] == "老李.txt")
    assert {s["label"]: s["role"] for s in talk["speakers"]} == {"王老师": "unknown", "老李": "unknown"}

    told("corpus", "sheet", study)
    roles = {"王老师": {"role": "interviewer"}, "老李": {"role": "respondent", "actor": "市大数据局"}}
    assert fill(study / "corpus" / "speakers.xlsx", roles, key="label") == 3
    filed = {"老李.txt": {"id": "L1", "case": "J市", "date": "2019-07-03"}}
    assert fill(study / "corpus" / "documents.xlsx", filed, key="file") == 3
    before = (study / "corpus" / "speakers.xlsx").read_bytes()
    told("corpus", "sheet", study)
    assert (study / "corpus" / "speakers.xlsx").read_bytes() == before, "filled cells are a person's"

    told("run", study)
    results = study / "results"
    [document] = [row for row in rows(results, "documents") if row["path"] == "老李.txt"]
    assert (document["document_id"], document["case"], document["date"]) == ("L1", "J市", "2019-07-03")
    said = [row for row in rows(results, "segments") if row["document_id"] == "L1"]
    assert {(row["speaker"], row["role"], row["role_source"], row["codable"]) for row in said} == {
        ("王老师", "interviewer", "declared", "no"),
        ("老李", "respondent", "declared", "yes"),
    }
    refused = {r["blocked_by"] for r in rows(results, "matches") if r["document_id"] == "L1"}
    assert refused == {"", "interviewer"}, "是不是怕担责 is asked, not told"
    codings = [row for row in rows(results, "coded_segments") if row["document_id"] == "L1"]
    assert {row["speaker"] for row in codings} == {"老李"}
    assert any("不敢签" in items(row["matched"]) for row in codings)

    lines = told("kwic", results, "怕担责")
    assert lines.count("怕担责") >= 3
    told("kwic", results, "从来没有人说过的话", code=1)
    monkeypatch.chdir(study)
    network = told("network", "results", "--unit", "speech", "--format", "csv").splitlines()
    assert network[0].lstrip("\ufeff").startswith("basis,unit,source,target,n,")
    timeline = told("timeline", "results", "--by", "year", "--format", "csv").splitlines()
    assert any(",2019," in line for line in timeline[1:])
    told("verify", "results")
    report = (results / "report.html").read_text("utf-8")
    assert "谁也不敢签这个字" in re.sub("<[^>]*>", "", report)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", report), "a page that asks nobody"

    fill(study / "corpus" / "speakers.xlsx", {"王老师": {"role": "respondent"}}, key="label")
    assert "speakers.xlsx" in told("verify", "results", code=1)
