"""A run: the same bytes wherever and however it is made, and old results whole whatever happens to it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.project.manifest import NAME, read_manifest
from qualcode.project.run import run
from qualcode.project.runners import runners
from qualcode.project.scaffold import begin_study
from qualcode.project.study import Study, load_study
from qualcode.project.verify import verify


@pytest.fixture
def study(tmp_path) -> Study:
    begin_study(tmp_path / "study", "zh")
    found, problems = load_study(tmp_path / "study" / "qualcode.yaml")
    assert found is not None, problems
    return found


def held(folder: Path) -> dict[str, bytes]:
    """All files; of the manifest all that a comparison looks at."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    if NAME in files:
        manifest = json.loads(files[NAME])
        manifest.pop("made")
        files[NAME] = json.dumps(manifest).encode()
    return files


def start(
    folder: Path, *options: str, cwd: Path | None = None, **environment: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "qualcode", "run", str(folder), *options],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_the_same_bytes_under_any_hash_seed_locale_folder_and_current_folder(study, tmp_path):
    other = tmp_path / "eine andere Stelle" / "研究"
    shutil.copytree(study.home, other)
    options = ("--parquet", "--xlsx")
    one = start(study.home, *options, PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    two = start(
        other, *options, cwd=tmp_path, PYTHONHASHSEED="4711", LC_ALL="zh_CN.UTF-8", TZ="Asia/Shanghai"
    )
    for child in (one, two):
        _, err = child.communicate(timeout=200)
        assert child.returncode == 0, err
    first, second = held(study.results), held(other / "results")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_the_order_in_which_files_were_made_changes_nothing(study, tmp_path):
    run(study)
    before = held(study.results)
    texts = {p.name: p.read_bytes() for p in study.corpus_folder.iterdir()}
    shutil.rmtree(study.corpus_folder)
    study.corpus_folder.mkdir()
    for name in sorted(texts, reverse=True):
        (study.corpus_folder / name).write_bytes(texts[name])
    run(study)
    assert held(study.results) == before


def test_a_run_again_is_the_same_run(study):
    run(study)
    before = held(study.results)
    run(study)
    assert held(study.results) == before


def test_the_manifest_says_what_was_read_and_written(study):
    outcome = run(study)
    manifest = read_manifest(study.results)
    assert manifest is not None
    assert sorted(manifest["inputs"]["corpus"]) == ["办法.txt", "访谈01.txt"]
    assert list(manifest["inputs"]["codebook"]) == ["codebook.yaml"]
    assert list(manifest["inputs"]["study"]) == ["qualcode.yaml"]
    assert sorted(manifest["outputs"]) == sorted(set(outcome.files) - {NAME})
    assert manifest["counts"] == dict(outcome.counts)
    assert manifest["codebook"] == {"id": "example", "version": "0.1.0"}
    assert {"qualcode", "python", "pandas"} <= manifest["versions"].keys()


def test_a_manifest_names_no_place_of_this_computer(study):
    run(study)
    for path in study.results.rglob("*"):
        assert str(study.home).encode() not in path.read_bytes(), path.name


def test_the_sheets_and_sidecars_beside_documents_are_inputs_too(study):
    (study.corpus_folder / "办法.meta.yaml").write_text("doc_number: J政〔2019〕1号\n", "utf-8")
    (study.corpus_folder / "documents.csv").write_text("file,case\n访谈01.txt,K市\n", "utf-8")
    run(study)
    manifest = read_manifest(study.results)
    assert manifest is not None
    assert {"办法.meta.yaml", "documents.csv"} <= manifest["inputs"]["corpus"].keys()
    (study.corpus_folder / "办法.meta.yaml").write_text("doc_number: J政〔2019〕2号\n", "utf-8")
    states = {one.file: one.state for one in verify(study.results).files}
    assert states["corpus/办法.meta.yaml"] == "input changed"
    assert states["documents.csv"] == "differs"
    assert states["matches.csv"] == "same"


def test_counts_are_those_of_the_tables(study):
    import csv

    outcome = run(study)

    def rows(name):
        with (study.results / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    codings, matches = rows("coded_segments"), rows("matches")
    assert outcome.counts["documents"] == len(rows("documents"))
    assert outcome.counts["segments"] == len(rows("segments"))
    assert outcome.counts["codable"] == sum(row["codable"] == "yes" for row in rows("segments"))
    assert outcome.counts["countable"] == sum(row["countable"] == "yes" for row in codings)
    assert outcome.counts["refused"] == sum(bool(row["blocked_by"]) for row in matches)
    assert {c: n for c, n in outcome.codes.items() if n} == Counter(
        row["code"] for row in codings if row["countable"] == "yes"
    )


@pytest.mark.parametrize("name", [name for name in sorted(runners) if name != "dask"])
def test_every_runner_gives_the_serial_answer(name, study):
    run(study, whole=False)
    before = held(study.results)
    run(replace(study, coding=replace(study.coding, runner=name)), whole=False)
    after = held(study.results)
    assert {n: b for n, b in after.items() if n != NAME} == {n: b for n, b in before.items() if n != NAME}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_run_killed_at_any_moment_leaves_whole_results(study):
    run(study)
    before = held(study.results)
    for delay in (0.3, 0.8, 1.2, 1.6, 2.0):
        child = start(study.home)
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert held(study.results) == before
    run(study)
    assert held(study.results) == before
    assert not list(study.home.glob(".results*"))


def test_interviewers_are_coded_where_the_study_says_so(study):
    silent = run(study, whole=False).counts["codings"]
    said = run(replace(study, coding=replace(study.coding, code_interviewers=True)), whole=False)
    assert said.counts["codings"] == silent + 1, "the question 是不是怕担责"


def test_a_document_that_repeats_another_is_noted_until_it_is_marked(study):
    notice = "".join(
        f"第{n}项数据由第{n * 7 % 97}科室归集，期限为{n * n % 89}个工作日。\n" for n in range(1, 90)
    )
    (study.corpus_folder / "通知.txt").write_text(notice, "utf-8")
    (study.corpus_folder / "转发.txt").write_text("现将通知转发给你们，请认真执行。\n" + notice, "utf-8")
    [note] = [p for p in run(study).problems if p.kind == "near-duplicate"]
    assert note.severity == "note"
    assert Path(note.place.path) == study.corpus_folder / "通知.txt"
    assert "转发" in str(note) and "duplicate_of" in str(note)
    written = (study.results / "problems.csv").read_text("utf-8-sig")
    assert "通知.txt,,,,note,near-duplicate," in written
    (study.corpus_folder / "转发.meta.yaml").write_text("duplicate_of: 通知\n", "utf-8")
    outcome = run(study)
    assert not [p for p in outcome.problems if p.kind == "near-duplicate"]
    assert outcome.counts["repeated"] == 1
