"""Where two codes meet: the contexts of every pair, and those where both rest on the same words.

What tables, figures and pages say of a unit of contexts starts from one `Met`: it is made once.

In a context that has both codes they do not meet where the one segment that has the one is the one segment
that has the other, and in it they share their evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.contexts import Contexts, laid_out, needed, rows_of_cases
from qualcode.analysis.evidence import Evidence, chains, evidence
from qualcode.text.characters import ranges
from qualcode.text.ordered import begins, portions

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

AT_ONCE = 1 << 18  # pairs of codes in contexts that are listed together
NARROW = 1 << 16  # numbers up to which sorting is by digits


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes (a < b, columns in tree order) and the contexts where they meet, or only share."""

    a: int
    b: int
    meets: Any  # int array of contexts
    shares: Any


@dataclass(frozen=True, slots=True)
class Met:
    """What meets in the contexts of one unit: contexts, evidence on their segments, and pairs of codes.

    `present` is `found.having(marks.at)`.
    """

    found: Contexts
    marks: Evidence
    present: Any  # scipy.sparse.csc_matrix
    pairs: Sequence[Pair]


def met_in(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    units: Iterable[str],
) -> Iterator[Met]:
    """Yield what meets in each unit, from the tables documents, segments and coded_segments.

    Raises UsageError for an unknown unit.
    """
    kept = needed(documents, segments)
    whole: Evidence | None = None
    for unit in units:
        found = laid_out(kept, unit)
        whole = whole or evidence(codings, kept, codebook)
        marks = whole.of_rows(rows_of_cases(kept)[0]) if unit == "case" else whole
        present = found.having(marks.at)
        yield Met(found, marks, present, meetings(found, marks, codebook, present))


def meetings(found: Contexts, marks: Evidence, codebook: Codebook, present: Any = None) -> list[Pair]:
    """Return the pairs of codes that meet or share in at least one context, in tree order.

    `present` is `found.having(marks.at)`, where that is known.
    """
    import numpy as np

    if present is None:
        present = found.having(marks.at)
    shared = _shared_contexts(found, marks)
    nothing = np.zeros(0, dtype=np.int32)
    pairs = []
    for (a, b), together in _together(present, _kin(codebook)):
        shares = shared.get((a, b), nothing)
        if len(shares):
            together = np.setdiff1d(together, shares, assume_unique=True)
        pairs.append(Pair(a, b, together, shares))
    return pairs


def in_turn(cluster: Any, meets: Any) -> Iterator[Any]:
    """Yield contexts in the order in which they are shown: the first of each cluster, the second of each...

    >>> import numpy as np
    >>> [turn.tolist() for turn in in_turn(np.array([0, 0, 0, 1, 2, 2]), np.array([1, 2, 4, 5]))]
    [[1, 4], [2, 5]]
    """
    import numpy as np

    first = np.flatnonzero(begins(cluster[meets]))
    left = np.diff(first, append=len(meets))
    while len(first):
        yield meets[first]
        more = left > 1
        first, left = first[more] + 1, left[more] - 1


def _kin(codebook: Codebook) -> Any:
    """Whether the one of two codes is above the other, by the number a * codes + b of the pair."""
    import numpy as np

    lines = chains(codebook)
    made = np.zeros((len(lines), len(lines)), dtype=bool)
    for child, line in enumerate(lines):
        made[child, line] = made[line, child] = True
    return made.ravel()


def _together(present: Any, kin: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield the pairs of codes that are in one context and no kin, and the contexts with both, in order."""
    import numpy as np

    codes = present.shape[1]
    parts = list(_listed(_by_row(present), kin))
    if not parts:
        return
    pairs = np.unique(np.concatenate([part[0] for part in parts]))
    counts = np.zeros(len(pairs), dtype=np.int64)
    for some, many, _ in parts:
        counts[pairs.searchsorted(some)] += many
    ends = np.cumsum(counts)
    into, filled = np.empty(int(counts.sum()), dtype=np.int32), ends - counts
    for n, (some, many, contexts) in enumerate(parts):
        which = pairs.searchsorted(some)
        into[ranges(filled[which], filled[which] + many)[1]] = contexts
        filled[which] += many
        parts[n] = parts[n][0], parts[n][1], None  # no longer needed
    for pair, low, high in zip(pairs.tolist(), (ends - counts).tolist(), ends.tolist(), strict=True):
        yield divmod(pair, codes), into[low:high]


def _by_row(present: Any) -> Any:
    """The same matrix by row; what its entries are is not asked, and takes one byte each."""
    import numpy as np
    from scipy.sparse import csc_matrix

    ones = np.ones(len(present.indices), dtype=np.int8)
    return csc_matrix((ones, present.indices, present.indptr), shape=present.shape).tocsr()


def _listed(rows: Any, kin: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield, some contexts at a time: numbers of pairs, how many contexts have each, and these by pair."""
    import numpy as np

    codes = rows.shape[1]
    kind = np.uint16 if codes * codes <= NARROW else np.int64
    size = np.diff(rows.indptr)
    several = np.flatnonzero(size > 1).astype(np.int32)
    size = size[several].astype(np.int64)
    done = np.cumsum(size * (size - 1) // 2)
    for part in portions(done, AT_ONCE):
        some = several[part]
        context, first = ranges(rows.indptr[some], rows.indptr[some + 1])
        one, second = ranges(first + 1, rows.indptr[some + 1][context])
        number = rows.indices[first].astype(np.int64)[one] * codes + rows.indices[second]
        kept = np.flatnonzero(~kin[number])
        number = number[kept].astype(kind)
        order = np.argsort(number, kind="stable")
        number = number[order]
        starts = np.flatnonzero(begins(number))
        yield (
            number[starts].astype(np.int64),
            np.diff(starts, append=len(number)),
            some[context[one[kept[order]]]],
        )


def _shared_contexts(found: Contexts, marks: Evidence) -> Mapping[tuple[int, int], Any]:
    """Return, per pair, the contexts with both on shared evidence only."""
    import numpy as np

    if not len(marks.shared):
        return {}
    segment, a, b = marks.shared.T
    first, last = found.reach(segment.astype(np.int32))
    for code in (a, b):  # a context may reach from after the code's segment before to before its next one
        before, after = _beside(marks, segment, code)
        np.maximum(first, found.starts.searchsorted(before, side="right"), out=first)
        np.minimum(last, found.ends.searchsorted(after, side="right"), out=last)
    which, context = ranges(first, np.maximum(first, last))
    number = a[which] * len(marks.codes) + b[which]
    order = np.argsort(number, kind="stable")
    number, context = number[order], context[order].astype(np.int32)
    starts = np.flatnonzero(begins(number))
    pairs = (divmod(pair, len(marks.codes)) for pair in number[starts].tolist())
    return dict(zip(pairs, np.split(context, starts[1:]), strict=False))


def _beside(marks: Evidence, segment: Any, code: Any) -> tuple[Any, Any]:
    """Return, for codes in segments, the segments before and after that have the same code.

    -1 where none is before, the number of segments where none is after.
    """
    import numpy as np

    count = marks.stands.shape[0]
    step = count + 2
    key = np.concatenate([np.int64(n * step) + rows for n, rows in enumerate(marks.at)])
    at = key.searchsorted(code * step + segment)
    key = np.concatenate(([-1], key, [len(marks.at) * step]))
    before, after = key[at] - code * step, key[at + 2] - code * step
    return np.maximum(before, -1).astype(np.int32), np.minimum(after, count).astype(np.int32)
