"""Every size comes from one generator, and a row that was not measured says so."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import called, growth
from benchmarks.growth import KEY, SIZES, Row, grow, of_code, of_run
from benchmarks.kept import NAME, Kept
from benchmarks.results import write_results


def grown(folder: Path, *rows: Row) -> list[dict]:
    kept = Kept(folder / NAME)
    grow(kept, folder, list(rows))
    return Kept(folder / NAME).measured["growth"]


def test_from_1_to_1000_mb_with_none_one_and_two_workers_and_one_large_file() -> None:
    rows = of_code()
    assert {(row.mb, row.workers) for row in rows if row.files == "many"} == {
        (mb, workers) for mb in (1, 10, 100, 1000) for workers in (0, 1, 2)
    }
    assert [row.mb for row in rows if row.files == "one"] == [200]
    assert [row.mb for row in of_run()] == [20, 100, 1000]
    assert all(row.files == "many" and row.mb in SIZES for row in of_code(one=0))


def test_rows_are_of_the_same_text_and_nothing_is_left_on_the_disk(tmp_path: Path) -> None:
    alone, two, one, whole = grown(
        tmp_path,
        *(Row("code", "many", 0.04, workers) for workers in (0, 2)),
        Row("code", "one", 0.02),
        Row("run", "many", 0.02),
    )
    assert alone["documents"] == two["documents"] > one["documents"] == 1
    assert alone["segments"] == two["segments"] and alone["codings"] == two["codings"] > 0
    for row in (alone, two, one, whole):
        assert row["cpu"] > 0 and 0 < row["held_mb"] <= row["peak_mb"]
        assert row["mb"] <= row["made_mb"] < 3 * row["mb"]
        assert {"when", "revision", "load"} <= row.keys()
    assert two["peak_mb"] > alone["peak_mb"], "memory is of all processes"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_without_room_on_the_disk_the_row_says_so_and_an_older_figure_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / NAME)
    known = {"command": "code", "files": "many", "mb": 100.0, "workers": 0, "cpu": 7.0}
    kept.measured["growth"] = [known]
    kept.save()
    monkeypatch.setattr(growth.shutil, "disk_usage", lambda _: SimpleNamespace(free=500_000_000))
    found = grown(tmp_path, Row("code", "many", 100.0), Row("code", "many", 1000.0))
    said = {**known, "mb": 1000.0, "why": "needs 12.0 GB of disk, 0.5 GB were free"}
    del said["cpu"]
    assert found == [known, said]


def test_a_run_that_ends_badly_is_a_row_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(called, "taken", _killed)
    (row,) = grown(tmp_path, Row("run", "many", 0.01))
    assert row["why"] == "ended with -9" and "cpu" not in row


def _killed(command: list[str], *, tree: bool) -> dict:
    raise called.ProgramError(f"ended with -9: {' '.join(command)}")


def test_the_report_has_a_row_for_what_was_not_measured(tmp_path: Path) -> None:
    kept = Kept(tmp_path / NAME)
    figures = {"documents": 9, "segments": 1234, "codings": 99, "wall": 2.0, "peak_mb": 80.0, "held_mb": 50.0}
    mark = {"when": "2026-01-01", "revision": "a", "load": 0}
    for row, found in (
        (Row("run", "many", 100.0), {"cpu": 60.0, "made_mb": 100.0}),
        (Row("run", "many", 1000.0), {"cpu": 660.0, "made_mb": 1000.0}),
        (Row("code", "many", 1000.0), {"why": "needs 12.0 GB of disk, 1.5 GB were free"}),
    ):
        about = {name: getattr(row, name) for name in KEY}
        kept.measured.setdefault("growth", []).append(
            about | mark | (found if "why" in found else figures | found)
        )
    write_results(kept.measured, tmp_path / "out.md")
    lines = (tmp_path / "out.md").read_text("utf-8").splitlines()
    for row in (
        "| 1,000 | many files | none | 1,234 | 99 | 660.0 | 660 | 2.0 | 500 | 80 | 50 | 0 | 2026-01-01, a |",
        "| 1,000 | many files | none | needs 12.0 GB of disk, 1.5 GB were free |" + 9 * "  |",
        "| 20 | many files | none | not measured |" + 9 * "  |",
    ):
        assert row in lines
    aim = next(line for line in lines if line.startswith("| `run` on 1,000 MB, seconds of CPU"))
    assert aim.endswith("| 1 (linear) | 1.1 | reached |")
    assert any(line.startswith("- Growth of `run`, in part: 20 MB: ") for line in lines)
