"""When codes were used: the table `timeline`, and `events` beside it.

Three bases, never added together. `document`: policies, minutes and reports at the date they are in force
from (else issued, else dated); this is real time. `about`: talk by the time it tells of, which is told time:
what people say of 2017 in 2021. `said`: talk at the date it was held, which says nothing about the time it
tells of; it has no phase. Kinds of document are never summed either, nor modalities: a document's 应当 is no
practice.

A share is codable segments with the code among all codable segments of the period (micro), or that share in
each document first and then their mean, so that a long document has one voice (macro). On the basis `about` a
segment whose time reaches over several periods counts in each by the share of its days there, in both parts
of the fraction; for phases see `placing`. Segments whose time is not known are in no period; `note` counts
them. The interval resamples the documents of the period. A period without material has exposure 0 and no
share; it is listed all the same, between the first and the last with any.

Beside what counts stands what it rests on: how many of the codings people decided on, and how many the
machine alone would have counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.basis import CURRENT, DECIDED_NO, DECIDED_YES, Rest, on_basis
from qualcode.analysis.contexts import codable_segments, ranked
from qualcode.analysis.evidence import countable_codings, lifted
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled
from qualcode.analysis.lean import distinct, numbered, values_of
from qualcode.analysis.load import Block, Row, stacked
from qualcode.analysis.placing import GRAINS, ROLLING, WINDOW, Period, Share, periods, share_out
from qualcode.analysis.tables import WRITTEN
from qualcode.model import KINDS, MACHINE, Event, Phase
from qualcode.text.characters import ranges
from qualcode.text.words import count_signs

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

Span = tuple[str, str]  # first and last day of what a segment is about, as in its table
TOLD = "about"  # the basis on which a stretch of time is shared out
# Nobody decided; the machine's, accepted; a person's; the machine's alone.
OPEN, REVIEWED, PERSON, BESIDE = range(4)
SEGMENTS_ASKED = ("document_id", "kind", "text", "t_said", "t_about_start", "t_about_end")  # of segments


def timeline(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    phases: Sequence[Phase] = (),
    *,
    grains: Sequence[str] = GRAINS,
    window: int = WINDOW,
    seed: int = 0,
    resamples: int = RESAMPLES,
    whose: str = CURRENT,
    machine: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the table `timeline` from documents, segments and coded_segments.

    One row per basis, kind, grain, period, code and modality that occurs in that kind; counts of 0 are there
    too, so that searched and not found differs from not searched. A date too coarse for a grain (2019 has no
    quarter, and may straddle two phases) is in none of its periods; `note` says how many documents are so. A
    document without a date, or of no known kind, is in no row. The grain `rolling` has windows of `window`
    months that move by a quarter.

    `whose` codings they are `analysis.basis` says; `machine` are those of the machine alone, counted beside
    them: where they are not given, what counts now less what people decided.
    """
    import numpy as np

    kept = codable_segments(documents, segments)
    if machine is None:
        machine = codings if whose == MACHINE else on_basis(codings, segments, documents, codebook, MACHINE)
    found, beside = _sided(codings, machine, kept, codebook, whose)
    kept = kept[list(SEGMENTS_ASKED)]
    document = numbered(kept["document_id"])
    blocks: list[Block] = []
    for kind in KINDS:
        mask = (kept["kind"] == kind).to_numpy(dtype=bool)
        inside = mask.nonzero()[0].astype(np.int32)
        if not len(inside):
            continue
        ink = np.fromiter(map(count_signs, kept["text"].iloc[inside]), np.int32, len(inside))
        for basis in ("document",) if kind in WRITTEN else ("said", TOLD):
            dated = _Dated.of(kept, inside, basis)
            for grain in grains:
                if grain == "phase" and basis == "said":
                    continue
                shares = {
                    span: share_out(grain, *span, phases, whole=basis != TOLD, window=window)
                    for span in dated.spans
                }
                note = _note(grain, basis, dated, shares, document)
                counted = _Counted.of(kept, found, dated, shares, ink, codebook, beside=beside)
                used = {name for held in shares.values() for name, _ in held}
                if basis == TOLD and not used:
                    continue
                blocks += (
                    _block(counted, period, basis, kind, codebook, note, seed=seed, resamples=resamples)
                    for period in periods(grain, used, phases, window)
                )
    return stacked(blocks, "timeline")


