"""Which templates qualcode says: found in its own source, so that a catalogue can be checked against them.

Looked at are calls of `problem`, `Problem`, `say`, `complain`, `words`, `remark`, `Listed` and the errors,
with their first text and their `hint`; a text chosen by a condition counts with both its forms. Texts made at
run time (f-strings, variables) cannot be found here, nor translated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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
    found: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for text in _said(node):
                    found.setdefault(text, f"{path.relative_to(package).as_posix()}:{node.lineno}")
    return found


def _said(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in CALLS:
        return
    before = CALLS[name]
    if name == "say" and isinstance(call.func, ast.Attribute):
        before = 2  # Fields.say(kind, place, template)
    if len(call.args) > before:
        yield from _texts(call.args[before])
    if name == "Problem" and len(call.args) > 3:
        yield from _texts(call.args[3])
    for keyword in call.keywords:
        if keyword.arg in ("hint", "message"):
            yield from _texts(keyword.value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value.strip():
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value)
