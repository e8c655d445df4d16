"""`qualcode kwic`: every place of a term, code or rule, with its context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from qualcode.cli.common import display_width, example, say
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.project.kwic import Line

FORMATS = ("text", "csv", "xlsx")


@click.command(
    epilog=example(
        "qualcode kwic results 涉密",
        "qualcode kwic results 'shar*' --sort right",
        "qualcode kwic results code:avoidance --refused --format csv -o places.csv",
        "qualcode kwic results rule:sec_near",
    )
)
@click.argument("results", type=click.Path(path_type=Path))
@click.argument("term")
@click.option(
    "--width", type=click.IntRange(0, 500), default=30, show_default=True, help="Characters on either side."
)
@click.option(
    "--sort",
    type=click.Choice(["place", "left", "right"]),
    default="place",
    show_default=True,
    help="Order of the lines.",
)
@click.option("--refused", is_flag=True, help="Show refused matches of a code or rule too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the list.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write, instead of stdout.")
def kwic(
    results: Path,
    term: str,
    width: int,
    sort: Literal["place", "left", "right"],
    refused: bool,
    form: str,
    output: Path | None,
) -> int:
    """Every place of a term, code or rule, with its context.

    RESULTS is a folder that a run wrote. TERM is written as in a codebook (涉密, shar*, 打…招呼), or
    code:ID for a code and all below it, or rule:ID. Exit code 1: found nowhere.
    """
    from qualcode.project.kwic import kwic as places

    lines = places(results, term, width=width, sort=sort, refused=refused)
    if form == "xlsx" and output is None:
        raise UsageError("a workbook cannot go to stdout", hint="name a file with -o")
    if output is not None and output.exists():
        raise UsageError("{path} is there already; nothing was written", hint="name a new file", path=output)
    write(lines, form, output)
    say(
        "{n} places in {documents} documents",
        n=len(lines),
        documents=len({line.document_id for line in lines}),
    )
    return 0 if lines else 1


def write(lines: list[Line], form: str, output: Path | None) -> None:
    """Write the lines in a form to a new file or to stdout."""
    from qualcode.project.kwic import COLUMNS

    if form == "xlsx" and output is not None:
        from qualcode.output.xlsxfile import write_book

        write_book(output, {"kwic": (COLUMNS, (line.row for line in lines))})
    elif form == "csv":
        import io

        from qualcode.output.csvfile import write_rows

        text = io.StringIO(newline="")
        write_rows(text, COLUMNS, (line.row for line in lines))
        _put(text.getvalue(), output)
    else:
        _put("".join(f"{shown}\n" for shown in _aligned(lines)), output)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    with output.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        stream.write(text)


def _aligned(lines: list[Line]) -> list[str]:
    ids = max((display_width(line.segment_id) for line in lines), default=0)
    lefts = max((display_width(line.left) for line in lines), default=0)
    return [
        f"{line.segment_id}{' ' * (ids - display_width(line.segment_id))}  "
        f"{' ' * (lefts - display_width(line.left))}{line.left} [{line.match}] {line.right}"
        f"{f'  ({line.blocked_by})' if line.blocked_by else ''}".rstrip()
        for line in lines
    ]
