"""Which codes travel together: the tables `cooccurrence_nodes` and `cooccurrence_edges`.

Two codes meet in a context where a countable match of the one and one of the other share no character; in
a context that has both only on shared evidence they do not meet, and it leaves that pair's table. So for a
pair, with N contexts less those shared, n_source and n_target likewise:

    expected = n_source * n_target / N      lift = n / expected
    jaccard  = n / (n_source + n_target - n)
    phi      = (N n - n_source n_target) / sqrt(n_source n_target (N - n_source) (N - n_target))

A parent counts every context where it or a descendant is countable; a code and its own ancestor are no
pair. The interval of lift resamples documents (`intervals`), p turns one code within documents (`shifts`);
both only for pairs with n >= 2. p is not corrected for the number of pairs: where you test several, use Holm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from qualcode.analysis.contexts import UNITS
from qualcode.analysis.intervals import RESAMPLES
from qualcode.analysis.liftbounds import lift_bounds
from qualcode.analysis.load import frame
from qualcode.analysis.meetings import Met, in_turn, met_in
from qualcode.analysis.network import measures
from qualcode.analysis.numbering import numbered
from qualcode.analysis.shifts import shift_p
from qualcode.text.ordered import begins

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.load import Row
    from qualcode.codebook.records import Codebook

LEAST_N = 2
EXAMPLES = 5
WITHHELD = 0.05


def cooccurrence(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    *,
    units: Sequence[str] = UNITS,
    basis: str = "machine",
    seed: int = 0,
    resamples: int = RESAMPLES,
    look: Callable[[Met], object] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return nodes and edges for every unit, from the tables documents, segments and coded_segments.

    Nodes: every code of the codebook, also where it was never found. Edges: every pair that meets or shares
    at least once, source before target in tree order. `basis` only names whose codings were passed in. No
    codable segment gives nodes with n = 0 and no edges; without a case there are no nodes of cases either.
    `look` is shown what meets in each unit, for what else is to be said of it. Raises UsageError for an
    unknown unit.
    """
    import pandas as pd

    nodes, edges = [], []
    for one in met_in(documents, segments, codings, codebook, units):
        if one.found.unit == "case" and not len(one.found):
            continue
        if look is not None:
            look(one)
        links = edge_table(one, codebook, basis=basis, seed=seed, resamples=resamples)
        edges.append(links)
        nodes.append(node_table(one, codebook, links, basis=basis))
    if not nodes:
        return frame([], "cooccurrence_nodes"), frame([], "cooccurrence_edges")
    return pd.concat(nodes, ignore_index=True), pd.concat(edges, ignore_index=True)


