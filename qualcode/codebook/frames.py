"""Constructs: 不是{X}而是{Y}, not {X} but {Y}. Reading one from its text."""

from __future__ import annotations

import re

from qualcode.codebook.cues import Frame
from qualcode.patterns.term import make_term
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Node

_SLOT = re.compile(r"\s*\{([A-Z])\}\s*")


def read_frame(node: Node, problems: list[Problem]) -> Frame | None:
    """Read a construct; None after saying what is wrong.

    Slots are single capital letters in braces, each once, with words between two of them; there is at least
    one slot and one word. Spaces next to a slot do not count.
    """
    if node.kind != "text":
        problems.append(_bad(node, "it is not a text"))
        return None
    pieces = _SLOT.split(node.text.strip())
    words, slots = pieces[0::2], pieces[1::2]
    if not slots:
        problems.append(_bad(node, "it has no slot"))
    elif len(set(slots)) < len(slots):
        problems.append(_bad(node, "a slot stands twice"))
    elif not all(words[1:-1]) or not any(words):
        problems.append(_bad(node, "no word stands between two slots"))
    elif any("…" in word or "{" in word or "}" in word for word in words):
        problems.append(_bad(node, "between slots stand plain words"))
    else:
        literals = [make_term(word, node.place, problems) for word in words if word]
        if all(literals):
            before = ("",) if words[0] else ()
            behind = ("",) if words[-1] else ()
            found = tuple(literal for literal in literals if literal)
            return Frame(node.text.strip(), found, (*before, *slots, *behind))
    return None


def _bad(node: Node, what: str) -> Problem:
    return problem(
        "bad-construct",
        node.place,
        "{pattern!r} is not a construct: {what}",
        hint="write words and slots: '不是{{X}}而是{{Y}}'",
        pattern=node.text or node.kind,
        what=what,
    )
