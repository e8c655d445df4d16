"""Codes and rules that found nothing in the material.

A code none of whose rules found anything is a warning: it is absent, or its words are not those of the
material. Rules that found nothing beside others that did are a note, one for each code. In material too small
to say anything (fewer than `FEW` segments) nothing is said.
"""

from __future__ import annotations

from qualcode.codebook.records import Codebook
from qualcode.coding.checks.tally import Tally
from qualcode.problems import Problem, problem

FEW = 100


def check(codebook: Codebook, tally: Tally) -> list[Problem]:
    if tally.segments < FEW:
        return []
    found: list[Problem] = []
    for code in codebook.codes.values():
        dead = [rule for rule in code.rules if not (tally.stood.get(rule.id) or tally.refused.get(rule.id))]
        if dead and len(dead) == len(code.rules):
            found.append(
                problem(
                    "dead-code",
                    code.place,
                    "none of the {n} rules of {code!r} finds anything in {segments} segments",
                    hint="'qualcode kwic' shows which of its words the material has",
                    severity="warning",
                    n=len(dead),
                    code=code.id,
                    segments=tally.segments,
                )
            )
        elif dead:
            found.append(
                problem(
                    "dead-rule",
                    dead[0].place,
                    "{n} of {all} rules of {code!r} find nothing in {segments} segments: {rules}",
                    hint="their words may be said otherwise in this material",
                    severity="note",
                    n=len(dead),
                    all=len(code.rules),
                    code=code.id,
                    segments=tally.segments,
                    rules=", ".join(rule.id for rule in dead),
                )
            )
    return found
