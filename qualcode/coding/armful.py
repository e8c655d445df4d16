"""Documents searched together: their segments laid behind one another, and what is found dealt out again.

An array of a hundred words takes as long as one of ten thousand, and so does a call of the automaton: small
documents are searched by the armful. Each gets what it would have found alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.coding.longer import Inside, Longer, whose_words
from qualcode.coding.occurrences import Evidence
from qualcode.coding.plainly import Plain, alone, plain_words
from qualcode.coding.searched import Cuts
from qualcode.corpus.segments import turns_of
from qualcode.model import Document, Segment

if TYPE_CHECKING:
    from qualcode.coding.occurrences import Column
    from qualcode.coding.plan import Plan

Documents = Sequence[tuple[Document, Sequence[Segment]]]


class Try(NamedTuple):
    """A rule to be tried in a segment."""

    position: int  # of the segment in its document, from 0
    rule: int  # its number
    rows: list[int]  # of the occurrences of its anchors; of a settled one, of what it shows
    settled: bool = False  # whether what is in `rows` is known to be its one match


class Share(NamedTuple):
    """What was found in one document, and what is left to judge there."""

    first: int  # place of its first segment among those of all documents
    tries: list[Try]  # by segment and rule
    longer: Longer  # inside whose words those of these tries lie
    excepted: set[tuple[int, int]]  # positions, and rules of which an excepted phrase stands there
    plain: Plain  # words there is nothing to judge about; what lies inside longer ones is refused already


class Armful:
    """What was found in some documents. Words are known by their place in their document."""

    def __init__(self, documents: Documents, plan: Plan, without: int | None) -> None:
        cuts, begins, self._firsts = _side_by_side(documents)
        tries = plan.candidates.tries(plan.index.scan(cuts), cuts, _turns(documents), without)
        if len(documents) > 1:
            tries = tries._replace(occurrences=tries.occurrences.local(begins))
        simple = alone(tries, plan.simple, plan.of_code)
        self._plan, self._tries = plan, tries
        longer = whose_words(tries, plan)
        self._plain = plain_words(tries, simple, longer, plan)
        self._judged, self._inside = np.flatnonzero(~simple), Inside.of(tries, ~simple, longer)
        places = (
            *(tries.segments[self._judged], self._inside.segments, tries.excepted[0]),
            self._plain.positions,
        )
        self._edges = [np.searchsorted(each, self._firsts).tolist() for each in places]
        self.evidence = Evidence(tries.occurrences)

    def shares(self) -> Iterator[Share]:
        """Yield what each document has, made only then: patterns may be tried nearly everywhere."""
        for n, first in enumerate(self._firsts[:-1]):
            judged, inside, excepted, plain = [slice(edges[n], edges[n + 1]) for edges in self._edges]
            positions, rules = [column[excepted] for column in self._tries.excepted]
            yield Share(
                first,
                self._made(self._judged[judged], first),
                self._inside.some(inside, first, self._plan),
                set(zip((positions - first).tolist(), rules.tolist(), strict=True)),
                self._plain.some(plain, first),
            )

    def _made(self, which: Column, first: int) -> list[Try]:
        if not len(which):
            return []
        tries = self._tries
        segments, rules = (tries.segments[which] - first).tolist(), tries.rules[which].tolist()
        return list(map(Try, segments, rules, tries.rows.some(which).spread(), tries.settled[which].tolist()))


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


def _turns(documents: Documents) -> Column:
    """Return a number for the turn of every segment, 0 for none; no two documents share any."""
    turns = [turns_of(segments) for _, segments in documents]
    if len(turns) == 1:
        return turns[0]
    most = np.cumsum([0, *(one.max(initial=0) for one in turns)]).tolist()
    return np.concatenate([one + (one > 0) * before for one, before in zip(turns, most[:-1], strict=True)])
