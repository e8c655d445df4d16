"""Rules, `except` and `unless`: everything round a pattern. The pattern reads its own keys."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.conditions import read_where
from qualcode.codebook.draft import Reference
from qualcode.codebook.keys import CODE_ID, RULE, UNLESS, names
from qualcode.codebook.reading import check_id, in_one_line, items_of
from qualcode.codebook.records import Rule, Unless
from qualcode.patterns import patterns
from qualcode.patterns.base import ReadContext
from qualcode.patterns.nested import pattern_kind, read_pattern
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import read_terms
from qualcode.problems import problem
from qualcode.yamlnodes import YES, Fields, Node


def read_rules(
    node: Node | None, code: str, context: ReadContext
) -> tuple[tuple[Rule, ...], list[Reference], list[tuple[str, Node]]]:
    """Read the rules of a code; with them the codes they ask about, and the rule ids given.

    A rule that cannot be read is left out after saying why; the numbers of the others do not change.
    """
    rules: list[Rule] = []
    references: list[Reference] = []
    given: list[tuple[str, Node]] = []
    for number, item in enumerate(items_of(node), start=1):
        fields = _open(item, "a rule", context)
        if fields is None:
            continue
        named = fields.node("id")
        rule_id = check_id(named, "a rule", CODE_ID, context.problems) if named else ""
        if named and rule_id:
            given.append((rule_id, named))
        references += code_references(item, code)
        rule = _read_rule(item, fields, rule_id or f"{code}:{number}", code, context)
        if rule:
            rules.append(rule)
    return tuple(rules), references, given


def _read_rule(node: Node, fields: Fields, rule_id: str, code: str, context: ReadContext) -> Rule | None:
    pattern = read_pattern(node, context, besides=names(RULE))
    excepts = read_excepts(fields.node("except"), context)
    unless = read_unless(fields.node("unless"), context)
    where = read_where(fields.node("where"), context.problems)
    weight = fields.number("weight", 1.0, above=0)
    nested = fields.choice("nested", ("keep",))
    if pattern is None:
        return None
    return Rule(
        id=rule_id,
        code=code,
        kind=pattern_kind(node, ReadContext()),
        pattern=pattern,
        excepts=excepts,
        unless=unless,
        where=where,
        weight=weight,
        nested_keep=nested == "keep",
        written=in_one_line(node, besides=names(RULE)),
        place=node.place,
    )


def read_excepts(node: Node | None, context: ReadContext) -> tuple[Term, ...]:
    """Read `except`: a term, a `$lexicon` or a list of them."""
    return read_terms(node, context) if node is not None else ()


def read_unless(node: Node | None, context: ReadContext) -> Unless | None:
    """Read `unless`: terms, or a pattern with the scope to look in.

    `unless: [已经共享, $sharing]` is short for `unless: {terms: [已经共享, $sharing]}`.
    """
    if node is None:
        return None
    place = node.place
    if node.kind != "map":
        node = Node("map", place, entries=((Node("text", place, plain=True, text="terms"), node),))
    fields = _open(node, "'unless'", context)
    scope = fields.choice("scope", ("segment", "turn"), "segment") if fields else "segment"
    pattern = read_pattern(node, context, besides=names(UNLESS))
    if pattern is None:
        return None
    written = in_one_line(node, besides=names(UNLESS))
    return Unless(pattern, "turn" if scope == "turn" else "segment", written, place)


def _open(node: Node, what: str, context: ReadContext) -> Fields | None:
    """Open a map whose unknown keys `read_pattern` reports; None after saying that it is no map."""
    if node.kind != "map":
        context.problems.append(
            problem(
                "wrong-type",
                node.place,
                "{what} is written as 'key: value', not as a {given}",
                hint="write it like {{terms: [不予共享, refus*]}}; kinds: {kinds}",
                what=what,
                given=node.kind,
                kinds=", ".join(sorted(patterns)),
            )
        )
        return None
    return Fields(
        node, what=what, known=tuple(key.text for key, _ in node.entries), problems=context.problems
    )


def code_references(node: Node, source: str) -> Iterator[Reference]:
    """Find the codes that patterns in a map ask about, with their places."""
    for key, value in node.entries:
        if key.text == "code":
            for item in items_of(value):
                if item.kind == "text":
                    own = node.get("own")
                    alone = own is not None and own.text.strip().lower() in YES
                    yield Reference("rule", source, item.text.strip(), item.place, alone)
        else:
            yield from _references_below(value, source)


def _references_below(node: Node, source: str) -> Iterator[Reference]:
    if node.kind == "map":
        yield from code_references(node, source)
    for item in node.items:
        yield from _references_below(item, source)


def rule_keys() -> dict[str, str]:
    """Return where the keys of patterns and rules belong, for whoever wrote them beside `rules`."""
    keys = [key for member in patterns.values() for key in member.keys] + ["weight", "nested"]
    return dict.fromkeys(keys, "it belongs to a rule, in the list under 'rules'")
