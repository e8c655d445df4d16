"""Reading `paths`: chains of codes that a theory states, as hypotheses about the material.

paths:
  - id: chain
    name: {zh: 因果链, en: Chain}
    note: The study names drivers, strategies, principles and logics in parallel order.
    levels: [driver, strategy, principle, logic]        # facets, in the order of the chain; two to six
    stated:                                             # what goes with what; a level left out may be anything
      - {driver: driver.pressure, strategy: strategy.task_completion, principle: principle.do_nothing, logic: avoidance}
      - {driver: [driver.motivation, driver.ambition], logic: innovation}

The codes of a level are the top codes of its facet, or, where the facet has one top code, those below it. A
theory codes nothing and leaves nothing out: `qualcode analyze paths` says how far chains conform to it.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from qualcode.codebook.draft import Reference, Written
from qualcode.codebook.keys import ID, THEORY, names
from qualcode.codebook.reading import check_id, items_of, read_texts
from qualcode.codebook.records import LEVELS, Theory
from qualcode.codebook.source import Part
from qualcode.problems import Problem
from qualcode.yamlnodes import Fields, Node


def read_theories(
    parts: Sequence[Part], ids: list[Written], problems: list[Problem]
) -> tuple[dict[str, Theory], list[Reference]]:
    """Read the theories of all parts, the first of equal ids kept, and the facets and codes they name."""
    found: dict[str, Theory] = {}
    references: list[Reference] = []
    for part in parts:
        node = part.fields.node("paths")
        if node is None:
            continue
        if node.kind != "list":
            part.fields.say(
                "wrong-type", node.place, "'paths' takes a list", hint="begin each with '- id: ...'"
            )
            continue
        for item in node.items:
            theory = _read_theory(item, ids, references, problems)
            if theory is not None:
                found.setdefault(theory.id, theory)
    return found, references


def _read_theory(
    node: Node, ids: list[Written], references: list[Reference], problems: list[Problem]
) -> Theory | None:
    fields = Fields(node, what="a path", known=names(THEORY), problems=problems)
    named = fields.require("id")
    levels_node = fields.require("levels")
    if named is None or levels_node is None:
        return None
    name = check_id(named, "a path", ID, problems)
    ids.append(Written("path", name, named.place))
    levels = tuple(dict.fromkeys(fields.texts("levels")))
    for item in items_of(levels_node):
        references.append(Reference("facet", name, item.text, item.place))
    if not LEVELS[0] <= len(levels) <= LEVELS[1] or len(levels) < len(fields.texts("levels")):
        fields.say(
            "bad-levels",
            levels_node.place,
            "the levels of a path are {least} to {most} different facets",
            hint="name them in the order of the chain",
            least=LEVELS[0],
            most=LEVELS[1],
        )
        return None
    stated = tuple(
        made
        for item in items_of(fields.node("stated"))
        if (made := _read_stated(item, levels, references, problems))
    )
    return Theory(name, read_texts(fields, "name"), read_texts(fields, "note"), levels, stated, node.place)


def _read_stated(
    node: Node, levels: tuple[str, ...], references: list[Reference], problems: list[Problem]
) -> dict[str, tuple[str, ...]]:
    fields = Fields(node, what="a stated path", known=levels, problems=problems)
    made = {level: fields.texts(level) for level in levels if fields.has(level)}
    for level in made:
        for item in items_of(fields.node(level)):
            references.append(Reference("path", level, item.text, item.place))
    if node.kind == "map" and len(made) < LEVELS[0]:
        fields.say(
            "bad-path",
            fields.place,
            "a stated path names codes of two levels or more",
            hint="levels: {levels}",
            levels=", ".join(levels),
        )
    return made
