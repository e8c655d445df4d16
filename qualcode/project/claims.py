"""claims.yaml: what a study claims, checked at every run.

    qualcode: 1
    claims:
      - id: avoidance_falls
        says: {zh: 节点之后避责减少, en: Avoidance falls after the node}
        kind: falls_after
        code: avoidance
        node: E2019
        in: [interview]

A claim has an `id`, what it `says`, a `kind` and the keys of that kind (`qualcode claims kinds`). `in` names
the kinds of document it is about, each checked by itself; interviews where it is not given. All that is wrong
comes back as `Problem`s with their places. What claims come to is `claims.csv`; a claim that breaks is a
warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qualcode.analysis.bridge import DEFAULT as BRIDGED
from qualcode.analysis.claims import BREAKS, HOLDS, UNTOLD, Asked, Checked, Claim, Key, check, kinds, rows_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.transitions import DEFAULT as TURNED
from qualcode.codebook import Codebook
from qualcode.model import KINDS
from qualcode.problems import Place, Problem, StudyError, UsageError, has_errors, problem
from qualcode.project.analyses import date_of, given_of
from qualcode.project.passes import Results
from qualcode.project.passes import rows_of as frame_rows
from qualcode.project.study import Study
from qualcode.registry import did_you_mean
from qualcode.yamlnodes import Fields, Node, decode_yaml, read_yaml

COMMON = ("id", "says", "kind", "in")
BROKEN = "claim-breaks"


def load_claims(path: Path, study: Study, codebook: Codebook) -> tuple[list[Claim], list[Problem]]:
    """Read a file of claims against a study's phases and events and a codebook's codes."""
    text, problems = decode_yaml(path.read_bytes(), str(path))
    if text is None:
        return [], problems
    claims, found = parse_claims(text, str(path), study, codebook)
    return claims, problems + found


def parse_claims(text: str, path: str, study: Study, codebook: Codebook) -> tuple[list[Claim], list[Problem]]:
    """Read the text of a file of claims; a claim with a mistake is left out, the mistake is a problem."""
    node, problems = read_yaml(text, path)
    if has_errors(problems) or node is None or node.empty:
        return [], problems
    top = Fields(node, what="a file of claims", known=("qualcode", "claims"), problems=problems, path=path)
    listed = top.require("claims")
    if listed is None or node.kind != "map":
        return [], problems
    if listed.kind != "list":
        top.say("wrong-type", listed.place, "'claims' takes a list", hint="begin each claim with '- id: ...'")
        return [], problems
    claims: list[Claim] = []
    first: dict[str, Place] = {}
    for item in listed.items:
        before = len(problems)
        claim = _read_claim(item, study, codebook, problems)
        if claim is None or has_errors(problems[before:]):
            continue
        if claim.id in first:
            problems.append(
                problem(
                    "duplicate-id",
                    claim.place,
                    "the claim {id!r} is already made at {first}",
                    hint="rename one, or take it out",
                    id=claim.id,
                    first=first[claim.id],
                )
            )
            continue
        first[claim.id] = claim.place
        claims.append(claim)
    return claims, problems


def _read_claim(node: Node, study: Study, codebook: Codebook, problems: list[Problem]) -> Claim | None:
    every = tuple(dict.fromkeys(key.name for kind in kinds.values() for key in kind.keys))
    loose = Fields(node, what="a claim", known=(*COMMON, *every), problems=[])
    named = loose.choice("kind", tuple(kinds)) if node.kind == "map" else ""
    keys = kinds[named].keys if named else ()
    known = (*COMMON, *(key.name for key in keys)) if named else (*COMMON, *every)
    elsewhere = {
        key: f"the kind {kind}" for kind, spec in kinds.items() for key in (k.name for k in spec.keys)
    }
    fields = Fields(node, what="a claim", known=known, problems=problems, elsewhere=elsewhere)
    fields.require("id")
    fields.require("kind")
    if not fields.choice("kind", tuple(kinds)):
        return None
    values = {}
    for key in keys:
        if key.required:
            fields.require(key.name)
        if fields.has(key.name):
            values[key.name] = _value(fields, key, study, codebook)
    within = fields.choices("in", KINDS, ("interview",))
    return Claim(fields.text("id"), named, _says(fields), values, within, node.place)


def _says(fields: Fields) -> dict[str, str]:
    node = fields.node("says")
    if node is None:
        return {}
    if node.kind == "text":
        return {"zh" if any("\u4e00" <= sign <= "\u9fff" for sign in node.text) else "en": node.text}
    inner = Fields(node, what="what a claim says", known=("zh", "en"), problems=fields.problems)
    return {lang: inner.text(lang) for lang in ("zh", "en") if inner.has(lang)}


def _value(fields: Fields, key: Key, study: Study, codebook: Codebook) -> Any:
    name = key.name
    if key.takes == "count":
        return fields.integer(name, least=1)
    if key.takes == "number":
        return fields.number(name, least=0)
    if key.takes == "text":
        return fields.choice(name, key.choices) if key.choices else fields.text(name)
    if key.takes == "node":
        return _node(fields, name, study)
    known = {
        "code": codebook.codes,
        "codes": codebook.codes,
        "phase": [phase.id for phase in study.phases],
        "theory": codebook.theories,
        "facets": codebook.facets,
    }[key.takes]
    many = key.takes in ("codes", "facets")
    given = fields.texts(name) if many else (fields.text(name),)
    for value in given:
        if value not in known:
            fields.say(
                "unknown-name",
                _place(fields, name, value),
                "{key!r} names {value!r}, which this study does not have",
                hint="{meant} known: {known}",
                key=name,
                value=value,
                meant=did_you_mean(value, known),
                known=", ".join(known) if len(known) <= 12 else f"{len(known)}",
            )
    if key.size and len(given) != key.size:
        fields.say("wrong-number", fields.place_of(name), "{key!r} takes {n} names", key=name, n=key.size)
    return given if many else given[0]


def _node(fields: Fields, name: str, study: Study) -> str:
    try:
        return date_of(study, fields.text(name))
    except UsageError as error:
        fields.say(
            "unknown-node", fields.place_of(name), error.template, hint=error.hint_template, **error.values
        )
        return ""


def _place(fields: Fields, name: str, value: str) -> Place:
    node = fields.node(name)
    items = node.items if node is not None and node.kind == "list" else ()
    return next((item.place for item in items if item.text == value), fields.place_of(name))


def check_claims(results: Results, path: Path) -> tuple[list[Checked], list[Problem]]:
    """Check the claims of a file on the tables of a run; broken claims are warnings among the problems."""
    claims, problems = load_claims(path, results.study, results.codebook)
    if not claims:
        return [], problems
    of, prior = results.study.analyses, results.analysed
    alike = {} if of.node or of.placebos else {name: of.codes.get(name, ()) for name in prior}
    asked = Asked(given_of(results), prior, asked_together(results), alike)
    checked = check(claims, asked)
    return checked, [*problems, *broken(checked)]


def asked_together(results: Results) -> dict[str, tuple[str, ...]]:
    """Return the codes that a run's analyses were asked of, where they look at several together."""
    usual = {
        name: tuple(code for code in codes if code in results.codebook.codes)
        for name, codes in (("bridge", BRIDGED), ("transitions", TURNED))
    }
    return usual | dict(results.study.analyses.codes)


