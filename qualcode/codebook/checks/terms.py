"""A term holds at least one letter, digit or Chinese character: punctuation alone would match everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qualcode.codebook.draft import Draft
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    # Rules that name a lexicon hold the same list of terms.
    lists = {id(terms): terms for terms in _lists(draft)}.values()
    found = {term.text for terms in lists for term in terms}
    empty = {text for text in found if not (text.isalnum() or any(map(str.isalnum, text)))}
    if not empty:
        return []
    first: dict[str, Term] = {}
    for term in chain.from_iterable(lists):
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
        if text in empty
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
