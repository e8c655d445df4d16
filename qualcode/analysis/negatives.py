"""What speaks against the findings: the table `negative_cases`, a list of quotes to be answered one by one.

Rules, for the two ends and the code between (avoidance, innovation, field; or the three codes asked for):

    wrong_side   in a document and the first (last) phase, the second (first) code stands in more segments
    no_link      a document and phase with codable segments and none with the third code
    bare_switch  a step from the first to the second code without the third at either end or between (talk)
    both_told    one actor in one phase has a code affirmed and the same code negated
    denied       a document says a code is so in fact, and talk of that phase negates it
    scare_quote  a code's evidence stands in scare quotes, as in 所谓的“创新”
    competing    a segment where formal_institution and informal_institution both stand (where both exist)

Each row has an empty memo and `resolved`: a finding is ready when somebody has filled them. Nothing here is
tested or counted as a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from qualcode.analysis.bridge import switches
from qualcode.analysis.given import Given, Made, basis_of, remark
from qualcode.analysis.load import Row, frame
from qualcode.problems import UsageError

DEFAULT = ("avoidance", "innovation", "field")
FORMAL, INFORMAL = "formal_institution", "informal_institution"
SCARE = re.compile(
    r"(?:所谓的?|美其名曰|号称|名义上的?|so-called )\s*[“\"「『‘']?(?P<words>[^”\"」』’']{1,20})"
)


def negatives(given: Given) -> Made:
    """Return the table `negative_cases`, by rule, then by place; `UsageError` unless three codes."""
    codes = given.codes or tuple(code for code in DEFAULT if code in given.codebook.codes)
    if len(codes) != 3:
        raise UsageError("name three codes: the one before, the one after, and what may link them")
    has = [given.has(code) for code in codes]
    phase = given.placed_in(given.phases)
    cases = [
        *_wrong_side(given, codes, has, phase),
        *_no_link(given, codes, has, phase),
        *_bare_switch(given, codes, has, phase),
        *_both_told(given, codes, phase),
        *_denied(given, codes, phase),
        *_scare_quotes(given, phase),
        *_competing(given, phase),
    ]
    rows = _rows(given, cases)
    remarks = [
        remark("{n} cases to answer; no finding is ready while one is not resolved", n=len(rows))
        if rows
        else remark("no negative case by these rules; that is no proof there is none")
    ]
    return Made({"negative_cases": frame(rows, "negative_cases")}, remarks)


class Case(NamedTuple):
    """A place that speaks against a finding: the rule by which it does, its segment by row, and why."""

    rule: str
    row: int
    phase: str
    code: str
    why: str
    times: int


def _rows(given: Given, cases: Sequence[Case]) -> list[Row]:
    """The rows of the table; what stands in segments is read for all of them together."""
    names = ("kind", "document_id", "segment_id", "actor", "text")
    segments = given.kept[list(names)].iloc[[case.row for case in cases]]
    cells = zip(*(segments[name].tolist() for name in names), strict=True)
    return [
        (
            *(case.rule, basis_of(kind), kind, document, segment),
            *(case.phase, actor, case.code, text, case.why, case.times, "", ""),
        )
        for case, (kind, document, segment, actor, text) in zip(cases, cells, strict=True)
    ]


def _cells(given: Given, phase: Any) -> Iterator[tuple[str, str, Any]]:
    """Documents by phase, with the rows of their segments."""
    import numpy as np

    placed = np.flatnonzero(phase != "")
    periods = {name: n for n, name in enumerate(dict.fromkeys(phase[placed]))}
    period = np.fromiter(map(periods.__getitem__, phase[placed]), np.int64, len(placed))
    key = given.document[placed].astype(np.int64) * len(periods) + period
    order = np.argsort(key, kind="stable")
    cells = np.split(placed[order], np.flatnonzero(np.diff(key[order])) + 1) if len(placed) else []
    for rows in sorted(cells, key=lambda rows: int(rows[0])):
        yield given.names[rows[0]], str(phase[rows[0]]), rows


def _wrong_side(given: Given, codes: Sequence[str], has: Sequence[Any], phase: Any) -> Iterator[Case]:
    if len(given.phases) < 2:
        return
    expected = {given.phases[0].id: 0, given.phases[-1].id: 1}
    for _, period, rows in _cells(given, phase):
        if period not in expected:
            continue
        own, other = expected[period], 1 - expected[period]
        n, m = int(has[own][rows].sum()), int(has[other][rows].sum())
        if m > n:
            first = int(rows[has[other][rows]][0])
            why = f"{codes[other]} in {m} segments, {codes[own]} in {n}"
            yield Case("wrong_side", first, period, codes[other], why, m)


def _no_link(given: Given, codes: Sequence[str], has: Sequence[Any], phase: Any) -> Iterator[Case]:
    for _, period, rows in _cells(given, phase):
        if not has[2][rows].any():
            why = f"none of {len(rows)} segments has {codes[2]}"
            yield Case("no_link", int(rows[0]), period, codes[2], why, 0)


def _bare_switch(given: Given, codes: Sequence[str], has: Sequence[Any], phase: Any) -> Iterator[Case]:
    import numpy as np

    heard = set(given.document[given.talk].tolist())
    edges = np.flatnonzero(np.diff(given.document)) + 1
    for rows in np.split(np.arange(len(given.document)), edges):
        if not len(rows) or int(given.document[rows[0]]) not in heard:
            continue
        one, other, third = (y[rows] for y in has)
        for i, j in switches(one, other, third).spans:
            if one[i] and not third[i : j + 1].any():
                row = int(rows[j])
                why = f"from {codes[0]} in {given.kept['segment_id'].iloc[int(rows[i])]} without {codes[2]}"
                yield Case("bare_switch", row, str(phase[row]), codes[1], why, 1)


def _both_told(given: Given, codes: Sequence[str], phase: Any) -> Iterator[Case]:
    actors = given.kept["actor"].array
    said: dict[tuple[str, str, str], dict[str, list[int]]] = {}
    assessed = given.codings["polarity"].isin(("affirmed", "negated")).to_numpy(dtype=bool)
    for row, code, polarity in given.told("code", "polarity", codes=codes, which=assessed):
        if actors[row] and phase[row]:
            key = (actors[row], str(phase[row]), code)
            said.setdefault(key, {}).setdefault(polarity, []).append(row)
    ids = given.ids
    for (_, period, code), held in sorted(said.items()):
        if len(held) == 2:
            first = min(held["affirmed"])
            for row in sorted(set(held["negated"])):
                yield Case("both_told", row, period, code, f"affirmed in {ids[first]}", len(held["negated"]))


def _denied(given: Given, codes: Sequence[str], phase: Any) -> Iterator[Case]:
    ids, talk = given.ids, given.talk
    written: dict[tuple[str, str], int] = {}
    denied: dict[tuple[str, str], list[int]] = {}
    for row, code, polarity, modality in given.told("code", "polarity", "modality", codes=codes):
        if not phase[row]:
            continue
        key = (str(phase[row]), code)
        if not talk[row] and (polarity, modality) == ("affirmed", "actual"):
            written[key] = min(row, written.get(key, row))
        elif talk[row] and polarity == "negated":
            denied.setdefault(key, []).append(row)
    for (period, code), rows in sorted(denied.items()):
        if (period, code) in written:
            for row in sorted(set(rows)):
                why = f"{ids[written[period, code]]} says it is so"
                yield Case("denied", row, period, code, why, len(rows))


def _scare_quotes(given: Given, phase: Any) -> Iterator[Case]:
    import numpy as np

    counts = given.codings["countable"].to_numpy(dtype=bool)
    at = np.unique(given.coding_rows[counts & (given.coding_rows >= 0)])
    doubts = {
        row: (start, [scare.span("words") for scare in SCARE.finditer(text)])
        for row, start, text in zip(
            at.tolist(), given.kept["start"].iloc[at], given.kept["text"].iloc[at], strict=True
        )
        if SCARE.search(text)
    }
    counts = counts & np.isin(given.coding_rows, list(doubts))
    found = set()
    for row, code, spans in given.told("code", "spans", which=counts):
        begin, doubted = doubts[row]
        evidence = [tuple(int(end) - int(begin) for end in span.split("-")) for span in spans]
        for low, high in doubted:
            if any(start < high and low < end for start, end in evidence):
                found.add((row, str(code)))
    for row, code in sorted(found):
        yield Case("scare_quote", row, str(phase[row]), code, "its words are put in doubt", 1)


def _competing(given: Given, phase: Any) -> Iterator[Case]:
    if FORMAL in given.codebook.codes and INFORMAL in given.codebook.codes:
        for row in (given.has(FORMAL) & given.has(INFORMAL)).nonzero()[0].tolist():
            yield Case("competing", row, str(phase[row]), INFORMAL, f"beside {FORMAL}", 1)
