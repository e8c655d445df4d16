"""What there is to decide about on a desk: a coding, or a segment that has none.

An entry is named like a coding of the tables: `I03:12#avoidance.fear`, and `I03:12` for a segment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from qualcode.codebook.records import Codebook
from qualcode.model import Coding
from qualcode.project.desk.papers import Paper
from qualcode.project.desk.told import SegmentKey
from qualcode.review.current import AGAIN, UNREVIEWED, Placed, Reviewed, Standing, weigh
from qualcode.review.records import VERDICTS, Decision

UNDECIDED, DECIDED, UNCODED, LOOKED = "undecided", "decided", "uncoded", "looked"
CERTAIN = frozenset({"unchanged", "moved"})


class EntryKey(NamedTuple):
    """Where an entry stands in the order of the corpus and the codebook."""

    paper: int
    at: int  # the index of the segment
    rank: int  # of the code in the codebook; people's own codes come last, -1 is a segment without one
    code: str

    @property
    def segment(self) -> SegmentKey:
        return self.paper, self.at


@dataclass(frozen=True, slots=True)
class Entry:
    """`labels` are the statuses it can be asked for by; `decided`: by the coder at this desk."""

    key: EntryKey
    labels: frozenset[str]
    decided: bool
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """A segment with all that people say of it. `seen` changes with every verdict about it.

    `mine` has the latest verdict of the coder at this desk by code, as far as its words are where they were.
    """

    codings: tuple[Coding, ...]
    standings: Mapping[str, Standing]
    mine: Mapping[str, Decision]
    placed: tuple[Placed, ...]
    entries: tuple[Entry, ...]
    seen: str


def cells_of(
    paper: Paper,
    placed: Mapping[int, Sequence[Placed]],
    book: Codebook,
    coder: str,
    ranks: Mapping[str, int],
    *,
    blind: bool,
) -> dict[int, Cell]:
    """Return the cells of all segments of a document, by index. `placed` are the decisions that hold."""
    every = [one for its in placed.values() for one in its if one.decision.action in VERDICTS]
    whole = weigh(paper.document, paper.segments, paper.coded, book, every)
    codings: dict[int, list[Coding]] = {}
    for coding in whole.coded.codings:
        codings.setdefault(coding.segment, []).append(coding)
    standings: dict[int, dict[str, Standing]] = {}
    for (index, code), standing in whole.standings.items():
        standings.setdefault(index, {})[code] = standing
    return {
        s.index: _cell(
            *(paper, s.index, codings.get(s.index, []), standings.get(s.index, {})),
            *(placed.get(s.index, ()), coder, ranks),
            blind=blind,
        )
        for s in paper.segments
    }


def cell_of(
    paper: Paper,
    index: int,
    placed: Sequence[Placed],
    book: Codebook,
    coder: str,
    ranks: Mapping[str, int],
    *,
    blind: bool,
) -> Cell:
    """Return the cell of one segment."""
    segment = paper.segments[paper.position[index]]
    verdicts = [one for one in placed if one.decision.action in VERDICTS]
    made: Reviewed = weigh(paper.document, (segment,), paper.coded_there(index), book, verdicts)
    standings = {code: standing for (_, code), standing in made.standings.items()}
    return _cell(paper, index, made.coded.codings, standings, placed, coder, ranks, blind=blind)


def _cell(
    paper: Paper,
    index: int,
    codings: Sequence[Coding],
    standings: Mapping[str, Standing],
    placed: Sequence[Placed],
    coder: str,
    ranks: Mapping[str, int],
    *,
    blind: bool,
) -> Cell:
    mine: dict[str, Decision] = {}
    for one in sorted(placed, key=lambda p: p.decision.order):
        decision = one.decision
        if decision.coder == coder and decision.action in VERDICTS and one.found.state in CERTAIN:
            mine[decision.code] = decision
            if decision.action == "recode":  # said of both codes at once
                mine[decision.to] = decision
    # Codings nobody decided about have a standing only where another of their document has one.
    standings = {code: one for code, one in standings.items() if one.status != UNREVIEWED}
    cell = Cell(tuple(codings), standings, mine, tuple(placed), (), _seen(placed))
    made = _blind_entries(paper, index, cell) if blind else _entries(paper, index, cell, ranks)
    return replace(cell, entries=tuple(sorted(made, key=lambda entry: entry.key)))


def _entries(paper: Paper, index: int, cell: Cell, ranks: Mapping[str, int]) -> list[Entry]:
    made = []
    for coding in cell.codings:
        standing = cell.standings.get(coding.code)
        decided = coding.code in cell.mine
        made.append(
            Entry(
                EntryKey(paper.number, index, ranks.get(coding.code, len(ranks)), coding.code),
                frozenset({standing.status if standing else UNREVIEWED, _by_me(decided)}),
                decided,
                frozenset(match.rule for match in coding.matches),
            )
        )
    if not made and index in paper.open_to_codes:
        decided = "" in cell.mine
        labels = {UNCODED, _by_me(decided), *([LOOKED] if decided else [])}
        made.append(Entry(EntryKey(paper.number, index, -1, ""), frozenset(labels), decided))
    return made


def _blind_entries(paper: Paper, index: int, cell: Cell) -> list[Entry]:
    """Blind, every segment is one entry; what counts is what the coder said of it, whatever the code."""
    if index not in paper.open_to_codes and not cell.codings:
        return []
    labels = {_by_me(bool(cell.mine)), *(standing.status for standing in cell.standings.values())}
    labels |= {LOOKED} if "" in cell.mine else set()
    labels |= {UNCODED} if not cell.codings else set()
    return [Entry(EntryKey(paper.number, index, -1, ""), frozenset(labels), bool(cell.mine))]


def _by_me(decided: bool) -> str:
    return DECIDED if decided else UNDECIDED


def _seen(placed: Sequence[Placed]) -> str:
    names = sorted(one.decision.id for one in placed if one.decision.action in VERDICTS)
    return sha256(" ".join(names).encode()).hexdigest()[:12] if names else "-"


__all__ = ["AGAIN", "Cell", "Entry", "EntryKey", "cell_of", "cells_of"]
