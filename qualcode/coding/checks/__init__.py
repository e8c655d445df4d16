"""Lint that needs matches: what a codebook's rules did in some material. One check, one file.

`check(codebook, tally)` gives problems; `qualcode.codebook.checks.lint` has the checks that need no material.
Where the tally comes from (a corpus coded now, the tables of a run) is no concern of theirs.
"""

from __future__ import annotations

from collections.abc import Callable

from qualcode.codebook.records import Codebook
from qualcode.coding.checks import contexts, dead, frequent, refused
from qualcode.coding.checks.tally import Hit, Seen, Tally, hits_of, seen, tally
from qualcode.problems import Problem, in_order
from qualcode.registry import Registry

__all__ = ["Hit", "Seen", "Tally", "hits_of", "lint_tally", "seen", "tallied", "tally"]

TallyLint = Callable[[Codebook, Tally], list[Problem]]

tallied: Registry[TallyLint] = Registry(
    "tally_lint",
    {
        "dead": dead.check,
        "refused": refused.check,
        "frequent": frequent.check,
        "contexts": contexts.check,
    },
)


def lint_tally(codebook: Codebook, counted: Tally, *, often: float = frequent.OFTEN) -> list[Problem]:
    """Run every check over what a codebook did; `often` is the share of segments that is too many."""
    found: list[Problem] = []
    for name, one in tallied.items():
        if name == "frequent":
            found += frequent.check(codebook, counted, often=often)
        else:
            found += one(codebook, counted)
    return in_order(found)
