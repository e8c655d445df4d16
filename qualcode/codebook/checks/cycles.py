"""Rules that ask about codes never run in a circle.

A rule that asks about a code asks about its descendants too, so a rule of `avoidance.security` that asks
about `avoidance` asks about itself, unless it asks about that code's `own` rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.draft import Draft, Reference
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    codebook = draft.codebook
    asks: dict[str, list[tuple[str, Reference]]] = {}
    for reference in draft.references:
        if reference.kind == "rule" and reference.target in codebook.codes:
            asked: tuple[str, ...] = (reference.target,)
            if not reference.own:
                asked += codebook.descendants(reference.target)
            asks.setdefault(reference.source, []).extend((code, reference) for code in asked)
    problems: list[Problem] = []
    for circle, closing in _circles(asks):
        problems.append(
            problem(
                "code-cycle",
                closing.place,
                "rules ask about each other's codes in a circle: {chain}",
                hint="a code cannot rest on itself; asking about a code asks about its descendants too, "
                "unless it says own: true",
                chain=" -> ".join(circle),
            )
        )
    return problems


def _circles(asks: dict[str, list[tuple[str, Reference]]]) -> Iterator[tuple[list[str], Reference]]:
    """Walk depth first, codes in order; yield each circle once, with the reference that closes it."""
    finished: set[str] = set()
    for start in asks:
        if start in finished:
            continue
        chain = [start]
        steps = [iter(asks[start])]
        while steps:
            following = next(steps[-1], None)
            if following is None:
                finished.add(chain.pop())
                steps.pop()
                continue
            code, reference = following
            if code in chain:
                yield [*chain[chain.index(code) :], code], reference
            elif code not in finished and code in asks:
                chain.append(code)
                steps.append(iter(asks[code]))
