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
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.basis import CURRENT, Rest, on_basis
from qualcode.analysis.contexts import codable_segments, ranked
from qualcode.analysis.dated import AT_ONCE, BESIDE, PERSON, REVIEWED, Counted, Dated, Exposed, sided
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled_means
from qualcode.analysis.load import Block, Row, stacked
from qualcode.analysis.numbering import stretches
from qualcode.analysis.placing import GRAINS, ROLLING, WINDOW, Period, Share, periods, share_out
from qualcode.analysis.tables import WRITTEN
from qualcode.model import KINDS, MACHINE, Event, Phase
from qualcode.text.characters import ranges
from qualcode.text.words import count_signs

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

TOLD = "about"  # the basis on which a stretch of time is shared out


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
    found, beside = sided(codings, machine, kept, codebook, whose)
    document = ranked(kept["document_id"])
    blocks: list[Block] = []
    for kind in KINDS:
        inside = np.flatnonzero((kept["kind"] == kind).to_numpy(dtype=bool)).astype(np.int32)
        if not len(inside):
            continue
        ink = np.fromiter(map(count_signs, kept["text"].iloc[inside]), np.int32, len(inside))
        for basis in ("document",) if kind in WRITTEN else ("said", TOLD):
            dated = Dated.of(kept, inside, basis)
            counted = Counted.of(document, found, dated, ink, codebook)
            for grain in grains:
                if grain == "phase" and basis == "said":
                    continue
                shares = [
                    share_out(grain, *span, phases, whole=basis != TOLD, window=window)
                    for span in dated.spans
                ]
                note = _note(grain, basis, dated, shares, document)
                used = {name for held in shares for name, _ in held}
                if basis == TOLD and not used:
                    continue
                asked = _Asked.of(counted, shares, beside=beside)
                blocks += (
                    _block(asked, period, basis, kind, codebook, note, seed=seed, resamples=resamples)
                    for period in periods(grain, used, phases, window)
                )
    return stacked(blocks, "timeline")


class _Exposure(NamedTuple):
    """What is in one period, by document: segments, characters, segments by their share."""

    document: Any
    segments: Any
    characters: Any
    weight: Any


class _Asked(NamedTuple):
    """What is asked of the counts by one grain: which periods stretches of time are in; which modalities."""

    counted: Counted
    periods: Mapping[str, Mapping[int, float]]  # shares of stretches
    exposures: Mapping[str, _Exposure]  # by period
    modes: Sequence[int]  # in the order of their names
    beside: bool  # the machine's are there apart

    @classmethod
    def of(cls, counted: Counted, shares: Sequence[Sequence[Share]], *, beside: bool) -> _Asked:
        by_period = _by_period(shares)
        exposures = _exposures(counted.exposed, shares, sorted(by_period))
        return cls(counted, by_period, exposures, _modes(counted, shares), beside)


def _by_period(shares: Sequence[Sequence[Share]]) -> dict[str, dict[int, float]]:
    """Turn the periods of each stretch of time into the stretches of each period."""
    made: dict[str, dict[int, float]] = {}
    for span, held in enumerate(shares):
        for name, share in held:
            made.setdefault(name, {})[span] = share
    return made


def _exposures(
    exposed: Exposed, shares: Sequence[Sequence[Share]], names: Sequence[str]
) -> dict[str, _Exposure]:
    """Add up segments by period and document."""
    import numpy as np
    import pandas as pd

    number = {name: n for n, name in enumerate(names)}
    period = np.array([number[name] for held in shares for name, _ in held], dtype=np.int32)
    share = np.array([own for held in shares for _, own in held], dtype=float)
    ends = np.cumsum([0, *map(len, shares)])
    parts = []
    for some in stretches(exposed.document, AT_ONCE):
        document, span, n, signs = (column[some] for column in exposed)
        at, place = ranges(ends[span], ends[span + 1])
        inside = pd.DataFrame(
            {
                "period": period[place],
                "document": document[at],
                "segments": n[at],
                "characters": signs[at],
                "weight": share[place] * n[at],
            }
        )
        parts.append(inside.groupby(["period", "document"], sort=True).sum().reset_index())
    if not parts:
        return {}
    whole = pd.concat(parts).sort_values("period", kind="stable")
    cuts = whole["period"].to_numpy().searchsorted(np.arange(len(names) + 1)).tolist()
    columns = [whole[name].to_numpy() for name in whole.columns[1:]]
    return {
        name: _Exposure(*(column[low:high] for column in columns))
        for name, (low, high) in zip(names, pairwise(cuts), strict=True)
    }


