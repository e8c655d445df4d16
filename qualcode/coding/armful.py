"""Documents searched together: their segments laid behind one another, and what is found dealt out again.

An array of a hundred words takes as long as one of ten thousand, and so does a call of the automaton: small
documents are searched by the armful. Each gets what it would have found alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.coding.occurrences import Evidence
from qualcode.coding.plainly import Plain, alone, plain_words
from qualcode.coding.searched import Cuts
from qualcode.model import Document, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.candidates import Tries
    from qualcode.coding.occurrences import Column
    from qualcode.coding.plan import Plan

Documents = Sequence[tuple[Document, Sequence[Segment]]]


class Try(NamedTuple):
    """A rule to be tried in a segment."""

    position: int  # of the segment in its document, from 0
    rule: int  # its number
    rows: list[int]  # of the occurrences of its anchors


class Share(NamedTuple):
    """What was found in one document, and what is left to judge there."""

    first: int  # place of its first segment among those of all documents
    tries: list[Try]  # by segment and rule
    nested: list[Try]  # of terms that may lie inside longer ones
    plain: Plain  # words there is nothing to judge about, but what refuses them; nothing does yet


class Armful:
    """What was found in some documents. Words are known by their place in their document."""

    def __init__(self, documents: Documents, plan: Plan, without: int | None) -> None:
        cuts, begins, self._firsts = _side_by_side(documents)
        tries = plan.candidates.tries(plan.index.scan(cuts), cuts, without)
        if len(documents) > 1:
            tries = tries._replace(occurrences=tries.occurrences.local(begins))
        simple = alone(tries, plan.simple, plan.of_code)
        self.shares = self._dealt(tries, simple)
        self.evidence = Evidence(tries.occurrences)

    def _dealt(self, tries: Tries, simple: NDArray[np.bool_]) -> list[Share]:
        """Deal what was found out to its documents."""
        judged, nested = np.flatnonzero(~simple), np.array(tries.nested, np.int64)
        columns = [self._tries(tries, which) for which in (judged, nested)]
        plain = self._plain(plain_words(tries, simple))
        return list(map(Share, self._firsts[:-1], *columns, plain))

    def _tries(self, tries: Tries, which: Column) -> list[list[Try]]:
        where = tries.segments[which]
        edges = where.searchsorted(self._firsts)
        local = where - np.repeat(self._firsts[:-1], np.diff(edges))
        rows = tries.rows.some(which).spread()
        made = list(map(Try, local.tolist(), tries.rules[which].tolist(), rows))
        return [made[a:b] for a, b in pairwise(edges.tolist())]

    def _plain(self, plain: Plain) -> list[Plain]:
        """Deal plain words out to their documents."""
        positions = np.array(plain.positions, np.int64)
        edges = positions.searchsorted(self._firsts)
        plain = plain._replace(positions=(positions - np.repeat(self._firsts[:-1], np.diff(edges))).tolist())
        return [plain.some(slice(a, b)) for a, b in pairwise(edges.tolist())]


def _side_by_side(documents: Documents) -> tuple[Cuts, Column, list[int]]:
    """Lay documents behind one another: the stretches of all, where the document of each begins, and the
    place of the first segment of each document, with the number of all behind them.
    """
    each = [Cuts.of(*one) for one in documents]
    counts = [len(one.starts) for one in each]
    firsts = np.cumsum([0, *counts])
    if len(each) == 1:
        return each[0], np.zeros(counts[0], np.int64), firsts.tolist()
    lengths = np.array([len(one.text) for one in each], np.int64)
    begins = np.repeat(np.cumsum(lengths) - lengths, counts)
    whole = Cuts(
        "".join([one.text for one in each]),
        np.concatenate([one.starts for one in each]) + begins,
        np.concatenate([one.ends for one in each]) + begins,
    )
    return whole, begins, firsts.tolist()
