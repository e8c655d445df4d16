"""Weights that never reach 1, and rules whose weight never makes the difference.

- id: fear
  rules:
    - {terms: [签字], weight: 0.3}
    - {terms: [担责], weight: 0.4}       # warning[below-threshold]: together 0.7; the code never stands

- id: pretext
  rules:
    - {terms: [涉密], weight: 1}
    - {terms: [安全], weight: 0.2}       # warning[idle-rule]: with or without it the code stands or does not
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Code, Rule
from qualcode.problems import Problem, problem

_EXACT = 6  # decimals; 0.1 has no exact sum
_MOST_SUMS = 10_000  # beyond so many different sums some of them is near enough to 1


def check(subject: Subject) -> list[Problem]:
    found: list[Problem] = []
    for code in subject.codebook.codes.values():
        whole = round(sum(rule.weight for rule in code.rules), _EXACT)
        if code.rules and whole < 1:
            found.append(
                problem(
                    "below-threshold",
                    code.place,
                    "the weights of all rules of {code!r} are {sum} together: it never stands",
                    hint="a code stands at a sum of 1",
                    severity="warning",
                    code=code.id,
                    sum=f"{whole:g}",
                )
            )
        else:
            found += _idle(code)
    return found


def _idle(code: Code) -> Iterator[Problem]:
    for rule in code.rules:
        if rule.weight < 1 and not _ever_decides(rule, code.rules):
            yield problem(
                "idle-rule",
                rule.place,
                "the weight {weight} of {rule!r} never makes the difference",
                hint="no other rules of {code!r} come so near to 1 that it carries them over",
                severity="warning",
                weight=f"{rule.weight:g}",
                rule=rule.id,
                code=code.id,
            )


def _ever_decides(rule: Rule, rules: tuple[Rule, ...]) -> bool:
    """Whether some of the other rules weigh less than 1 together, and at least 1 with this one."""
    sums = {0.0}
    for other in rules:
        if other is not rule and other.weight < 1:
            more = (round(one + other.weight, _EXACT) for one in sums)
            sums |= {one for one in more if one < 1}
            if len(sums) > _MOST_SUMS:
                return True
    return round(max(sums) + rule.weight, _EXACT) >= 1
