"""Ways to spread the coding of files; each calls `code_unit` on the same units.

    for done in runners["serial"](job, units, folder, Spread()): ...

A runner yields what came of each unit, in any order: a shard in the work folder, or a file that failed. The
results are put together in the order of the corpus by whoever asked (`project.coding`), so a run on many
machines writes the same bytes as one here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.corpus.folder import FoundFile
from qualcode.problems import Place, Problem, problem
from qualcode.project.work import FileTooLargeError, Job, Unit, code_unit
from qualcode.registry import Registry

TIME_LIMIT = 600.0  # seconds for a file in a child process; a large one has more
SECONDS_PER_MB = 20.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How the work is spread. 0 means: as many workers as processors; no limit of memory."""

    runner: str = ""  # "": as the study says
    workers: int = 0
    scheduler: str = ""  # of a cluster: local, an address, or a scheduler file
    seconds: float = TIME_LIMIT  # for one file
    memory: int = 0  # bytes for one child process

    def seconds_for(self, file: FoundFile) -> float:
        """The time a file may take: the limit, and more for a large one. 0: as long as it likes."""
        try:
            size = file.path.stat().st_size
        except OSError:
            size = 0
        return self.seconds + SECONDS_PER_MB * size / 1e6 if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of some files: a shard that holds their results, or why the one file failed."""

    unit: Unit
    shard: Path | None = None
    failure: Problem | None = None


Runner = Callable[[Job, Sequence[Unit], Path, Spread], Iterator[Finished]]


class Waiting:
    """Units that wait to be done. A file that failed is tried once more, alone, behind all others."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = deque(units)
        self._failed: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._units)

    def take(self) -> Unit:
        return self._units.popleft()

    def give_back(self, unit: Unit) -> None:
        """Put a unit back that was not done for no fault of its files."""
        self._units.appendleft(unit)

    def divide(self, unit: Unit, files: Unit) -> None:
        """Take note that a unit failed at some of its files, not known which: each is done by itself."""
        rest = tuple(number for number in unit if number not in files)
        if rest:
            self._units.appendleft(rest)
        self._units.extendleft((number,) for number in reversed(files))

    def fail(self, unit: Unit, file: int) -> bool:
        """Take note that a unit failed at a file; return whether that was the file's last chance."""
        rest = tuple(number for number in unit if number != file)
        if rest:
            self._units.appendleft(rest)
        if file in self._failed:
            return True
        self._failed.add(file)
        self._units.append((file,))
        return False


def serial(job: Job, units: Sequence[Unit], folder: Path, spread: Spread) -> Iterator[Finished]:
    """Do one unit after the other, here."""
    waiting = Waiting(units)
    while waiting:
        unit = waiting.take()
        try:
            yield Finished(unit, code_unit(job, unit, folder))
        except FileTooLargeError as error:
            if waiting.fail(unit, error.file):
                yield Finished((error.file,), failure=too_large(job, error.file))


def processes(job: Job, units: Sequence[Unit], folder: Path, spread: Spread) -> Iterator[Finished]:
    """Spread units over child processes of this machine; see `project.workers`."""
    from qualcode.project.workers import supervised

    return supervised(job, units, folder, spread)


def dask(job: Job, units: Sequence[Unit], folder: Path, spread: Spread) -> Iterator[Finished]:
    """Spread units over the workers of a Dask cluster; see `project.cluster`."""
    from qualcode.project.cluster import on_cluster

    return on_cluster(job, units, folder, spread)


runners: Registry[Runner] = Registry("runner", {"serial": serial, "processes": processes, "dask": dask})


def too_large(job: Job, file: int) -> Problem:
    return problem(
        "document-memory",
        Place(job.corpus.files[file].name),
        "reading or coding it takes more memory than it may have; it is left out",
        hint="divide the file, or give more with --memory-limit",
    )


def too_slow(job: Job, file: int, seconds: float) -> Problem:
    return problem(
        "document-hung",
        Place(job.corpus.files[file].name),
        "reading or coding it did not end within {seconds} seconds; it is left out",
        hint="open it and save it anew; if it is only large, give more with --time-limit",
        seconds=round(seconds),
    )


def crashed(job: Job, file: int, reason: str) -> Problem:
    return problem(
        "document-crashed",
        Place(job.corpus.files[file].name),
        "the process that read or coded it ended ({reason}), twice; it is left out",
        hint="open it and save it anew; if that does not help, please report it",
        reason=reason,
    )
