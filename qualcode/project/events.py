"""Events of a study: a list in `qualcode.yaml`, or a table (CSV, Excel) or YAML file of its own.

    - {id: E2019, date: 2019-06-25, name_zh: 全国深化放管服改革会议, name_en: …, type: conference,
       level: national, node: yes, aliases: [放管服会议]}

A table has the same words as column heads; several aliases stand in one cell with `;` between them.
`requires` says which events one could not have been without: their ids, or a map of ids to reasons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from qualcode.model import Event
from qualcode.problems import Place, Problem, problem
from qualcode.project.eventlinks import link_problems
from qualcode.text.dates import read_date
from qualcode.yamlnodes import Fields, Node, decode_yaml, read_yaml

EVENT_KEYS = ("id", "date", "name", "name_zh", "name_en", "type", "level", "node", "aliases", "requires")
TABLES = (".csv", ".xlsx")


def load_events(
    node: Node | None, home: Path, problems: list[Problem]
) -> tuple[tuple[Event, ...], Path | None]:
    """Read the `events:` of a study: a list of maps, or the name of a file, which is returned too."""
    if node is None or node.empty:
        return (), None
    if node.kind == "list":
        return _checked([(read_event(item, problems), item.place) for item in node.items], problems), None
    if node.kind == "map":
        problems.append(
            problem(
                "wrong-type",
                node.place,
                "events are a list or the name of a file",
                hint="begin with '- id: …'",
            )
        )
        return (), None
    path = home / node.text.strip()
    if not path.is_file():
        problems.append(
            problem(
                "no-events",
                node.place,
                "there is no file of events '{path}'",
                hint="paths are relative to the study file",
                path=node.text.strip(),
            )
        )
        return (), None
    return _checked(_from_file(path, problems), problems), path


def read_event(node: Node, problems: list[Problem]) -> Event | None:
    """Read one event from its map; None where it has no id or no date that can be read."""
    fields = Fields(node, what="an event", known=EVENT_KEYS, problems=problems)
    fields.require("id")
    fields.require("date")
    name = fields.node("name")
    names = {"": name.text} if name is not None and name.kind == "text" else {}
    if name is not None and name.kind == "map":
        inner = Fields(name, what="a name", known=("zh", "en"), problems=problems)
        names = {lang: inner.text(lang) for lang in ("zh", "en") if inner.has(lang)}
    names |= {lang: fields.text(f"name_{lang}") for lang in ("zh", "en") if fields.has(f"name_{lang}")}
    date = read_day(fields.text("date"), fields.place_of("date"), problems) if fields.has("date") else ""
    if not (fields.text("id") and date):
        return None
    return Event(
        fields.text("id"),
        date,
        names,
        fields.text("type"),
        fields.text("level"),
        fields.yes("node"),
        fields.texts("aliases"),
        _requires(fields),
    )


def _requires(fields: Fields) -> dict[str, str]:
    """The events one rests on, with the reasons given."""
    node = fields.node("requires")
    if node is None or node.kind != "map":
        return dict.fromkeys(fields.texts("requires"), "")
    return {key.text: value.text for key, value in node.entries}


def read_day(text: str, place: Place, problems: list[Problem], events: Iterable[str] = ()) -> str:
    """Return the date a text says, "" with a problem where it says none.

    `events` are what else could stand there.
    """
    date = read_date(text)
    if not date:
        names = ", ".join(events)
        hint = "write it like 2019-06-25, 2019-06 or 2019"
        if names:
            hint = "write it like 2019-06-25, or the id of an event: {events}"
        problems.append(
            problem("no-date", place, "'{text}' is not a date", hint=hint, text=text, events=names)
        )
    return date


def _checked(found: Iterable[tuple[Event | None, Place]], problems: list[Problem]) -> tuple[Event, ...]:
    events = [(event, place) for event, place in found if event is not None]
    no_id_twice([(event.id, place) for event, place in events], "event", problems)
    problems += link_problems(events)
    return tuple(sorted((event for event, _ in events), key=lambda e: (e.date, e.id)))


def no_id_twice(ids: Iterable[tuple[str, Place]], what: str, problems: list[Problem]) -> None:
    """Say of every id that is there twice where it was first; `what` it is of, event or phase."""
    first: dict[str, Place] = {}
    for name, place in sorted(ids, key=lambda pair: pair[1]):
        if name in first:
            problems.append(
                problem(
                    "duplicate-id",
                    place,
                    "the {what} {id} is there twice",
                    hint="the first one is at {first}",
                    what=what,
                    id=name,
                    first=str(first[name]),
                )
            )
        first.setdefault(name, place)


def _from_file(path: Path, problems: list[Problem]) -> list[tuple[Event | None, Place]]:
    if path.suffix.lower() not in TABLES:
        text, found = decode_yaml(path.read_bytes(), str(path))
        problems += found
        node, found = read_yaml(text or "", str(path))
        problems += found
        if node is None or node.empty:
            return []
        inner = node.get("events") if node.kind == "map" else node
        if inner is None or inner.kind != "list":
            problems.append(
                problem("wrong-type", node.place, "events are a list", hint="begin with '- id: …'")
            )
            return []
        return [(read_event(item, problems), item.place) for item in inner.items]
    rows = _table(path, problems)
    if not rows:
        return []
    header = [cell.strip() for cell in rows[0]]
    unknown = [name for name in header if name and name not in EVENT_KEYS]
    missing = [name for name in ("id", "date") if name not in header]
    if missing or unknown:
        problems.append(
            problem(
                "wrong-columns",
                Place(str(path), 1),
                "a table of events has the columns {known}; missing: {missing}; unknown: {unknown}",
                known=", ".join(EVENT_KEYS),
                missing=", ".join(missing) or "-",
                unknown=", ".join(unknown) or "-",
            )
        )
        return []
    return [
        (read_event(_row_node(header, cells, Place(str(path), line)), problems), Place(str(path), line))
        for line, cells in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in cells)
    ]


def _row_node(header: Sequence[str], cells: Sequence[str], place: Place) -> Node:
    """Show a table's row as the map it would be in YAML, so that there is one reader of events."""
    entries = []
    for key, cell in zip(header, cells, strict=False):
        if not key or not cell.strip():
            continue
        value = Node("text", place, text=cell.strip())
        if key in ("aliases", "requires"):
            parts = cell.replace("；", ";").split(";")
            value = Node(
                "list", place, items=tuple(Node("text", place, text=p.strip()) for p in parts if p.strip())
            )
        entries.append((Node("text", place, text=key), value))
    return Node("map", place, entries=tuple(entries))


def _table(path: Path, problems: list[Problem]) -> list[list[str]]:
    if path.suffix.lower() == ".csv":
        text, found = decode_yaml(path.read_bytes(), str(path))
        problems += found
        return list(csv.reader(io.StringIO(text, newline=""))) if text else []
    from qualcode.output.xlsxfile import UnreadableBookError, read_first_sheet

    try:
        return read_first_sheet(path)
    except UnreadableBookError as error:
        problems.append(
            problem(
                "unreadable",
                Place(str(path)),
                "this is no Excel workbook that can be read ({reason})",
                hint="open it in Excel and save it as .xlsx, or save the table as CSV (UTF-8)",
                reason=error,
            )
        )
        return []
