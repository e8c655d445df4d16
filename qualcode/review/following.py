"""A folder of journals followed as it grows: what others, or the same coder elsewhere, decided meanwhile.

following = Following(folder)
following.new()        # all decisions there are
following.new()        # only those written since
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.problems import Problem
from qualcode.review.journal import journals, read_lines
from qualcode.review.records import Decision, decision_of

BEHIND = 4096  # bytes: each line has its own checksum, so these tell whether what was read is still there


@dataclass(frozen=True, slots=True)
class _Read:
    """How far a file was read: what it looked like then, how long its whole lines were, and how they end."""

    stamp: tuple[int, int, int]
    length: int
    end: bytes


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
                known, data = _unread(path, before)
            except OSError:  # taken away, or locked by a synchroniser: another time
                continue
            at = data.rfind(b"\n") + 1
            whole = data if decision_of(data[at:].decode("utf-8", "replace")) else data[:at]
            decisions, problems = read_lines(whole, str(path))
            found += decisions
            self.problems += problems
            end = (before.end if before is not None and known else b"") + whole
            self._read[path] = _Read(stamp, known + len(whole), end[-BEHIND:])
        return found


def _unread(path: Path, before: _Read | None) -> tuple[int, bytes]:
    """Return how much of a file is known, and the bytes behind that; of a replaced file nothing is known."""
    with path.open("rb") as stream:
        if before is not None:
            stream.seek(before.length - len(before.end))
            if stream.read(len(before.end)) == before.end:
                return before.length, stream.read()
        stream.seek(0)
        return 0, stream.read()