def _sided(
    codings: pd.DataFrame, machine: pd.DataFrame, kept: pd.DataFrame, codebook: Codebook, whose: str
) -> tuple[pd.DataFrame, bool]:
    """Return countable codings with their `side`, those of the machine beside them where people decided.

    Where nobody did, the machine's are the same and are not there twice; the second value says which.
    """
    import numpy as np
    import pandas as pd

    found = countable_codings(codings, kept, codebook)
    decided = found["status"].isin(DECIDED_YES).to_numpy(dtype=bool) & (whose != MACHINE)
    by_person = (found["coder"] != MACHINE).to_numpy(dtype=bool)
    sides = np.select([decided & by_person, decided], [PERSON, REVIEWED], OPEN).astype(np.int8)
    columns = ["row", "column", "modality", "side"]
    found = found.assign(side=sides)[columns]
    if whose == CURRENT and not codings["status"].isin((*DECIDED_YES, *DECIDED_NO)).any():
        return found, False
    if whose == MACHINE:
        return found, False
    more = countable_codings(machine, kept, codebook)
    more = more.assign(side=np.full(len(more), BESIDE, dtype=np.int8))
    both = pd.concat([found, more[columns]], ignore_index=True)
    return both.assign(modality=both["modality"].astype("category")), True


@dataclass(frozen=True, slots=True)
class _Dated:
    """Segments of a kind, and the stretch of time that places each, by its number; -1 for those without."""

    rows: Any  # int array: rows of codable segments
    which: Any  # int array: numbers of `spans`
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, kept: pd.DataFrame, rows: Any, basis: str) -> _Dated:
        import numpy as np

        columns = ("t_said", "t_said") if basis == "said" else ("t_about_start", "t_about_end")
        start, end = (values_of(kept[column]) for column in columns)
        key = start.at[rows].astype(np.int64) * len(distinct(end)) + end.at[rows]
        pairs, first, number = np.unique(key, return_index=True, return_inverse=True)
        spans = list(zip(start[rows[first]], end[rows[first]], strict=True))
        told = [n for n in np.argsort(first, kind="stable").tolist() if any(spans[n])]
        to = np.full(len(pairs), -1, dtype=np.int32)
        to[told] = np.arange(len(told))
        return cls(rows, to[number], tuple(spans[n] for n in told))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one kind and grain hold: exposure by document, countings by cell, both ordered by period.

    A cell is a code in a modality. Every coding counts for its code and for all that stand above it; `first`
    is true where it is the first of its segment for the cell. Rows are what `n` segments, or codings, have in
    common, each of which has the share `weight` in the period. `beside`: the machine's are there apart.
    """

    exposure: pd.DataFrame  # document, segments, characters, weight (of all)
    codings: pd.DataFrame  # document, cell, n, weight, first, side
    bounds: Mapping[str, tuple[slice, slice]]  # by period: its rows in the one and in the other
    modalities: tuple[str, ...]
    beside: bool

    @classmethod
    def of(
        cls,
        kept: pd.DataFrame,
        found: pd.DataFrame,
        dated: _Dated,
        shares: Mapping[Span, Sequence[Share]],
        ink: Any,
        codebook: Codebook,
        *,
        beside: bool,
    ) -> _Counted:
        import numpy as np

        parts = _Parts.of(dated, shares)
        ranks = ranked(kept["document_id"])
        exposure = parts.exposure(ranks[dated.rows].astype(np.int64), dated.which, ink)
        span = np.full(len(kept), -1, dtype=np.int32)
        span[dated.rows] = dated.which
        marked = np.flatnonzero(parts.sizes[span[found["row"].to_numpy()]] > 0)
        row, column = (found[name].to_numpy()[marked] for name in ("row", "column"))
        side = found["side"].to_numpy()[marked]
        modality = values_of(found["modality"])
        mode = modality.at[marked]
        met = sorted({distinct(modality)[n] for n in np.unique(mode)})
        to = np.array([met.index(name) if name in met else -1 for name in distinct(modality)] or [0])
        modalities = tuple(met) or ("unassessed",)
        at, up = lifted(column, codebook)
        cell = up * len(modalities) + to[mode.astype(np.int64)][at]
        row, side = row[at].astype(np.int64), side[at]
        cells = len(codebook.codes) * len(modalities)
        counted = parts.codings(
            ranks[row].astype(np.int64), span[row], cell, side, _first(row * cells + cell, side)
        )
        ends = [
            table["period"].to_numpy().searchsorted(np.arange(len(parts.names) + 1))
            for table in (exposure, counted)
        ]
        bounds = {
            name: (slice(*ends[0][n : n + 2]), slice(*ends[1][n : n + 2]))
            for n, name in enumerate(parts.names)
        }
        return cls(exposure, counted, bounds, modalities, beside)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The periods that stretches of time reach into: of all stretches, one after the other, and their shares.

    `sizes` has one more at its end, 0, for what has no time.
    """

    names: tuple[str, ...]
    period: Any  # numbers of names
    share: Any
    sizes: Any  # how many of them each stretch has

    @classmethod
    def of(cls, dated: _Dated, shares: Mapping[Span, Sequence[Share]]) -> _Parts:
        import numpy as np

        parts = [share for span in dated.spans for share in shares[span]]
        names = tuple(sorted({period for period, _ in parts}))
        number = {name: n for n, name in enumerate(names)}
        return cls(
            names,
            np.array([number[name] for name, _ in parts] or [0], dtype=np.int64),
            np.array([share for _, share in parts] or [0.0], dtype=float),
            np.array([len(shares[span]) for span in dated.spans] + [0], dtype=np.int64),
        )

    def exposure(self, document: Any, span: Any, ink: Any) -> pd.DataFrame:
        """Add up segments by period and document."""
        import numpy as np
        import pandas as pd

        timed = self.sizes[span] > 0
        keys, inverse, n = np.unique(
            document[timed] * len(self.sizes) + span[timed], return_inverse=True, return_counts=True
        )
        signs = np.bincount(inverse, weights=ink[timed], minlength=len(keys)).astype(np.int64)
        document, span = np.divmod(keys, len(self.sizes))
        at, period, share = self._spread(span)
        inside = pd.DataFrame(
            {
                "period": period,
                "document": document[at],
                "segments": n[at],
                "characters": signs[at],
                "weight": share * n[at],
            }
        )
        return inside.groupby(["period", "document"], sort=True).sum().reset_index()

    def codings(self, document: Any, span: Any, cell: Any, side: Any, first: Any) -> pd.DataFrame:
        """Put codings together that have everything in common, and order them by period."""
        import numpy as np
        import pandas as pd

        cells = int(cell.max(initial=0)) + 1
        key = ((document * len(self.sizes) + span) * cells + cell) * 2 * (BESIDE + 1)
        keys, n = np.unique(key + side * 2 + first, return_counts=True)
        keys, first = np.divmod(keys, 2)
        keys, side = np.divmod(keys, BESIDE + 1)
        keys, cell = np.divmod(keys, cells)
        document, span = np.divmod(keys, len(self.sizes))
        at, period, share = self._spread(span)
        order = np.argsort(period, kind="stable")
        at = at[order]
        return pd.DataFrame(
            {
                "period": period[order],
                "document": document[at],
                "cell": cell[at],
                "n": n[at],
                "weight": share[order],
                "first": first[at] == 1,
                "side": side[at],
            }
        )

    def _spread(self, span: Any) -> tuple[Any, Any, Any]:
        """For each period that some stretches reach into: which of them does, the period and its share."""
        import numpy as np

        ends = np.cumsum(self.sizes)
        at, place = ranges((ends - self.sizes)[span], ends[span])
        return at, self.period[place], self.share[place]


