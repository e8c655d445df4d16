"""What was measured, in a file beside the report: any part can be measured again, the others stand.

Every part says when, at which state of the program and beside how much other work it was measured. What comes
from another machine, or was measured with other versions of the libraries, is left out as soon as something
is measured here: only figures of one machine can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.machine import Measured, alike, load, machine, stamp

NAME = "measured.json"


class Kept:
    """The measurements in `measured`; `save` after each that took long, so that a cut costs one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.measured: Measured = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        self.measured.setdefault("machine", machine())

    def begin(self) -> Measured:
        """Return the measurements to be added to; those of another machine are gone."""
        here = machine()
        if not alike(self.measured["machine"], here):
            print("what was measured on another machine is left out", flush=True)
            self.measured.clear()
        self.measured["machine"] = here
        return self.measured

    @contextmanager
    def part(self, name: str) -> Iterator[Measured]:
        """Measure one part, which is marked and saved at the end."""
        mark = stamp()
        yield self.begin()
        self.measured.setdefault("parts", {})[name] = mark | {"load": [mark["load"], load()]}
        self.save()

    def save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.measured, ensure_ascii=False, indent=1) + "\n", "utf-8")


def put(rows: list[Measured], row: Measured, by: tuple[str, ...]) -> None:
    """Put a row in the place of the one before with the same `by`; one that only says why not stands back.

    >>> rows = [{"mb": 1, "cpu": 3}]
    >>> put(rows, {"mb": 1, "cpu": 2}, ("mb",))
    >>> put(rows, {"mb": 1, "why": "no room"}, ("mb",))
    >>> put(rows, {"mb": 9, "why": "no room"}, ("mb",))
    >>> rows
    [{'mb': 1, 'cpu': 2}, {'mb': 9, 'why': 'no room'}]
    """
    same = [n for n, one in enumerate(rows) if all(one.get(name) == row.get(name) for name in by)]
    if not same:
        rows.append(row)
    elif "why" not in row or "why" in rows[same[0]]:
        rows[same[0]] = row
