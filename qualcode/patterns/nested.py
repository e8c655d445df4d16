"""Reading a pattern: which kind a map is of, and patterns inside patterns."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.patterns.base import Pattern, ReadContext
from qualcode.patterns.termlist import read_terms
from qualcode.patterns.terms import Terms
from qualcode.problems import problem
from qualcode.yamlnodes import Fields, Node


def pattern_kind(node: Node, context: ReadContext) -> str:
    """Return the kind a map is of: its one key that names a kind; "" after saying what is wrong."""
    from qualcode.patterns import patterns  # the registry names the modules that import this one

    given = [key for key, _ in node.entries if key.text in patterns]
    if len(given) == 1:
        return given[0].text
    if given:
        context.problems.append(
            problem(
                "two-patterns",
                given[1].place,
                "{second!r} stands beside {first!r}; a rule is of one kind",
                hint="make two rules of it, or put both under 'all'",
                first=given[0].text,
                second=given[1].text,
            )
        )
    else:
        context.problems.append(
            problem(
                "no-pattern",
                node.place,
                "nothing says what to look for",
                hint="write one of: {kinds}",
                kinds=", ".join(sorted(patterns)),
            )
        )
    return ""


def read_pattern(node: Node, context: ReadContext, *, besides: Iterable[str] = ()) -> Pattern | None:
    """Read a map as a pattern of the kind it names; None after saying what is wrong.

    `besides` are keys the caller reads itself (`id`, `weight`, `scope`). Other unknown keys are problems.
    """
    from qualcode.patterns import patterns

    if node.kind != "map":
        Fields(node, what="a pattern", known=tuple(patterns), problems=context.problems)
        return None
    before = len(context.problems)
    kind = pattern_kind(node, ReadContext(problems=[]))
    members = [patterns[kind]] if kind else list(patterns.values())
    known = dict.fromkeys(key for member in members for key in member.keys)
    Fields(node, what="a rule", known=(*known, *besides), problems=context.problems)
    if not kind:
        # A misspelt kind ('trems') is already said as an unknown key.
        if len(context.problems) == before:
            pattern_kind(node, context)
        return None
    return patterns[kind].read(node, context)


def read_nested(node: Node, key: str, context: ReadContext) -> tuple[Pattern, ...]:
    """Read the list under a key: each item a map (a pattern) or terms; empty after saying what is wrong."""
    listed = node.get(key)
    if listed is None or listed.kind != "list" or not listed.items:
        context.problems.append(
            problem(
                "empty-list",
                listed.place if listed else node.place,
                "{key!r} takes a list of patterns",
                hint="write it like {key}: [[数据, 信息], {{regex: '不.?给'}}]",
                key=key,
            )
        )
        return ()
    found = [_read_item(item, context) for item in listed.items]
    return tuple(one for one in found if one) if all(found) else ()


def _read_item(item: Node, context: ReadContext) -> Pattern | None:
    if item.kind == "map":
        return read_pattern(item, context)
    terms = read_terms(item, context)
    return Terms(terms) if terms else None
