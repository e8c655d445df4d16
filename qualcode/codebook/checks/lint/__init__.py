"""Lint: what is wrong with a codebook that is valid but unwise. One check, one file, `check(subject)`.

A *warning* says that a result is probably not what was meant: a rule that can never match, a weight that
never counts. A *note* says what is worth a look and may be just right: a term inside other words, a code
without examples. Nothing here hinders the use of a codebook. `docs/codebook.md` lists every kind.

Checks that need matches in a corpus are in `qualcode.coding.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from qualcode.codebook.checks.lint import (
    around,
    cues,
    documented,
    expressions,
    ids,
    impossible,
    material,
    nesting,
    repeated,
    short_terms,
    swallowed,
    unused,
    weights,
)
from qualcode.codebook.checks.lint.subject import Subject, read_subject
from qualcode.codebook.records import Codebook
from qualcode.problems import Problem, in_order
from qualcode.registry import Registry

Lint = Callable[[Subject], list[Problem]]

lints: Registry[Lint] = Registry(
    "lint",
    {
        "swallowed": swallowed.check,
        "material": material.check,
        "impossible": impossible.check,
        "weights": weights.check,
        "expressions": expressions.check,
        "repeated": repeated.check,
        "around": around.check,
        "short_terms": short_terms.check,
        "cues": cues.check,
        "nesting": nesting.check,
        "ids": ids.check,
        "unused": unused.check,
        "documented": documented.check,
    },
)


def lint_subject(subject: Subject, *, without: Collection[str] = ()) -> list[Problem]:
    """Run every check over a usable codebook, but those named in `without`; problems in order."""
    return in_order(found for name, one in lints.items() if name not in without for found in one(subject))


def lint_codebook(
    path: Path, raw: bytes | None = None, *, without: Collection[str] = ()
) -> tuple[Codebook | None, list[Problem]]:
    """Read a codebook as `load_codebook` does and lint it; one that cannot be used is not linted."""
    subject, problems = read_subject(path, raw)
    if subject is None:
        return None, problems
    return subject.codebook, in_order([*problems, *lint_subject(subject, without=without)])
