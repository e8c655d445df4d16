"""What the last run coded is used again exactly where nothing changed that codings rest on."""

import json
import shutil

import pytest

from qualcode.coding import code_document
from qualcode.project.bench import open_bench
from qualcode.project.scaffold import begin_study
from qualcode.project.study import load_study

BOOK = """
qualcode: 1
id: small
title: {zh: 小}
languages: [zh]
codes:
  - {id: fear, name: {zh: 怕担责}, definition: 怕, rules: [{terms: [担责]}]}
  - {id: refuse, name: {zh: 拒绝}, definition: 不给, rules: [{terms: [不给], except: [不给力]}]}
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "corpus").mkdir()
    for name, words in (("I1", "怕担责"), ("I2", "没什么"), ("I3", "不给，也不给力")):
        (tmp_path / "corpus" / f"{name}.txt").write_text(f"问：怎么样？\n答：{words}。\n", "utf-8")
    (tmp_path / "codebook.yaml").write_text(BOOK, "utf-8")
    (tmp_path / "qualcode.yaml").write_text("qualcode: 1\n", "utf-8")
    return tmp_path


def looked(study):
    """Code all documents by way of the bench: how many were taken over, how many coded, and why."""
    made, _ = load_study(study / "qualcode.yaml")
    bench = open_bench(made)
    for document, segments in bench.documents(open_test=True):
        found, anew = bench.coded(document, segments), code_document(document, segments, bench.codebook)
        assert (found.codings, found.matches) == (anew.codings, anew.matches), document.id
    return bench.taken_over, bench.coded_now, bench.why_coded


def test_nothing_changed(study, told):
    assert looked(study) == (0, 3, "the study was not run yet")
    assert told("run", study).code == 0
    assert looked(study) == (3, 0, "")


def test_decisions_change_no_coding_of_the_machine(study, told):
    told("run", study)
    assert told("decide", "I1:2#fear", study, "--coder", "甲", "--reject").code == 0
    told("decide", "I2:2", study, "--coder", "甲", "--add", "open:无所谓")
    assert looked(study) == (3, 0, "")
    told("run", study)
    assert looked(study) == (3, 0, "")


def test_only_documents_that_changed_are_coded_anew(study, told):
    told("run", study)
    file = study / "corpus" / "I1.txt"
    file.write_text(file.read_text("utf-8").replace("怕担责", "不怕担责"), "utf-8")
    (study / "corpus" / "I4.txt").write_text("问：好吗？\n答：担责。\n", "utf-8")
    (study / "corpus" / "I2.txt").rename(study / "corpus" / "I5.txt")
    assert looked(study) == (1, 3, "")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("codebook.yaml", BOOK.replace("[担责]", "[担责, 没什么]")),
        ("qualcode.yaml", "qualcode: 1\nunit: clause\n"),
        ("qualcode.yaml", "qualcode: 1\ncoding: {code_interviewers: true}\n"),
        ("corpus/documents.csv", "file,kind\nI1.txt,policy\n"),
        ("corpus/I1.meta.yaml", "kind: policy\n"),
    ],
)
def test_what_shapes_codings_changed(study, told, file, words):
    told("run", study)
    (study / file).write_text(words, "utf-8")
    taken, anew, why = looked(study)
    assert (taken, anew) == (0, 3)
    assert "changed since the last run" in why


def test_a_table_changed_by_hand_is_not_believed(study, told):
    told("run", study)
    table = study / "results" / "matches.csv"
    table.write_text(table.read_text("utf-8").replace(",fear,", ",refuse,"), "utf-8")
    assert looked(study) == (0, 3, "the tables of the last run were changed by hand")


def test_results_of_another_program_are_not_used(study, told):
    told("run", study)
    file = study / "results" / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["made"].pop("shape")
    file.write_text(json.dumps(manifest), "utf-8")
    assert looked(study)[:2] == (0, 3)


def test_the_study_that_init_makes(tmp_path, told):
    begin_study(tmp_path / "study", "zh")
    assert told("--quiet", "run", tmp_path / "study").code == 0
    taken, anew, _ = looked(tmp_path / "study")
    assert taken > 0 and anew == 0
    moved = tmp_path / "elsewhere"
    shutil.move(tmp_path / "study", moved)
    assert looked(moved) == (taken, 0, "")


def test_commands_say_whether_they_coded(study, told):
    out = study / "sheet.csv"
    assert (
        "3 documents were coded now: the study was not run yet"
        in told("review", "export", study, "--coder", "甲", "--out", out).err
    )
    told("run", study)
    again = told("review", "export", study, "--coder", "甲", "--out", study / "again.csv")
    assert "codings are those of the last run" in again.err
    assert (study / "again.csv").read_bytes() == out.read_bytes()
