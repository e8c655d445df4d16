"""The report says what was measured, and says so where nothing was."""

from pathlib import Path
from typing import Any

from benchmarks.programs import PEERS, QUALCODE
from benchmarks.results import write_results

MACHINE = {
    "processor": "one",
    "processors": 2,
    "system": "none",
    "python": "3.11",
    "built": "by hand",
    "versions": {"qualcode": "0.1.0"},
}


def run(number: int, program: str, mb: float, cpu: float, start: float) -> dict[str, Any]:
    where = {"lang": "en", "work": "500", "program": program, "round": number}
    return {
        **where,
        "mb": mb,
        "cpu": cpu,
        "start": start,
        "start_mb": 9,
        "wall": cpu,
        "peak_mb": 50,
        "exit": 0,
    }


def report(folder: Path, runs: list[dict[str, Any]]) -> str:
    write_results({"machine": MACHINE, "size": 10, "runs": runs}, folder / "out.md")
    return (folder / "out.md").read_text("utf-8")


def row(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line)


def test_ratios_are_of_cpu_without_start_up_round_by_round(tmp_path: Path) -> None:
    spacy = PEERS[0].name
    runs = [run(n, QUALCODE, 10, 1 + 1, 1) for n in (0, 1, 2)]  # 10 MB/s
    runs += [run(n, spacy, 1, 2 + took, 2) for n, took in enumerate((2, 4, 5))]  # 1/2, 1/4, 1/5 MB/s
    text = report(tmp_path, runs)
    assert "40 (20–50) | reached" in row(text, "500 literal terms, English, against spaCy")
    assert "10 | reached" in row(text, "500 literal terms, English, MB/s").replace(" (10–10)", "")


def test_what_is_slower_than_aimed_at_is_called_missed(tmp_path: Path) -> None:
    text = report(tmp_path, [run(0, QUALCODE, 10, 6, 1), run(0, PEERS[0].name, 1, 1.1, 0.1)])
    assert row(text, "500 literal terms, English, against spaCy").endswith("| 2 | **missed** |")


def test_what_was_not_measured_is_said(tmp_path: Path) -> None:
    text = report(tmp_path, [])
    assert row(text, "quanteda, 500 terms, English").count("not measured") == 2
    assert row(text, "- Growth of `run`, in part: 20 MB, 100 MB, 1,000 MB") and "Real transcripts" in text
