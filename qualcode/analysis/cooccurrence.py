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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from qualcode.analysis.contexts import UNITS, Contexts, contexts
from qualcode.analysis.evidence import Evidence, chains, evidence
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled_sums
from qualcode.analysis.load import frame
from qualcode.analysis.network import measures
from qualcode.analysis.shifts import shift_p
from qualcode.text.ordered import begins

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.load import Row
    from qualcode.codebook.records import Codebook

LEAST_N = 2
EXAMPLES = 5
WITHHELD = 0.05
BLOCK = 500  # pairs whose lift is resampled at a time
NUMBERS = 4_000_000  # of documents times pairs, at most


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes (a < b, columns in tree order) and the contexts where they meet, or only share."""

    a: int
    b: int
    meets: Any  # int array of contexts
    shares: Any


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
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return nodes and edges for every unit, from the tables documents, segments and coded_segments.

    Nodes: every code of the codebook, also where it was never found. Edges: every pair that meets or shares
    at least once, source before target in tree order. `basis` only names whose codings were passed in. No
    codable segment gives nodes with n = 0 and no edges. Raises UsageError for an unknown unit.
    """
    import pandas as pd

    nodes, edges = [], []
    read: dict[bool, Evidence] = {}  # cases have segments of their own, in another order
    for unit in units:
        found = contexts(documents, segments, unit)
        if unit == "case" and not len(found):
            continue
        marks = read.get(unit == "case") or evidence(codings, found.segments, codebook)
        read[unit == "case"] = marks
        links = edge_table(found, marks, codebook, basis=basis, seed=seed, resamples=resamples)
        edges.append(links)
        nodes.append(node_table(found, marks, codebook, links, basis=basis))
    if not nodes:
        return frame([], "cooccurrence_nodes"), frame([], "cooccurrence_edges")
    return pd.concat(nodes, ignore_index=True), pd.concat(edges, ignore_index=True)


def meetings(found: Contexts, marks: Evidence, codebook: Codebook) -> list[Pair]:
    """Return the pairs of codes that meet or share in at least one context, in tree order."""
    import numpy as np

    counts = (found.holds @ marks.stands).tocsr()  # segments with the code, per context
    present = (counts > 0).astype(np.int32)
    both = np.triu((present.T @ present).toarray(), 1)
    for child, line in enumerate(chains(codebook)):
        both[child, line] = both[line, child] = 0
    shared = _shared_contexts(found, marks, counts)
    held = present.tocsc()
    pairs = []
    for a in np.flatnonzero(both.any(axis=1)).tolist():
        places = held.indices[held.indptr[a] : held.indptr[a + 1]]
        beside = present[places].tocsc()  # the other codes in the contexts of this one
        for b in np.flatnonzero(both[a]).tolist():
            together = places[beside.indices[beside.indptr[b] : beside.indptr[b + 1]]]
            shares = shared.get((a, b), np.zeros(0, dtype=np.int64))
            if len(shares):
                together = np.setdiff1d(together, shares, assume_unique=True)
            pairs.append(Pair(a, b, together, shares))
    return pairs


def edge_table(
    found: Contexts,
    marks: Evidence,
    codebook: Codebook,
    *,
    basis: str = "machine",
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Return the rows of `cooccurrence_edges` for one unit."""
    import numpy as np

    present = ((found.holds @ marks.stands) > 0).astype(np.int32).tocsr()
    total = np.asarray(present.sum(axis=0)).ravel()
    pairs = meetings(found, marks, codebook)
    strong = [pair for pair in pairs if len(pair.meets) >= LEAST_N]
    lows, highs = _lift_interval(found, present, strong, seed=seed, resamples=resamples)
    p, floor = shift_p(
        present,
        found.cluster,
        [(pair.a, pair.b) for pair in strong],
        {i: pair.shares for i, pair in enumerate(strong) if len(pair.shares)},
    )
    tested = {(pair.a, pair.b): i for i, pair in enumerate(strong)}
    documents = _documents_counted(found, marks, pairs)
    rows: list[Row] = []
    for pair, n_documents, example_ids in zip(pairs, documents, _examples(found, marks, pairs), strict=True):
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


def node_table(
    found: Contexts, marks: Evidence, codebook: Codebook, edges: pd.DataFrame, *, basis: str = "machine"
) -> pd.DataFrame:
    """Return the rows of `cooccurrence_nodes` for one unit, with the measures of the figure's graph."""
    import numpy as np

    present = ((found.holds @ marks.stands) > 0).tocsc()
    _, documents = _documents(found, marks)
    level = {code.id: code.level for code in codebook.codes.values()}
    measured = measures(edges, level)
    rows: list[Row] = []
    for number, code in enumerate(codebook.codes.values()):
        at = present.indices[present.indptr[number] : present.indptr[number + 1]]
        found_in = np.flatnonzero(documents[:, number])
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
                len(found_in),
                int(found.talk[at].sum()),
                int(found.written[at].sum()),
                *measured[code.id],
            )
        )
    return frame(rows, "cooccurrence_nodes")