def broken(checked: Sequence[Checked]) -> list[Problem]:
    """A warning for each claim that breaks, at its place, in the words of the verdict."""
    made = []
    for one in checked:
        if one.answer.verdict == BREAKS:
            template, values = one.why
            made.append(Problem(BROKEN, template, one.claim.place, severity="warning", values=values))
    return made


def make_claims(results: Results) -> None:
    """Check the study's claims, if it makes any; write `claims.csv` and `claim_quotes.csv`."""
    if results.study.claims is None:
        return
    checked, problems = check_claims(results, results.study.claims)
    results.problems += problems
    table = frame(rows_of(checked, seed=results.study.seed), "claims")
    results.made["claims"] = table
    results.reasons = [one.why for one in checked]
    results.write("claims", frame_rows(table, "claims"))
    results.write("claim_quotes", quote_rows(results, checked))


def quote_rows(results: Results, checked: Sequence[Checked]) -> list[Row]:
    """Return the words behind every verdict, claim by claim, those that speak for it first."""
    quoted = [
        (one.claim.id, one.within, side, name)
        for one in checked
        for side, ids in (("supports", one.answer.supporting), ("contradicts", one.answer.contradicting))
        for name in ids
    ]
    segments, names = results.segments, list(dict.fromkeys(name for *_, name in quoted))
    found = segments[segments["segment_id"].isin(names).to_numpy(dtype=bool)]
    columns = [found[name].tolist() for name in ("document_id", "segment_id", "speaker", "text")]
    cells = dict(zip(columns[1], zip(*columns, strict=True), strict=True))
    return [(*said, *cells[name]) for *said, name in quoted if name in cells]


def counted(verdicts: Sequence[str]) -> tuple[int, int, int]:
    """Count verdicts: holds, breaks, cannot be told.

    >>> counted(["holds", "breaks", "holds"])
    (2, 1, 0)
    """
    return verdicts.count(HOLDS), verdicts.count(BREAKS), verdicts.count(UNTOLD)


def claims_file(results: Results, given: Path | None) -> Path:
    """Return the file of claims to check: the one given, else the study's; `StudyError` if neither."""
    path = given or results.study.claims
    if path is None:
        raise StudyError(
            "this study makes no claims", hint="write claims.yaml beside qualcode.yaml; see docs/claims.md"
        )
    return path
