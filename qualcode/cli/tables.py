"""Result tables on stdout: lined up for people, CSV or JSON for programs."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from qualcode.cells import cell_text, cell_value
from qualcode.cli.common import print_json, print_table, say
from qualcode.columns import TABLES

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("text", "csv", "json")
Function = TypeVar("Function", bound=Callable[..., object])


basis_option = click.option(
    "--basis",
    type=click.Choice(["current", "machine", "decided"]),
    default="current",
    show_default=True,
    help="Whose codings: what counts now, the machine's alone, or only what people accepted or gave.",
)


def analysis_options(function: Function) -> Function:
    """Give a command that makes an analysis from a result folder its options, in this order in the help."""
    options = (
        basis_option,
        click.option(
            "--codebook", type=click.Path(path_type=Path), help="Where the codebook is now, if it was moved."
        ),
        click.option("--seed", type=click.IntRange(min=0), help="Seed of everything drawn at random."),
        click.option(
            "--out", type=click.Path(path_type=Path), help="Folder to write all tables and figures to."
        ),
        click.option(
            "--force", is_flag=True, help="Replace results that were edited by hand; a copy is kept."
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help="Form on stdout.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def tell_basis(codings: pd.DataFrame, basis: str) -> None:
    """Say whose codings an analysis rests on, where people decided about any or were left out."""
    from qualcode.analysis.basis import resting
    from qualcode.model import MACHINE

    found = resting(codings, basis)
    if basis == MACHINE:
        say("{n} codings of the machine; what people decided is left out", n=found.codings)
    elif found.name != MACHINE:
        say(
            "{n} codings count: people decided on {decided} of them, and set {aside} aside",
            n=found.codings,
            decided=found.decided,
            aside=found.set_aside,
        )


def show_table(frame: pd.DataFrame, table: str, shown: Sequence[str], form: str) -> None:
    """Print a table: as text the columns `shown`, as CSV or JSON all of them. Says so where it is empty."""
    columns = TABLES[table]
    rows = list(frame[[column.name for column in columns]].itertuples(index=False, name=None))
    if form == "csv":
        from qualcode.output.csvfile import write_rows

        text = io.StringIO(newline="")
        write_rows(text, table, rows)
        click.echo(text.getvalue(), nl=False)
    elif form == "json":
        print_json(
            [
                {
                    column.name: cell_value(cell_text(value, column.type), column.type)
                    for column, value in zip(columns, row, strict=True)
                }
                for row in rows
            ]
        )
    elif not rows:
        say("nothing to show")
    else:
        places = [i for i, column in enumerate(columns) if column.name in shown]
        print_table(
            [columns[i].name for i in places],
            [[cell_text(row[i], columns[i].type) for i in places] for row in rows],
        )


def tell_files(files: Sequence[str], folder: Path) -> None:
    """Say which files were written to a folder."""
    say("{n} files in {path}: {files}", n=len(files), path=folder, files=", ".join(files))
