"""`qualcode compare`: two runs side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cells import cell_text, cell_value
from qualcode.cli.benches import PATH, open_test_option, tell_opened
from qualcode.cli.common import example, json_option, print_json, print_table, say, words
from qualcode.cli.tables import tell_files
from qualcode.columns import COMPARISONS

if TYPE_CHECKING:
    from qualcode.analysis.load import Row
    from qualcode.project.compare import Changed, Comparison

SHOWN = 12  # rows printed of each table
QUOTES = 20
WIDTH = 60  # characters of a quote
SIGNS = {
    "gained": "+",
    "lost": "-",
    "moved": "→",
    "counts": "+±",
    "counts no more": "-±",
    "rules": "~",
}


@click.command(
    epilog=example(
        "qualcode compare results_v1 results_v2",
        "qualcode compare results_v1 results_v2 --out changes",
    )
)
@click.argument("run_a", type=PATH)
@click.argument("run_b", type=PATH)
@click.option("--out", type=PATH, help="Folder to write the tables of differences to.")
@click.option("--force", is_flag=True, help="Replace results that were edited by hand; a copy is kept.")
@open_test_option
@json_option
def compare(run_a: Path, run_b: Path, out: Path | None, force: bool, open_test: bool, as_json: bool) -> None:
    """Two runs side by side: codings that came and went, by which rules, and the numbers that moved.

    RUN_A and RUN_B are folders that runs wrote, the earlier one first. Codings are the same where document,
    place and code are; the same words at another place have moved. Says what changed in codebook, material
    and settings too.
    """
    from qualcode.project.compare import compare_runs, write_comparison

    found = compare_runs(run_a, run_b, open_test=open_test)
    tell_opened(found.opened, (), run_b, f"compare {run_a} {run_b}")
    if as_json:
        print_json(_record_of(found))
    elif found.same:
        say("the same, byte for byte")
        _made_of(found)
    else:
        _tell(found)
    if out is not None:
        tell_files(write_comparison(found, out, force=force), out)


def _made_of(found: Comparison) -> None:
    _changes(words("codebook"), found.codebook)
    _changes(words("material"), found.inputs)
    _changes(words("settings"), found.settings)


def _changes(what: str, changes: Iterable[Changed]) -> None:
    for one in changes:
        was, now = (value[:12] if len(value) == 64 else value for value in (one.was, one.now))
        click.echo(f"{what}: {one.name}: {was or '–'} → {now or '–'}")


def _tell(found: Comparison) -> None:
    _made_of(found)
    click.echo(words("files that differ: {files}", files=", ".join(found.files)))
    codings = found.tables["codings_changed"]
    counts = Counter(str(row[0]) for row in codings)
    summary = ", ".join(f"{words(kind)} {counts[kind]}" for kind in SIGNS if counts[kind])
    click.echo("\n" + words("codings: {summary}", summary=summary or words("none changed")))
    for row in codings[:QUOTES]:
        _coding(row)
    _more(len(codings) - QUOTES)
    if found.withheld:
        say("words of {n} documents kept for testing are not shown", n=len(found.withheld))
    for name, title in (
        ("rules_changed", words("rules")),
        ("codes_changed", words("codes")),
        ("edges_changed", words("pairs of codes")),
        ("timeline_changed", words("periods")),
    ):
        if found.tables.get(name):
            _table(title, name, found.tables[name])
        elif name not in found.tables:
            say("{table}: not in both folders, so not compared", table=name.removesuffix("_changed"))


def _coding(row: Row) -> None:
    change, _, code, _, segment, was, rules, were, why, quote = row
    place = segment if segment == was or not was else f"{was} → {segment}" if segment else was
    reasons = ", ".join(why) if isinstance(why, tuple) else ""
    if not reasons:
        reasons = ", ".join(rules or were)  # type: ignore[arg-type]
    words_ = " ".join(str(quote).split())
    short = words_ if len(words_) <= WIDTH else words_[:WIDTH] + "…"
    click.echo(f"  {SIGNS[str(change)]:<2} {place} {code} ({reasons}) {short}".rstrip())


def _table(title: str, name: str, rows: Sequence[Row]) -> None:
    columns = COMPARISONS[name]
    click.echo(f"\n{title}")
    print_table(
        [column.name for column in columns],
        [[cell_text(value, c.type) for value, c in zip(row, columns, strict=True)] for row in rows[:SHOWN]],
    )
    _more(len(rows) - SHOWN)


def _more(n: int) -> None:
    if n > 0:
        click.echo(words("… and {n} more", n=n))


def _record_of(found: Comparison) -> dict[str, object]:
    return {
        "format": 1,
        "same": found.same,
        "files": list(found.files),
        **{
            part: [{"name": one.name, "was": one.was, "now": one.now} for one in changes]
            for part, changes in (
                ("codebook", found.codebook),
                ("inputs", found.inputs),
                ("settings", found.settings),
            )
        },
        "withheld": list(found.withheld),
        **{
            name: [
                {
                    column.name: cell_value(cell_text(value, column.type), column.type)
                    for value, column in zip(row, COMPARISONS[name], strict=True)
                }
                for row in rows
            ]
            for name, rows in found.tables.items()
        },
    }
