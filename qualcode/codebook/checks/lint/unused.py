"""Lexicons that nothing names: no rule, exception, cue or other lexicon.

A note only: a file of shared lexicons is imported for some of them.
"""

from __future__ import annotations

from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.entities import entities
from qualcode.problems import Problem, problem


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    named = {word for one in entities(book) for items in one.lists.values() for word in items}
    return [
        problem(
            "unused-lexicon",
            terms[0].place,
            "no rule, cue or other lexicon names ${lexicon}",
            hint="delete it, or keep it for the codebooks that import this file",
            severity="note",
            lexicon=name,
        )
        for name, terms in book.lexicons.items()
        if terms and f"${name}" not in named
    ]
