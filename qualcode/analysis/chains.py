"""Chains in talk: which code of each level of a theory a unit holds.

In a unit every level has the code of most weight, summed over the unit (the weights of `coded_segments`,
those of codes below it among them); codes of equal weight share the place, each for 1/m. Two levels must
rest on words of their own: where a code of one stands only on the words of a code of another, the lighter one
is left out, of equals the later level's. Otherwise terms listed at two levels would make chains alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from qualcode.analysis.evidence import Evidence, countable_codings
from qualcode.analysis.given import Given
from qualcode.analysis.lean import values_of
from qualcode.analysis.numbering import distinct
from qualcode.coding.occurrences import Lists

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.contexts import Contexts
    from qualcode.codebook.records import Theory

JOINS = re.compile(
    r"因为|因此|所以|由于|于是|结果(?:就|是)|导致|使得|逼得|逼着|搞得|弄得|害得|才(?:会|能|敢|想|肯|有)|为了|"
    r"这样一来|这么一来|自然就|既然|那就|正是|源于|出于|靠的是|有了.{1,12}才|"
    r"\b(?:because|therefore|thus|hence|so that|so we|so they|that is why|which is why|led to|leads to|"
    r"made us|makes us|forced us|drove us|in order to|due to|as a result|consequently)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Held:
    """One unit: per level the codes that hold it (by number in the level), and the segments that carry each.

    `joined` are segments where two of its codes of different levels stand on words of their own beside a
    joining word, with the two (level, code) pairs.
    """

    document: str
    phase: str
    codes: tuple[tuple[int, ...], ...]
    rows: Mapping[tuple[int, int], tuple[int, ...]]
    joined: tuple[tuple[int, tuple[int, int], tuple[int, int]], ...]
    left_out: int

    @property
    def filled(self) -> tuple[int, ...]:
        return tuple(level for level, held in enumerate(self.codes) if held)

    @property
    def complete(self) -> bool:
        return all(self.codes)


def members_of(given: Given, theory: Theory) -> list[tuple[str, ...]]:
    """The codes of each level of a theory."""
    return [given.codebook.members(level) for level in theory.levels]


def held_in(given: Given, theory: Theory, found: Contexts, marks: Evidence) -> list[Held]:
    """Return what every unit with a code of any level holds, in order.

    `marks` is the evidence of the segments of `found`.
    """
    import numpy as np

    members = members_of(given, theory)
    flat = [(level, n) for level, codes in enumerate(members) for n in range(len(codes))]
    place = {code: at for at, code in enumerate(marks.codes)}
    columns = [place[members[level][n]] for level, n in flat]
    weight = _weights(given, found, [members[level][n] for level, n in flat])
    stands = marks.stands.tocsc()[:, columns].toarray().astype(bool)
    number = {column: at for at, column in enumerate(columns)}
    shared = {
        (row, *sorted((number[a], number[b])))
        for row, a, b in marks.shared.tolist()
        if a in number and b in number
    }
    joining = _joining(found.segments["text"], stands.sum(axis=1) > 1)
    phases = phases_in(given, found.segments)
    names = found.segments["document_id"].tolist()
    made = []
    some = np.flatnonzero(stands.any(axis=1)).astype(np.int32)
    for unit in found.around(some).tolist():
        rows = np.arange(found.starts[unit], found.ends[unit])
        here = stands[rows]
        total = weight[rows].sum(axis=0)
        where = {at: rows[here[:, at]].tolist() for at in np.flatnonzero(here.any(axis=0)).tolist()}
        tops: list[list[int]] = [[] for _ in members]
        for level in range(len(members)):
            own = [at for at in where if flat[at][0] == level]
            best = max((total[at] for at in own), default=0.0)
            tops[level] = [at for at in own if total[at] >= best - 1e-9]
        left_out = _settle(tops, total, where, shared)
        kept = [at for held in tops for at in held]
        carrying = {row for at in kept for row in where[at]}
        told = {str(phases[row]) for row in carrying}
        made.append(
            Held(
                str(names[int(rows[0])]),
                told.pop() if len(told) == 1 else "",
                tuple(tuple(flat[at][1] for at in held) for held in tops),
                {flat[at]: tuple(where[at]) for at in kept},
                tuple(_joined(kept, where, flat, shared, joining)),
                left_out,
            )
        )
    return made


def _weights(given: Given, found: Contexts, codes: Sequence[str]) -> Any:
    """Weight of each code in each segment, codes below it among it; a coding without weight counts 1."""
    import numpy as np

    size = len(found.segments), len(codes)
    codings = countable_codings(given.codings, found.segments, given.codebook)
    code, weight = values_of(codings["code"]), codings["weight"].to_numpy(dtype=float)
    ups = [[n for n, own in enumerate(codes) if f"{code}.".startswith(f"{own}.")] for code in distinct(code)]
    again, column = Lists.of(ups).each(code.at)
    cell = codings["row"].to_numpy(dtype=np.int64)[again] * len(codes) + column
    weight = np.where(weight > 0, weight, 1.0)[again]  # added up in the order of the codings
    return np.bincount(cell, weights=weight, minlength=size[0] * size[1]).reshape(size)


def phases_in(given: Given, segments: pd.DataFrame) -> Any:
    """The phase of each of some segments, "" for none."""
    import numpy as np

    rows = given.rows_of(segments["segment_id"])
    made = np.full(len(rows), "", dtype=object)
    made[rows >= 0] = given.placed_in(given.phases)[rows[rows >= 0]]
    return made


def _joining(texts: pd.Series[Any], which: Any) -> Any:
    """Say of some texts whether they have a joining word; of the others no."""
    import numpy as np

    rows = np.flatnonzero(which)
    made = np.zeros(len(texts), dtype=bool)
    made[rows] = [JOINS.search(text) is not None for text in texts.iloc[rows]]
    return made


def _settle(
    tops: list[list[int]],
    total: Any,
    where: Mapping[int, Sequence[int]],
    shared: set[tuple[int, ...]],
) -> int:
    """Take out codes that rest on the words of another level's code only; return how many."""
    gone = 0
    for one, other in combinations(range(len(tops)), 2):
        for a in list(tops[one]):
            for b in list(tops[other]):
                if a not in tops[one] or not _only_shared(a, b, where, shared):
                    continue
                level, loser = (one, a) if total[a] < total[b] - 1e-9 else (other, b)
                tops[level].remove(loser)
                gone += 1
    return gone


def _only_shared(a: int, b: int, where: Mapping[int, Sequence[int]], shared: set[tuple[int, ...]]) -> bool:
    """Whether two codes stand in one segment each, the same, and there on the same words."""
    one, other = where[a], where[b]
    return len(one) == 1 and list(one) == list(other) and (one[0], *sorted((a, b))) in shared


def _joined(
    kept: Sequence[int],
    where: Mapping[int, Sequence[int]],
    flat: Sequence[tuple[int, int]],
    shared: set[tuple[int, ...]],
    joining: Any,
) -> list[tuple[int, tuple[int, int], tuple[int, int]]]:
    made = []
    for a, b in combinations(kept, 2):
        if flat[a][0] == flat[b][0]:
            continue
        for row in where[a]:
            if row in where[b] and (row, *sorted((a, b))) not in shared and joining[row]:
                made.append((row, *sorted((flat[a], flat[b]))))
    return made  # type: ignore[return-value]
