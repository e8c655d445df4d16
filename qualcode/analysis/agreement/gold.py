"""Codings of people from a table: one row per coding, or a filled sheet with one column per code.

Long: `document_id,start,end,code,coder`, and perhaps `polarity`, `modality`, `holder`, `reported`. A row with
an empty code says that the coder saw the place and gave it nothing.

Wide: a sheet of `qualcode sample`: one row per segment, its code columns filled with anything but 0, no or a
blank; every row is a segment the coder saw. `coder` may stand in a column or be given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.cells import unguard
from qualcode.columns import SHEET
from qualcode.model import Span
from qualcode.problems import Place, Problem, problem

LONG = ("document_id", "start", "end", "code", "coder")
WIDE = ("document_id", "start", "end", "coder")
ATTRIBUTES = ("polarity", "modality", "holder", "reported")
NO = frozenset({"", "0", "no", "n", "否", "无", "-"})
ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class Given:
    """A code that a coder gave to a place; an empty code: seen, and left uncoded."""

    document: str
    span: Span
    code: str
    coder: str
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment that could be coded."""

    document: str
    span: Span
    text: str = ""
    speaker: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """What people coded. `codes` are the columns of a sheet: the codes they could give; empty: not said."""

    given: tuple[Given, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def coders(self) -> tuple[str, ...]:
        """The coders, by code point."""
        return tuple(sorted({g.coder for g in self.given}))


def read_gold(text: str, path: str, *, coder: str = "") -> tuple[Gold, list[Problem]]:
    """Read codings from the text of a CSV; rows that cannot be used are problems with their line."""
    rows, header = _rows(text)
    place = Place(path, 1)
    wide = "code" not in header
    missing = [name for name in (WIDE if wide else LONG) if name not in header and name != "coder"]
    if missing:
        found = problem(
            "no-codings",
            place,
            "no column {columns}: codings need document_id, start, end, code and coder",
            hint="save the table as CSV with these columns, or fill in a sheet of 'qualcode sample'",
            columns=", ".join(missing),
        )
        return Gold(), [found]
    codes = tuple(n for n in header if n and n not in _PLAIN and n not in ATTRIBUTES) if wide else ()
    given: dict[Given, None] = {}
    problems: list[Problem] = []
    for line, row in rows:
        who = row.get("coder", "") or coder
        span = _span(row)
        if span is None or not row["document_id"] or not who:
            problems.append(
                problem(
                    "bad-coding",
                    Place(path, line),
                    "this row has no place or no coder",
                    hint="start and end are whole numbers; --coder names who filled in a sheet",
                )
            )
            continue
        attributes = {name: row[name] for name in ATTRIBUTES if row.get(name)}
        names = [n for n in codes if row.get(n, "").strip().lower() not in NO] if wide else [row["code"]]
        for name in [*names, ""] if wide else names:
            given.setdefault(Given(row["document_id"], span, name, who, attributes))
    return Gold(tuple(given), codes), problems


_PLAIN = frozenset(column.name for column in SHEET)


def read_units(text: str, path: str) -> tuple[list[Unit], list[Problem]]:
    """Read the segments that could be coded: `document_id,start,end` and perhaps text, speaker, role.

    An interviewer's segments, where a column `role` says so, and those with `codable` no are left out.
    """
    rows, header = _rows(text)
    if not {"document_id", "start", "end"} <= set(header):
        return [], [problem("no-units", Place(path, 1), "units need the columns document_id, start and end")]
    units = []
    for _, row in rows:
        span = _span(row)
        asks = row.get("role", "") in ("interviewer", "moderator")
        if span is None or row.get("codable") == "no" or ("codable" not in row and asks):
            continue
        named = row.get("segment_id", "")
        units.append(Unit(row["document_id"], span, row.get("text", ""), row.get("speaker", ""), named))
    return units, []


def _rows(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = [unguard(name).strip() for name in next(lines, [])]
    rows = []
    for cells in lines:
        if any(cell.strip() for cell in cells):
            values = dict(zip(header, (unguard(cell) for cell in cells), strict=False))
            rows.append((lines.line_num, {name: values.get(name, "") for name in header}))
    return rows, header


def _span(row: Mapping[str, str]) -> Span | None:
    try:
        span = Span(int(row["start"]), int(row["end"]))
    except ValueError:
        return None
    return span if 0 <= span.start < span.end else None


def spans_as_units(given: Iterable[Given]) -> list[Unit]:
    """Return the places anybody coded as units, where nobody says what could be coded."""
    return [Unit(d, s) for d, s in sorted({(g.document, g.span) for g in given})]


def placed(units: Sequence[Unit], given: Sequence[Given]) -> tuple[list[list[Given]], list[Given]]:
    """Put codings on units: on each of which they cover half or more, else on the one they cover most of.

    Returns for every unit its codings, and the codings that touch no unit at all.
    """
    found: list[list[Given]] = [[] for _ in units]
    lost: list[Given] = []
    by_document: dict[str, list[int]] = {}
    for place in sorted(range(len(units)), key=lambda i: units[i].span):
        by_document.setdefault(units[place].document, []).append(place)
    exact = {(units[i].document, units[i].span): i for i in range(len(units))}
    for one in given:
        if (one.document, one.span) in exact:
            found[exact[one.document, one.span]].append(one)
            continue
        shared = [(i, _shared(units[i].span, one.span)) for i in by_document.get(one.document, ())]
        touched = [(i, n) for i, n in shared if n > 0]
        half = [i for i, n in touched if 2 * n >= units[i].span.end - units[i].span.start]
        for i in half or [max(touched, key=lambda pair: pair[1])[0]] if touched else []:
            found[i].append(one)
        if not touched:
            lost.append(one)
    return found, lost


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
