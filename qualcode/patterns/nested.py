"""Reading a pattern: which kind a map is of, and patterns inside patterns."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.patterns.base import Pattern, ReadContext
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
    known = patterns[kind].keys if kind else tuple(k for member in patterns.values() for k in member.keys)
    Fields(node, what="a rule", known=(*known, *besides), problems=context.problems)
    if not kind:
        # A misspelt kind ('trems') is already said as an unknown key.
        if len(context.problems) == before:
            pattern_kind(node, context)
        return None
    return patterns[kind].read(node, context)
