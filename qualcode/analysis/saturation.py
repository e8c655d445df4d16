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
    first = np.unique(given.document, return_index=True)[1].tolist()
    number = {given.names[row]: n for n, row in enumerate(first)}
    order = sorted(
        (str(date) or "9999", str(name))
        for date, name in zip(held["date"], held["document_id"], strict=True)
        if name in number
    )
    documents = [name for _, name in order]
    for code in codes:
        given.known(code)
    chosen = given.stands[:, given.numbered(*codes)]
    has, exposed, quotes, coded = (
        per_document[[number[name] for name in documents]]
        for per_document in _by_document(given.document, given.stands, chosen, len(number))
    )
    fresh, ratios = run_ratios(has)
    enough = len(documents) >= LEAST
    so_far = np.cumsum(fresh)
    mean, low, high = _at_random(has, np.random.default_rng(given.seed))
    made: list[Row] = []
    for n, name in enumerate(documents):
        ratio = float(ratios[n]) if enough else float("nan")
        known = enough and low[n] == low[n]
        made.append(
            (
                *(n + 1, name, int(exposed[n]), 1, int(quotes[n])),
                *(int(fresh[n]), int(so_far[n]), float(mean[n]), ratio),
                *((float(low[n]), float(high[n])) if known else (None, None)),
                *(1 - float(coded[n] / exposed[n]), BASE, RUN, THRESHOLD),
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


def _by_document(document: Any, stands: Any, chosen: Any, count: int) -> tuple[Any, Any, Any, Any]:
    """Return of each document which chosen codes it has, and how many segments: all, with them, with any."""
    import numpy as np
    from scipy.sparse import csr_matrix

    every = np.arange(len(document))
    ones = np.ones(len(document), dtype=np.int32)
    group = csr_matrix((ones, (document, every)), shape=(count, len(document)))
    with_chosen, with_any = np.diff(chosen.indptr) > 0, np.diff(stands.indptr) > 0
    return (
        (group @ chosen).toarray() > 0,
        np.bincount(document, minlength=count),
        np.bincount(document[with_chosen], minlength=count),
        np.bincount(document[with_any], minlength=count),
    )


def _at_random(has: Any, draw: Any) -> tuple[Any, Any, Any]:
    """Return, by place, the mean number of codes so far over random orders, and the middle of the ratios.

    The ratios are those of orders whose base has a code; NaN where none has, and before base and run.
    """
    import numpy as np

    count = len(has)
    seen = np.zeros((ORDERS if count else 0, count), dtype=np.int32)
    for line in seen:
        first = _first_found(has, draw.permutation(count))
        line[:] = np.cumsum(np.bincount(first, minlength=count))
    mean = seen.sum(axis=0) / max(len(seen), 1)
    low, high = (np.full(count, np.nan) for _ in range(2))
    known = seen[seen[:, BASE - 1] > 0] if count >= BASE else seen[:0]
    base = known[:, BASE - 1] if len(known) else known
    for n in range(BASE + RUN - 1, count) if len(known) else ():
        low[n], high[n] = np.quantile((known[:, n] - known[:, n - RUN]) / base, [0.05, 0.95])
    return mean, low, high


def _first_found(has: Any, order: Any) -> Any:
    """Return where in an order of documents each code is first found; codes of none are left out."""
    import numpy as np

    left = np.flatnonzero(has.any(axis=0))
    found, at, step = [], 0, 64
    while len(left):
        part = has[order[at : at + step]][:, left]
        there = part.any(axis=0)
        found.append(at + part[:, there].argmax(axis=0))
        left, at, step = left[~there], at + step, step * 2
    return np.concatenate(found) if found else left


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
        ratios[base + run - 1 :] = (counts[base + run - 1 :] - counts[base - 1 : -run]) / counts[base - 1]
    return fresh, ratios
