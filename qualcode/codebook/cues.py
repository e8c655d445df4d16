"""Cues and actors as records: the words that say how evidence is meant, and who is meant by a name.

The model is ConText (Harkema, Dowling, Thornblade and Chapman 2009, J Biomed Inform 42(5)): a cue has a
direction and a scope; pseudo cues hide cues, terminators end their scope. `qualcode.codebook.context` reads
them, `qualcode.coding.context` applies them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from qualcode.problems import Place

if TYPE_CHECKING:
    from qualcode.patterns.distance import Distance
    from qualcode.patterns.term import Term

NOWHERE = Place()

Axis = Literal["polarity", "modality", "holder", "reported"]
AXES: tuple[Axis, ...] = ("polarity", "modality", "holder", "reported")

CueKind = Literal["cue", "pseudo", "terminate", "construct", "affirm"]
CUE_KINDS: tuple[CueKind, ...] = ("cue", "pseudo", "terminate", "construct", "affirm")

Direction = Literal["forward", "backward", "both"]
DIRECTIONS: tuple[Direction, ...] = ("forward", "backward", "both")

Until = Literal["clause", "sentence"]
UNTILS: tuple[Until, ...] = ("clause", "sentence")

Sets = Mapping[str, str]  # axis -> value


@dataclass(frozen=True, slots=True)
class Frame:
    """A construct as written, 不是{X}而是{Y}: literals and the slots between and around them.

    `slots` has one name more than there are literals: what stands before the first, between them, after the
    last; "" where nothing is captured. Two literals always have a slot between them.
    """

    text: str
    literals: tuple[Term, ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that set how evidence near them is meant, or (`pseudo`, `terminate`, `affirm`) how cues work.

    `language` is the language whose segments it helps to assess, "" for any. `past` says how far in front of
    another negator it may stand and still reach beyond it. `slots` of a construct: slot name -> what it sets.
    """

    id: str
    kind: CueKind = "cue"
    sets: Sets = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    regexes: tuple[str, ...] = ()
    echoes: tuple[Term, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    least: int = 0
    actors: bool = False
    direction: Direction = "forward"
    until: Until = "sentence"
    reach: Distance | None = None  # `max`
    past: int = 1
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    ends: tuple[str, ...] = AXES
    frames: tuple[Frame, ...] = ()
    slots: Mapping[str, Sets] = field(default_factory=dict)
    language: str = ""
    place: Place = NOWHERE

    @property
    def literals(self) -> Iterator[Term]:
        """Every literal to be looked for, those of echoes and frames too."""
        yield from self.terms
        yield from self.echoes
        for frame in self.frames:
            yield from frame.literals

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes it can set."""
        found = {*self.sets, *(axis for sets in self.slots.values() for axis in sets)}
        return tuple(axis for axis in AXES if axis in found)


@dataclass(frozen=True, slots=True)
class Actor:
    """A unit or person that texts speak of, under any of its names."""

    id: str
    name: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[Term, ...] = ()
    place: Place = NOWHERE
    type: str = ""  # one of model.ACTOR_TYPES; "" when not said
    level: str = ""  # one of model.ACTOR_LEVELS


@dataclass(frozen=True, slots=True)
class Context:
    """All cues and actors of a codebook, in the order written. Without cues nothing is assessed."""

    cues: tuple[Cue, ...] = ()
    actors: Mapping[str, Actor] = field(default_factory=dict)

    @property
    def terms(self) -> Iterator[Term]:
        """Every literal that coding must find."""
        for cue in self.cues:
            yield from cue.literals
        for actor in self.actors.values():
            yield from actor.aliases


NO_CONTEXT = Context()
