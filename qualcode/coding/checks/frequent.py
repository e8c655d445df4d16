"""Rules that fire in a large share of all segments: a word of the material's everyday talk, not a sign."""

from __future__ import annotations

from qualcode.codebook.records import Codebook
from qualcode.coding.checks.tally import Tally
from qualcode.problems import Problem, problem

OFTEN = 0.1
FEW = 20  # segments; below, one or two make a large share


def check(codebook: Codebook, tally: Tally, *, often: float = OFTEN) -> list[Problem]:
    """Name the rules that fire in more than a share (0 to 1) of the codable segments."""
    if tally.segments < FEW:
        return []
    found: list[Problem] = []
    for rule in codebook.rules:
        share = tally.fired.get(rule.id, 0) / tally.segments
        if share > often:
            found.append(
                problem(
                    "frequent-rule",
                    rule.place,
                    "{rule!r} fires in {percent} % of {segments} segments",
                    hint="what stands everywhere tells nothing apart; narrow it with 'near' or 'except'",
                    severity="warning",
                    rule=rule.id,
                    percent=f"{100 * share:.1f}",
                    segments=tally.segments,
                )
            )
    return found
