"""Which templates qualcode says: found in its own source, so that a catalogue can be checked against them.

Looked at are calls of `problem`, `Problem`, `say`, `complain`, `words`, `remark`, `untold`, `Listed`, `Kind`
and the errors, with their first text and their `hint`. A text chosen by a condition counts with both its
forms; a name stands for all that the same file gives it, a table for all its texts. Texts made at run time
(f-strings) cannot be found here, nor translated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

# The call and how many arguments stand before the template.
CALLS = {
    "problem": 2,
    "Problem": 1,
    "why": 1,
    "say": 0,
    "complain": 0,
    "words": 0,
    "UsageError": 0,
    "StudyError": 0,
    "MachineError": 0,
    "Entry": 1,
    "remark": 0,
    "Listed": 0,
    "Kind": 0,
    "untold": 0,
}
NAME = re.compile(r"(?<!\{)\{([a-z_]+)(?:![rs])?(?::[^{}]*)?\}(?!\})")


def placeholders(template: str) -> frozenset[str]:
    """Return the `{names}` of a template.

    >>> sorted(placeholders("{n} of {all!r} in {{braces}}"))
    ['all', 'n']
    """
    return frozenset(NAME.findall(template))


def templates(package: Path) -> dict[str, str]:
    """Return every template below a folder with the place where it is first said (`file:line`)."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(package.rglob("*.py"))}
    constants = {
        name: values
        for tree in trees.values()
        for name, values in _assigned(tree.body).items()
        if name.isupper() and not name.startswith("_")
    }
    found: dict[str, str] = {}
    for path, tree in trees.items():
        named = {**constants, **_assigned(ast.walk(tree))}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for text in _said(node, named):
                    found.setdefault(text, f"{path.relative_to(package).as_posix()}:{node.lineno}")
    return found


Named: TypeAlias = Mapping[str, Sequence[ast.expr]]


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """What names are given, in the order written."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def _said(call: ast.Call, named: Named) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in CALLS:
        before = CALLS[name]
        if name == "say" and isinstance(call.func, ast.Attribute):
            before = 2  # Fields.say(kind, place, template)
        if len(call.args) > before:
            yield from _texts(call.args[before], named)
        if name == "Problem" and len(call.args) > 3:
            yield from _texts(call.args[3], named)
    elif name != "replace":  # which gives a problem other words
        return
    for keyword in call.keywords:
        if keyword.arg in ("hint", "message"):
            yield from _texts(keyword.value, named)


def _texts(node: ast.expr, named: Named) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value.strip():
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, named)
        yield from _texts(node.orelse, named)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value, named)
    elif isinstance(node, ast.Name):
        rest = {name: values for name, values in named.items() if name != node.id}  # no circles
        for value in named.get(node.id, ()):
            yield from _texts(value, rest)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value, named)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, named)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        for value in (node.func.value, *node.args[1:]):
            yield from _texts(value, named)