def _first(cell: Any, side: Any) -> Any:
    """Which codings are the first of their segment for a cell, the machine's beside others left out."""
    import numpy as np

    now = np.flatnonzero(side != BESIDE)
    made = np.zeros(len(cell), dtype=bool)
    made[now[np.unique(cell[now], return_index=True)[1]]] = True
    return made


def _block(
    counted: _Counted,
    period: Period,
    basis: str,
    kind: str,
    codebook: Codebook,
    note: str,
    *,
    seed: int,
    resamples: int,
) -> Block:
    """Make the rows of one period: every code in every modality of the kind."""
    import numpy as np

    of_exposure, of_codings = counted.bounds.get(period.name, (slice(0), slice(0)))
    exposed: pd.DataFrame = counted.exposure[of_exposure]
    here: pd.DataFrame = counted.codings[of_codings]
    names, modes = np.array(list(codebook.codes), dtype=object), np.array(counted.modalities, dtype=object)
    size = len(names) * len(modes)
    shape = (len(exposed), size)
    weight = exposed["weight"].to_numpy(dtype=float)
    cell, n = here["cell"].to_numpy(), here["n"].to_numpy()
    part = n * here["weight"].to_numpy(dtype=float)
    side = here["side"].to_numpy()
    now = side != BESIDE

    def number(of: Any) -> Any:
        return np.bincount(cell[of], weights=n[of], minlength=size).astype(np.int64)

    n_codings, by_person = number(now), number(side == PERSON)
    n_decided = by_person + number(side == REVIEWED)
    n_machine = number(~now) if counted.beside else n_codings
    once = here["first"].to_numpy(dtype=bool)
    document = exposed["document"].to_numpy().searchsorted(here["document"].to_numpy()[once])
    at = document * size + cell[once]
    count = np.bincount(at, weights=n[once], minlength=shape[0] * shape[1]).reshape(shape)
    weighed = np.bincount(at, weights=part[once], minlength=count.size).reshape(shape)
    w_segments, whole = weighed.sum(axis=0), float(weight.sum())
    share = weighed / weight[:, None]
    low, high = _interval(share, seed=seed, resamples=resamples)
    return size, {
        "basis": basis,
        "kind": kind,
        "code": np.repeat(names, len(modes)),
        "modality": np.tile(modes, len(names)),
        "period": period.name,
        "start": period.start,
        "end": period.end,
        "n_codings": n_codings,
        "n_segments": count.sum(axis=0).astype(np.int64),
        "n_documents": (count > 0).sum(axis=0),
        "exposure_segments": int(exposed["segments"].sum()),
        "exposure_documents": len(exposed),
        "exposure_characters": int(exposed["characters"].sum()),
        "share_micro": w_segments / whole if whole else np.nan,
        "share_macro": share.mean(axis=0) if whole else np.nan,
        "lo": low,
        "hi": high,
        "note": "; ".join(filter(None, (_weak(len(exposed)), note))),
        "grain": period.grain,
        "w_codings": np.bincount(cell[now], weights=part[now], minlength=size),
        "w_segments": w_segments,
        "w_exposure": whole,
        "coded_by": _resting(n_codings, n_decided, by_person, n_machine),
        "n_decided": n_decided,
        "n_machine": n_machine,
    }


