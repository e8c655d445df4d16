"""Every key a codebook may have, declared once: the parser, the JSON Schema and the reference follow this.

Each map of a codebook (`a code`, `a facet`, ...) is a tuple of `Key`s: name, what its value looks like as a
JSON Schema, what it means. Keys of patterns are declared by the patterns themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from qualcode.codebook.cues import AXES, CUE_KINDS, DIRECTIONS, UNTILS
from qualcode.codebook.records import FOLDS, LANGUAGES, LEVELS, UNITS
from qualcode.model import ACTOR_LEVELS, ACTOR_TYPES, KINDS, ROLES

Schema = dict[str, Any]

FORMAT = "1"  # of the codebook file: the value of `qualcode:`
ID = r"[a-z][a-z0-9_]*"
CODE_ID = rf"{ID}(\.{ID})*"
VERSION = r"\d+(\.\d+){0,2}([-+][0-9A-Za-z.-]+)?"
UNIT = rf"({'|'.join(UNITS)})|window:[1-9]\d?"

POLARITIES = ("affirmed", "negated", "prohibited")
MODALITIES = ("actual", "hypothetical", "normative", "planned", "question")
HOLDERS = ("self", "other", "unspecified")
REPORTED = ("yes", "no", "inherited")
DATE_FIELDS = ("date", "issued", "effective", "expired")
WHERE_FIELDS = (
    "kind", "language", "role", "speaker", "actor", "actor_level", "actor_type", "case", "site", "split",
    "article", "section", "doc_number", "interviewer", *DATE_FIELDS,
)  # fmt: skip

# Fields of `where` whose values are a closed set.
CLOSED: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "role": ROLES,
    "language": LANGUAGES,
    "split": ("dev", "test"),
}


class Key(NamedTuple):
    name: str
    schema: Schema
    meaning: str
    required: bool = False


def names(keys: Iterable[Key]) -> tuple[str, ...]:
    """Return the names of keys, in the order declared."""
    return tuple(key.name for key in keys)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, _list_of(item)]}


def _one_of(*words: str) -> Schema:
    return {"enum": list(words)}


# An unquoted 2016 or true is a text to qualcode and a number or truth value to an editor.
TEXT: Schema = {"type": ["string", "number", "boolean"]}
YES: Schema = {"type": "boolean"}
TEXTS: Schema = {
    "anyOf": [
        TEXT,
        {"type": "object", "properties": dict.fromkeys(LANGUAGES, TEXT), "additionalProperties": False},
    ]
}

CODEBOOK = (
    Key("qualcode", {"const": int(FORMAT)}, "the format this file is written in: 1"),
    Key("id", {"type": "string", "pattern": f"^{ID}$"}, "short name of the codebook", True),
    Key("version", TEXT, "version of the codebook, e.g. 1.0.0; raise it whenever a result may change"),
    Key("title", TEXTS, "title, as a text or as {zh, en}"),
    Key("languages", _one_or_more(_one_of(*LANGUAGES)), "languages of the material: zh, en"),
    Key("unit", {"type": "string", "pattern": f"^({UNIT})$"}, "the coding unit; sentence where not given"),
    Key("fold", _one_or_more(_one_of(*FOLDS)), "differences that do not matter: case, width, script"),
    Key("imports", _one_or_more(TEXT), "other codebook files, relative to this one"),
    Key(
        "facets",
        {"type": "object", "propertyNames": {"pattern": f"^{ID}$"}, "additionalProperties": _ref("facet")},
        "families of codes that answer one question each",
    ),
    Key(
        "lexicons",
        {"type": "object", "propertyNames": {"pattern": f"^{ID}$"}, "additionalProperties": _ref("lexicon")},
        "named term lists, used in rules as $name",
    ),
    Key("codes", _list_of(_ref("code")), "the codes"),
    Key("code_interviewers", YES, "true: interviewers' words are coded like everybody's"),
    Key(
        "overlap", _one_of("facet", "codebook"), "how far the longest match wins: facet (default) or codebook"
    ),
    Key("context", _list_of(_ref("cue")), "cues: words that say how evidence is meant"),
    Key(
        "actors",
        {
            "type": "object",
            "propertyNames": {"pattern": f"^{ID}$"},
            "additionalProperties": {"anyOf": [*_one_or_more(TEXT)["anyOf"], _ref("actor")]},
        },
        "who texts speak of, and by which names",
    ),
    Key("inherit_question", YES, "true: an answer that only affirms takes over what the question said"),
    Key("paths", _list_of(_ref("path")), "chains of codes that a theory states, to be tested"),
)

FACET = (
    Key("name", TEXTS, "what the family is called, as a text or as {zh, en}"),
    Key("question", TEXTS, "the question its codes answer"),
    Key("exclusive", YES, "true: two codes of it in one segment are listed as a conflict"),
)

CODE = (
    Key("id", {"type": "string", "pattern": f"^{CODE_ID}$"}, "dotted path in the tree: avoidance.fear", True),
    Key("name", TEXTS, "name, as a text or as {zh, en}", True),
    Key("facet", {"type": "string", "pattern": f"^{ID}$"}, "the facet it belongs to; children inherit it"),
    Key("definition", TEXTS, "what the code means", True),
    Key("include", TEXTS, "when to use it"),
    Key("exclude", TEXTS, "when not to use it"),
    Key("confused_with", _one_or_more(TEXT), "codes it is easily mistaken for"),
    Key("examples", _one_or_more(_ref("example")), "sentences that must be coded so"),
    Key("not_examples", _one_or_more(_ref("example")), "sentences that must not"),
    Key("rules", _list_of(_ref("rule")), "what makes it fire"),
    Key("except", _one_or_more(TEXT), "longer phrases that are something else, for all its rules"),
    Key("unless", _ref("unless"), "what refuses the matches of all its rules"),
    Key("where", _ref("where"), "in which material all its rules apply"),
    Key("countable", _ref("countable"), "which of its codings enter counts"),
)

RULE = (
    Key("id", {"type": "string", "pattern": f"^{CODE_ID}$"}, "name of the rule; else <code>:<number>"),
    Key("except", _one_or_more(TEXT), "longer phrases that are something else"),
    Key("unless", _ref("unless"), "what refuses its matches"),
    Key("where", _ref("where"), "in which material it applies"),
    Key("weight", {"type": "number", "exclusiveMinimum": 0}, "the code stands at a sum of 1; 1 if not given"),
    Key("nested", _one_of("keep"), "keep: evidence inside a longer term of the facet is kept"),
)

EXAMPLE = (
    Key("text", TEXT, "the sentence", True),
    Key("kind", _one_of(*KINDS), "kind of document it stands in; interview where not given"),
    Key("role", _one_of(*ROLES), "who says it; a respondent, in a document nobody"),
)

UNLESS = (Key("scope", _one_of("segment", "turn"), "how far to look: segment (default) or turn"),)

COUNTABLE = (
    Key("polarity", _one_or_more(_one_of(*POLARITIES)), "which polarities count"),
    Key("modality", _one_or_more(_one_of(*MODALITIES)), "which modalities count"),
    Key(
        "holder",
        _one_or_more({"type": "string", "pattern": f"^({'|'.join(HOLDERS)}|other:.+)$"}),
        "whose view counts: self, other, other:<actor>, unspecified",
    ),
    Key(
        "reported",
        _one_or_more({"enum": [True, False, *REPORTED]}),
        "whether reported speech counts, and what is inherited from a question",
    ),
)

CONDITION = (
    Key("not", _one_or_more(TEXT), "it must be none of these"),
    Key("from", TEXT, "for dates: on or after"),
    Key("before", TEXT, "for dates: before"),
)

_HOLDER: Schema = {"type": "string", "pattern": f"^({'|'.join(HOLDERS)}|other:.+)$"}
SETS: Schema = {
    "type": "object",
    "properties": {
        "polarity": _one_of(*POLARITIES),
        "modality": _one_of(*MODALITIES),
        "holder": _HOLDER,
        "reported": {"enum": [True, False, "yes", "no"]},
    },
    "additionalProperties": False,
}
_SLOTS: Schema = {
    "type": "object",
    "propertyNames": {"pattern": "^[A-Z]$"},
    "additionalProperties": SETS,
}

CUE = (
    Key("id", {"type": "string", "pattern": f"^{CODE_ID}$"}, "name of the cue", True),
    Key("kind", _one_of(*CUE_KINDS), "cue (default), pseudo, terminate, construct or affirm"),
    Key("set", {"anyOf": [SETS, _SLOTS]}, "what it sets; for a construct, what it sets in each slot"),
    Key("any", _one_or_more(TEXT), "the words it is known by: terms or $lexicon"),
    Key("regex", _one_or_more(TEXT), "regular expressions it is known by, without look-around"),
    Key("echo", _one_or_more(TEXT), "words between two equal ones: 不 in 敢不敢"),
    Key("quotes", _one_or_more(TEXT), "pairs of quotation marks; it acts on what stands between them"),
    Key("least", {"type": "integer", "minimum": 0}, "for quotes: how many characters there must be inside"),
    Key("actors", YES, "true: every name of an actor is this cue, and sets the holder to it"),
    Key("pattern", _one_or_more(TEXT), "a construct: words and slots, 不是{X}而是{Y}"),
    Key("dir", _one_of(*DIRECTIONS), "on what it acts: forward (default), backward or both"),
    Key("until", _one_of(*UNTILS), "how far: to the end of the clause or of the sentence (default)"),
    Key("max", {"type": ["string", "integer"]}, "how far at most: '10 characters' or '5 words'"),
    Key(
        "past",
        {"type": "integer", "minimum": 0},
        "how many characters may lie before another negator it reaches beyond; 1 if not given",
    ),
    Key("after", _one_or_more(TEXT), "only directly behind one of these"),
    Key("not_after", _one_or_more(TEXT), "never directly behind one of these"),
    Key("before", _one_or_more(TEXT), "only directly before one of these"),
    Key("not_before", _one_or_more(TEXT), "never directly before one of these"),
    Key("ends", _one_or_more(_one_of(*AXES)), "for a terminator: which axes it ends; all if not given"),
    Key("language", _one_of(*LANGUAGES), "language it is of; else seen from its words"),
)
CUE_KEYS = tuple(key.name for key in CUE[2:])

ACTOR = (
    Key("name", TEXTS, "its name, as a text or as {zh, en}"),
    Key(
        "aliases",
        {
            "anyOf": [
                *_one_or_more(TEXT)["anyOf"],
                {
                    "type": "object",
                    "properties": dict.fromkeys(LANGUAGES, _one_or_more(TEXT)),
                    "additionalProperties": False,
                },
            ]
        },
        "its other names",
    ),
    Key("type", _one_of(*ACTOR_TYPES), "how it is led: line, block or vertical"),
    Key("level", _one_of(*ACTOR_LEVELS), "the level of government it stands at"),
)

THEORY = (
    Key("id", {"type": "string", "pattern": f"^{ID}$"}, "name of the path", True),
    Key("name", TEXTS, "name, as a text or as {zh, en}"),
    Key("note", TEXTS, "where the theory says so, and how sure that is"),
    Key(
        "levels",
        {"type": "array", "items": {"type": "string", "pattern": f"^{ID}$"}, "minItems": LEVELS[0],
         "maxItems": LEVELS[1]},
        "facets in the order of the chain, two to six",
        True,
    ),
    Key(
        "stated",
        _list_of({"type": "object", "additionalProperties": _one_or_more(TEXT)}),
        "what goes with what: a code, or several, for each level; a level left out may be anything",
    ),
)  # fmt: skip

MAPS: dict[str, tuple[Key, ...]] = {
    "codebook": CODEBOOK,
    "facet": FACET,
    "code": CODE,
    "rule": RULE,
    "example": EXAMPLE,
    "unless": UNLESS,
    "countable": COUNTABLE,
    "condition": CONDITION,
    "cue": CUE,
    "actor": ACTOR,
    "path": THEORY,
}
