"""When codes were used: the table `timeline`, and `events` beside it.

Two bases, never added together. `document`: policies, minutes and reports at the date they are in force from
(else issued, else dated). `said`: interviews, focus groups and field notes at the date they were held, which
says nothing about the time they tell of; they have no phase. Kinds of document are never summed either, nor
modalities: a document's 应当 is no practice.

A share is codable segments with the code among all codable segments of the period (micro), or that share in
each document first and then their mean, so that a long document has one voice (macro). The interval resamples
the documents of the period. A period without material has exposure 0 and no share; it is listed all the same,
between the first and the last with any.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.evidence import chains, countable_codings
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled
from qualcode.analysis.load import Row, frame
from qualcode.analysis.periods import phase_of, quarter_of, year_of
from qualcode.analysis.tables import WRITTEN
from qualcode.model import KINDS, Event, Phase

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

GRAINS = ("year", "quarter", "phase")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, half-open; `grain` is year, quarter or phase."""

    grain: str
    name: str
    start: str
    end: str


def timeline(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    phases: Sequence[Phase] = (),
    *,
    grains: Sequence[str] = GRAINS,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Return the table `timeline` from documents, segments and coded_segments.

    One row per basis, kind, grain, period, code and modality that occurs in that kind; counts of 0 are there
    too, so that searched and not found differs from not searched. A date too coarse for a grain (2019 has no
    quarter, and may straddle two phases) is in none of its periods; `note` says how many documents are so. A
    document without a date, or of no known kind, is in no row.
    """
    kept = codable_segments(documents, segments)
    found = countable_codings(codings, kept, codebook)
    rows: list[Row] = []
    for kind in KINDS:
        mask = (kept["kind"] == kind).to_numpy(dtype=bool)
        if not mask.any():
            continue
        basis = "document" if kind in WRITTEN else "said"
        dates = _dates(kept[mask], basis)
        for grain in grains:
            if grain == "phase" and basis != "document":
                continue
            name = {key: _period_of(grain, *date, phases) for key, date in dates.items()}
            periods = list(_periods(grain, [n for n in name.values() if n], phases))
            lost = sum(not n and bool(dates[key][0]) for key, n in name.items())
            segment_period = kept["document_id"].map(name).where(mask, "").fillna("")
            counted = _Counted.of(kept, found, segment_period, codebook)
            for period in periods:
                rows += _rows(
                    counted, period, basis, kind, codebook, _note(grain, lost), seed=seed, resamples=resamples
                )
    return frame(rows, "timeline")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one kind and grain hold: exposure by document, countings by code and modality."""

    exposure: pd.DataFrame  # period, document_id, segments, characters
    codings: pd.DataFrame  # period, document_id, row, code, modality
    modalities: tuple[str, ...]

    @classmethod
    def of(
        cls, kept: pd.DataFrame, found: pd.DataFrame, period: pd.Series[Any], codebook: Codebook
    ) -> _Counted:
        import pandas as pd

        inside = kept.assign(period=period, ink=[_ink(text) for text in kept["text"]])
        inside = inside[(inside["period"] != "").to_numpy(dtype=bool)]
        exposure = (
            inside.groupby(["period", "document_id"], sort=True)
            .agg(segments=("segment_id", "size"), characters=("ink", "sum"))
            .reset_index()
        )
        ups = pd.DataFrame(
            [(c, up) for c, line in enumerate(chains(codebook)) for up in line], columns=["column", "up"]
        )
        marked = found[["row", "column", "modality", "document_id"]].assign(
            period=found["row"].map(period).to_numpy()
        )
        marked = marked[(marked["period"] != "").to_numpy(dtype=bool)].merge(ups, on="column")
        modalities = tuple(sorted(set(marked["modality"]))) or ("unassessed",)
        return cls(exposure, marked, modalities)


def _rows(
    counted: _Counted,
    period: Period,
    basis: str,
    kind: str,
    codebook: Codebook,
    note: str,
    *,
    seed: int,
    resamples: int,
) -> Iterator[Row]:
    """Write the rows of one period: every code in every modality of the kind."""
    import numpy as np

    exposed = counted.exposure[(counted.exposure["period"] == period.name).to_numpy(dtype=bool)]
    here = counted.codings[(counted.codings["period"] == period.name).to_numpy(dtype=bool)]
    cells = list(product(range(len(codebook.codes)), counted.modalities))
    place = {cell: n for n, cell in enumerate(cells)}
    share = np.zeros((len(exposed), len(cells)))
    number = {name: n for n, name in enumerate(exposed["document_id"])}
    segments = exposed["segments"].to_numpy(dtype=float)
    distinct = here.drop_duplicates(["row", "up", "modality"])
    for name, up, modality in zip(distinct["document_id"], distinct["up"], distinct["modality"], strict=True):
        share[number[name], place[up, modality]] += 1
    n_segments, n_documents = share.sum(axis=0).astype(int), (share > 0).sum(axis=0)
    n_codings = np.zeros(len(cells), dtype=int)
    for up, modality in zip(here["up"], here["modality"], strict=True):
        n_codings[place[up, modality]] += 1
    share /= segments[:, None]
    low = high = np.full(len(cells), np.nan)
    if len(exposed) >= LEAST:
        weights = resampled(len(exposed), resamples=resamples, seed=seed) / len(exposed)
        low, high = bounds(weights @ share)
    whole = int(segments.sum())
    characters = int(exposed["characters"].sum())
    warning = "; ".join(filter(None, (_weak(len(exposed)), note)))
    for n, (up, modality) in enumerate(cells):
        yield (
            basis,
            kind,
            tuple(codebook.codes)[up],
            modality,
            period.name,
            period.start,
            period.end,
            int(n_codings[n]),
            int(n_segments[n]),
            int(n_documents[n]),
            whole,
            len(exposed),
            characters,
            float(n_segments[n] / whole) if whole else None,
            float(share[:, n].mean()) if whole else None,
            float(low[n]),
            float(high[n]),
            warning,
            period.grain,
        )


def _dates(kept: pd.DataFrame, basis: str) -> dict[str, tuple[str, str]]:
    """Return, per document, the stretch of time that places it; empty where not known."""
    columns = ("t_about_start", "t_about_end") if basis == "document" else ("t_said", "t_said")
    first = kept.drop_duplicates("document_id")
    return {
        str(name): (str(start), str(end))
        for name, start, end in zip(first["document_id"], first[columns[0]], first[columns[1]], strict=True)
    }


def _period_of(grain: str, start: str, end: str, phases: Sequence[Phase]) -> str:
    if grain == "phase":
        return phase_of(start, end, phases)
    return year_of(start, end) if grain == "year" else quarter_of(start, end)


def _periods(grain: str, names: Sequence[str], phases: Sequence[Phase]) -> Iterator[Period]:
    """Yield the periods from the first to the last with material, empty ones too; all phases, always."""
    if grain == "phase":
        yield from (Period("phase", phase.id, phase.start, phase.end) for phase in phases)
    elif names and grain == "year":
        for year in range(int(min(names)), int(max(names)) + 1):
            yield Period("year", f"{year:04}", _day(year, 1), _day(year + 1, 1))
    elif names:
        first, last = (int(name[:4]) * 4 + int(name[-1]) - 1 for name in (min(names), max(names)))
        for step in range(first, last + 1):
            year, quarter = divmod(step, 4)
            after = divmod(step + 1, 4)
            name = f"{year:04}-Q{quarter + 1}"
            yield Period("quarter", name, _day(year, 1 + 3 * quarter), _day(after[0], 1 + 3 * after[1]))


def _day(year: int, month: int) -> str:
    return datetime.date(year, month, 1).isoformat()


def _weak(count: int) -> str:
    if not count:
        return "no material"
    return f"{count} document{'s' * (count > 1)} only: no interval" if count < LEAST else ""


def _note(grain: str, lost: int) -> str:
    reason = {"year": "span two years", "quarter": "are known by year only", "phase": "lie in no one phase"}
    return f"{lost} dated document{'s' * (lost > 1)} of this kind {reason[grain]}" if lost else ""


def _ink(text: str) -> int:
    return sum(not character.isspace() for character in text)


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