def _interval(share: Any, *, seed: int, resamples: int) -> tuple[Any, Any]:
    """Resample documents (rows) and return the bounds of the mean of each cell: NaN of too few."""
    import numpy as np

    low, high = (np.full(share.shape[1], np.nan) for _ in range(2))
    if len(share) >= LEAST:
        found = share.any(axis=0)  # what is nowhere is nowhere in a resample
        weights = resampled(len(share), resamples=resamples, seed=seed) / len(share)
        low[~found] = high[~found] = 0.0
        low[found], high[found] = bounds(weights @ share[:, found])
    return low, high


def _resting(n_codings: Any, n_decided: Any, by_person: Any, n_machine: Any) -> Any:
    """What each cell rests on, in a word."""
    import numpy as np

    aside = np.maximum(n_machine - n_codings + by_person, 0)
    names = np.full(len(n_codings), Rest().name, dtype=object)
    for at in np.flatnonzero(n_decided | aside).tolist():
        counts = (n_codings[at], n_decided[at], by_person[at], aside[at])
        names[at] = Rest(*(int(n) for n in counts)).name
    return names


def _weak(count: int) -> str:
    if not count:
        return "no material"
    return f"{count} document{'s' * (count > 1)} only: no interval" if count < LEAST else ""


def _note(
    grain: str, basis: str, dated: _Dated, shares: Mapping[Span, Sequence[Share]], document: Any
) -> str:
    """Say what is in none of the periods: documents by their date, of told time segments."""
    import numpy as np

    lost_span = np.array([not shares[span] for span in dated.spans] + [False], dtype=bool)
    nowhere = dated.rows[lost_span[dated.which]]
    if basis == TOLD:
        why = "lie in no one phase" if grain == "phase" else "are open to one side"
        unknown = int((dated.which < 0).sum())
        parts = (f"of {unknown} of {len(dated.rows)} segments the time is not known" if unknown else "",)
        return "; ".join(filter(None, (*parts, f"{len(nowhere)} {why}" if len(nowhere) else "")))
    lost = len(np.unique(document[nowhere]))
    reason = {
        "year": "span two years",
        "quarter": "are known by year only",
        "phase": "lie in no one phase",
        ROLLING: "are known by year only",
    }
    return f"{lost} dated document{'s' * (lost > 1)} of this kind {reason[grain]}" if lost else ""


def event_rows(events: Sequence[Event], phases: Sequence[Phase] = ()) -> list[Row]:
    """Write events as rows of `events`, by date, with the phases that end and begin on that day."""
    from qualcode.text.dates import first_day

    ends = {phase.end: phase.id for phase in phases if phase.end}
    begins = {phase.start: phase.id for phase in phases if phase.start}
    rows: list[Row] = []
    for event in sorted(events, key=lambda event: (event.date, event.id)):
        day = first_day(event.date).isoformat()
        rows.append(
            (
                event.id,
                event.date,
                event.name.get("zh") or event.name.get("", ""),
                event.name.get("en") or event.name.get("", ""),
                event.type,
                event.level,
                event.node,
                ends.get(day, ""),
                begins.get(day, ""),
            )
        )
    return rows
