"""How far apart neighbours may stand: `within: 20 characters`, `within: 10 words`, `within: sentence`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qualcode.patterns.base import ReadContext
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Node

Unit = Literal["characters", "words", "sentence"]

_UNITS: dict[str, Unit] = {
    "": "characters",
    "character": "characters",
    "characters": "characters",
    "字": "characters",
    "word": "words",
    "words": "words",
    "词": "words",
}
_SENTENCES = ("sentence", "句", "一句", "同句")
_LIMIT = re.compile(r"(?P<number>[0-9]{1,6})\s*(?P<unit>\w*)")

WITHIN_SCHEMA = {
    "description": "How far apart neighbouring parts may stand",
    "type": ["string", "integer"],
    "examples": ["20 characters", "10 words", "sentence"],
}


@dataclass(frozen=True, slots=True)
class Distance:
    """At most `limit` characters or words between neighbours, or (`sentence`) all in one sentence."""

    limit: int
    unit: Unit


def read_distance(node: Node | None, parent: Node, context: ReadContext) -> Distance | None:
    """Read the `within` of a rule; a missing or misspelt one is a problem."""
    text = node.text.strip().lower() if node and node.kind == "text" else ""
    if text in _SENTENCES:
        return Distance(0, "sentence")
    found = _LIMIT.fullmatch(text)
    if found and found["unit"] in _UNITS:
        return Distance(int(found["number"]), _UNITS[found["unit"]])
    if node is None or node.empty:
        context.problems.append(
            problem(
                "missing-key",
                parent.place,
                "the rule does not say how near its parts must stand",
                hint="add 'within: 20 characters', 'within: 10 words' or 'within: sentence'",
            )
        )
    else:
        context.problems.append(
            problem(
                "bad-distance",
                node.place,
                "'within' cannot be {value!r}",
                hint="write '20 characters', '10 words' or 'sentence'",
                value=node.text or node.kind,
            )
        )
    return None


def read_reach(node: Node, problems: list[Problem]) -> Distance | None:
    """Read how far a cue reaches: `10 characters`, `5 words`, or a number of characters."""
    found = _LIMIT.fullmatch(node.text.strip().lower()) if node.kind == "text" else None
    if found and found["unit"] in _UNITS:
        return Distance(int(found["number"]), _UNITS[found["unit"]])
    problems.append(
        problem(
            "bad-distance",
            node.place,
            "'max' cannot be {value!r}",
            hint="write '10 characters' or '5 words'",
            value=node.text or node.kind,
        )
    )
    return None
