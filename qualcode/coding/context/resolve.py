"""What the cues that act on some evidence say together, axis by axis.

polarity   Negations and prohibitions are counted. An even number cancels: affirmed. An odd number is
           `prohibited` where one of them prohibits, else `negated`. Cues of one id count once, unless they
           touch (没有不愿意): in 没有文件没依据 the second 没 continues a list. A negation reaches beyond a
           later one only from close by (`past`): in 没有说不给 it does, in 没有依据就不给 it does not.
modality   hypothetical before question before normative before planned; else actual.
holder     the nearest cue; of two equally near the one that stands before; else unspecified. Cues that touch
           are one: 我们公安局 is self, 公安那边 the police. `self` inside a quotation is whoever is quoted,
           where the sentence names him before it, or else behind it.
reported   yes where some cue says so; else no.

A slot of a construct counts as a cue where it negates; where it affirms (or sets actual, no, unspecified) it
keeps out the cues in front of the construct.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from qualcode.coding.context.constructs import Slot
from qualcode.coding.context.quotations import around
from qualcode.coding.context.scope import Ends, Grounds, acts_on, distance
from qualcode.coding.context.signs import Sign
from qualcode.model import Span
from qualcode.patterns.base import Parts

PLAIN = {"polarity": "affirmed", "modality": "actual", "holder": "unspecified", "reported": "no"}
STRENGTH = ("hypothetical", "question", "normative", "planned", "actual")


_PLACE = attrgetter("span", "number")


class Said(NamedTuple):
    """What one cue (or one slot of a construct) says of some evidence on one axis."""

    cue: str
    number: int
    value: str
    span: Span
    sign: Sign | None = None


class Standing:
    """All that stands in a segment and may act: cues, slots of constructs, terminators.

    `own` is the actor who speaks, "" where not known.
    """

    __slots__ = ("_by_axis", "ends", "grounds", "own", "signs", "slots")

    def __init__(
        self, signs: Sequence[Sign], slots: Sequence[Slot], ends: Ends, grounds: Grounds, own: str
    ) -> None:
        self.signs = signs
        self.slots = slots
        self.ends = ends
        self.grounds = grounds
        self.own = own
        self._by_axis: dict[str, list[Sign]] = {}
        for sign in signs if len(signs) < 2 else sorted(signs, key=_PLACE):
            for axis in sign.sets:
                self._by_axis.setdefault(axis, []).append(sign)

    def on(self, axis: str) -> Sequence[Sign]:
        """Return the cues that set an axis, in reading order."""
        return self._by_axis.get(axis, ())


def said_of(axis: str, parts: Parts, standing: Standing) -> tuple[str, list[Said]]:
    """Return the value of an axis for some evidence, and what says so, in reading order."""
    signs = standing.on(axis)
    acting = _acting(axis, signs, parts, standing) if signs or standing.slots else ()
    if not acting:
        return PLAIN[axis], []
    if axis == "polarity":
        return _polarity(acting, parts, standing)
    if axis == "modality":
        return _strongest(acting)
    if axis == "holder":
        return _holder(acting, parts, standing)
    spoken = [one for one in acting if one.value == "yes"]
    return ("yes", spoken) if spoken else ("no", acting[:1])


def _acting(axis: str, signs: Sequence[Sign], parts: Parts, standing: Standing) -> list[Said]:
    grounds, ends = standing.grounds, standing.ends
    if not standing.slots and len(parts) == 1:
        part = parts[0]
        return [
            Said(sign.cue.id, sign.number, sign.sets[axis], sign.span, sign)
            for sign in signs
            if acts_on(sign, axis, part, grounds, ends)
        ]
    slots = [
        slot
        for slot in standing.slots
        if axis in slot.sets and any(slot.span.contains(part) for part in parts)
    ]
    barred = max((slot.mark.end for slot in slots if slot.sets[axis] == PLAIN[axis]), default=0)
    found = [
        Said(sign.cue.id, sign.number, sign.sets[axis], sign.span, sign)
        for sign in signs
        if (sign.span.end > barred or sign.span.start >= parts[0].end)
        and any(acts_on(sign, axis, part, grounds, ends) for part in parts)
    ]
    if slots:
        found += [Said(slot.cue.id, -1, slot.sets[axis], slot.mark) for slot in slots]
        found.sort(key=lambda one: (one.span, one.number))
    return found


def _polarity(acting: Sequence[Said], parts: Parts, standing: Standing) -> tuple[str, list[Said]]:
    operators = [
        one
        for one in acting
        if one.value in ("negated", "prohibited") and not _begins_list(one, parts, standing)
    ]
    kept: list[Said] = []
    for n, one in enumerate(operators):
        if any(one.cue == other.cue and one.span.end < other.span.start for other in operators[n + 1 :]):
            continue
        behind = operators[n + 1] if n + 1 < len(operators) else None
        if behind is None or not _stops_at(one, behind, parts):
            kept.append(one)
    if len(kept) % 2 == 0:
        return "affirmed", kept or list(acting[:1])
    prohibits = any(one.value == "prohibited" for one in kept)
    return ("prohibited" if prohibits else "negated"), kept


def _begins_list(one: Said, parts: Parts, standing: Standing) -> bool:
    """Whether evidence begins with the same negation: in 不愿、不敢 the first 不 does not deny 不敢."""
    return one.sign is not None and any(
        standing.grounds.folded.startswith(one.sign.words, part.start)
        for part in parts
        if part.start >= one.span.end
    )


def _stops_at(one: Said, behind: Said, parts: Parts) -> bool:
    """Whether a negator in front of the evidence stops at a later one: it stands too far before that."""
    if one.sign is None or behind.span.end > parts[-1].start:
        return False
    return behind.span.start - one.span.end > one.sign.cue.past


def _strongest(acting: Sequence[Said]) -> tuple[str, list[Said]]:
    value = min((one.value for one in acting), key=STRENGTH.index)
    return value, [one for one in acting if one.value == value]


def _holder(acting: Sequence[Said], parts: Parts, standing: Standing) -> tuple[str, list[Said]]:
    nearest = min(acting, key=lambda one: (distance(one.span, parts), one.span.start > parts[0].start))
    nearest = _together(nearest, acting, standing)
    if _value(nearest, standing) == "self" and nearest.sign is not None and not nearest.sign.actor:
        nearest = _quoted_by(nearest, standing) or nearest
    return _value(nearest, standing), [nearest]


def _quoted_by(said: Said, standing: Standing) -> Said | None:
    """Return who is quoted where a cue stands in a quotation: named last before it, else first behind it."""
    quotation = around(standing.grounds.quoted, said.span)
    if quotation is None:
        return None
    sentence = standing.grounds.sentence(said.span.start)
    named = [sign for sign in standing.signs if "holder" in sign.sets and sentence.contains(sign.span)]
    before = [sign for sign in named if sign.span.end <= quotation.start]
    behind = [sign for sign in named if sign.span.start >= quotation.end]
    chosen = before[-1] if before else behind[0] if behind else None
    if chosen is None:
        return None
    return Said(chosen.cue.id, chosen.number, chosen.sets["holder"], chosen.span, chosen)


def _together(said: Said, acting: Sequence[Said], standing: Standing) -> Said:
    """Of cues that touch, 我们+公安局, 公安+那边: the one that says `self`, else the one that names."""
    chain = [said]
    at = acting.index(said)
    for one in reversed(acting[:at]):
        if one.span.end == chain[0].span.start:
            chain.insert(0, one)
    for one in acting[at + 1 :]:
        if one.span.start == chain[-1].span.end:
            chain.append(one)
    for wanted in ("self", "other:"):
        for one in chain:
            if _value(one, standing).startswith(wanted):
                return one
    return said


def _value(said: Said, standing: Standing) -> str:
    """Return the holder a cue means: the name of an actor is `self` where that actor speaks."""
    actor = said.sign.actor if said.sign is not None else said.value.partition(":")[2]
    if not actor:
        return said.value
    return "self" if actor == standing.own else f"other:{actor}"
