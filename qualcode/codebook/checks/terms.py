"""A term holds at least one letter, digit or Chinese character: punctuation alone would match everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.draft import Draft
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    first: dict[str, Term] = {}
    # Rules that name a lexicon hold the same list of terms.
    for terms in {id(terms): terms for terms in _lists(draft)}.values():
        for term in terms:
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


def _lists(draft: Draft) -> Iterator[tuple[Term, ...]]:
    yield from draft.codebook.lexicons.values()
    for code in draft.codes:
        yield code.excepts
        for rule in code.rules:
            yield from rule.pattern.lists
            yield rule.excepts
            if rule.unless:
                yield from rule.unless.pattern.lists
        if code.unless:
            yield from code.unless.pattern.lists
