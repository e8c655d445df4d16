"""Result tables on stdout: lined up for people, CSV or JSON for programs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cells import cell_text, cell_value
from qualcode.cli.common import print_json, print_table, say
from qualcode.columns import TABLES

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("text", "csv", "json")


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
