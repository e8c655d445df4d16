"""Keep one child process that reads PDFs, and survive whatever it does.

One child serves all PDFs of a process, since starting one costs more than reading a short file. When it dies
or hangs it is replaced; only the document at hand is lost.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from qualcode.corpus.readers import pdf_worker


class Died(Exception):  # noqa: N818 (an answer: what became of the child)
    """The child gave no answer; `reason` is `crash` or `timeout`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Child:
    """A process running `pdf_worker.py` (or another script that speaks like it), started when first asked."""

    def __init__(self, script: Path | None = None) -> None:
        self._script = script or Path(pdf_worker.__file__)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # a forked copy of us must not talk to our child

    def ask(self, data: bytes, *, seconds: float) -> dict[str, Any]:
        """Have one PDF read. Raises `Died` when there is no answer in time, or none at all."""
        process = self._running()
        answer: list[bytes] = []
        thread = threading.Thread(target=_exchange, args=(process, data, answer), daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            self.close()
            thread.join(5)
            raise Died("timeout")
        if not answer:
            self.close()
            raise Died("crash")
        result: dict[str, Any] = json.loads(answer[0])
        return result

    def close(self) -> None:
        """End the child, if there is one."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # what was left to write has nobody to read it
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.close()
            self._owner = os.getpid()
            # -P: the script's folder, full of modules named like formats, must not be searched for imports.
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(self._script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


def _exchange(process: subprocess.Popen[bytes], data: bytes, answer: list[bytes]) -> None:
    """Write the request, read the answer; leave `answer` empty when the child goes away."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(len(data).to_bytes(8, "big") + data)
        process.stdin.flush()
        head = process.stdout.read(8)
        size = int.from_bytes(head, "big")
        body = process.stdout.read(size) if len(head) == 8 else b""
    except (OSError, ValueError):
        return
    if len(head) == 8 and len(body) == size:
        answer.append(body)


_lock = threading.Lock()
_child = Child()
atexit.register(_child.close)


def read_in_child(data: bytes, *, seconds: float) -> dict[str, Any]:
    """Have one PDF read by this process's child; one at a time. Raises `Died`."""
    with _lock:
        return _child.ask(data, seconds=seconds)
