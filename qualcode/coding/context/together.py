"""How the words of many segments are meant, of many documents at once.

    assertions_of([Told.of(document, segments, positions, parts), ...], codebook)

Which cues stand (`signcolumns.py`), what they act on (`reach.py`) and, where that is simple, what they say
together (`sums.py`) is worked out in columns. Evidence about which more is to be weighed is read by itself
(`reading.py`), which gives the same for every other: what lies in a segment with quotations or a construct,
or is negated twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.codebook.records import Codebook
from qualcode.coding.context.cuecolumns import columns_of
from qualcode.coding.context.page import Page
from qualcode.coding.context.reach import Evidence, Stops, acting, sayings_of
from qualcode.coding.context.reading import read_words
from qualcode.coding.context.signcolumns import standing_signs
from qualcode.coding.context.sums import assertions, meanings
from qualcode.coding.context.table import CueTable, table_of
from qualcode.coding.searched import Cuts
from qualcode.corpus.segments import actors_of
from qualcode.model import UNASSESSED, Assertion, Document, Segment
from qualcode.patterns.base import Parts, hull
from qualcode.text.ordered import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column

    Mask = NDArray[np.bool_]

PAGE = 1 << 20  # characters read together


class Told(NamedTuple):
    """Evidence of a document that is asked about: positions of segments, and beside them where it stands.

    `parts` has what consists of several parts, by row.
    """

    document: Document
    segments: Sequence[Segment]
    positions: Column
    starts: Column
    ends: Column
    parts: Mapping[int, Parts]

    @staticmethod
    def of(
        document: Document, segments: Sequence[Segment], positions: Sequence[int], parts: Sequence[Parts]
    ) -> Told:
        """Ask about evidence that is at hand as parts."""
        places = np.array([hull(one) for one in parts], np.int64).reshape(-1, 2)
        several = {row: one for row, one in enumerate(parts) if len(one) > 1}
        return Told(document, segments, np.array(positions, np.int64), places[:, 0], places[:, 1], several)


class Meant(NamedTuple):
    """How evidence is meant: assertions, each once, and by document the number of that of each piece."""

    assertions: Sequence[Assertion]
    numbers: Sequence[Column]

    def each(self) -> list[list[Assertion]]:
        """Return the assertions of each document."""
        return [[self.assertions[n] for n in its.tolist()] for its in self.numbers]


class _Share(NamedTuple):
    """Some segments of what is told of a document, by position; rows of evidence, and the segment of each."""

    told: int
    positions: Column
    rows: Column
    segment: Column


def assertions_of(told: Sequence[Told], codebook: Codebook) -> Meant:
    """Say how the evidence of each document is meant, in the order given; without cues, unassessed."""
    found = [np.zeros(len(one.positions), np.int64) for one in told]
    if not codebook.context.cues:
        return Meant((UNASSESSED,), found)
    table = table_of(codebook)
    known = {UNASSESSED: 0}
    for shares in _pages(told):
        meant = _read([(told[share.told], share) for share in shares], table, known)
        last = 0
        for share in shares:
            first, last = last, last + len(share.rows)
            found[share.told][share.rows] = meant[first:last]
    return Meant(tuple(known), found)


def _pages(told: Sequence[Told]) -> Iterator[list[_Share]]:
    """Deal evidence out by its segments: what is read together."""
    held: list[_Share] = []
    size = 0
    for n, one in enumerate(told):
        if not len(one.positions):
            continue
        positions = distinct(one.positions)
        segment = positions.searchsorted(one.positions)
        cuts = Cuts.of(one.document, one.segments)
        sizes = np.cumsum((cuts.ends - cuts.starts)[positions])
        if held and size + sizes[-1] > PAGE:
            yield held
            held, size = [], 0
        if sizes[-1] <= PAGE:
            held.append(_Share(n, positions, np.arange(len(segment)), segment))
            size += int(sizes[-1])
            continue
        page = (sizes - 1) // PAGE
        for first, last in pairwise(page.searchsorted(np.arange(page[-1] + 2)).tolist()):
            rows = np.flatnonzero((segment >= first) & (segment < last))
            if len(rows):
                yield [_Share(n, positions[first:last], rows, segment[rows] - first)]
    if held:
        yield held


def _read(shares: Sequence[tuple[Told, _Share]], table: CueTable, known: dict[Assertion, int]) -> Column:
    """Return how the evidence of a page is meant: numbers of assertions, of which more may become known."""
    texts: list[str] = []
    actors: list[str] = []
    begins: list[Column] = []
    segments: list[Column] = []
    for told, share in shares:
        cuts = Cuts.of(told.document, told.segments).some(share.positions)
        begins.append(cuts.starts)
        segments.append(share.segment + len(texts))
        texts += cuts.each
        actors += actors_of(told.document, told.segments, share.positions)
    begin, segment = np.concatenate(begins), np.concatenate(segments)
    page, cues = Page(texts, table), columns_of(table)
    evidence = _evidence(shares, segment, (page.starts - begin)[segment])
    signs, involved = standing_signs(page, table, cues)
    sayings = sayings_of(signs, page, cues)
    acts = acting(sayings, Stops(signs, page, cues), evidence, page, cues)
    numbers = {actor: cues.own(table.own_actor(actor)) for actor in dict.fromkeys(actors)}
    own = np.array([numbers[actor] for actor in actors], np.int64)
    meant = meanings(sayings, acts, evidence, own, page, cues)
    found = assertions(meant, page.chinese[segment], cues, table.assessed, known)
    doubtful = np.flatnonzero(meant.doubtful | involved[segment]).tolist()
    again = sorted({int(segment[row]) for row in doubtful})
    readings = {
        n: read_words(words, int(page.starts[n]), actors[n], table)
        for n, words in zip(again, page.words(again), strict=True)
    }
    for row in doubtful:
        assertion = readings[int(segment[row])].assertion(evidence.piece(row))
        found[row] = known.setdefault(assertion, len(known))
    return found


def _evidence(shares: Sequence[tuple[Told, _Share]], segment: Column, shift: Column) -> Evidence:
    """Lay out the evidence of a page, each piece moved by a shift from its document to the page."""
    starts = np.concatenate([told.starts[share.rows] for told, share in shares])
    ends = np.concatenate([told.ends[share.rows] for told, share in shares])
    several: dict[int, Parts] = {}
    before = 0
    for told, share in shares:
        if told.parts:
            rows = enumerate(share.rows.tolist(), before)
            several |= {n: told.parts[row] for n, row in rows if row in told.parts}
        before += len(share.rows)
    return Evidence.laid(segment, starts + shift, ends + shift, several, shift)
