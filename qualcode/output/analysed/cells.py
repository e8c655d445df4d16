"""How rows of the analyses' tables become rows of the report: a column of a report is a head and a function.

    Put("Code", code("code")), Put("share", percent("p_macro")), Put("quotes", behind("n_quotes"))

A function takes a row (a mapping by column name) and what the report speaks of and in, and returns a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.codebook.records import spoken
from qualcode.output.report_blocks import Behind, Cell, Findings, Table, Words
from qualcode.output.words import KIND_NAMES

if TYPE_CHECKING:
    import pandas as pd

Line = Mapping[str, Any]
_HAN = r"[\u3400-\u9fff，。；：、（）“”·]"
# How tables call what a unit is, where it is none by name.
STANDS = {
    "self": "the speaker's own",
    "other": "others, not named",
    "line": "line department",
    "block": "local government (block)",
    "vertical": "vertically led unit",
    "national": "national level",
    "province": "provincial level",
    "city": "city level",
    "district": "district level",
    "street": "street level",
}


class Telling(NamedTuple):
    """What a report is about, and how it speaks."""

    findings: Findings
    say: Words
    lang: str

    def code(self, name: str) -> str:
        return self.findings.label(name, self.lang)

    def phase(self, name: str) -> str:
        """The name of a phase, after its id."""
        sets = self.findings.phase_sets.values()
        for phase in (*self.findings.phases, *(phase for phases in sets for phase in phases)):
            if phase.id == name:
                called = spoken(phase.name, self.lang, "")
                return f"{name} {called}".strip()
        return name

    def theory(self, name: str) -> str:
        found = self.findings.codebook.theories.get(name)
        return found.label(self.lang) if found else name

    def actor(self, name: str) -> str:
        """The name of a unit: as written, of the actor list by its id, or a type, level or self and other."""
        found = self.findings.codebook.context.actors.get(name.removeprefix("other:"))
        return spoken(found.name, self.lang, name) if found else self.say(STANDS.get(name, name))

    def event(self, written: str) -> str:
        """The name of an event in place of its id, what stands behind it in brackets kept."""
        name, space, more = written.partition(" ")
        for event in self.findings.events:
            if event.id == name:
                return spoken(event.name, self.lang, name) + space + more
        return written

    def named(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values of a remark with codes, kinds, theories and notes by their names."""
        held = dict(values)
        for key, value in values.items():
            if not isinstance(value, str):
                continue
            if key == "kind":
                held[key] = self.kind(value)
            elif key == "theory":
                held[key] = self.theory(value)
            elif key == "phase":
                held[key] = self.phase(value)
            elif key == "events":
                held[key] = self.listed([self.event(one) for one in value.split(", ")])
            elif key == "note":
                held[key] = in_words(value, self)
            elif key == "verdict":
                held[key] = self.say(value)
            elif value and all(part in self.findings.codebook.codes for part in value.split(", ")):
                held[key] = self.listed([self.code(part) for part in value.split(", ")])
        return held

    def kind(self, name: str) -> str:
        return self.say(KIND_NAMES.get(name, name))

    def listed(self, names: Sequence[str]) -> str:
        return self.say(", ").join(names)


Cells = Callable[[Line, Telling], Cell]


