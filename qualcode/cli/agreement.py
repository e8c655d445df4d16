"""`qualcode agreement`: how far coders agree, people among each other and with the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cells import cell_text
from qualcode.cli.benches import PATH, tell_opened
from qualcode.cli.common import example, json_option, print_table, say, show_problems, words
from qualcode.cli.reliability import SHOWN_VALUE, no_file, put_rows
from qualcode.columns import DISAGREEMENTS, Column

if TYPE_CHECKING:
    from qualcode.analysis.agreement.gold import Given, Gold, Unit
    from qualcode.analysis.agreement.ratings import Ratings
    from qualcode.analysis.load import Row

COEFFICIENTS = ("prevalence", "percent", "positive", "negative", "cohen", "fleiss", "alpha", "ac1")

STAGES = {"before": "before discussion", "after": "after discussion", "change": "after less before"}


@click.command(
    epilog=example(
        "qualcode agreement codings.csv --units units.csv",
        "qualcode agreement codings.csv results --format csv --out agreement.csv",
        "qualcode agreement before.csv --after after.csv --units units.csv",
        "qualcode agreement codings.csv --units units.csv --disagreements to_discuss.csv",
    )
)
@click.argument("gold", type=PATH)
@click.argument("results", type=PATH, required=False)
@click.option("--units", type=PATH, help="CSV of the segments that could be coded: document_id, start, end.")
@click.option("--after", type=PATH, help="Codings of the same coders after discussion.")
@click.option("--code", "codes", multiple=True, help="Compare this code only; may be repeated.")
@click.option("--disagreements", type=PATH, help="File to write the units to that coders differ on.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the intervals."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv"]),
    default="text",
    show_default=True,
    help="Form of the table.",
)
@json_option
@click.option("--out", type=PATH, help="File to write the table to, instead of stdout.")
def agreement(
    gold: Path,
    results: Path | None,
    units: Path | None,
    after: Path | None,
    codes: tuple[str, ...],
    disagreements: Path | None,
    seed: int,
    form: str,
    as_json: bool,
    out: Path | None,
) -> None:
    """How far coders agree: people among each other, and people with the machine.

    GOLD is a CSV of codings (document_id, start, end, code, coder) or a sheet that was filled in. RESULTS is
    a folder that a run wrote; its countable codings join as the coder machine. Units are segments that both
    coders saw, one left uncoded is a value. Without --units they are the segments of RESULTS, and without
    those only the places that somebody coded. The coder adjudicated is the standard, not one of the people.
    """
    from qualcode.analysis.agreement.change import change_rows
    from qualcode.analysis.agreement.gold import spans_as_units
    from qualcode.analysis.agreement.ratings import ratings_of
    from qualcode.analysis.agreement.table import agreement_rows, disagreement_rows, span_rows
    from qualcode.project.codings import gold_at, machine_of, units_at
    from qualcode.project.stored import Stored

    for path in (out, disagreements):
        no_file(path)
    stages: list[tuple[str, Gold]] = []
    for stage, path in (("before" if after else "", gold), ("after", after)):
        if path is not None:
            held, problems = gold_at(path)
            show_problems(problems)
            stages.append((stage, held))
    documents = sorted({g.document for _, held in stages for g in held.given})
    places: list[Unit] = units_at(units) if units else []
    machine: list[Given] = []
    if results is not None:
        stored = Stored(results, open_test=True)
        segments, machine = machine_of(stored, documents)
        places = places or segments
        opened = sorted(set(stored.opened) & set(documents))
        tell_opened(opened, (), results, f"agreement {gold}")
    rows: list[Row] = []
    last: list[Row] = []
    rated: list[tuple[Ratings, tuple[str, ...]]] = []
    header: tuple[Column, ...] = DISAGREEMENTS
    for stage, held in stages:
        given = [*held.given, *machine]
        if not places:
            say("no units are given: text that nobody coded is not counted, which makes agreement look worse")
        here = places or spans_as_units(given)
        coders = [*held.coders, *(["machine"] if machine and "machine" not in held.coders else [])]
        ratings = ratings_of(here, given, coders)
        if ratings.lost:
            say("{n} codings touch no unit and are left out", n=len(ratings.lost))
        asked = codes or held.codes or tuple(sorted({g.code for g in held.given if g.code}))
        extra = {g.code for g in machine if g.code} - set(asked)
        if extra and not codes:
            say("{n} codes that only the machine gave are left out; --code compares one", n=len(extra))
        rated.append((ratings, asked))
        rows += agreement_rows(ratings, asked, stage=stage, seed=seed)
        if all(g.code for g in held.given):  # a sheet of segments here and there has no gaps to compare
            lengths: dict[str, int] = {}
            for unit in here:
                lengths[unit.document] = max(lengths.get(unit.document, 0), unit.span.end)
            rows += span_rows(given, lengths, asked, coders, stage=stage, seed=seed)
        last = disagreement_rows(ratings, asked)
        header = (*DISAGREEMENTS, *(Column(c, "list", "codes of this coder") for c in coders))
    if len(rated) == 2:
        (first, asked), (second, more) = rated
        rows += change_rows(first, second, tuple(dict.fromkeys((*asked, *more))), seed=seed)
    if form == "text" and not as_json and out is None:
        _tell(rows)
    else:
        put_rows("agreement", rows, out, as_json=as_json)
    if disagreements is not None:
        put_rows(header, last, disagreements, as_json=False)
        say("{n} units to discuss in {path}", n=len(last), path=disagreements)


def _tell(rows: list[Row]) -> None:
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
