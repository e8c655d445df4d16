"""Written rules and unwritten ones, who holds which right, and what answers which barrier: five tables.

`fi_ii_types` counts, by phase, Helmke and Levitsky's four types; `fi_ii_cases` has the places, one for each
segment with an informal institution. Whether written rules are in force there and whether the informal way
reaches what they are for is read off the words of the segment and its neighbours in the speech (`force`), and
off written rules that are denied. Types are suggestions: memo and resolved are to be filled.

`control_rights` says who holds which right in each phase (`rights`), `ica` which mechanism meets which
barrier and what comes after, `coverage` which countermeasure answers a barrier (`collective`).

All of it is a map of quotes. Counts are too small to test, so nothing here is tested.
"""

from __future__ import annotations

from typing import Any

from qualcode.analysis.collective import coverage_rows, ica_rows
from qualcode.analysis.force import OPEN, TYPES, effect_of, outcome_of, type_of
from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.load import Row, frame
from qualcode.analysis.rights import holders, right_rows
from qualcode.model import KINDS
from qualcode.problems import UsageError

FORMAL, INFORMAL, RIGHT = "formal_institution", "informal_institution", "control_right"
MECHANISM, MEASURE, BARRIER = "collective_action.mechanism", "countermeasure", "barrier"
COSTS = ("collective_action.dilemma", "collective_action.risk", "collective_action.transaction_cost")
LOGIC = "logic"
AROUND = 1  # segments on each side that are read with one
NAMES = ("fi_ii_types", "fi_ii_cases", "control_rights", "ica", "coverage")


def institutions(given: Given) -> Made:
    """Return the five tables, those without their codes empty; `codes` asked for narrow the cases.

    Raises `UsageError` where the codebook has none of the codes.
    """
    known = given.codebook.codes
    for code in given.codes:
        given.known(code)
    if not any(code in known for code in (INFORMAL, RIGHT, MECHANISM, MEASURE)):
        raise UsageError(
            "the codebook has none of the codes this is asked of",
            hint="name them so: {codes}",
            codes=", ".join((FORMAL, INFORMAL, RIGHT, MECHANISM, MEASURE, BARRIER)),
        )
    tables: dict[str, list[Row]] = {name: [] for name in NAMES}
    remarks: list[Remark] = []
    barriers = [*given.codebook.children(BARRIER), *(code for code in COSTS if code in known)]
    if INFORMAL in known:
        cases = case_rows(given)
        tables["fi_ii_cases"] = cases
        tables["fi_ii_types"] = type_rows(given, cases)
        settled = sum(row[12] != OPEN for row in cases)
        remarks.append(
            remark(
                "{n} places with an informal institution, {settled} with a suggested type; read each",
                n=len(cases),
                settled=settled,
            )
        )
    if RIGHT in known:
        tables["control_rights"] = right_rows(given, RIGHT)
        if not holders(tables["control_rights"]):
            remarks.append(remark("nobody says who holds a control right"))
    if MECHANISM in known and barriers:
        tables["ica"] = ica_rows(given, barriers, MECHANISM, given.codebook.members(LOGIC))
        if not tables["ica"]:
            remarks.append(remark("no mechanism stands near a barrier"))
    if MEASURE in known and barriers:
        tables["coverage"] = coverage_rows(given, given.codebook.children(MEASURE) or (MEASURE,), barriers)
        lost = {str(row[2]) for row in tables["coverage"]} - {
            str(row[2]) for row in tables["coverage"] if row[8]
        }
        if lost:
            remarks.append(
                remark(
                    "not traced to a barrier in two documents: {measures}", measures=", ".join(sorted(lost))
                )
            )
    return Made({name: frame(rows, name) for name, rows in tables.items()}, remarks)


def case_rows(given: Given) -> list[Row]:
    """Return a row for each segment with an informal institution, in reading order."""
    import numpy as np

    has = given.has(INFORMAL)
    formal = given.has(FORMAL) if FORMAL in given.codebook.codes else np.zeros(len(has), dtype=bool)
    wanted = has if not given.codes else has & np.logical_or.reduce([given.has(code) for code in given.codes])
    speech, phase = given.speech, given.placed_in(given.phases)
    codes = _codes(given)
    denied = _denied(given)
    found = np.flatnonzero(wanted)
    around = np.unique(np.add.outer(found, np.arange(-AROUND, AROUND + 1)))
    around = around[(around >= 0) & (around < len(has))]
    texts = dict(zip(around.tolist(), given.kept["text"].iloc[around], strict=True))
    rows: list[Row] = []
    names = ("kind", "document_id", "segment_id", "actor")
    said = zip(*(given.kept[name].iloc[found].tolist() for name in names), strict=True)
    for row, (kind, document, segment, actor) in zip(found.tolist(), said, strict=True):
        near = [n for n in range(row - AROUND, row + AROUND + 1) if n in texts and speech[n] == speech[row]]
        read = [texts[n] for n in near]
        effect = effect_of(read, negated=any(n in denied for n in near))
        outcome = outcome_of(read)
        written = sorted(
            {code for n in near if formal[n] or n in denied for code in codes.get((n, FORMAL), ())}
        )
        rows.append(
            (
                *(basis_of(str(kind)), str(kind), document, segment, str(phase[row])),
                *(actor, tuple(sorted(codes.get((row, INFORMAL), ()))), tuple(written)),
                *(effect.answer, effect.words, outcome.answer, outcome.words),
                *(type_of(effect.answer, outcome.answer), texts[row], "", ""),
            )
        )
    return rows


def _codes(given: Given) -> dict[tuple[int, str], set[str]]:
    """The codes of formal and informal institutions on each segment, denied ones too."""
    found: dict[tuple[int, str], set[str]] = {}
    roots = (FORMAL, INFORMAL)
    under = given.under(roots)
    for row, code, counts, polarity in given.told("code", "countable", "polarity", codes=roots):
        for root in under[code] if counts or polarity == "negated" else ():
            found.setdefault((row, root), set()).add(str(code))
    return found


def _denied(given: Given) -> set[int]:
    """Segments where a written rule is denied."""
    return {row for row, polarity in given.told("polarity", codes=(FORMAL,)) if polarity == "negated"}


def type_rows(given: Given, cases: list[Row]) -> list[Row]:
    """Count the cases by kind, phase and type; types nobody tells of are 0, kinds without cases left out."""
    phases = ("", *(period.id for period in given.phases))
    rows: list[Row] = []
    for kind in KINDS:
        for period in phases:
            here = [row for row in cases if row[1] == kind and period in ("", row[4])]
            if not here:
                continue
            for effect, outcome in (*TYPES, (OPEN, OPEN)):
                found = [row for row in here if row[12] == type_of(effect, outcome)]
                rows.append(
                    (
                        *(basis_of(kind), kind, period, effect, outcome, type_of(effect, outcome)),
                        *(len(here), len({row[2] for row in found}), len(found), _spread(found)),
                    )
                )
    return rows


def _spread(found: list[Row]) -> tuple[str, ...]:
    """Up to five cases, documents in turn."""
    seen: dict[Any, list[str]] = {}
    for row in found:
        seen.setdefault(row[2], []).append(str(row[3]))
    deep = max(map(len, seen.values()), default=0)
    return tuple(line[n] for n in range(deep) for line in seen.values() if n < len(line))[:5]
