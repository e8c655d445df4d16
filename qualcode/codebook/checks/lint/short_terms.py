"""Chinese terms of one or two characters that also stand inside frequent longer words.

- terms: [推]          # note[inside-words]: 推动, 推进, 推荐, 推广 …
- terms: [不得]        # note[inside-words]: 不得不, 不得了, 不得已

Looked at are `terms` rules, where a term is evidence by itself. Words that the rule or its facet names itself
(as a term, which then wins as the longer one, or under `except`) are left out. The words are those of
`qualcode.text.common`; with a corpus at hand lint lists what really stands around the term instead.
"""

from __future__ import annotations

from qualcode.codebook.checks.lint.looking import by_terms, folded, lexicon_places, listed, place_of
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.problems import Problem, problem
from qualcode.text.common import longer_words
from qualcode.text.folding import fold


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    kinds = book.fold | {"script"}
    shared = lexicon_places(book)
    families: dict[str, set[str]] = {}
    for code in book.codes.values():
        family = families.setdefault("" if book.overlap == "codebook" else code.facet, set())
        family |= {folded(term, kinds) for _, terms in by_terms(code) for term in terms}
    found: list[Problem] = []
    for code in book.codes.values():
        family = families["" if book.overlap == "codebook" else code.facet]
        for rule, terms in by_terms(code):
            excepted = {folded(term, kinds) for term in (*rule.excepts, *code.excepts)}
            named = excepted if rule.nested_keep else excepted | family
            for term in terms:
                words = longer_words(fold(term.text, kinds))
                words = tuple(word for word in words if not any(one in word for one in named if
                              len(one) > len(term.text) and term.text in one))  # fmt: skip
                if words:
                    found.append(
                        problem(
                            "inside-words",
                            place_of(term, rule, shared),
                            "{term!r} of {rule!r} also stands inside {words}",
                            hint="write longer terms, or put words that are something else under 'except'",
                            severity="note",
                            term=term.text,
                            rule=rule.id,
                            words=listed(words),
                        )
                    )
    return found
