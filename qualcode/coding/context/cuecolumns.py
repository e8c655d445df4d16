"""The cues of a codebook as columns, by the number of the marker: what many segments at once are asked for.

Markers are numbered in the order in which signs on the same stretch come: by cue, then by actor. What cues
set is numbered too: polarities as `POLARITIES` and modalities as `STRENGTH` have them, holders as they are
met, and reported `yes` is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from qualcode.codebook.cues import AXES, Cue, Sets
from qualcode.codebook.keys import POLARITIES
from qualcode.coding.context.resolve import PLAIN, STRENGTH
from qualcode.coding.occurrences import Lists
from qualcode.text.characters import Lookup
from qualcode.text.words import APOSTROPHES, is_letter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.context.table import Beside, CueTable
    from qualcode.coding.occurrences import Column

    Mask = NDArray[np.bool_]

POLARITY, MODALITY, HOLDER, REPORTED = range(len(AXES))
SELF = 1
NAMELESS = 2
QUOTES = -1
FAR = 1 << 40  # farther than any text reaches
VALUES = 1 << 16  # an axis and a value in one number: axis * VALUES + value
_BASIC = 0x10000  # code points that a `Lookup` has a table of


class Edge(NamedTuple):
    """Some words, one of which must stand (`wanted`), or must not, directly `before` a cue or behind it.

    The character next to a cue is `surely` such a word by itself, or `maybe` one end of one.
    """

    words: tuple[str, ...]
    before: bool
    wanted: bool
    surely: Lookup
    maybe: Lookup


class CueColumns:
    """What is known of cues, by marker, entry or construct."""

    def __init__(self, table: CueTable) -> None:
        each = (*table.of_entry.values(), *table.echoes.values(), *table.by_regex)
        known = {(one.number, one.actor): one for its in each for one in its}
        numbers = {key: n for n, key in enumerate(sorted(known))}
        cues = [known[key].cue for key in numbers]
        entries = range(len(table.index))
        self.holders = {PLAIN["holder"]: 0, "self": SELF}
        self.of_entry = Lists.of(
            [[numbers[one.number, one.actor] for one in table.of_entry.get(n, ())] for n in entries]
        )
        self.of_echo = Lists.of(
            [[numbers[one.number, one.actor] for one in table.echoes.get(n, ())] for n in entries]
        )
        self.of_regex = [[numbers[one.number, one.actor] for one in its] for its in table.by_regex]
        self.pseudo = _which(cues, lambda cue: cue.kind == "pseudo")
        self.forward = _which(cues, lambda cue: cue.direction != "backward")
        self.backward = _which(cues, lambda cue: cue.direction != "forward")
        self.whole = _which(cues, lambda cue: cue.until != "clause")
        self.characters = _limits(cues, words=False)
        self.words = _limits(cues, words=True)
        self.past = np.array([*(cue.past for cue in cues), 0], np.int64)
        alike = {cue.id: n for n, cue in enumerate(cues)}
        self.same = np.array([*(alike[cue.id] for cue in cues), -1], np.int64)  # of one cue the same number
        self.names = _which(cues, lambda cue: cue.sets.get("holder") != PLAIN["holder"])
        self.actor = np.array([*(bool(actor) for _, actor in numbers), False], bool)
        self.sets = Lists.of([[*self._set(known[key].cue.sets, key[1])] for key in numbers])
        self.stops = {
            forward: Lists.of([[*_ended(cue, forward=forward)] for cue in cues]) for forward in (True, False)
        }
        edges = {n: _edges(beside) for n, beside in enumerate(table.beside) if any(beside)}
        self.edges = list(edges.values())
        places = {n: place for place, n in enumerate(edges)}
        self.conditions = np.array([places.get(number, -1) for number, _ in numbers], np.int64)
        self.framing = Lists.of([table.begins.get(n, []) for n in entries])
        literals = {n for frame in table.frames for n in frame.literals}
        self.framed = np.array([n in literals for n in entries], bool)
        longest = max((len(frame.literals) for frame in table.frames), default=0)
        padded = [[*one.literals, *[-1] * longest] for one in table.frames]
        self.literals = [np.array([each[n] for each in padded], np.int64) for n in range(longest)]
        self.quoted = [(cue, [*self._set(cue.sets, "")]) for _, cue in table.by_quotes]
        # Of holders side by side the one that speaks comes first, then one that is named, then the nearest.
        self.naming = np.array([_naming(holder) for holder in self.holders], np.int64)
        self.quotes_weigh = any(cue.sets.keys() & {"polarity", "holder"} for _, cue in table.by_quotes)

    def holder(self, value: str) -> int:
        """Return the number of a holder."""
        return self.holders.setdefault(value, len(self.holders))

    def own(self, actor: str) -> int:
        """Return the number under which the actor who speaks is named, -1 where none names it."""
        return self.holders.get(f"other:{actor}", -1) if actor else -1

    def _set(self, sets: Sets, actor: str) -> Iterator[int]:
        for axis, value in sets.items():
            if axis == "polarity":
                number = POLARITIES.index(value)
            elif axis == "modality":
                number = STRENGTH.index(value)
            elif axis == "holder":
                number = self.holder(f"other:{actor}" if actor else value)
            else:
                number = int(value == "yes")
            yield _AXES.index(axis) * VALUES + number


_AXES: tuple[str, ...] = AXES
_COLUMNS: WeakKeyDictionary[CueTable, CueColumns] = WeakKeyDictionary()


def columns_of(table: CueTable) -> CueColumns:
    """Return the columns of a table of cues, making them the first time."""
    known = _COLUMNS.get(table)
    if known is None:
        known = _COLUMNS[table] = CueColumns(table)
    return known


def _naming(holder: str) -> int:
    return 0 if holder.startswith("self") else 1 if holder.startswith("other:") else NAMELESS


def _which(cues: Sequence[Cue], told: Callable[[Cue], bool]) -> Mask:
    """Say of which cues something is true; it is not of quotations, which come last, as number `QUOTES`."""
    return np.array([*map(told, cues), False], bool)


def _limits(cues: Sequence[Cue], *, words: bool) -> Column:
    """Return how far each cue reaches, in words or in characters."""
    reaches = (cue.reach for cue in cues)
    return np.array(
        [
            *(one.limit if one is not None and (one.unit == "words") == words else FAR for one in reaches),
            FAR,
        ],
        np.int64,
    )


def _ended(cue: Cue, *, forward: bool) -> Iterator[int]:
    """Yield the axes on which a terminator ends cues that act forward, or backward."""
    if cue.kind == "terminate" and cue.direction != ("backward" if forward else "forward"):
        for axis in cue.ends:
            yield _AXES.index(axis)


def _edges(beside: Beside) -> list[Edge]:
    return [
        _edge(words, before=before, wanted=wanted)
        for words, before, wanted in (
            (beside.after, True, True),
            (beside.not_after, True, False),
            (beside.before, False, True),
            (beside.not_before, False, False),
        )
        if words
    ]


def _edge(words: tuple[str, ...], *, before: bool, wanted: bool) -> Edge:
    single = [word for word in words if len(word) == 1 and _stands_alone(word)]
    ends = [word[-1 if before else 0] if word else "" for word in words if word not in single]
    maybe = Lookup.of(dict.fromkeys(ends, 1), "u1")
    if not all(one and ord(one) < _BASIC for one in ends):
        maybe = Lookup(lambda text: b"\1" * len(text), "u1")  # any character may be one
    return Edge(words, before, wanted, Lookup.of(dict.fromkeys(single, 1), "u1"), maybe)


def _stands_alone(character: str) -> bool:
    """Whether a character never lies inside a word; none beyond the table of a `Lookup` is said to."""
    return ord(character) < _BASIC and not is_letter(character) and character not in APOSTROPHES
