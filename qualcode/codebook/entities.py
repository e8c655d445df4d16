"""A codebook as plain texts, entity by entity, so that two of them can be compared and shown in words.

An entity is anything a codebook defines: itself, a facet, lexicon, code, rule, cue or actor. It has *fields*
(one text each) and *lists* (terms, examples: their order means nothing). Terms that came with a lexicon are
named `$lexicon` and stand in the lexicon only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

from qualcode.codebook.cues import Cue, Frame
from qualcode.codebook.records import Code, Codebook, Condition, Example, Rule, Unless
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import Pattern
from qualcode.patterns.code import Code as AsksFor
from qualcode.patterns.count import Count
from qualcode.patterns.distance import Distance
from qualcode.patterns.near import Near
from qualcode.patterns.regex import Regex
from qualcode.patterns.score import Score
from qualcode.patterns.term import Term
from qualcode.patterns.tokens import Tokens
from qualcode.problems import Place

What = Literal["codebook", "facet", "lexicon", "code", "rule", "cue", "actor", "path"]

# What is written for people: it changes no result.
PROSE = frozenset(
    {"title", "question", "name", "definition", "include", "exclude", "confused_with", "examples"}
    | {"not_examples"}
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing a codebook defines, in texts. What is not given is not in it."""

    what: What
    id: str
    fields: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    code: str = ""  # of a rule
    place: Place = field(default=Place(), compare=False)

    @property
    def says(self) -> tuple[object, ...]:
        """All but its name and place: equal for two that do the same."""
        return (
            tuple(sorted(self.fields.items())),
            tuple(sorted((name, tuple(sorted(items))) for name, items in self.lists.items())),
        )


def entities(book: Codebook) -> Iterator[Entity]:
    """Yield everything a codebook defines, codes in tree order, each with its rules behind it."""
    yield _codebook(book)
    for facet in book.facets.values():
        its = {
            **_texts("name", facet.name),
            **_texts("question", facet.question),
            "exclusive": "yes" if facet.exclusive else "",
        }
        yield _entity("facet", facet.id, its, {}, place=facet.place)
    for name in book.lexicons:
        within = {other: terms for other, terms in book.lexicons.items() if other != name}
        listed = {"terms": _named(book.lexicons[name], within)}
        yield _entity("lexicon", name, {}, listed, place=next(iter(book.lexicons[name]), Term("", ())).place)
    for code in book.codes.values():
        yield _code(code, book)
        for rule in code.rules:
            yield _rule(rule, book)
    for cue in book.context.cues:
        yield _cue(cue, book)
    for actor in book.context.actors.values():
        aliases = {"aliases": _named(actor.aliases, book.lexicons)}
        its = {**_texts("name", actor.name), "type": actor.type, "level": actor.level}
        yield _entity("actor", actor.id, its, aliases, place=actor.place)
    for theory in book.theories.values():
        its = {
            **_texts("name", theory.name),
            **_texts("note", theory.note),
            "levels": ", ".join(theory.levels),
        }
        stated = tuple(
            "; ".join(f"{level}: {' | '.join(path[level])}" for level in theory.levels if level in path)
            for path in theory.stated
        )
        yield _entity("path", theory.id, its, {"stated": stated}, place=theory.place)


def _entity(
    what: What,
    name: str,
    texts: Mapping[str, str],
    lists: Mapping[str, tuple[str, ...]],
    *,
    place: Place,
    code: str = "",
) -> Entity:
    return Entity(
        what,
        name,
        {key: text for key, text in texts.items() if text},
        {key: items for key, items in lists.items() if items},
        code,
        place,
    )


def _codebook(book: Codebook) -> Entity:
    settings = {
        **_texts("title", book.title),
        "id": book.id,
        "version": book.version,
        "unit": book.unit,
        "overlap": book.overlap,
        "code_interviewers": "yes" if book.code_interviewers else "",
        "inherit_question": "yes" if book.inherit_question else "",
    }
    lists = {"languages": book.languages, "fold": tuple(sorted(book.fold))}
    return _entity("codebook", book.id, settings, lists, place=Place())


def _code(code: Code, book: Codebook) -> Entity:
    texts = {
        "facet": code.facet,
        **_texts("name", code.name),
        **_texts("definition", code.definition),
        **_texts("include", code.include),
        **_texts("exclude", code.exclude),
        "unless": _unless(code.unless),
        "where": _where(code.where),
        **{f"countable.{axis}": ", ".join(values) for axis, values in code.countable.items()},
    }
    lists = {
        "confused_with": code.confused_with,
        "examples": tuple(map(_example, code.examples)),
        "not_examples": tuple(map(_example, code.not_examples)),
        "except": _named(code.excepts, book.lexicons),
        "unless terms": _named(code.unless.pattern.terms, book.lexicons) if code.unless else (),
    }
    return _entity("code", code.id, texts, lists, place=code.place)


