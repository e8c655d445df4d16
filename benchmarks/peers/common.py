"""What the peers share: `python -m benchmarks.peers.NAME RULES.json SEGMENTS.tsv HITS.csv`.

Segments are lines of id, first character in the document, and text. Hits are rows of segment, rule, start and
end, counted in characters of the document, as in qualcode's `matches.csv`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Rules = dict[str, Any]
Hit = tuple[str, int, int]  # rule, start and end in the segment
Search = Callable[[str], Iterable[Hit]]


def segments(path: Path) -> Iterator[tuple[str, int, str]]:
    """Yield id, start and text of each segment."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            name, start, text = line.rstrip("\n").split("\t", 2)
            yield name, int(start), text


def main(prepare: Callable[[Rules], Search]) -> None:
    """Search each segment by itself and write the hits."""
    rules, texts, hits = map(Path, sys.argv[1:4])
    search = prepare(json.loads(rules.read_text("utf-8")))
    with hits.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream, lineterminator="\n").writerow
        for name, at, text in segments(texts):
            for rule, start, end in search(text):
                write((name, rule, at + start, at + end))
