"""A child process that codes units of files as it is told, and can die without harm to anybody.

    python -m qualcode.project.worker

It is a fresh interpreter on every system, so nothing of the parent's state comes along. What it is told comes
on stdin, what it tells goes out on the stdout it was born with (prints of libraries go to stderr instead), as
pickles between the two of us:

    <- (job, work folder, bytes of memory or 0)      -> ("ready",)
    <- unit                                          -> ("begin", files) ... ("done", shard)
                                                     or ("memory", file) or ("error", exception)

When stdin ends, the parent has gone, and so does the child, whatever it is doing. Ctrl-C is the parent's.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import IO, Any

from qualcode.project.memory import limit_memory
from qualcode.project.work import FileTooLargeError, code_unit


def main() -> None:
    """Do what stdin says until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    told: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, told), daemon=True).start()
    job, folder, memory = told.get()
    limit_memory(memory)
    answer(answers, ("ready",))
    while True:
        unit = told.get()
        try:
            shard = code_unit(job, unit, Path(folder), begin=lambda files: answer(answers, ("begin", files)))
        except FileTooLargeError as error:
            answer(answers, ("memory", error.file))
        except Exception as error:  # ours, or a codebook that cannot be used: the parent's to tell
            answer(answers, ("error", _sendable(error)))
        else:
            answer(answers, ("done", shard.name))


def answer(stream: IO[bytes], message: tuple[object, ...]) -> None:
    pickle.dump(message, stream)
    stream.flush()


def _listen(stream: IO[bytes], told: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            told.put(pickle.load(stream))
    finally:
        if sys.platform != "win32" and os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)  # with the reader of PDFs, which may hang
        os._exit(0)


def _sendable(error: Exception) -> Exception:
    """The error itself where it survives the journey, else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    main()
