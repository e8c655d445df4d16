"""The cues of a codebook made ready: made once, used for every segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from qualcode.codebook.cues import Cue, Frame
from qualcode.codebook.reading import language_of
from qualcode.codebook.records import LANGUAGES, Codebook
from qualcode.coding.index import Index
from qualcode.coding.sieve import Sieve
from qualcode.patterns.linear import is_linear
from qualcode.text.folding import fold

_TABLES: WeakKeyDictionary[Codebook, CueTable] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Marker:
    """A cue and, for the name of an actor, whose name it is."""

    cue: Cue
    number: int  # of the cue in the codebook
    actor: str = ""


@dataclass(frozen=True, slots=True)
class FrameEntries:
    """A construct with its literals as entries of the index."""

    cue: Cue
    number: int
    frame: Frame
    literals: tuple[int, ...]


class Beside(NamedTuple):
    """What must, and must not, stand directly beside a cue, folded."""

    after: tuple[str, ...]
    not_after: tuple[str, ...]
    before: tuple[str, ...]
    not_before: tuple[str, ...]


class CueTable:
    """Which cue each entry of the index of cues belongs to, and what is to be looked for otherwise."""

    def __init__(self, codebook: Codebook) -> None:
        self.index = index = Index(codebook.context.terms, codebook.fold)
        self.fold = codebook.fold
        self.cues = codebook.context.cues
        self.of_entry: dict[int, list[Marker]] = {}
        self.echoes: dict[int, list[Marker]] = {}
        self.frames: list[FrameEntries] = []
        self.begins: dict[int, list[int]] = {}  # the entry a construct begins with -> its place in `frames`
        self.beside = [_beside(cue, codebook.fold) for cue in self.cues]
        self.actor_names = {
            actor.id: tuple(fold(name, codebook.fold) for name in (actor.id, *map(str, actor.aliases)))
            for actor in codebook.context.actors.values()
        }
        self.sieve = Sieve(one for cue in self.cues for one in cue.regexes if is_linear(one))
        self.by_regex: list[list[Marker]] = [[] for _ in range(len(self.sieve))]
        self.by_quotes = [(number, cue) for number, cue in enumerate(self.cues) if cue.quotes]
        self.marks = sorted({mark for _, cue in self.by_quotes for pair in cue.quotes for mark in pair})
        for number, cue in enumerate(self.cues):
            for one in cue.regexes:
                if is_linear(one):  # else refused when the codebook was read
                    self.by_regex[self.sieve.number(one)].append(Marker(cue, number))
            for term in cue.terms:
                self._add(self.of_entry, term, Marker(cue, number))
            for term in cue.echoes:
                self._add(self.echoes, term, Marker(cue, number))
            if cue.actors:
                for actor in codebook.context.actors.values():
                    for term in actor.aliases:
                        if cue.language not in ("", language_of(term.text)):
                            continue
                        self._add(self.of_entry, term, Marker(cue, number, actor.id))
            for frame in cue.frames:
                entries = tuple(entry for one in frame.literals for entry in index.numbers([one]))
                self.begins.setdefault(entries[0], []).append(len(self.frames))
                self.frames.append(FrameEntries(cue, number, frame, entries))
        self._own: dict[str, str] = {}  # names in the metadata -> the actors they mean
        self.affirming = frozenset(
            index.numbers(term for cue in self.cues if cue.kind == "affirm" for term in cue.terms)
        )
        self.assessed: Mapping[str, frozenset[str]] = {
            language: frozenset(
                axis for cue in self.cues if cue.language in ("", language) for axis in cue.axes
            )
            for language in LANGUAGES
        }

    def _add(self, entries: dict[int, list[Marker]], term: object, marker: Marker) -> None:
        (entry,) = self.index.numbers([term])  # type: ignore[list-item]
        markers = entries.setdefault(entry, [])
        if marker not in markers:
            markers.append(marker)

    def own_actor(self, name: str) -> str:
        """Return the actor that a unit's name in the metadata means, "" where none.

        Its id or one of its names; else the actor whose longest name stands in it: J市公安局科技处 is 公安局.
        """
        if name not in self._own:
            self._own[name] = self._named(fold(name.strip(), self.fold))
        return self._own[name]

    def _named(self, folded: str) -> str:
        if not folded:
            return ""
        within: list[tuple[int, str]] = []
        for actor, names in self.actor_names.items():
            if folded in names:
                return actor
            within += [(-len(known), actor) for known in names[1:] if known in folded]
        return min(within)[1] if within else ""


NOTHING = Beside((), (), (), ())


def _beside(cue: Cue, kinds: frozenset[str]) -> Beside:
    def folded(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(fold(word, kinds) for word in words)

    made = Beside(folded(cue.after), folded(cue.not_after), folded(cue.before), folded(cue.not_before))
    return made if any(made) else NOTHING


def table_of(codebook: Codebook) -> CueTable:
    """Return the cues of a codebook made ready, making them so the first time."""
    table = _TABLES.get(codebook)
    if table is None:
        table = _TABLES[codebook] = CueTable(codebook)
    return table
