"""Longer terms that add nothing beside a shorter one of the same rule.

- terms: [共享, 数据共享]      # note[redundant-term]: wherever 数据共享 stands, 共享 does

The rule fires all the same; only the evidence shown is longer. Only rules of the kind `terms` whose evidence
nothing refuses are looked at: an exception, or a longer term elsewhere, may make the difference. In groups of
`near` and `sequence` the longer term changes distances.
"""

from __future__ import annotations

from qualcode.codebook.checks.lint.looking import Holders, by_terms, lexicon_places, listed
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    shared = lexicon_places(book)
    found: list[Problem] = []
    for code in book.codes.values():
        if code.excepts:
            continue
        for rule, terms in by_terms(code):
            own = [term for term in terms if term.place not in shared]
            if rule.excepts:
                continue
            holders = Holders(own, book.fold)
            inner: dict[Term, Term] = {}
            for shorter in terms:
                for longer in holders.of(shorter):
                    inner.setdefault(longer, shorter)
            pairs = [(longer, inner[longer]) for longer in own if longer in inner]
            if pairs:
                found.append(
                    problem(
                        "redundant-term",
                        pairs[0][0].place,
                        "shorter terms of {rule!r} stand inside these: {terms}",
                        hint="the rule fires without them; they only make the evidence longer",
                        severity="note",
                        rule=rule.id,
                        terms=listed(f"{one.text} ({other.text})" for one, other in pairs),
                    )
                )
    return found
