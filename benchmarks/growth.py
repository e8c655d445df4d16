"""How time and memory grow with the corpus, and what a second worker brings: `code`, and the whole `run`.

Every size comes from the same generator (`benchmarks.corpora`): many files, half of the text English, half
Chinese, with 500 terms of each language; and one large file, in Chinese. A corpus and its results are deleted
when they are measured. Where there is no room for them on the disk, or a run ends otherwise than it should,
the row says so and the next is measured.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from benchmarks import called
from benchmarks.books import codebook, rules
from benchmarks.corpora import make
from benchmarks.kept import Kept, put
from benchmarks.machine import Measured, stamp
from benchmarks.programs import LANGS

SIZES, ONE, RUNS = (1.0, 10.0, 100.0, 1000.0), 200.0, (20.0, 100.0, 1000.0)  # MB
WORKERS = (0, 1, 2)  # none: everything in the process itself
# MB of disk for a MB of text, at most: itself, the shards and tables of coding, the tables of the analyses.
ROOM = {"code": 12, "run": 20}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to measure: a command on `mb` of text in many files or in one."""

    command: Literal["code", "run"]
    files: Literal["many", "one"]
    mb: float
    workers: int = 0

    @property
    def room_mb(self) -> float:
        """The disk it needs."""
        return self.mb * ROOM[self.command]


KEY = ("command", "files", "mb", "workers")


def of_code(sizes: Iterable[float] = SIZES, one: float = ONE) -> list[Row]:
    """The rows of `qualcode code`: every size with every number of workers, and one file; 0 MB is none."""
    rows = [Row("code", "many", mb, workers) for mb in sizes for workers in WORKERS if mb]
    return [*rows, *([Row("code", "one", one)] if one else [])]


def of_run(sizes: Iterable[float] = RUNS) -> list[Row]:
    """The rows of `qualcode run`: coding and all analyses, in one process."""
    return [Row("run", "many", mb) for mb in sizes if mb]


def grow(kept: Kept, folder: Path, rows: list[Row]) -> None:
    """Measure the rows, each corpus made once; every row is saved when it is measured."""
    for command, those in groupby(rows, lambda row: row.command):
        with kept.part(f"growth of {command}") as measured:
            for (files, mb), same in groupby(those, lambda row: (row.files, row.mb)):
                for found in _of_corpus(folder / "growth", files, mb, list(same)):
                    print(found, flush=True)
                    put(measured.setdefault("growth", []), found, KEY)
                    kept.save()


def _of_corpus(folder: Path, files: str, mb: float, rows: list[Row]) -> Iterable[Measured]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    needed, free = max(row.room_mb for row in rows), shutil.disk_usage(folder).free / 1e6
    if free < needed:
        why = f"needs {needed / 1000:.1f} GB of disk, {free / 1000:.1f} GB were free"
        yield from (asdict(row) | {"why": why} for row in rows)
        return
    try:
        made = _made(folder, files, mb)
        for row in rows:
            mark = stamp()
            yield asdict(row) | mark | {"made_mb": made / 1e6} | _measured(folder, row)
    finally:
        shutil.rmtree(folder)


def _made(folder: Path, files: str, mb: float) -> int:
    """Write a corpus and its codebook; return the bytes of the corpus."""
    langs = ("zh",) if files == "one" else LANGS
    codebook([rules(lang, terms=500) for lang in langs], folder, "book")
    corpus = folder / "corpus"
    return sum(make(corpus / lang, lang, mb / len(langs), one=files == "one", seed=2) for lang in langs)


def _measured(folder: Path, row: Row) -> Measured:
    results = folder / "results"  # and in it what a run keeps beside its results
    shutil.rmtree(results, ignore_errors=True)
    corpus, book, out = map(str, (folder / "corpus", folder / "book.yaml", results / "out"))
    words = ["code", corpus] if row.command == "code" else ["run", "--corpus", corpus]
    words += ["--codebook", book, "--out", out]
    words += ["--workers", str(row.workers)] if row.workers else []
    try:
        found = called.taken(called.qualcode(*words), tree=True)
    except called.ProgramError as failed:
        return {"why": str(failed).split(":", 1)[0]}
    counts = json.loads((results / "out" / "manifest.json").read_text("utf-8"))["counts"]
    return found | {name: counts[name] for name in ("documents", "segments", "codings")}
