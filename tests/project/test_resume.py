"""A run that is killed goes on where it stopped and ends with the same bytes."""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.corpus import Corpus
from qualcode.project.run import run
from qualcode.project.runners import Finished, Spread, runners
from qualcode.project.shards import ENDING, read_shard
from qualcode.project.workfolder import work_folder

from .spreading import bring_readers, forget_readers, held, make_study, start

posix = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")


def work_of(study) -> Path:
    return study.home / ".results.work"


class CutShort(Exception):  # noqa: N818 (stands for a power cut)
    """The run ends here."""


@pytest.fixture
def cut(monkeypatch):
    """Let a run end after some units, as if it were killed: what lies on disk then stays."""

    def after(units: int, files: int = 4, error: type[BaseException] = CutShort):
        whole = runners["serial"]

        def short(job, left, folder, spread):
            for n, done in enumerate(whole(job, left, folder, spread)):
                yield done
                if n + 1 == units:
                    raise error

        monkeypatch.setattr("qualcode.project.work.UNIT_FILES", files)
        monkeypatch.setitem(runners, "cut", short)
        return Spread("cut")

    return after


def counted(monkeypatch) -> list[int]:
    """Note the files that are coded, not taken over."""
    seen: list[int] = []
    read = Corpus.read

    def noted(corpus, file):
        seen.append(corpus.files.index(file))
        return read(corpus, file)

    monkeypatch.setattr(Corpus, "read", noted)
    return seen


def test_what_was_coded_is_kept_and_the_bytes_are_the_same(tmp_path, cut, monkeypatch):
    study = make_study(tmp_path / "study")
    run(study)
    whole = held(study.results)
    with pytest.raises(CutShort):
        run(study, spread=cut(3))
    assert held(study.results) == whole, "the old results stand"
    told = []
    seen = counted(monkeypatch)
    outcome = run(study, notice=lambda template, **values: told.append(template.format(**values)))
    assert outcome.kept == 12
    assert sorted(seen) == list(range(12, 30))
    assert told == ["going on with a run that was cut short: 12 of 30 files were coded before"]
    assert held(study.results) == whole
    assert not work_of(study).exists()


def test_fresh_takes_nothing_over(tmp_path, cut):
    study = make_study(tmp_path / "study", documents=8)
    with pytest.raises(CutShort):
        run(study, spread=cut(1))
    assert run(study, fresh=True).kept == 0


def change_a_file(study):
    path = sorted(study.corpus_folder.rglob("*.txt"))[0]
    path.write_text(path.read_text("utf-8") + "\n最后数据不给。", "utf-8")
    return study


def change_the_codebook(study):
    study.codebook.write_text(study.codebook.read_text("utf-8").replace("不给", "放着"), "utf-8")
    return study


def change_metadata(study):
    path = sorted(study.corpus_folder.rglob("*.txt"))[0]
    path.with_name(f"{path.stem}.meta.yaml").write_text("case: K市\n", "utf-8")
    return study


def change_the_table(study):
    (study.corpus_folder / "documents.csv").write_text("file,case\n访谈001.txt,K市\n", "utf-8")
    return study


def change_the_unit(study):
    return replace(study, unit="paragraph")


def who_codes(study):
    return replace(study, coding=replace(study.coding, code_interviewers=True))


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (change_a_file, 11),
        (change_metadata, 11),
        (change_the_codebook, 0),
        (change_the_table, 0),
        (change_the_unit, 0),
        (who_codes, 0),
    ],
)
def test_what_was_coded_otherwise_is_never_mixed_in(change, kept, tmp_path, cut):
    study = make_study(tmp_path / "study", documents=15)
    with pytest.raises(CutShort):
        run(study, spread=cut(3))
    study = change(study)
    assert run(study).kept == kept
    mixed = held(study.results)
    run(study, fresh=True)
    assert held(study.results) == mixed


def test_what_another_state_of_the_program_coded_is_not_used(tmp_path, cut, monkeypatch):
    study = make_study(tmp_path / "study", documents=8)
    with pytest.raises(CutShort):
        run(study, spread=cut(1))
    from qualcode.project import work

    made = work.Job.__init__

    def other(self, *args, **kwargs):
        made(self, *args, **{**kwargs, "program": "another"})

    monkeypatch.setattr(work.Job, "__init__", other)
    assert run(study).kept == 0


