"""Run a qualcode command and say where its CPU time went: `python -m benchmarks.sampled code CORPUS ...`.

500 times a CPU second the stack is looked at; a sample belongs to the innermost module of qualcode in it,
with the C code it called. Prints JSON: seconds by package and by module. Unlike cProfile this does not slow
calls of small functions more than others. What runs before `main` (the interpreter) is not seen.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from collections import Counter
from types import FrameType

EVERY = 0.002


def main() -> None:
    """Sample, run, print."""
    modules: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        importing = False
        while frame is not None:
            name = frame.f_globals.get("__name__", "")
            importing = importing or name.startswith("importlib")
            if name.startswith("qualcode.") or name == "__main__":
                modules["(imports)" if importing else name] += 1
                return
            frame = frame.f_back
        modules["(imports)" if importing else "(other)"] += 1

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    before = time.process_time()
    from qualcode.cli.main import main as qualcode

    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(sys.stderr):
        sys.argv = ["qualcode", *sys.argv[1:]]
        qualcode()
    signal.setitimer(signal.ITIMER_PROF, 0)
    spent = time.process_time() - before
    whole = sum(modules.values()) or 1
    seconds = {name: round(spent * n / whole, 3) for name, n in modules.most_common()}
    packages: Counter[str] = Counter()
    for name, n in seconds.items():
        packages[".".join(name.split(".")[:2]) if "." in name else name] += n
    print(json.dumps({"cpu": round(spent, 3), "modules": seconds, "packages": dict(packages.most_common())}))


if __name__ == "__main__":
    main()
