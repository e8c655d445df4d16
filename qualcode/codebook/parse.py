"""Parts -> draft: the united codebook as far as it can be read, with everything wrong on the way.

Parts are united; nothing overrides. Id, version, title, languages, unit, fold, code_interviewers,
inherit_question and overlap come from the top file. Facets and lexicons are read before codes and cues,
because these name them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.codebook.actors import read_actors
from qualcode.codebook.codes import in_tree_order, read_code
from qualcode.codebook.context import read_cues
from qualcode.codebook.cues import Context
from qualcode.codebook.draft import Draft, Reference, Written
from qualcode.codebook.keys import FACET, FORMAT, ID, UNIT, VERSION, names
from qualcode.codebook.lexicons import read_lexicons
from qualcode.codebook.reading import check_id, read_texts
from qualcode.codebook.records import DEFAULT_FOLD, FOLDS, LANGUAGES, UNITS, Code, Codebook, Facet
from qualcode.codebook.source import Part
from qualcode.codebook.theories import read_theories
from qualcode.patterns.base import ReadContext
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Fields, Node


def read_parts(parts: Sequence[Part], problems: list[Problem]) -> Draft:
    """Read the parts of one codebook, the top file first. There is at least one part."""
    top = parts[0].fields
    ids: list[Written] = []
    for part in parts:
        _check_format(part.fields, required=part is parts[0])
    facets = _read_facets(parts, ids, problems)
    languages = top.choices("languages", LANGUAGES, LANGUAGES) or LANGUAGES
    fold = frozenset(top.choices("fold", FOLDS, DEFAULT_FOLD))
    lexicons = read_lexicons(_named_nodes(parts, "lexicons", "lexicon", ids, problems), problems)
    context = ReadContext(lexicons=lexicons, problems=problems, languages=languages, fold=fold)
    codes, references = _read_codes(parts, ids, context)
    theories, named = read_theories(parts, ids, problems)
    references += named
    cues = Context(read_cues(parts, ids, context), read_actors(parts, ids, context))
    if not codes and not any(part.fields.has("codes") for part in parts):
        top.say("missing-key", top.place, "this codebook has no codes", hint="list them under 'codes'")
    codebook = Codebook(
        id=_read_id(top),
        version=_read_version(top),
        title=read_texts(top, "title"),
        languages=languages,
        unit=_read_unit(top),
        fold=fold,
        facets=facets,
        lexicons=lexicons,
        codes=in_tree_order(codes),
        code_interviewers=top.yes("code_interviewers"),
        overlap="codebook" if top.choice("overlap", ("facet", "codebook")) == "codebook" else "facet",
        files=tuple((part.name, part.sha256) for part in parts),
        paths={part.path: part.name for part in parts},
        context=cues,
        inherit_question=_read_inherit(top, cues),
        theories=theories,
    )
    return Draft(codebook, tuple(codes), tuple(ids), tuple(references))


def _check_format(fields: Fields, *, required: bool) -> None:
    if fields.has("qualcode"):
        given = fields.text("qualcode")
        if given and given != FORMAT:
            fields.say(
                "bad-format",
                fields.place_of("qualcode"),
                "this codebook is written in format {given!r}, and this qualcode reads format {known}",
                hint="write 'qualcode: {known}'; the version of your codebook belongs under 'version'",
                given=given,
                known=FORMAT,
            )
    elif required:
        fields.problems.append(
            problem(
                "missing-format",
                fields.place,
                "the codebook does not say which format it is written in",
                hint="begin it with 'qualcode: {known}'",
                severity="warning",
                known=FORMAT,
            )
        )


def _read_id(top: Fields) -> str:
    node = top.require("id")
    return check_id(node, "a codebook", ID, top.problems) if node is not None else ""


def _read_version(top: Fields) -> str:
    version = top.text("version").strip()
    if version and not re.fullmatch(VERSION, version):
        top.say(
            "bad-version",
            top.place_of("version"),
            "{version!r} is not a version",
            hint="write three numbers: 1.0.0",
            version=version,
        )
    if not top.has("version"):
        top.problems.append(
            problem(
                "missing-version",
                top.place,
                "the codebook has no version, so results cannot name the one they rest on",
                hint="add 'version: 1.0.0'",
                severity="warning",
            )
        )
    return version


def _read_unit(top: Fields) -> str:
    unit = top.text("unit", "sentence").strip()
    if re.fullmatch(UNIT, unit):
        return unit
    if unit.startswith("window"):
        top.say(
            "unknown-value",
            top.place_of("unit"),
            "'unit' cannot be {value!r}",
            hint="a window of three sentences is written window:3",
            value=unit,
        )
    else:
        top.choice("unit", UNITS)
    return "sentence"


def _read_inherit(top: Fields, context: Context) -> bool:
    asked = top.yes("inherit_question")
    if asked and not any(cue.kind == "affirm" for cue in context.cues):
        top.problems.append(
            problem(
                "nothing-affirms",
                top.place_of("inherit_question"),
                "no cue says which answers affirm a question, so none inherits it",
                hint="import a cue file that does, or add {{id: yes, kind: affirm, any: [是的, 对, yes]}}",
                severity="warning",
            )
        )
    return asked


def _named_nodes(
    parts: Sequence[Part], key: str, what: str, ids: list[Written], problems: list[Problem]
) -> dict[str, Node]:
    """Collect the entries of `facets` or `lexicons` over all parts; the first of equal names stays."""
    found: dict[str, Node] = {}
    for part in parts:
        node = part.fields.node(key)
        if node is None:
            continue
        if node.kind != "map":
            part.fields.say("wrong-type", node.place, "{key!r} is written as 'name: ...' lines", key=key)
            continue
        for name, value in node.entries:
            check_id(name, f"a {what}", ID, problems)
            ids.append(Written("facet" if what == "facet" else "lexicon", name.text, name.place))
            found.setdefault(name.text, value)
    return found


def _read_facets(parts: Sequence[Part], ids: list[Written], problems: list[Problem]) -> dict[str, Facet]:
    facets: dict[str, Facet] = {}
    for name, node in _named_nodes(parts, "facets", "facet", ids, problems).items():
        fields = Fields(node, what="a facet", known=names(FACET), problems=problems)
        question, called = read_texts(fields, "question"), read_texts(fields, "name")
        facets[name] = Facet(name, question, fields.yes("exclusive"), node.place, called)
    return facets


def _read_codes(
    parts: Sequence[Part], ids: list[Written], context: ReadContext
) -> tuple[list[Code], list[Reference]]:
    codes: list[Code] = []
    references: list[Reference] = []
    for part in parts:
        node = part.fields.node("codes")
        if node is None:
            continue
        if node.kind != "list":
            part.fields.say(
                "wrong-type",
                node.place,
                "'codes' takes a list",
                hint="begin each code with '- id: ...'",
            )
            continue
        for item in node.items:
            code, written, referred = read_code(item, context)
            ids += written
            references += referred
            if code:
                codes.append(code)
    return codes, references
