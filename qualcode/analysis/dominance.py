"""Which code of a family leads in each phase: the table `dominance`.

In a phase, with codable segments s of document d and y = 1 where the code (or one below it) stands:

    p_macro = mean over documents of (segments with the code / segments)      every document one voice
    p_micro = segments with the code / segments
    share   = p / sum of p over the codes compared;  margin = share of the first - share of the second

A level compares two dictionaries, one of which may simply find more. So which code leads is answered only
where the codes were validated: p_adj = p_macro * precision / recall (Rogan & Gladen 1978, in this form for
counts of what was found), and pr_top is how often the code leads when documents are resampled and precision
and recall are drawn from what validation saw (Beta with 1/2 added to each count; of segments drawn by a
design, the share missed in the stratum without the code is drawn, and weighted by its size). A code is
`dominant` at pr_top >= .95, else `contested`. Without validation the label is `not identified`; a code's own
change over time can still be read. Kinds of document are never added; phases with fewer than three documents
have no interval and no label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.analysis.gathered import Gathered
from qualcode.analysis.given import Accuracy, Given, Made, Remark, basis_of, families, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled_means
from qualcode.analysis.load import Row, frame
from qualcode.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

SURE = 0.95
UNKNOWN = "level comparison not identified: no validation"


def dominance(given: Given) -> Made:
    """Return the table `dominance`: one row per family, kind, phase and code compared."""
    import numpy as np

    sets = {"": given.codes} if given.codes else families(given.codebook)
    phase = given.placed_in(given.phases)
    rows: list[Row] = []
    remarks: list[Remark] = []
    if not given.phases:
        remarks.append(remark("the study names no phases; nothing can be placed before or after"))
    for facet, codes in sets.items():
        for kind in KINDS:
            if given.phases and (given.kinds == kind).any():
                held = Gathered.of(given, kind, codes)
                place = np.array(held.placed(given.phases), dtype=object)
                for period in given.phases:
                    rows += _cell(given, facet, codes, held, period.id, place == period.id)
    if not all(code in given.accuracy for codes in sets.values() for code in codes):
        remarks.append(
            remark(
                "level comparison not identified: give what validation found with --validation; else only"
                " each code's own change can be read"
            )
        )
    lost = int((given.talk & (phase == "")).sum())
    if lost and given.phases:
        remarks.append(
            remark("{n} of {all} segments of talk are in no phase", n=lost, all=int(given.talk.sum()))
        )
    return Made({"dominance": frame(rows, "dominance")}, remarks)


def _cell(given: Given, facet: str, codes: Sequence[str], held: Gathered, phase: str, here: Any) -> list[Row]:
    import numpy as np

    kind, exposed = held.kind, held.exposure(here)
    there = exposed > 0
    exposed, count = exposed[there], int(there.sum())
    marked = np.stack([held.found(n, here)[there] for n in range(len(codes))], axis=1)
    notes = []
    size = len(codes)
    low = high = adjusted = share = top = np.full(size, np.nan)
    macro = micro = np.full(size, np.nan)
    ranks: list[int | None] = [None] * size
    margin = float("nan")
    label = ["" for _ in codes]
    if not count:
        notes.append("no material")
    else:
        part = marked / exposed[:, None]
        macro, micro = part.mean(axis=0), marked.sum(axis=0) / exposed.sum()
        rates = [given.accuracy.get(code) for code in codes]
        known = [rate for rate in rates if rate is not None]
        if len(known) == size:
            adjusted = macro * np.array([rate.ratio for rate in known])
        level = adjusted if len(known) == size else macro
        if level.sum() > 0:
            share = level / level.sum()
            ordered = np.sort(share)[::-1]
            margin = float(ordered[0] - ordered[1])
        if count < LEAST:
            notes.append(f"{count} document{'s' * (count > 1)} only: no interval, no label")
        else:
            ranks = [int((level > value).sum()) + 1 for value in level]
            again = resampled_means(part, resamples=given.resamples, seed=given.seed)
            low, high = bounds(again)
            if len(known) == size:
                again = again * _drawn(known, len(again), given.seed)
                best = again.max(axis=1, keepdims=True)
                first = (again >= best) & (best > 0)
                top = (first / np.maximum(first.sum(axis=1, keepdims=True), 1)).mean(axis=0)
                label = ["dominant" if value >= SURE else "contested" for value in top]
            else:
                label = ["not identified"] * size
        if len(known) < size:
            notes.append(UNKNOWN)
    return [
        (
            basis_of(kind),
            kind,
            facet,
            phase,
            code,
            int(exposed.sum()),
            count,
            int(marked[:, n].sum()) if count else 0,
            float(micro[n]),
            float(macro[n]),
            float(low[n]),
            float(high[n]),
            float(adjusted[n]),
            float(share[n]),
            ranks[n],
            margin,
            float(top[n]),
            label[n],
            "; ".join(notes),
            given.seed,
        )
        for n, code in enumerate(codes)
    ]


def _drawn(rates: Sequence[Accuracy], count: int, seed: int) -> Any:
    import numpy as np

    draw = np.random.default_rng([seed, 1])
    columns = []
    for rate in rates:
        precise = draw.beta(rate.found + 0.5, rate.wrong + 0.5, count)
        if rate.positive:  # drawn by a design: precision / recall = p+ + p- W- / W+
            missing = draw.beta(rate.missed + 0.5, rate.clear + 0.5, count)
            columns.append(precise + missing * rate.negative / rate.positive)
        else:
            columns.append(precise / draw.beta(rate.found + 0.5, rate.missed + 0.5, count))
    return np.stack(columns, axis=1)
