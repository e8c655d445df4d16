"""What a codebook is once read: frozen records, each with the place where it was written.

Texts a codebook gives in two languages (names, definitions) are maps `{"zh": ..., "en": ...}`; one given
without a language stands under the language it is written in. `spoken(texts, "en")` picks one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qualcode.codebook.cues import NO_CONTEXT, Context
from qualcode.problems import Place

if TYPE_CHECKING:
    from qualcode.patterns.base import Pattern
    from qualcode.patterns.term import Term

LANGUAGES = ("zh", "en")
UNITS = ("sentence", "clause", "turn", "paragraph", "article", "window")
FOLDS = ("case", "width", "script")
DEFAULT_FOLD = ("case", "width")
LEVELS = (2, 6)  # how many a stated path may have

NOWHERE = Place()

Texts = Mapping[str, str]


def spoken(texts: Texts, lang: str, default: str = "") -> str:
    """Return the text in a language, else in the other one, else the default.

    >>> spoken({"zh": "避责", "en": "Avoidance"}, "en"), spoken({"zh": "避责"}, "en"), spoken({}, "en", "av")
    ('Avoidance', '避责', 'av')
    """
    return texts.get(lang) or next((text for text in texts.values() if text), default)


@dataclass(frozen=True, slots=True)
class Facet:
    """A family whose codes answer one question. Exclusive: one segment should carry one of them only."""

    id: str
    question: Texts = field(default_factory=dict)
    exclusive: bool = False
    place: Place = NOWHERE
    name: Texts = field(default_factory=dict)

    def label(self, lang: str = "en") -> str:
        """The name in a language, else in the other one, else the id."""
        return spoken(self.name, lang, self.id)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence a code's own rules are tested on, as if said by `role` in a document of `kind`."""

    text: str
    kind: str = "interview"
    role: str = "respondent"
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a `where`: a field of the segment or its document that must (or must not) be a value.

    For dates, `since <= date < before` instead of values; an empty end is open.
    """

    field: str
    values: tuple[str, ...] = ()
    negated: bool = False
    since: str = ""
    before: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Unless:
    """What, if found in the same segment (or turn), refuses the matches of a rule or code."""

    pattern: Pattern
    scope: Literal["segment", "turn"] = "segment"
    written: str = ""  # the pattern in one line
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a code fire. `id` is the one given, else `<code>:<n>`, n from 1 in the code's list."""

    id: str
    code: str
    kind: str  # the pattern's key: terms, near, regex, ...
    pattern: Pattern
    excepts: tuple[Term, ...] = ()
    unless: Unless | None = None
    where: tuple[Condition, ...] = ()
    weight: float = 1.0
    nested_keep: bool = False
    written: str = ""  # the pattern in one line, as `near: [[涉密, 泄密], $refusal], within: 20 characters`
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Code:
    """A category. `facet` is its own or its nearest ancestor's, "" where none has one.

    `countable` holds only the axes the codebook sets (polarity, modality, holder, reported) with the values
    that count; the other axes follow the kind of document. It is not inherited by descendants, nor are
    `excepts`, `unless` and `where`.
    """

    id: str
    name: Texts = field(default_factory=dict)
    facet: str = ""
    definition: Texts = field(default_factory=dict)
    include: Texts = field(default_factory=dict)
    exclude: Texts = field(default_factory=dict)
    confused_with: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    not_examples: tuple[Example, ...] = ()
    rules: tuple[Rule, ...] = ()
    excepts: tuple[Term, ...] = ()
    unless: Unless | None = None
    where: tuple[Condition, ...] = ()
    countable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: Place = NOWHERE

    @property
    def parent(self) -> str:
        """The id one step up the tree, "" at the top."""
        return self.id.rpartition(".")[0]

    @property
    def level(self) -> int:
        """Depth in the tree; 1 is top."""
        return self.id.count(".") + 1

    def label(self, lang: str = "en") -> str:
        """The name in a language, else in the other one, else the id."""
        return spoken(self.name, lang, self.id)


@dataclass(frozen=True, slots=True)
class Theory:
    """A chain of codes that a theory states, level by level: a hypothesis about the material, coding nothing.

    `levels` are facets; each of `stated` says which codes of its levels go together, and a level it does not
    name may be anything.
    """

    id: str
    name: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    stated: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    place: Place = NOWHERE

    def label(self, lang: str = "en") -> str:
        """The name in a language, else in the other one, else the id."""
        return spoken(self.name, lang, self.id)


@dataclass(frozen=True, eq=False)
class Codebook:
    """The set of codes with all they need. `codes` is in tree order: a parent, then its children as written.

    `files` lists every file it was read from, relative to the top file's folder, with the sha256 of its
    bytes, the top file first; `paths` maps a path as shown in problems to that name.
    `context` has the cues that say how evidence is meant; with none, everything is unassessed.
    `inherit_question`: an answer that only affirms takes over what the question before it said.
    """

    id: str
    version: str = ""
    title: Texts = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    unit: str = "sentence"
    fold: frozenset[str] = frozenset(DEFAULT_FOLD)
    facets: Mapping[str, Facet] = field(default_factory=dict)
    lexicons: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    codes: Mapping[str, Code] = field(default_factory=dict)
    code_interviewers: bool = False
    overlap: Literal["facet", "codebook"] = "facet"
    files: tuple[tuple[str, str], ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    context: Context = NO_CONTEXT
    inherit_question: bool = False
    theories: Mapping[str, Theory] = field(default_factory=dict)

    def parents(self, code: str) -> tuple[str, ...]:
        """Return the ancestors of a code that the codebook has, nearest first.

        >>> Codebook("x", codes={c: Code(c) for c in ("a", "a.b", "a.b.c")}).parents("a.b.c")
        ('a.b', 'a')
        """
        steps = code.split(".")
        above = (".".join(steps[:n]) for n in range(len(steps) - 1, 0, -1))
        return tuple(name for name in above if name in self.codes)

    def children(self, code: str = "") -> tuple[str, ...]:
        """Return the codes one step below, in tree order; without a code, the top of the tree."""
        return self._children.get(code, ())

    def descendants(self, code: str) -> tuple[str, ...]:
        """Return all codes below a code, in tree order, without itself."""
        return tuple(c for c in self.codes if c.startswith(code + "."))

    def members(self, facet: str) -> tuple[str, ...]:
        """Return the codes that can be compared in a facet: its top codes, or those below its only one."""
        tops = tuple(code.id for code in self.codes.values() if code.level == 1 and code.facet == facet)
        return self.children(tops[0]) if len(tops) == 1 else tops

    def facet_of(self, code: str) -> str:
        """Return the facet of a code, "" where it has none or is not in the codebook."""
        found = self.codes.get(code)
        return found.facet if found else ""

    def file_of(self, place: Place) -> str:
        """Return the file of a place relative to the top file's folder: the same wherever a run starts."""
        return self.paths.get(place.path, place.path)

    @property
    def rules(self) -> Iterator[Rule]:
        """All rules, in tree order of their codes and the order written."""
        for code in self.codes.values():
            yield from code.rules

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for code in self.codes.values():
            below.setdefault(code.parent, []).append(code.id)
        return {parent: tuple(ids) for parent, ids in below.items()}
