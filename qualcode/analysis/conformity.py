"""Do chains go as a theory says, more than the codes of their documents explain? Measures and their null.

The null: inside each document, the codes of a level are shuffled among the units that have that level, each
level for itself. Which units have which levels stays, and so do the codes of each document and level; only
what goes with what is left to chance. Shuffles are drawn by the seed, p is (hits + 1) / (draws + 1),
one-sided, the floor that of the most extreme shuffle.

Cramér's V: Cramér 1946; lambda: Goodman & Kruskal 1954.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.exact import TINY

if TYPE_CHECKING:
    from qualcode.analysis.chains import Held
    from qualcode.codebook.records import Theory

DRAWS = 999


class Chance(NamedTuple):
    """A share, what shuffles make of it, and how often they reach it."""

    observed: float
    mean: float
    lo: float
    hi: float
    p: float
    floor: float


@dataclass(frozen=True, slots=True)
class Labels:
    """Units as matrices, one per level: units by codes, each row of a filled level summing to 1.

    `document` numbers the documents, in order; units of one document stand together.
    """

    levels: tuple[Any, ...]
    document: Any

    def filled(self, level: int) -> Any:
        return self.levels[level].any(axis=1)

    def shuffles(self, level: int, draw: Any) -> Iterator[Any]:
        """Matrices of one level without end, its filled rows shuffled inside each document."""
        import numpy as np

        rows = np.flatnonzero(self.filled(level))
        new = np.arange(len(self.document))
        document = self.document[rows]
        edges = np.flatnonzero(np.concatenate(([True], document[1:] != document[:-1], [True])))
        shuffled = rows.copy()
        inside = [shuffled[a:b] for a, b in pairwise(edges.tolist()) if b - a > 1]  # of one nothing is drawn
        while True:
            shuffled[:] = rows
            deque(map(draw.shuffle, inside), maxlen=0)
            new[rows] = shuffled
            yield self.levels[level][new]


def labels_of(units: Sequence[Held], sizes: Sequence[int]) -> Labels:
    """Lay units out as matrices; `sizes` are the numbers of codes of each level."""
    import numpy as np

    levels = [np.zeros((len(units), size)) for size in sizes]
    for row, unit in enumerate(units):
        for level, held in enumerate(unit.codes):
            for code in held:
                levels[level][row, code] = 1 / len(held)
    number: dict[str, int] = {}
    document = np.array([number.setdefault(unit.document, len(number)) for unit in units], dtype=int)
    return Labels(tuple(levels), document)


def masks_of(theory: Theory, members: Sequence[Sequence[str]]) -> list[list[Any]]:
    """Per stated path and level, which codes it names as a 0/1 array; None where it leaves the level open."""
    import numpy as np

    return [
        [
            np.array([float(code in path[level]) for code in codes]) if level in path else None
            for level, codes in zip(theory.levels, members, strict=True)
        ]
        for path in theory.stated
    ]


def on_theory(levels: Sequence[Any], masks: Sequence[Sequence[Any]], which: Sequence[int]) -> Any:
    """Return, per unit, how much of it is on a stated path, looking at some levels only.

    Levels that a path leaves open agree. Where stated paths overlap, a unit is not counted twice.
    """
    import numpy as np

    total = np.zeros(len(levels[0]))
    for mask in masks:
        part = np.ones(len(total))
        for level in which:
            if mask[level] is not None:
                part = part * (levels[level] @ mask[level])
        total += part
    return np.minimum(total, 1.0)


def conformity(labels: Labels, masks: Sequence[Sequence[Any]], which: Sequence[int], *, seed: int) -> Chance:
    """Compare the share of units, of those that have all levels asked for, that are on the theory."""
    import numpy as np

    whole = np.logical_and.reduce([labels.filled(level) for level in which])
    count = int(whole.sum())
    draw = np.random.default_rng(seed)
    values = [float(on_theory(labels.levels, masks, which)[whole].sum())]
    # Shuffling all but one level gives every way of going together.
    shuffles = {level: labels.shuffles(level, draw) for level in which[1:]}
    for _ in range(DRAWS):
        again = list(labels.levels)
        for level, shuffled in shuffles.items():
            again[level] = next(shuffled)
        values.append(float(on_theory(again, masks, which)[whole].sum()))
    return _chance(np.array(values) / count)


def association(labels: Labels, one: int, other: int, *, seed: int) -> Chance:
    """Compare Cramér's V of two levels with that of shuffles."""
    return linked(labels, (), one, other, seed=seed)[0]


