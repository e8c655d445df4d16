"""Rules whose `where` leaves no material.

- id: fear
  where: {kind: [interview, focus_group]}
  rules:
    - {terms: [不敢签], where: {kind: policy}}              # warning[never-applies]: both must hold
    - {terms: [怕担责], where: {role: interviewer}}         # so is this: interviewers are not coded
"""

from __future__ import annotations

from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Codebook, Condition, Rule
from qualcode.model import ASKING
from qualcode.problems import Problem, problem

_SILENT = frozenset({"policy", "report"})  # minutes may say who speaks


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    return [
        found
        for code in book.codes.values()
        for rule in code.rules
        if (found := _empty(rule, (*rule.where, *code.where), book))
    ]


def _empty(rule: Rule, conditions: tuple[Condition, ...], book: Codebook) -> Problem | None:
    by_field: dict[str, list[Condition]] = {}
    for condition in conditions:
        by_field.setdefault(condition.field, []).append(condition)
    for field, its in by_field.items():
        if _nothing_left(its):
            return problem(
                "never-applies",
                rule.place,
                "{rule!r} applies nowhere: no {field} is {values}",
                hint="every line of 'where' must hold, those of the code and those of the rule",
                severity="warning",
                rule=rule.id,
                field=field,
                values=" & ".join(map(_shown, its)),
            )
    roles, kinds = _allowed(by_field.get("role", ())), _allowed(by_field.get("kind", ()))
    if roles is not None and roles <= ASKING and not book.code_interviewers:
        return problem(
            "never-applies",
            rule.place,
            "{rule!r} applies nowhere: interviewers' words are not coded",
            hint="'code_interviewers: true' at the top of the codebook codes them",
            severity="warning",
            rule=rule.id,
        )
    if roles is not None and "" not in roles and kinds is not None and kinds <= _SILENT:
        return problem(
            "never-applies",
            rule.place,
            "{rule!r} applies nowhere: it asks for a {role} in a {document}, where nobody speaks",
            hint="leave 'role' out",
            severity="warning",
            rule=rule.id,
            role="/".join(sorted(roles)),
            document="/".join(sorted(kinds)),
        )
    return None


def _nothing_left(conditions: list[Condition]) -> bool:
    if any(one.since or one.before for one in conditions):
        since = max(one.since for one in conditions)
        before = min((one.before for one in conditions if one.before), default="")
        return bool(since and before and since >= before)
    allowed = _allowed(conditions)
    return allowed is not None and not allowed


def _allowed(conditions: tuple[Condition, ...] | list[Condition]) -> set[str] | None:
    """The values that fulfil all conditions on one field; None where they cannot be listed."""
    allowed: set[str] | None = None
    for one in conditions:
        if not one.negated:
            allowed = set(one.values) if allowed is None else allowed & set(one.values)
    if allowed is not None:
        allowed -= {value for one in conditions if one.negated for value in one.values}
    return allowed


def _shown(condition: Condition) -> str:
    if condition.since or condition.before:
        return f"{condition.since}..{condition.before}"
    return ("not " if condition.negated else "") + "/".join(condition.values)
