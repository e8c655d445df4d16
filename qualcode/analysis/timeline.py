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
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.basis import CURRENT, DECIDED_NO, DECIDED_YES, Rest, on_basis
from qualcode.analysis.contexts import codable_segments, ranked
from qualcode.analysis.evidence import countable_codings, lifted
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled_means
from qualcode.analysis.lean import least, values_of
from qualcode.analysis.load import Block, Row, stacked
from qualcode.analysis.numbering import distinct, stretches
from qualcode.analysis.placing import GRAINS, ROLLING, WINDOW, Period, Share, periods, share_out
from qualcode.analysis.tables import WRITTEN
from qualcode.analysis.toldtimes import Span, ToldTimes
from qualcode.model import KINDS, MACHINE, Event, Phase
from qualcode.text.characters import ranges
from qualcode.text.words import count_signs

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

TOLD = "about"  # the basis on which a stretch of time is shared out
# Nobody decided; the machine's, accepted; a person's; the machine's alone.
OPEN, REVIEWED, PERSON, BESIDE = range(4)
AT_ONCE = 500_000  # segments or codings that are counted at a time


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
    document = ranked(kept["document_id"])
    blocks: list[Block] = []
    for kind in KINDS:
        inside = np.flatnonzero((kept["kind"] == kind).to_numpy(dtype=bool)).astype(np.int32)
        if not len(inside):
            continue
        ink = np.fromiter(map(count_signs, kept["text"].iloc[inside]), np.int32, len(inside))
        for basis in ("document",) if kind in WRITTEN else ("said", TOLD):
            dated = _Dated.of(kept, inside, basis)
            counted = _Counted.of(document, found, dated, ink, codebook)
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


class _Found(NamedTuple):
    """Countable codings in the order of their segments; the machine's beside them where people decided.

    Columns are the rows of codable segments, the numbers of codes and of modalities, and sides.
    """

    columns: tuple[Any, Any, Any, Any]
    modes: tuple[str, ...]

    def part(self, some: slice) -> _Found:
        """Some of them, one after the other."""
        row, column, mode, side = self.columns
        return _Found((row[some], column[some], mode[some], side[some]), self.modes)


def _sided(
    codings: pd.DataFrame, machine: pd.DataFrame, kept: pd.DataFrame, codebook: Codebook, whose: str
) -> tuple[_Found, bool]:
    """Return countable codings with their `side`, those of the machine beside them where people decided.

    Where nobody did, the machine's are the same and are not there twice; the second value says which.
    """
    import numpy as np

    found = countable_codings(codings, kept, codebook)
    sides = np.full(len(found), OPEN, dtype=np.int8)
    if whose != MACHINE:
        decided = found["status"].isin(DECIDED_YES).to_numpy(dtype=bool)
        sides[decided] = REVIEWED
        sides[decided & (found["coder"] != MACHINE).to_numpy(dtype=bool)] = PERSON
    held = _columns(found, sides)
    if whose == CURRENT and not codings["status"].isin((*DECIDED_YES, *DECIDED_NO)).any():
        return held, False
    if whose == MACHINE:
        return held, False
    more = countable_codings(machine, kept, codebook)
    beside = _columns(more, np.full(len(more), BESIDE, dtype=np.int8))
    modes = tuple(dict.fromkeys((*held.modes, *beside.modes)))
    to = np.array([modes.index(name) for name in beside.modes] or [0], dtype=np.int32)
    row, column, mode, side = beside.columns
    both = [np.concatenate(pair) for pair in zip(held.columns, (row, column, to[mode], side), strict=True)]
    order = np.argsort(both[0], kind="stable")
    row, column, mode, side = (one[order] for one in both)
    return _Found((row, column, mode, side), modes), True


def _columns(found: pd.DataFrame, sides: Any) -> _Found:
    modality = values_of(found["modality"])
    row, column = (found[name].to_numpy() for name in ("row", "column"))
    return _Found((row, column, modality.at, sides), tuple(map(str, distinct(modality))))


@dataclass(frozen=True, slots=True)
class _Dated:
    """Segments of a kind, and the stretch of time that places each, by its number; -1 for those without."""

    rows: Any  # int array: rows of codable segments
    which: Any  # int array: numbers of `spans`
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, kept: pd.DataFrame, rows: Any, basis: str) -> _Dated:
        import numpy as np

        start, end = ("t_said", "t_said") if basis == "said" else ("t_about_start", "t_about_end")
        told = ToldTimes.of(kept[start], kept[end], rows)
        known = [n for n, span in enumerate(told.spans) if any(span)]
        to = np.full(len(told.spans), -1, dtype=np.int32)
        to[known] = np.arange(len(known))
        return cls(rows, to[told.which], tuple(told.spans[n] for n in known))


class _Exposed(NamedTuple):
    """Segments of one document and stretch of time, in this order: how many, and their characters."""

    document: Any
    span: Any
    n: Any
    signs: Any


