"""terms: one match wherever one of the terms stands.

    - terms: [不予共享, refus* to share, 打…招呼, $refusal]

Each occurrence of each term is a match; two terms of one rule on the same stretch are one match (the one
written first gives the parts). Among all `terms` rules of one facet the longest evidence wins: a match lying
properly inside a longer one is refused as `longer:<rule>`; `nested: keep` on a rule exempts it.

Accepts one term without brackets. Refuses an empty list, an unknown $lexicon, a `*` after a Han character.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.model import Span
from qualcode.patterns.base import Looking, Parts, ReadContext, Schema, View, hull
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA, read_terms
from qualcode.yamlnodes import Node

name = "terms"
keys = ("terms",)
schema: Schema = {"terms": TERMS_SCHEMA}


@dataclass(frozen=True, slots=True)
class Terms(Looking):
    """Any of the terms, each occurrence by itself."""

    terms: tuple[Term, ...] = field()

    def find(self, view: View) -> list[Parts]:
        found: dict[Span, Parts] = {}
        for occurrences in view.found(self.terms):
            for parts in occurrences:
                found.setdefault(hull(parts), parts)
        return list(found.values())


def read(node: Node, context: ReadContext) -> Terms | None:
    listed = node.get("terms")
    terms = read_terms(listed, context) if listed else ()
    return Terms(terms) if terms else None
