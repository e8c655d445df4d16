"""all: every group somewhere in the segment, however far apart.

    - all: [[数据, 信息], [不给, 拒绝], {regex: '第[0-9]+条'}]

A group is a term, a list of terms, a `$lexicon`, or another pattern written as a map. There is one match per
segment; its parts are those of each group's first match. Groups may rest on the same words. Terms in here
neither win nor lose a longest match.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model import Span
from qualcode.patterns.base import Parts, Pattern, ReadContext, Schema, View, hull, in_order
from qualcode.patterns.nested import read_nested
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA
from qualcode.yamlnodes import Node

name = "all"
keys = ("all",)
schema: Schema = {
    "all": {"type": "array", "minItems": 1, "items": {"anyOf": [TERMS_SCHEMA, {"type": "object"}]}}
}


@dataclass(frozen=True, slots=True)
class All:
    """Every one of some patterns, in one segment."""

    groups: tuple[Pattern, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group.terms)

    @property
    def lists(self) -> tuple[tuple[Term, ...], ...]:
        return tuple(its for group in self.groups for its in group.lists)

    @property
    def expressions(self) -> tuple[str, ...]:
        return tuple(one for group in self.groups for one in group.expressions)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for group in self.groups for code in group.codes)

    @property
    def anchored(self) -> bool:
        return any(group.anchored for group in self.groups)

    def find(self, view: View) -> list[Parts]:
        parts: list[Span] = []
        for group in self.groups:
            found = group.find(view)
            if not found:
                return []
            first: Parts = min(found, key=_place)
            parts += first
        return [in_order(parts)]


def _place(parts: Parts) -> tuple[Span, Parts]:
    return hull(parts), parts


def read(node: Node, context: ReadContext) -> All | None:
    groups = read_nested(node, "all", context)
    return All(groups) if groups else None
