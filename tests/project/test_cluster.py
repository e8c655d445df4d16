"""A cluster writes the serial bytes, and a worker that is killed costs nothing but time.

`make cluster-test` runs these with a scheduler and two workers as real processes on this machine.
"""

import builtins
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qualcode.problems import MachineError, UsageError
from qualcode.project import cluster
from qualcode.project.manifest import read_manifest
from qualcode.project.run import run
from qualcode.project.runners import Spread

from .spreading import bring_readers, forget_readers, held, make_study

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")


def test_without_dask_one_is_told_what_to_install(tmp_path, monkeypatch):
    study = make_study(tmp_path / "study", documents=2)
    bring = builtins.__import__

    def absent(name, *args, **kwargs):
        if name.split(".")[0] == "distributed":
            raise ImportError(name)
        return bring(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UsageError, match=r"qualcode\[cluster\]"):
        run(study, spread=Spread("dask"))


def test_what_is_no_scheduler_is_refused(tmp_path):
    pytest.importorskip("distributed")
    study = make_study(tmp_path / "study", documents=2)
    with pytest.raises(UsageError, match="is no scheduler"):
        run(study, spread=Spread("dask", scheduler="nowhere"))


def test_a_scheduler_that_does_not_answer_is_said_to_be_so(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "CONNECT", 2.0)
    with socket.socket() as taken:  # bound and silent
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        study = make_study(tmp_path / "study", documents=2)
        with pytest.raises(MachineError, match="no scheduler answers"):
            run(study, spread=Spread("dask", scheduler=address))


class Machines:
    """A scheduler and workers, each a process of its own, as they would run on machines of their own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.file = folder / "scheduler.json"
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0",
            "--scheduler-file", str(self.file),
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self._written() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text())["address"]
        self.workers = [self._worker() for _ in range(2)]

    def _written(self) -> bool:
        """Whether the scheduler has written its file to the end: it may be there and still empty."""
        return self.file.exists() and self.file.read_text().rstrip().endswith("}")

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny",
            "--local-directory", str(self._folder / "scratch"),
        )  # fmt: skip

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words], stdout=quiet, stderr=quiet, start_new_session=True
        )
        self._processes.append(process)
        return process

    def end(self) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path):
    pytest.importorskip("distributed")
    made = Machines(tmp_path / "machines")
    yield made
    made.end()


def test_a_killed_worker_costs_nothing_but_time(tmp_path, machines, monkeypatch):
    bring_readers(tmp_path / "readers", monkeypatch)
    monkeypatch.setattr("qualcode.project.work.UNIT_FILES", 2)
    study = make_study(tmp_path / "study", documents=24)
    run(study)
    before = held(study.results)
    machines.end()
    machines = Machines(tmp_path / "again")  # that know the readers
    try:
        told: list[int] = []

        def kill_one(what: str, done: int, of: int) -> None:
            if what == "coding" and done >= 6 and not told:
                told.append(done)
                os.kill(machines.workers[0].pid, signal.SIGKILL)

        run(study, spread=Spread("dask", scheduler=str(machines.file)), progress=kill_one)
        assert told, "nobody was killed on the way"
        assert machines.workers[0].wait(timeout=20) == -signal.SIGKILL
        assert held(study.results) == before

        for n, kind in enumerate(("boom", "once")):
            (study.corpus_folder / f"访谈01{n}b.{kind}").write_text("数据不给。", "utf-8")
        outcome = run(study, whole=False, spread=Spread("dask", scheduler=machines.address))
        assert [p.kind for p in outcome.problems if p.severity == "error"] == ["document-crashed"]
        assert read_manifest(study.results)["failures"] == ["访谈010b.boom"]
        assert machines.workers[1].poll() is None, "the worker outlives the documents it had"
    finally:
        machines.end()
        forget_readers()


def test_a_cluster_of_this_machine_needs_no_scheduler_and_is_not_heard_outside(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    import psutil

    study = make_study(tmp_path / "study", documents=8)
    run(study)
    before = held(study.results)
    heard: set[str] = set()

    def listen(what: str, done: int, of: int) -> None:
        me = psutil.Process()
        for process in (me, *me.children(recursive=True)):
            for one in process.net_connections("inet"):
                if one.status == psutil.CONN_LISTEN:
                    heard.add(one.laddr.ip)

    run(study, spread=Spread("dask", 2, "local"), progress=listen)
    assert held(study.results) == before
    assert heard == {"127.0.0.1"}


def test_another_state_of_the_program_is_refused_by_workers(tmp_path, machines, monkeypatch):
    study = make_study(tmp_path / "study", documents=2)
    monkeypatch.setattr(cluster, "program", lambda: "another")
    write = cluster._write
    monkeypatch.setattr(cluster, "_write", lambda job, folder: write(job, folder)._replace(program="another"))
    with pytest.raises(UsageError, match="another version of qualcode"):
        run(study, spread=Spread("dask", scheduler=machines.address))


def test_a_cluster_without_workers_is_said_to_be_so(tmp_path, machines, monkeypatch):
    for worker in machines.workers:
        worker.kill()
    monkeypatch.setattr(cluster, "CALM", 0.5)
    monkeypatch.setattr(cluster, "ALONE", 3.0)
    study = make_study(tmp_path / "study", documents=2)
    with pytest.raises(MachineError, match="no workers"):
        run(study, spread=Spread("dask", scheduler=str(machines.file)))
