"""The judgement of one code's rules in one segment, step by step.

    literals -> longest match -> except -> combinations -> unless -> where -> interviewer -> threshold

Evidence that a step refuses keeps that step's name and takes no further part; the first step that refuses
gives the name. Refused evidence is kept: it answers "why not?".
"""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.codebook.records import Code, Rule
from qualcode.coding.view import SegmentView
from qualcode.model import Span
from qualcode.patterns.base import Parts, hull
from qualcode.patterns.terms import Terms

FULL = 1.0
TOLERANCE = 1e-9  # weights such as 0.1 have no exact sum

Verdicts = dict[Parts, str]  # the evidence of one rule -> what refused it, "" where it stands


def find(rule: Rule, code: Code, view: SegmentView) -> Verdicts:
    """Find a rule's evidence and refuse what lies on excepted phrases.

    Combinations are made of what no exception touches; those that exist only with an excepted member are
    refused as `except`.
    """
    everything = rule.pattern.find(view)
    if rule.excepts or code.excepts:
        phrases = [*view.found(rule.excepts), *view.found(code.excepts)]
        excepted = [hull(parts) for occurrences in phrases for parts in occurrences]
        if excepted:
            standing = rule.pattern.find(view.without(excepted))
            return dict.fromkeys(everything, "except") | dict.fromkeys(standing, "")
    return dict.fromkeys(everything, "")


def without_longer(rule: Rule, verdicts: Verdicts, longer: Mapping[Span, str]) -> Verdicts:
    """Refuse the words of a terms rule that lie inside longer ones of the family, whatever else they are.

    `longer` says which stretches do, and inside which rule's.
    """
    if rule.nested_keep or not isinstance(rule.pattern, Terms):
        return verdicts
    return {
        parts: f"longer:{longer[hull(parts)]}" if hull(parts) in longer else why
        for parts, why in verdicts.items()
    }


def refuse(verdicts: Verdicts, reason: str) -> Verdicts:
    """Refuse, for a reason, the evidence that nothing has refused yet."""
    return {parts: why or reason for parts, why in verdicts.items()}


def weight_of(fired: set[str], weights: Mapping[str, float]) -> float:
    """Sum the weights of some rules, in the order of the rules."""
    if len(fired) < 2:
        return sum(weights[rule] for rule in fired)
    return sum(weight for rule, weight in weights.items() if rule in fired)


def reaches(weight: float) -> bool:
    """Whether a sum of weights makes a code stand."""
    return weight >= FULL - TOLERANCE