def _modes(counted: Counted, shares: Sequence[Sequence[Share]]) -> list[int]:
    """The modalities of codings that are in any period, in the order of their names."""
    import numpy as np

    placed = np.array([bool(held) for held in shares] + [False])
    met: list[int] = np.unique(counted.coded.mode[placed[counted.coded.span]]).tolist()
    return sorted(met, key=counted.modes.__getitem__)


def _block(
    asked: _Asked,
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

    coded, names = asked.counted.coded, asked.counted.modes
    part = np.zeros(int(coded.span.max(initial=0)) + 1)
    for span, own in asked.periods.get(period.name, {}).items():
        part[span : span + 1] = own
    nothing = np.zeros(0, dtype=np.int64)
    document, segments, characters, weight = asked.exposures.get(period.name) or (nothing,) * 4
    here = np.flatnonzero(part[coded.span] > 0)
    modes = np.array([names[n] for n in asked.modes] or ["unassessed"], dtype=object)
    to = np.zeros(max(len(names), 1), dtype=np.int64)
    to[asked.modes] = np.arange(len(asked.modes))
    size = len(codebook.codes) * len(modes)
    cell = coded.code[here].astype(np.int64) * len(modes) + to[coded.mode[here]]
    n, side, once = coded.n[here], coded.side[here], coded.first[here]
    weighs = n * part[coded.span[here]]
    now = side != BESIDE

    def number(of: Any) -> Any:
        return np.bincount(cell[of], weights=n[of], minlength=size).astype(np.int64)

    n_codings, by_person = number(now), number(side == PERSON)
    n_decided = by_person + number(side == REVIEWED)
    n_machine = number(~now) if asked.beside else n_codings
    at = document.searchsorted(coded.document[here[once]]) * size + cell[once]
    shape = (len(document), size)
    there = np.zeros(shape[0] * shape[1], dtype=bool)
    there[at] = True
    share = (
        np.bincount(at, weights=weighs[once], minlength=len(there)).reshape(shape).astype(float, copy=False)
    )
    w_segments, whole = share.sum(axis=0), float(weight.sum())
    share /= weight[:, None]
    low, high = _interval(share, seed=seed, resamples=resamples)
    codes = np.array(list(codebook.codes), dtype=object)
    return size, {
        "basis": basis,
        "kind": kind,
        "code": np.repeat(codes, len(modes)),
        "modality": np.tile(modes, len(codes)),
        "period": period.name,
        "start": period.start,
        "end": period.end,
        "n_codings": n_codings,
        "n_segments": number(once),
        "n_documents": there.reshape(shape).sum(axis=0),
        "exposure_segments": int(segments.sum()),
        "exposure_documents": len(document),
        "exposure_characters": int(characters.sum()),
        "share_micro": w_segments / whole if whole else np.nan,
        "share_macro": share.mean(axis=0) if whole else np.nan,
        "lo": low,
        "hi": high,
        "note": "; ".join(filter(None, (_weak(len(document)), note))),
        "grain": period.grain,
        "w_codings": np.bincount(cell[now], weights=weighs[now], minlength=size),
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
        low[~found] = high[~found] = 0.0
        low[found], high[found] = bounds(resampled_means(share[:, found], resamples=resamples, seed=seed))
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


def _note(grain: str, basis: str, dated: Dated, shares: Sequence[Sequence[Share]], document: Any) -> str:
    """Say what is in none of the periods: documents by their date, of told time segments."""
    import numpy as np

    lost_span = np.array([not held for held in shares] + [False], dtype=bool)
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
