"""Processor time and memory of every pass and named analysis over a corpus that is coded already.

    qualcode code CORPUS --codebook BOOK --out CODED
    python -m benchmarks.passes CODED BOOK            all passes
    python -m benchmarks.passes CODED BOOK codes timeline

What they write goes to a folder that is thrown away. Memory is what the process must hold: before, at most,
and after (Linux); files that are mapped into it, which the system can drop and read again, are not in it. To
see what grows how, code corpora of several sizes (`benchmarks.corpora`).
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from qualcode.analysis import catalogue
from qualcode.analysis.given import Analysis, Given, Made
from qualcode.analysis.once import remembering
from qualcode.project import analyses as named
from qualcode.project.passes import Results, passes
from qualcode.project.run import usable_codebook
from qualcode.project.study import Study
from qualcode.registry import Registry

TABLES = ("documents", "segments", "codings", "matches")


def held() -> int:
    """Megabytes of memory of this process that no file stands behind (RssAnon)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) // 1024
    return 0


class Most(threading.Thread):
    """The most that is held from its start to its end, looked at fifty times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended, self._most = threading.Event(), held()
        self.start()

    def run(self) -> None:
        while not self._ended.wait(0.02):
            self._most = max(self._most, held())

    def end(self) -> int:
        """Look no more; return the most."""
        self._ended.set()
        self.join()
        return self._most


def measured(name: str, do: Callable[[], object]) -> object:
    """Do something and print what it took: CPU seconds, memory before, at most and after."""
    before, most, began = held(), Most(), time.process_time()
    made = do()
    seconds = time.process_time() - began
    print(f"{name:24}{seconds:10.2f} s {before:7} {most.end():7} {held():7} MB", flush=True)
    return made


def watched(name: str, make: Analysis) -> Analysis:
    """An analysis that is measured when it is made."""

    def made(given: Given) -> Made:
        found = measured(f"  {name}", lambda: make(given))
        assert isinstance(found, Made)
        return found

    return made


def main() -> None:
    """Read the words of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("coded", type=Path)
    parser.add_argument("codebook", type=Path)
    parser.add_argument("passes", nargs="*", help=f"of {', '.join(passes)}; the report needs those before it")
    given = parser.parse_args()
    listed = catalogue.analyses.items()
    named.analyses = Registry(
        "analysis", {name: one._replace(make=watched(name, one.make)) for name, one in listed}
    )
    with tempfile.TemporaryDirectory() as folder, remembering():
        study = Study(given.coded, given.coded, given.codebook, Path(folder))
        codebook, _ = usable_codebook(study)
        results = Results(given.coded, study, codebook, codebook.unit or "sentence", Path(folder))
        for table in TABLES:
            measured(f"reading {table}", lambda table=table: getattr(results, table))  # type: ignore[misc]
        for name, make in passes.items():
            if not given.passes or name in given.passes:
                measured(name, lambda make=make: make(results))  # type: ignore[misc]


if __name__ == "__main__":
    main()
