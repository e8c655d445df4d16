"""What was handed in from elsewhere, before it is written down: one thing said of one segment.

The same is said of all of it, wherever it came from: `settled` leaves out what contradicts itself, and
`news` what its coder said before. Neither depends on the order in which things were handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model import Document, Segment
from qualcode.problems import Place, Problem, problem
from qualcode.review.current import in_force, place
from qualcode.review.records import VERDICTS, Action, Decision

_YES = frozenset({"accept", "add"})
_CERTAIN = frozenset({"unchanged", "moved"})


@dataclass(frozen=True, slots=True)
class Handed:
    """A verdict or memo of a coder on a segment. `plain`: a code was given, no verdict was asked for.

    A plain coding never overturns what its coder decided; a verdict does, being their latest word.
    """

    place: Place
    coder: str
    document: Document
    segment: Segment
    action: Action
    code: str = ""
    to: str = ""
    memo: str = ""
    marked: str = ""
    dated: str = ""
    source: str = ""
    plain: bool = True

    @property
    def target(self) -> tuple[str, str, int, str]:
        return self.coder, self.document.id, self.segment.index, self.code

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands in the material, not in the file it came from."""
        place = (self.place.path, self.place.line, self.place.column, self.place.cell)
        return (*self.target[:3], self.action == "memo", self.code, self.action, self.to, self.memo, place)


def settled(handed: Iterable[Handed]) -> tuple[list[Handed], list[Problem]]:
    """Put what was handed in into one order, each thing once; contradictions are named and left out."""
    kept: dict[tuple[object, ...], Handed] = {}
    for one in sorted(handed, key=lambda h: h.order):
        kept.setdefault((*one.target, one.action, one.to, one.memo if one.action == "memo" else ""), one)
    said: dict[tuple[object, ...], list[Handed]] = {}
    for one in kept.values():
        if one.action != "memo":
            said.setdefault(one.target, []).append(one)
            if one.action == "recode":
                said.setdefault((*one.target[:3], one.to), []).append(one)
    problems: list[Problem] = []
    wrong: set[int] = set()
    doubled: set[int] = set()
    for target, its in sorted(said.items(), key=lambda pair: pair[0][:4]):
        sides = {_side(one, str(target[3])) for one in its}
        if len(sides) > 1:
            wrong |= {id(one) for one in its}
            problems.append(_contradiction(its, str(target[3])))
        else:
            first, *more = sorted(its, key=lambda one: (one.plain, one.action, one.order))
            doubled |= {id(one) for one in more if one.code == first.code}
    return [one for one in kept.values() if id(one) not in wrong | doubled], problems


def _side(one: Handed, code: str) -> str:
    """What it says of a code: a recode says no to one and yes to the other."""
    if one.action == "recode":
        return f"recode:{one.to}" if one.code == code else "yes"
    return "yes" if one.action in _YES else one.action


def _contradiction(its: Sequence[Handed], code: str) -> Problem:
    first, *more = its
    return problem(
        "contradiction",
        first.place,
        "{coder} says different things about {code} on {segment}: {places}; none of it is taken",
        hint="leave one of them, and import the file again",
        coder=first.coder,
        code=code,
        segment=first.segment.id,
        places=", ".join(f"{one.action} ({_where(one.place)})" for one in (first, *more)),
    )


def _where(place: Place) -> str:
    return place.cell or ":".join(str(n) for n in (place.line, place.column) if n) or place.path


@dataclass(frozen=True, slots=True)
class News:
    """What is to be written, what was known before, and what its coder decided otherwise."""

    new: tuple[Handed, ...]
    known: int
    problems: tuple[Problem, ...]


def news(
    handed: Sequence[Handed],
    decisions: Mapping[str, Iterable[Decision]],
    segments: Mapping[str, Sequence[Segment]],
) -> News:
    """Leave out what the coders said before, taken back since or not.

    `segments` and `decisions` (undos included) are those of each document, by its id.
    """
    before = _Before.of(handed, decisions, segments)
    new: list[Handed] = []
    problems: list[Problem] = []
    known = 0
    for one in handed:
        latest = before.latest.get(one.target)
        if before.has(one) or (one.plain and one.action == "add" and latest == "yes"):
            known += 1
        elif one.plain and one.action == "add" and latest is not None:
            problems.append(
                problem(
                    "decided-otherwise",
                    one.place,
                    "{coder} has decided otherwise about {code} on {segment} ({verdict}); that stands",
                    hint="'qualcode decide {segment} --add {code}' says so anew",
                    severity="warning",
                    coder=one.coder,
                    code=one.code,
                    segment=one.segment.id,
                    verdict=latest,
                )
            )
        else:
            new.append(one)
    return News(tuple(new), known, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Before:
    """What was said: all memos and all that was handed in once; and what every coder says now, by target."""

    once: frozenset[tuple[object, ...]]
    latest: dict[tuple[str, str, int, str], str]
    words: dict[tuple[str, str, int, str], Decision]

    @staticmethod
    def of(
        handed: Sequence[Handed],
        decisions: Mapping[str, Iterable[Decision]],
        segments: Mapping[str, Sequence[Segment]],
    ) -> _Before:
        once: set[tuple[object, ...]] = set()
        latest: dict[tuple[str, str, int, str], str] = {}
        words: dict[tuple[str, str, int, str], Decision] = {}
        coders = {one.coder for one in handed}
        for document in {one.document.id: one.document for one in handed}.values():
            its = sorted({d.id: d for d in decisions.get(document.id, ())}.values(), key=lambda d: d.order)
            force = {one.id for one in in_force(its)}
            for placed in place(document, segments[document.id], [d for d in its if d.coder in coders]):
                one, found = placed.decision, placed.found
                if found.segment is None or found.state not in _CERTAIN:
                    continue
                target = (one.coder, document.id, found.segment.index, one.code)
                if one.action == "memo":
                    once.add((*target, one.action, one.memo))
                elif one.source and one.action in VERDICTS:
                    once.add((*target, one.action, one.to, one.dated))
                if one.id in force and one.action in VERDICTS:
                    words[target] = one
                    latest[target] = "yes" if one.action in _YES else one.action
                    if one.action == "recode":
                        latest[(*target[:3], one.to)] = "yes"
        return _Before(frozenset(once), latest, words)

    def has(self, one: Handed) -> bool:
        """Whether this very thing was said: a memo or plain coding ever, a verdict as the latest word."""
        if one.action == "memo":
            return (*one.target, "memo", one.memo) in self.once
        if one.plain:
            return (*one.target, one.action, one.to, one.dated) in self.once
        last = self.words.get(one.target)
        return last is not None and (last.action, last.to) == (one.action, one.to)
