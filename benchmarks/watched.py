"""Run one command and print what it took, as JSON: `python -I -S watched.py [--tree] COMMAND...`.

User and system time of the process and of all its children that ended, from `wait4`; its largest memory.
It is a small process of its own: a child begins with the memory of whoever started it, and Linux counts that.
With `--tree` the memory is the largest sum over the process and all below it, looked at 50 times a second;
`held_mb` is the largest sum of what no file stands behind, which the system cannot drop and read again.
"""

import json
import os
import sys
import threading
import time

PAGE = os.sysconf("SC_PAGE_SIZE")


def below(process):
    """The process and all below it (Linux)."""
    found = [process]
    for one in found:
        try:
            with open(f"/proc/{one}/task/{one}/children") as stream:  # noqa: PTH123
                found += map(int, stream.read().split())
        except OSError:
            continue
    return found


def resident(process):
    """Pages of memory: all, and those no file stands behind."""
    try:
        with open(f"/proc/{process}/statm") as stream:  # noqa: PTH123
            whole, shared = map(int, stream.read().split()[1:3])
            return whole, whole - shared
    except (OSError, ValueError):
        return 0, 0


def main():
    """Run, wait, print."""
    words = sys.argv[1:]
    tree = words[0] == "--tree"
    words = words[1:] if tree else words
    began = time.monotonic()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    peak, held, ended = 0, 0, threading.Event()

    def watch():
        nonlocal peak, held
        while not ended.wait(0.02):
            seen = [resident(process) for process in below(child)]
            peak = max(peak, sum(whole for whole, _ in seen))
            held = max(held, sum(own for _, own in seen))

    watcher = threading.Thread(target=watch) if tree else None
    if watcher:
        watcher.start()
    _, status, used = os.wait4(child, 0)
    ended.set()
    if watcher:
        watcher.join()
    found = {
        "exit": os.waitstatus_to_exitcode(status),
        "cpu": round(used.ru_utime + used.ru_stime, 4),
        "wall": round(time.monotonic() - began, 4),
        "peak_mb": round((peak * PAGE if tree else used.ru_maxrss * 1024) / 1e6, 1),
    }
    if tree:
        found["held_mb"] = round(held * PAGE / 1e6, 1)
    print("\n" + json.dumps(found))


main()
