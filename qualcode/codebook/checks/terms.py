"""A term holds at least one letter, digit or Chinese character: punctuation alone would match everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.draft import Draft
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    first: dict[str, Term] = {}
    for term in _terms(draft):
        first.setdefault(term.text, term)
    return [
        problem(
            "empty-term",
            term.place,
            "{term!r} holds no letter, digit or character to find",
            hint="write words, or delete it",
            term=text,
        )
        for text, term in first.items()
        if not (text.isalnum() or any(map(str.isalnum, text)))
    ]


def _terms(draft: Draft) -> Iterator[Term]:
    for lexicon in draft.codebook.lexicons.values():
        yield from lexicon
    for code in draft.codes:
        yield from code.excepts
        for rule in code.rules:
            yield from rule.pattern.terms
            yield from rule.excepts
            if rule.unless:
                yield from rule.unless.pattern.terms
        if code.unless:
            yield from code.unless.pattern.terms
