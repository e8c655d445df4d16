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

from collections.abc import Sequence
from typing import Any, NamedTuple

from qualcode.analysis.given import Given, Made, families, remark
from qualcode.analysis.load import Row, frame
from qualcode.analysis.sequences import Sequences, said, told, topics
from qualcode.analysis.shuffledsteps import counted, p_of, shuffled
from qualcode.analysis.statements import statements
from qualcode.analysis.statements import told as stated_changes
from qualcode.analysis.switches import conditions
from qualcode.model import KINDS, TALK
from qualcode.problems import UsageError
from qualcode.text.ordered import begins, distinct

DEFAULT = ("avoidance", "innovation")
DRAWS = 999
LEAST_EXPECTED = 5.0


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
    for code in codes:
        given.known(code)
    rows: list[Row] = []
    compared: list[Row] = []
    for kind in KINDS:
        if kind not in TALK or not (given.kinds == kind).any():
            continue
        talk = said(given, kind, codes)
        ways = (*FOLLOWING, *((Way(1, collapsed=True),) if len(codes) > 2 else ()))
        rows += _tables(given, kind, "talk", talk, codes, ways, answers=True)
        rows += _told(given, kind, codes)
        rows += _tables(given, kind, "told_actor", told(given, kind, codes, given.kept["actor"]), codes)
        compared += conditions(given, kind, talk, codes, draws=DRAWS, least=LEAST_EXPECTED)
    stated = statements(given, codes)
    remarks = [
        remark("the order of talk follows the questions asked; read it beside the interview guide"),
        *stated_changes(stated),
    ]
    return Made(
        {
            "transitions": frame(rows, "transitions"),
            "switch_conditions": frame(compared, "switch_conditions"),
            "statements": frame(stated, "statements"),
        },
        remarks,
    )


def lag_rows(given: Given, codes: Sequence[str]) -> list[Row]:
    """Return the steps between the third of three codes and each end, both ways, as said and as told."""
    third = codes[2]
    rows: list[Row] = []
    for kind in KINDS:
        if kind not in TALK or not (given.kinds == kind).any():
            continue
        rows += _tables(given, kind, "talk", said(given, kind, codes), codes, FOLLOWING, answers=True)
        rows += _told(given, kind, codes)
    return [row for row in rows if third in row[5:7] and row[5] != row[6]]


def _told(given: Given, kind: str, codes: Sequence[str]) -> list[Row]:
    return _tables(given, kind, "told", told(given, kind, codes, given.kept["document_id"]), codes)


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


def _tables(
    given: Given,
    kind: str,
    level: str,
    held: Sequences,
    codes: Sequence[str],
    ways: Sequence[Way] = (Way(),),
    *,
    answers: bool = False,
) -> list[Row]:
    """Return the rows of every way to count; p of steps to the next inside `answers` too, where asked."""
    import numpy as np

    size = len(codes)
    counts = {way: _counted(held, size, way) for way in ways}
    counts = {way: found for way, found in counts.items() if found.sum()}
    if not counts:
        return []
    numbers = np.random.default_rng(given.seed).bit_generator.random_raw  # for documents, then for answers
    lags = [way.lag for way in counts if not way.collapsed]
    drawn = shuffled(held.states, held.owner, held.owner, size, lags, numbers, DRAWS)
    p = {lag: p_of(counts[Way(lag)], drawn[:, n]) for n, lag in enumerate(lags)}
    del drawn
    p_topic = np.full((size, size), np.nan)
    if answers and Way() in counts:
        answer = topics(given, held.rows)
        stratum = np.cumsum(begins(held.owner) | begins(answer), dtype=np.int32)
        if stratum[-1] < len(stratum):  # one place an answer: nothing to shuffle
            drawn = shuffled(held.states, stratum, held.owner, size, (1,), numbers, DRAWS)
            p_topic = p_of(counts[Way()], drawn[:, 0])
    nothing = np.full((size, size), np.nan)
    return [
        row
        for way in counts
        # Steps from one code to another are the same with and without repeats, and so is their p.
        for row in _table(
            *(given, kind, level, held, codes, way),
            *(counts[way], p[way.lag], p_topic if way == Way() else nothing),
        )
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
                *(len(held.states), len(distinct(given.document[seen])), len(seen)),
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


def _counted(held: Sequences, size: int, way: Way) -> Any:
    """Count the steps; those to another code are the same with and without repeats."""
    import numpy as np

    counts = counted(held.states, held.owner, size, way.lag)
    if way.collapsed:
        np.fill_diagonal(counts, 0)
    return counts


def _where(held: Sequences, size: int, way: Way) -> list[Any]:
    """Return, by source and target, the rows that steps lead to, in order."""
    import numpy as np

    first, second = held.states[: -way.lag], held.states[way.lag :]
    inside = held.owner[: -way.lag] == held.owner[way.lag :]
    if way.collapsed:
        inside &= first != second
    step = first[inside].astype(np.int32) * size + second[inside]
    step = step.astype(np.min_scalar_type(size * size))  # narrow numbers are sorted sooner
    order = np.argsort(step, kind="stable")
    ends = step[order].searchsorted(np.arange(1, size * size))
    return np.split(held.rows[way.lag :][inside][order], ends)
