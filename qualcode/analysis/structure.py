"""From quotes to codes, themes and dimensions: the table `data_structure` (Gioia, Corley & Hamilton 2013).

One row per countable coding: the words, the first-order concept (the code given), the second-order theme (its
parent; the code itself where it is at the top) and the aggregate dimension (the facet, else the top code).
The ladder is the codebook's own tree. Where it was written before the material was read, as a deductive
codebook is, the table shows what was looked for and is no proof that dimensions grew out of the data: codes
that people added while reading have `origin` reading.
"""

from __future__ import annotations

from collections.abc import Callable

from qualcode.analysis.evidence import countable_codings
from qualcode.analysis.given import Given, Made, remark
from qualcode.analysis.lean import Lean, lean, least, shown
from qualcode.columns import TABLES
from qualcode.review.records import is_open


def structure(given: Given) -> Made:
    """Return the table `data_structure` for the codes asked for and those below them, else for all."""
    import numpy as np
    import pandas as pd

    book = given.codebook
    for code in given.codes:
        given.known(code)
    found = countable_codings(given.codings, given.kept, book)
    codes = tuple(book.codes)
    asked = [
        n
        for n, code in enumerate(codes)
        if not given.codes or any(f"{code}.".startswith(f"{one}.") for one in given.codes)
    ]
    column = found["column"].to_numpy().astype(least(len(codes)))  # narrow numbers are sorted sooner
    chosen = np.flatnonzero(np.isin(column, asked)).astype(np.int32)
    chosen = chosen[np.argsort(column[chosen], kind="stable")]
    column = column[chosen]
    said = shown(found[["document_id", "segment_id", "matched", "coder"]], chosen)
    words = shown(given.kept[["kind", "text"]], found["row"].to_numpy()[chosen])
    del found, chosen

    def each(naming: Callable[[str], str]) -> Lean:
        of = lean([naming(code) for code in codes])
        return Lean(of.source, of.at.astype(least(len(codes)))[column])

    def top(code: str) -> str:
        return book.facet_of(code) or (book.parents(code) or (code,))[-1]

    made = {
        "aggregate": each(top),
        "second_order": each(lambda code: (book.parents(code) or (code,))[0]),
        "first_order": each(lambda code: code),
        "origin": each(lambda code: "reading" if is_open(code) else "codebook"),
        "document_id": said["document_id"].array,
        "kind": words["kind"].array,
        "segment_id": said["segment_id"].array,
        "matched": said["matched"].array,
        "quote": words["text"].array,
        "coder": said["coder"].array,
    }
    table = pd.DataFrame({one.name: made[one.name] for one in TABLES["data_structure"]}, copy=False)
    remarks = [remark("the ladder is the codebook's; it was not found in the data unless people added codes")]
    return Made({"data_structure": table}, remarks)
