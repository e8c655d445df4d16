"""qualcode and the programs it is measured against find the same on the same text."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.books import codebook, rules
from benchmarks.corpora import make
from benchmarks.hits import compare, of_peer, of_qualcode
from benchmarks.programs import PEERS, Program

ROOT = Path(__file__).resolve().parents[2]
RUN = [program for program in PEERS if program.module != "quanteda"]


def called(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module", params=["en", "zh"])
def coded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A small corpus, coded with 500 terms and with the mix, and its segments."""
    lang, folder = request.param, tmp_path_factory.mktemp("bench")
    make(folder / "corpus", lang, 0.1)
    for work in ("500", "mix"):
        book = codebook([rules(lang, terms=500, mix=work == "mix")], folder, work, cues=work == "mix")
        words = [
            "code",
            str(folder / "corpus"),
            "--codebook",
            str(book),
            "--out",
            str(folder / f"out-{work}"),
        ]
        called("qualcode", "--quiet", *words)
    with (folder / "out-500" / "segments.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["segment_id"], row["start"], row["text"]) for row in csv.DictReader(stream)]
    (folder / "segments.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    return lang, folder


@pytest.mark.parametrize("program", RUN, ids=lambda program: program.name)
def test_a_peer_finds_what_qualcode_finds_or_less_and_never_more(
    coded: tuple[str, Path], program: Program
) -> None:
    if program.missing():
        pytest.skip(program.missing())
    lang, folder = coded
    work = program.works[0]
    hits, segments = folder / "hits.csv", folder / "segments.tsv"
    called(*program.command(folder / f"{work}.json", segments, hits, lang)[2:])
    known = {line.split("\t", 1)[0] for line in segments.read_text("utf-8").splitlines()}
    for kind in program.kinds[work]:
        found = compare(
            of_peer(hits), of_qualcode(folder / f"out-{work}"), known, kinds=kind, places=program.places
        )
        assert found.qualcode > 0
        assert found.within, f"{kind}: {found}"
        assert found.equal or "every hit" not in program.note, f"{kind}: {found}"
