"""`qualcode kwic`: every place of a term, code or rule, with its context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from qualcode.cli.benches import open_test_option, tell_opened
from qualcode.cli.common import display_width, example, say
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.analysis.kwic import Line

FORMATS = ("text", "csv", "xlsx")


@click.command(
    epilog=example(
        "qualcode kwic results 涉密",
        "qualcode kwic results 'shar*' --sort right",
        "qualcode kwic results code:avoidance --refused --format csv -o places.csv",
        "qualcode kwic results rule:sec_near",
        "qualcode kwic results --uncoded --sample 30 --seed 7",
        "qualcode kwic results 数据 --uncoded",
    )
)
@click.argument("results", type=click.Path(path_type=Path))
@click.argument("term", required=False, default="")
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
@click.option(
    "--refused", is_flag=True, help="Show refused matches of a code or rule too; without TERM all of them."
)
@click.option(
    "--uncoded", is_flag=True, help="Only in segments without a coding; without TERM those segments whole."
)
@click.option("--sample", type=click.IntRange(min=1), help="Only so many lines, drawn at random.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of --sample.")
@open_test_option
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
    uncoded: bool,
    sample: int | None,
    seed: int,
    open_test: bool,
    form: str,
    output: Path | None,
) -> int:
    """Every place of a term, code or rule, with its context.

    RESULTS is a folder that a run wrote. TERM is written as in a codebook (涉密, shar*, 打…招呼), or
    code:ID for a code and all below it, or rule:ID. Exit code 1: found nowhere.
    """
    from qualcode.analysis.kwic import in_sort, sampled
    from qualcode.analysis.kwic import kwic as places
    from qualcode.project.stored import Stored

    stored = Stored(results, open_test=open_test)
    found = places(
        stored.rows("segments"),
        lambda: stored.rows("matches"),
        term,
        width=width,
        refused=refused,
        only=stored.uncoded() if uncoded else None,
    )
    lines = in_sort(sampled(found, sample, seed), sort)
    if form == "xlsx" and output is None:
        raise UsageError("a workbook cannot go to stdout", hint="name a file with -o")
    if output is not None and output.exists():
        raise UsageError("{path} is there already; nothing was written", hint="name a new file", path=output)
    tell_opened(stored.opened, stored.withheld, results, f"kwic {term}".strip())
    write(lines, form, output)
    if len(lines) < len(found):
        say("{n} of {all} places, drawn at random with seed {seed}", n=len(lines), all=len(found), seed=seed)
    say(
        "{n} places in {documents} documents",
        n=len(lines),
        documents=len({line.document_id for line in lines}),
    )
    return 0 if lines else 1


def write(lines: list[Line], form: str, output: Path | None) -> None:
    """Write the lines in a form to a new file or to stdout."""
    from qualcode.analysis.kwic import COLUMNS

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
        _put("".join(f"{shown}\n" for shown in aligned(lines)), output)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    with output.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        stream.write(text)


def aligned(lines: list[Line], *, reasons: bool = True) -> list[str]:
    """Write lines so that their matches stand one below the other, Chinese characters two wide."""
    ids = max((display_width(line.segment_id) for line in lines), default=0)
    lefts = max((display_width(line.left) for line in lines), default=0)
    return [
        f"{line.segment_id}{' ' * (ids - display_width(line.segment_id))}  "
        f"{' ' * (lefts - display_width(line.left))}{line.left} [{line.match}] {line.right}"
        f"{f'  ({line.blocked_by})' if reasons and line.blocked_by else ''}".rstrip()
        for line in lines
    ]
