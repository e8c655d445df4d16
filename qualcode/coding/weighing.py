"""Which `score` and `count` rules have enough of their words in which segments, for a whole document at once.

Long word lists have a word nearly everywhere and enough of them seldom: to look for each rule wherever one of
its words stands would ask thousands of times for a few answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcode.codebook.records import Codebook
from qualcode.coding.index import Index
from qualcode.coding.occurrences import Lists, Occurrences
from qualcode.patterns.count import Count
from qualcode.patterns.score import Score
from qualcode.text.ordered import begins, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column

SLACK = 1e-6  # sums in another order may differ in their last digits; the rule itself decides


class Weighing:
    """The entries of all `score` and `count` rules, each with its weight."""

    def __init__(self, codebook: Codebook, index: Index) -> None:
        rules = tuple(codebook.rules)
        self._size = max(len(rules), 1)
        self._least = np.full(self._size, -np.inf)  # what is enough at best
        self._alone = np.full(self._size, -np.inf)  # what is, whatever is said elsewhere in the turn
        keys: list[int] = []  # entries of the index, and beside each a weight it brings
        members: list[int] = []
        weights: list[float] = []
        owners: list[int] = []  # the rule of each weight
        for number, rule in enumerate(rules):
            pattern = rule.pattern
            if not isinstance(pattern, Score | Count):
                continue
            places = index.ranks(pattern.terms)
            first = len(weights)
            if isinstance(pattern, Score):
                # What `except` hides may speak against: then only what speaks for it is certain.
                hides = bool(rule.excepts or codebook.codes[rule.code].excepts)
                weights += [max(weight, 0.0) if hides else weight for weight in pattern.weights]
                self._alone[number] = pattern.reach - SLACK
                self._least[number] = (pattern.reach_in_turn or pattern.reach) - SLACK
                its = [pattern.owners[place] for place in places.values()]
            else:
                weights += [1.0] * len(pattern.terms)
                self._alone[number] = self._least[number] = pattern.at_least
                its = [(place,) for place in places.values()]
            keys += [entry for entry, owned in zip(places, its, strict=True) for _ in owned]
            members += [first + owner for owned in its for owner in owned]
            owners += [number] * (len(weights) - first)
        self._of_entry = Lists.by(np.array(keys, np.int64), np.array(members, np.int64), len(index))
        self._weights = np.array(weights, np.float64)
        self._owners = np.array(owners, np.int64)

    def enough(self, occurrences: Occurrences, tries: Column, turns: Column) -> NDArray[np.bool_]:
        """Say which tries, numbers of segments times the number of rules plus rules, may find something.

        `turns` has a number for the turn of every segment, 0 for none.
        """
        least = self._least[tries % self._size]
        if not len(self._weights):
            return np.ones(len(tries), bool)
        row, entry = self._of_entry.each(occurrences.entry)
        each = distinct(occurrences.segment[row] * len(self._weights) + entry)
        entry = each % len(self._weights)
        # Entries are numbered rule by rule, so these are in order too.
        keys = each // len(self._weights) * self._size + self._owners[entry]
        first = begins(keys)
        which, keys = np.cumsum(first) - 1, keys[first]
        sums = np.bincount(which, self._weights[entry], len(keys))
        rules = keys % self._size
        alone = sums >= self._alone[rules]
        turn = turns[keys // self._size] * self._size + rules
        clear = turn[alone & (turn >= self._size)]
        enough = alone | (sums >= self._least[rules]) & np.isin(turn, clear)
        found: NDArray[np.bool_] = (least == -np.inf) | np.isin(tries, keys[enough])
        return found
