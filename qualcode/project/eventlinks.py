"""What is wrong with links between events: unknown ones, circles, and links against the dates.

An event may say which others it could not have been without (`requires`). Nothing can rest on itself, by
whatever way; that is an error. An event that rests on a later one is a warning: a date or the link is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.model import Event
from qualcode.problems import Place, Problem, problem
from qualcode.registry import did_you_mean
from qualcode.text.dates import first_day, last_day


def link_problems(events: Sequence[tuple[Event, Place]]) -> list[Problem]:
    """Return the problems of `requires`, event by event; a circle is told once."""
    known = {event.id: event for event, _ in events}
    found: list[Problem] = []
    told: set[frozenset[str]] = set()
    for event, place in events:
        for name in event.requires:
            if name not in known:
                found.append(
                    problem(
                        "unknown-event",
                        place,
                        "{event} requires '{name}', which is no event of the study",
                        hint="{meant} known: {known}",
                        event=event.id,
                        name=name,
                        meant=did_you_mean(name, known),
                        known=", ".join(known),
                    )
                )
            elif first_day(known[name].date) > last_day(event.date):
                found.append(
                    problem(
                        "later-event",
                        place,
                        "{event} ({date}) requires {name}, which comes later ({later})",
                        hint="put the date right, or turn the link round",
                        severity="warning",
                        event=event.id,
                        date=event.date,
                        name=name,
                        later=known[name].date,
                    )
                )
        circle = _circle(event.id, known)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            found.append(
                problem(
                    "circular-events",
                    place,
                    "events require each other in a circle: {circle}",
                    hint="take one of the links out: nothing can rest on itself",
                    circle=" -> ".join([*circle, circle[0]]),
                )
            )
    return found


def _circle(name: str, known: Mapping[str, Event]) -> list[str]:
    """The shortest way from an event back to itself along `requires`; [] for none."""
    ways = [[name]]
    seen = {name}
    for way in ways:
        for other in known[way[-1]].requires:
            if other == name:
                return way
            if other in known and other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []
