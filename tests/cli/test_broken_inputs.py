"""What goes wrong in real studies is told with its place and a documented exit code; old results stay.

Each case breaks one thing in a study that has results, and says the exit code and words of the answer.
"""

import errno
import os
import sys
import zipfile
from itertools import pairwise

import pytest

from .conftest import held

HEAD = "qualcode: 1\nid: x\nversion: '1'\ntitle: x\n"
EVENTS = (
    "events:\n  - {id: E2019, date: 2019-06-25, name_zh: 放管服会议, name_en: Conference,"
    " type: conference, node: yes}\n"
)
RULE = "terms: [不敢签, 怕担责, 谁负责, 层层请示]"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmno")
)
DOC = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)  # head of an old Word file


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def put(name, content):
    return lambda study: write(study / name, content)


def add(name, text):
    return lambda study: write(study / name, (study / name).read_text("utf-8") + text)


def swap(name, old, new):
    def change(study):
        text = (study / name).read_text("utf-8")
        assert old in text
        write(study / name, text.replace(old, new))

    return change


def encode(name, encoding):
    return lambda study: write(study / name, (study / name).read_text("utf-8").encode(encoding))


def remove(name):
    return lambda study: (study / name).unlink()


def both(*changes):
    def change(study):
        for one in changes:
            one(study)

    return change


def only(name, content):
    """Make one file the whole corpus."""

    def change(study):
        for path in (study / "corpus").iterdir():
            path.unlink()
        if name:
            write(study / "corpus" / name, content)

    return change


def folder_instead(name):
    def change(study):
        (study / name).unlink(missing_ok=True)
        (study / name).mkdir()

    return change


def fake_zip(study, name="corpus/坏.docx"):
    with zipfile.ZipFile(study / name, "w") as archive:
        archive.writestr("nothing.xml", "<a/>")


UNUSABLE = {
    # the study file
    "study: syntax": (add("qualcode.yaml", "\nphases: [{id: P1\n"), "qualcode.yaml:"),
    "study: tab": (add("qualcode.yaml", "\ncoding:\n\trunner: serial\n"), "qualcode.yaml:"),
    "study: unknown key": (add("qualcode.yaml", "\ncodebok: x\n"), "did you mean 'codebook'"),
    "study: key twice": (add("qualcode.yaml", "\nunit: turn\n"), "unit"),
    "study: empty": (put("qualcode.yaml", ""), "the study file is empty"),
    "study: only a comment": (put("qualcode.yaml", "# later\n"), "the study file is empty"),
    "study: a list": (put("qualcode.yaml", "- corpus\n- codebook\n"), "qualcode.yaml:1"),
    "study: binary": (put("qualcode.yaml", bytes(range(256))), "qualcode.yaml"),
    "study: GBK": (encode("qualcode.yaml", "gb18030"), "GB18030"),
    "study: UTF-16": (encode("qualcode.yaml", "utf-16"), "UTF-16"),
    "study: unknown unit": (swap("qualcode.yaml", "unit: sentence", "unit: word"), "'word' is not a unit"),
    "study: later format": (swap("qualcode.yaml", "qualcode: 1", "qualcode: 2"), "format 2"),
    "study: seed": (add("qualcode.yaml", "\nseed: today\n"), "write a whole number"),
    "study: network unit": (add("qualcode.yaml", "\nnetwork: {units: [page]}\n"), "'page' is not a context"),
    "study: runner": (add("qualcode.yaml", "\ncoding: {runner: sereal}\n"), "did you mean 'serial'"),
    "phases: overlap": (swap("qualcode.yaml", "end: E2019", "end: 2020-01-01"), "overlap"),
    "phases: date": (swap("qualcode.yaml", "start: E2019", "start: E2091"), "'E2091' is not a date"),
    "phases: backwards": (swap("qualcode.yaml", "start: 2016-09-05", "start: 2022"), "before it starts"),
    "events: file missing": (
        swap("qualcode.yaml", EVENTS, "events: ereignisse.csv\n"),
        "no file of events",
    ),
    "corpus: missing": (swap("qualcode.yaml", "corpus: corpus", "corpus: interviews"), "no corpus folder"),
    "corpus: a file": (swap("qualcode.yaml", "corpus: corpus", "corpus: README.md"), "is a file"),
    "codebook: missing": (remove("codebook.yaml"), "there is no codebook 'codebook.yaml'"),
    "codebook: a folder": (folder_instead("codebook.yaml"), "is a folder"),
    # the codebook
    "codebook: syntax": (add("codebook.yaml", "\n  - id: [x\n"), "codebook.yaml:"),
    "codebook: empty": (put("codebook.yaml", ""), "codebook.yaml:1"),
    "codebook: binary": (put("codebook.yaml", os.urandom(999)), "codebook.yaml"),
    "codebook: GBK": (encode("codebook.yaml", "gb18030"), "GB18030"),
    "codebook: unknown key": (swap("codebook.yaml", "- terms: [不敢签", "- trems: [不敢签"), "terms"),
    "codebook: id twice": (swap("codebook.yaml", "- id: innovation", "- id: avoidance"), "codebook.yaml:"),
    "codebook: no codes": (put("codebook.yaml", HEAD), "codebook"),
    "codebook: no rules": (
        put("codebook.yaml", f"{HEAD}codes:\n- {{id: a, name: a, definition: a}}\n"),
        "no code with a rule",
    ),
    "codebook: regex": (swap("codebook.yaml", RULE, "regex: '(不敢'"), "codebook.yaml:"),
    "codebook: import missing": (add("codebook.yaml", "\nimports: [gone.yaml]\n"), "gone.yaml"),
    "codebook: imports itself": (add("codebook.yaml", "\nimports: [codebook.yaml]\n"), "codebook.yaml:"),
    "codebook: unknown lexicon": (swap("codebook.yaml", "$refusal", "$refusla"), "refus"),
    "codebook: brackets": (put("codebook.yaml", "[" * 100_000), "codebook.yaml"),
    "codebook: aliases": (
        put("codebook.yaml", BOMB),
        "codebook.yaml",
    ),
    # the corpus as a whole
    "corpus: empty": (only("", b""), "no document"),
    "corpus: only litter": (only(".DS_Store", b"x"), "no document"),
    "corpus: only old Word": (only("访谈.doc", DOC), "访谈.doc"),
    "corpus: only a broken docx": (only("访谈.docx", b"PK\x03\x04 not a zip"), "访谈.docx"),
}  # fmt: skip

