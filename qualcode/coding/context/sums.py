"""What the cues that act on each piece of evidence say together, as columns: what `resolve.py` says of each.

Evidence is doubtful, and what is said of it is not yet true, where one negation may cancel or continue
another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.codebook.cues import AXES
from qualcode.codebook.keys import POLARITIES
from qualcode.coding.context.cuecolumns import (
    HOLDER,
    MODALITY,
    NAMELESS,
    POLARITY,
    REPORTED,
    SELF,
    CueColumns,
)
from qualcode.coding.context.reading import UNKNOWN, assertion_of
from qualcode.coding.context.resolve import STRENGTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.context.page import Page
    from qualcode.coding.context.reach import Evidence, Sayings
    from qualcode.coding.occurrences import Column
    from qualcode.model import Assertion

    Mask = NDArray[np.bool_]


class Meanings(NamedTuple):
    """The value of every axis, numbered as in `CueColumns`, by piece of evidence; and which are doubtful."""

    polarity: Column
    modality: Column
    holder: Column
    reported: Column
    doubtful: Mask


def meanings(
    sayings: Sayings,
    acts: tuple[Column, Column],
    evidence: Evidence,
    own: Column,
    page: Page,
    cues: CueColumns,
) -> Meanings:
    """Say what the cues that act on evidence say together.

    `acts` are rows of evidence and of sayings, `own` is by segment the number of the actor who speaks.
    """
    piece, saying = acts
    size = len(evidence.segment)
    axis, value = sayings.axis[saying], sayings.value[saying]

    denies = (axis == POLARITY) & (value > 0)
    polarity = np.zeros(size, np.int64)
    polarity[piece[denies]] = value[denies]
    doubtful = np.bincount(piece[denies], minlength=size) > 2
    polarity[_denied_twice(piece[denies], saying[denies], sayings, evidence, cues)] = 0
    doubtful[_listed(piece[denies], saying[denies], sayings, evidence, page)] = True

    moods = axis == MODALITY
    modality = np.full(size, len(STRENGTH) - 1)
    np.minimum.at(modality, piece[moods], value[moods])

    reported = np.zeros(size, np.int64)
    reported[piece[(axis == REPORTED) & (value > 0)]] = 1

    held = axis == HOLDER
    holder = _holders(piece[held], saying[held], sayings, evidence, own, cues)
    return Meanings(polarity, modality, holder, reported, doubtful)


def _denied_twice(
    piece: Column, saying: Column, sayings: Sayings, evidence: Evidence, cues: CueColumns
) -> Column:
    """Return the evidence, of that with two negations, of which neither takes the place of the other.

    The first says nothing where it is the same cue again, or where it stops at the second: too far before.
    """
    first = np.flatnonzero(piece[1:] == piece[:-1])
    one, behind = saying[first], saying[first + 1]
    marker, gap = sayings.marker[one], sayings.start[behind] - sayings.end[one]
    again = (cues.same[marker] == cues.same[sayings.marker[behind]]) & (gap > 0)
    last = evidence.starts[evidence.first[piece[first] + 1] - 1]
    stops = (sayings.end[behind] <= last) & (gap > cues.past[marker])
    twice: Column = piece[first[~again & ~stops]]
    return twice


def _listed(piece: Column, saying: Column, sayings: Sayings, evidence: Evidence, page: Page) -> Column:
    """Return the evidence that begins, in a part behind a negation, with the character this begins with."""
    row, part = evidence.parts(piece)
    codes, start = page.folded_codes, evidence.starts[part]
    again = (start >= sayings.end[saying][row]) & (codes[start] == codes[sayings.start[saying][row]])
    listed: Column = piece[row[again]]
    return listed


def _holders(
    piece: Column, saying: Column, sayings: Sayings, evidence: Evidence, own: Column, cues: CueColumns
) -> Column:
    """Return whose deed each piece of evidence is: of the nearest cue, or of those that touch it."""
    holder = np.zeros(len(evidence.segment), np.int64)
    if not len(piece):
        return holder
    start, end, value = sayings.start[saying], sayings.end[saying], sayings.value[saying]
    speaks = cues.actor[sayings.marker[saying]] & (value == own[evidence.segment[piece]])
    value[speaks] = SELF
    row, part = evidence.parts(piece)
    apart = np.maximum(evidence.starts[part] - end[row], start[row] - evidence.ends[part])
    far = np.minimum.reduceat(np.maximum(apart, 0), np.searchsorted(row, np.arange(len(piece))))
    behind = start > evidence.starts[evidence.first[piece]]
    order = np.lexsort((behind, far, piece))
    nearest = order[np.append(True, piece[order[1:]] != piece[order[:-1]])]
    alone = np.ones(len(piece), bool)  # it does not touch the cue before it
    alone[1:] = (start[1:] != end[:-1]) | (piece[1:] != piece[:-1])
    size = len(piece)
    best = np.minimum.reduceat(cues.naming[value] * size + np.arange(size), np.flatnonzero(alone))
    best = best[np.cumsum(alone)[nearest] - 1]
    chosen = np.where(best < NAMELESS * size, best % size, nearest)
    holder[piece[nearest]] = value[chosen]
    return holder


def assertions(
    meant: Meanings,
    chinese: Mask,
    cues: CueColumns,
    assessed: Mapping[str, frozenset[str]],
    known: dict[Assertion, int],
) -> Column:
    """Return the numbers of the assertions; those not `known` yet are added.

    `chinese` says whether each segment is, `assessed` which axes a language has.
    """
    holders = list(cues.holders)
    key = (meant.holder * 2 + chinese) * 2 + meant.reported
    key = (key * len(POLARITIES) + meant.polarity) * len(STRENGTH) + meant.modality
    kinds, which = np.unique(key, return_inverse=True)
    numbers: list[int] = []
    for kind in kinds.tolist():
        kind, modality = divmod(kind, len(STRENGTH))
        kind, polarity = divmod(kind, len(POLARITIES))
        kind, reported = divmod(kind, 2)
        holder, is_chinese = divmod(kind, 2)
        axes = assessed["zh" if is_chinese else "en"]
        values = (POLARITIES[polarity], STRENGTH[modality], holders[holder], "yes" if reported else "no")
        made = assertion_of(
            *[value if axis in axes else UNKNOWN for axis, value in zip(AXES, values, strict=True)]
        )
        numbers.append(known.setdefault(made, len(known)))
    found: Column = np.array(numbers, np.int64)[which]
    return found
