"""Does one code turn into another? The tables `transitions`, `switch_conditions` and `statements`.

Kept apart are what is said of a change (`statements`) and what follows what. `talk` follows the order in
which things are said: units of one document of talk in which just one of the codes stands, one after the
other, at lags of one to three. `told` follows told time: in each document, the code that most segments of a
year have, year after year; years with a tie or without material are passed over. `told_actor` does so for
each unit that speaks, over all its documents.

With N_ij steps from i to j, pooled over documents (units) and never across their borders:

    p_trans = N_ij / N_i.      expected = N_i. N_.j / N
    z = (N_ij - expected) / sqrt(expected (1 - N_i./N) (1 - N_.j/N))
    Q = (ad - bc) / (ad + bc) of the table collapsed to i and j against the rest      (Yule)

(Bakeman & Gottman 1997). p is two-sided: codes are shuffled inside each document, and N_ij compared with its
mean over shuffles. It is given where the expected count is at least 5; `flag` tells the others. The order of
talk is also the order of the questions: `p_topic` shuffles inside the answers to one question only. From
three codes on, `collapsed` rows look at sequences without repeats; a code cannot follow itself there, so
expected counts are those of quasi-independence (Goodman 1968) and there is no z or Q.

`switch_conditions` compares the segments of a switch (from one code to another, ends included) with those of
a stay: which other codes stand in a larger share of switches; p shuffles inside documents which stretches
are switches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qualcode.analysis.exact import TINY
from qualcode.analysis.given import Given, Made, families, remark
from qualcode.analysis.lean import distinct, values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.periods import year_of
from qualcode.analysis.statements import statements, told
from qualcode.model import ASKING, KINDS, TALK
from qualcode.problems import UsageError

DEFAULT = ("avoidance", "innovation")
DRAWS = 999
AT_ONCE = 1_000_000  # places shuffled at a time
LEAST_EXPECTED = 5.0


class Sequences:
    """Per document, the codes (by number) one after the other, and the rows each was seen at."""

    def __init__(self) -> None:
        self.states: list[Any] = []
        self.rows: list[list[int]] = []
        self.documents: list[str] = []


class Way(NamedTuple):
    """How steps are counted: to the next code or to one further on, a code's repeats kept or not."""

    lag: int = 1
    collapsed: bool = False


FOLLOWING = tuple(Way(lag) for lag in (1, 2, 3))


def transitions(given: Given) -> Made:
    """Return `transitions` and `switch_conditions` for the codes asked for, else avoidance and innovation."""
    codes = given.codes or tuple(code for code in DEFAULT if code in given.codebook.codes)
    if not codes:
        codes = next(iter(families(given.codebook).values()), ())
    if len(codes) < 2:
        raise UsageError("name at least two codes to go between")
    has = [given.has(code) for code in codes]
    rows: list[Row] = []
    conditions: list[Row] = []
    topics = _topics(given)
    for kind in KINDS:
        if kind not in TALK or not (given.kinds == kind).any():
            continue
        said = _said(given, kind, has)
        ways = (*FOLLOWING, *((Way(1, collapsed=True),) if len(codes) > 2 else ()))
        rows += _tables(given, kind, "talk", said, codes, ways, topics)
        rows += _tables(given, kind, "told", _told(given, kind, has, given.names), codes)
        units = given.kept["actor"].array
        rows += _tables(given, kind, "told_actor", _told(given, kind, has, units), codes)
        conditions += _conditions(given, kind, said, codes)
    stated = statements(given, codes)
    remarks = [
        remark("the order of talk follows the questions asked; read it beside the interview guide"),
        *told(stated),
    ]
    return Made(
        {
            "transitions": frame(rows, "transitions"),
            "switch_conditions": frame(conditions, "switch_conditions"),
            "statements": frame(stated, "statements"),
        },
        remarks,
    )


