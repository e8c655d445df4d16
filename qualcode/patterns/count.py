"""count: so many different terms of a list in one segment.

    - {count: [配合, 协调, 沟通, $talking], at_least: 3}

Counts distinct terms, not occurrences: 配合 three times is one. Terms that are equal after folding (数据 and
數據 under `script`) are one. There is one match per segment; its parts are the first occurrence of each term
found.

Refuses a rule without `at_least`, and one that asks for more terms than are listed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.patterns.base import Looking, Parts, ReadContext, Schema, View, in_order
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA, read_terms
from qualcode.problems import problem
from qualcode.text.folding import fold
from qualcode.yamlnodes import Fields, Node

name = "count"
keys = ("count", "at_least")
schema: Schema = {"count": TERMS_SCHEMA, "at_least": {"type": "integer", "minimum": 1}}


@dataclass(frozen=True, slots=True)
class Count(Looking):
    """At least so many distinct terms."""

    terms: tuple[Term, ...] = field()
    at_least: int

    def find(self, view: View) -> list[Parts]:
        found = view.found(self.terms)
        if len(found) < self.at_least:
            return []
        return [in_order([part for occurrences in found for part in occurrences[0]])]


def read(node: Node, context: ReadContext) -> Count | None:
    listed = node.get("count")
    terms = read_terms(listed, context) if listed else ()
    least = node.get("at_least")
    before = len(context.problems)
    fields = Fields(
        Node("map", node.place, entries=tuple(pair for pair in node.entries if pair[0].text == "at_least")),
        what="a count rule",
        known=("at_least",),
        problems=context.problems,
    )
    fields.require("at_least")
    at_least = fields.integer("at_least", 1, least=1)
    distinct = len({fold(term.text, context.fold) for term in terms})
    if terms and least and at_least > distinct:
        context.problems.append(
            problem(
                "impossible-rule",
                least.place,
                "{least} different terms are asked for and {given} listed",
                hint="lower at_least or list more terms; terms that differ only by folding are one",
                least=at_least,
                given=distinct,
            )
        )
    return Count(terms, at_least) if terms and len(context.problems) == before else None
