"""Do sources agree? The table `triangulation`: talk against documents, by phase and code.

Counted are documents. In talk those where a code counts, told of oneself, of others, or of nobody in
particular, and those where it is negated; in documents those that say it ought to be (normative) and those
that report it (actual). The verdict is a suggestion to be read with both quotes (after Farmer et al. 2006):

    dissonant    documents report it, and talk negates it
    convergent   documents report it, and talk tells of it
    silent       neither says anything of it
    partial      anything else: one of the two only, or documents only say what ought to be

A document's 应当 is no practice, and silence is no disagreement. A phase without talk or without documents
has no verdict.
"""

from __future__ import annotations

from qualcode.analysis.given import Given, Made, remark
from qualcode.analysis.load import Row, frame

SELF, OTHER, OPEN, NEGATED, NORM, FACT, REST = range(7)


def triangulate(given: Given) -> Made:
    """Return the table `triangulation` for the codes asked for, else the roots of the codebook."""
    import numpy as np

    codes = given.codes or tuple(code.id for code in given.codebook.codes.values() if code.level == 1)
    for code in codes:
        given.known(code)
    ids = given.ids
    phase = given.placed_in(given.phases)
    found: dict[tuple[str, str], list[set[int]]] = {}
    under = given.under(codes)
    unassessed = 0
    columns = ("code", "polarity", "modality", "holder", "countable")
    for row, held, polarity, modality, holder, counts in given.told(*columns, codes=codes):
        negated = polarity == "negated"
        if not phase[row] or not (counts or negated):
            continue
        talk = bool(given.talk[row])
        if talk:
            sort = SELF if holder == "self" else OTHER if holder.startswith("other") else OPEN
            sort = NEGATED if negated else sort
        elif negated:
            continue
        else:
            sort = {"normative": NORM, "actual": FACT}.get(modality, REST)
        for code in under[held]:
            unassessed += sort == REST
            found.setdefault((str(phase[row]), code), [set() for _ in range(7)])[sort].add(row)
    rows: list[Row] = []
    for period in given.phases:
        here = phase == period.id
        both = bool((here & given.talk).any() and (here & ~given.talk).any())
        for code in codes:
            sets = found.get((period.id, code), [set() for _ in range(7)])
            n = [len(np.unique(given.document[list(held)])) for held in sets]
            told = sorted(sets[NEGATED] if n[NEGATED] and n[FACT] else sets[SELF] | sets[OTHER] | sets[OPEN])
            written = sorted(sets[FACT] or sets[NORM] or sets[REST])
            rows.append(
                (
                    *(period.id, code, int(here.sum()), len(np.unique(given.document[here]))),
                    sum(map(len, sets)),
                    *n,
                    verdict(n) if both else "",
                    ids[told[0]] if told else "",
                    ids[written[0]] if written else "",
                    "" if both else "talk or documents only: no verdict",
                )
            )
    remarks = [remark("verdicts are suggestions; read both quotes")]
    if unassessed:
        remarks.append(remark("{n} codings of documents are neither normative nor actual", n=unassessed))
    return Made({"triangulation": frame(rows, "triangulation")}, remarks)


def verdict(counts: list[int]) -> str:
    """Suggest a verdict from counts of documents in the order self, other, open, negated, norm, fact, rest.

    >>> verdict([1, 0, 0, 0, 0, 1, 0]), verdict([1, 0, 0, 0, 1, 0, 0]), verdict([0, 0, 0, 1, 0, 2, 0])
    ('convergent', 'partial', 'dissonant')
    """
    if counts[FACT] and counts[NEGATED]:
        return "dissonant"
    if counts[FACT] and counts[SELF] + counts[OTHER] + counts[OPEN]:
        return "convergent"
    return "partial" if any(counts) else "silent"
