"""Terms of one facet inside terms of another: both codes stand there, unlike within a facet.

Listed once for each pair of codes, so that a person knows which codes will travel together for no other
reason than one word inside another. With `overlap: codebook` the longer wins everywhere and nothing is said.
"""

from __future__ import annotations

from qualcode.codebook.checks.lint.looking import Holders, by_terms, listed
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Code
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    if book.overlap == "codebook":
        return []
    terms = {code.id: _terms(code) for code in book.codes.values()}
    holders = Holders((term for its in terms.values() for term in its), book.fold)
    found: list[Problem] = []
    for code in book.codes.values():
        held = [(inner, outer) for inner in terms[code.id] for outer in holders.of(inner)]
        for other in book.codes.values():
            if code.facet == other.facet:
                continue
            own = frozenset(terms[other.id])
            pairs = [f"{inner.text} ({outer.text})" for inner, outer in held if outer in own]
            if pairs:
                found.append(
                    problem(
                        "nested-across-facets",
                        code.place,
                        "terms of {code!r} stand inside terms of {other!r}, and both codes count: {terms}",
                        hint="co-occurrence counts meetings on shared words apart (n_shared)",
                        severity="note",
                        code=code.id,
                        other=other.id,
                        terms=listed(pairs),
                    )
                )
    return found


def _terms(code: Code) -> list[Term]:
    return list(dict.fromkeys(term for _, terms in by_terms(code) for term in terms))
