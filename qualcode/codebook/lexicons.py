"""Lexicons: named term lists, which may name each other.

lexicons:
  refusal: {zh: [不给, 不予, 拒绝], en: [refus*, cannot share]}
  hindrance: [$refusal, 卡住]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qualcode.codebook.records import LANGUAGES
from qualcode.patterns.base import ReadContext
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import read_terms
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Fields, Node

_NAMED = re.compile(r"\$([^\W\d][\w.]*)")


def read_lexicons(nodes: Mapping[str, Node], problems: list[Problem]) -> dict[str, tuple[Term, ...]]:
    """Read all lexicons, the ones they name put in their place.

    Lexicons that name each other in a circle are one problem per circle and come out without the terms of the
    circle. Terms of one lexicon are unique and in the order written, zh before en as written.
    """
    done: dict[str, tuple[Term, ...]] = {}
    for name in nodes:
        _read(name, nodes, done, [], problems)
    return {name: done[name] for name in nodes}


def _read(
    name: str,
    nodes: Mapping[str, Node],
    done: dict[str, tuple[Term, ...]],
    chain: list[str],
    problems: list[Problem],
) -> None:
    if name in done:
        return
    node = nodes[name]
    chain = [*chain, name]
    for used in _names_in(node):
        target = used.text.strip()[1:]
        if target in chain:
            circle = [*chain[chain.index(target) :], target]
            problems.append(
                problem(
                    "lexicon-cycle",
                    used.place,
                    "lexicons name each other in a circle: {chain}",
                    hint="take one of these names out",
                    chain=" -> ".join("$" + step for step in circle),
                )
            )
            done[target] = ()  # so that nothing else is said about it
        elif target in nodes:
            _read(target, nodes, done, chain, problems)
    if node.kind == "map":
        Fields(node, what="a lexicon", known=LANGUAGES, problems=problems)
    # A name that is not there is said by read_terms; all that are there have been read by now.
    known = {**dict.fromkeys(nodes, ()), **done}
    done[name] = read_terms(node, ReadContext(lexicons=known, problems=problems))


def _names_in(node: Node) -> Iterator[Node]:
    if node.kind == "text":
        if _NAMED.fullmatch(node.text.strip()):
            yield node
        return
    for child in (*node.items, *(value for _, value in node.entries)):
        yield from _names_in(child)
