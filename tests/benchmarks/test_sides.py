"""Rounds of programs side by side; quanteda too where R has it, tried here with an Rscript of our own."""

import csv
import sys
from pathlib import Path

import pytest

from benchmarks import programs, sides
from benchmarks.kept import NAME, Kept
from benchmarks.material import Material
from benchmarks.programs import PEERS
from benchmarks.results import write_results
from benchmarks.sides import Sides

QUANTEDA = next(peer for peer in PEERS if peer.module == "quanteda")
# It reads and writes what peers/quanteda.R says it does; a term's tokens are its words.
RSCRIPT = f"""#!{sys.executable}
import csv, sys
from pathlib import Path
if sys.argv[1:2] == ["-e"]:
    sys.exit(sys.argv[2] != "library(quanteda)" or HAS_NONE)
script, terms, segments, hits, lang = sys.argv[1:]
assert "library(quanteda)" in Path(script).read_text("utf-8") and lang in ("en", "zh")
words = dict(reversed(line.split("\\t")) for line in Path(terms).read_text("utf-8").splitlines())
assert len(words) == 500 and set(words.values()) == {{f"t{{n:02}}" for n in range(50)}}
with Path(hits).open("w", encoding="utf-8", newline="") as stream:
    write = csv.writer(stream).writerow
    write(("docname", "from", "to", "pattern"))
    for line in Path(segments).read_text("utf-8").splitlines():
        name, start, text = line.split("\\t")
        int(start)
        for term in words:
            if term in text:
                write((name, 1, len(term.split()), term))
"""


def r(folder: Path, monkeypatch: pytest.MonkeyPatch, *, quanteda: bool) -> None:
    """Put an Rscript before all other programs."""
    path = folder / "bin" / "Rscript"
    path.parent.mkdir()
    path.write_text(RSCRIPT.replace("HAS_NONE", str(not quanteda)), "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent), prepend=":")
    programs._no_quanteda.cache_clear()


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    programs._no_quanteda.cache_clear()


def test_without_r_or_without_quanteda_the_report_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        programs._no_quanteda.cache_clear()
        assert QUANTEDA.missing() == "no R on this machine"
    r(tmp_path, monkeypatch, quanteda=False)
    assert QUANTEDA.missing() == "R has no quanteda"


def test_with_r_it_is_measured_beside_qualcode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    r(tmp_path, monkeypatch, quanteda=True)
    monkeypatch.setattr(sides, "PEERS", (QUANTEDA,))
    kept, material = Kept(tmp_path / NAME), Material(tmp_path / "bench")
    assert not material.written()
    kept.measured.update(material.write(0.05))
    assert material.written()
    Sides(kept, material, share=1.0).measure(("500",), 1, anew=True)
    assert kept.measured["missing"] == {} and "hits" not in kept.measured
    runs = {(run["lang"], run["program"]): run["mb"] for run in kept.measured["runs"]}
    assert len(runs) == 4 and runs["en", QUANTEDA.name] == runs["en", "qualcode code"] > 0.04
    with (tmp_path / "bench" / "hits.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["docname"].split(":")[0] for row in csv.DictReader(stream)}
    write_results(kept.measured, tmp_path / "out.md")
    lines = (tmp_path / "out.md").read_text("utf-8").splitlines()
    for lang in ("English", "Chinese"):
        row = next(line for line in lines if line.startswith(f"| quanteda, 500 terms, {lang}"))
        assert "not measured" not in row


def test_rounds_are_added_to_those_of_the_same_program_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sides, "PEERS", ())
    kept, material = Kept(tmp_path / NAME), Material(tmp_path / "bench")
    kept.measured |= {"size": 1.0, "bytes-en": 1, "bytes-zh": 1}
    taken = {"cpu": 1.0, "peak_mb": 1.0, "wall": 1.0, "exit": 0}
    monkeypatch.setattr(sides.called, "taken", lambda *_: dict(taken))

    def rounds(program: str, *works: str, anew: bool = False) -> dict[str, list[int]]:
        monkeypatch.setattr(sides, "revision", lambda: program)
        Sides(kept, material, share=1.0).measure(works, 2, anew=anew)
        runs = [run for run in kept.measured["runs"] if run["lang"] == "en"]
        return {work: [run["round"] for run in runs if run["work"] == work] for work in ("50", "mix")}

    assert rounds("a", "50", "mix") == {"50": [0, 1], "mix": [0, 1]}
    assert rounds("a", "50") == {"50": [0, 1, 2, 3], "mix": [0, 1]}
    assert rounds("b", "50") == {"50": [0, 1], "mix": [0, 1]}
    assert rounds("b", "50", anew=True) == {"50": [0, 1], "mix": [0, 1]}
