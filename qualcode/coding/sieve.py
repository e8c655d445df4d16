"""Which regular expressions of a codebook can match in which segments at all.

Most expressions cannot match without certain words (`qualcode.patterns.required`): they are possible where
one of these stands; all such words are looked for at once, and then each expression where its own stand. The
others are tried together: the linear-time engine runs a set of expressions in one pass over the text and says
which of them match, not where. A set that cannot hold its states in memory would say "none": a sentinel that
matches everywhere tells that apart, and then every expression counts as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.coding.searched import SEPARATOR, Cuts, batches
from qualcode.patterns.linear import linear_options, searching
from qualcode.patterns.required import plain, required

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column

MOST = 16  # expressions in one set: the states of a set grow with the product of its expressions'
_SENTINEL = 0


class Sieve:
    """Expressions of the linear engine, numbered as they come, each once."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self._numbers = {one: n for n, one in enumerate(dict.fromkeys(expressions))}
        self._known = tuple(self._numbers)
        by_word: dict[str, list[int]] = {}
        others: list[int] = []
        for number, expression in enumerate(self._known):
            words = sorted(required(expression))
            for word in words:
                by_word.setdefault(word, []).append(number)
            if not words:
                others.append(number)
        self._words = _automaton(list(by_word)) if by_word else None
        self._of_word = Lists.of(list(by_word.values()))
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
            texts = cuts.some(batch).each
            for position, number in (self._by_words(texts), self._by_sets(texts)):
                found.append((position + batch.start) * len(self._known) + number)
        both = np.sort(np.concatenate(found))
        return both // max(len(self._known), 1), both % max(len(self._known), 1)

    def _by_words(self, texts: Sequence[str]) -> tuple[Column, Column]:
        if self._words is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        raws = [plain(text) for text in texts]
        text = SEPARATOR.encode().join(raws)
        hits = self._words.find_matches_as_indexes(text, overlapping=True)
        hit = np.fromiter(chain.from_iterable(hits), np.int64, 3 * len(hits)).reshape(-1, 3)
        ends = np.cumsum(np.fromiter(map(len, raws), np.int64, len(raws)) + 1)
        row, number = self._of_word.each(hit[:, 0])
        both = np.unique(ends.searchsorted(hit[:, 1], "right")[row] * len(self._known) + number)
        return self._matching(texts, both // len(self._known), both % len(self._known))

    def _matching(self, texts: Sequence[str], where: Column, number: Column) -> tuple[Column, Column]:
        """Keep the pairs of a segment and an expression that do match: words alone say little."""
        raws = {n: texts[n].encode("utf-8", "surrogatepass") for n in np.unique(where).tolist()}
        known = self._known
        kept = np.fromiter(
            (
                searching(known[m])(raw := raws[n], 0, len(raw))[0] >= 0  # made ready when first needed
                for n, m in zip(where.tolist(), number.tolist(), strict=True)
            ),
            bool,
            len(where),
        )
        return where[kept], number[kept]

    def _by_sets(self, texts: Sequence[str]) -> tuple[Column, Column]:
        raws = [text.encode("utf-8", "surrogatepass") for text in texts] if self._sets else []
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


def _automaton(words: Sequence[str]) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.BytesAhoCorasick(
        [word.encode("utf-8") for word in words],
        matchkind=ahocorasick_rs.MatchKind.Standard,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )


def _together(expressions: Sequence[str]) -> Any:
    import re2

    options = linear_options()
    options.max_mem = 64 << 20
    together = re2.Set.SearchSet(options)
    for expression in ("", *expressions):
        together.Add(expression)
    together.Compile()
    return together
