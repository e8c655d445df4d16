"""Terms that an exception always refuses, and rules that have no other.

- id: security
  rules: [terms: [数据安全]]
  except: [安全]                   # warning[never-matches]: wherever 数据安全 stands, 安全 stands in it

`unless` is looked at in the same way: terms that hold what refuses them. What is left must be enough for the
rule: a term of every group, as many as `at_least` asks for.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.checks.lint.looking import inside, lexicon_places, listed, place_of
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Code, Codebook, Rule, Unless
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import Pattern
from qualcode.patterns.count import Count
from qualcode.patterns.near import Near
from qualcode.patterns.score import Score
from qualcode.patterns.term import Term
from qualcode.patterns.terms import Terms
from qualcode.problems import Problem, problem


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    return [found for code in book.codes.values() for rule in code.rules for found in _look(rule, code, book)]


def _look(rule: Rule, code: Code, book: Codebook) -> Iterator[Problem]:
    refusing = [("except", term) for term in (*rule.excepts, *code.excepts)]
    refusing += [("unless", t) for one in (rule.unless, code.unless) if one for t in _enough(one)]
    dead = _dead(rule.pattern, refusing, book.fold)
    if not dead:
        return
    shared = lexicon_places(book)
    if not _can_match(rule.pattern, frozenset(dead)):
        by, phrase = next(iter(dead.values()))
        yield problem(
            "never-matches",
            rule.place,
            "{rule!r} can never match: its '{by}' refuses {terms} everywhere",
            hint="{phrase!r} stands inside {term!r}; an exception is longer than the term",
            severity="warning",
            rule=rule.id,
            terms=listed(term.text for term in dead),
            by=by,
            phrase=phrase.text,
            term=next(iter(dead)).text,
        )
        return
    for term, (by, phrase) in dead.items():
        yield problem(
            "dead-term",
            place_of(term, rule, shared),
            "{term!r} is never evidence of {rule!r}: {phrase!r}, which its '{by}' names, stands in it",
            hint="take the term out, or make the exception longer",
            severity="note" if term.place in shared else "warning",
            term=term.text,
            rule=rule.id,
            by=by,
            phrase=phrase.text,
        )


def _dead(
    pattern: Pattern, refusing: list[tuple[str, Term]], kinds: frozenset[str]
) -> dict[Term, tuple[str, Term]]:
    """Terms that hold what refuses them, each with the first that does."""
    found: dict[Term, tuple[str, Term]] = {}
    for term in pattern.terms if refusing else ():
        for by, phrase in refusing:
            if inside(phrase, term, kinds):
                found.setdefault(term, (by, phrase))
    return found


def _enough(unless: Unless) -> Iterator[Term]:
    """Terms any one of which is enough to refuse."""
    waiting: list[Pattern] = [unless.pattern]
    while waiting:
        pattern = waiting.pop(0)
        if isinstance(pattern, Terms) or (isinstance(pattern, Count) and pattern.at_least == 1):
            yield from pattern.terms
        elif isinstance(pattern, Any):
            waiting += pattern.choices


def _can_match(pattern: Pattern, dead: frozenset[Term]) -> bool:
    """Whether a pattern can match without some of its terms; kinds without terms can."""
    if isinstance(pattern, Terms):
        return any(term not in dead for term in pattern.terms)
    if isinstance(pattern, Near):
        return all(any(term not in dead for term in group) for group in pattern.groups)
    if isinstance(pattern, Count):
        return sum(term not in dead for term in pattern.terms) >= pattern.at_least
    if isinstance(pattern, Score):
        places = [place for place, term in enumerate(pattern.terms) if term not in dead]
        left = {entry for place in places for entry in pattern.owners[place]}
        return pattern.can_match(entry for entry in left if pattern.weights[entry] > 0)
    if isinstance(pattern, All):
        return all(_can_match(group, dead) for group in pattern.groups)
    if isinstance(pattern, Any):
        return any(_can_match(choice, dead) for choice in pattern.choices)
    return True