FOUND = {
    # one document fails, the rest is coded; the exit code says so
    "docx: no zip": (put("corpus/坏.docx", b"PK\x03\x04 torn"), "坏.docx"),
    "docx: another zip": (fake_zip, "坏.docx"),
    "docx: empty": (put("corpus/坏.docx", b""), "坏.docx"),
    "pdf: torn": (put("corpus/坏.pdf", b"%PDF-1.7\n%%EOF"), "坏.pdf"),
    "pdf: no pdf": (put("corpus/坏.pdf", "不是 PDF"), "坏.pdf"),
    "xlsx: no zip": (put("corpus/坏.xlsx", b"nothing"), "坏.xlsx"),
    "odt: torn": (put("corpus/坏.odt", b"PK\x05\x06" + bytes(18)), "坏.odt"),
    "epub: torn": (put("corpus/坏.epub", b"PK\x03\x04"), "坏.epub"),
    "txt: binary": (put("corpus/坏.txt", bytes(range(256)) * 40), "坏.txt"),
    "txt: empty": (put("corpus/坏.txt", b""), "坏.txt"),
    "old Word": (put("corpus/坏.doc", DOC), "坏.doc"),
    "sidecar: syntax": (put("corpus/办法.meta.yaml", "kind: [policy\n"), "办法.meta.yaml"),
    "front matter: kind": (swap("corpus/办法.txt", "kind: policy", "kind: polcy"), "办法.txt:3"),
    "documents.csv: GBK": (put("corpus/documents.csv", "file,title\n办法.txt,办法\n".encode("gbk")), ""),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_used_stops_the_run_and_leaves_the_old_results(case, study, qualcode):
    change, words = UNUSABLE[case]
    before = held(study / "results")
    change(study)
    code, out, err = qualcode("run", study)
    assert code == 3, err
    assert words in err
    assert out == ""
    assert held(study / "results") == before
    assert not list(study.glob(".results*"))


@pytest.mark.parametrize("case", FOUND)
def test_a_document_that_cannot_be_read_is_told_and_the_others_are_coded(case, study, qualcode):
    change, words = FOUND[case]
    change(study)
    code, _, err = qualcode("run", study)
    assert code in (0, 1), err
    assert words in err
    assert "访谈01" in (study / "results/coded_segments.csv").read_text("utf-8-sig")
    if code == 1:
        assert "error[" in err
        assert "error" in (study / "results/problems.csv").read_text("utf-8-sig")


def test_many_broken_things_are_told_at_once_sorted_and_counted(study, qualcode):
    add("qualcode.yaml", "\ncodebok: x\nsed: 1\nnetwork: {unit: x}\n")(study)
    code, _, err = qualcode("run", study)
    assert code == 3
    assert "errors: 3, warnings: 0, notes: 0" in err
    lines = [int(line.split(":")[1]) for line in err.splitlines() if "error[unknown-key]" in line]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_a_long_list_is_cut_and_says_where_all_of_it_is(study, qualcode):
    for n in range(60):
        write(study / "corpus" / f"{n:02}.doc", DOC)
    code, _, err = qualcode("run", study)
    assert code == 1
    assert err.count("error[") == 40
    assert "and 20 more" in err
    assert "problems.csv" in err
    assert (study / "results/problems.csv").read_text("utf-8-sig").count(",error,") == 60


def test_results_that_are_a_file(study, qualcode, tmp_path):
    write(tmp_path / "out", "text")
    code, _, err = qualcode("run", study, "--out", tmp_path / "out")
    assert (code, "is a file" in err) == (2, True)
    assert (tmp_path / "out").read_text() == "text"


def test_results_below_a_file(study, qualcode, tmp_path):
    write(tmp_path / "out", "text")
    assert qualcode("run", study, "--out", tmp_path / "out" / "deep").code == 4


def test_results_in_a_folder_of_other_files(study, qualcode, tmp_path):
    write(tmp_path / "thesis" / "chapter.docx", "years of work")
    code, _, err = qualcode("run", study, "--out", tmp_path / "thesis")
    assert (code, "left alone" in err) == (2, True)
    assert held(tmp_path / "thesis") == {"chapter.docx": b"years of work"}


@pytest.mark.parametrize("out", ["corpus", ".", "codebook.yaml"])
def test_results_never_go_over_the_sources(study, qualcode, out):
    before = held(study)
    code, _, err = qualcode("run", study, "--out", study / out)
    assert code == 2, err
    assert held(study) == before


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux")
def test_a_place_nobody_can_write_to(study, qualcode):
    code, _, err = qualcode("run", study, "--out", "/proc/qualcode-results")
    assert (code, "cannot write" in err or "no permission" in err) == (4, True)


def test_a_full_disk_leaves_the_old_results(study, qualcode, monkeypatch):
    from qualcode.output.csvfile import CsvWriter

    before = held(study / "results")
    real, tables = CsvWriter.extend, []

    def full(self, rows):
        tables.append(self)
        if len(tables) > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(self, rows)

    monkeypatch.setattr(CsvWriter, "extend", full)
    code, _, err = qualcode("run", study)
    assert (code, "No space left" in err) == (4, True)
    assert held(study / "results") == before
    assert {path.name for path in study.glob(".results*")} <= {".results.work"}, (
        "what the next run goes on from"
    )
    monkeypatch.undo()
    assert qualcode("run", study).code == 0
    assert not list(study.glob(".results*"))


def test_results_edited_by_hand_are_not_overwritten_without_force(study, qualcode):
    with (
        study / "results/codes.csv"
        if (study / "results/codes.csv").exists()
        else study / "results/matches.csv"
    ).open("a") as file:
        name = file.name.rpartition("/")[2]
        file.write("my remark\n")
    before = held(study / "results")
    code, _, err = qualcode("run", study)
    assert (code, name in err, "--force" in err) == (2, True, True)
    assert held(study / "results") == before
    assert qualcode("run", study, "--force").code == 0
    assert "my remark" in (study / "results/kept" / name).read_text("utf-8-sig")
    assert qualcode("run", study).code == 0


def test_own_files_in_the_result_folder_stay(study, qualcode):
    write(study / "results/memo.md", "想法")
    write(study / "results/figures/mine.png", b"\x89PNG")
    assert qualcode("run", study).code == 0
    assert held(study / "results")["memo.md"] == "想法".encode()
    assert held(study / "results")["figures/mine.png"] == b"\x89PNG"


def test_an_interruption_leaves_the_old_results(study, qualcode, monkeypatch):
    from qualcode.project.shards import ShardWriter

    before = held(study / "results")

    def stop(self, entry):
        raise KeyboardInterrupt

    monkeypatch.setattr(ShardWriter, "document", stop)
    code, _, err = qualcode("run", study)
    assert (code, "interrupted" in err) == (130, True)
    assert held(study / "results") == before
    assert not list(study.glob(".results*"))


def test_a_mistake_of_ours_is_told_as_such_and_shown_with_debug(study, qualcode, monkeypatch):
    from qualcode.project import documentwork

    def wrong(*args, **kwargs):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(documentwork, "segment_documents", wrong)
    code, _, err = qualcode("run", study)
    assert (code, "qualcode itself failed (ZeroDivisionError: oops)" in err) == (70, True)
    assert "Traceback" in qualcode("run", study, "--debug").err
