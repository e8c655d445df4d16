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
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.evidence import chains, countable_codings
from qualcode.analysis.intervals import LEAST, RESAMPLES, bounds, resampled
from qualcode.analysis.load import Row, frame
from qualcode.analysis.placing import GRAINS, ROLLING, WINDOW, Period, Share, periods, share_out
from qualcode.analysis.tables import WRITTEN
from qualcode.model import KINDS, Event, Phase
from qualcode.text.words import count_signs

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

Span = tuple[str, str]  # first and last day of what a segment is about, as in its table
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
) -> pd.DataFrame:
    """Return the table `timeline` from documents, segments and coded_segments.

    One row per basis, kind, grain, period, code and modality that occurs in that kind; counts of 0 are there
    too, so that searched and not found differs from not searched. A date too coarse for a grain (2019 has no
    quarter, and may straddle two phases) is in none of its periods; `note` says how many documents are so. A
    document without a date, or of no known kind, is in no row. The grain `rolling` has windows of `window`
    months that move by a quarter.
    """
    kept = codable_segments(documents, segments)
    found = countable_codings(codings, kept, codebook)
    names = kept["document_id"].tolist()
    rows: list[Row] = []
    for kind in KINDS:
        mask = (kept["kind"] == kind).to_numpy(dtype=bool)
        inside = mask.nonzero()[0].tolist()
        if not inside:
            continue
        for basis in ("document",) if kind in WRITTEN else ("said", TOLD):
            dated = _dated(kept, inside, basis)
            for grain in grains:
                if grain == "phase" and basis == "said":
                    continue
                shares = {
                    span: share_out(grain, *span, phases, whole=basis != TOLD, window=window)
                    for span in dict.fromkeys(dated.values())
                }
                note = _note(grain, basis, dated, shares, inside, names)
                counted = _Counted.of(kept, found, dated, shares, codebook)
                used = {name for held in shares.values() for name, _ in held}
                if basis == TOLD and not used:
                    continue
                for period in periods(grain, used, phases, window):
                    rows += _rows(
                        counted, period, basis, kind, codebook, note, seed=seed, resamples=resamples
                    )
    return frame(rows, "timeline")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one kind and grain hold: exposure by document, countings by code and modality."""

    exposure: pd.DataFrame  # period, document_id, segments, characters, weight
    codings: pd.DataFrame  # period, document_id, row, code, modality, weight
    modalities: tuple[str, ...]

    @classmethod
    def of(
        cls,
        kept: pd.DataFrame,
        found: pd.DataFrame,
        dated: Mapping[int, Span],
        shares: Mapping[Span, Sequence[Share]],
        codebook: Codebook,
    ) -> _Counted:
        import pandas as pd

        names, texts = kept["document_id"].tolist(), kept["text"].tolist()
        inside = pd.DataFrame(
            [
                (row, names[row], period, share, count_signs(texts[row]))
                for row, span in dated.items()
                for period, share in shares[span]
            ],
            columns=["row", "document_id", "period", "weight", "ink"],
        )
        exposure = (
            inside.groupby(["period", "document_id"], sort=True)
            .agg(segments=("row", "size"), characters=("ink", "sum"), weight=("weight", "sum"))
            .reset_index()
        )
        ups = pd.DataFrame(
            [(c, up) for c, line in enumerate(chains(codebook)) for up in line], columns=["column", "up"]
        )
        marked = found[["row", "column", "modality"]].merge(
            inside[["row", "document_id", "period", "weight"]], on="row"
        )
        marked = marked.merge(ups, on="column")
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
    count = np.zeros((len(exposed), len(cells)))
    weighed = np.zeros((len(exposed), len(cells)))
    number = {name: n for n, name in enumerate(exposed["document_id"])}
    weight = exposed["weight"].to_numpy(dtype=float)
    distinct = here.drop_duplicates(["row", "up", "modality"])
    for name, up, modality, part in _each(distinct, "document_id"):
        count[number[name], place[up, modality]] += 1
        weighed[number[name], place[up, modality]] += part
    n_segments, n_documents = count.sum(axis=0).astype(int), (count > 0).sum(axis=0)
    n_codings, w_codings = np.zeros(len(cells), dtype=int), np.zeros(len(cells))
    for _, up, modality, part in _each(here, "document_id"):
        n_codings[place[up, modality]] += 1
        w_codings[place[up, modality]] += part
    w_segments, whole = weighed.sum(axis=0), float(weight.sum())
    share = weighed / weight[:, None]
    low = high = np.full(len(cells), np.nan)
    if len(exposed) >= LEAST:
        weights = resampled(len(exposed), resamples=resamples, seed=seed) / len(exposed)
        low, high = bounds(weights @ share)
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
            int(exposed["segments"].sum()),
            len(exposed),
            int(exposed["characters"].sum()),
            float(w_segments[n] / whole) if whole else None,
            float(share[:, n].mean()) if whole else None,
            float(low[n]),
            float(high[n]),
            warning,
            period.grain,
            float(w_codings[n]),
            float(w_segments[n]),
            whole,
        )


def _each(marked: pd.DataFrame, name: str) -> Iterator[tuple[str, int, str, float]]:
    yield from zip(marked[name], marked["up"], marked["modality"], marked["weight"], strict=True)


def _dated(kept: pd.DataFrame, rows: Sequence[int], basis: str) -> dict[int, Span]:
    """Return, per row of a codable segment, the stretch of time that places it; rows without are left out."""
    columns = ("t_said", "t_said") if basis == "said" else ("t_about_start", "t_about_end")
    starts, ends = (kept[column].tolist() for column in columns)
    return {row: (starts[row], ends[row]) for row in rows if starts[row] or ends[row]}


def _weak(count: int) -> str:
    if not count:
        return "no material"
    return f"{count} document{'s' * (count > 1)} only: no interval" if count < LEAST else ""


def _note(
    grain: str,
    basis: str,
    dated: Mapping[int, Span],
    shares: Mapping[Span, Sequence[Share]],
    rows: Sequence[int],
    documents: Sequence[str],
) -> str:
    """Say what is in none of the periods: documents by their date, of told time segments."""
    nowhere = [row for row, span in dated.items() if not shares[span]]
    if basis == TOLD:
        why = "lie in no one phase" if grain == "phase" else "are open to one side"
        unknown = len(rows) - len(dated)
        parts = (f"of {unknown} of {len(rows)} segments the time is not known" if unknown else "",)
        return "; ".join(filter(None, (*parts, f"{len(nowhere)} {why}" if nowhere else "")))
    lost = len({documents[row] for row in nowhere})
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
