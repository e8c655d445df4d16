"""Which codes came together or drew apart? The tables `phase_edges` and `difference_edges`.

A context belongs to a phase where all its segments do. In a phase, every document is one voice:

    share = mean over documents of (contexts where both meet / contexts of the document in the phase)
    diff  = share after - share before

Two codes meet on words of their own only (`cooccurrence`). The interval resamples documents, a document of
talk with both its sides; it is given where each phase has at least three documents. `sure` says that it
leaves out 0; of a hundred pairs that did not change some five are sure, which a remark counts. A pair that
meets more often because both its codes do shows in `diff` and not in lift: lift_before and lift_after stand
beside it. Compared are phases that touch, kinds of document apart; of talk it is narrated change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from qualcode.analysis.contexts import FIGURE_UNIT, Contexts, contexts
from qualcode.analysis.cooccurrence import association, spread
from qualcode.analysis.evidence import Evidence, evidence
from qualcode.analysis.given import EXAMPLES, Given, Made, Remark, basis_of, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled_means, resampled_parts
from qualcode.analysis.lean import Lean, values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.meetings import Pair, meetings
from qualcode.analysis.sources import Values
from qualcode.model import KINDS

if TYPE_CHECKING:
    import networkx as nx

LEAST_N = 2
PAIRS_AT_ONCE = 2_000_000  # documents times pairs that are held at a time


_Pairs = TypeVar("_Pairs")


@dataclass(frozen=True, slots=True)
class Side:
    """One phase of one kind: which contexts, and per document how many of them."""

    phase: str
    inside: Any  # bool array of contexts
    each: Any  # how many of them have each code
    exposed: Any  # contexts per document, float
    segments: int

    @property
    def contexts(self) -> int:
        return int(self.inside.sum())

    @property
    def documents(self) -> int:
        return int((self.exposed > 0).sum())


def difference(given: Given, *, unit: str = FIGURE_UNIT) -> Made:
    """Return `phase_edges` and `difference_edges`: pairs of one level that meet twice in a phase compared.

    With codes asked for, pairs among these, whatever their levels. Graphs hold one network per phase and one
    per difference, at every level.
    """
    found = contexts(given.documents, given.segments, unit)
    marks = evidence(given.codings, found.segments, given.codebook)
    phase = _phases(given, found)
    wanted = _wanted(given, marks)
    pairs = [pair for pair in meetings(found, marks, given.codebook) if wanted(pair)]
    present = found.having(marks.at)
    kinds = _kinds(found)
    single: list[Row] = []
    double: list[Row] = []
    for kind in KINDS:
        sides = [_side(found, present, phase, kinds == kind, period.id) for period in given.phases]
        table = _Table(given, found, marks, kind, unit)
        for side in sides:
            if side.documents:
                single += table.alone(side, pairs)
        for before, after in pairwise(sides):
            if before.documents and after.documents:
                double += table.compared(before, after, pairs)
    remarks = _remarks(given, double, phase)
    tables = {
        "difference_edges": frame(double, "difference_edges"),
        "phase_edges": frame(single, "phase_edges"),
    }
    return Made(tables, remarks, _graphs(tables))


def _phases(given: Given, found: Contexts) -> Lean:
    """The phase of each context: that of all its segments, else ""."""
    import numpy as np

    own = given.placed_in(given.phases)
    if found.unit == "case":  # others are in the order of the segments
        own = own[given.rows_of(found.segments["segment_id"])]
    ids = ["", *dict.fromkeys(period.id for period in given.phases)]
    made = np.zeros(len(found), dtype=np.int16)
    summed = np.zeros(len(own) + 1, dtype=np.int32)
    for number, name in enumerate(ids):
        if name:
            np.cumsum(own == name, out=summed[1:], dtype=np.int32)
            made[(summed[found.ends] - summed[found.starts]) == found.ends - found.starts] = number
    return Lean(Values(ids), made)


def _kinds(found: Contexts) -> Any:
    return values_of(found.segments["kind"])[found.starts]


def _wanted(given: Given, marks: Evidence) -> Any:
    level = [given.codebook.codes[code].level for code in marks.codes]
    asked = {marks.codes.index(code) for code in given.codes}

    def wanted(pair: Pair) -> bool:
        if asked:
            return pair.a in asked and pair.b in asked
        return bool(level[pair.a] == level[pair.b])

    return wanted


def _side(found: Contexts, present: Any, phase: Any, kind: Any, name: str) -> Side:
    import numpy as np

    inside = kind & (phase == name)
    count = int(found.cluster.max()) + 1 if len(found) else 0
    exposed = np.bincount(found.cluster[inside], minlength=count).astype(float)
    starts, ends = found.starts[inside], found.ends[inside]
    before = np.append(starts[:1], ends[:-1])  # contexts overlap, and none goes back
    segments = int((ends - np.maximum(starts, before)).sum())
    return Side(name, inside, present.T @ inside.astype(np.int32), exposed, segments)


def _groups(pairs: Sequence[_Pairs], documents: int) -> Iterator[Sequence[_Pairs]]:
    """Cut pairs into groups of about `PAIRS_AT_ONCE` of documents times pairs, but at least two pairs."""
    step = max(2, PAIRS_AT_ONCE // max(documents, 1))
    low = 0
    while low < len(pairs):
        high = len(pairs) if len(pairs) - low < step + 2 else low + step
        yield pairs[low:high]
        low = high


class _Table:
    """What the rows of one kind have in common."""

    def __init__(self, given: Given, found: Contexts, marks: Evidence, kind: str, unit: str) -> None:
        self.given, self.found, self.marks = given, found, marks
        self.ids = found.segments["segment_id"].array  # made where they are shown
        self.first = (basis_of(kind), kind, unit)
        self.level = [given.codebook.codes[code].level for code in marks.codes]

    def alone(self, side: Side, pairs: Sequence[Pair]) -> list[Row]:
        """The network of one phase."""
        met = self._met(side, pairs)
        kept = [n for n, at in enumerate(met) if len(at) >= LEAST_N]
        part, low, high = self._shares(side, [met[n] for n in kept])
        rows: list[Row] = []
        for place, n in enumerate(kept):
            pair, at = pairs[n], met[n]
            whole, lift = self._lift(side, pair, len(at))
            rows.append(
                (
                    *(*self.first, side.phase, self.marks.codes[pair.a], self.marks.codes[pair.b]),
                    *(self.level[pair.a], side.segments, side.documents, len(at), len(at), whole),
                    *(float(part[place]), lift, float(low[place]), float(high[place])),
                    *(self._examples(at), self.given.seed),
                )
            )
        return rows

    def compared(self, before: Side, after: Side, pairs: Sequence[Pair]) -> list[Row]:
        """The difference of two phases."""
        import numpy as np

        early, late = self._met(before, pairs), self._met(after, pairs)
        kept = [n for n in range(len(pairs)) if max(len(early[n]), len(late[n])) >= LEAST_N]
        one, _, _ = self._shares(before, [early[n] for n in kept], ends=False)
        two, _, _ = self._shares(after, [late[n] for n in kept], ends=False)
        enough = min(before.documents, after.documents) >= LEAST
        low = high = np.full(len(kept), np.nan)
        if enough and kept:
            # Documents of either phase are drawn together: one that tells of both keeps both its sides.
            either = (before.exposed > 0) | (after.exposed > 0)
            parts = []
            for some in _groups(kept, int(either.sum())):
                one_side, other = (
                    self._again(side, either, [met[n] for n in some])
                    for side, met in ((before, early), (after, late))
                )
                parts.append(bounds(other - one_side))
            low, high = (np.concatenate(ends) for ends in zip(*parts, strict=True))
        rows: list[Row] = []
        for place, n in enumerate(kept):
            pair = pairs[n]
            sure = bool(low[place] > 0 or high[place] < 0)
            rows.append(
                (
                    *(*self.first, before.phase, after.phase),
                    *(self.marks.codes[pair.a], self.marks.codes[pair.b], self.level[pair.a]),
                    before.segments + after.segments,
                    int(((before.exposed > 0) | (after.exposed > 0)).sum()),
                    *(len(early[n]) + len(late[n]), len(early[n]), len(late[n])),
                    *(float(one[place]), float(two[place]), float(two[place] - one[place])),
                    *(float(low[place]), float(high[place]), sure),
                    *(self._lift(before, pair, len(early[n]))[1], self._lift(after, pair, len(late[n]))[1]),
                    "" if enough else f"{before.documents} and {after.documents} documents: no interval",
                    *(self._examples(early[n]), self._examples(late[n]), self.given.seed),
                )
            )
        return rows

    def _met(self, side: Side, pairs: Sequence[Pair]) -> list[Any]:
        return [pair.meets[side.inside[pair.meets]] for pair in pairs]

    def _parts(self, met: Sequence[Any], count: int, documents: Any) -> Any:
        """Per document (some of so many) and pair, the contexts that meet."""
        import numpy as np

        cluster = self.found.cluster
        return np.stack([np.bincount(cluster[at], minlength=count)[documents] for at in met], axis=1)

    def _shares(self, side: Side, met: Sequence[Any], *, ends: bool = True) -> tuple[Any, Any, Any]:
        """Mean share of the documents per pair, with its interval (NaN below three documents)."""
        import numpy as np

        here = side.exposed > 0
        found: list[tuple[Any, Any, Any]] = [(np.zeros(0), np.zeros(0), np.zeros(0))]
        for some in _groups(met, side.documents):
            part = self._parts(some, len(here), here) / side.exposed[here][:, None]
            low = high = np.full(len(some), np.nan)
            if ends and side.documents >= LEAST:
                again = resampled_means(part, resamples=self.given.resamples, seed=self.given.seed)
                low, high = bounds(again)
            found.append((part.mean(axis=0), low, high))
        share, low, high = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return share, low, high

    def _again(self, side: Side, either: Any, met: Sequence[Any]) -> Any:
        """The mean shares of pairs in each resample of the documents of two phases."""
        import numpy as np

        exposed = side.exposed[either]
        here = exposed > 0
        part = np.zeros((int(either.sum()), len(met)))
        documents = np.flatnonzero(either)[here]
        part[here] = self._parts(met, len(either), documents) / exposed[here][:, None]
        made = []
        for weights in resampled_parts(len(part), resamples=self.given.resamples, seed=self.given.seed):
            drawn = weights @ here
            with np.errstate(divide="ignore", invalid="ignore"):
                made.append(np.where(drawn[:, None] > 0, (weights @ part) / drawn[:, None], np.nan))
        return np.concatenate(made)

    def _lift(self, side: Side, pair: Pair, n: int) -> tuple[int, float]:
        lost = int(side.inside[pair.shares].sum())
        whole = side.contexts - lost
        left, right = (int(side.each[code]) - lost for code in (pair.a, pair.b))
        return whole, association(n, left, right, whole)[1]

    def _examples(self, at: Any) -> tuple[str, ...]:
        """The first segment of some contexts, from as many documents as there are."""
        rows = self.found.starts[list(islice(spread(self.found.cluster, at), EXAMPLES))]
        return tuple(map(str, self.ids.take(rows)))


def _remarks(given: Given, rows: Sequence[Row], phase: Any) -> list[Remark]:
    made: list[Remark] = []
    if len(given.phases) < 2:
        made.append(remark("the study names fewer than two phases: there is nothing to compare"))
        return made
    held = frame(rows, "difference_edges")
    tested = int(held["lo"].notna().sum())
    if tested:
        made.append(
            remark(
                "{n} pairs were compared and {sure} have an interval without 0; some {chance} would by chance"
                " if nothing had changed",
                n=tested,
                sure=int(held["sure"].sum()),
                chance=round(tested * 0.05),
            )
        )
    lost = int((phase == "").sum())
    if lost:
        made.append(remark("{n} of {all} contexts lie in no one phase", n=lost, all=len(phase)))
    made.append(remark("a contrast of talk is narrated change: what people say of before and after"))
    return made


def _graphs(tables: dict[str, Any]) -> dict[str, nx.Graph[str]]:
    import networkx as nx

    made: dict[str, nx.Graph[str]] = {}
    for line in tables["phase_edges"].to_dict("records"):
        graph = made.setdefault(f"phase_{line['kind']}_{line['phase']}", nx.Graph())
        kept = {k: line[k] for k in ("level", "n", "share", "lift", "lo", "hi")}
        graph.add_edge(line["source"], line["target"], **kept, weight=line["share"])
    for line in tables["difference_edges"].to_dict("records"):
        name = f"difference_{line['kind']}_{line['before']}_{line['after']}"
        graph = made.setdefault(name, nx.Graph())
        kept = {
            k: line[k]
            for k in ("level", "n_before", "n_after", "diff", "lo", "hi", "sure", "lift_before", "lift_after")
        }
        graph.add_edge(line["source"], line["target"], **kept, weight=abs(line["diff"]))
    return made
