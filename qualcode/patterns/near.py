"""near: one term of every group, close together, in any order.

    - {near: [[涉密, 泄密, 数据安全], $refusal], within: 20 characters}
    - {near: [data, [share, sharing], bureau], within: 8 words}
    - {near: [[请示, 上会], [再说, 没法]], within: sentence}

Every group gives one term; no two share a character; between neighbours (in reading order) stand at most so
many characters or words (each Han character is a word), or all lie in one sentence. Matches are minimal: of
涉密…涉密…不给 the nearer 涉密 is taken; then leftmost, not overlapping. A term with a gap counts as its whole
stretch. The parts of a match are the terms it took.

Accepts 2 to 8 groups. Refuses a rule without `within`.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.patterns.base import Looking, Parts, ReadContext, Schema, View
from qualcode.patterns.distance import WITHIN_SCHEMA, Distance, read_distance
from qualcode.patterns.proximity import Groups, find_near, read_groups
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA
from qualcode.yamlnodes import Node

name = "near"
keys = ("near", "within")
schema: Schema = {
    "near": {"type": "array", "minItems": 2, "maxItems": 8, "items": TERMS_SCHEMA},
    "within": WITHIN_SCHEMA,
}


@dataclass(frozen=True, slots=True)
class Near(Looking):
    """One term of each group, neighbours within a distance, in any order or (`ordered`) as written."""

    groups: Groups
    distance: Distance
    ordered: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group)

    @property
    def lists(self) -> tuple[tuple[Term, ...], ...]:
        return self.groups

    def find(self, view: View) -> list[Parts]:
        return find_near(self.groups, self.distance, view, ordered=self.ordered)


def read(node: Node, context: ReadContext) -> Near | None:
    groups = read_groups(node, "near", context)
    distance = read_distance(node.get("within"), node, context)
    return Near(groups, distance) if groups and distance else None