def linked(
    labels: Labels, masks: Sequence[Sequence[Any]], one: int, other: int, *, seed: int
) -> tuple[Chance, Chance | None]:
    """Return the association of two levels and, where paths are stated, their conformity.

    Both are compared with the same shuffles, which are those that each draws by itself.
    """
    import numpy as np

    whole = labels.filled(one) & labels.filled(other)
    first, every = labels.levels[one][whole], list(labels.levels)
    tied: list[float] = []
    fitting: list[float] = []
    shuffles = labels.shuffles(other, np.random.default_rng(seed))
    for second in chain([labels.levels[other]], islice(shuffles, DRAWS)):
        tied.append(cramers_v(table_of(first, second[whole])))
        every[other] = second
        if masks:
            fitting.append(float(on_theory(every, masks, (one, other))[whole].sum()))
    fit = _chance(np.array(fitting) / int(whole.sum())) if masks else None
    return _chance(np.nan_to_num(np.array(tied))), fit


def table_of(one: Any, other: Any) -> Any:
    """Return the table of two levels over the same units."""
    return one.T @ other


def cramers_v(table: Any) -> float:
    """Return Cramér's V of a table, rows and columns of nothing left out; NaN for fewer than two of either.

    >>> import numpy as np
    >>> round(cramers_v(np.array([[10, 0], [0, 5]])), 6), round(cramers_v(np.array([[4, 2], [2, 1]])), 6)
    (1.0, 0.0)
    """
    import numpy as np

    kept = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(kept.shape) < 2:
        return float("nan")
    total = kept.sum()
    expected = kept.sum(axis=1)[:, None] * kept.sum(axis=0)[None, :] / total
    chi = float(((kept - expected) ** 2 / expected).sum())
    return float(np.sqrt(max(chi, 0.0) / (total * (min(kept.shape) - 1))))


def goodman_lambda(table: Any) -> float:
    """Return lambda of the columns given the rows; NaN where one column holds everything.

    >>> import numpy as np
    >>> goodman_lambda(np.array([[8, 2], [3, 7]]))  # 9 wrong without, 5 with: 4 of 9 saved
    0.4444444444444444
    """
    total, most = float(table.sum()), float(table.sum(axis=0).max()) if table.size else 0.0
    if total - most <= TINY:
        return float("nan")
    return float((table.max(axis=1).sum() - most) / (total - most))


def _chance(values: Any) -> Chance:
    import numpy as np

    shuffles = values[1:]
    low, high = np.percentile(shuffles, [2.5, 97.5])
    return Chance(
        float(values[0]),
        float(shuffles.mean()),
        float(low),
        float(high),
        float((values >= values[0] - TINY).mean()),
        float((values >= values.max() - TINY).mean()),
    )


def agrees(unit: Mapping[int, str], theory: Theory) -> str:
    """Say whether codes by level are on a theory: yes or no of whole chains, else partial or no; "" unstated.

    A code at one level alone agrees with anything.
    """
    if not theory.stated:
        return ""
    fits = any(
        all(unit[n] in path[level] for n, level in enumerate(theory.levels) if n in unit and level in path)
        for path in theory.stated
    )
    if not fits:
        return "no"
    return "yes" if len(unit) == len(theory.levels) else "partial"
