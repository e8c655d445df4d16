"""A part that is measured again takes the place of what was measured before; everything else stands."""

import doctest
import json
from pathlib import Path

import pytest

from benchmarks import kept
from benchmarks.kept import NAME, Kept
from benchmarks.results import write_results

REPORT = Path(kept.__file__).with_name("RESULTS.md")


def test_the_examples_in_docstrings_hold() -> None:
    found = doctest.testmod(kept)
    assert found.attempted and not found.failed


def test_a_part_measured_again_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    for part, value in (("limits", 1), ("starts", 2), ("limits", 3)):
        with Kept(tmp_path / NAME).part(part) as measured:
            measured[part] = value
    found = json.loads((tmp_path / NAME).read_text("utf-8"))
    assert (found["limits"], found["starts"]) == (3, 2)
    assert set(found["parts"]) == {"limits", "starts"}
    assert set(found["parts"]["limits"]) == {"when", "revision", "load"}


def test_what_was_measured_on_another_machine_goes_when_something_is_measured_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Kept(tmp_path / NAME).part("limits") as measured:
        measured["limits"] = 1
    elsewhere = {**kept.machine(), "processor": "another"}
    monkeypatch.setattr(kept, "machine", lambda: elsewhere)
    there = Kept(tmp_path / NAME)
    assert there.measured["limits"] == 1
    with there.part("starts") as measured:
        assert "limits" not in measured
    assert there.measured["machine"]["processor"] == "another"


def test_the_report_is_written_from_the_measurements_beside_it(tmp_path: Path) -> None:
    write_results(Kept(REPORT.with_name(NAME)).measured, tmp_path / "again.md")
    again = (tmp_path / "again.md").read_text("utf-8")
    assert again == REPORT.read_text("utf-8"), "write it anew: python -m benchmarks.bench report"


def test_a_newcomer_finds_every_script_in_the_readme() -> None:
    said = REPORT.with_name("README.md").read_text("utf-8")
    assert [path.name for path in sorted(REPORT.parent.glob("*.py")) if f"`{path.name}`" not in said] == []
