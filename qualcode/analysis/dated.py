"""What a timeline counts: segments of a kind and their codings, by document and stretch of time.

Millions of segments are a few thousand of these rows; which period a stretch belongs to is asked later, once
for each stretch (`timeline.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.basis import CURRENT, DECIDED_NO, DECIDED_YES
from qualcode.analysis.evidence import countable_codings, lifted
from qualcode.analysis.lean import least, values_of
from qualcode.analysis.numbering import distinct, stretches
from qualcode.analysis.toldtimes import Span, ToldTimes
from qualcode.model import MACHINE

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

# Nobody decided; the machine's, accepted; a person's; the machine's alone.
OPEN, REVIEWED, PERSON, BESIDE = range(4)
AT_ONCE = 500_000  # segments or codings that are counted at a time


class Found(NamedTuple):
    """Countable codings in the order of their segments; the machine's beside them where people decided.

    Columns are the rows of codable segments, the numbers of codes and of modalities, and sides.
    """

    columns: tuple[Any, Any, Any, Any]
    modes: tuple[str, ...]

    def part(self, some: slice) -> Found:
        """Some of them, one after the other."""
        row, column, mode, side = self.columns
        return Found((row[some], column[some], mode[some], side[some]), self.modes)


def sided(
    codings: pd.DataFrame, machine: pd.DataFrame, kept: pd.DataFrame, codebook: Codebook, whose: str
) -> tuple[Found, bool]:
    """Return countable codings with their `side`, those of the machine beside them where people decided.

    Where nobody did, the machine's are the same and are not there twice; the second value says which.
    """
    import numpy as np

    found = countable_codings(codings, kept, codebook)
    sides = np.full(len(found), OPEN, dtype=np.int8)
    if whose != MACHINE:
        decided = found["status"].isin(DECIDED_YES).to_numpy(dtype=bool)
        sides[decided] = REVIEWED
        sides[decided & (found["coder"] != MACHINE).to_numpy(dtype=bool)] = PERSON
    held = _columns(found, sides)
    if whose == CURRENT and not codings["status"].isin((*DECIDED_YES, *DECIDED_NO)).any():
        return held, False
    if whose == MACHINE:
        return held, False
    more = countable_codings(machine, kept, codebook)
    beside = _columns(more, np.full(len(more), BESIDE, dtype=np.int8))
    modes = tuple(dict.fromkeys((*held.modes, *beside.modes)))
    to = np.array([modes.index(name) for name in beside.modes] or [0], dtype=np.int32)
    row, column, mode, side = beside.columns
    both = [np.concatenate(pair) for pair in zip(held.columns, (row, column, to[mode], side), strict=True)]
    order = np.argsort(both[0], kind="stable")
    row, column, mode, side = (one[order] for one in both)
    return Found((row, column, mode, side), modes), True


def _columns(found: pd.DataFrame, sides: Any) -> Found:
    modality = values_of(found["modality"])
    row, column = (found[name].to_numpy() for name in ("row", "column"))
    return Found((row, column, modality.at, sides), tuple(map(str, distinct(modality))))


@dataclass(frozen=True, slots=True)
class Dated:
    """Segments of a kind, and the stretch of time that places each, by its number; -1 for those without."""

    rows: Any  # int array: rows of codable segments
    which: Any  # int array: numbers of `spans`
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, kept: pd.DataFrame, rows: Any, basis: str) -> Dated:
        import numpy as np

        start, end = ("t_said", "t_said") if basis == "said" else ("t_about_start", "t_about_end")
        told = ToldTimes.of(kept[start], kept[end], rows)
        known = [n for n, span in enumerate(told.spans) if any(span)]
        to = np.full(len(told.spans), -1, dtype=np.int32)
        to[known] = np.arange(len(known))
        return cls(rows, to[told.which], tuple(told.spans[n] for n in known))


class Exposed(NamedTuple):
    """Segments of one document and stretch of time, in this order: how many, and their characters."""

    document: Any
    span: Any
    n: Any
    signs: Any


class Coded(NamedTuple):
    """Codings that have everything in common, by document and stretch of time: how many.

    Every coding counts for its code and for all that stand above it; `first` is true where it is the first of
    its segment for the code in this modality.
    """

    document: Any
    span: Any
    code: Any
    mode: Any
    side: Any
    first: Any
    n: Any


class Counted(NamedTuple):
    """What is counted of one kind by one basis, whatever the periods are."""

    exposed: Exposed
    coded: Coded
    modes: tuple[str, ...]

    @classmethod
    def of(cls, document: Any, found: Found, dated: Dated, ink: Any, codebook: Codebook) -> Counted:
        import numpy as np

        which = np.full(len(document), -1, dtype=np.int32)
        which[dated.rows] = dated.which
        exposed = [_exposed(document[dated.rows[:0]], dated.which[:0], ink[:0])]
        for some in stretches(document[dated.rows], AT_ONCE):
            exposed.append(_exposed(document[dated.rows[some]], dated.which[some], ink[some]))
        coded = [_coded(document, which, found.part(slice(0)), codebook)]
        for some in stretches(document[found.columns[0]], AT_ONCE):
            coded.append(_coded(document, which, found.part(some), codebook))
        return cls(
            Exposed(*map(np.concatenate, zip(*exposed, strict=True))),
            Coded(*map(np.concatenate, zip(*coded, strict=True))),
            found.modes,
        )


def _exposed(document: Any, span: Any, ink: Any) -> Exposed:
    """Put segments together; those without a stretch of time are left out."""
    import numpy as np

    timed = span >= 0
    size = int(span.max(initial=0)) + 1
    keys, inverse, n = np.unique(
        document[timed].astype(np.int64) * size + span[timed], return_inverse=True, return_counts=True
    )
    signs = np.bincount(inverse, weights=ink[timed], minlength=len(keys)).astype(np.int64)
    return Exposed((keys // size).astype(np.int32), (keys % size).astype(np.int32), n, signs)


def _coded(document: Any, which: Any, found: Found, codebook: Codebook) -> Coded:
    """Put codings together; those of segments without a stretch of time are left out."""
    import numpy as np

    marked = np.flatnonzero(which[found.columns[0]] >= 0)
    row, column, mode, side = (held[marked] for held in found.columns)
    at, up = lifted(column, codebook)
    modes, codes = max(len(found.modes), 1), len(codebook.codes)
    cell = up * modes + mode.astype(np.int64)[at]
    row, side = row[at].astype(np.int64), side[at]
    first = _first(row * (codes * modes) + cell, side)
    span = which[row]
    size = int(span.max(initial=0)) + 1
    key = (document[row].astype(np.int64) * size + span) * (codes * modes) + cell
    keys, n = np.unique((key * (BESIDE + 1) + side) * 2 + first, return_counts=True)
    keys, first = np.divmod(keys, 2)
    keys, side = np.divmod(keys, BESIDE + 1)
    keys, mode = np.divmod(keys, modes)
    keys, code = np.divmod(keys, max(codes, 1))
    whose, span = np.divmod(keys, size)
    return Coded(
        whose.astype(np.int32),
        span.astype(np.int32),
        code.astype(least(codes)),
        mode.astype(least(modes)),
        side.astype(np.int8),
        first == 1,
        n.astype(np.int32),
    )


def _first(cell: Any, side: Any) -> Any:
    """Which codings are the first of their segment for a cell, the machine's beside others left out."""
    import numpy as np

    now = np.flatnonzero(side != BESIDE)
    made = np.zeros(len(cell), dtype=bool)
    made[now[np.unique(cell[now], return_index=True)[1]]] = True
    return made
