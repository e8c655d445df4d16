"""The same term twice: in a list, in two rules of a code, in two codes of one facet.

- terms: [不给, 拒绝, 不给]         # note[repeated-term]
- terms: [數據, 数据]               # note[repeated-term] where `fold` has script: they are one
- {id: a, terms: [推诿]}            # with {id: b, terms: [推诿]} in another code of the facet:
- {id: b, terms: [推诿]}            # note[shared-term]; a warning where the facet is exclusive

Rules of one code are compared where their limits are the same; rules of two codes where they are of the kind
`terms` and without conditions. Terms shared by groups of combinations are no mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from qualcode.codebook.checks.lint.looking import by_terms, folded, listed, same_limits
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Code, Codebook
from qualcode.patterns.term import Term, make_term
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Node

_LISTS = ("rules", "except", "unless", "lexicons", "context", "actors")


def check(subject: Subject) -> list[Problem]:
    found: list[Problem] = []
    for part in subject.parts:
        for node in _listing(part.fields.source) if part.fields.source else ():
            found += _in_list(node, subject.codebook.fold)
    for code in subject.codebook.codes.values():
        found += _in_code(code, subject.codebook)
    return [*found, *_in_facet(subject.codebook)]


def _listing(top: Node) -> Iterator[Node]:
    """Yield the nodes below which every list of texts is one of terms."""
    for key in _LISTS:
        if (node := top.get(key)) is not None:
            yield node
    codes = top.get("codes")
    for code in codes.items if codes is not None else ():
        for key in _LISTS:
            if (node := code.get(key)) is not None:
                yield node


def _in_list(node: Node, kinds: frozenset[str]) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for item in node.items if node.kind == "list" else ():
        if item.kind != "text" or (term := make_term(item.text, item.place, [])) is None:
            continue
        before = first.setdefault(folded(term, kinds), item)
        if before is not item:
            yield problem(
                "repeated-term",
                item.place,
                "{term!r} is listed already, as {before!r} on line {line}",
                hint="take one out; 'fold' makes them equal" if item.text != before.text else "take one out",
                severity="note",
                term=item.text,
                before=before.text,
                line=before.place.line,
            )
    for child in (*node.items, *(value for _, value in node.entries)):
        yield from _in_list(child, kinds)


def _in_code(code: Code, book: Codebook) -> Iterator[Problem]:
    rules = [(rule, _keyed(terms, book.fold)) for rule, terms in by_terms(code)]
    for (one, its), (other, others) in combinations(rules, 2):
        common = [text for key, text in others.items() if key in its]
        if common and same_limits(one, other):
            yield problem(
                "repeated-term",
                other.place,
                "{terms} of {rule!r} stand in {first!r} of this code too",
                hint="one of the two is enough: each rule counts once, the weights of both are added",
                severity="note",
                terms=listed(common),
                rule=other.id,
                first=one.id,
            )


def _in_facet(book: Codebook) -> Iterator[Problem]:
    plain = [
        (code, rule, _keyed(terms, book.fold))
        for code in book.codes.values()
        if not (code.where or code.unless)
        for rule, terms in by_terms(code)
        if not (rule.where or rule.unless) and rule.weight >= 1
    ]
    for (one, first, its), (other, second, others) in combinations(plain, 2):
        if one.id == other.id or one.facet != other.facet or _related(one, other):
            continue
        common = [text for key, text in others.items() if key in its]
        if common:
            facet = book.facets.get(one.facet)
            yield problem(
                "shared-term",
                second.place,
                "{terms} make both {other!r} and {code!r} stand (rules {first!r} and {rule!r})",
                hint="give them to one of the two, or say in a 'near' what makes the difference",
                severity="warning" if facet and facet.exclusive else "note",
                terms=listed(common),
                code=other.id,
                other=one.id,
                first=first.id,
                rule=second.id,
            )


def _related(one: Code, other: Code) -> bool:
    return one.id.startswith(other.id + ".") or other.id.startswith(one.id + ".")


def _keyed(terms: tuple[Term, ...], kinds: frozenset[str]) -> dict[str, str]:
    """Terms as written, by how they are compared."""
    return {folded(term, kinds): term.text for term in terms}
