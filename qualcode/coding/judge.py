"""The judgement of one code's rules in one segment, step by step.

    literals -> longest match -> except -> combinations -> unless -> where -> interviewer -> threshold

Evidence that a step refuses keeps that step's name and takes no further part; the first step that refuses
gives the name. Refused evidence is kept: it answers "why not?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.codebook.records import Code, Rule
from qualcode.coding.view import SegmentView
from qualcode.model import Span
from qualcode.patterns.base import Parts, hull
from qualcode.patterns.terms import Terms

FULL = 1.0
TOLERANCE = 1e-9  # weights such as 0.1 have no exact sum

Verdicts = dict[Parts, str]  # the evidence of one rule -> what refused it, "" where it stands


def find(
    rule: Rule,
    code: Code,
    view: SegmentView,
    longer: Mapping[Span, str],
    everything: Sequence[Parts] | None = None,
) -> Verdicts:
    """Find a rule's evidence and refuse what lies inside longer one or on excepted phrases.

    `longer` says which stretches lie inside longer ones of the family; `everything` is what the pattern
    finds, where known already. Combinations are made of what no exception touches; those that exist only
    with an excepted member are refused as `except`.
    """
    pattern = rule.pattern
    if everything is None:
        everything = pattern.find(view)
    verdicts = dict.fromkeys(everything, "")
    if rule.excepts or code.excepts:
        phrases = [*view.found(rule.excepts), *view.found(code.excepts)]
        excepted = [hull(parts) for occurrences in phrases for parts in occurrences]
        if excepted:
            verdicts = dict.fromkeys(everything, "except")
            verdicts |= dict.fromkeys(pattern.find(view.without(excepted)), "")
    if longer and not rule.nested_keep and isinstance(pattern, Terms):
        for parts in verdicts:
            winner = longer.get(hull(parts))
            if winner is not None:
                verdicts[parts] = f"longer:{winner}"
    return verdicts


def refuse(verdicts: Verdicts, reason: str) -> Verdicts:
    """Refuse, for a reason, the evidence that nothing has refused yet."""
    return {parts: why or reason for parts, why in verdicts.items()}


def weight_of(fired: set[str], weights: Mapping[str, float]) -> float:
    """Sum the weights of some rules, in the order of the rules."""
    return sum(weight for rule, weight in weights.items() if rule in fired)


def reaches(weight: float) -> bool:
    """Whether a sum of weights makes a code stand."""
    return weight >= FULL - TOLERANCE