@pytest.mark.parametrize("damage", ["torn", "flipped", "emptied", "foreign", "tail"])
def test_damaged_left_overs_are_passed_over(damage, tmp_path, cut):
    study = make_study(tmp_path / "study", documents=12)
    run(study)
    whole = held(study.results)
    with pytest.raises(CutShort):
        run(study, spread=cut(2))
    shards = sorted(work_of(study).glob(f"*{ENDING}"))
    assert len(shards) == 2
    data = bytearray(shards[0].read_bytes())
    if damage == "torn":
        del data[len(data) // 2 :]
    elif damage == "flipped":
        data[len(data) // 3] ^= 1
    elif damage == "emptied":
        data.clear()
    elif damage == "foreign":
        data[:] = b"PK\x03\x04 something else entirely" * 20
    else:
        data[-1] ^= 255
    shards[0].write_bytes(data)
    assert run(study).kept == 4
    assert held(study.results) == whole


def test_every_byte_of_a_shard_is_watched(tmp_path, cut):
    study = make_study(tmp_path / "study", documents=5, sentences=2)
    with pytest.raises(CutShort):
        run(study, spread=cut(1))
    [path] = work_of(study).glob(f"*{ENDING}")
    data = path.read_bytes()
    assert read_shard(path) is not None
    chance = random.Random(7)
    for place in [0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(60))]:
        path.write_bytes(
            data[:place] + bytes([data[place] ^ (1 + chance.randrange(255))]) + data[place + 1 :]
        )
        assert read_shard(path) is None, place
        path.write_bytes(data[:place])
        assert read_shard(path) is None, place


def test_an_interruption_keeps_what_was_done(tmp_path, cut):
    study = make_study(tmp_path / "study", documents=12)
    with pytest.raises(KeyboardInterrupt):
        run(study, spread=cut(2, error=KeyboardInterrupt))
    assert run(study).kept == 8


def test_two_runs_at_once_do_not_share_a_work_folder(tmp_path):
    with work_folder(tmp_path / "results") as one, work_folder(tmp_path / "results") as other:
        assert one != other
        (other / "x").write_text("x")
    assert not list(tmp_path.iterdir())


def test_an_id_given_twice_is_found_across_shards(tmp_path, cut):
    study = make_study(tmp_path / "study", documents=12)
    for name in ("访谈001", "访谈011"):
        (study.corpus_folder / f"{name}.meta.yaml").write_text("id: same\n", "utf-8")
    with pytest.raises(CutShort):
        run(study, spread=cut(2))
    outcome = run(study)
    assert outcome.kept == 8
    assert [p.kind for p in outcome.problems if p.kind == "duplicate-id"] == ["duplicate-id"]
    assert (outcome.counts["documents"], outcome.counts["unread"]) == (11, 1)


def test_a_repeat_of_nothing_counts_after_all(tmp_path, cut, monkeypatch):
    study = make_study(tmp_path / "study", documents=12)
    (study.corpus_folder / "访谈004.meta.yaml").write_text("duplicate_of: 访谈999\n", "utf-8")
    (study.corpus_folder / "访谈005.meta.yaml").write_text("duplicate_of: 访谈001\n", "utf-8")
    with pytest.raises(CutShort):
        run(study, spread=cut(2))
    outcome = run(study)
    assert outcome.counts["repeated"] == 1
    rows = (study.results / "documents.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == sorted(row.split(",")[0] for row in rows[1:])
    assert "访谈999" not in (study.results / "documents.csv").read_text("utf-8")


@posix
@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["serial", "workers"])
def test_killed_at_random_moments_it_ends_with_the_same_bytes(options, tmp_path, monkeypatch):
    bring_readers(tmp_path / "readers", monkeypatch)
    study = make_study(tmp_path / "study", documents=12, sentences=20)
    for n in range(12):  # large, so that units are small, and quickly coded
        text = "\n".join(f"第{n}次{k}，数据不给，也不共享。" for k in range(20)) + "\0" * 1_100_000
        (study.corpus_folder / f"s{n:03}.slow").write_text(text, "utf-8")
    whole = held_after(run(study), study)
    chance = random.Random(11)
    kept = 0
    for n in range(6):
        child = start(study, *options, *(("--fresh",) if n == 3 else ()))
        if n % 2 == 0:  # not before something is there to go on from, however busy the machine
            deadline = time.monotonic() + 60
            while not list(work_of(study).glob(f"*{ENDING}")) and time.monotonic() < deadline:
                time.sleep(0.02)
        time.sleep(2 * chance.random())
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert held(study.results) == whole, "old results stand whole"
        kept = max(kept, len(list(work_of(study).glob(f"*{ENDING}"))))
    assert kept, "no run came far enough to leave anything: the test proves nothing"
    child = start(study, *options, "--json")
    _, err = child.communicate(timeout=120)
    assert child.returncode == 0, err
    assert held(study.results) == whole
    assert not [p for p in study.home.iterdir() if p.name.startswith(".results")]
    assert b"cut short" in err
    forget_readers()


def held_after(outcome, study):
    assert not outcome.failed
    return held(study.results)


def test_a_runner_of_ones_own_is_enough_for_the_same_bytes(tmp_path, monkeypatch):
    """Units in any order, from anywhere: what is joined is in the order of the corpus."""
    monkeypatch.setattr("qualcode.project.work.UNIT_FILES", 3)
    study = make_study(tmp_path / "study", documents=10)
    run(study)
    whole = held(study.results)

    def backwards(job, units, folder, spread):
        done = list(runners["serial"](job, units, folder, spread))
        yield from reversed([Finished(one.unit, one.shard) for one in done])

    monkeypatch.setitem(runners, "backwards", backwards)
    run(study, spread=Spread("backwards"))
    assert held(study.results) == whole


def test_left_overs_of_ended_processes_are_swept(tmp_path):
    study = make_study(tmp_path / "study", documents=3)
    gone = study.home / f".results.writing-{2**22 + os.getpid()}-work"
    gone.mkdir()
    run(study)
    assert not gone.exists()


def test_large_tables_give_the_results_of_small_ones(tmp_path, monkeypatch):
    study = make_study(tmp_path / "study", documents=15)
    run(study)
    whole = held(study.results)
    monkeypatch.setattr("qualcode.analysis.load.LARGE", 0)
    run(study)
    lean = held(study.results)
    assert [name for name in whole if whole[name] != lean.get(name)] == []
