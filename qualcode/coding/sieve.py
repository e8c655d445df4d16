"""Which regular expressions of a codebook can match in which segments at all.

Most expressions cannot match without certain words (`qualcode.patterns.required`): they are possible where
these stand; all such words are looked for at once, and then each expression where its own stand. The others
are tried together: the linear-time engine runs a set of expressions in one pass over the text and says which
of them match, not where. A set that cannot hold its states in memory would say "none": a sentinel that
matches everywhere tells that apart, and then every expression counts as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.coding.searched import Cuts, batches
from qualcode.coding.wording import Wording
from qualcode.patterns.linear import linear_options, searching
from qualcode.patterns.required import ways_of
from qualcode.text.ordered import begins, distinct

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column

MOST = 16  # expressions in one set: the states of a set grow with the product of its expressions'
_SENTINEL = 0


class Sieve:
    """Expressions of the linear engine, numbered as they come, each once."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self._numbers = {one: n for n, one in enumerate(dict.fromkeys(expressions))}
        self._known = tuple(self._numbers)
        ways = {number: ways_of(expression) for number, expression in enumerate(self._known)}
        self._worded = np.array([number for number, its in ways.items() if its], np.int64)
        self._wording = Wording([its for its in ways.values() if its])
        others = [number for number, its in ways.items() if not its]
        self._sets = [
            (some, _together([self._known[number] for number in some]))
            for some in (others[start : start + MOST] for start in range(0, len(others), MOST))
        ]

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, expression: str) -> int:
        """Return the number of an expression the sieve was made with."""
        return self._numbers[expression]

    def expression(self, number: int) -> str:
        """Return the expression of a number."""
        return self._known[number]

    def present(self, cuts: Cuts) -> tuple[Column, Column]:
        """Return which expressions may match in which segments: positions, and numbers beside them.

        None that matches is left out; each is named once for a segment.
        """
        found = [np.zeros(0, np.int64)]
        for batch in batches(cuts) if self._known else ():
            some = cuts.some(batch)
            for position, number in (self._by_words(some), self._by_sets(some)):
                found.append((position + batch.start) * len(self._known) + number)
        both = np.sort(np.concatenate(found))
        return both // max(len(self._known), 1), both % max(len(self._known), 1)

    def _by_words(self, cuts: Cuts) -> tuple[Column, Column]:
        """Return the pairs of a segment and an expression that do match, among those whose words stand."""
        where, number = self._wording.standing(cuts)
        number = self._worded[number]
        asked = distinct(where)
        raws = dict(zip(asked.tolist(), map(_raw, cuts.some(asked).each), strict=True))
        # Expression by expression: what the engine has worked out for one stays in the processor's cache.
        order = np.argsort(number, kind="stable")
        where, number = where[order], number[order]
        edges = np.flatnonzero(begins(number)).tolist()
        kept = np.zeros(len(number), bool)
        places = where.tolist()
        for first, last in pairwise([*edges, len(places)]):
            search = searching(self._known[int(number[first])])  # made ready when first needed
            kept[first:last] = [search(raw := raws[n], 0, len(raw))[0] >= 0 for n in places[first:last]]
        return where[kept], number[kept]

    def _by_sets(self, cuts: Cuts) -> tuple[Column, Column]:
        raws = list(map(_raw, cuts.each)) if self._sets else []
        where: list[int] = []
        numbers: list[int] = []
        for some, together in self._sets:
            for position, raw in enumerate(raws):
                matched = together.Match(raw) or ()
                if _SENTINEL not in matched:
                    matched = range(1, len(some) + 1)
                for n in matched:
                    if n != _SENTINEL:
                        where.append(position)
                        numbers.append(some[n - 1])
        return np.array(where, np.int64), np.array(numbers, np.int64)


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _together(expressions: Sequence[str]) -> Any:
    import re2

    options = linear_options()
    options.max_mem = 64 << 20
    together = re2.Set.SearchSet(options)
    for expression in ("", *expressions):
        together.Add(expression)
    together.Compile()
    return together
