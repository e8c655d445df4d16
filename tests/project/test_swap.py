"""Result folders appear whole or not at all, and nothing a person made is lost."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from qualcode.problems import MachineError, UsageError
from qualcode.project import swap
from qualcode.project.manifest import outputs_of, write_manifest
from qualcode.project.swap import written_aside


def make(target, force=False, **files):
    """A run in small: write some files and their manifest."""
    with written_aside(target, force=force) as aside:
        for name, text in files.items():
            (aside / f"{name}.csv").write_text(text, encoding="utf-8")
        write_manifest(aside, {"outputs": outputs_of(aside)})


def held(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in folder.rglob("*")
        if p.is_file() and p.name != "manifest.json"
    }


def beside(folder):
    return sorted(p.name for p in folder.parent.iterdir())


@pytest.fixture
def results(tmp_path):
    target = tmp_path / "结果"
    make(target, codes="old", segments="old")
    return target


@pytest.fixture(params=["at once", "two renames"])
def either_way(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_swap_at_once", lambda one, other: False)


def test_new_results_take_the_place_of_old_ones_whole(results, either_way):
    make(results, codes="new")
    assert held(results) == {"codes.csv": "new"}
    assert beside(results) == ["结果"]


def test_an_error_in_the_middle_leaves_the_old_results(results, either_way):
    with pytest.raises(RuntimeError), written_aside(results) as aside:
        (aside / "codes.csv").write_text("half")
        raise RuntimeError
    assert held(results) == {"codes.csv": "old", "segments.csv": "old"}
    assert beside(results) == ["结果"]


def test_files_of_a_person_move_along_untouched(results, either_way):
    (results / "memos").mkdir()
    (results / "memos" / "想法.md").write_text("受访者的话")
    (results / "plot.R").write_text("plot()")
    os.utime(results / "plot.R", (1e9, 1e9))
    make(results, codes="new")
    assert held(results) == {"codes.csv": "new", "memos/想法.md": "受访者的话", "plot.R": "plot()"}
    assert (results / "plot.R").stat().st_mtime == 1e9
    make(results, codes="newer")
    assert held(results)["memos/想法.md"] == "受访者的话"


def test_a_result_changed_by_hand_is_not_overwritten(results):
    (results / "codes.csv").write_text("my own notes")
    with pytest.raises(UsageError, match=r"codes\.csv in .* changed since"):
        make(results, codes="new")
    assert held(results)["codes.csv"] == "my own notes"


def test_force_keeps_a_copy_of_what_was_changed_each_time(results):
    for round_, name in enumerate(["codes.csv", "codes-2.csv"]):
        (results / "codes.csv").write_text(f"notes {round_}")
        make(results, force=True, codes="new")
        assert held(results)[f"kept/{name}"] == f"notes {round_}"
    assert held(results) == {"codes.csv": "new", "kept/codes.csv": "notes 0", "kept/codes-2.csv": "notes 1"}


def test_a_change_made_while_the_run_goes_on_is_seen(results):
    with pytest.raises(UsageError), written_aside(results) as aside:
        (aside / "codes.csv").write_text("new")
        (results / "codes.csv").write_text("just edited")
    assert held(results)["codes.csv"] == "just edited"


def test_an_own_file_with_the_name_of_a_new_result_is_kept(results):
    (results / "network.csv").write_text("mine")
    make(results, network="computed")
    assert held(results) == {"network.csv": "computed", "kept/network.csv": "mine"}


def test_a_folder_that_is_no_result_folder_is_refused(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.docx").write_text("years of work")
    with pytest.raises(UsageError, match="no manifest of qualcode"):
        make(tmp_path / "thesis", codes="new")
    assert held(tmp_path / "thesis") == {"chapter.docx": "years of work"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"manifest": 1}', '{"outputs": {}}', "[" * 100_000])
def test_a_manifest_that_is_none_gives_no_right_to_replace(results, text):
    (results / "manifest.json").write_text(text)
    with pytest.raises(UsageError, match="no manifest"):
        make(results, codes="new")
    assert held(results) == {"codes.csv": "old", "segments.csv": "old"}


def test_an_empty_folder_and_one_with_only_litter_may_be_used(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".DS_Store").write_text("")
    for name in ("a", "b", "new/deep"):
        make(tmp_path / name, codes="x")
        assert held(tmp_path / name) == {"codes.csv": "x"}


def test_a_file_is_no_place_for_results(tmp_path):
    (tmp_path / "out").write_text("text")
    with pytest.raises(UsageError, match="is a file"):
        make(tmp_path / "out", codes="x")
    with pytest.raises(MachineError):
        make(tmp_path / "out" / "below", codes="x")
    assert (tmp_path / "out").read_text() == "text"


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    make(tmp_path / "out", codes="x")
    assert (tmp_path / "out").is_symlink()
    assert held(tmp_path / "disk") == {"codes.csv": "x"}


def test_a_crash_between_two_renames_is_repaired(results):
    results.rename(results.with_name(".结果.old"))
    assert swap.recover(results)
    assert held(results) == {"codes.csv": "old", "segments.csv": "old"}


def test_a_folder_in_use_is_a_machine_error_with_advice(results, monkeypatch):
    def locked(one, other):
        raise PermissionError(13, "sharing violation", str(results / "codes.csv"))

    monkeypatch.setattr(swap, "_exchange", locked)
    with pytest.raises(MachineError, match="close it in Excel") as caught:
        make(results, codes="new")
    assert caught.value.exit_code == 4
    assert held(results)["codes.csv"] == "old"


def test_a_second_rename_that_fails_takes_the_first_back(results, monkeypatch):
    monkeypatch.setattr(swap, "_swap_at_once", lambda one, other: False)
    real = type(results).rename

    def rename(self, goal):
        if ".writing-" in self.name:
            raise OSError(28, "No space left on device")
        return real(self, goal)

    monkeypatch.setattr(type(results), "rename", rename)
    with pytest.raises(MachineError, match="No space left"):
        make(results, codes="new")
    assert held(results)["codes.csv"] == "old"


WRITER = """
import sys, time
from pathlib import Path
from qualcode.project.swap import written_aside
with written_aside(Path(sys.argv[1])) as aside:
    (aside / "codes.csv").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_killed_run_leaves_the_old_results_and_the_next_run_clears_up(results):
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(results)], stdout=subprocess.PIPE
    )
    assert child.stdout.readline() == b"writing\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert held(results) == {"codes.csv": "old", "segments.csv": "old"}
    assert len(beside(results)) == 2
    time.sleep(0.01)
    make(results, codes="new")
    assert held(results) == {"codes.csv": "new"}
    assert beside(results) == ["结果"]


def test_a_living_run_keeps_its_folder(results):
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(results)], stdout=subprocess.PIPE)
    try:
        assert child.stdout.readline() == b"writing\n"
        swap.sweep(results)
        assert len(beside(results)) == 2
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
