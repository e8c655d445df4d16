"""How many more codes does another interview bring? The table `saturation`.

Documents of talk in the order they were held (by id where the date is the same or not known). Following
Guest, Namey & Chen (2020): codes found in the first `BASE` documents are the base; after each further
document, ratio = codes new in the last `RUN` documents / codes of the base; `met` where ratio <= `THRESHOLD`.
lo and hi are the middle 90 % of that ratio over 1,000 random orders, and cum_mean the mean number of codes.

Codes are those of the codebook that were found: a closed codebook can only be used up. That says nothing of
what it does not look for, so `uncoded_share` stands beside it: segments without any code. Never write
"saturation reached" without base, run and threshold.
"""

from __future__ import annotations

from typing import Any

from qualcode.analysis.given import Given, Made, remark
from qualcode.analysis.load import Row, frame
from qualcode.model import TALK

BASE, RUN, THRESHOLD = 4, 2, 0.05
ORDERS = 1_000
LEAST = 6


def saturation(given: Given) -> Made:
    """Return the table `saturation`, a row per document of talk; ratios from 6 documents."""
    import numpy as np

    codes = given.codes or tuple(given.codebook.codes)
    held = given.documents[given.documents["kind"].isin(TALK).to_numpy(dtype=bool)]
    present = set(given.names)
    order = sorted(
        (str(date) or "9999", str(name))
        for date, name in zip(held["date"], held["document_id"], strict=True)
        if name in present
    )
    documents = [name for _, name in order]
    names = np.array(given.names, dtype=object)
    for code in codes:
        given.known(code)
    columns = [given.marks.codes.index(code) for code in codes]
    has = np.zeros((len(documents), len(codes)), dtype=bool)
    exposed, quotes, bare = [], [], []
    for n, name in enumerate(documents):
        rows = given.marks.stands[np.flatnonzero(names == name)]
        has[n] = np.asarray(rows[:, columns].sum(axis=0)).ravel() > 0
        coded = np.asarray(rows.sum(axis=1)).ravel() > 0
        exposed.append(rows.shape[0])
        quotes.append(int((np.asarray(rows[:, columns].sum(axis=1)).ravel() > 0).sum()))
        bare.append(1 - float(coded.mean()))
    fresh, ratios = run_ratios(has)
    draw = np.random.default_rng(given.seed)
    drawn = [run_ratios(has[draw.permutation(len(documents))]) for _ in range(ORDERS if documents else 0)]
    enough = len(documents) >= LEAST
    made: list[Row] = []
    for n, name in enumerate(documents):
        known = np.array([other[n] for _, other in drawn])
        known = known[~np.isnan(known)]
        ratio = float(ratios[n]) if enough else float("nan")
        low, high = np.quantile(known, [0.05, 0.95]).tolist() if len(known) and enough else (None, None)
        made.append(
            (
                *(n + 1, name, exposed[n], 1, quotes[n]),
                *(int(fresh[n]), int(fresh[: n + 1].sum())),
                float(np.mean([other[: n + 1].sum() for other, _ in drawn])),
                *(ratio, low, high, bare[n], BASE, RUN, THRESHOLD),
                "" if ratio != ratio else "yes" if ratio <= THRESHOLD else "no",
                given.seed,
            )
        )
    remarks = [
        remark("a closed codebook can only be used up; code new material openly to look for what it lacks")
    ]
    if not enough:
        remarks.append(
            remark("{n} of at least {least} documents of talk: no ratio", n=len(documents), least=LEAST)
        )
    return Made({"saturation": frame(made, "saturation")}, remarks)


def run_ratios(has: Any, *, base: int = BASE, run: int = RUN) -> tuple[Any, Any]:
    """Return codes new in each document, and new codes of each run / codes of the base; NaN before both.

    >>> import numpy as np
    >>> rows = [[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]
    >>> run_ratios(np.array(rows, bool), base=2, run=2)
    (array([1, 1, 0, 1, 0]), array([nan, nan, nan, 0.5, 0.5]))
    """
    import numpy as np

    seen = np.logical_or.accumulate(has, axis=0) if len(has) else has
    counts = seen.sum(axis=1)
    fresh = np.diff(np.concatenate(([0], counts)))
    ratios = np.full(len(has), np.nan)
    if len(has) >= base and counts[base - 1]:
        for n in range(base + run - 1, len(has)):
            ratios[n] = (counts[n] - counts[n - run]) / counts[base - 1]
    return fresh, ratios
