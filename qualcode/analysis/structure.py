"""From quotes to codes, themes and dimensions: the table `data_structure` (Gioia, Corley & Hamilton 2013).

One row per countable coding: the words, the first-order concept (the code given), the second-order theme (its
parent; the code itself where it is at the top) and the aggregate dimension (the facet, else the top code).
The ladder is the codebook's own tree. Where it was written before the material was read, as a deductive
codebook is, the table shows what was looked for and is no proof that dimensions grew out of the data: codes
that people added while reading have `origin` reading.
"""

from __future__ import annotations

from qualcode.analysis.evidence import countable_codings
from qualcode.analysis.given import Given, Made, remark
from qualcode.analysis.load import Row, frame
from qualcode.review.records import is_open


def structure(given: Given) -> Made:
    """Return the table `data_structure` for the codes asked for and those below them, else for all."""
    book = given.codebook
    for code in given.codes:
        given.known(code)
    found = countable_codings(given.codings, given.kept, book)
    texts = given.kept["text"].tolist()
    rows: list[Row] = []
    columns = ("row", "code", "document_id", "segment_id", "matched", "coder")
    for row, code, document, segment, matched, coder in zip(
        *(found[name].tolist() for name in columns), strict=True
    ):
        if given.codes and not any(f"{code}.".startswith(f"{asked}.") for asked in given.codes):
            continue
        above = book.parents(code)
        rows.append(
            (
                *(book.facet_of(code) or (above[-1] if above else code), above[0] if above else code, code),
                *("reading" if is_open(code) else "codebook", document, str(given.kinds[row]), segment),
                *(tuple(matched), texts[row], coder),
            )
        )
    order = {code: n for n, code in enumerate(book.codes)}
    rows.sort(key=lambda line: order[str(line[2])])
    remarks = [remark("the ladder is the codebook's; it was not found in the data unless people added codes")]
    return Made({"data_structure": frame(rows, "data_structure")}, remarks)
