"""What `agreement`, `sample` and `validate` share: tables to a new file or to stdout."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cells import cell_text, cell_value
from qualcode.columns import RELIABILITY, Column
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.analysis.load import Row

SHOWN_VALUE = "{:.3f}"


def no_file(path: Path | None) -> None:
    """Raise `UsageError` where a file is there already: nothing a person filled in is ever replaced."""
    if path is not None and path.exists():
        raise UsageError("{path} is there already; nothing was written", hint="name a new file", path=path)


def records(columns: Sequence[Column], rows: Sequence[Row]) -> list[dict[str, object]]:
    """Rows as plain records for JSON."""
    return [
        {c.name: cell_value(cell_text(v, c.type), c.type) for c, v in zip(columns, row, strict=True)}
        for row in rows
    ]


def put_rows(table: str | Sequence[Column], rows: Sequence[Row], out: Path | None, *, as_json: bool) -> None:
    """Write rows as CSV or JSON to a new file, or to stdout."""
    from qualcode.output.csvfile import write_rows

    columns = RELIABILITY[table] if isinstance(table, str) else tuple(table)
    if as_json:
        text = json.dumps(records(columns, rows), ensure_ascii=False, indent=2) + "\n"
    else:
        stream = io.StringIO(newline="")
        write_rows(stream, columns, rows)
        text = stream.getvalue()
    if out is None:
        click.echo(text, nl=False)
        return
    with out.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(text)
