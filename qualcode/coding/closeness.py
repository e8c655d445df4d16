"""Which `near` and `sequence` rules have words close enough to each other, for a whole document at once.

Words of every group stand in one segment far more often than near each other: only where they may be near is
the rule asked. Where each of two groups has one word there, and these are near, they are what it finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.patterns.base import Pattern
from qualcode.patterns.near import Near
from qualcode.text.characters import code_points
from qualcode.text.words import counts_of_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column, Occurrences

LOOKED_AT = 64  # characters of a gap for every word it may hold; in a longer one there may be too few words


class Closeness:
    """What may stand between neighbouring groups of rules. Groups of one rule have neighbouring numbers."""

    def __init__(self, patterns: Sequence[Pattern], rules: Column) -> None:
        """Take the rule of every group, by number, in order."""
        self._limit = np.full(len(rules), -1)  # between a group and the next one; -1: nothing is known
        self._in_words = np.zeros(len(rules), bool)
        self._either = np.zeros(len(rules), bool)  # whether the next one may also come first
        for group in np.flatnonzero(rules[1:] == rules[:-1]).tolist():
            pattern = patterns[rules[group]]
            known = isinstance(pattern, Near) and (pattern.ordered or len(pattern.groups) == 2)
            if isinstance(pattern, Near) and known and pattern.distance.unit != "sentence":
                self._limit[group] = pattern.distance.limit
                self._in_words[group] = pattern.distance.unit == "words"
                self._either[group] = not pattern.ordered
        sizes = np.bincount(rules) if len(rules) else rules
        self._of_two = sizes[rules] == 2  # whether a group is of a rule that has one other
        self._asked = self._limit >= 0
        self._asked[1:] |= self._asked[:-1]

    def near(
        self, standing: Column, occurrences: Occurrences, row: Column, group: Column, text: str
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Say of groups that stand in segments whether the next group of their rule may be near enough.

        Say also where it is known that the words of the two are all that their rule finds. `standing` are
        numbers of segments times the number of all groups plus the number of a group, in order. `row` are
        occurrences, beside each a `group` it is an anchor of; places are those of `text`.
        """
        most = max(len(self._limit), 1)
        groups = standing % most
        settled = np.zeros(len(standing), bool)
        first = self._limit[groups] >= 0  # of two groups that stand, the one with the smaller number
        first[:-1] &= standing[1:] == standing[:-1] + 1
        if not first[:-1].any():
            return np.ones(len(standing), bool), settled
        first[-1] = False
        second = np.append(False, first[:-1])
        asked = np.flatnonzero(self._asked[group])
        row = row[asked]
        place = standing.searchsorted(occurrences.segment[row] * most + group[asked])
        some = (first | second)[place]
        row, place = row[some], place[some]
        start, end = occurrences.start[row], occurrences.end[row]
        order = np.lexsort((start, place))
        place, start, end = place[order], start[order], end[order]
        behind = second & np.append(False, self._either[groups][:-1])
        found = ~first
        for which, step in ((first, 1), (behind, -1)):
            one = np.flatnonzero(which[place])
            other, there = _following(place, start, place[one] + step, end[one])
            one, other = one[there], other[there]
            pair = np.minimum(place[one], place[other])
            limit = self._limit[groups[pair]]
            near = start[other] - end[one] <= limit
            settled[pair[near]] = True
            far = np.flatnonzero(~near & self._in_words[groups[pair]])
            few, sure = _few_words(text, end[one[far]], start[other[far]], limit[far])
            near[far] = few
            settled[pair[far[few & sure]]] = True
            found[pair[near]] = True
        single = np.bincount(place, minlength=len(standing)) == 1
        if occurrences.parts:
            single[place[np.isin(row[order], list(occurrences.parts))]] = False
        settled[:-1] &= self._of_two[groups[:-1]] & single[:-1] & single[1:]
        return found, settled


def _following(
    place: Column, start: Column, wanted: Column, since: Column
) -> tuple[Column, NDArray[np.bool_]]:
    """Return the first row of each wanted place that starts at a point or behind it, and if there is any.

    Rows are in order of place and start; there is at least one.
    """
    size = int(start.max(initial=0)) + 1 + int(since.max(initial=0))
    row = (place * size + start).searchsorted(wanted * size + since)
    return row, (row < len(place)) & (place.take(row, mode="clip") == wanted)


def _few_words(
    text: str, starts: Column, ends: Column, most: Column
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of gaps that are not empty whether they may hold no more than some words, and which were looked at
    to their end.
    """
    if not len(starts):
        return np.zeros(0, bool), np.zeros(0, bool)
    looked = np.minimum(ends, starts + LOOKED_AT * (most + 1))
    gaps = [text[a:b] for a, b in zip(starts.tolist(), looked.tolist(), strict=True)]
    last = np.cumsum(looked - starts)
    counts = counts_of_words(code_points("".join(gaps)), last - (looked - starts), last)
    return counts <= most, looked == ends
