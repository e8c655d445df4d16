"""Which `score` and `count` rules have enough of their words in which segments, for a whole document at once.

Long word lists have a word nearly everywhere and enough of them seldom: to look for each rule wherever one of
its words stands would ask thousands of times for a few answers. What a `score` shows of its words is chosen
here too, wherever no excepted phrase may hide some of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.codebook.records import Codebook
from qualcode.coding.index import Index
from qualcode.coding.occurrences import Lists, Occurrences
from qualcode.patterns.count import Count
from qualcode.patterns.score import ROUNDING, Score
from qualcode.text.ordered import begins, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column

SLACK = 1e-6  # sums in another order may differ in their last digits; the rule itself decides


class Weighed(NamedTuple):
    """Where enough of a rule's words stand; a key is the number of a segment times that of all rules plus the
    number of the rule.
    """

    keys: Column  # in order, each once
    settled: NDArray[
        np.bool_
    ]  # whether it is known what the rule finds: the words in `rows`, and nothing else
    places: Column  # among the keys
    rows: Column  # beside each place an occurrence: what a settled rule shows, or any of the words of another


class Weighing:
    """The entries of all `score` and `count` rules, each with its weight."""

    def __init__(self, codebook: Codebook, index: Index) -> None:
        rules = tuple(codebook.rules)
        self._size = max(len(rules), 1)
        self.weighs = np.zeros(len(rules), bool)  # which rules are of these kinds
        self._scores = np.zeros(self._size, bool)
        self._reach = np.full(self._size, np.inf)
        self._in_turn = np.full(self._size, np.inf)  # what is enough where the turn is clear elsewhere
        keys: list[int] = []  # entries of the index, and beside each the number of an entry of a rule
        sizes: list[int] = []  # how many of them each entry of a rule has
        weights: list[float] = []
        owners: list[int] = []  # the rule of each weight
        for number, rule in enumerate(rules):
            pattern = rule.pattern
            if not isinstance(pattern, Score | Count):
                continue
            self.weighs[number] = True
            if isinstance(pattern, Score):
                self._scores[number] = True
                self._reach[number] = pattern.reach - ROUNDING
                if pattern.reach_in_turn is not None:
                    self._in_turn[number] = pattern.reach_in_turn - ROUNDING
                its = list(map(index.listed, pattern.entries))
                weights += pattern.weights
            else:
                self._reach[number] = pattern.at_least
                its = [[entry] for entry in index.listed(pattern.terms)]
                weights += [1.0] * len(its)
            sizes += map(len, its)
            keys += [entry for one in its for entry in one]
            owners += [number] * len(its)
        members = np.repeat(np.arange(len(sizes)), sizes)
        self._of_entry = Lists.by(np.array(keys, np.int64), members, len(index))
        self._weights = np.array(weights, np.float64)
        self._owners = np.array(owners, np.int64)

    def weighed(self, occurrences: Occurrences, turns: Column, excepted: Column) -> Weighed:
        """Say which rules have enough of their words in which segments, and what they show of them.

        `turns` has a number for the turn of every segment, 0 for none; `excepted` are the keys, in order, of
        rules of which an excepted phrase stands in the segment.
        """
        if not len(self._weights) or not len(occurrences.segment):
            return _NOTHING
        row, member = self._of_entry.each(occurrences.entry)
        pairs = occurrences.segment[row] * len(self._weights) + member
        each = distinct(pairs)
        member = each % len(self._weights)
        # Entries are numbered rule by rule, so these are in order too.
        keys = each // len(self._weights) * self._size + self._owners[member]
        first = begins(keys)
        which, keys, weights = np.cumsum(first) - 1, keys[first], self._weights[member]
        rules = keys % self._size
        sums = np.bincount(which, weights, len(keys))
        clear = sums >= self._reach[rules]
        turn = turns[keys // self._size] * self._size + rules
        enough = clear | (sums >= self._in_turn[rules]) & np.isin(turn, turn[clear & (turn >= self._size)])
        hidden = np.isin(keys, excepted)
        # What an exception hides may speak against: then only what speaks for it is certain.
        least = np.minimum(self._reach, self._in_turn)[rules] - SLACK
        enough |= hidden & (np.bincount(which, np.maximum(weights, 0.0), len(keys)) >= least)
        settled = enough & ~hidden & self._scores[rules]
        reach = np.where(clear, self._reach[rules], self._in_turn[rules])
        asked = _heaviest(which, weights, settled, reach)
        asked |= (enough & ~settled)[which]
        keys, settled = keys[enough], settled[enough]
        row, pairs = self._rows(each[asked], occurrences, row, pairs)
        segment, member = pairs // len(self._weights), pairs % len(self._weights)
        places = keys.searchsorted(segment * self._size + self._owners[member])
        kept = begins(pairs) | ~settled[places]  # of each entry its first words
        return Weighed(keys, settled, places[kept], row[kept])

    def _rows(
        self, wanted: Column, occurrences: Occurrences, row: Column, pairs: Column
    ) -> tuple[Column, Column]:
        """Return the rows of some pairs of a segment and an entry, by pair and where the words stand."""
        segments = np.zeros(int(occurrences.segment[-1]) + 1, bool)
        segments[wanted // len(self._weights)] = True
        some = np.flatnonzero(segments[occurrences.segment][row])
        pairs = pairs[some]
        place = wanted.searchsorted(pairs)
        found = wanted.take(place, mode="clip") == pairs if len(wanted) else np.zeros(len(pairs), bool)
        row, pairs = row[some[found]], pairs[found]
        order = np.lexsort((_rank(occurrences, row), occurrences.end[row], occurrences.start[row], pairs))
        return row[order], pairs[order]


def _heaviest(
    which: Column, weights: NDArray[np.float64], wanted: NDArray[np.bool_], reach: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Choose the heaviest entries of each wanted key, of equals the first, as few as come to its reach.

    `which` has the key of every entry, in order; they are added up one after the other, as a rule does.
    """
    chosen = np.zeros(len(which), bool)
    entries = np.flatnonzero(wanted[which])
    entries = entries[np.lexsort((-weights[entries], which[entries]))]
    at = np.flatnonzero(begins(which[entries]))
    ends = np.append(at[1:], len(entries))
    reach, come_to = reach[wanted], np.zeros(len(at))
    while len(at):
        entry = entries[at]
        chosen[entry] = True
        come_to += weights[entry]
        at = at + 1
        going_on = (come_to < reach) & (at < ends)
        at, ends, reach, come_to = at[going_on], ends[going_on], reach[going_on], come_to[going_on]
    return chosen


def _rank(occurrences: Occurrences, row: Column) -> Column:
    """Order occurrences on the same stretch by their parts; one that is the whole stretch comes last."""
    parts = occurrences.parts
    ranks = {one: n for n, one in enumerate(sorted(set(parts.values())))}
    found = np.full(len(row), len(ranks))
    if parts:
        with_parts = np.isin(row, list(parts))
        found[with_parts] = [ranks[parts[n]] for n in row[with_parts].tolist()]
    return found


_NONE = np.zeros(0, np.int64)
_NOTHING = Weighed(_NONE, np.zeros(0, bool), _NONE, _NONE)
