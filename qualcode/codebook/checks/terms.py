"""A term holds at least one letter, digit or Chinese character: punctuation alone would match everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.draft import Draft
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    return [
        problem(
            "empty-term",
            term.place,
            "{term!r} holds no letter, digit or character to find",
            hint="write words, or delete it",
            term=term.text,
        )
        for term in dict.fromkeys(_terms(draft))
        if not any(sign.isalnum() for piece in term.pieces for sign in piece)
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
