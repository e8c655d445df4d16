"""What changed between two codebooks, as values: `difference(old, new)`.

Codes that have another id and the same rules (or, without rules, the same name and definition) are *renamed*;
rules with an id of their own that are under another code are *moved*. Rules without ids are compared by what
they do, since their numbers change whenever one is put before them. Orders and layout mean nothing.

A change is *of results* where it may change a coding; texts for people (definitions, examples) may not. Where
results may change and the version did not, that is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.codebook.entities import PROSE, Entity, What, entities
from qualcode.codebook.records import NOWHERE, Codebook
from qualcode.problems import Place, Problem, problem

How = Literal["added", "removed", "renamed", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A text that is another now; "" where there was, or is, none."""

    name: str  # definition.zh, weight, pattern, ...
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ListChange:
    """Terms or examples that came and went."""

    name: str  # terms, group 2, except, examples, ...
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing. `before` is the id it had (a code renamed) or its code then (a rule moved).

    `reaches` names the rules, cues and actors that a changed lexicon reaches through `$name`.
    """

    what: What
    how: How
    id: str
    before: str = ""
    code: str = ""  # of a rule
    fields: tuple[FieldChange, ...] = ()
    lists: tuple[ListChange, ...] = ()
    reaches: tuple[str, ...] = ()
    place: Place = NOWHERE

    @property
    def of_results(self) -> bool:
        """Whether a coding may be another for it."""
        if self.what == "path":
            return False  # a theory codes nothing
        if self.how != "changed":
            return self.what != "facet"
        names = [*(one.name for one in self.fields), *(one.name for one in self.lists)]
        if self.what == "actor" and {"type", "level"}.issuperset(names):
            return False  # they group what is counted, and find nothing
        return any(name.partition(".")[0] not in PROSE | {"id", "version"} for name in names)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one codebook to another: itself, facets, lexicons, codes with their rules, cues."""

    versions: tuple[str, str]
    changes: tuple[Change, ...]

    @property
    def of_results(self) -> bool:
        return any(change.of_results for change in self.changes)

    @property
    def problems(self) -> list[Problem]:
        """The version that was not raised: a warning where results may change, else a note."""
        if not self.changes or self.versions[0] != self.versions[1]:
            return []
        return [
            problem(
                "version-unchanged",
                self.changes[0].place,
                "the codebook changed and its version is still {version!r}",
                hint="raise 'version' whenever a result may change",
                severity="warning" if self.of_results else "note",
                version=self.versions[1],
            )
        ]


def difference(old: Codebook, new: Codebook) -> Difference:
    """Compare two codebooks. Equal ones, however laid out, have no changes."""
    before, after = list(entities(old)), list(entities(new))
    changes: list[Change] = []
    for what in ("codebook", "facet", "lexicon"):
        changes += _by_id(_of(before, what), _of(after, what), _reached(before, after))
    changes += _codes_and_rules(before, after)
    for what in ("cue", "actor", "path"):
        changes += _by_id(_of(before, what), _of(after, what), {})
    return Difference((old.version, new.version), tuple(changes))


def _of(every: Iterable[Entity], what: str) -> list[Entity]:
    return [one for one in every if one.what == what]


def _by_id(before: Sequence[Entity], after: Sequence[Entity], reached: dict[str, list[str]]) -> list[Change]:
    if before and after and before[0].what == "codebook":
        before = [Entity("codebook", after[0].id, before[0].fields, before[0].lists)]
    known = {one.id: one for one in before}
    now = {one.id for one in after}
    changes = [
        Change(one.what, "removed", one.id, reaches=tuple(reached.get(one.id, ())), place=one.place)
        for one in before
        if one.id not in now
    ]
    for one in after:
        old = known.get(one.id)
        reaches = tuple(reached.get(one.id, ()))
        if old is None:
            changes.append(_changed(Entity(one.what, one.id), one, "added", reaches=reaches))
        elif old.says != one.says:
            changes.append(_changed(old, one, "changed", reaches=reaches))
    return changes


def _codes_and_rules(before: list[Entity], after: list[Entity]) -> list[Change]:
    old, new = _of(before, "code"), _of(after, "code")
    old_rules, new_rules = _by_code(before), _by_code(after)
    known, now = {one.id: one for one in old}, {one.id for one in new}
    gone = [one for one in old if one.id not in now]
    was: dict[str, Entity] = {}  # new id -> the code as it was
    for one in new:
        same = known.get(one.id) or next(
            (other for other in gone if _same_code(other, one, old_rules, new_rules)), None
        )
        if same is not None:
            was[one.id] = same
            gone = [other for other in gone if other is not same]
    changes = [Change("code", "removed", one.id, place=one.place) for one in gone]
    rules = _Rules([rule for one in gone for rule in old_rules.get(one.id, [])])
    for one in new:
        its = new_rules.get(one.id, [])
        if one.id not in was:
            changes.append(_changed(Entity("code", one.id), one, "added"))
            rules.compare([], its)
            continue
        earlier = was[one.id]
        if earlier.id != one.id:
            changes.append(_changed(earlier, one, "renamed"))
        elif earlier.says != one.says:
            changes.append(_changed(earlier, one, "changed"))
        rules.compare(old_rules.get(earlier.id, []), its)
    found = [*changes, *rules.changes()]
    order = {one.id: n for n, one in enumerate([*new, *gone])}
    return sorted(found, key=lambda one: order[one.code or one.id])


