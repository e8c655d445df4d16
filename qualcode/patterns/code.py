"""code: another code is there already.

    - all: [{code: barrier.law}, [拖, 再说]]
    - {code: [avoidance, field], scope: turn}
    - {code: avoidance, own: true}

With `own` the rules of the code itself are meant, not the codes below it, so a code may ask about one above
it. True where a coding of the code, or of one of its descendants, stands (whether it counts or not): in this
segment, or with `scope: turn` anywhere in its turn. The evidence is that coding's evidence where it lies in
this segment, else the whole segment.

Codes that ask about each other in a circle are a mistake of the codebook.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from qualcode.patterns.base import ITSELF, SCOPES, Looking, Parts, ReadContext, Schema, Scope, View
from qualcode.problems import problem
from qualcode.yamlnodes import Fields, Node

name = "code"
keys = ("code", "scope", "own")
schema: Schema = {
    "code": {"anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]},
    "scope": {"enum": list(SCOPES)},
    "own": {"description": "The code's own rules alone, not the codes below it", "type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Code(Looking):
    """A coding of any of some codes, in the segment or its turn."""

    codes: tuple[str, ...] = field()
    scope: Scope = "segment"

    def find(self, view: View) -> list[Parts]:
        found = dict.fromkeys(parts for code in self.codes for parts in view.coded(code, self.scope))
        return [parts for parts in found if view.allowed(parts)]


def read(node: Node, context: ReadContext) -> Code | None:
    given = tuple(pair for pair in node.entries if pair[0].text in keys)
    fields = Fields(
        Node("map", node.place, entries=given), what="a rule", known=keys, problems=context.problems
    )
    codes = tuple(dict.fromkeys(text.strip() for text in fields.texts("code") if text.strip()))
    scope = cast(Scope, fields.choice("scope", SCOPES, "segment"))
    if not codes and fields.has("code"):
        context.problems.append(
            problem("empty-list", fields.place_of("code"), "no code is named", hint="write the id of a code")
        )
    if fields.yes("own", default=False):
        codes = tuple(ITSELF + code for code in codes)
    return Code(codes, scope) if codes else None
