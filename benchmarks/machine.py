"""What the figures were measured on, and with which state of the program."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.words import ROOT

Measured = dict[str, Any]
PACKAGES = ("qualcode", "spacy", "flashtext", "ahocorasick_rs", "google-re2", "pandas", "numpy")
# What the figures hang on; reports and other pages may change and the figures stay those of this program.
PROGRAM = ("qualcode", "codebooks", "benchmarks", ":(exclude)benchmarks/*.md", ":(exclude)benchmarks/*.json")


def machine() -> Measured:
    """Return the processor, the system, Python and the libraries."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "built": platform.python_compiler(),
        "versions": {name: _version(name) for name in PACKAGES},
    }


def alike(one: Measured, other: Measured) -> bool:
    """Whether figures of both machines may stand in one report: the same processor, Python and libraries."""
    return all(_compared(one, name) == _compared(other, name) for name in (*ALIKE, "versions"))


ALIKE = ("processor", "processors", "python")


def _compared(one: Measured, name: str) -> object:
    value = one.get(name)
    if name != "versions" or not isinstance(value, dict):
        return value
    # The program's own version is part of what is measured, not of what it is measured on.
    return {package: number for package, number in value.items() if package != "qualcode"}


def load() -> float:
    """Return how many programs ran, over the last minute."""
    return round(os.getloadavg()[0], 1)


def stamp() -> Measured:
    """Return when it is and what is measured: today, the last change of the program, the load."""
    return {"when": time.strftime("%Y-%m-%d"), "revision": revision(), "load": load()}


def revision() -> str:
    """Return the last commit that changed the program; nothing where git does not know."""
    last = _git("log", "-1", "--format=%h", "--", *PROGRAM)
    return f"{last}-dirty" if last and _git("status", "--porcelain", "--", *PROGRAM) else last


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, cwd=ROOT)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
