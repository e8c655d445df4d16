"""Lists of terms in a rule: a text, a list of texts, `$lexicon`, or any mixture."""

from __future__ import annotations

import re
from itertools import chain

from qualcode.patterns.base import ReadContext, Schema
from qualcode.patterns.term import ORDINARY, Term, read_term
from qualcode.problems import problem
from qualcode.registry import did_you_mean
from qualcode.yamlnodes import Node

# A dollar sign before a letter names a lexicon; $5 is an ordinary term.
_LEXICON = re.compile(r"\$(?=[^\W\d])(?P<name>[\w.]+)")

TERMS_SCHEMA: Schema = {
    "description": "A term, $lexicon, or a list of them",
    "anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": ["string", "number"]}}],
}


def read_terms(node: Node, context: ReadContext) -> tuple[Term, ...]:
    """Read a term, a `$lexicon` or a list of them, in the order written, equal ones once.

    A map by language (`{zh: [...], en: [...]}`) is read as all of them together. Mistakes go to
    `context.problems`; an empty list is one, and gives an empty tuple.
    """
    if node.kind == "text" and not node.empty:
        return _terms(node, context)
    if node.kind == "map":
        items = [item for _, value in node.entries for item in _items(value)]
    else:
        items = _items(node)
    if not items:
        context.problems.append(
            problem("empty-list", node.place, "no terms are listed", hint="write at least one")
        )
    found = [_terms(item, context) for item in items]
    if len(found) == 1:  # a lexicon holds each of its terms once
        return found[0]
    once: dict[str, Term] = {}
    for term in chain.from_iterable(found):
        once.setdefault(term.text, term)
    return tuple(once.values())


def _terms(node: Node, context: ReadContext) -> tuple[Term, ...]:
    if node.kind == "text" and ORDINARY.fullmatch(node.text):
        return (Term(node.text, (node.text,), node.place),)
    lexicon = _LEXICON.fullmatch(node.text.strip()) if "$" in node.text else None
    if lexicon:
        return _lexicon(lexicon["name"], node, context)
    term = read_term(node, context.problems)
    return (term,) if term else ()


def _items(node: Node) -> list[Node]:
    if node.kind == "list":
        return list(node.items)
    return [] if node.empty else [node]


def _lexicon(name: str, node: Node, context: ReadContext) -> tuple[Term, ...]:
    if name in context.lexicons:
        return context.lexicons[name]
    context.problems.append(
        problem(
            "unknown-lexicon",
            node.place,
            "no lexicon is named {name!r}",
            hint=did_you_mean(name, context.lexicons) or "define it under lexicons",
            name=name,
        )
    )
    return ()
