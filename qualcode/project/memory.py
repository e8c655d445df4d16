"""How much memory a process takes, and how much it may take.

A limit is kept twice: by the system where it can (Linux: the child's allocations fail beyond it), and by the
parent, which looks at its children a few times a second (Linux, macOS, Windows).

What nobody holds is freed at once, but for objects that hold each other in a circle: those are searched for
now and then. What is freed goes back to the system in large pieces only; `give_back` returns the rest.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import platform
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SYSTEM = platform.system()


def limit_memory(amount: int) -> None:
    """Let this process take so many bytes more than it has now; 0, and systems that cannot: no limit."""
    if not amount or SYSTEM != "Linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + amount, most))


@contextlib.contextmanager
def seldom_collected(new: int) -> Iterator[None]:
    """Let the search for garbage in circles wait for so many new objects, and for no more of them.

    By default it looks through what a document is made of hundreds of times, and finds little: a fifth of the
    time of coding. Much more seldom, the columns of documents done with pile up: they are large, and few.
    """
    before = gc.get_threshold()
    gc.set_threshold(new, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def give_back() -> None:
    """Return to the system what is freed, and what columns in files take of memory (`growing.py`).

    On Linux; elsewhere less or nothing of it. What is looked at again comes back from its file.
    """
    from qualcode.analysis.growing import let_go

    let_go()
    if SYSTEM == "Linux":
        with contextlib.suppress(OSError, AttributeError):  # a library of C that knows no such thing
            ctypes.CDLL(None).malloc_trim(0)


@contextlib.contextmanager
def kept_small(size: int, *, seconds: float = 0.1) -> Iterator[None]:
    """Let columns in files go from memory again and again, as long as this process takes more than a size.

    On Linux. A pass that goes through all columns of a large table would else be counted as large as they.
    """
    from qualcode.analysis.growing import let_go

    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(seconds):
            if memory_of(os.getpid()) > size:
                let_go()

    watcher = threading.Thread(target=watch, name="memory", daemon=True)
    if SYSTEM == "Linux":
        watcher.start()
    try:
        yield
    finally:
        ended.set()
        if watcher.ident is not None:
            watcher.join()


def memory_of(process: int) -> int:
    """Return the bytes a process holds in memory; 0 where that cannot be known."""
    try:
        if SYSTEM == "Linux":
            import resource

            return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
        if SYSTEM == "Windows":
            return _on_windows(process)
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, timeout=5, check=False
        )
        return int(told.stdout.strip() or 0) * 1024
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return 0


def _on_windows(process: int) -> int:
    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            *((name, ctypes.c_size_t) for name in ("peak", "held", "p", "q", "r", "s", "t", "u")),
        ]

    windows: Any = ctypes.windll.kernel32  # type: ignore[attr-defined]
    windows.OpenProcess.restype = ctypes.c_void_p
    handle = windows.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return 0
    try:
        found = Counters()
        found.cb = ctypes.sizeof(found)
        known = windows.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(found), found.cb)
        return int(found.held) if known else 0
    finally:
        windows.CloseHandle(ctypes.c_void_p(handle))