def _shared_contexts(found: Contexts, marks: Evidence, counts: Any) -> Mapping[tuple[int, int], Any]:
    """Return, per pair, the contexts with both on shared evidence only.

    There the one segment that has the one code is the one segment that has the other, and in it they share.
    """
    import numpy as np

    if not len(marks.shared):
        return {}
    segment, a, b = marks.shared.T
    at = found.holds.tocsc()[:, segment].tocoo()
    context, which = at.row.astype(np.int64), at.col.astype(np.int64)
    alone = (np.asarray(counts[context, a[which]]).ravel() == 1) & (
        np.asarray(counts[context, b[which]]).ravel() == 1
    )
    listed: dict[tuple[int, int], list[int]] = {}
    for place, pair in zip(context[alone].tolist(), which[alone].tolist(), strict=True):
        listed.setdefault((int(a[pair]), int(b[pair])), []).append(place)
    return {pair: np.unique(places) for pair, places in listed.items()}


def _lift_interval(
    found: Contexts, present: Any, pairs: Sequence[Pair], *, seed: int, resamples: int
) -> tuple[Any, Any]:
    """Resample clusters and return the bounds of lift per pair, NaN where fewer than `LEAST` have a code."""
    import numpy as np
    from scipy.sparse import csr_matrix

    low, high = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    count = int(found.cluster.max()) + 1 if len(found) else 0
    if not pairs or count < LEAST:
        return low, high
    group = csr_matrix((np.ones(len(found)), (found.cluster, np.arange(len(found)))))
    per_code = np.asarray((group @ present).toarray(), dtype=float)
    each = np.bincount(found.cluster, minlength=count)[:, None]
    again = resampled_sums(np.hstack((each, per_code)), resamples=resamples, seed=seed)
    whole, codes = again[:, :1], again[:, 1:]
    step = max(1, min(BLOCK, NUMBERS // count))
    for start in range(0, len(pairs), step):
        block = pairs[start : start + step]
        a, b = [pair.a for pair in block], [pair.b for pair in block]
        met = _by_cluster(found, [pair.meets for pair in block])
        lost = _by_cluster(found, [pair.shares for pair in block])
        summed = resampled_sums(np.hstack((met, lost)), resamples=resamples, seed=seed)
        meets, gone = np.split(summed, 2, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = (codes[:, a] - gone) * (codes[:, b] - gone) / (whole - gone)
            lift = np.where(expected > 0, meets / expected, np.nan)
        ends = bounds(lift)
        enough = np.minimum(
            np.sum(per_code[:, a] - lost > 0, axis=0), np.sum(per_code[:, b] - lost > 0, axis=0)
        )
        for into, values in zip((low, high), ends, strict=True):
            into[start : start + len(block)] = np.where(enough >= LEAST, values, np.nan)
    return low, high


def _by_cluster(found: Contexts, places: Sequence[Any]) -> Any:
    """Count contexts of each of some arrays by cluster: clusters by arrays."""
    import numpy as np

    count = int(found.cluster.max()) + 1
    return np.stack([np.bincount(found.cluster[at], minlength=count) for at in places], axis=1).astype(float)


def _documents(found: Contexts, marks: Evidence) -> tuple[Any, Any]:
    """Return the number of each segment's document, and which document has which code, as a 0/1 array."""
    import numpy as np
    import pandas as pd
    from scipy.sparse import csr_matrix

    number, ids = pd.factorize(found.segments["document_id"])
    group = csr_matrix(
        (np.ones(len(number)), (number, np.arange(len(number)))), shape=(len(ids), len(number))
    )
    return number, (group @ marks.stands).toarray() > 0


def _documents_counted(found: Contexts, marks: Evidence, pairs: Sequence[Pair]) -> Iterator[int]:
    """Count, per pair, documents with a meeting; for cases, their documents that have either code."""
    import numpy as np

    if found.unit != "case":
        yield from (int(np.count_nonzero(begins(found.cluster[pair.meets]))) for pair in pairs)
        return
    of_segment, documents = _documents(found, marks)
    case = np.empty(len(documents), dtype=int)
    case[of_segment] = np.repeat(np.arange(len(found)), found.ends - found.starts)
    for pair in pairs:
        meets = np.zeros(len(found), dtype=bool)
        meets[pair.meets] = True
        yield int((meets[case] & (documents[:, pair.a] | documents[:, pair.b])).sum())


def _examples(found: Contexts, marks: Evidence, pairs: Sequence[Pair]) -> Iterator[tuple[str, ...]]:
    """Return, per pair, a segment of up to five contexts: from as many documents as there are, then in order.

    Where one segment has both codes it is that one, else the first with the source.
    """
    stands = marks.stands.tocsc()
    at = [stands.indices[stands.indptr[c] : stands.indptr[c + 1]] for c in range(len(marks.codes))]
    chosen = []
    for pair in pairs:
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


def spread(cluster: Any, meets: Any) -> list[int]:
    """Contexts in the order in which they are shown: the first of each cluster, the second of each...

    Where enough clusters are among them, no more are told than are shown.
    """
    import numpy as np

    cluster = cluster[meets]
    first = np.flatnonzero(begins(cluster))
    if len(first) >= EXAMPLES:  # no segment is in two clusters
        order = first[:EXAMPLES]
    else:
        order = np.lexsort((cluster, np.arange(len(cluster)) - np.searchsorted(cluster, cluster)))
    shown: list[int] = meets[order].tolist()
    return shown


def _within(rows: Any, low: int, high: int) -> list[int]:
    """The numbers of a sorted array from `low` to before `high`."""
    first, last = rows.searchsorted((low, high))
    inside: list[int] = rows[first:last].tolist()
    return inside
