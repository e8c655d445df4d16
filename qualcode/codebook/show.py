"""What `codebook show` shows: the tree, and one code with everything that is written of it."""

from __future__ import annotations

from typing import Any

from qualcode.codebook.records import Code, Codebook, Condition, Rule, Unless, spoken


def tree(codebook: Codebook, lang: str) -> list[tuple[str, str, str]]:
    """Return a row per code in tree order: its id behind two spaces a level, its name, its facet."""
    return [
        ("  " * (code.level - 1) + code.id, code.label(lang), code.facet) for code in codebook.codes.values()
    ]


def described(codebook: Codebook, code: Code, lang: str) -> list[tuple[str, str]]:
    """Return what is written of a code as (key, text) rows, one per rule and example, none empty."""
    rows = [
        ("name", code.label(lang)),
        ("facet", code.facet),
        ("definition", spoken(code.definition, lang)),
        ("include", spoken(code.include, lang)),
        ("exclude", spoken(code.exclude, lang)),
        ("confused_with", ", ".join(code.confused_with)),
        ("children", ", ".join(codebook.children(code.id))),
        *(("examples", example.text) for example in code.examples),
        *(("not_examples", example.text) for example in code.not_examples),
        *(("rules", rule_line(codebook, rule)) for rule in code.rules),
        ("except", ", ".join(term.text for term in code.excepts)),
        ("unless", _unless(code.unless)),
        ("where", _where(code.where)),
        ("countable", "; ".join(f"{axis}: {', '.join(values)}" for axis, values in code.countable.items())),
    ]
    return [(key, text) for key, text in rows if text]


def rule_line(codebook: Codebook, rule: Rule) -> str:
    """Write a rule in one line: id, pattern, what limits it, where it is written."""
    limits = {
        "except": ", ".join(term.text for term in rule.excepts),
        "unless": _unless(rule.unless),
        "where": _where(rule.where),
        "weight": f"{rule.weight:g}" if rule.weight != 1 else "",
        "nested": "keep" if rule.nested_keep else "",
    }
    said = "; ".join([rule.written, *(f"{key}: {text}" for key, text in limits.items() if text)])
    return f"{rule.id}  {said}  ({codebook.file_of(rule.place)}:{rule.place.line})"


def _unless(unless: Unless | None) -> str:
    if unless is None:
        return ""
    return unless.written + (" (in the turn)" if unless.scope == "turn" else "")


def _where(conditions: tuple[Condition, ...]) -> str:
    return "; ".join(f"{one.field} {_said(one)}" for one in conditions)


def _said(one: Condition) -> str:
    if one.values:
        return ("not " if one.negated else "") + " | ".join(one.values)
    return f"[{one.since or '…'}, {one.before or '…'})"


def as_record(codebook: Codebook) -> dict[str, Any]:
    """Return the whole codebook as plain values for `--json`: everything, in both languages."""
    return {
        "id": codebook.id,
        "version": codebook.version,
        "title": dict(codebook.title),
        "languages": list(codebook.languages),
        "unit": codebook.unit,
        "fold": sorted(codebook.fold),
        "code_interviewers": codebook.code_interviewers,
        "overlap": codebook.overlap,
        "files": [{"path": path, "sha256": digest} for path, digest in codebook.files],
        "facets": [
            {
                "id": facet.id,
                "name": dict(facet.name),
                "question": dict(facet.question),
                "exclusive": facet.exclusive,
            }
            for facet in codebook.facets.values()
        ],
        "lexicons": {name: [term.text for term in terms] for name, terms in codebook.lexicons.items()},
        "codes": [code_record(codebook, code) for code in codebook.codes.values()],
        "paths": [
            {
                "id": theory.id,
                "name": dict(theory.name),
                "note": dict(theory.note),
                "levels": list(theory.levels),
                "stated": [{level: list(held) for level, held in path.items()} for path in theory.stated],
            }
            for theory in codebook.theories.values()
        ],
    }


def code_record(codebook: Codebook, code: Code) -> dict[str, Any]:
    """Return one code as plain values."""
    return {
        "id": code.id,
        "level": code.level,
        "facet": code.facet,
        "name": dict(code.name),
        "definition": dict(code.definition),
        "include": dict(code.include),
        "exclude": dict(code.exclude),
        "confused_with": list(code.confused_with),
        "examples": [{"text": e.text, "kind": e.kind, "role": e.role} for e in code.examples],
        "not_examples": [{"text": e.text, "kind": e.kind, "role": e.role} for e in code.not_examples],
        "rules": [_rule_record(codebook, rule) for rule in code.rules],
        "except": [term.text for term in code.excepts],
        "unless": _unless(code.unless),
        "where": [_condition_record(one) for one in code.where],
        "countable": {axis: list(values) for axis, values in code.countable.items()},
        "file": codebook.file_of(code.place),
        "line": code.place.line,
    }


def _rule_record(codebook: Codebook, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "pattern": rule.written,
        "except": [term.text for term in rule.excepts],
        "unless": _unless(rule.unless),
        "where": [_condition_record(one) for one in rule.where],
        "weight": rule.weight,
        "nested": "keep" if rule.nested_keep else "",
        "file": codebook.file_of(rule.place),
        "line": rule.place.line,
    }


def _condition_record(one: Condition) -> dict[str, Any]:
    return {
        "field": one.field,
        "values": list(one.values),
        "not": one.negated,
        "from": one.since,
        "before": one.before,
    }