def _by_code(every: Iterable[Entity]) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for one in _of(every, "rule"):
        found.setdefault(one.code, []).append(one)
    return found


def _same_code(
    one: Entity, other: Entity, old: dict[str, list[Entity]], new: dict[str, list[Entity]]
) -> bool:
    its, others = old.get(one.id, []), new.get(other.id, [])
    if its or others:
        return [rule.says for rule in its] == [rule.says for rule in others]
    meaning = [key for key in other.fields if key.startswith(("name.", "definition."))]
    return bool(meaning) and all(one.fields.get(key) == other.fields[key] for key in meaning)


class _Rules:
    """The rules of all codes: those that found no partner in their own code may have moved to another."""

    def __init__(self, gone: Iterable[Entity]) -> None:
        self._gone = list(gone)
        self._come: list[Entity] = []
        self._changes: list[Change] = []

    def compare(self, old: Sequence[Entity], new: Sequence[Entity]) -> None:
        """Pair the rules of one code: by their id, by what they do, then by the most terms in common."""
        left, right = list(old), list(new)
        for alike in (_same_id, _same_deeds, _akin):
            for one in list(right):
                if alike is not _same_id and _has_id(one):
                    continue
                partner = max(
                    (other for other in left if alike(other, one)),
                    key=lambda other: (_common(other, one), other.id),
                    default=None,
                )
                if partner is not None:
                    left.remove(partner)
                    right.remove(one)
                    if partner.says != one.says:
                        self._changes.append(_changed(partner, one, "changed"))
        self._gone += left
        self._come += right

    def changes(self) -> list[Change]:
        moved = {one.id: one for one in self._gone if _has_id(one)}
        for one in self._come:
            earlier = moved.pop(one.id, None)
            if earlier is not None:
                self._gone.remove(earlier)
                self._changes.append(_changed(earlier, one, "moved"))
            else:
                self._changes.append(_changed(Entity("rule", one.id), one, "added"))
        self._changes += [
            Change("rule", "removed", one.id, code=one.code, place=one.place) for one in self._gone
        ]
        return self._changes


def _has_id(rule: Entity) -> bool:
    return ":" not in rule.id


def _same_id(one: Entity, other: Entity) -> bool:
    return _has_id(one) and one.id == other.id


def _same_deeds(one: Entity, other: Entity) -> bool:
    return not _has_id(one) and one.says == other.says


def _akin(one: Entity, other: Entity) -> bool:
    return not _has_id(one) and one.fields["pattern"].split()[0] == other.fields["pattern"].split()[0]


def _common(one: Entity, other: Entity) -> int:
    words = {word for items in one.lists.values() for word in items}
    return sum(word in words for items in other.lists.values() for word in items)


def _changed(old: Entity, new: Entity, how: How, *, reaches: tuple[str, ...] = ()) -> Change:
    fields = tuple(
        FieldChange(name, old.fields.get(name, ""), new.fields.get(name, ""))
        for name in dict.fromkeys([*new.fields, *old.fields])
        if old.fields.get(name, "") != new.fields.get(name, "")
    )
    lists = []
    for name in dict.fromkeys([*new.lists, *old.lists]):
        was, is_now = old.lists.get(name, ()), new.lists.get(name, ())
        if set(was) != set(is_now):
            added = tuple(one for one in is_now if one not in was)
            lists.append(ListChange(name, added, tuple(one for one in was if one not in is_now)))
    before = {"renamed": old.id, "moved": old.code}.get(how, "")
    return Change(new.what, how, new.id, before, new.code, fields, tuple(lists), reaches, new.place)


def _reached(before: Sequence[Entity], after: Sequence[Entity]) -> dict[str, list[str]]:
    """Lexicon -> who names it, itself or through other lexicons, then or now."""
    direct: dict[str, dict[str, None]] = {}
    through: dict[str, dict[str, None]] = {}
    for one in [*after, *before]:
        for word in [word for items in one.lists.values() for word in items]:
            if word.startswith("$"):
                (through if one.what == "lexicon" else direct).setdefault(word[1:], {})[one.id] = None
    found: dict[str, list[str]] = {}
    for name in {*direct, *through}:
        reached: dict[str, None] = {}
        waiting, seen = [name], {name}
        while waiting:
            lexicon = waiting.pop(0)
            reached |= direct.get(lexicon, {})
            more = [other for other in through.get(lexicon, {}) if other not in seen]
            seen.update(more)
            waiting += more
        found[name] = list(reached)
    return found
