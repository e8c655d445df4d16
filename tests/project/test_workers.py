"""Many processes: the serial bytes, and a document that crashes, hangs or swells is one named failure."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.problems import MachineError
from qualcode.project import documentwork, work
from qualcode.project import workers as workers_module
from qualcode.project.manifest import read_manifest
from qualcode.project.run import run
from qualcode.project.runners import Spread, Waiting
from qualcode.project.work import units_of

from .spreading import bring_readers, forget_readers, held, make_study, start

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
TWO = Spread("processes", 2)


@pytest.fixture
def misbehaving(tmp_path, monkeypatch):
    bring_readers(tmp_path / "readers", monkeypatch)
    yield
    forget_readers()


def small_units(monkeypatch, files: int = 4) -> None:
    monkeypatch.setattr("qualcode.project.work.UNIT_FILES", files)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_workers_writes_the_serial_bytes(count, tmp_path, monkeypatch):
    small_units(monkeypatch)
    study = make_study(tmp_path / "study")
    run(study)
    before = held(study.results)
    run(study, spread=Spread("processes", count))
    assert held(study.results) == before


def alone_and_beside(study, name: str, spread: Spread = TWO, text: str = "数据不给。"):
    """What a run says with a bad file among thirty others, and without it."""
    run(study, whole=False)
    good = held(study.results)
    (study.corpus_folder / name).write_text(text, "utf-8")
    outcome = run(study, whole=False, spread=spread)
    bad = held(study.results)
    tables = ("documents.csv", "segments.csv", "coded_segments.csv", "matches.csv")
    assert [t for t in tables if good[t] != bad[t]] == [], "the rest is unharmed"
    assert outcome.counts["unread"] == 1
    assert read_manifest(study.results)["failures"] == [name]
    [found] = [p for p in outcome.problems if p.severity == "error"]
    assert Path(found.place.path).name == name
    assert found.hint
    line = next(row for row in bad["problems.csv"].decode().splitlines() if name in row)
    assert f"error,{found.kind}," in line
    return found


@posix
def test_a_document_that_kills_its_process_is_one_named_failure(tmp_path, misbehaving, monkeypatch):
    small_units(monkeypatch)
    found = alone_and_beside(make_study(tmp_path / "study"), "访谈010b.boom")
    assert found.kind == "document-crashed"
    assert "SIGSEGV" in str(found)


@posix
def test_a_document_that_never_ends_is_one_named_failure(tmp_path, misbehaving, monkeypatch):
    small_units(monkeypatch)
    spread = replace(TWO, seconds=3.0)
    found = alone_and_beside(make_study(tmp_path / "study"), "访谈010b.hang", spread)
    assert found.kind == "document-hung"
    assert "3 seconds" in str(found)


@posix
def test_a_document_that_takes_all_memory_is_one_named_failure(tmp_path, misbehaving, monkeypatch):
    small_units(monkeypatch)
    spread = replace(TWO, memory=1_000_000_000)
    found = alone_and_beside(make_study(tmp_path / "study"), "访谈010b.glut", spread)
    assert found.kind == "document-memory"


@posix
@pytest.mark.parametrize(
    ("text", "kind"),
    [("崩溃", "document-crashed"), ("停滞", "document-hung"), ("撑爆", "document-memory")],
)
def test_one_of_several_documents_coded_together_is_the_one_to_blame(
    text, kind, tmp_path, misbehaving, monkeypatch
):
    small_units(monkeypatch, 8)
    spread = replace(TWO, seconds=4.0, memory=1_000_000_000)
    found = alone_and_beside(make_study(tmp_path / "study"), "访谈010b.code", spread, f"数据不给。{text}。")
    assert found.kind == kind


def test_too_little_memory_for_several_documents_is_enough_for_one_by_one(tmp_path, monkeypatch):
    study = make_study(tmp_path / "study")
    run(study)
    whole, coding = held(study.results), documentwork.code_documents
    asked = []

    def short_of_memory(documents, codebook):
        asked.append(len(documents))
        if len(documents) > 1:
            raise MemoryError
        return coding(documents, codebook)

    monkeypatch.setattr(documentwork, "code_documents", short_of_memory)
    run(study)
    assert held(study.results) == whole
    assert asked == [30, *[1] * 30]


@pytest.mark.parametrize(("characters", "documents"), [(1, 500), (3000, 500), (10**9, 7)])
def test_the_size_of_an_armful_changes_nothing(characters, documents, tmp_path, monkeypatch):
    study = make_study(tmp_path / "study")
    table = "文本\n" + "".join(f"第{n}行数据不给。\n" for n in range(20))
    (study.corpus_folder / "访谈005b.csv").write_text(table, "utf-8")
    run(study, whole=False)
    before = held(study.results)
    monkeypatch.setattr(work, "ARMFUL", characters)
    monkeypatch.setattr(work, "ARMFUL_DOCUMENTS", documents)
    run(study, whole=False)
    assert held(study.results) == before


def test_units_that_failed_at_several_files_do_these_one_by_one():
    waiting = Waiting([(0, 1, 2, 3), (4,)])
    waiting.divide(waiting.take(), (1, 2))
    assert [waiting.take() for _ in range(4)] == [(1,), (2,), (0, 3), (4,)]
    assert not waiting


@posix
def test_a_process_that_dies_once_costs_nothing_but_time(tmp_path, misbehaving, monkeypatch):
    small_units(monkeypatch)
    study = make_study(tmp_path / "study")
    (study.corpus_folder / "访谈010b.once").write_text("数据不给。", "utf-8")
    outcome = run(study, whole=False, spread=TWO)
    assert (outcome.counts["unread"], outcome.counts["documents"]) == (0, 31)
    assert not outcome.failed


def children_of(process: int) -> list[int]:
    found = subprocess.run(["ps", "-eo", "pid,ppid,stat"], capture_output=True, text=True, check=True).stdout
    rows = [line.split()[:3] for line in found.splitlines()[1:]]
    return [int(pid) for pid, parent, state in rows if int(parent) == process and not state.startswith("Z")]


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_no_child_outlives_the_run(sign, code, tmp_path, misbehaving):
    study = make_study(tmp_path / "study", documents=6)
    for n in range(60):
        (study.corpus_folder / f"s{n:03}.slow").write_text(f"数据不给{n}。", "utf-8")
    child = start(study, "--workers", "2")
    deadline = time.monotonic() + 60
    while len(workers := children_of(child.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(workers) == 2
    time.sleep(1.0)
    child.send_signal(sign)
    child.communicate(timeout=60)
    assert child.returncode == code
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def test_what_a_child_raises_of_its_own_reaches_the_caller(tmp_path):
    study = make_study(tmp_path / "study", documents=2)
    with pytest.raises(Exception, match="no such unit"):
        run(replace(study, unit="no such unit"), spread=TWO)


def test_children_that_cannot_start_are_said_to_be_so(tmp_path, monkeypatch):
    study = make_study(tmp_path / "study", documents=2)
    monkeypatch.setattr(workers_module.sys, "executable", "/bin/false")
    with pytest.raises(MachineError, match="end before they begin"):
        run(study, spread=TWO)


def test_a_file_that_fails_is_tried_again_alone_behind_all_others():
    waiting = Waiting([(0, 1, 2), (3, 4)])
    assert waiting.take() == (0, 1, 2)
    assert not waiting.fail((0, 1, 2), 1)
    assert [waiting.take() for _ in range(3)] == [(0, 2), (3, 4), (1,)]
    assert waiting.fail((1,), 1)
    assert not waiting


def test_units_are_neighbours_and_hold_every_file_once(tmp_path):
    study = make_study(tmp_path / "study", documents=9)
    from qualcode.corpus import open_corpus

    files = open_corpus(study.corpus_folder)[0].files
    units = units_of(files, [0, 1, 2, 5, 6, 8])
    assert units == [(0, 1, 2), (5, 6), (8,)]


@posix
def test_the_limit_of_memory_is_kept_by_the_parent_where_the_system_keeps_none(
    tmp_path, misbehaving, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'nolimit'}{os.pathsep}{os.environ['PYTHONPATH']}")
    study = make_study(tmp_path / "study", documents=3)
    (study.corpus_folder / "a.glut").write_text("数据不给。", "utf-8")
    monkeypatch.setattr(
        workers_module.pickle,
        "dumps",
        lambda held, dumps=workers_module.pickle.dumps: dumps(
            (held[0], held[1], 0) if isinstance(held, tuple) and len(held) == 3 and held[2] == 10**9 else held
        ),
    )
    outcome = run(study, whole=False, spread=replace(TWO, memory=10**9))
    assert [p.kind for p in outcome.problems if p.severity == "error"] == ["document-memory"]
