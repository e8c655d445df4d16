"""Cues and actors belong together: actors named are there, names are of one actor, words are of one cue.

context:
  - {id: neg, set: {polarity: negated}, any: [没有]}
  - {id: doubt, set: {polarity: affirmed}, any: [没有]}   # error[ambiguous-cue]: two values of one axis
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from qualcode.codebook.cues import Context, Cue, Sets
from qualcode.codebook.draft import Draft
from qualcode.problems import Problem, problem
from qualcode.text.folding import fold


def check(draft: Draft) -> list[Problem]:
    context = draft.codebook.context
    problems = [*_unknown_actors(context), *_shared_names(context, draft.codebook.fold)]
    problems += _ambiguous(context, draft.codebook.fold)
    # A list of actors by itself is a part to be imported beside cues.
    if context.actors and context.cues and not any(cue.actors for cue in context.cues):
        first = next(iter(context.actors.values()))
        problems.append(
            problem(
                "unused-actors",
                first.place,
                "no cue looks for the names of actors",
                hint="add to 'context': {{id: actor, set: {{holder: other}}, actors: true}}",
                severity="warning",
            )
        )
    return problems


def _unknown_actors(context: Context) -> Iterator[Problem]:
    for cue in context.cues:
        for sets in (cue.sets, *cue.slots.values()):
            name = sets.get("holder", "").partition(":")[2]
            if name and name not in context.actors:
                close = get_close_matches(name, context.actors, n=1)
                yield problem(
                    "unknown-actor",
                    cue.place,
                    "no actor is named {actor!r}",
                    hint="did you mean {meant!r}?" if close else "define it under actors",
                    actor=name,
                    meant=close[0] if close else "",
                )


def _shared_names(context: Context, kinds: frozenset[str]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for actor in context.actors.values():
        for alias in actor.aliases:
            owner = owners.setdefault(fold(alias.text, kinds), actor.id)
            if owner != actor.id:
                yield problem(
                    "ambiguous-name",
                    alias.place,
                    "{name!r} is a name of {one!r} and of {other!r}",
                    hint="keep it with one of them",
                    name=alias.text,
                    one=owner,
                    other=actor.id,
                )


def _ambiguous(context: Context, kinds: frozenset[str]) -> Iterator[Problem]:
    """The same words may set different axes, but not two values of one axis in one direction."""
    seen: dict[tuple[str, str, str], tuple[Cue, Sets]] = {}
    for cue in context.cues:
        if cue.kind != "cue" or cue.after or cue.before:
            continue
        for term in cue.terms:
            for axis, value in cue.sets.items():
                key = (fold(term.text, kinds), axis, cue.direction)
                first, sets = seen.setdefault(key, (cue, cue.sets))
                if sets[axis] != value:
                    yield problem(
                        "ambiguous-cue",
                        term.place,
                        "{term!r} makes {axis} {value!r} here and {other!r} in the cue {first!r}",
                        hint="take it out of one of them",
                        term=term.text,
                        axis=axis,
                        value=value,
                        other=sets[axis],
                        first=first.id,
                    )
