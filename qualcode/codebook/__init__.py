"""Codebooks: YAML in, a checked `Codebook` out, or everything that is wrong with it.

    codebook, problems = load_codebook(Path("codebook.yaml"))

A codebook with any error is None: what half of it would code is no result. `docs/codebook.md` is the manual.
"""

from __future__ import annotations

from pathlib import Path

from qualcode.codebook.records import (
    Code,
    Codebook,
    Condition,
    Example,
    Facet,
    Rule,
    Unless,
    spoken,
)
from qualcode.problems import Problem, has_errors, in_order

__all__ = [
    "Code",
    "Codebook",
    "Condition",
    "Example",
    "Facet",
    "Rule",
    "Unless",
    "load_codebook",
    "parse_codebook",
    "spoken",
]


def load_codebook(path: Path) -> tuple[Codebook | None, list[Problem]]:
    """Read a codebook and everything it imports; None where any problem is an error.

    Problems come in the order of their places. Nothing is raised for what stands in the files, nor for files
    that are missing or cannot be read.
    """
    return _read(Path(path), None)


def parse_codebook(text: str, path: str = "codebook.yaml") -> tuple[Codebook | None, list[Problem]]:
    """Read a codebook from a text, as if it stood at `path`; imports are looked for beside it."""
    return _read(Path(path), text.encode("utf-8", "surrogatepass"))


def _read(path: Path, raw: bytes | None) -> tuple[Codebook | None, list[Problem]]:
    # Reading rules loads regex engines; those who only need the records do not pay for them.
    from qualcode.codebook.checks import check
    from qualcode.codebook.parse import read_parts
    from qualcode.codebook.source import gather

    parts, problems = gather(path, raw)
    if not parts:
        return None, in_order(problems)
    draft = read_parts(parts, problems)
    problems += check(draft)
    found = in_order(problems)
    return (None if has_errors(found) else draft.codebook), found
