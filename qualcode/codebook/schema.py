"""A JSON Schema of codebooks, for editors that complete and check while one types.

Made from the same declarations the parser uses (`keys.py` and the patterns' own `schema`), so it cannot drift
from them. It is a help for typing: `qualcode codebook check` alone decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualcode.codebook.keys import CLOSED, DATE_FIELDS, MAPS, TEXT, WHERE_FIELDS, Key, Schema
from qualcode.codebook.records import LANGUAGES
from qualcode.patterns import patterns

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Schema:
    """Return the schema as a plain value, the same for the same version of qualcode."""
    top = _object(MAPS["codebook"])
    return {
        "$schema": DIALECT,
        "title": "qualcode codebook",
        **top,
        "$defs": {
            "facet": _object(MAPS["facet"]),
            "lexicon": _lexicon(),
            "code": _object(MAPS["code"]),
            "pattern": _pattern(()),
            "rule": _pattern(MAPS["rule"]),
            "example": {"anyOf": [TEXT, _object(MAPS["example"])]},
            "unless": {"anyOf": [TEXT, {"type": "array", "items": TEXT}, _pattern(MAPS["unless"])]},
            "where": _where(),
            "countable": _object(MAPS["countable"]),
            "cue": _object(MAPS["cue"]),
            "actor": _object(MAPS["actor"]),
            "path": _object(MAPS["path"]),
        },
    }


def _object(keys: Iterable[Key]) -> Schema:
    keys = tuple(keys)
    found: Schema = {
        "type": "object",
        "properties": {key.name: _described(key.schema, key.meaning) for key in keys},
        "additionalProperties": False,
    }
    required = [key.name for key in keys if key.required]
    return {**found, "required": required} if required else found


def _described(schema: Schema, meaning: str) -> Schema:
    return {"description": meaning, **schema}


def _pattern(common: Iterable[Key]) -> Schema:
    """A map with the key of exactly one pattern kind, that kind's keys and the common ones."""
    own = _object(common)["properties"]
    kinds: list[Schema] = []
    for name, kind in patterns.items():
        properties: dict[str, Any] = {**{key: _nesting(value) for key, value in kind.schema.items()}, **own}
        for key in kind.keys:
            properties.setdefault(key, {})
        kinds.append({"properties": properties, "required": [name], "additionalProperties": False})
    return {"type": "object", "oneOf": kinds}


def _nesting(schema: Any) -> Any:
    """Let patterns stand where a pattern's own schema says no more than "a map"."""
    if schema == {"type": "object"}:
        return {"$ref": "#/$defs/pattern"}
    if isinstance(schema, Mapping):
        return {key: _nesting(value) for key, value in schema.items()}
    return [_nesting(value) for value in schema] if isinstance(schema, list) else schema


def _lexicon() -> Schema:
    terms: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
    by_language = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, terms),
        "additionalProperties": False,
    }
    return {"anyOf": [*terms["anyOf"], by_language]}


def _where() -> Schema:
    condition = _object(key for key in MAPS["condition"] if key.name == "not")
    period = _object(key for key in MAPS["condition"] if key.name != "not")
    value: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}, condition]}
    properties: dict[str, Schema] = dict.fromkeys(WHERE_FIELDS, value)
    for name in DATE_FIELDS:
        properties[name] = {"anyOf": [TEXT, period]}
    for name, words in CLOSED.items():
        one: Schema = {"enum": list(words)}
        closed: Schema = {"anyOf": [one, {"type": "array", "items": one}]}
        refused = {**condition, "properties": {"not": closed}}
        properties[name] = {"anyOf": [*closed["anyOf"], refused]}
    return {"type": "object", "properties": properties, "additionalProperties": value}
