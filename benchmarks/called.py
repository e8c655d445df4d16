"""Programs as processes of their own: what one took, or what it printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.machine import Measured
from benchmarks.words import ROOT

WATCHED = (sys.executable, "-I", "-S", str(Path(__file__).with_name("watched.py")))


class ProgramError(Exception):
    """A program that was measured ended otherwise than it should."""


def taken(command: list[str], *, tree: bool = False) -> Measured:
    """Run a command; return its CPU and wall seconds and its largest memory (see `watched.py`).

    qualcode ends with 1 where documents had problems; that is an end like 0. Any other raises `ProgramError`.
    """
    words = [*WATCHED, *(["--tree"] * tree), *command]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    said, _, last = done.stdout.rstrip().rpartition("\n")
    found: Measured = json.loads(last)
    if found["exit"] not in (0, 1):
        raise ProgramError(f"ended with {found['exit']}: {' '.join(command)}\n{said}")
    return found


def printed(module: str, *words: str) -> Measured:
    """Run a module; return the JSON it prints."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise ProgramError(f"ended with {done.returncode}: {' '.join(command)}\n{done.stderr}")
    found: Measured = json.loads(done.stdout)
    return found


def qualcode(*words: str) -> list[str]:
    """Return the command of a quiet qualcode."""
    return [sys.executable, "-m", "qualcode", "--quiet", *words]
