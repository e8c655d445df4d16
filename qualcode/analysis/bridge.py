"""Does one code link two others? The table `bridge`, in four parts; by default field between the two logics.

`presence`: is the third code in every document and phase? Cells without it are named; its share per phase is
the mean over documents, with a document-bootstrap interval. "Always there" means no empty cell.

`meeting`: do pairs meet in a window: a speech, a speech with one or two on each side, three segments in a
row? Two codes that only share words do not meet (`cooccurrence`). Lift, phi, log odds ratio (Haldane), and p
by circular shift within documents (`shifts`), windows of one document staying in their order. For the first
pair also the odds ratio where the third code is and where it is not, and together (Mantel & Haenszel 1959);
p_diff turns the third code within documents.

`switch`: going from the one to the other inside a document of talk, is the third at either end or between?
Segments (speeches) with just one of the two give the sequence. The null turns the third code's row round
within each document, all turns equally likely, so its distribution is exact. The raw share proves nothing: a
code that is everywhere is at every switch. From 20 switches a p is given. p_stays compares switches with
stretches that stay with one code (`stays`): a code that goes with either of the two is at switches, too.

`graph`: of the nearness of the two ends in a graph of the codes below the three, the share that is lost
without the third's (`bridgegraph`, with the tables `bridge_nodes` and `bridge_edges`). A network of three
nodes cannot show a bridge at all.

`bridge_lags` has the steps from the third code to each end and back, in the order of talk and of told years,
as `transitions` measures them: does the one follow on the other? Nothing here is causal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.bridgegraph import UNIT, Web, web
from qualcode.analysis.contexts import Contexts
from qualcode.analysis.cooccurrence import association
from qualcode.analysis.evidence import Evidence, evidence
from qualcode.analysis.exact import TINY, WITHHELD, log_odds_ratio
from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.analysis.load import Row, frame
from qualcode.analysis.meetings import meetings
from qualcode.analysis.shifts import shift_p
from qualcode.analysis.stays import Stretches, more_than_stays, stretches
from qualcode.analysis.transitions import lag_rows
from qualcode.analysis.windows import windows
from qualcode.columns import names
from qualcode.model import KINDS, TALK
from qualcode.problems import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from qualcode.codebook.records import Codebook

DEFAULT = ("avoidance", "innovation", "field")
LEAST_SWITCHES = 20
DRAWS = 999
WINDOWS = ("speech", "speech+1", "speech+2", "run3")


def bridge(given: Given) -> Made:
    """Return `bridge`, `bridge_nodes`, `bridge_edges` and `bridge_lags`, and the graph of each kind.

    Three codes: the two ends, then what may link them; `UsageError` else.
    """
    codes = given.codes or tuple(code for code in DEFAULT if code in given.codebook.codes)
    kin = [a for a in codes for b in codes if a != b and b.startswith(f"{a}.")]
    if len(codes) != 3 or kin:
        raise UsageError("name three codes, none below another: the two ends, then what may link them")
    for code in codes:
        given.known(code)
    rows: list[Row] = []
    nodes: list[Row] = []
    edges: list[Row] = []
    graphs: dict[str, nx.Graph[str]] = {}
    remarks: list[Remark] = []
    for kind in KINDS:
        if not (given.kinds == kind).any():
            continue
        laid = web(given, kind, codes)
        nodes += laid.nodes
        edges += laid.edges
        if laid.graph.number_of_edges():
            graphs[f"bridge_{kind}"] = laid.graph
            rows.append(
                _row(part="graph", kind=kind, source=codes[0], target=codes[1], **_cut(given, kind, laid))
            )
        presence = list(_presence(given, kind, codes[2]))
        rows += [_row(part="presence", kind=kind, source=codes[2], **cells) for cells in presence]
        for window in WINDOWS:
            rows += [
                _row(part="meeting", kind=kind, **cells) for cells in _meeting(given, kind, window, codes)
            ]
        if kind not in TALK:
            continue
        for unit in ("segment", "speech"):
            cells = _switching(given, kind, unit, codes)
            rows.append(_row(part="switch", kind=kind, source=codes[0], target=codes[1], **cells))
            if unit == "segment":
                whole = bool(presence) and not any(held["empty"] for held in presence)
                seen = cells["p"] is not None and cells["share"] > cells["null_hi"] + TINY
                seen = seen and cells.get("p_stays") is not None and cells["p_stays"] <= WITHHELD
                remarks.append(
                    remark(
                        "{kind}: {code} has no empty cell and is at switches more often than its place in"
                        " talk explains, and than where talk stays with one code; it bridges only if the"
                        " quotes give it as the reason",
                        kind=kind,
                        code=codes[2],
                    )
                    if whole and seen
                    else remark("{kind}: {code} is present, not shown to bridge", kind=kind, code=codes[2])
                )
    tables = {
        "bridge": frame(rows, "bridge"),
        "bridge_nodes": frame(nodes, "bridge_nodes"),
        "bridge_edges": frame(edges, "bridge_edges"),
        "bridge_lags": frame(lag_rows(given, codes), "bridge_lags"),
    }
    return Made(tables, remarks, graphs)


def _cut(given: Given, kind: str, laid: Web) -> dict[str, Any]:
    return {
        "unit": UNIT,
        "n_segments": int((given.kinds == kind).sum()),
        "n_documents": laid.n_documents,
        "n_quotes": sum(data["n"] for *_, data in laid.graph.edges(data=True)),
        "share": laid.cut,
        "note": "" if laid.cut is not None else "the ends are not linked, with it or without",
        "seed": given.seed,
    }


def _row(**cells: Any) -> Row:
    cells["basis"] = basis_of(cells["kind"])
    empty: dict[str, Any] = dict.fromkeys(names("bridge"))
    texts = ("phase", "unit", "source", "target", "note")
    return tuple((empty | dict.fromkeys(texts, "") | {"empty": (), "example_ids": ()} | cells).values())


def _presence(given: Given, kind: str, code: str) -> Iterator[dict[str, Any]]:
    import numpy as np
    import pandas as pd

    phase, has = given.placed_in(given.phases), given.has(code)
    for period in given.phases:
        rows = np.flatnonzero((given.kinds == kind) & (phase == period.id))
        if not len(rows):
            continue
        number, documents = pd.factorize(np.array(given.names, dtype=object)[rows])
        found = np.bincount(number, weights=has[rows])
        part = found / np.bincount(number)
        ends: tuple[float | None, float | None] = (None, None)
        if len(part) >= LEAST:
            again = resampled(len(part), resamples=given.resamples, seed=given.seed) @ part / len(part)
            low, high = bounds(again[:, None])
            ends = float(low[0]), float(high[0])
        yield {
            "phase": period.id,
            "n_segments": len(rows),
            "n_documents": len(documents),
            "n_quotes": int(found.sum()),
            "share": float((found > 0).mean()),
            "p_macro": float(part.mean()),
            "lo": ends[0],
            "hi": ends[1],
            "empty": tuple(str(name) for name, n in zip(documents, found, strict=True) if not n),
            "example_ids": given.quotes(rows[has[rows]]),
            "note": "" if len(part) >= LEAST else "fewer than 3 documents: no interval",
            "seed": given.seed,
        }


def _only(given: Given, found: Contexts, codes: Sequence[str]) -> tuple[Evidence, Codebook]:
    """The evidence of a few codes, and a codebook of them alone."""
    import numpy as np

    from qualcode.codebook.records import Codebook

    marks = evidence(given.codings, found.segments, given.codebook)
    order = sorted(range(len(codes)), key=lambda n: marks.codes.index(codes[n]))
    columns = [marks.codes.index(codes[n]) for n in order]
    place = {column: n for n, column in enumerate(columns)}
    shared = [(s, place[a], place[b]) for s, a, b in marks.shared.tolist() if a in place and b in place]
    kept = Evidence(
        tuple(codes[n] for n in order),
        marks.stands[:, columns],
        np.array(shared, dtype=np.int64).reshape(-1, 3),
    )
    return kept, Codebook("three", codes={code: given.codebook.codes[code] for code in kept.codes})


def _meeting(given: Given, kind: str, window: str, codes: Sequence[str]) -> Iterator[dict[str, Any]]:
    import numpy as np

    found = windows(given, kind, window)
    marks, few = _only(given, found, codes)
    present = found.having(marks.at).astype(np.int32).tocsr()
    total = np.asarray(present.sum(axis=0)).ravel()
    dense = present.toarray().astype(bool)
    pairs = {(marks.codes[p.a], marks.codes[p.b]): p for p in meetings(found, marks, few)}
    for one, other in ((0, 1), (0, 2), (1, 2)):
        a, b = sorted((marks.codes.index(codes[one]), marks.codes.index(codes[other])))
        pair = pairs.get((marks.codes[a], marks.codes[b]))
        met = pair.meets if pair else np.zeros(0, dtype=int)
        lost = pair.shares if pair else np.zeros(0, dtype=int)
        n, left, right = len(met), int(total[a]) - len(lost), int(total[b]) - len(lost)
        whole = len(found) - len(lost)
        p, floor = shift_p(present, found.cluster, [(a, b)], {0: lost} if len(lost) else {})
        turned = codes[one] != marks.codes[a]
        n10, n01 = (right - n, left - n) if turned else (left - n, right - n)
        _, lift, _, phi = association(n, left, right, whole)
        cells: dict[str, Any] = {
            "unit": window,
            "source": codes[one],
            "target": codes[other],
            "n_segments": len(found.segments),
            "n_documents": len(np.unique(found.cluster[met])),
            "n_quotes": n,
            "n11": n,
            "n10": n10,
            "n01": n01,
            "n00": whole - n - n10 - n01,
            "lift": lift,
            "phi": phi,
            "log_or": log_odds_ratio(n, n10, n01, whole - n - n10 - n01),
            "p": float(p[0]) if floor[0] < WITHHELD and n > 1 else None,
            "p_floor": float(floor[0]),
            "example_ids": given_ids(found, met),
            "seed": given.seed,
        }
        if (one, other) == (0, 1):
            kept = np.setdiff1d(np.arange(len(found)), lost)
            three = [dense[kept, marks.codes.index(code)] for code in codes]
            cells |= _stratified(three, found.cluster[kept], given.seed)
        yield cells


def given_ids(found: Contexts, met: Any) -> tuple[str, ...]:
    """The first segment of the first five windows that meet."""
    ids = found.segments["segment_id"].iloc[found.starts[met[:5]]]
    return tuple(dict.fromkeys(map(str, ids)))


def _stratified(three: Sequence[Any], cluster: Any, seed: int) -> dict[str, Any]:
    """The odds ratio of two codes with and without the third, and whether the difference is of chance."""
    import numpy as np

    x, y, z = three
    table = _tables(x, y, z)
    bottom = sum(t[1] * t[2] / t.sum() for t in table if t.sum())
    top = sum(t[0] * t[3] / t.sum() for t in table if t.sum())
    made = {
        "log_or_with": log_odds_ratio(*table[0].tolist()),
        "log_or_without": log_odds_ratio(*table[1].tolist()),
        "mh_or": float(top / bottom) if bottom else None,
    }
    if not (z.any() and (~z).any()):
        return made
    observed = made["log_or_with"] - made["log_or_without"]  # type: ignore[operator]
    draw = np.random.default_rng(seed)
    edges = np.flatnonzero(np.concatenate(([True], cluster[1:] != cluster[:-1], [True])))
    turns = np.stack([draw.integers(np.diff(edges)) for _ in range(DRAWS)])
    cell = _cells(x, y)
    met = np.zeros((DRAWS, 4), dtype=np.int64)  # with the third code, by cell; without it, the rest
    for number, (a, b) in enumerate(pairwise(edges)):
        met += _met_at_turns(z[a:b], cell[a:b])[turns[:, number]]
    rest = np.bincount(cell, minlength=4) - met
    hits = 0
    for inside, outside in zip(met.tolist(), rest.tolist(), strict=True):
        hits += abs(log_odds_ratio(*inside) - log_odds_ratio(*outside)) >= abs(observed) - TINY
    return made | {"p_diff": (hits + 1) / (DRAWS + 1)}


def _tables(x: Any, y: Any, z: Any) -> list[Any]:
    import numpy as np

    cell = _cells(x, y)
    return [np.bincount(cell[side], minlength=4) for side in (z, ~z)]


def _cells(x: Any, y: Any) -> Any:
    """The cell of every window in the table of two codes: both, the one, the other, neither."""
    return (~x).astype(int) * 2 + (~y)


def _met_at_turns(third: Any, cell: Any) -> Any:
    """Count the windows with the third code, by cell (columns), when it is turned by 0, 1, 2... places."""
    import numpy as np

    marks = (cell[:, None] == np.arange(4)).astype(float)
    waves = np.conj(np.fft.rfft(third.astype(float)))[:, None] * np.fft.rfft(marks, axis=0)
    return np.rint(np.fft.irfft(waves, n=len(third), axis=0)).astype(np.int64)


class Switches(NamedTuple):
    """Switches of one sequence: where each starts and ends, and how many are mediated at every turn."""

    spans: list[tuple[int, int]]
    mediated: Any


def switches(one: Any, other: Any, third: Any) -> Switches:
    """Find the switches of a sequence; `mediated[r]` counts those with the third code when it is turned by r.

    >>> import numpy as np
    >>> a, b, c = (np.array(list(row)) == "x" for row in ("x..x", "..x.", ".x.."))
    >>> switches(a, b, c)  # the third lies in the first switch; turned by one place it is in both
    Switches(spans=[(0, 2), (2, 3)], mediated=array([1, 2, 1, 1]))
    """
    import numpy as np

    at = np.flatnonzero(one != other).tolist()
    spans = [(i, j) for i, j in pairwise(at) if one[i] != one[j]]
    length = len(third)
    summed = np.concatenate(([0], np.cumsum(np.concatenate((third, third)))))
    turn = (length - np.arange(length)) % length if length else np.zeros(0, dtype=int)
    mediated = np.zeros(length, dtype=int)
    for i, j in spans:
        low = (i + turn) % length
        mediated += (summed[low + j - i + 1] - summed[low]) > 0
    return Switches(spans, mediated)


def chances(held: Sequence[Switches]) -> Any:
    """Return the chance of 0, 1, 2... mediated switches in all, each sequence turned on its own."""
    import numpy as np

    made = np.ones(1)
    for one in held:
        made = np.convolve(made, np.bincount(one.mediated) / len(one.mediated))
    return made


def _switching(given: Given, kind: str, unit: str, codes: Sequence[str]) -> dict[str, Any]:
    import numpy as np

    found = windows(given, kind, unit)
    marks, _ = _only(given, found, codes)
    dense = found.having(marks.at).toarray() > 0
    a, b, c = (dense[:, marks.codes.index(code)] for code in codes)
    found_in: list[Switches] = []
    lines: list[Stretches] = []
    total = seen = documents = 0
    places: list[int] = []
    of_document = np.split(np.arange(len(found)), np.flatnonzero(np.diff(found.cluster)) + 1)
    for rows in of_document if len(found) else ():
        held = switches(a[rows], b[rows], c[rows])
        lines.append(stretches(a[rows], b[rows], c[rows]))
        if held.spans:
            documents += 1
            total += len(held.spans)
            seen += int(held.mediated[0])
            places += [int(rows[j]) for _, j in held.spans]
            found_in.append(held)
    cells: dict[str, Any] = {
        "unit": unit,
        "n_segments": len(found.segments),
        "n_documents": documents,
        "n_quotes": int((a != b).sum()),
        "switches": total,
        "switches_with": seen,
        "share": seen / total if total else None,
        "example_ids": given_ids(found, np.array(places, dtype=int)),
        "p": None,
        "null_hi": None,
        "stays": sum(line.total - line.switches for line in lines),
        "stays_with": sum(line.held - line.held_switches for line in lines),
        "note": f"{int((a & b).sum())} with both codes are in no sequence" if (a & b).any() else "",
        "seed": given.seed,
    }
    if not total:
        return cells
    chance = chances(found_in)
    levels = np.arange(len(chance))
    summed = np.cumsum(chance)
    cells |= {
        "null_mean": float(levels @ chance) / total,
        "null_lo": int(np.searchsorted(summed, 0.025 - TINY)) / total,
        "null_hi": int(np.searchsorted(summed, 0.975 - TINY)) / total,
        "p_floor": float(chance[np.flatnonzero(chance > 0)[-1]]),
    }
    if total < LEAST_SWITCHES:
        short = f"{total} of at least {LEAST_SWITCHES} switches: not tested"
        cells["note"] = "; ".join(filter(None, (short, cells["note"])))
    elif cells["p_floor"] < WITHHELD:
        cells["p"] = min(float(chance[seen:].sum()), 1.0)
    if total >= LEAST_SWITCHES:
        p, floor = more_than_stays(lines)
        cells["p_stays"] = p if floor < WITHHELD else None
    return cells
