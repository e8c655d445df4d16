"""A folder of journals followed as it grows: what others, or the same coder elsewhere, decided meanwhile.

following = Following(folder)
following.new()        # all decisions there are
following.new()        # only those written since
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from qualcode.problems import Problem
from qualcode.review.journal import journals, read_lines
from qualcode.review.records import Decision, decision_of


@dataclass(frozen=True, slots=True)
class _Read:
    """How far a file was read: its size and time then, the length and hash of what was whole lines."""

    stamp: tuple[int, int, int]
    length: int
    digest: bytes


class Following:
    """The journals of a folder. `problems` are those of the last reading, torn tails left out.

    A tail that is no decision may be a line that is being written this moment; it is read when it is whole.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._read: dict[Path, _Read] = {}

    def new(self) -> list[Decision]:
        """Return the decisions that were not read yet. A file that was replaced is read again as a whole."""
        self.problems = []
        found: list[Decision] = []
        for path in journals(self.folder):
            try:
                stat = path.stat()
                stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
                before = self._read.get(path)
                if before is not None and before.stamp == stamp:
                    continue
                data = path.read_bytes()
            except OSError:  # taken away, or locked by a synchroniser: another time
                continue
            at = data.rfind(b"\n") + 1
            whole = data if decision_of(data[at:].decode("utf-8", "replace")) else data[:at]
            known = before.length if before is not None and _begins(whole, before) else 0
            decisions, problems = read_lines(whole[known:], str(path))
            found += decisions
            self.problems += problems
            self._read[path] = _Read(stamp, len(whole), hashlib.sha256(whole).digest())
        return found


def _begins(data: bytes, before: _Read) -> bool:
    return len(data) >= before.length and hashlib.sha256(data[: before.length]).digest() == before.digest
