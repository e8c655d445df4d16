"""Reading cues: the list under `context`.

context:
  - {id: neg, set: {polarity: negated}, any: [没有, 并未], dir: forward, max: 10 characters, until: clause}
  - {id: not_neg, kind: pseudo, any: [不得不, 非…不可]}
  - {id: turn, kind: terminate, any: [但是, 不过]}
  - {id: not_but, kind: construct, pattern: '不是{X}而是{Y}',
     set: {X: {polarity: negated}, Y: {polarity: affirmed}}}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from qualcode.codebook.cues import (
    AXES,
    CUE_KINDS,
    DIRECTIONS,
    UNTILS,
    Cue,
    CueKind,
    Direction,
    Frame,
    Sets,
    Until,
)
from qualcode.codebook.draft import Written
from qualcode.codebook.frames import read_frame
from qualcode.codebook.keys import CODE_ID, CUE, CUE_KEYS, HOLDERS, MODALITIES, POLARITIES, names
from qualcode.codebook.reading import check_id, items_of, language_of
from qualcode.codebook.records import LANGUAGES
from qualcode.codebook.source import Part
from qualcode.patterns.base import ReadContext
from qualcode.patterns.distance import Distance, read_reach
from qualcode.patterns.linear import is_linear
from qualcode.patterns.regex import read as read_regex
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import read_terms
from qualcode.problems import Problem
from qualcode.yamlnodes import Fields, Node


def read_cues(parts: Sequence[Part], ids: list[Written], context: ReadContext) -> tuple[Cue, ...]:
    """Read the cues of all parts, in the order reached. A cue that cannot be used is left out, said why."""
    found: list[Cue] = []
    for part in parts:
        node = part.fields.node("context")
        if node is None:
            continue
        if node.kind != "list":
            part.fields.say(
                "wrong-type",
                node.place,
                "'context' takes a list",
                hint="begin each cue on its own line with '- '",
            )
            continue
        for item in node.items:
            cue = _read_cue(item, ids, context)
            if cue:
                found.append(cue)
    return tuple(found)


def _read_cue(node: Node, ids: list[Written], context: ReadContext) -> Cue | None:
    problems = context.problems
    fields = Fields(node, what="a cue", known=names(CUE), problems=problems)
    if node.kind != "map":
        return None
    before = _errors(problems)
    named = fields.require("id")
    cue_id = check_id(named, "a cue", CODE_ID, problems) if named else ""
    if named and cue_id:
        ids.append(Written("cue", cue_id, named.place))
    kind = cast(CueKind, fields.choice("kind", CUE_KINDS, "cue"))
    for key in CUE_KEYS:
        if fields.has(key) and key not in CUE_KEYS_OF[kind]:
            fields.say(
                "useless-key",
                fields.place_of(key),
                "{key!r} does nothing in a cue of kind {cue_kind}",
                hint="such a cue takes: {known}",
                key=key,
                cue_kind=kind,
                known=", ".join(("id", "kind", *CUE_KEYS_OF[kind])),
            )
    terms = _terms(fields, "any", context)
    echoes = _terms(fields, "echo", context)
    regexes = _regexes(fields, context)
    quotes = _quotes(fields)
    frames = tuple(f for item in items_of(fields.node("pattern")) if (f := read_frame(item, problems)))
    sets = _read_set(fields.node("set"), problems) if kind == "cue" else {}
    slots = _read_slots(fields, frames) if kind == "construct" else {}
    cue = Cue(
        id=cue_id,
        kind=kind,
        sets=sets,
        terms=terms,
        regexes=regexes,
        echoes=echoes,
        quotes=quotes,
        least=fields.integer("least", 0, least=0),
        actors=fields.yes("actors"),
        direction=cast(
            Direction, fields.choice("dir", DIRECTIONS, "both" if kind == "terminate" else "forward")
        ),
        until=cast(Until, fields.choice("until", UNTILS, "sentence")),
        reach=_reach(fields, problems),
        past=fields.integer("past", 1, least=0),
        after=_adjacent(fields, "after"),
        not_after=_adjacent(fields, "not_after"),
        before=_adjacent(fields, "before"),
        not_before=_adjacent(fields, "not_before"),
        ends=fields.choices("ends", AXES, AXES),
        frames=frames,
        slots=slots,
        language=fields.choice("language", LANGUAGES) or _language(terms, echoes, regexes, frames),
        place=node.place,
    )
    if kind in ("cue", "construct") and not fields.has("set"):
        fields.require("set")
    if kind == "construct":
        if not fields.has("pattern"):
            fields.require("pattern")
    elif not (_words_given(fields) or (cue.actors and kind == "cue")):
        fields.say(
            "missing-key",
            fields.place,
            "this cue does not say by which words it is known",
            hint="list them under 'any', or give {known}",
            known=", ".join(key for key in ("regex", "echo", "quotes", "actors") if key in CUE_KEYS_OF[kind]),
        )
    return cue if _errors(problems) == before else None


_WORDS = ("any", "regex", "echo", "quotes")
_SIDES = ("after", "not_after", "before", "not_before")
CUE_KEYS_OF: dict[CueKind, tuple[str, ...]] = {
    "cue": (
        *("set", "any", "regex", "echo", "quotes", "least", "actors", "dir", "until", "max", "past"),
        *(*_SIDES, "language"),
    ),
    "pseudo": ("any", "regex", *_SIDES, "language"),
    "terminate": ("any", "regex", "ends", "dir", *_SIDES, "language"),
    "construct": ("pattern", "set", "until", "max", "language"),
    "affirm": ("any", "language"),
}


def _errors(problems: Sequence[Problem]) -> int:
    return sum(found.severity == "error" for found in problems)


def _words_given(fields: Fields) -> bool:
    return any(fields.has(key) for key in _WORDS)


def _terms(fields: Fields, key: str, context: ReadContext) -> tuple[Term, ...]:
    node = fields.node(key)
    return read_terms(node, context) if node is not None else ()


def _regexes(fields: Fields, context: ReadContext) -> tuple[str, ...]:
    """Read linear-time regular expressions: a cue is looked for wherever something is coded."""
    found: list[str] = []
    for item in items_of(fields.node("regex")):
        wrapped = Node("map", item.place, entries=((Node("text", item.place, text="regex"), item),))
        said: list[Problem] = []
        regex = read_regex(wrapped, ReadContext(problems=said))
        if regex is not None and not is_linear(regex.pattern):
            fields.say(
                "slow-regex",
                item.place,
                "the regular expression of a cue cannot look around or refer back",
                hint="'before', 'not_after' and 'echo' say what may stand beside it",
            )
            continue
        context.problems.extend(said)
        if regex is not None:
            found.append(regex.pattern)
    return tuple(found)


def _quotes(fields: Fields) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for pair in items_of(fields.node("quotes")):
        if pair.kind == "text" and len(pair.text) == 2:
            found.append((pair.text[0], pair.text[1]))
        else:
            fields.say(
                "bad-quotes",
                pair.place,
                "{value!r} is not a pair of quotation marks",
                hint="write the opening and the closing one: '“”', '\"\"'",
                value=pair.text or pair.kind,
            )
    return tuple(found)


def _adjacent(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in fields.texts(key) if text.strip()))


def _reach(fields: Fields, problems: list[Problem]) -> Distance | None:
    node = fields.node("max")
    return read_reach(node, problems) if node is not None else None


def _read_set(node: Node | None, problems: list[Problem]) -> Sets:
    fields = Fields(node, what="'set'", known=AXES, problems=problems)
    found: dict[str, str] = {}
    for axis, choices in (("polarity", POLARITIES), ("modality", MODALITIES)):
        if value := fields.choice(axis, choices):
            found[axis] = value
    holder = fields.text("holder").strip()
    if holder.startswith("other:") and holder != "other:":
        found["holder"] = holder
    elif holder and (value := fields.choice("holder", HOLDERS)):
        found["holder"] = value
    if fields.has("reported"):
        found["reported"] = "yes" if fields.yes("reported") else "no"
    if node is not None and node.kind == "map" and not node.entries:
        fields.say("missing-value", node.place, "'set' sets nothing", hint="write {{polarity: negated}}")
    return found


def _read_slots(fields: Fields, frames: Sequence[Frame]) -> dict[str, Sets]:
    node = fields.node("set")
    named = tuple(dict.fromkeys(slot for frame in frames for slot in frame.slots if slot))
    if node is None or not frames:
        return {}
    inner = Fields(node, what="'set' of a construct", known=named, problems=fields.problems)
    return {slot: _read_set(inner.node(slot), fields.problems) for slot in named if inner.has(slot)}


def _language(  # "" for a cue with words of both
    terms: Sequence[Term], echoes: Sequence[Term], regexes: Sequence[str], frames: Sequence[Frame]
) -> str:
    words = [term.text for term in (*terms, *echoes)] + [*regexes, *(frame.text for frame in frames)]
    languages = {language_of(word) for word in words}
    return languages.pop() if len(languages) == 1 else ""