def lag_rows(given: Given, codes: Sequence[str]) -> list[Row]:
    """Return the steps between the third of three codes and each end, both ways, as said and as told."""
    has = [given.has(code) for code in codes]
    third = codes[2]
    rows: list[Row] = []
    topics = _topics(given)
    for kind in KINDS:
        if kind not in TALK or not (given.kinds == kind).any():
            continue
        said = _said(given, kind, has)
        rows += _tables(given, kind, "talk", said, codes, FOLLOWING, topics)
        rows += _tables(given, kind, "told", _told(given, kind, has, given.names), codes)
    return [row for row in rows if third in row[5:7] and row[5] != row[6]]


def steps(states: Sequence[Any], size: int, *, lag: int = 1) -> Any:
    """Count steps from code to code inside each sequence, to the next or to one further on.

    >>> steps([[0, 0, 1, 0], [1, 1]], 2)
    array([[1, 1],
           [1, 1]])
    >>> steps([[0, 0, 1, 0], [1, 1]], 2, lag=2)
    array([[1, 1],
           [0, 0]])
    """
    import numpy as np

    counts = np.zeros((size, size), dtype=int)
    for line in states:
        held = np.asarray(line, dtype=int)
        np.add.at(counts, (held[:-lag], held[lag:]), 1)
    return counts


def without_repeats(line: Any) -> Any:
    """Return a sequence with each run of one code as one.

    >>> without_repeats([0, 0, 1, 1, 0]).tolist()
    [0, 1, 0]
    """
    import numpy as np

    held = np.asarray(line, dtype=int)
    return held[np.concatenate(([True], held[1:] != held[:-1]))] if len(held) else held


def quasi_independent(counts: Any, *, rounds: int = 1000) -> Any:
    """Return expected counts where nothing follows itself: margins as found, 0 on the diagonal.

    Iterative proportional fitting (Goodman 1968). Rows or columns of nothing stay so.

    >>> import numpy as np
    >>> quasi_independent(np.array([[0, 2, 2], [2, 0, 2], [2, 2, 0]])).round(6).tolist()
    [[0.0, 2.0, 2.0], [2.0, 0.0, 2.0], [2.0, 2.0, 0.0]]
    """
    import numpy as np

    out, into = counts.sum(axis=1).astype(float), counts.sum(axis=0).astype(float)
    made = 1.0 - np.eye(len(counts))
    for _ in range(rounds):
        for axis, margin in ((1, out), (0, into)):
            now = made.sum(axis=axis)
            scale = np.divide(margin, now, out=np.zeros_like(margin), where=now > 0)
            made = made * (scale[:, None] if axis == 1 else scale[None, :])
    return made


