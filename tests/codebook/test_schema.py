"""The editors' schema and the parser are one thing: the same keys, and what one takes the other takes."""

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import yaml

from qualcode.codebook import parse_codebook
from qualcode.codebook.keys import MAPS, names
from qualcode.codebook.schema import json_schema
from qualcode.codebook.template import TEMPLATES
from qualcode.patterns import patterns

_spec = spec_from_file_location("json_schema", Path(__file__).with_name("json_schema.py"))
_module = module_from_spec(_spec)
_spec.loader.exec_module(_module)
valid = _module.valid

SCHEMA = json_schema()
HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\n"


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it (1.2): numbers and truth values, but no dates, and `no` is a text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool", ":merge"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(true|false)$"), "tf")


def accepted(text):
    return valid(yaml.load(text, Loader=EditorLoader), SCHEMA)


def keys_in(schema):
    return set(schema["properties"])


def test_the_schema_has_the_parsers_keys():
    defs = SCHEMA["$defs"]
    assert keys_in(SCHEMA) == set(names(MAPS["codebook"]))
    for name in ("facet", "code", "countable", "cue", "actor"):
        assert keys_in(defs[name]) == set(names(MAPS[name]))
    assert keys_in(defs["example"]["anyOf"][1]) == set(names(MAPS["example"]))


def test_every_kind_of_pattern_is_in_the_schema_with_its_keys():
    kinds = SCHEMA["$defs"]["rule"]["oneOf"]
    assert [kind["required"] for kind in kinds] == [[name] for name in patterns]
    for kind in kinds:
        own = set(patterns[kind["required"][0]].keys)
        assert set(kind["properties"]) == own | set(names(MAPS["rule"]))


@pytest.mark.parametrize("name", MAPS)
def test_the_parser_knows_each_declared_key_and_no_other(name):
    """A declared key is never an unknown one; a key with one letter more always is."""
    at = {
        "codebook": "{key}: 1\n",
        "facet": "facets: {{f: {{{key}: 1}}}}\n",
        "code": "codes: [{{{key}: 1}}]\n",
        "rule": "codes: [{{rules: [{{terms: [x], {key}: 1}}]}}]\n",
        "example": "codes: [{{examples: [{{{key}: 1}}]}}]\n",
        "unless": "codes: [{{unless: {{terms: [x], {key}: 1}}}}]\n",
        "countable": "codes: [{{countable: {{{key}: 1}}}}]\n",
        "condition": "codes: [{{where: {{FIELD: {{{key}: 1}}}}}}]\n",
        "cue": "context: [{{{key}: 1}}]\n",
        "actor": "actors: {{a: {{{key}: 1}}}}\n",
        "path": "paths: [{{{key}: 1}}]\n",
    }[name]
    for key in names(MAPS[name]):
        text = at.replace("FIELD", "case" if key == "not" else "date")
        for written, unknown in ((key, False), (key + "x", True)):
            problems = parse_codebook(text.format(key=written))[1]
            said = [p for p in problems if p.kind == "unknown-key" and p.values.get("key") == written]
            assert bool(said) == unknown, (name, written)


@pytest.mark.parametrize("lang", TEMPLATES)
def test_the_templates_are_valid(lang):
    assert accepted(TEMPLATES[lang])


VALID = [
    "codes: []\n",
    "codes: [{id: a, name: no, definition: 2016, examples: [x, {text: y, kind: policy}]}]\n",
    "codes: [{id: a, name: {zh: x}, definition: d, rules: [{regex: x, weight: 0.5, nested: keep}]}]\n",
    "codes: [{id: a, name: n, definition: d, rules: [{near: [[x], $y], within: 5 words}]}]\nlexicons: {y: z}\n",  # noqa: E501
    "codes: [{id: a, name: n, definition: d, rules: [{any: [{regex: x}, y, [z]]}]}]\n",
    "codes: [{id: a, name: n, definition: d, unless: {terms: x, scope: turn}, except: y}]\n",
    "codes: [{id: a, name: n, definition: d, where: {kind: policy, date: {from: 2019-06}, bureau: [x]}}]\n",
    "codes: [{id: a, name: n, definition: d, where: {role: {not: [moderator]}, date: 2019}}]\n",
    "codes: [{id: a, name: n, definition: d, countable: {polarity: negated, holder: other:x}}]\n",
    "codes: [{id: a, name: n, definition: d, rules: [{count: [x, y], at_least: 2}]}]\nunit: window:3\n",
]
INVALID = [
    "codes: {}\n",
    "codez: []\n",
    "codes: [{id: A, name: n, definition: d}]\n",
    "codes: [{id: a, name: n}]\n",
    "codes: [{id: a, name: n, definition: d, rules: [{terms: x, regex: y}]}]\n",
    "codes: [{id: a, name: n, definition: d, rules: [{weight: 1}]}]\n",
    "codes: [{id: a, name: n, definition: d, rules: [{terms: x, within: 3 words}]}]\n",
    "codes: [{id: a, name: n, definition: d, rules: [{terms: x, weight: 0}]}]\n",
    "codes: [{id: a, name: n, definition: d, where: {kind: talk}}]\n",
    "codes: [{id: a, name: n, definition: d, countable: {mood: x}}]\n",
    "codes: []\nunit: window\nfold: [all]\n",
    "codes: []\nfacets: {Logic: {}}\n",
]


@pytest.mark.parametrize("text", VALID)
def test_what_the_parser_takes_the_schema_takes(text):
    assert parse_codebook(HEAD + text)[0] is not None
    assert accepted(HEAD + text)


@pytest.mark.parametrize("text", INVALID)
def test_what_the_schema_refuses_the_parser_refuses(text):
    assert parse_codebook(HEAD + text)[0] is None
    assert not accepted(HEAD + text)


def test_the_schema_is_plain_json_and_says_its_draft():
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
