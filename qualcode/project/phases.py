"""Phases of a study: stretches of time its material is compared over, and sets of them to be weighed.

    phases:
      - {id: P1, start: 2016-09-05, end: E2019}
      - {id: P2, start: E2019, end: 2024-01-01, transition_days: 90}
      - {id: building, start: 2016-09-05, end: 2018-03-17}
      - {id: running, start: 2018-03-17, end: 2024-01-01}
    phase_sets:                          # the first is the study's; 'analyze periodisation' compares them
      node: [P1, P2]
      reform: [building, running]

Phases are half-open `[start, end)` and may name an event instead of a date. Those of one set must not
overlap; a gap between two is legal and told. `transition_days` on either side of a phase's start belong to no
phase: what lies there is left out and listed. Without `phase_sets` all phases are one set.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcode.model import Event, Phase
from qualcode.problems import Place, Problem, UsageError, problem
from qualcode.project.events import no_id_twice, read_day
from qualcode.registry import did_you_mean
from qualcode.text.dates import first_day
from qualcode.yamlnodes import Fields, Node

if TYPE_CHECKING:
    from qualcode.project.study import Study

PHASE_KEYS = ("id", "start", "end", "name", "name_zh", "name_en", "note", "transition_days")

Held = tuple[Phase, Place]


def read_phases(
    node: Node | None, sets: Node | None, events: Sequence[Event], problems: list[Problem]
) -> tuple[tuple[Phase, ...], dict[str, tuple[Phase, ...]]]:
    """Read the `phases:` and `phase_sets:` of a study, each set in order of time.

    Returns the phases of the first set, and all sets by name (none where the study names none). Overlaps
    inside a set are errors, gaps are notes.
    """
    found = _listed(node, events, problems)
    if sets is None or sets.empty:
        _check_set(found, problems)
        return tuple(phase for phase, _ in found), {}
    made = _sets(sets, found, problems)
    return next(iter(made.values()), ()), made


def divided(study: Study, name: str) -> Study:
    """Return the study with the phases of another of its sets; `UsageError` for one it does not have."""
    if name not in study.phase_sets:
        raise UsageError(
            "the study has no set of phases '{name}'",
            hint="{meant} known: {known}",
            name=name,
            meant=did_you_mean(name, study.phase_sets),
            known=", ".join(study.phase_sets) or "-",
        )
    return replace(study, phases=study.phase_sets[name])


def _listed(node: Node | None, events: Sequence[Event], problems: list[Problem]) -> list[Held]:
    """The phases in order of time, with their places."""
    if node is None or node.empty:
        return []
    if node.kind != "list":
        problems.append(
            problem(
                "wrong-type", node.place, "phases are a list", hint="write '- {{id: P1, start: …, end: …}}'"
            )
        )
        return []
    dates = {event.id: event.date for event in events}
    found: list[Held] = []
    for item in node.items:
        phase = _phase(item, dates, problems)
        if phase is not None:
            found.append((phase, item.place))
    found.sort(key=lambda pair: (pair[0].start, pair[0].id))
    no_id_twice([(phase.id, place) for phase, place in found], "phase", problems)
    return found


def _sets(node: Node, found: Sequence[Held], problems: list[Problem]) -> dict[str, tuple[Phase, ...]]:
    """The sets by name, in the order they are written."""
    known = {phase.id: (phase, place) for phase, place in found}
    if node.kind != "map":
        problems.append(
            problem(
                "wrong-type",
                node.place,
                "phase_sets gives each set a name",
                hint="write 'phase_sets: {{narrow: [P1, P2], wide: [early, late]}}'",
            )
        )
        return {}
    made: dict[str, tuple[Phase, ...]] = {}
    fields = Fields(
        node, what="sets of phases", known=tuple(key.text for key, _ in node.entries), problems=problems
    )
    for key, value in node.entries:
        wanted: dict[str, Held] = {}
        for item in value.items if value.kind == "list" else (value,):
            if item.text in known:
                wanted[item.text] = known[item.text]
                continue
            fields.say(
                "unknown-phase",
                item.place,
                "the set '{set}' names '{phase}', which is no phase of the study",
                hint="{meant} known: {known}",
                set=key.text,
                phase=item.text,
                meant=did_you_mean(item.text, known),
                known=", ".join(known),
            )
        chosen = sorted(wanted.values(), key=lambda pair: (pair[0].start, pair[0].id))
        _check_set(chosen, problems)
        made[key.text] = tuple(phase for phase, _ in chosen)
    used = {phase.id for phases in made.values() for phase in phases}
    for phase, place in found:
        if phase.id not in used:
            problems.append(
                problem(
                    "phase-not-used",
                    place,
                    "the phase {id} is in no set of phases: nothing is placed in it",
                    severity="warning",
                    id=phase.id,
                )
            )
    return made


def _check_set(found: Sequence[Held], problems: list[Problem]) -> None:
    for (before, _), (after, place) in pairwise(found):
        _check_border(before, after, place, problems)
    for n, (phase, place) in enumerate(found):
        _check_length(phase, found[n + 1][0] if n + 1 < len(found) else None, place, problems)


def _check_length(phase: Phase, after: Phase | None, place: Place, problems: list[Problem]) -> None:
    """Days of transition must leave a phase some of its own."""
    wide = phase.transition + (after.transition if after is not None and after.start == phase.end else 0)
    if wide and first_day(phase.start) + datetime.timedelta(days=wide) >= first_day(phase.end):
        problems.append(
            problem(
                "empty-phase",
                place,
                "the days of transition leave the phase {id} no day of its own",
                hint="fewer transition_days, or a longer phase",
                id=phase.id,
            )
        )


def _phase(node: Node, dates: dict[str, str], problems: list[Problem]) -> Phase | None:
    fields = Fields(node, what="a phase", known=PHASE_KEYS, problems=problems)
    for key in ("id", "start", "end"):
        fields.require(key)
    ends = []
    for key in ("start", "end"):
        text = fields.text(key)
        ends.append(
            dates.get(text) or (read_day(text, fields.place_of(key), problems, dates) if text else "")
        )
    start, end = ends
    if not (fields.text("id") and start and end):
        return None
    if first_day(start) >= first_day(end):
        fields.say(
            "empty-phase",
            fields.place_of("end"),
            "the phase {id} ends ({end}) before it starts ({start})",
            hint="a phase is [start, end): its end is the first day after it",
            id=fields.text("id"),
            start=start,
            end=end,
        )
        return None
    names = {lang: fields.text(f"name_{lang}") for lang in ("zh", "en") if fields.has(f"name_{lang}")}
    name = fields.node("name")
    if name is not None:
        names = (
            {"": name.text} if name.kind == "text" else {k.text: v.text for k, v in name.entries}
        ) | names
    return Phase(
        fields.text("id"),
        first_day(start).isoformat(),
        first_day(end).isoformat(),
        names,
        fields.integer("transition_days", 0, least=0),
    )


def _check_border(before: Phase, after: Phase, place: Place, problems: list[Problem]) -> None:
    if after.start < before.end:
        problems.append(
            problem(
                "phases-overlap",
                place,
                "phases {before} and {after} overlap: one ends {end}, the other starts {start}",
                hint="a phase is [start, end): end one on the day the other starts",
                before=before.id,
                after=after.id,
                end=before.end,
                start=after.start,
            )
        )
    elif after.start > before.end:
        problems.append(
            problem(
                "phases-gap",
                place,
                "what falls between phases {before} and {after}, from {end} to {start}, has no phase",
                severity="note",
                before=before.id,
                after=after.id,
                end=before.end,
                start=after.start,
            )
        )
