"""A codebook made ready for coding: made once, used for every document.

The plan holds the index of the literals of all rules, what says which rules to try where, and the order in
which codes are judged: a code that asks about another (`code`) comes after it and after its descendants.
Cues have an index of their own (`context/table.py`): they are looked for only where something is coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from weakref import WeakKeyDictionary

import numpy as np

from qualcode.codebook.records import Code, Codebook, Unless
from qualcode.coding.candidates import Candidates, waits_for
from qualcode.coding.found import Labels
from qualcode.coding.index import Index
from qualcode.coding.judge import reaches
from qualcode.coding.where import of_document
from qualcode.patterns.base import Pattern, codes_of
from qualcode.patterns.regex import Regex
from qualcode.patterns.term import Term
from qualcode.patterns.terms import Terms
from qualcode.problems import StudyError

_PLANS: WeakKeyDictionary[Codebook, Plan] = WeakKeyDictionary()


class Plan:
    """What coding needs to know of a codebook besides the codebook itself."""

    def __init__(self, codebook: Codebook) -> None:
        self.index = Index(_terms(codebook), codebook.fold)
        self.rules = tuple(codebook.rules)
        self.numbers = {code: n for n, code in enumerate(codebook.codes)}
        self.weights = {
            code.id: {rule.id: rule.weight for rule in code.rules} for code in codebook.codes.values()
        }
        # Each code behind those it asks about, with its place in that order.
        self.order = {code: n for n, code in enumerate(judging_order(codebook))}
        self.candidates = Candidates(codebook, self.index)
        self.owners = [rule.code for rule in self.rules]
        # Words without gaps: what such a rule finds is where they stand, each stretch once.
        self.plain = [isinstance(r.pattern, Terms) and self.index.plain(r.pattern.terms) for r in self.rules]
        # Expressions that never take long: what is found depends on the words of the segment alone.
        self.regexes = [
            r.pattern if isinstance(r.pattern, Regex) and r.pattern.anchored else None for r in self.rules
        ]
        self.asked = {name for code in codebook.codes.values() for name in _asked(code, codebook)}
        self.ids = [rule.id for rule in self.rules]
        self.rule_of = dict(zip(self.ids, self.rules, strict=True))
        reasons = ["", "interviewer", "except", "unless", "where", "threshold"]
        reasons += [f"longer:{one}" for one in self.ids]
        self.labels = Labels(self.ids, self.owners, reasons)
        self.reasons = {reason: n for n, reason in enumerate(reasons)}  # the number of each
        # By code, its rules that find nothing where none of some codes stands in the segment, with these.
        self.waiting: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, rule in enumerate(self.rules):
            if codes := waits_for(rule.pattern, codebook):
                self.waiting.setdefault(rule.code, []).append((number, codes))
        self.asking_here = {number for its in self.waiting.values() for number, _ in its}
        self.enough = [reaches(rule.weight) for rule in self.rules]  # for their code to stand, each alone
        self.where = [(*rule.where, *codebook.codes[rule.code].where) for rule in self.rules]
        # Whether a look at the segment, or round it, can refuse what a rule finds.
        self.conditional = [
            bool(rule.unless or codebook.codes[rule.code].unless) or not of_document(where)
            for rule, where in zip(self.rules, self.where, strict=True)
        ]
        # Rules of plain words that nothing refuses: where no other rule of their code is tried, there is
        # nothing to judge. Where answers take over questions, everything is judged.
        self.simple = np.array(
            [
                self.plain[number]
                and reaches(rule.weight)
                and not (rule.excepts or rule.unless or rule.where)
                and not (codebook.inherit_question or rule.code in self.asked or rule.code in self.waiting)
                and _unconditional(codebook.codes[rule.code])
                for number, rule in enumerate(self.rules)
            ],
            bool,
        )
        self.codes = tuple(codebook.codes.values())
        # Of each code the first one that asks for the same to enter counts.
        alike: dict[tuple[tuple[str, tuple[str, ...]], ...], int] = {}
        asked = (tuple(sorted(code.countable.items())) for code in self.codes)
        self.counted_as = np.array([alike.setdefault(one, n) for n, one in enumerate(asked)], np.int64)
        self.weight_of_rule = np.array([rule.weight for rule in self.rules], np.float64)
        self.alone = [(one,) for one in self.ids]
        self.of_code = np.array([self.numbers[owner] for owner in self.owners], np.int64)  # by rule
        self.families = [family_of(rule.code, codebook) for rule in self.rules]
        families = {name: n for n, name in enumerate(dict.fromkeys(self.families))}
        self.of_family = np.array([families[name] for name in self.families], np.int64)
        self.keeps_nested = np.array([rule.nested_keep for rule in self.rules], bool)
        self.ranked = np.array(sorted(range(len(self.ids)), key=self.ids.__getitem__), np.int64)  # by id
        self.rank = np.argsort(self.ranked)
        # By rule, the number of the reason that words lie inside its own; the last: that they do in none's.
        self.longer = np.array([*(self.reasons[f"longer:{one}"] for one in self.ids), 0], np.int64)
        self.asking = {
            name for name, code in codebook.codes.items() if any(one.codes for one in _patterns(code))
        }


def _unconditional(code: Code) -> bool:
    """Whether a code refuses none of what its rules find."""
    return not (code.excepts or code.unless or code.where)


def family_of(code: str, codebook: Codebook) -> str:
    """Return the name of the codes among which the longest match wins."""
    return "" if codebook.overlap == "codebook" else codebook.codes[code].facet


def plan_of(codebook: Codebook) -> Plan:
    """Return the plan of a codebook, making it the first time."""
    plan = _PLANS.get(codebook)
    if plan is None:
        plan = _PLANS[codebook] = Plan(codebook)
    return plan


def judging_order(codebook: Codebook) -> tuple[str, ...]:
    """Return all codes, each behind those it asks about, else in tree order.

    Raises `StudyError` where codes ask about each other in a circle.
    """
    waits = {code.id: _asked(code, codebook) for code in codebook.codes.values()}
    order: list[str] = []
    done: set[str] = set()
    remaining = list(waits)
    while remaining:
        ready = [code for code in remaining if waits[code] <= done]
        if not ready:
            raise StudyError(
                "codes ask about each other in a circle: {codes}",
                hint="take one of their 'code' patterns out",
                codes=", ".join(remaining),
            )
        order += ready
        done.update(ready)
        remaining = [code for code in remaining if code not in done]
    return tuple(order)


def _asked(code: Code, codebook: Codebook) -> set[str]:
    asked = {name for pattern in _patterns(code) for name in pattern.codes}
    return {name for one in asked for name in codes_of(one, codebook.descendants) if name in codebook.codes}


def _patterns(code: Code) -> Iterator[Pattern]:
    """Yield every pattern that has a say in a code, those of `unless` too."""
    unless: list[Unless | None] = [code.unless]
    for rule in code.rules:
        yield rule.pattern
        unless.append(rule.unless)
    yield from (one.pattern for one in unless if one)


def _terms(codebook: Codebook) -> Iterator[Term]:
    """Yield the terms of a codebook; a list that many rules name, such as a lexicon, once."""
    lists = {id(its): its for code in codebook.codes.values() for its in _lists(code)}
    return chain.from_iterable(lists.values())


def _lists(code: Code) -> Iterator[tuple[Term, ...]]:
    yield code.excepts
    for rule in code.rules:
        yield rule.excepts
    for pattern in _patterns(code):
        yield from pattern.lists
