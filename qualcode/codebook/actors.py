"""Reading actors: who texts speak of, under which names, and of what type and level they are.

actors:
  finance: {name: {zh: 财政局, en: Finance Bureau}, aliases: [财政那边], type: block, level: city}
  police: [公安局, 公安]
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.codebook.cues import Actor
from qualcode.codebook.draft import Written
from qualcode.codebook.keys import ACTOR, ID, names
from qualcode.codebook.reading import check_id, read_texts
from qualcode.codebook.source import Part
from qualcode.model import ACTOR_LEVELS, ACTOR_TYPES
from qualcode.patterns.base import ReadContext
from qualcode.patterns.term import Term, make_term
from qualcode.patterns.termlist import read_terms
from qualcode.yamlnodes import Fields, Node


def read_actors(parts: Sequence[Part], ids: list[Written], context: ReadContext) -> dict[str, Actor]:
    """Read the actors of all parts, the first of equal ids kept. Its names are aliases too."""
    found: dict[str, Actor] = {}
    for part in parts:
        node = part.fields.node("actors")
        if node is None:
            continue
        if node.kind != "map":
            part.fields.say("wrong-type", node.place, "{key!r} is written as 'name: ...' lines", key="actors")
            continue
        for key, value in node.entries:
            check_id(key, "an actor", ID, context.problems)
            ids.append(Written("actor", key.text, key.place))
            found.setdefault(key.text, _read_actor(key, value, context))
    return found


def _read_actor(key: Node, node: Node, context: ReadContext) -> Actor:
    if node.kind != "map":
        return Actor(key.text, {}, read_terms(node, context), key.place)
    fields = Fields(node, what="an actor", known=names(ACTOR), problems=context.problems)
    name = read_texts(fields, "name")
    aliases = fields.node("aliases")
    given = read_terms(aliases, context) if aliases is not None else ()
    made = (make_term(text, fields.place_of("name"), context.problems) for text in name.values())
    named: tuple[Term, ...] = tuple(term for term in made if term)
    if not named and aliases is None:
        fields.say(
            "missing-key",
            fields.place,
            "the actor {actor!r} has no name to be known by",
            hint="give it 'name' or 'aliases'",
            actor=key.text,
        )
    return Actor(
        key.text,
        name,
        tuple(dict.fromkeys((*named, *given))),
        key.place,
        fields.choice("type", ACTOR_TYPES),
        fields.choice("level", ACTOR_LEVELS),
    )
