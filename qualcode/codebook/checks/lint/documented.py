"""Codes that rules code and no example shows, codes without rules, and rules in one language only.

A code with rules should have examples and not_examples, because `qualcode codebook test` tries them. In a
codebook for Chinese and English a code whose rules hold words of one language finds nothing in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.codebook.checks.lint.looking import below
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.reading import language_of
from qualcode.codebook.records import Code, Codebook
from qualcode.patterns.code import Code as AsksFor
from qualcode.patterns.regex import Regex
from qualcode.patterns.tokens import Tokens
from qualcode.problems import Problem, problem

_LATIN = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    any_rules = any(code.rules for code in book.codes.values())
    found: list[Problem] = []
    for code in book.codes.values():
        if code.rules:
            found += _unshown(code)
            found += _one_language(code, book)
        elif any_rules and not book.children(code.id):
            found.append(
                problem(
                    "no-rules",
                    code.place,
                    "{code!r} has no rules: only people code it",
                    hint="write rules, or say in its definition that it is coded by hand",
                    severity="note",
                    code=code.id,
                )
            )
    return found


def _unshown(code: Code) -> Iterator[Problem]:
    missing = [key for key, given in (("examples", code.examples), ("not_examples", code.not_examples))
               if not given]  # fmt: skip
    if missing:
        yield problem(
            "no-examples",
            code.place,
            "{code!r} has rules and no {missing}",
            hint="'qualcode codebook test' tries them whenever a rule changes",
            severity="note",
            code=code.id,
            missing=", ".join(missing),
        )


def _one_language(code: Code, book: Codebook) -> Iterator[Problem]:
    if len(book.languages) < 2:
        return
    seen = _languages(code)
    for language in book.languages:
        if seen and language not in seen:
            yield problem(
                "one-language",
                code.place,
                "no rule of {code!r} holds a word of language {language!r}",
                hint="it is never found in such material; add terms, or take the language out of 'languages'",
                severity="warning",
                code=code.id,
                language=language,
            )


def _languages(code: Code) -> set[str]:
    """Languages of the words in a code's rules; none where a rule is of a kind without words."""
    seen: set[str] = set()
    for rule in code.rules:
        for pattern in below(rule.pattern):
            if isinstance(pattern, AsksFor):
                return set()
            seen |= {language_of(term.text) for term in pattern.terms}
            written = (
                pattern.pattern
                if isinstance(pattern, Regex)
                else pattern.patterns
                if isinstance(pattern, Tokens)
                else ""
            )
            if written and language_of(written) == "zh":
                seen.add("zh")
            if isinstance(pattern, Regex) and _LATIN.search(written):
                seen.add("en")
            if isinstance(pattern, Tokens) and language_of(written) == "en":
                seen.add("en")
    return seen
