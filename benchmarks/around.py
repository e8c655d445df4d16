"""Measured around the comparison: start-up, what a scan alone reaches, where the time goes, real talk."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks import called
from benchmarks.kept import Kept
from benchmarks.machine import Measured
from benchmarks.material import Material
from benchmarks.programs import LANGS
from benchmarks.words import ROOT


def starts(kept: Kept, times: int) -> None:
    """Start-up: `qualcode --help` beside `import spacy`, in turn."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "qualcode --help": [sys.executable, "-m", "qualcode", "--help"],
        "import spacy": [sys.executable, "-c", "import spacy"],
    }
    with kept.part("start-up") as measured:
        found: dict[str, list[Measured]] = {name: [] for name in commands}
        for _ in range(times):
            for name, command in commands.items():
                found[name].append(called.taken(command))
        measured["starts"] = found


def limits(kept: Kept, material: Material) -> None:
    """What a scan alone reaches, with the same text and terms."""
    with kept.part("limits") as measured:
        measured["limits"] = {}
        for lang in LANGS:
            for work in ("50", "500", "5000"):
                book = material.book(lang, work).with_suffix(".json")
                words = [str(material.folder / lang), str(book)]
                words += [str(material.out(lang, work))] if work == "500" else []
                measured["limits"][f"{lang}-{work}"] = called.printed("benchmarks.peers.scan", *words)


def profile(kept: Kept, material: Material) -> None:
    """Where the time of a coding pass goes, by samples of the stack."""
    with kept.part("profile") as measured:
        measured["profile"] = {}
        for lang in LANGS:
            for work in ("500", "mix"):
                words = material.coding(lang, work, material.folder / lang)[3:]
                measured["profile"][f"{lang}-{work}"] = called.printed("benchmarks.sampled", *words)


def real(kept: Kept, folder: Path, data: Path, times: int) -> None:
    """Run the shipped codebook on real transcripts, whole: network, timeline and report too."""
    named = ("interviews_en", "interviews_zh_hant")
    interviews = [path for name in named for path in sorted((data / name).glob("*.md"))]
    if not interviews:
        print(f"no real transcripts in {data}", flush=True)
        return
    corpus = folder / "real"
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir(parents=True)
    for path in interviews:
        shutil.copyfile(path, corpus / path.name)
    about = {"mb": sum(path.stat().st_size for path in interviews) / 1e6, "files": len(interviews)}
    book = ["--codebook", str(ROOT / "codebooks" / "action_logics.yaml"), "--out", str(folder / "out-real")]

    def fresh(*words: str) -> list[str]:
        shutil.rmtree(folder / "out-real", ignore_errors=True)
        return called.qualcode(*words, *book)

    with kept.part("real transcripts") as measured:
        runs = []
        for _ in range(times):
            whole = called.taken(fresh("run", "--corpus", str(corpus)))
            coded = called.taken(fresh("code", str(corpus)))
            runs.append({**whole, **about, "code_cpu": coded["cpu"], "code_wall": coded["wall"]})
            print("real", runs[-1], flush=True)
        measured["real"] = runs
        words = fresh("run", "--corpus", str(corpus))[3:]
        measured["real_profile"] = called.printed("benchmarks.sampled", *words)
