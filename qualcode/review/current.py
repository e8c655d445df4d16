"""What counts now, computed from machine codings and people's decisions; neither is ever edited.

- A later decision of a coder about the same words and code takes the place of the earlier one.
- Coders who agree decide. Coders who do not are a `conflict`: all are listed, and the coding counts as the
  machine says (not at all where the machine has none) until somebody settles it. Decisions that settle go
  before those that do not.
- `recode` is a no to one code and a yes to another; the yes stands and falls with the no.
- Words that were changed since are `review_again`: they count as the machine says, as if nobody had decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.codebook.records import Code, Codebook
from qualcode.coding import CodedDocument
from qualcode.model import ASKING, Coding, Document, Segment
from qualcode.review.anchors import Found, find_again, starts_of
from qualcode.review.records import VERDICTS, Decision, is_open, text_hash

UNREVIEWED = "unreviewed"
AGAIN = "review_again"
CONFLICT = "conflict"
STATUSES = ("accepted", "rejected", "recoded", "added", UNREVIEWED, AGAIN, CONFLICT)
_SAID = {"accept": "accepted", "add": "added", "reject": "rejected", "recode": "recoded"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What people make of one coding: its status and who said so (in a conflict, as name=verdict)."""

    status: str = UNREVIEWED
    decided_by: tuple[str, ...] = ()


Standings = Mapping[tuple[int, str], Standing]  # segment index, code


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A coded document with what people decided: codings with `countable` as it is now, theirs included."""

    coded: CodedDocument
    standings: Standings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A decision and where its words are now."""

    decision: Decision
    found: Found


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that nobody took back, in their order, undos left out.

    Only a coder's own later undo takes a decision back; an undo can be taken back too.
    """
    held = sorted({one.id: one for one in decisions}.values(), key=lambda one: one.order)
    known = {one.id: one for one in held}
    gone: set[str] = set()
    for one in reversed(held):
        target = known.get(one.undoes) if one.action == "undo" and one.id not in gone else None
        if target is not None and target.coder == one.coder and target.order < one.order:
            gone.add(target.id)
    return [one for one in held if one.id not in gone and one.action != "undo"]


def place(document: Document, segments: Sequence[Segment], decisions: Iterable[Decision]) -> list[Placed]:
    """Say where the words of a document's decisions are now; memos on documents and codes have no words."""
    anchored = [(one, one.anchor) for one in decisions if one.anchor is not None]
    if not anchored:
        return []
    digest, starts = text_hash(document.text), starts_of(segments)
    return [
        Placed(one, find_again(document, segments, anchor, same_text=one.text == digest, starts=starts))
        for one, anchor in anchored
    ]


def open_codes(decisions: Iterable[Decision]) -> list[str]:
    """Return the codes of people's own that decisions in force give, by code point."""
    given = {one.to if one.action == "recode" else one.code for one in in_force(decisions)}
    return sorted(code for code in given if is_open(code))


def with_open_codes(codebook: Codebook, codes: Iterable[str]) -> Codebook:
    """Return a codebook that has these codes too, without rules; the same one where it has them all."""
    new = {
        code: Code(code, name=dict.fromkeys(("zh", "en"), code.partition(":")[2]))
        for code in codes
        if code not in codebook.codes
    }
    return replace(codebook, codes={**codebook.codes, **new}) if new else codebook


def review(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook,
    decisions: Iterable[Decision],
) -> Reviewed:
    """Apply the decisions about one document to its machine codings.

    `decisions` are this document's, undos included. Codes that the codebook does not have (`with_open_codes`
    gives it people's own) make no coding.
    """
    placed = place(document, segments, [d for d in in_force(decisions) if d.action in VERDICTS])
    return weigh(document, segments, coded, codebook, placed)


def weigh(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook,
    placed: Sequence[Placed],
) -> Reviewed:
    """Apply verdicts in force, whose places are known, to machine codings.

    What becomes of a segment depends on its own codings and verdicts alone, so a part of a document can be
    weighed by itself: some of its segments with the codings and verdicts there.
    """
    if not placed:
        return Reviewed(coded)
    direct, again = _targets(placed)
    said = _said(direct)
    machine = {(coding.segment, coding.code): coding for coding in coded.codings}
    standings: dict[tuple[int, str], Standing] = {}
    codings: list[Coding] = []
    order = {code: n for n, code in enumerate(codebook.codes)}
    by_index = {segment.index: segment for segment in segments}
    for target in sorted({*machine, *said, *again}, key=lambda t: (t[0], order.get(t[1], -1), t[1])):
        if target[1] not in order:
            continue
        given = said.get(target)
        standing = _standing(given, target in machine) if given else Standing(AGAIN, again.get(target, ()))
        own = machine.get(target)
        codable = _codable(by_index[target[0]], document, codebook)
        if given is None and target not in again:
            standing = Standing()
        made = _coding(target, own, standing, given or {}, codable=codable)
        if made is not None:
            codings.append(made)
            standings[target] = standing
    return Reviewed(replace(coded, codings=tuple(codings)), standings)


