"""From barrier to mechanism to outcome, and from barrier to countermeasure: rows of `ica` and `coverage`.

Institutional collective action (Feiock 2013) asks by which mechanism a barrier or risk of acting together is
met. A chain is a barrier (a code of `barrier`, or a dilemma, risk or cost of `collective_action`) in a
speech, a mechanism (`collective_action.mechanism`) in the same speech or the next, and as outcome the first
of the codes of the facet of logics that stands after the mechanism in its speech or in the next one. The
family of the mechanism and the sort of risk are read off the words.

A countermeasure should answer a barrier somebody names: `traced` where both stand in one speech, or in
speeches next to each other, in two documents of talk at least.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from qualcode.analysis.given import Given, basis_of
from qualcode.analysis.load import Row
from qualcode.model import KINDS

TRACED = 2  # documents
FAMILIES = (
    ("contract", re.compile(r"协议|备忘录|合同|签约|\b(?:agreement|memorandum|contract)", re.I)),
    ("delegated", re.compile(r"授权|委托|代管|托管|\b(?:delegat|authoris|authoriz|entrust)", re.I)),
    ("imposed", re.compile(r"强制|命令|统一归集|责令|一刀切|\b(?:compulsory|imposed|order|mandatory)", re.I)),
    (
        "embeddedness",
        re.compile(r"联盟|自愿|互认|信任|共建|网络|\b(?:alliance|network|voluntary|trust|mutual)", re.I),
    ),
)
RISKS = (
    (
        "defection",
        re.compile(r"反悔|变卦|断供|停了|只拿不给|说话不算|不守约|\b(?:renege|went back on|cut)", re.I),
    ),
    ("division", re.compile(r"谁出钱|费用|怎么分|分摊|好处|谁承担|\b(?:who pays|cost|split|benefit)", re.I)),
    ("coordination", re.compile(r"口径|对不上|协调|步调|\b(?:coordinat|agree on|out of step)", re.I)),
)


def ica_rows(given: Given, barriers: Sequence[str], mechanism: str, outcomes: Sequence[str]) -> list[Row]:
    """Return one row for each kind, barrier, mechanism family and outcome found."""
    import numpy as np

    speech, document = given.speech, given.document
    means = np.flatnonzero(given.has(mechanism))
    has = {code: given.has(code) for code in (*barriers, *outcomes)}
    met = [
        (code, row, other)
        for code in barriers
        for row in np.flatnonzero(has[code]).tolist()
        for other in means[slice(*speech[means].searchsorted((speech[row], speech[row] + 2)))].tolist()
        if document[other] == document[row]
    ]
    rows = sorted({row for _, *pair in met for row in pair})
    texts = dict(zip(rows, given.kept["text"].iloc[rows], strict=True))
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for code, row, other in met:
        family, risk = _first(FAMILIES, texts[other]), _first(RISKS, texts[row])
        after = _outcome(other, speech, document, has, outcomes)
        found.setdefault((str(given.kinds[row]), code, risk, family, after), []).append((row, other))
    made: list[Row] = []
    for kind in KINDS:
        size = int((given.kinds == kind).sum())
        for key in sorted(key for key in found if key[0] == kind):
            pairs = found[key]
            places = np.array(sorted({n for pair in pairs for n in pair}), dtype=int)
            made.append(
                (
                    *(basis_of(kind), kind, key[1], key[2], mechanism, key[3], key[4], size),
                    *(len(np.unique(document[places])), len(places), len(pairs), given.quotes(places)),
                )
            )
    return made


def _first(words: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str:
    return next((name for name, pattern in words if pattern.search(text)), "")


def _outcome(row: int, speech: Any, document: Any, has: dict[str, Any], outcomes: Sequence[str]) -> str:
    """The first outcome code behind a segment in its speech, or in the speech after it."""
    at = row
    while at < len(speech) and document[at] == document[row] and speech[at] <= speech[row] + 1:
        for code in outcomes:
            if has[code][at] and at > row:
                return code
        at += 1
    return ""


def coverage_rows(given: Given, measures: Sequence[str], barriers: Sequence[str]) -> list[Row]:
    """Return, for each kind and countermeasure told, the barriers that documents tell with it."""
    import numpy as np

    document, speech = given.document, given.speech
    rows: list[Row] = []
    for kind in KINDS:
        inside = given.kinds == kind
        if not inside.any():
            continue
        for measure in measures:
            with_it = np.flatnonzero(given.has(measure) & inside)
            if not len(with_it):
                continue
            documents = set(document[with_it].tolist())
            any_barrier = False
            for barrier in barriers:
                there = np.flatnonzero(given.has(barrier) & inside)
                both = documents & set(document[there].tolist())
                if not both:
                    continue
                any_barrier = True
                low, high = (speech[there].searchsorted(speech[with_it] + n) for n in (-1, 2))
                pairs = [
                    (m, b)
                    for m, *ends in zip(with_it.tolist(), low.tolist(), high.tolist(), strict=True)
                    for b in there[slice(*ends)].tolist()
                    if document[m] == document[b]
                ]
                near = {int(document[m]) for m, _ in pairs}
                places = np.array(sorted({n for pair in pairs for n in pair}), dtype=int)
                rows.append(
                    (
                        *(basis_of(kind), kind, measure, barrier, int(inside.sum()), len(both)),
                        *(len(places), len(near), len(near) >= TRACED, given.quotes(places)),
                    )
                )
            if not any_barrier:
                rows.append(
                    (
                        *(basis_of(kind), kind, measure, "", int(inside.sum()), len(documents)),
                        *(len(with_it), 0, False, given.quotes(with_it)),
                    )
                )
    return rows
