"""Rules that find their words and whose every match is refused: by an exception, a condition, a longer term.

From `MANY` matches on that is a warning; one or two may be chance, and are a note.
"""

from __future__ import annotations

from qualcode.codebook.records import Codebook
from qualcode.coding.checks.tally import Tally
from qualcode.problems import Problem, problem

MANY = 5


def check(codebook: Codebook, tally: Tally) -> list[Problem]:
    found: list[Problem] = []
    for rule in codebook.rules:
        refused = tally.refused.get(rule.id, {})
        n = sum(refused.values())
        if n and not tally.stood.get(rule.id):
            found.append(
                problem(
                    "refused-rule",
                    rule.place,
                    "all {n} matches of {rule!r} are refused: {reasons}",
                    hint="'qualcode kwic RESULTS rule:{rule} --refused' shows them",
                    severity="warning" if n >= MANY else "note",
                    n=n,
                    rule=rule.id,
                    reasons=", ".join(f"{why} {n}" for why, n in sorted(refused.items())),
                )
            )
    return found
