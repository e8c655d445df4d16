"""Ids of one kind that differ only by dots and underscores: easily taken for each other.

- {id: data_security, ...}
- {id: datasecurity, ...}       # warning[similar-id]

Ids that differ only in capitals are an error already.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Codebook
from qualcode.problems import Place, Problem, problem


def check(subject: Subject) -> list[Problem]:
    first: dict[tuple[str, str], tuple[str, Place]] = {}
    found: list[Problem] = []
    for what, name, place in _named(subject.codebook):
        before, where = first.setdefault((what, name.replace(".", "").replace("_", "")), (name, place))
        if before != name:
            found.append(
                problem(
                    "similar-id",
                    place,
                    "the {what} {id!r} differs from {other!r} at {first} only by dots and underscores",
                    hint="rename one of them",
                    severity="warning",
                    what=what,
                    id=name,
                    other=before,
                    first=where,
                )
            )
    return found


def _named(book: Codebook) -> Iterator[tuple[str, str, Place]]:
    yield from (("facet", facet.id, facet.place) for facet in book.facets.values())
    yield from (("lexicon", name, terms[0].place) for name, terms in book.lexicons.items() if terms)
    yield from (("code", code.id, code.place) for code in book.codes.values())
    yield from (("rule", rule.id, rule.place) for rule in book.rules if ":" not in rule.id)
    yield from (("cue", cue.id, cue.place) for cue in book.context.cues)
    yield from (("actor", actor.id, actor.place) for actor in book.context.actors.values())
