"""Which rules can match in which segments, worked out for a whole document at once.

Most rules have groups of anchors (`qualcode.patterns.anchors`). A rule is tried in a segment where each of
its groups has an anchor that stands; one that weighs or counts its words where enough of them stand
(`weighing`); any other without groups in every segment. Rules that wait for other codes (`waits_for`) are no
matter of words: they are not among these. Occurrences that no rule tried there asks for are let go here,
before anything is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.codebook.records import Codebook, Unless
from qualcode.coding.closeness import Closeness
from qualcode.coding.index import Index
from qualcode.coding.occurrences import Lists, Occurrences
from qualcode.coding.searched import Cuts
from qualcode.coding.sieve import Sieve
from qualcode.coding.weighing import Weighing
from qualcode.patterns.all_ import All
from qualcode.patterns.anchors import anchors
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import Pattern, codes_of
from qualcode.patterns.code import Code
from qualcode.patterns.score import Score
from qualcode.patterns.term import Term
from qualcode.patterns.terms import Terms
from qualcode.text.ordered import begins, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column


class Tries(NamedTuple):
    """Which rules are to be tried where, sorted by segment and rule, and the occurrences they may ask for."""

    segments: Column  # positions
    rules: Column  # numbers, one for each of `segments`
    rows: Lists  # for each of them, the occurrences of its anchors; of a settled one, of what it shows
    settled: NDArray[np.bool_]  # tries of which it is known that what is in `rows` is their one match
    nested: Column  # by number, those of `terms` rules in segments where words may lie inside longer ones
    occurrences: Occurrences
    excepted: tuple[Column, Column]  # segments, and rules of which an excepted phrase stands there


class Candidates:
    """The anchors of the rules of a codebook, ready to be looked up."""

    def __init__(self, codebook: Codebook, index: Index) -> None:
        patterns = [rule.pattern for rule in codebook.rules]
        self._weighing = Weighing(codebook, index)
        weighs = self._weighing.weighs
        others = np.flatnonzero(~weighs).tolist()
        groups = [(n, group) for n in others for group in anchors(patterns[n])]
        self._sieve = Sieve(one for _, group in groups for one in group if isinstance(one, str))
        of_expression: list[list[int]] = [[] for _ in range(len(self._sieve))]
        entries: list[int] = []
        members: list[int] = []  # beside each entry, a group it is an anchor of
        for number, (_, group) in enumerate(groups):
            its = index.numbers(one for one in group if not isinstance(one, str))
            entries += its
            members += [number] * len(its)
            for expression in dict.fromkeys(one for one in group if isinstance(one, str)):
                of_expression[self._sieve.number(expression)].append(number)
        self._of_entry = Lists.by(np.array(entries, np.int64), np.array(members, np.int64), len(index))
        self._of_expression = Lists.of(of_expression)
        self._rule = np.array([n for n, _ in groups], np.int64)
        self._closeness = Closeness(patterns, self._rule)
        self._groups = np.bincount(self._rule, minlength=len(patterns))
        waiting = np.array([bool(waits_for(pattern, codebook)) for pattern in patterns], bool)
        self._always = np.flatnonzero((self._groups == 0) & ~waiting & ~weighs)
        self._excepting = _excepting(codebook, index)
        self._terms = np.array([isinstance(pattern, Terms) for pattern in patterns], bool)
        self._asked = np.zeros(len(index), bool)
        self._asked[sorted(index.numbers(_asked_without_anchor(codebook)))] = True
        in_turn = [list(_asked_in_turn(pattern)) for pattern in patterns]
        self._in_turn = np.array(list(map(bool, in_turn)), bool)
        self._asked_in_turn = np.zeros(len(index), bool)
        self._asked_in_turn[list({n for its in in_turn for terms in its for n in index.listed(terms)})] = True

    def tries(self, occurrences: Occurrences, cuts: Cuts, turns: Column, without: int | None = None) -> Tries:
        """Return what is to be tried in the segments of a document, whose occurrences these are.

        `turns` has a number for the turn of every segment, 0 for none; `without` is the number of a rule to
        leave out.
        """
        size, most = max(len(self._groups), 1), max(len(self._rule), 1)
        row, group = self._of_entry.each(occurrences.entry)
        standing = occurrences.segment[row] * most + group
        where, expression = self._sieve.present(cuts)
        if len(where):
            matching, number = self._of_expression.each(expression)
            standing = np.concatenate((standing, where[matching] * most + number))
        standing = distinct(standing)
        near, known = self._closeness.near(standing, occurrences, row, group, cuts.text)
        both = standing[known] // most * size + self._rule[standing[known] % most]
        standing = standing[near]
        # Groups of one rule have neighbouring numbers, so the same rule in the same segment comes in a run.
        tries = standing // most * size + self._rule[standing % most]
        first = np.flatnonzero(begins(tries))
        met = np.diff(first, append=len(tries))
        tries = tries[first]
        tries = tries[met == self._groups[tries % size]]
        excepted = self._excepted(occurrences)
        weighed = self._weighing.weighed(occurrences, turns, excepted)
        tries = np.concatenate((tries, weighed.keys))
        if len(self._always):
            everywhere = np.arange(len(cuts.starts))[:, None] * size + self._always
            tries = np.concatenate((tries, everywhere.ravel()))
        tries = np.sort(tries)
        if without is not None:
            tries = tries[tries % size != without]
        settled = np.isin(tries, np.concatenate((both, weighed.keys[weighed.settled])))
        asking = occurrences.segment[row] * size + self._rule[group]
        asking = np.concatenate((asking, weighed.keys[weighed.places]))
        row = np.concatenate((row, weighed.rows))
        place = tries.searchsorted(asking)
        tried = tries.take(place, mode="clip") == asking if len(tries) else np.zeros(len(asking), bool)
        place, row, rule = place[tried], row[tried], asking[tried] % size
        needed = self._asked[occurrences.entry]
        turned = self._turned(tries[~settled], turns)
        needed |= self._asked_in_turn[occurrences.entry] & turned[occurrences.segment]
        needed[row] = True
        kept = occurrences.chosen(needed)
        rows = Lists.by(place, (np.cumsum(needed) - 1)[row], len(tries))
        segments, rules = tries // size, tries % size
        words = np.zeros(len(needed), bool)
        words[row[self._terms[rule]]] = True
        inside = occurrences.chosen(words).nested()
        nested = np.flatnonzero(self._terms[rules] & np.isin(segments, inside)) if len(inside) else inside
        hides = excepted // size, excepted % size
        return Tries(segments, rules, rows, settled, nested, kept, hides)

    def _excepted(self, occurrences: Occurrences) -> Column:
        """Return, in order, the keys of segments and rules of which an excepted phrase stands there."""
        row, rule = self._excepting.each(occurrences.entry)
        return distinct(occurrences.segment[row] * max(len(self._groups), 1) + rule)

    def _turned(self, tries: Column, turns: Column) -> NDArray[np.bool_]:
        """Say which segments lie in turns in one of which a rule is tried that asks about all of its turn."""
        size = max(len(self._groups), 1)
        asking = turns[tries[self._in_turn[tries % size]] // size] if len(tries) else tries
        return np.isin(turns, asking[asking > 0])


def waits_for(pattern: Pattern, codebook: Codebook) -> tuple[str, ...]:
    """Return codes of which one must stand in a segment for a pattern to find anything there; () for any."""
    if not (isinstance(pattern, Code) and pattern.scope == "segment"):
        return ()
    return tuple(name for one in pattern.codes for name in codes_of(one, codebook.descendants))


def _asked_without_anchor(codebook: Codebook) -> Iterator[Term]:
    """Yield the terms that may be asked for where no rule is tried for their sake.

    Those are exceptions, what `unless` looks for, and terms of patterns beside something else that may stand.
    """
    for code in codebook.codes.values():
        unless: list[Unless | None] = [code.unless]
        yield from code.excepts
        for rule in code.rules:
            yield from rule.excepts
            unless.append(rule.unless)
            if isinstance(rule.pattern, All | Any) or not rule.pattern.anchored:
                # All others ask for nothing but their anchors.
                anchoring = {one for group in anchors(rule.pattern) for one in group}
                yield from (term for term in rule.pattern.terms if term not in anchoring)
        for one in unless:
            if one is not None:
                yield from one.pattern.terms


def _asked_in_turn(pattern: Pattern) -> Iterator[tuple[Term, ...]]:
    """Yield the lists of terms that are asked for in the other segments of a turn."""
    if isinstance(pattern, Score) and pattern.reach_in_turn is not None:
        yield from pattern.lists
    elif isinstance(pattern, All | Any):
        for one in pattern.groups if isinstance(pattern, All) else pattern.choices:
            yield from _asked_in_turn(one)


def _excepting(codebook: Codebook, index: Index) -> Lists:
    """Return the rules that each entry of the index is an excepted phrase of."""
    entries: list[int] = []
    rules: list[int] = []
    for number, rule in enumerate(codebook.rules):
        for terms in (rule.excepts, codebook.codes[rule.code].excepts):
            its = index.listed(terms)
            entries += its
            rules += [number] * len(its)
    return Lists.by(np.array(entries, np.int64), np.array(rules, np.int64), len(index))
