"""What the machine can do at most: `python -m benchmarks.peers.scan CORPUS RULES.json [TABLES]`.

MB/s of CPU as JSON: reading the files; finding a byte that is not there (memchr); decoding; the automaton
alone over the whole text with every hit handed to Python; and, with a folder of result tables, csv.writer on
rows that are ready in memory, in MB/s of the corpus. A program that does all of this takes at least the sum.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

TABLES = ("documents", "segments", "coded_segments", "matches")


def rate(work: Callable[[], Any], size: int, *, least: float = 0.3) -> float:
    """Return MB/s of CPU, from the fastest of repeated tries."""
    best, began = 1e9, time.process_time()
    while True:
        before = time.process_time()
        work()
        best = min(best, max(time.process_time() - before, 1e-9))
        if time.process_time() - began > least:
            return round(size / 1e6 / best, 1)


def main() -> None:
    """Measure and print."""
    corpus, rules = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    files = sorted(corpus.glob("*.txt"))
    data = b"".join(path.read_bytes() for path in files)
    size, low = len(data), data.decode().lower().encode()
    terms = [one["term"].encode() for one in rules["terms"]]
    automaton = BytesAhoCorasick(terms, matchkind=MatchKind.Standard, implementation=Implementation.DFA)
    found = {
        "read the files": rate(lambda: [path.read_bytes() for path in files], size),
        "bytes.find of an absent byte": rate(lambda: data.find(b"\x00"), size),
        "decode UTF-8": rate(data.decode, size),
        "automaton alone, hits handed to Python": rate(
            lambda: automaton.find_matches_as_indexes(low, overlapping=True), size
        ),
    }
    if len(sys.argv) > 3:
        tables = {}
        csv.field_size_limit(1 << 30)
        for name in TABLES:
            with (Path(sys.argv[3]) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                tables[name] = [tuple(row) for row in csv.reader(stream)]
        found["csv.writer of the four tables, rows ready"] = rate(
            lambda: [csv.writer(io.StringIO()).writerows(rows) for rows in tables.values()], size
        )
        written = [(Path(sys.argv[3]) / f"{name}.csv").read_bytes() for name in TABLES]
        target = Path(sys.argv[3]) / "scan.tmp"
        found["write the four tables, bytes ready"] = rate(
            lambda: target.write_bytes(b"".join(written)), size
        )
        target.unlink()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
