"""What `qualcode agreement` prints: a table per group of coders, and what they differ on, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cells import cell_text
from qualcode.cli.common import display_width, print_table, say, words
from qualcode.cli.reliability import SHOWN_VALUE, put_rows
from qualcode.columns import DISAGREEMENTS, Column

if TYPE_CHECKING:
    from qualcode.analysis.load import Row

COEFFICIENTS = ("prevalence", "percent", "positive", "negative", "cohen", "fleiss", "alpha", "ac1")
STAGES = {"before": "before discussion", "after": "after discussion", "change": "after less before"}
LISTED = 12  # disagreements shown on the terminal
SHORT = 36  # columns of a segment's words there
MACHINE_ALONE = "{n} codes that only the machine gave are left out; --code compares one"


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of `agreement`, and of `disagreements` with a column for each coder; `listed`: print these too."""

    rows: Sequence[Row]
    differ: Sequence[Row]
    coders: Sequence[str]
    listed: bool = False


def write_disagreements(rows: Sequence[Row], coders: Sequence[str], path: Path) -> None:
    """Write the units on which coders differ to a new file, a column for each coder."""
    header = (*DISAGREEMENTS, *(Column(c, "list", "codes of this coder") for c in coders))
    put_rows(header, rows, path, as_json=False)
    say("{n} units to discuss in {path}", n=len(rows), path=path)


def print_disagreements(rows: Sequence[Row], coders: Sequence[str]) -> None:
    """Print some units on which coders differ, their codes side by side."""
    named = len(DISAGREEMENTS)
    click.echo(f"\n{words('where they differ: {n} segments', n=len(rows))}")
    print_table(
        [words("segment"), *coders, words("words")],
        [
            [row[1], *(_codes(side, row[7]) for side in row[named:]), _short(str(row[5]))]
            for row in rows[:LISTED]
        ],
    )
    if len(rows) > LISTED:
        say("… and {n} more; --disagreements FILE writes all of them", n=len(rows) - LISTED)


def _codes(side: object, differ: object) -> str:
    """A coder's codes among those that differ; those who did not see the unit say nothing."""
    if not isinstance(side, tuple):
        return words("not seen")
    return " ".join(code for code in side if isinstance(differ, tuple) and code in differ) or "-"


def _short(text: str) -> str:
    shown = ""
    for sign in text:
        if display_width(shown + sign) > SHORT:
            return shown + "…"
        shown += sign
    return shown


def print_agreement(rows: Sequence[Row]) -> None:
    """Print one table per group of coders: a line per code, a column per coefficient."""
    tables: dict[tuple[object, ...], dict[tuple[object, ...], dict[str, Row]]] = {}
    for row in rows:
        stage, group, level, label, name = row[:5]
        if level in ("code", "all codes"):
            lines = tables.setdefault((stage, group), {})
            lines.setdefault((level, label), {})[str(name)] = row
    for (when, who), lines in tables.items():
        title = " – ".join(who) if isinstance(who, tuple) else str(who)
        click.echo(f"\n{title}{f' ({words(STAGES[str(when)])})' if when else ''}")
        names = [n for n in COEFFICIENTS if any(n in line for line in lines.values())]
        print_table(
            ["code", "n", *names],
            [
                [
                    code or words("all codes"),
                    cell_text(next(iter(line.values()))[8], "int"),
                    *(_value(line.get(name)) for name in names),
                ]
                for (_, code), line in lines.items()
            ],
        )
        rest = [r for r in rows if r[0] == when and r[1] == who and r[3] == "" and r[2] in ("sets", "spans")]
        click.echo("  ".join(f"{r[2]} {r[4]} {_value(r)}" for r in rest))


def _value(row: Row | None) -> str:
    if row is None:
        return ""
    value, lo, hi = row[5:8]
    if not isinstance(value, float):
        return words("undefined")
    shown = SHOWN_VALUE.format(value)
    if not isinstance(lo, float) or not isinstance(hi, float):
        return shown
    return f"{shown} [{SHOWN_VALUE.format(lo)}, {SHOWN_VALUE.format(hi)}]"