def _rule(rule: Rule, book: Codebook) -> Entity:
    texts = {
        "pattern": skeleton(rule.pattern),
        "weight": f"{rule.weight:g}",
        "nested": "keep" if rule.nested_keep else "",
        "unless": _unless(rule.unless),
        "where": _where(rule.where),
    }
    lists = {
        "except": _named(rule.excepts, book.lexicons),
        "unless terms": _named(rule.unless.pattern.terms, book.lexicons) if rule.unless else (),
    }
    if isinstance(rule.pattern, Near):
        for n, group in enumerate(rule.pattern.groups, 1):
            lists[f"group {n}"] = _named(group, book.lexicons)
    else:
        lists["terms"] = _named(rule.pattern.terms, book.lexicons)
    return _entity("rule", rule.id, texts, lists, place=rule.place, code=rule.code)


def _cue(cue: Cue, book: Codebook) -> Entity:
    """A cue: every attribute of the record, texts and numbers as fields, lists as lists."""
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for one in fields(cue):
        value = getattr(cue, one.name)
        if one.name in ("id", "place"):
            continue
        if one.name in ("terms", "echoes"):
            lists[one.name] = _named(value, book.lexicons)
        elif isinstance(value, tuple):
            lists[one.name] = tuple(item.text if isinstance(item, Frame) else "".join(item) for item in value)
        elif isinstance(value, Distance):
            texts[one.name] = _distance(value)
        elif isinstance(value, Mapping):
            texts[one.name] = ", ".join(f"{key}: {given}" for key, given in sorted(value.items()))
        elif value not in (None, False):
            texts[one.name] = "yes" if value is True else str(value)
    return _entity("cue", cue.id, texts, lists, place=cue.place)


def skeleton(pattern: Pattern) -> str:
    """Write what a pattern asks for, its terms left out.

    >>> skeleton(All((Regex("不.?给"), Count((), 2))))
    "all: [regex '不.?给', count at_least 2]"
    """
    if isinstance(pattern, Near):
        kind = "sequence" if pattern.ordered else "near"
        return f"{kind} of {len(pattern.groups)} groups within {_distance(pattern.distance)}"
    if isinstance(pattern, Count):
        return f"count at_least {pattern.at_least}"
    if isinstance(pattern, Score):
        in_turn = f" in turn {pattern.reach_in_turn:g}" if pattern.reach_in_turn is not None else ""
        weights = ", ".join(f"{weight:g}" for weight in pattern.weights)
        return f"score {weights} reach {pattern.reach:g}{in_turn}"
    if isinstance(pattern, Regex):
        return f"regex '{pattern.pattern}'"
    if isinstance(pattern, Tokens):
        return f"tokens {pattern.patterns}" + (f" pipeline {pattern.pipeline}" if pattern.pipeline else "")
    if isinstance(pattern, AsksFor):
        return f"code {', '.join(pattern.codes)} in the {pattern.scope}"
    if isinstance(pattern, All):
        return f"all: [{', '.join(map(skeleton, pattern.groups))}]"
    if isinstance(pattern, Any):
        return f"any: [{', '.join(map(skeleton, pattern.choices))}]"
    return type(pattern).__name__.lower()


def _named(terms: tuple[Term, ...], lexicons: Mapping[str, tuple[Term, ...]]) -> tuple[str, ...]:
    """Terms as texts, those that came with a lexicon as its name.

    A lexicon is named where all its terms are there and one of them is written in it. Of lexicons inside each
    other the larger is named.
    """
    places = {term.place for term in terms}
    words = {term.text for term in terms}
    used = {
        name: {term.text for term in its}
        for name, its in lexicons.items()
        if its
        and any(term.place in places and term.place.line for term in its)
        and words.issuperset(term.text for term in its)
    }
    outer = [name for name, its in used.items() if not any(its < other for other in used.values())]
    from_lexicon = {term.place for name in outer for term in lexicons[name]}
    own = tuple(term.text for term in terms if term.place not in from_lexicon)
    return (*(f"${name}" for name in outer), *own)


def _unless(unless: Unless | None) -> str:
    if unless is None:
        return ""
    return skeleton(unless.pattern) + (" in the turn" if unless.scope == "turn" else "")


def _where(conditions: Iterable[Condition]) -> str:
    return "; ".join(
        f"{one.field} from {one.since or '…'} before {one.before or '…'}"
        if one.since or one.before
        else f"{one.field} {'not ' if one.negated else ''}{', '.join(one.values)}"
        for one in conditions
    )


def _example(example: Example) -> str:
    plain = (example.kind, example.role) == ("interview", "respondent")
    return example.text if plain else f"{example.text} ({example.kind}, {example.role or '-'})"


def _texts(key: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{key}.{language}": text for language, text in texts.items()}


def _distance(distance: Distance) -> str:
    return "sentence" if distance.unit == "sentence" else f"{distance.limit} {distance.unit}"
