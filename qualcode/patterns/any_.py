"""any: what any of some patterns finds.

    - any:
        - {near: [[涉密, 保密], $refusal], within: 10 characters}
        - {regex: '(涉密|保密).{0,6}不好给'}
        - [以安全为由, 以保密为由]

An item is a pattern written as a map, or a term, a list of terms or a `$lexicon`. All their matches are
matches of the rule; the same evidence found twice is one. Terms in here neither win nor lose a longest match.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.patterns.base import Parts, Pattern, ReadContext, Schema, View
from qualcode.patterns.nested import read_nested
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA
from qualcode.yamlnodes import Node

name = "any"
keys = ("any",)
schema: Schema = {
    "any": {"type": "array", "minItems": 1, "items": {"anyOf": [TERMS_SCHEMA, {"type": "object"}]}}
}


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of some patterns."""

    choices: tuple[Pattern, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for choice in self.choices for term in choice.terms)

    @property
    def lists(self) -> tuple[tuple[Term, ...], ...]:
        return tuple(its for choice in self.choices for its in choice.lists)

    @property
    def expressions(self) -> tuple[str, ...]:
        return tuple(one for choice in self.choices for one in choice.expressions)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for choice in self.choices for code in choice.codes)

    @property
    def anchored(self) -> bool:
        return all(choice.anchored for choice in self.choices)

    def find(self, view: View) -> list[Parts]:
        return list(dict.fromkeys(parts for choice in self.choices for parts in choice.find(view)))


def read(node: Node, context: ReadContext) -> Any | None:
    choices = read_nested(node, "any", context)
    return Any(choices) if choices else None
