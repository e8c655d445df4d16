"""sequence: one term of every group, in the order written, close together.

    - {sequence: [[因为, 由于], [担心, 怕], [追责, 问责]], within: 10 characters}

As `near` (distance, minimal, leftmost, not overlapping), but the first group's term comes first in the text,
then the second's, and so on.

Accepts 2 to 8 groups. Refuses a rule without `within`.
"""

from __future__ import annotations

from qualcode.patterns.base import ReadContext, Schema
from qualcode.patterns.distance import WITHIN_SCHEMA, read_distance
from qualcode.patterns.near import Near
from qualcode.patterns.proximity import read_groups
from qualcode.patterns.termlist import TERMS_SCHEMA
from qualcode.yamlnodes import Node

name = "sequence"
keys = ("sequence", "within")
schema: Schema = {
    "sequence": {"type": "array", "minItems": 2, "maxItems": 8, "items": TERMS_SCHEMA},
    "within": WITHIN_SCHEMA,
}


def read(node: Node, context: ReadContext) -> Near | None:
    groups = read_groups(node, "sequence", context)
    distance = read_distance(node.get("within"), node, context)
    return Near(groups, distance, ordered=True) if groups and distance else None
