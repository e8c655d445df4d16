"""Result folders against what people coded: judged segments, and the folder of tables about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qualcode.analysis.agreement.gold import ADJUDICATED, ATTRIBUTES, Given, Gold, placed
from qualcode.analysis.agreement.ratings import ratings_of
from qualcode.analysis.causes import Corrected, Key, cause_rows
from qualcode.analysis.load import Row
from qualcode.analysis.validation import Judged, attribute_rows, error_rows, rule_rows, validation_rows
from qualcode.columns import RELIABILITY
from qualcode.model import MACHINE
from qualcode.output.csvfile import open_csv, write_rows
from qualcode.problems import StudyError, UsageError
from qualcode.project.causes import FILE, corrected_errors
from qualcode.project.codings import is_machines, machine_of
from qualcode.project.manifest import files_of, fingerprint, outputs_of, write_manifest
from qualcode.project.stored import Stored
from qualcode.project.swap import written_aside

Strata = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Validation:
    """The tables of a validation by name, and what was left out."""

    tables: Mapping[str, list[Row]]
    coder: str
    judged: int
    opened: tuple[str, ...] = ()  # documents kept for testing whose words the errors show
    lost: int = 0  # codings that touch no segment
    undrawn: int = 0  # segments judged that the design did not draw
    extra: int = 0  # codes that only the machine gave


def judge_of(gold: Gold, coder: str = "") -> str:
    """Return whose codings are the standard. Raises `UsageError` where that is not clear."""
    if coder and coder not in gold.coders:
        raise UsageError("the codings have no coder '{coder}'", coder=coder)
    found = coder or (ADJUDICATED if ADJUDICATED in gold.coders else "")
    if not found and len(gold.coders) == 1:
        found = gold.coders[0]
    if not found:
        raise UsageError(
            "the codings are of several coders: {coders}",
            hint="say whose are the standard with --coder, or settle them as the coder adjudicated",
            coders=", ".join(gold.coders),
        )
    return found


def validate(
    folder: Path,
    gold: Gold,
    *,
    coder: str = "",
    design: Path | None = None,
    codes: Sequence[str] = (),
    seed: int = 0,
    causes: Mapping[Key, Corrected] | None = None,
) -> Validation:
    """Compare a result folder with the codings of one person, or with adjudicated ones.

    `causes` are those of errors that people corrected.
    """
    judge = judge_of(gold, coder)
    given = [g for g in gold.given if g.coder == judge]
    documents = {g.document for g in given}
    stored = Stored(folder, open_test=True)
    units, machine = machine_of(stored, documents)
    ratings = ratings_of(units, [*given, *machine], [judge, MACHINE])
    asked = tuple(codes) or gold.codes or tuple(sorted({g.code for g in given if g.code}))
    about = _about(stored, {u.id for u in units})
    facets = {str(r["code"]): str(r["facet"]) for r in about.codings}
    plan = _plan(design) if design else None
    weights, strata = _weighed(plan, stored, asked, asked if codes else with_parents(asked))
    said = _said(units, given)
    judged, undrawn = [], 0
    for unit, (truth, got) in zip(ratings.units, ratings.sets, strict=True):
        if truth is None:
            continue
        place = (unit.document, *unit.span)
        if weights is not None and place not in weights:
            undrawn += 1
            continue
        weight = weights[place] if weights is not None else 1.0
        shown = about.of(unit.id)
        judged.append(
            Judged(
                unit.id,
                unit.document,
                truth,
                got or frozenset(),
                weight,
                unit.text,
                *shown[:3],
                said=said.get(unit.id, {}),
                meant=shown[3],
            )
        )
    if not judged:
        raise StudyError(
            "no segment of {path} was judged by {coder}",
            hint="are the codings of the same documents, and is the design theirs?",
            path=folder,
            coder=judge,
        )
    extra = {g.code for g in machine if g.code} - set(asked)
    seen = {one.document for one in judged}
    errors = corrected_errors(error_rows(judged, asked, facets), dict(causes or {}))
    whole = asked if codes else with_parents(asked)
    return Validation(
        {
            "validation": validation_rows([_upward(one, asked) for one in judged], whole, strata, seed=seed),
            "validation_rules": rule_rows(judged, asked),
            "validation_attributes": attribute_rows(judged, ATTRIBUTES),
            "validation_errors": errors,
            "validation_causes": cause_rows(errors),
        },
        judge,
        len(judged),
        tuple(sorted(set(stored.opened) & seen)),
        len(ratings.lost),
        undrawn,
        len(extra),
    )


def with_parents(codes: Sequence[str]) -> tuple[str, ...]:
    """Return codes and all above them, each once, a parent before what is below it first.

    >>> with_parents(["b", "a.x.y", "a.z"])
    ('b', 'a', 'a.x', 'a.x.y', 'a.z')
    """
    steps = [code.split(".") for code in codes]
    return tuple(dict.fromkeys(".".join(s[:n]) for s in steps for n in range(1, len(s) + 1)))


def _upward(one: Judged, asked: Sequence[str]) -> Judged:
    """The same segment, each code asked about with those above it, since analyses count a parent so."""
    truth, machine = (
        frozenset(with_parents([code for code in asked if _stands(code, held)]))
        for held in (one.truth, one.machine)
    )
    return replace(one, truth=truth, machine=machine)


def _stands(code: str, held: Iterable[str]) -> bool:
    return any(f"{one}.".startswith(f"{code}.") for one in held)


def write_validation(
    found: Validation,
    out: Path,
    *,
    gold: Path,
    design: Path | None,
    causes: Path | None = None,
    read_back: bool = False,
    force: bool = False,
) -> list[str]:
    """Write the tables of a validation to a folder of their own; return the files.

    `causes` is a file that corrected causes were read from; `read_back`: the folder's own table was read too.
    """
    given = {"gold": gold, "design": design, "causes": causes}
    inputs = {name: fingerprint(path) for name, path in given.items() if path is not None}
    with written_aside(out, force=force, read=(FILE,) if read_back else ()) as folder:
        for name, rows in found.tables.items():
            with open_csv(folder / f"{name}.csv") as stream:
                write_rows(stream, RELIABILITY[name], rows)
        record = {"scope": "validate", "coder": found.coder, "inputs": inputs, "outputs": outputs_of(folder)}
        write_manifest(folder, record)
        return files_of(folder)


@dataclass(frozen=True, slots=True)
class _About:
    """What a run says of some segments: its codings, and its refused matches."""

    codings: tuple[Mapping[str, Any], ...]
    by_segment: Mapping[str, list[Mapping[str, Any]]]
    refused: Mapping[str, dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]]

    def of(self, segment: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Rules, words, refusals and attributes of one segment, by code."""
        rows = self.by_segment.get(segment, [])
        counted = [r for r in rows if is_machines(r)]
        return (
            {r["code"]: r["rules"] for r in counted},
            {r["code"]: r["matched"] for r in counted},
            self.refused.get(segment, {}),
            {r["code"]: {name: r[name] for name in ATTRIBUTES} for r in counted},
        )


