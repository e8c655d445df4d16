"""What each coder says of each segment, and of which codes: what agreement is counted from.

Nobody says no to what they did not look at. A segment was read through by a coder who coded it blind, said
that no further code belongs there, or decided about every coding the machine has there: whatever they did not
give is a no. Of other segments they judged the codes they decided about, and no others. Who handed coding in
from elsewhere read the documents it lies in; where rows say which segments were looked through, those.

Two stages: what coders gave on their own (`on_their_own`), and what each says now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.review.current import Placed
from qualcode.review.records import VERDICTS, Decision

CERTAIN = frozenset({"unchanged", "moved"})
Machine = Mapping[int, Mapping[str, bool]]  # the machine's codings by segment: code -> whether it counts


@dataclass(frozen=True, slots=True)
class Voice:
    """The codes a coder gave a segment, and those they judged there; None: all, they read it through."""

    given: frozenset[str] = frozenset()
    judged: frozenset[str] | None = None


Voices = dict[str, dict[int, Voice]]  # coder -> index of a segment


def on_their_own(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions about one document that coders made on their own, undos of them included.

    On their own: blind, or handed in as codings from elsewhere; and before the same coder decided anything
    in the document with the machine's codings and others' decisions in sight.
    """
    held = sorted({one.id: one for one in decisions}.values(), key=lambda one: one.order)
    here = {one.id for one in held if one.action != "undo"}
    in_sight: set[str] = set()
    found: list[Decision] = []
    for one in held:
        if one.coder in in_sight or (one.action not in VERDICTS and one.action != "undo"):
            continue
        if one.blind or _handed(one) or (one.source and one.action == "accept" and not one.code):
            found.append(one)
        elif one.action != "undo" or one.undoes in here:
            in_sight.add(one.coder)
    return found


def voices(
    placed: Iterable[Placed], readable: Sequence[int], machine: Machine, *, settled: bool = True
) -> Voices:
    """Say what coders think of the segments of one document. `placed` are verdicts in force.

    `readable` are the segments that can be coded. An accepted coding that the machine does not count (a
    negated one, say) is none given. `settled`: where somebody settled a disagreement, that stands for all
    who judged the code there. Words that were changed since count for nobody.
    """
    by_coder: dict[str, dict[int, list[Decision]]] = {}
    settling: dict[int, list[Decision]] = {}
    for one in placed:
        if one.found.segment is None or one.found.state not in CERTAIN or one.decision.action not in VERDICTS:
            continue
        at = one.found.segment.index
        by_coder.setdefault(one.decision.coder, {}).setdefault(at, []).append(one.decision)
        if one.decision.settles:
            settling.setdefault(at, []).append(one.decision)
    found: Voices = {}
    for coder in sorted(by_coder):
        said = by_coder[coder]
        own = {at: _voice(its, machine.get(at, {})) for at, its in said.items()}
        if read_whole([one for its in said.values() for one in its]):
            own = {at: Voice(own[at].given if at in own else frozenset()) for at in {*readable, *own}}
        found[coder] = dict(sorted(own.items()))
    if settled:
        for at, its in settling.items():
            _settle(found, at, _settlement(its, machine.get(at, {})))
    return found


def read_whole(verdicts: Sequence[Decision]) -> bool:
    """Whether a coder's verdicts about a document say that all of it was read: coding handed in.

    Where some say which segments were looked through, those alone were.
    """
    looked = any(one.source and one.action == "accept" and not one.code for one in verdicts)
    return not looked and any(map(_handed, verdicts))


def _handed(one: Decision) -> bool:
    """Whether it is a coding from elsewhere."""
    return bool(one.source) and one.action == "add"


def _voice(decisions: Iterable[Decision], machine: Mapping[str, bool]) -> Voice:
    says, through = _says(decisions, machine)
    given = frozenset(code for code, yes in says.items() if yes)
    return Voice(given, None if through or machine.keys() <= says.keys() else frozenset(says))


def _says(decisions: Iterable[Decision], machine: Mapping[str, bool]) -> tuple[dict[str, bool], bool]:
    """A coder's latest yes or no to each code of a segment, and whether they said they read it through."""
    latest: dict[str, Decision] = {}
    for one in sorted(decisions, key=lambda one: one.order):
        latest[one.code] = one
    says: dict[str, bool] = {}
    for one in sorted(latest.values(), key=lambda one: one.order):
        if one.code:
            says[one.code] = one.action == "add" or (one.action == "accept" and machine.get(one.code, True))
        if one.action == "recode":
            says[one.to] = True
    return says, "" in latest or any(one.blind or _handed(one) for one in latest.values())


def _settlement(decisions: Sequence[Decision], machine: Mapping[str, bool]) -> dict[str, bool]:
    """What was settled of a segment, codes that two settled differently left out."""
    by_coder: dict[str, list[Decision]] = {}
    for one in decisions:
        by_coder.setdefault(one.coder, []).append(one)
    made: dict[str, set[bool]] = {}
    for its in by_coder.values():
        for code, yes in _says(its, machine)[0].items():
            made.setdefault(code, set()).add(yes)
    return {code: yes.pop() for code, yes in made.items() if len(yes) == 1}


def _settle(found: Voices, at: int, made: Mapping[str, bool]) -> None:
    for said in found.values():
        voice = said.get(at)
        if voice is None:
            continue
        mine = {code: yes for code, yes in made.items() if voice.judged is None or code in voice.judged}
        given = (voice.given - mine.keys()) | {code for code, yes in mine.items() if yes}
        said[at] = Voice(frozenset(given), voice.judged)
