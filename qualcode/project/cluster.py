"""`--scheduler`: units of files spread over a Dask cluster, on this machine or on many.

Every worker sees the corpus and the work folder under the same paths (shared storage). What travels is small:
the unit there, the name of a shard back; results lie in the work folder. A worker owns a child process that
does the coding, so that a file that crashes or hangs never takes the worker along; a worker that is killed
costs the units it had, which others do again. Dask has no login: use it on one machine, within a network you
trust, or by `tls://` with certificates.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from qualcode.problems import MachineError, QualcodeError, UsageError
from qualcode.project.canonical import program
from qualcode.project.runners import Finished, Spread, Waiting
from qualcode.project.shards import sync_folder
from qualcode.project.work import Job, Unit

LOCAL = "local"
AHEAD = 3  # units handed out for each worker, so that none waits for the next
CALM = 5.0  # seconds without news after which we look whether anybody is there
ALONE = 60.0  # seconds without any worker after which we give up
GRACE = 60.0  # seconds a unit may take beyond the time limit of its files before it is given to another
CONNECT = 20.0


class Letter(NamedTuple):
    """Where a worker finds the job, and what it must be."""

    path: str
    digest: str
    program: str
    key: str


def on_cluster(job: Job, units: Sequence[Unit], folder: Path, spread: Spread) -> Iterator[Finished]:
    """Yield what came of each unit, as it comes.

    Raises `UsageError` where Dask is not installed or the scheduler is not to be understood, `MachineError`
    where it cannot be reached, has no workers, or its workers do not see our folders.
    """
    letter = _write(job, folder)
    with ExitStack() as stack:
        client = _client(spread, stack)
        yield from _Sent(client, job, units, folder, spread, letter).work()


def _write(job: Job, folder: Path) -> Letter:
    """Put the job where workers find it; they take it only with the digest they are told."""
    held = pickle.dumps(job)
    digest = hashlib.sha256(held).hexdigest()
    path = folder / f"{digest[:24]}.job"
    aside = path.with_suffix(".tmp")
    aside.write_bytes(held)
    aside.replace(path)
    sync_folder(folder)
    return Letter(str(path), digest, job.program, job.key)


def _client(spread: Spread, stack: ExitStack) -> Any:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise UsageError(
            "a cluster needs Dask, which is not installed", hint="pip install 'qualcode[cluster]'"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    wanted = spread.scheduler or LOCAL
    try:
        if wanted == LOCAL:
            own = LocalCluster(
                n_workers=spread.workers or os.cpu_count() or 1,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",  # None would open its usual port
                local_directory=stack.enter_context(TemporaryDirectory(prefix="qualcode-dask-")),
                silence_logs=logging.CRITICAL,
            )
            return stack.enter_context(Client(stack.enter_context(own), timeout=CONNECT))
        if wanted.startswith(("tcp://", "tls://")):
            return stack.enter_context(closing(Client(wanted, timeout=CONNECT)))
        if Path(wanted).is_file():
            return stack.enter_context(closing(Client(scheduler_file=wanted, timeout=CONNECT)))
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        raise MachineError(
            "no scheduler answers at {scheduler} ({reason})",
            hint="is it running, and is its address reached from here?",
            scheduler=wanted,
            reason=str(error) or type(error).__name__,
        ) from error
    raise UsageError(
        "'{scheduler}' is no scheduler",
        hint="write local, tcp://host:port, tls://host:port, or the path of a scheduler file",
        scheduler=wanted,
    )


class _Sent:
    """The units of one run that are with the cluster, and those that wait."""

    def __init__(
        self, client: Any, job: Job, units: Sequence[Unit], folder: Path, spread: Spread, letter: Letter
    ) -> None:
        self.client, self.job, self.folder, self.spread, self.letter = client, job, folder, spread, letter
        self.waiting = Waiting(units)
        self.news: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.out: dict[Any, tuple[Unit, float]] = {}  # by future: the unit, and since when
        self._last_seen = time.monotonic()

    def work(self) -> Iterator[Finished]:
        done: set[Unit] = set()
        while self.waiting or self.out:
            self._hand_out()
            try:
                future = self.news.get(timeout=CALM)
            except queue.Empty:
                self._look_after()
                continue
            unit, _ = self.out.pop(future, ((), 0.0))
            if not unit or unit in done:
                continue  # given to another meanwhile, who was faster
            if future.status != "finished":
                self._failed(future, unit)
                continue
            done.add(unit)
            for files, shard, failure in future.result():
                yield Finished(files, self.folder / shard if shard else None, failure)

    def _hand_out(self) -> None:
        workers = self._workers()
        while self.waiting and len(self.out) < max(1, workers) * AHEAD:
            self._send(self.waiting.take())

    def _send(self, unit: Unit) -> None:
        limits = (self.spread.seconds, self.spread.memory)
        future = self.client.submit(
            code_remotely, self.letter, unit, str(self.folder), limits, pure=False, retries=0
        )
        self.out[future] = (unit, time.monotonic())
        future.add_done_callback(self.news.put)

    def _failed(self, future: Any, unit: Unit) -> None:
        """Send a unit again that its worker took along; tell what a worker could not do."""
        error = future.exception() if future.status == "error" else None
        if isinstance(error, QualcodeError):
            raise error
        if error is None or type(error).__name__ in ("KilledWorker", "CommClosedError", "CancelledError"):
            self._workers()
            self.waiting.give_back(unit)
            return
        raise error

    def _workers(self) -> int:
        if self.client.status != "running":
            raise MachineError(
                "the connection to the scheduler is lost",
                hint="start it again and call the run again: it goes on where it stopped",
            )
        count = len(self.client.scheduler_info(n_workers=-1)["workers"])
        if count:
            self._last_seen = time.monotonic()
        return count

    def _look_after(self) -> None:
        """Nothing was heard for a while: is anybody there, and is a unit overdue?"""
        if not self._workers() and time.monotonic() - self._last_seen > ALONE:
            raise MachineError(
                "the cluster has no workers", hint="start some: dask worker, with the scheduler's address"
            )
        if not self.spread.seconds:
            return
        for future, (unit, since) in list(self.out.items()):
            files = self.job.corpus.files
            # A file is tried twice, and may have waited behind the units before it.
            allowed = 2 * AHEAD * sum(self.spread.seconds_for(files[n]) for n in unit) + GRACE
            if time.monotonic() - since > allowed:
                del self.out[future]
                with suppress(Exception):  # whatever state the cluster is in: another does the unit
                    future.cancel(force=True)
                self._send(unit)


_mine = threading.local()


def code_remotely(
    letter: Letter, unit: Unit, folder: str, limits: tuple[float, int]
) -> list[tuple[Unit, str, Any]]:
    """Code a unit in this worker's child; return the names of shards, and failures. Runs on a worker."""
    from qualcode.project.workers import Crew

    if getattr(_mine, "letter", None) != letter or _mine.limits != limits:
        if getattr(_mine, "crew", None) is not None:
            _mine.crew.disband()
        seconds, memory = limits
        spread = Spread("processes", 1, "", seconds, memory)
        _mine.letter, _mine.limits, _mine.crew = letter, limits, Crew(_job(letter), (), Path(folder), spread)
    crew: Crew = _mine.crew
    crew.waiting = Waiting([unit])
    try:
        return [(done.unit, done.shard.name if done.shard else "", done.failure) for done in crew.work()]
    except BaseException:
        crew.disband()
        _mine.letter = None
        raise


def _job(letter: Letter) -> Job:
    if letter.program != program():
        raise UsageError(
            "a worker of the cluster has another version of qualcode",
            hint="install the same everywhere, then start the workers again",
        )
    try:
        held = Path(letter.path).read_bytes()
    except OSError as error:
        raise MachineError(
            "a worker of the cluster does not see {path}",
            hint="corpus, codebook and results must lie on storage that all machines share, at the same path",
            path=letter.path,
        ) from error
    if hashlib.sha256(held).hexdigest() != letter.digest:
        raise MachineError("{path} is not what was written", hint="call the run again", path=letter.path)
    job: Job = pickle.loads(held)
    if job.key != letter.key:
        raise UsageError(
            "a worker of the cluster has other versions of libraries than this machine",
            hint="install the same everywhere (constraints.txt), then start the workers again",
        )
    return job