def _about(stored: Stored, segments: set[str]) -> _About:
    codings = [
        r for r in stored.rows("coded_segments") if r["segment_id"] in segments and r["coder"] == MACHINE
    ]
    by_segment: dict[str, list[Mapping[str, Any]]] = {}
    refused: dict[str, dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {}
    for row in codings:
        by_segment.setdefault(str(row["segment_id"]), []).append(row)
        if not is_machines(row):
            why = (_uncounted(row), row["rules"], row["matched"])
            refused.setdefault(str(row["segment_id"]), {})[str(row["code"])] = why  # type: ignore[assignment]
    for match in stored.rows("matches"):
        if match["segment_id"] in segments and match["blocked_by"]:
            reason = str(match["blocked_by"]).partition(":")[0]
            here = refused.setdefault(str(match["segment_id"]), {})
            here.setdefault(str(match["code"]), (reason, (str(match["rule"]),), (str(match["quote"]),)))
    return _About(tuple(codings), by_segment, refused)


def _uncounted(row: Mapping[str, Any]) -> str:
    """Name what keeps a coding from counting, as far as its attributes show it."""
    if row["polarity"] in ("negated", "prohibited"):
        return "negation"
    if row["modality"] not in ("actual", "unassessed", ""):
        return str(row["modality"])
    return "holder" if str(row["holder"]).startswith("other") else "not counted"


def _plan(path: Path) -> Mapping[str, Any]:
    try:
        plan = json.loads(path.read_text("utf-8"))
        if isinstance(plan, dict) and plan["design"] and plan["units"] and plan["frame"]["documents"]:
            return plan
    except (ValueError, KeyError, TypeError):
        pass
    raise StudyError("{path} is no design", hint="'qualcode sample' writes one beside its sheet", path=path)


def _weighed(
    plan: Mapping[str, Any] | None, stored: Stored, asked: Sequence[str], codes: Sequence[str]
) -> tuple[dict[tuple[str, int, int], float] | None, Strata | None]:
    """Weights of the segments drawn, and the strata of all that could be, as the machine codes them now."""
    if plan is None:
        return None, None
    weights = {
        (str(u["document_id"]), int(u["start"]), int(u["end"])): 1 / float(u["probability"])
        for u in plan["units"]
    }
    units, given = machine_of(stored, plan["frame"]["documents"])
    with_code = {
        code: len({(g.document, g.span) for g in given if g.code in asked and _stands(code, (g.code,))})
        for code in codes
    }
    return weights, {code: (n, len(units) - n) for code, n in with_code.items()}


def _said(units: Sequence[Any], given: Sequence[Given]) -> dict[str, dict[str, Mapping[str, str]]]:
    found, _ = placed(units, [g for g in given if g.attributes])
    return {
        unit.id: {g.code: g.attributes for g in here} for unit, here in zip(units, found, strict=True) if here
    }
