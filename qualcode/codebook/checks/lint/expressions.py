r"""Regular expressions that can match nothing at all, or that may never finish.

- regex: '(涉密)?.{0,6}'         # warning[empty-match]: every part of it is optional
- regex: '(a+)+(?!b)c'           # warning[catastrophic-regex]: on aaaa… the slower engine does not finish

Only what the linear-time engine refuses can take for ever. Such expressions are tried, for a moment each, on
texts that repeat their own literals: the classic trap of nested repetitions. What passes here may still be
slow on other texts; a run says so where it happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.codebook.checks.lint.looking import regexes
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.patterns.linear import linear, slower
from qualcode.patterns.regex import Regex
from qualcode.problems import Problem, problem

TRIED = 0.2  # seconds for one text
_REPEATED = 40
_MOST = 12  # texts for one expression
_LITERAL = re.compile(r"\\.|[A-Za-z0-9\u3400-\u9fff]+")


def check(subject: Subject) -> list[Problem]:
    found: list[Problem] = []
    for regex, rule in regexes(subject.codebook):
        if _matches_nothing(regex):
            found.append(
                problem(
                    "empty-match",
                    regex.place,
                    "the regular expression of {rule!r} can match nothing at all",
                    hint="every part of it is optional: a ?, * or {{0,n}} too many",
                    severity="warning",
                    rule=rule.id,
                )
            )
        trap = next(_traps(regex.pattern), "") if linear(regex.pattern) is None else ""
        if trap:
            found.append(
                problem(
                    "catastrophic-regex",
                    regex.place,
                    "the regular expression of {rule!r} does not finish on {text!r}",
                    hint="take out nested repetitions such as (a+)+, or write it without look-around",
                    severity="warning",
                    rule=rule.id,
                    text=trap[:12] + "…",
                )
            )
    return found


def _matches_nothing(regex: Regex) -> bool:
    compiled = linear(regex.pattern) or slower(regex.pattern)
    return compiled.fullmatch("") is not None


def _traps(pattern: str) -> Iterator[str]:
    """Yield the texts on which an expression takes too long."""
    runs = [found[0] for found in _LITERAL.finditer(pattern) if not found[0].startswith("\\")]
    pieces = dict.fromkeys([*(sign for run in runs for sign in run), *runs, "a", "1", " "])
    for piece in list(pieces)[:_MOST]:
        text = piece * _REPEATED + "\u0001"
        try:
            slower(pattern).search(text, timeout=TRIED)
        except TimeoutError:
            yield text
