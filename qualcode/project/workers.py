"""`--workers N`: units of files spread over supervised child processes.

Each child has one unit at a time and says which file it is at. One that dies, hangs beyond the time limit or
takes more than its memory is ended and replaced; the file it was at is tried once more, alone, behind all
others, and then it is one named failure. Where it was at several together, they are first done one by one:
that tells which is to blame. The other files of its unit are done again. However this ends, by an
error or by Ctrl-C too, no child is left.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qualcode.problems import MachineError, Problem
from qualcode.project.memory import memory_of
from qualcode.project.runners import Finished, Spread, Waiting, crashed, too_large, too_slow
from qualcode.project.work import Job, Unit

TICK = 0.1  # seconds between looks at children that have a limit
BIRTHS = 3  # children that may die in a row before they are ready
Event = tuple["Child", tuple[Any, ...] | None]  # what a child says; None: it has ended


class Child:
    """One child process, the unit it has, and the files it is at since when."""

    def __init__(self, letter: bytes, events: queue.SimpleQueue[Event]) -> None:
        self.unit: Unit = ()
        self.files: Unit = ()
        self.since = 0.0
        self.ready = False
        self.ended_for = ""  # why we ended it: time, memory
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qualcode.project.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("QUALCODE_DEBUG") else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,  # so that it goes with the children it may have, and Ctrl-C is ours
        )
        # Told by a thread: a child that is still starting must not keep the others from starting.
        self._letters: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._letters.put(letter)
        threading.Thread(target=self._say, daemon=True).start()
        threading.Thread(target=self._listen, args=(events,), daemon=True).start()

    def give(self, unit: Unit) -> None:
        """Hand it a unit."""
        self.unit, self.files, self.since = unit, unit[:1], time.monotonic()
        self._letters.put(pickle.dumps(unit))

    def end(self) -> None:
        """End it at once, with the children it may have, and wait until it has gone."""
        self.kill()
        self.process.wait()
        self._letters.put(None)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()

    def kill(self) -> None:
        """End it at once, with the children it may have."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self.process.kill()
            else:
                os.killpg(self.process.pid, signal.SIGKILL)

    def _say(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # a dead child is told of by its own end
            while (letter := self._letters.get()) is not None:
                self.process.stdin.write(letter)
                self.process.stdin.flush()

    def _listen(self, events: queue.SimpleQueue[Event]) -> None:
        assert self.process.stdout is not None
        try:
            while True:
                events.put((self, pickle.load(self.process.stdout)))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            events.put((self, None))


def supervised(job: Job, units: Sequence[Unit], folder: Path, spread: Spread) -> Iterator[Finished]:
    """Yield what came of each unit, as it comes. Raises what a child raised where no file is to blame."""
    crew = Crew(job, units, folder, spread)
    try:
        yield from crew.work()
    finally:
        crew.disband()


class Crew:
    """The children of one run."""

    def __init__(self, job: Job, units: Sequence[Unit], folder: Path, spread: Spread) -> None:
        self.job, self.folder, self.spread = job, folder, spread
        self.waiting = Waiting(units)
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.children: list[Child] = []
        self._letter = pickle.dumps((job, str(folder), spread.memory))
        self._stillborn = 0
        self._looked = 0.0

    def work(self) -> Iterator[Finished]:
        limited = bool(self.spread.seconds or self.spread.memory)
        while True:
            self._hand_out()
            if not any(child.unit for child in self.children):
                return
            with contextlib.suppress(queue.Empty):
                yield from self._heard(*self.events.get(timeout=TICK if limited else None))
            if limited and time.monotonic() - self._looked > TICK:
                self._looked = time.monotonic()
                self._look_after()

    def disband(self) -> None:
        """End all children, and wait until they have gone."""
        for child in self.children:
            child.end()
        self.children.clear()

    def _hand_out(self) -> None:
        """Give every idle child a unit, and have as many children as there is work for."""
        wanted = self.spread.workers or os.cpu_count() or 1
        for child in self.children:
            if self.waiting and not child.unit:
                child.give(self.waiting.take())
        while self.waiting and len(self.children) < wanted:
            child = Child(self._letter, self.events)
            self.children.append(child)
            child.give(self.waiting.take())

    def _heard(self, child: Child, message: tuple[Any, ...] | None) -> Iterator[Finished]:
        match message:
            case ("ready",):
                child.ready, self._stillborn = True, 0
                child.since = time.monotonic()
            case ("begin", tuple(files)):
                child.files, child.since = files, time.monotonic()
            case ("done", str(name)):
                unit, child.unit, child.files = child.unit, (), ()
                self._hand_out()  # before the results are joined, which takes a while
                yield Finished(unit, self.folder / name)
            case ("memory", int(file)):
                child.files, child.ended_for = (file,), "memory"
                yield from self._lost(child)
            case ("error", Exception() as error):
                raise error
            case _:
                if child in self.children:
                    yield from self._lost(child)

    def _lost(self, child: Child) -> Iterator[Finished]:
        """A child has ended: blame the file it was at, and give back the rest."""
        child.end()
        self.children.remove(child)
        if not child.unit:
            return
        if not child.ready:
            self._stillborn += 1
            self.waiting.give_back(child.unit)
            if self._stillborn >= BIRTHS:
                raise MachineError(
                    "child processes end before they begin ({reason})",
                    hint="run without --workers; with QUALCODE_DEBUG=1 they say why",
                    reason=_reason(child.process.returncode),
                )
            return
        if len(child.files) > 1:
            self.waiting.divide(child.unit, child.files)
            return
        [file] = child.files
        if self.waiting.fail(child.unit, file):
            yield Finished((file,), failure=self._failure(child, file))

    def _failure(self, child: Child, file: int) -> Problem:
        if child.ended_for == "time":
            return too_slow(self.job, file, self.spread.seconds_for(self.job.corpus.files[file]))
        if child.ended_for == "memory":
            return too_large(self.job, file)
        return crashed(self.job, file, _reason(child.process.returncode))

    def _look_after(self) -> None:
        """End children that are over their time or memory; that they have ended is heard later."""
        for child in self.children:
            if not child.unit or not child.ready or child.ended_for:
                continue
            files = self.job.corpus.files
            seconds = max(self.spread.seconds_for(files[number]) for number in child.files)
            if seconds and time.monotonic() - child.since > seconds:
                child.ended_for = "time"
            elif self.spread.memory and memory_of(child.process.pid) > self.spread.memory:
                child.ended_for = "memory"
            else:
                continue
            child.kill()


def _reason(code: int | None) -> str:
    """Name the signal or the exit code a process ended with."""
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
