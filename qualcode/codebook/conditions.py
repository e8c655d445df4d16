"""`where` and `countable`: in which material a rule applies, and which codings enter counts."""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches

from qualcode.codebook.keys import (
    CLOSED,
    CONDITION,
    COUNTABLE,
    DATE_FIELDS,
    HOLDERS,
    MODALITIES,
    POLARITIES,
    REPORTED,
    WHERE_FIELDS,
    names,
)
from qualcode.codebook.reading import items_of
from qualcode.codebook.records import Condition
from qualcode.problems import Problem, problem
from qualcode.text.dates import first_day, last_day, read_date
from qualcode.yamlnodes import Fields, Node


def read_where(node: Node | None, problems: list[Problem]) -> tuple[Condition, ...]:
    """Read `where`: every condition must hold. Fields nobody declared are attributes of the documents."""
    if node is None:
        return ()
    if node.kind != "map":
        Fields(node, what="'where'", known=WHERE_FIELDS, problems=problems)
        return ()
    found: list[Condition] = []
    for key, value in node.entries:
        if key.text not in WHERE_FIELDS:
            _perhaps_misspelt(key, problems)
        condition = _read_condition(key, value, problems)
        if condition:
            found.append(condition)
    return tuple(found)


def _read_condition(key: Node, value: Node, problems: list[Problem]) -> Condition | None:
    if key.text in DATE_FIELDS:
        return _read_dates(key, value, problems)
    negated = False
    if value.kind == "map":
        fields = Fields(value, what=f"a condition on {key.text!r}", known=("not",), problems=problems)
        inner = fields.node("not")
        if inner is None:
            if not value.entries:
                problems.append(_no_value(key))
            return None
        value, negated = inner, True
    items = items_of(value)
    if not items:
        problems.append(_no_value(key))
        return None
    fields = Fields(
        Node("map", value.place, entries=((key, value),)),
        what="'where'",
        known=(key.text,),
        problems=problems,
    )
    closed = CLOSED.get(key.text)
    values = fields.choices(key.text, closed) if closed else fields.texts(key.text)
    return Condition(key.text, values, negated=negated, place=key.place) if values else None


def _read_dates(key: Node, value: Node, problems: list[Problem]) -> Condition | None:
    """Read `date: {from: 2019-06-25, before: 2021}` or `date: 2019`, as days: first in, first out."""
    if value.kind == "text" and not value.empty:
        day = _date(key, value, problems)
        if not day:
            return None
        after = last_day(day) + timedelta(days=1)
        return Condition(
            key.text, since=first_day(day).isoformat(), before=after.isoformat(), place=key.place
        )
    if value.kind != "map":
        problems.append(
            problem(
                "wrong-type",
                value.place,
                "a condition on {key!r} takes a date or a period",
                hint="write {key}: {{from: 2019-06-25, before: 2021}}",
                key=key.text,
            )
        )
        return None
    fields = Fields(value, what=f"a condition on {key.text!r}", known=names(CONDITION)[1:], problems=problems)
    ends: dict[str, str] = {}
    for name in ("from", "before"):
        node = fields.node(name)
        if node is not None:
            day = _date(key, node, problems)
            ends[name] = first_day(day).isoformat() if day else ""
    if not ends:
        problems.append(_no_value(key))
        return None
    since, before = ends.get("from", ""), ends.get("before", "")
    if since and before and since >= before:
        problems.append(
            problem(
                "empty-period",
                value.place,
                "no day is both from {since} and before {before}",
                hint="'before' is the first day that is out",
                since=since,
                before=before,
            )
        )
    return Condition(key.text, since=since, before=before, place=key.place)


def _date(key: Node, node: Node, problems: list[Problem]) -> str:
    day = read_date(node.text) if node.kind == "text" else ""
    if not day:
        problems.append(
            problem(
                "bad-date",
                node.place,
                "{value!r} is not a date",
                hint="write 2019, 2019-06 or 2019-06-25",
                value=node.text or node.kind,
            )
        )
    return day


def _no_value(key: Node) -> Problem:
    return problem(
        "missing-value",
        key.place,
        "{key!r} has no value to compare with",
        hint="write a value, a list of them, or {{not: [...]}}",
        key=key.text,
    )


def _perhaps_misspelt(key: Node, problems: list[Problem]) -> None:
    close = get_close_matches(key.text, WHERE_FIELDS, n=1, cutoff=0.75)
    if close:
        problems.append(
            problem(
                "unknown-field",
                key.place,
                "{key!r} is taken as an attribute of the documents",
                hint="did you mean {meant!r}?",
                severity="warning",
                key=key.text,
                meant=close[0],
            )
        )


def read_countable(node: Node | None, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """Read `countable`: for each axis given, the values that count."""
    if node is None:
        return {}
    fields = Fields(node, what="'countable'", known=names(COUNTABLE), problems=problems)
    found: dict[str, tuple[str, ...]] = {}
    for axis, choices in (("polarity", POLARITIES), ("modality", MODALITIES)):
        if fields.has(axis):
            found[axis] = fields.choices(axis, choices)
    if fields.has("holder"):
        found["holder"] = _read_holders(fields)
    if fields.has("reported"):
        found["reported"] = _read_reported(fields)
    for axis, values in found.items():
        if not values and not items_of(fields.node(axis)):
            fields.say(
                "missing-value",
                fields.place_of(axis),
                "with no {axis} listed nothing would ever count",
                hint="list what counts, or leave the key out",
                axis=axis,
            )
    return found


def _read_holders(fields: Fields) -> tuple[str, ...]:
    node = fields.node("holder")
    wrong = [
        item
        for item in items_of(node)
        if item.kind == "text" and item.text not in HOLDERS and not item.text.startswith("other:")
    ]
    for item in wrong:
        fields.say(
            "unknown-value",
            item.place,
            "'holder' cannot be {value!r}",
            hint="one of: self, other, other:<actor>, unspecified",
            value=item.text,
        )
    refused = {item.text for item in wrong}
    return tuple(dict.fromkeys(text for text in fields.texts("holder") if text not in refused))


def _read_reported(fields: Fields) -> tuple[str, ...]:
    words: list[str] = []
    for item in items_of(fields.node("reported")):
        word = {"true": "yes", "false": "no"}.get(item.text.lower(), item.text.lower())
        if item.kind != "text" or word not in REPORTED:
            fields.say(
                "unknown-value",
                item.place,
                "'reported' cannot be {value!r}",
                hint="one of: yes, no, inherited",
                value=item.text or item.kind,
            )
        else:
            words.append(word)
    return tuple(dict.fromkeys(words))
