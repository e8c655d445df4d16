"""Codes: reading them from nodes, putting them in tree order, and giving each its facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.codebook.conditions import read_countable, read_where
from qualcode.codebook.draft import Reference, Written
from qualcode.codebook.keys import CODE, CODE_ID, EXAMPLE, names
from qualcode.codebook.reading import check_id, items_of, prose, read_texts
from qualcode.codebook.records import Code, Example
from qualcode.codebook.rules import code_references, read_excepts, read_rules, read_unless, rule_keys
from qualcode.model import KINDS, ROLES, TALK
from qualcode.patterns.base import ReadContext
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Fields, Node

# What codes have in other programs, and where it goes here.
_OTHER_NAMES = {
    **dict.fromkeys(("label", "title"), "what a code is called stands under 'name'"),
    **dict.fromkeys(
        ("parent", "parent_id"), "the parent of a code is in its id: 'avoidance.fear' is below 'avoidance'"
    ),
    **dict.fromkeys(("description", "memo"), "what a code means stands under 'definition'"),
    **dict.fromkeys(("keywords", "words"), "words to look for are the 'terms' of a rule, under 'rules'"),
}


def _elsewhere() -> dict[str, str]:
    return {**_OTHER_NAMES, **rule_keys()}


def read_code(node: Node, context: ReadContext) -> tuple[Code | None, list[Written], list[Reference]]:
    """Read one code, the ids written in it and what it refers to; None where it has no id."""
    fields = Fields(node, what="a code", known=names(CODE), problems=context.problems, elsewhere=_elsewhere())
    named = fields.require("id")
    code_id = check_id(named, "a code", CODE_ID, context.problems) if named else ""
    fields.require("name")
    if fields.require("definition") is not None and not read_texts(fields, "definition"):
        context.problems.append(
            problem("missing-key", fields.place_of("definition"), "the definition of {code!r} says nothing",
                    hint="write what the code means", code=code_id)
        )  # fmt: skip
    rules, references, given = read_rules(_rule_list(fields), code_id, context)
    unless = fields.node("unless")
    if unless is not None and unless.kind == "map":
        references += code_references(unless, code_id)
    references += _named_codes(fields, code_id)
    facet = fields.text("facet")
    if facet:
        references.append(Reference("facet", code_id, facet, fields.place_of("facet")))
    code = Code(
        id=code_id,
        name=read_texts(fields, "name"),
        facet=facet,
        definition=read_texts(fields, "definition"),
        include=read_texts(fields, "include"),
        exclude=read_texts(fields, "exclude"),
        confused_with=fields.texts("confused_with"),
        examples=_read_examples(fields, "examples"),
        not_examples=_read_examples(fields, "not_examples"),
        rules=rules,
        excepts=read_excepts(fields.node("except"), context),
        unless=read_unless(unless, context),
        where=read_where(fields.node("where"), context.problems),
        countable=read_countable(fields.node("countable"), context.problems),
        place=named.place if named else fields.place,
    )
    if not (named and code_id):
        return None, [], []
    ids = [Written("code", code_id, named.place)]
    ids += [Written("rule", rule_id, where.place) for rule_id, where in given]
    return code, ids, references


def _rule_list(fields: Fields) -> Node | None:
    node = fields.node("rules")
    if node is not None and node.kind != "list":
        fields.say(
            "wrong-type",
            node.place,
            "'rules' takes a list",
            hint="begin each rule on its own line with '- '",
        )
        return None
    return node


def _named_codes(fields: Fields, code_id: str) -> list[Reference]:
    return [
        Reference("confused_with", code_id, item.text, item.place)
        for item in items_of(fields.node("confused_with"))
        if item.kind == "text"
    ]


def _read_examples(fields: Fields, key: str) -> tuple[Example, ...]:
    found = (_read_example(item, fields.problems) for item in items_of(fields.node(key)))
    return tuple(example for example in found if example)


def _read_example(node: Node, problems: list[Problem]) -> Example | None:
    if node.kind == "text":
        text, kind, role = node.text, "interview", "respondent"
    else:
        fields = Fields(node, what="an example", known=names(EXAMPLE), problems=problems)
        fields.require("text")
        text = fields.text("text")
        kind = fields.choice("kind", KINDS, "interview")
        role = fields.choice("role", ROLES, "respondent" if kind in TALK else "")
        if node.kind == "list" or not fields.has("text"):
            return None
    if not prose(text):
        problems.append(
            problem("empty-example", node.place, "an example is empty", hint="write a sentence, or delete it")
        )
        return None
    return Example(prose(text), kind, role, node.place)


def in_tree_order(codes: Sequence[Code]) -> dict[str, Code]:
    """Put codes in tree order, the first of equal ids kept, each with its own or inherited facet.

    A parent comes before its children, siblings in the order written; a code whose parent is missing stands
    where a top code would.
    """
    first: dict[str, Code] = {}
    for code in codes:
        first.setdefault(code.id, code)
    children: dict[str, list[str]] = {}
    for code in first.values():
        children.setdefault(code.parent if code.parent in first else "", []).append(code.id)
    ordered: dict[str, Code] = {}
    waiting = list(reversed(children.get("", [])))
    while waiting:
        code = first[waiting.pop()]
        above = ordered.get(code.parent)
        ordered[code.id] = replace(code, facet=code.facet or (above.facet if above else ""))
        waiting += reversed(children.get(code.id, []))
    return ordered