def measured(counts: Any) -> tuple[Any, Any, Any]:
    """Return expected counts, z and Yule's Q of a table of steps; NaN where one is not defined."""
    import numpy as np

    total = counts.sum()
    out, into = counts.sum(axis=1)[:, None], counts.sum(axis=0)[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = out * into / total
        z = (counts - expected) / np.sqrt(expected * (1 - out / total) * (1 - into / total))
        b, c = out - counts, into - counts
        d = total - counts - b - c
        q = (counts * d - b * c) / (counts * d + b * c)
    return expected, np.where(np.isfinite(z), z, np.nan), q


def _said(given: Given, kind: str, has: Sequence[Any]) -> Sequences:
    import numpy as np

    made = Sequences()
    marks = np.stack(has)
    only = (given.kinds == kind) & (marks.sum(axis=0) == 1)
    every = np.flatnonzero(only)
    states = marks[:, every].argmax(axis=0)
    edges = (np.flatnonzero(np.diff(given.document[every])) + 1).tolist()
    for low, high in pairwise([0, *edges, len(every)] if len(every) else []):
        made.documents.append(given.names[every[low]])
        made.states.append(states[low:high])
        made.rows.append(every[low:high].tolist())
    return made


def _topics(given: Given) -> Any:
    """Number, per codable segment, the questions asked before it in its document."""
    import numpy as np

    columns = ["document_id", "speech", "start"]
    asking = given.segments[columns][given.segments["role"].isin(ASKING).to_numpy(dtype=bool)]
    first = np.unique(given.document, return_index=True)[1].tolist()
    number = {given.names[row]: n for n, row in enumerate(first)}
    names = values_of(asking["document_id"])
    document = np.array([number.get(name, -1) for name in distinct(names)] or [-1], dtype=np.int64)[names.at]
    speech = document << 32 | asking["speech"].to_numpy(dtype=np.int64, na_value=0)
    begins = np.unique(speech, return_index=True)[1]
    starts = document[begins] << 32 | asking["start"].to_numpy(dtype=np.int64, na_value=0)[begins]
    starts.sort()
    own = given.document.astype(np.int64) << 32
    before = starts.searchsorted(own)
    own |= given.kept["start"].to_numpy(dtype=np.int64, na_value=0)
    return starts.searchsorted(own, side="right") - before


def _told(given: Given, kind: str, has: Sequence[Any], owners: Sequence[str]) -> Sequences:
    """Sequences of years by owner (a document, a unit that speaks); segments without one are left out."""
    import numpy as np

    made = Sequences()
    marks = np.stack(has)
    starts, ends = given.kept["t_about_start"].array, given.kept["t_about_end"].array
    years: dict[str, dict[str, list[int]]] = {}
    for row in np.flatnonzero((given.kinds == kind) & marks.any(axis=0)).tolist():
        year = year_of(starts[row], ends[row]) if starts[row] and ends[row] else ""
        if year and owners[row]:
            years.setdefault(owners[row], {}).setdefault(year, []).append(row)
    for name, held in years.items():
        states, rows = [], []
        for year in sorted(held):
            count = marks[:, held[year]].sum(axis=1)
            best = np.flatnonzero(count == count.max())
            if len(best) == 1:
                states.append(int(best[0]))
                rows.append(next(row for row in held[year] if marks[best[0], row]))
        if states:
            made.documents.append(name)
            made.states.append(np.array(states))
            made.rows.append(rows)
    return made


def _tables(
    given: Given,
    kind: str,
    level: str,
    held: Sequences,
    codes: Sequence[str],
    ways: Sequence[Way] = (Way(),),
    topics: Any = None,
) -> list[Row]:
    """Return the rows of every way to count; with `topics`, p inside answers too, of steps to the next."""
    import numpy as np

    size = len(codes)
    line = np.concatenate(
        [np.asarray(states, dtype=int) for states in held.states] or [np.zeros(0, dtype=int)]
    )
    owner = np.repeat(np.arange(len(held.states)), [len(states) for states in held.states])
    counts = {way: _counted(line[None], owner, size, way)[0] for way in ways}
    counts = {way: found for way, found in counts.items() if found.sum()}
    if not counts:
        return []
    draw = np.random.default_rng(given.seed)  # shuffled inside documents, then inside the answers
    p = _tested(line, owner, owner, counts, draw)
    inside: dict[Way, Any] = {}
    if topics is not None and Way() in counts:
        answers = topics[np.concatenate(held.rows)]
        stratum = np.unique(np.stack([owner, answers]), axis=1, return_inverse=True)[1].ravel()
        if len(np.unique(stratum)) < len(line):  # one place an answer: nothing to shuffle
            inside = _tested(line, stratum, owner, {Way(): counts[Way()]}, draw)
    nothing = np.full((size, size), np.nan)
    return [
        row
        for way in counts
        for row in _table(given, kind, level, held, codes, way, counts[way], p[way], inside.get(way, nothing))
    ]


def _table(
    given: Given,
    kind: str,
    level: str,
    held: Sequences,
    codes: Sequence[str],
    way: Way,
    counts: Any,
    p: Any,
    p_topic: Any,
) -> list[Row]:
    import numpy as np

    lag, collapsed = way
    expected, z, q = measured(counts)
    if collapsed:
        expected, z, q = quasi_independent(counts), np.full_like(z, np.nan), np.full_like(q, np.nan)
    out = counts.sum(axis=1)
    where = _where(held, len(counts), way)
    made: list[Row] = []
    for a, b in np.ndindex(counts.shape):
        if collapsed and a == b:
            continue
        seen = where[a * len(counts) + b]
        enough = bool(expected[a, b] >= LEAST_EXPECTED)
        made.append(
            (
                *("about", kind, level, lag, "collapsed" if collapsed else "kept", codes[a], codes[b]),
                *(sum(map(len, held.states)), len(np.unique(given.document[seen])), len(seen)),
                *(int(counts[a, b]), float(expected[a, b])),
                float(counts[a, b] / out[a]) if out[a] else None,
                *(float(z[a, b]), float(q[a, b])),
                *((float(p[a, b]), float(p_topic[a, b])) if enough else (None, None)),
                "" if enough else "expected below 5: no p",
                given.quotes(seen),
                given.seed,
            )
        )
    return made


def _where(held: Sequences, size: int, way: Way) -> list[Any]:
    """Return, by source and target, the rows that steps lead to, in order."""
    import numpy as np

    line, rows = (np.concatenate(parts).astype(np.int64) for parts in (held.states, held.rows))
    owner = np.repeat(np.arange(len(held.states)), [len(states) for states in held.states])
    if way.collapsed:
        kept = np.concatenate(([True], (line[1:] != line[:-1]) | (owner[1:] != owner[:-1])))
        line, rows, owner = line[kept], rows[kept], owner[kept]
    inside = np.flatnonzero(owner[: -way.lag] == owner[way.lag :])
    step = line[inside] * size + line[inside + way.lag]
    order = np.argsort(step, kind="stable")
    ends = step[order].searchsorted(np.arange(1, size * size))
    return np.split(rows[inside[order] + way.lag], ends)


def _tested(line: Any, stratum: Any, owner: Any, counts: Mapping[Way, Any], draw: Any) -> dict[Way, Any]:
    """Return p of every count: how often one lies as far from the mean of all, shuffled inside strata."""
    import numpy as np

    drawn: dict[Way, list[Any]] = {way: [found[None]] for way, found in counts.items()}
    for lines in _shuffled(line, stratum, draw):
        for way, found in drawn.items():
            found.append(_counted(lines, owner, len(counts[way]), way))
    made = {}
    for way, parts in drawn.items():
        every = np.concatenate(parts)
        off = np.abs(every - every.mean(axis=0))
        made[way] = (off >= off[0] - TINY).mean(axis=0)
    return made


def _shuffled(line: Any, stratum: Any, draw: Any) -> Iterator[Any]:
    """Shuffle a line `DRAWS` times inside strata (numbers >= 0): rows, as many at a time as fit in memory.

    A row is ordered by stratum, then by what was drawn for each place. Both are in one number, which is as
    good as the two while no two are equal.
    """
    import numpy as np

    step = max(1, AT_ONCE // max(len(line), 1))
    for start in range(0, DRAWS, step):
        drawn = draw.random((min(step, DRAWS - start), len(line)))
        keys = drawn + stratum
        order = np.argsort(keys, axis=1)
        placed = np.take_along_axis(keys, order, axis=1)
        for row in np.flatnonzero((placed[:, 1:] == placed[:, :-1]).any(axis=1)).tolist():
            order[row] = np.lexsort((drawn[row], stratum))
        yield line[order]


def _counted(lines: Any, owner: Any, size: int, way: Way) -> Any:
    """Count steps as `steps` does, in each of some rows: all sequences laid end to end.

    `owner` says whose each place is.
    """
    import numpy as np

    lag = way.lag
    if way.collapsed and lines.size:
        return np.concatenate([_counted(*_collapsed(line, owner), size, Way(lag)) for line in lines])
    inside = owner[:-lag] == owner[lag:]
    pairs = lines[:, :-lag][:, inside] * size + lines[:, lag:][:, inside]
    pairs += np.arange(len(lines))[:, None] * (size * size)
    return np.bincount(pairs.ravel(), minlength=len(lines) * size * size).reshape(-1, size, size)


def _collapsed(line: Any, owner: Any) -> tuple[Any, Any]:
    """Leave out of a row, and of its owners, what repeats the place before it."""
    import numpy as np

    kept = np.concatenate(([True], (line[1:] != line[:-1]) | (owner[1:] != owner[:-1])))
    return line[kept][None], owner[kept]


def _conditions(given: Given, kind: str, held: Sequences, codes: Sequence[str]) -> list[Row]:
    """Compare, per other code, the stretches that switch with those that stay."""
    import numpy as np

    stretches: list[tuple[int, int]] = []
    moved: list[bool] = []
    borders = [0]
    for states, rows in zip(held.states, held.rows, strict=True):
        for (a, b), (i, j) in zip(pairwise(states.tolist()), pairwise(rows), strict=True):
            stretches.append((i, j))
            moved.append(a != b)
        borders.append(len(stretches))
    switch = np.array(moved, dtype=bool)
    if not switch.any() or switch.all():
        return []
    made: list[Row] = []
    low, high = (np.array(ends) for ends in zip(*stretches, strict=True))
    compared: dict[str, Any] = {}
    for code in given.codebook.codes:
        if any(code == own or code.startswith(f"{own}.") or own.startswith(f"{code}.") for own in codes):
            continue
        summed = np.concatenate(([0], np.cumsum(given.has(code))))
        near = (summed[high + 1] - summed[low]) > 0
        if near.any():
            compared[code] = near
    switching = _switching(switch, borders, list(compared.values()), given.seed)
    for (code, near), switched in zip(compared.items(), switching.T, strict=True):
        stands = given.has(code)
        shares = switched / switch.sum() - (near.sum() - switched) / (~switch).sum()
        p = float((np.abs(shares) >= abs(shares[0]) - TINY).mean())
        enough = bool(min(near.sum(), (~near).sum()) >= LEAST_EXPECTED)
        inside = np.concatenate(
            [np.arange(low[n], high[n] + 1) for n in np.flatnonzero(switch & near)] or [low[:0]]
        )
        found = np.unique(inside[stands[inside]]) if len(inside) else inside
        made.append(
            (
                *("about", kind, code),
                *(int(switch.sum()), int((~switch).sum())),
                len({given.names[row] for row in found.tolist()}),
                len(found),
                *(float(near[switch].mean()), float(near[~switch].mean()), float(shares[0])),
                p if enough else None,
                "" if enough else "in fewer than 5 stretches, or in all but 5: no p",
                given.quotes(found),
                given.seed,
            )
        )
    return made


def _switching(switch: Any, borders: Sequence[int], near: Sequence[Any], seed: int) -> Any:
    """Count the switches among the stretches near each code: as they are, then shuffled inside documents.

    `borders` are where documents begin and end. Rows are as they are and `DRAWS` shuffles; columns codes.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    codes = csr_matrix(np.array(near, dtype=np.int32).reshape(len(near), len(switch)))
    draw = np.random.default_rng(seed)
    inside = [(a, b) for a, b in pairwise(borders) if b - a > 1]  # of one nothing is drawn
    step = max(1, AT_ONCE // len(switch))
    counted = [codes @ switch.astype(np.int32)[:, None]]
    for start in range(0, DRAWS, step):
        labels = np.tile(switch, (min(step, DRAWS - start), 1))
        for row in labels:
            for a, b in inside:
                draw.shuffle(row[a:b])
        counted.append(codes @ labels.T.astype(np.int32))
    return np.concatenate(counted, axis=1).T