class _Coded(NamedTuple):
    """Codings that have everything in common, by document and stretch of time: how many.

    Every coding counts for its code and for all that stand above it; `first` is true where it is the first of
    its segment for the code in this modality.
    """

    document: Any
    span: Any
    code: Any
    mode: Any
    side: Any
    first: Any
    n: Any


class _Counted(NamedTuple):
    """What is counted of one kind by one basis, whatever the periods are."""

    exposed: _Exposed
    coded: _Coded
    modes: tuple[str, ...]

    @classmethod
    def of(cls, document: Any, found: _Found, dated: _Dated, ink: Any, codebook: Codebook) -> _Counted:
        import numpy as np

        which = np.full(len(document), -1, dtype=np.int32)
        which[dated.rows] = dated.which
        exposed = [_exposed(document[dated.rows[:0]], dated.which[:0], ink[:0])]
        for some in stretches(document[dated.rows], AT_ONCE):
            exposed.append(_exposed(document[dated.rows[some]], dated.which[some], ink[some]))
        coded = [_coded(document, which, found.part(slice(0)), codebook)]
        for some in stretches(document[found.columns[0]], AT_ONCE):
            coded.append(_coded(document, which, found.part(some), codebook))
        return cls(
            _Exposed(*map(np.concatenate, zip(*exposed, strict=True))),
            _Coded(*map(np.concatenate, zip(*coded, strict=True))),
            found.modes,
        )


def _exposed(document: Any, span: Any, ink: Any) -> _Exposed:
    """Put segments together; those without a stretch of time are left out."""
    import numpy as np

    timed = span >= 0
    size = int(span.max(initial=0)) + 1
    keys, inverse, n = np.unique(
        document[timed].astype(np.int64) * size + span[timed], return_inverse=True, return_counts=True
    )
    signs = np.bincount(inverse, weights=ink[timed], minlength=len(keys)).astype(np.int64)
    return _Exposed((keys // size).astype(np.int32), (keys % size).astype(np.int32), n, signs)


def _coded(document: Any, which: Any, found: _Found, codebook: Codebook) -> _Coded:
    """Put codings together; those of segments without a stretch of time are left out."""
    import numpy as np

    marked = np.flatnonzero(which[found.columns[0]] >= 0)
    row, column, mode, side = (held[marked] for held in found.columns)
    at, up = lifted(column, codebook)
    modes, codes = max(len(found.modes), 1), len(codebook.codes)
    cell = up * modes + mode.astype(np.int64)[at]
    row, side = row[at].astype(np.int64), side[at]
    first = _first(row * (codes * modes) + cell, side)
    span = which[row]
    size = int(span.max(initial=0)) + 1
    key = (document[row].astype(np.int64) * size + span) * (codes * modes) + cell
    keys, n = np.unique((key * (BESIDE + 1) + side) * 2 + first, return_counts=True)
    keys, first = np.divmod(keys, 2)
    keys, side = np.divmod(keys, BESIDE + 1)
    keys, mode = np.divmod(keys, modes)
    keys, code = np.divmod(keys, max(codes, 1))
    whose, span = np.divmod(keys, size)
    return _Coded(
        whose.astype(np.int32),
        span.astype(np.int32),
        code.astype(least(codes)),
        mode.astype(least(modes)),
        side.astype(np.int8),
        first == 1,
        n.astype(np.int32),
    )


class _Exposure(NamedTuple):
    """What is in one period, by document: segments, characters, segments by their share."""

    document: Any
    segments: Any
    characters: Any
    weight: Any


class _Asked(NamedTuple):
    """What is asked of the counts by one grain: which periods stretches of time are in; which modalities."""

    counted: _Counted
    periods: Mapping[str, Mapping[int, float]]  # shares of stretches
    exposures: Mapping[str, _Exposure]  # by period
    modes: Sequence[int]  # in the order of their names
    beside: bool  # the machine's are there apart

    @classmethod
    def of(cls, counted: _Counted, shares: Sequence[Sequence[Share]], *, beside: bool) -> _Asked:
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
    exposed: _Exposed, shares: Sequence[Sequence[Share]], names: Sequence[str]
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


def _modes(counted: _Counted, shares: Sequence[Sequence[Share]]) -> list[int]:
    """The modalities of codings that are in any period, in the order of their names."""
    import numpy as np

    placed = np.array([bool(held) for held in shares] + [False])
    met: list[int] = np.unique(counted.coded.mode[placed[counted.coded.span]]).tolist()
    return sorted(met, key=counted.modes.__getitem__)


def _first(cell: Any, side: Any) -> Any:
    """Which codings are the first of their segment for a cell, the machine's beside others left out."""
    import numpy as np

    now = np.flatnonzero(side != BESIDE)
    made = np.zeros(len(cell), dtype=bool)
    made[now[np.unique(cell[now], return_index=True)[1]]] = True
    return made


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


def _note(grain: str, basis: str, dated: _Dated, shares: Sequence[Sequence[Share]], document: Any) -> str:
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