class Put(NamedTuple):
    head: str
    of: Cells


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of the report: which rows of a table of an analysis, in which order, and which columns."""

    table: str
    title: str
    columns: Sequence[Put]
    keep: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    order: Sequence[tuple[str, bool]] = ()  # columns to sort by; True: largest first
    most: int = 24


def tidy(sentence: str, lang: str) -> str:
    """Take out the spaces that set names off in Chinese sentences; other languages keep theirs.

    >>> tidy("关于 场域逻辑，说法 相左 (P1)", "zh")
    '关于场域逻辑，说法相左 (P1)'
    """
    return re.sub(rf"(?<={_HAN}) (?={_HAN})", "", sentence) if lang == "zh" else sentence


def drawn(shown: Shown, held: pd.DataFrame, telling: Telling) -> Table | None:
    """Return the table of the report, at most `shown.most` rows; None without rows."""
    rows = shown.keep(held) if shown.keep and len(held) else held
    if not len(rows):
        return None
    if shown.order:
        names, largest = zip(*shown.order, strict=True)
        rows = rows.sort_values(list(names), ascending=[not way for way in largest], kind="stable")
    lines = [
        tuple(put.of({str(key): value for key, value in line.items()}, telling) for put in shown.columns)
        for line in rows.head(shown.most).to_dict("records")
    ]
    say = telling.say
    file = f"{shown.table}.csv"
    caption = (
        say("{title} All {n} rows are in {file}.", title=say(shown.title), n=len(held), file=file)
        if len(lines) == len(rows)
        else say(
            "{title} {shown} of {n} rows; all are in {file}.",
            title=say(shown.title),
            shown=len(lines),
            n=len(held),
            file=file,
        )
    )
    return Table([say(put.head) for put in shown.columns], lines, caption)


def kind(name: str = "kind") -> Cells:
    return lambda line, tell: tell.kind(str(line[name]))


def code(name: str = "code") -> Cells:
    return lambda line, tell: tell.code(str(line[name])) if line[name] else None


def pair(one: str = "source", other: str = "target", mark: str = " – ") -> Cells:
    return lambda line, tell: tell.code(str(line[one])) + mark + tell.code(str(line[other]))


def phase(name: str = "phase") -> Cells:
    return lambda line, tell: tell.phase(str(line[name])) if line[name] else tell.say("all")


def actor(name: str = "actor") -> Cells:
    return lambda line, tell: tell.actor(str(line[name])) or None


def theory(name: str = "theory") -> Cells:
    return lambda line, tell: tell.theory(str(line[name])) or None


def text(name: str) -> Cells:
    return lambda line, _: str(line[name]) or None


def said(name: str) -> Cells:
    """A word of a closed set, in the language of the report."""
    return lambda line, tell: tell.say(str(line[name])) if line[name] else None


def noted(name: str) -> Cells:
    """Notes of a table, in the language of the report where they are of a known form."""

    def cell(line: Line, tell: Telling) -> Cell:
        parts = [part for part in str(line[name]).split("; ") if part]
        return tell.say("; ").join(in_words(part, tell) for part in parts) or None

    return cell


NOTES = (
    "{n} of at least {least} switches: not tested",
    "{n} with both codes are in no sequence",
    "{n} of at least {least} whole paths: not tested",
    "{n} of at least {least} units with both: not tested",
    "fewer than 3 documents: no interval",
    "expected below 5: no p",
    "{code} in {n} segments, {other} in {m}",
    "none of {n} segments has {code}",
    "from {code} in {place} without {other}",
    "affirmed in {place}",
    "{place} says it is so",
    "its words are put in doubt",
    "beside {code}",
    "{n} of at least {least} documents tell of both sides: not tested",
    "{n} documents before and {m} after, at least 3 and 5 are needed: not tested",
    "level comparison not identified: no validation",
    "{n} document only: no interval, no label",
    "{n} documents only: no interval, no label",
    "no material",
    "no reason given",
    "dated against the link",
    "nobody speaks of both",
)


def in_words(note: str, tell: Telling) -> str:
    """Say a note again by the template it was made from; codes by their names."""
    for template in NOTES:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template))
        found = re.fullmatch(pattern, note)
        if found:
            values = {
                name: tell.code(value) if name in ("code", "other") else value
                for name, value in found.groupdict().items()
            }
            return tell.say(template, **values)
    return note


def several(name: str, *, codes: bool = False, most: int = 6) -> Cells:
    """A list, shortened."""

    def cell(line: Line, tell: Telling) -> Cell:
        names = [tell.code(str(one)) if codes else str(one) for one in line[name]]
        more = " …" if len(names) > most else ""
        return tell.listed(names[:most]) + more if names else None

    return cell


def whole(name: str) -> Cells:
    return lambda line, _: None if _nothing(line[name]) else int(line[name])


def number(name: str) -> Cells:
    return lambda line, _: None if _nothing(line[name]) else float(line[name])


def percent(name: str) -> Cells:
    return lambda line, _: as_percent(line[name])


def points(name: str) -> Cells:
    return lambda line, _: as_points(line[name])


def interval(low: str = "lo", high: str = "hi", *, of: Callable[[Any], str | None] | None = None) -> Cells:
    def cell(line: Line, _: Telling) -> Cell:
        ends = [(of or as_number)(line[name]) for name in (low, high)]
        return None if None in ends else f"{ends[0]} – {ends[1]}"

    return cell


def p(name: str = "p") -> Cells:
    return lambda line, _: as_p(line[name])


def behind(count: str, ids: str = "example_ids") -> Cells:
    """A number with the segments behind it."""

    def cell(line: Line, _: Telling) -> Cell:
        if _nothing(line[count]):
            return None
        n = int(line[count])
        held = line[ids]
        listed = tuple(held) if not isinstance(held, str) else (held,) * bool(held)
        return Behind(n, listed) if n and listed else n

    return cell


def as_percent(value: Any) -> str | None:
    return None if _nothing(value) else f"{value:.0%}" if value >= 0.1 or not value else f"{value:.1%}"


def as_points(value: Any) -> str | None:
    """A difference of shares in percentage points, with its sign.

    >>> as_points(-0.0778), as_points(0.08)
    ('−7.8', '+8.0')
    """
    return None if _nothing(value) else f"{100 * value:+.1f}".replace("-", "−")


def as_number(value: Any) -> str | None:
    return None if _nothing(value) else f"{value:.2f}".replace("-", "−")


def as_p(value: Any) -> str | None:
    """A p-value as reports write it; nothing where it is withheld.

    >>> as_p(0.0214844), as_p(0.0004), as_p(float("nan"))
    ('.021', '< .001', None)
    """
    if _nothing(value):
        return None
    return "< .001" if value < 0.001 else f"{value:.3f}".lstrip("0")


def _nothing(value: Any) -> bool:
    return value is None or type(value).__name__ == "NAType" or not isfinite(value)