_Target = tuple[int, str]
_Given = dict[
    str, str
]  # coder -> what they say: accept, add, reject, recode:CODE, perhaps (contested recode)


def _targets(
    placed: Iterable[Placed],
) -> tuple[dict[_Target, dict[str, Decision]], dict[_Target, tuple[str, ...]]]:
    """The latest decision of every coder by target, and who must look at changed words again."""
    direct: dict[_Target, dict[str, Decision]] = {}
    again: dict[_Target, dict[str, None]] = {}
    for one in sorted(placed, key=lambda p: p.decision.order):
        if one.found.segment is None:
            continue
        decision = one.decision
        target = (one.found.segment.index, decision.code)
        if one.found.state == "changed":
            code = decision.to if decision.action == "recode" else decision.code
            for asked in {decision.code: None, code: None}:
                again.setdefault((target[0], asked), {})[decision.coder] = None
        else:
            direct.setdefault(target, {})[decision.coder] = decision
    return direct, {target: tuple(sorted(coders)) for target, coders in again.items()}


def _said(direct: Mapping[_Target, Mapping[str, Decision]]) -> dict[_Target, _Given]:
    said: dict[_Target, _Given] = {}
    for target, by_coder in direct.items():
        said[target] = {coder: _verdict(one) for coder, one in _heard(by_coder).items()}
    for (segment, _), by_coder in direct.items():
        heard = _heard(by_coder)
        contested = len({_side(_verdict(one)) for one in heard.values()}) > 1
        for coder, one in heard.items():
            if one.action != "recode":
                continue
            goal = (segment, one.to)
            own = direct.get(goal, {}).get(coder)
            settled = any(other.settles for other in direct.get(goal, {}).values()) and not one.settles
            if settled or (own is not None and own.order > one.order):
                continue
            said.setdefault(goal, {})[coder] = "perhaps" if contested else "add"
    return said


def _heard(by_coder: Mapping[str, Decision]) -> Mapping[str, Decision]:
    """Those that settle, where there are any; else all."""
    settling = {coder: one for coder, one in by_coder.items() if one.settles}
    return settling or by_coder


def _verdict(decision: Decision) -> str:
    return f"recode:{decision.to}" if decision.action == "recode" else decision.action


def _side(verdict: str) -> str:
    return "yes" if verdict in ("accept", "add") else verdict


def _standing(given: _Given, by_machine: bool) -> Standing:
    sides = {_side(verdict) for verdict in given.values()}
    if len(sides) > 1 or sides == {"perhaps"}:
        listed = tuple(f"{coder}={_shown(given[coder])}" for coder in sorted(given))
        return Standing(CONFLICT, listed)
    side = sides.pop()
    coders = tuple(sorted(given))
    if side == "yes":
        return Standing("accepted" if by_machine else "added", coders)
    return Standing("rejected" if side == "reject" else "recoded", coders)


def _shown(verdict: str) -> str:
    action, _, to = verdict.partition(":")
    return f"recoded>{to}" if to else _SAID.get(action, "added")


def _coding(
    target: _Target, own: Coding | None, standing: Standing, given: _Given, *, codable: bool
) -> Coding | None:
    """The coding as it counts now; None where there is neither one of the machine nor one of a person."""
    status = standing.status
    if own is not None:
        if status in ("rejected", "recoded"):
            return own._replace(countable=False)
        # Somebody who adds a code that the machine has, but does not count, says that it is meant.
        if status == "accepted" and "add" in given.values():
            return own._replace(countable=codable)
        return own
    if status in ("rejected", "recoded", UNREVIEWED):
        return None
    if status == AGAIN:
        coder = standing.decided_by[0]
    else:
        coder = min(
            (c for c, verdict in given.items() if verdict in ("accept", "add", "perhaps")), default=""
        )
    if not coder:
        return None
    return Coding(target[0], target[1], (), 0.0, coder, countable=codable and status == "added")


def _codable(segment: Segment, document: Document, codebook: Codebook) -> bool:
    return not document.metadata.duplicate_of and (codebook.code_interviewers or segment.role not in ASKING)
