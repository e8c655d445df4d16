"""All regular expressions of a codebook tried at once, to know which can match in a segment at all.

The linear-time engine runs a set of expressions in one pass over the text and says which of them match, not
where; only those are then searched one by one. A set that cannot hold its states in memory would say "none":
a sentinel that matches everywhere tells that apart, and then every expression counts as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.coding.searched import Cuts
from qualcode.patterns.linear import linear_options

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column

MOST = 250  # expressions in one set; larger sets need memory out of proportion
_SENTINEL = 0


class Sieve:
    """Expressions of the linear engine, numbered as they come, each once."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self._numbers = {one: n for n, one in enumerate(dict.fromkeys(expressions))}
        self._known = known = tuple(self._numbers)
        self._sets = [(start, _together(known[start : start + MOST])) for start in range(0, len(known), MOST)]

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, expression: str) -> int:
        """Return the number of an expression the sieve was made with."""
        return self._numbers[expression]

    def expression(self, number: int) -> str:
        """Return the expression of a number."""
        return self._known[number]

    def present(self, cuts: Cuts) -> tuple[Column, Column]:
        """Return which expressions match somewhere in which segments: positions, and numbers beside them."""
        where: list[int] = []
        numbers: list[int] = []
        if self._sets:
            for position, text in enumerate(cuts.each):
                for number in self._matching(text.encode("utf-8", "surrogatepass")):
                    where.append(position)
                    numbers.append(number)
        return np.array(where, np.int64), np.array(numbers, np.int64)

    def _matching(self, raw: bytes) -> list[int]:
        found: list[int] = []
        for start, together in self._sets:
            matched = together.Match(raw) or ()
            if _SENTINEL not in matched:
                matched = range(1, min(MOST, len(self._numbers) - start) + 1)
            found += [start + n - 1 for n in matched if n != _SENTINEL]
        return found


def _together(expressions: Sequence[str]) -> Any:
    import re2

    options = linear_options()
    options.max_mem = 256 << 20
    together = re2.Set.SearchSet(options)
    for expression in ("", *expressions):
        together.Add(expression)
    together.Compile()
    return together
