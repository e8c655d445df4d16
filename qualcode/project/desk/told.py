"""All decisions by the segment they are about, kept up to date line by line.

What `qualcode.review.current.in_force` computes from all decisions at once is asked here of single ones, so
that a decision among twenty thousand costs as little as the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.review.current import Placed
from qualcode.review.records import Decision

SegmentKey = tuple[int, int]  # number of the paper, index of the segment
Order = tuple[int, str, str]


@dataclass(slots=True)
class Told:
    """Decisions of one or many coders. `loose` are memos on documents and codes, and what has no place."""

    by_id: dict[str, Decision] = field(default_factory=dict)
    at: dict[str, SegmentKey] = field(default_factory=dict)
    loose: list[Decision] = field(default_factory=list)
    _on: dict[SegmentKey, list[tuple[str, Placed]]] = field(default_factory=dict)
    _undos: dict[str, list[tuple[str, Decision]]] = field(default_factory=dict)
    _own: dict[str, list[tuple[Order, str]]] = field(default_factory=dict)

    def add(self, decision: Decision, placed: Placed | None, key: SegmentKey | None) -> SegmentKey | None:
        """Take a decision in; return the segment whose state it may change. What is known changes nothing."""
        name = decision.id
        if name in self.by_id:
            return None
        self.by_id[name] = decision
        self._own.setdefault(decision.coder, []).append((decision.order, name))
        if decision.action == "undo":
            self._undos.setdefault(decision.undoes, []).append((name, decision))
            return self.at.get(self.root(decision).id)
        if placed is None or key is None:
            self.loose.append(decision)
            return None
        self.at[name] = key
        self._on.setdefault(key, []).append((name, placed))
        return key

    def root(self, decision: Decision) -> Decision:
        """Return what an undo, or the undo of an undo, is about in the end; another decision is itself."""
        seen: set[str] = set()
        while decision.action == "undo" and decision.undoes in self.by_id and decision.undoes not in seen:
            seen.add(decision.undoes)
            decision = self.by_id[decision.undoes]
        return decision

    def holds(self, name: str) -> bool:
        """Whether nobody took a decision back: its coder, later, by an undo that itself holds."""
        line, at = [name], 0  # a decision, the undos of it, those of these
        while at < len(line):
            line += [undo for undo, _ in self._undos.get(line[at], ())]
            at += 1
        gone: set[str] = set()
        for one in sorted(line, key=lambda n: self.by_id[n].order, reverse=True):
            undo = self.by_id[one]
            target = self.by_id.get(undo.undoes)
            if undo.action != "undo" or one in gone or target is None:
                continue
            if target.coder == undo.coder and target.order < undo.order:
                gone.add(undo.undoes)
        return name not in gone

    def on(self, key: SegmentKey) -> list[Placed]:
        """Return the decisions that hold about a segment, memos too, in their order."""
        found = [placed for name, placed in self._on.get(key, ()) if self.holds(name)]
        return sorted(found, key=lambda one: one.decision.order)

    def memos(self, *, document: str = "", code: str = "") -> list[Decision]:
        """Return the memos that hold on a document (its id when they were written) or on a code."""
        found = [
            one
            for one in self.loose
            if one.action == "memo"
            and one.anchor is None
            and (one.document == document if document else (not one.document and one.code == code))
            and self.holds(one.id)
        ]
        return sorted(found, key=lambda one: one.order)

    def last(self, coder: str) -> Decision | None:
        """Return a coder's latest decision that holds: what an undo takes back."""
        return next((one for one in self._latest(coder) if one.action != "undo"), None)

    def taken_back(self, coder: str) -> Decision | None:
        """Return the undo that a coder can take back, None where a decision was made since.

        An undo that gives a decision back (it undoes an undo) is neither.
        """
        for one in self._latest(coder):
            if one.action != "undo":
                return None
            if self.by_id[one.undoes].action != "undo":
                return one
        return None

    def latest(self, coder: str, many: int) -> list[Decision]:
        """Return a coder's latest decisions, newest first, those taken back too; undos are left out."""
        found = [name for _, name in sorted(self._own.get(coder, ()), reverse=True)]
        return [self.by_id[n] for n in found if self.by_id[n].action != "undo"][:many]

    def _latest(self, coder: str) -> Iterator[Decision]:
        own = self._own.get(coder, [])
        own.sort()
        for _, name in reversed(own):
            if self.holds(name):
                yield self.by_id[name]
