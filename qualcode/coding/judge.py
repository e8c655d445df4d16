"""The judgement of one code's rules in one segment, step by step.

    literals -> longest match -> except -> combinations -> unless -> where -> interviewer -> threshold

A match that a step refuses keeps that step's name in `blocked_by` and takes no further part; the first step
that refuses gives the name. Refused matches are kept: they answer "why not?".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.codebook.records import Code, Rule
from qualcode.coding.view import SegmentView
from qualcode.model import Match, Span
from qualcode.patterns.base import Parts, Pattern, hull
from qualcode.patterns.terms import Terms

FULL = 1.0
TOLERANCE = 1e-9  # weights such as 0.1 have no exact sum


def find(
    rule: Rule,
    code: Code,
    view: SegmentView,
    longer: Mapping[Span, str],
    everything: Sequence[Parts] | None = None,
) -> list[Match]:
    """Find a rule's matches and refuse those inside longer ones or on excepted phrases.

    `longer` says which stretches lie inside longer ones of the family; `everything` is what the pattern
    finds, where known already. Combinations are made of what no exception touches; those that exist only
    with an excepted member are refused as `except`.
    """
    pattern: Pattern = rule.pattern
    if everything is None:
        everything = pattern.find(view)
    if not everything and not (rule.excepts or code.excepts):
        return []
    phrases = [*view.found(rule.excepts), *view.found(code.excepts)]
    excepted = [hull(parts) for occurrences in phrases for parts in occurrences]
    standing = pattern.find(view.without(excepted)) if excepted else everything
    blocked = dict.fromkeys(everything, "except") | dict.fromkeys(standing, "")
    if isinstance(pattern, Terms) and not rule.nested_keep:
        for parts in blocked:
            winner = longer.get(hull(parts))
            if winner is not None:
                blocked[parts] = f"longer:{winner}"
    index = view.segment.index
    return [Match(index, code.id, rule.id, parts, why) for parts, why in blocked.items()]


def refuse(matches: Iterable[Match], reason: str) -> list[Match]:
    """Refuse, for a reason, the matches that nothing has refused yet."""
    return [match if match.blocked_by else replace(match, blocked_by=reason) for match in matches]


def weight_of(matches: Iterable[Match], weights: Mapping[str, float]) -> float:
    """Sum the weights of the rules that have a standing match, each once, in the order of the rules."""
    fired = {match.rule for match in matches if not match.blocked_by}
    return sum(weight for rule, weight in weights.items() if rule in fired)


def reaches(weight: float) -> bool:
    """Whether a sum of weights makes a code stand."""
    return weight >= FULL - TOLERANCE


def by_place(matches: Sequence[Match], rules: Iterable[str]) -> list[Match]:
    """Order the matches of one code in one segment: start, end, rule as written, parts."""
    if len(matches) < 2:
        return list(matches)
    number = {rule: n for n, rule in enumerate(rules)}
    return sorted(matches, key=lambda match: (*hull(match.parts), number[match.rule], match.parts))