def edge_table(
    met: Met,
    codebook: Codebook,
    *,
    basis: str = "machine",
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Return the rows of `cooccurrence_edges` for one unit."""
    import numpy as np

    found, marks, pairs = met.found, met.marks, met.pairs
    total = np.diff(met.present.indptr)
    strong = [pair for pair in pairs if len(pair.meets) >= LEAST_N]
    lows, highs = lift_bounds(found, met.present, strong, seed=seed, resamples=resamples)
    p, floor = shift_p(
        met.present,
        found.cluster,
        [(pair.a, pair.b) for pair in strong],
        {i: pair.shares for i, pair in enumerate(strong) if len(pair.shares)},
        [len(pair.meets) + len(pair.shares) for pair in strong],
    )
    tested = {(pair.a, pair.b): i for i, pair in enumerate(strong)}
    documents = _documents_counted(met)
    rows: list[Row] = []
    for pair, n_documents, example_ids in zip(pairs, documents, _examples(met), strict=True):
        n, lost = len(pair.meets), len(pair.shares)
        left, right, whole = int(total[pair.a]) - lost, int(total[pair.b]) - lost, len(found) - lost
        i = tested.get((pair.a, pair.b))
        rows.append(
            (
                basis,
                found.unit,
                marks.codes[pair.a],
                marks.codes[pair.b],
                n,
                lost,
                n_documents,
                int(found.talk[pair.meets].sum()),
                int(found.written[pair.meets].sum()),
                left,
                right,
                whole,
                *association(n, left, right, whole),
                None if i is None else float(lows[i]),
                None if i is None else float(highs[i]),
                None if i is None or floor[i] >= WITHHELD else float(p[i]),
                None if i is None else float(floor[i]),
                example_ids,
            )
        )
    return frame(rows, "cooccurrence_edges")


def association(n: int, left: int, right: int, whole: int) -> tuple[float, float, float, float]:
    """Return expected, lift, jaccard and phi of a two-by-two table; NaN where one is not defined.

    >>> association(4, 5, 8, 20)  # by hand: 5*8/20; 4/2; 4/9; (80-40)/sqrt(40*15*12)
    (2.0, 2.0, 0.4444444444444444, 0.4714045207910317)
    """
    nothing = float("nan")
    expected = left * right / whole if whole else nothing
    spread = left * right * (whole - left) * (whole - right)
    return (
        expected,
        n / expected if whole and left * right else nothing,
        n / (left + right - n) if left + right - n else nothing,
        (whole * n - left * right) / spread**0.5 if spread else nothing,
    )


def node_table(met: Met, codebook: Codebook, edges: pd.DataFrame, *, basis: str = "machine") -> pd.DataFrame:
    """Return the rows of `cooccurrence_nodes` for one unit, with the measures of the figure's graph."""
    import numpy as np

    found = met.found
    contexts = np.split(met.present.indices, met.present.indptr[1:-1])
    document = numbered(found.segments["document_id"])
    level = {code.id: code.level for code in codebook.codes.values()}
    measured = measures(edges, level)
    rows: list[Row] = []
    for code, at, segments in zip(codebook.codes.values(), contexts, met.marks.at, strict=True):
        rows.append(
            (
                basis,
                found.unit,
                code.id,
                code.facet,
                code.level,
                code.name.get("zh", ""),
                code.name.get("en", ""),
                len(at),
                int(np.count_nonzero(begins(document[segments]))),
                int(found.talk[at].sum()),
                int(found.written[at].sum()),
                *measured[code.id],
            )
        )
    return frame(rows, "cooccurrence_nodes")


def _documents_counted(met: Met) -> Iterator[int]:
    """Count, per pair, documents with a meeting; for cases, their documents that have either code."""
    import numpy as np

    found, pairs = met.found, met.pairs
    if found.unit != "case":
        yield from (int(np.count_nonzero(begins(found.cluster[pair.meets]))) for pair in pairs)
        return
    first = np.flatnonzero(begins(numbered(found.segments["document_id"])))
    case = found.ends.searchsorted(first, side="right")
    has = np.zeros((len(first), len(met.marks.at)), dtype=bool)
    for code, rows in enumerate(met.marks.at):
        has[first.searchsorted(rows, side="right") - 1, code] = True
    for pair in pairs:
        meets = np.zeros(len(found), dtype=bool)
        meets[pair.meets] = True
        yield int((meets[case] & (has[:, pair.a] | has[:, pair.b])).sum())


def _examples(met: Met) -> Iterator[tuple[str, ...]]:
    """Return, per pair, a segment of up to five contexts: from as many documents as there are, then in order.

    Where one segment has both codes it is that one, else the first with the source.
    """
    found, at = met.found, met.marks.at
    chosen = []
    for pair in met.pairs:
        rows: dict[int, None] = {}
        for context in spread(found.cluster, pair.meets):
            span = int(found.starts[context]), int(found.ends[context])
            source, target = (_within(at[code], *span) for code in (pair.a, pair.b))
            both = set(target)
            rows[next((row for row in source if row in both), source[0])] = None
            if len(rows) == EXAMPLES:
                break
        chosen.append(tuple(rows))
    ids = found.segments["segment_id"].iloc[[row for rows in chosen for row in rows]]
    names = map(str, ids.tolist())  # ids are made where they are shown
    for places in chosen:
        yield tuple(islice(names, len(places)))


def spread(cluster: Any, meets: Any) -> Iterator[int]:
    """Yield contexts in the order in which they are shown: see `in_turn`."""
    for turn in in_turn(cluster, meets):
        yield from map(int, turn)


def _within(rows: Any, low: int, high: int) -> list[int]:
    """The numbers of a sorted array from `low` to before `high`."""
    first, last = rows.searchsorted((low, high))
    inside: list[int] = rows[first:last].tolist()
    return inside
