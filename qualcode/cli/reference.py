"""The reference pages docs/cli.md and docs/columns.md, written from the code itself.

    python -m qualcode.cli.reference          writes both
    python -m qualcode.cli.reference --check  exit 1 where one is not what the code says

A test calls the check, so the pages cannot go stale.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from qualcode.cli.common import Talk, talk
from qualcode.cli.main import cli
from qualcode.columns import COMPARISONS, RELIABILITY, TABLES

WIDTH = 90
EXITS = (
    ("0", "fine"),
    ("1", "findings: a document that could not be read, a result that does not verify, a failed check"),
    ("2", "the call makes no sense: unknown command or option, a folder that must not be written to"),
    ("3", "a codebook or study that cannot be used"),
    ("4", "the machine refuses: disk full, no permission, a file open in another program"),
    ("70", "a mistake in qualcode itself; `--debug` shows where"),
    ("130", "interrupted"),
)


def commands_page() -> str:
    """Write docs/cli.md: every command's `--help`, in English."""
    lines = [
        "# Commands",
        "",
        "Written by `python -m qualcode.cli.reference` from `--help`; do not edit.",
        "",
        "Data goes to stdout, talk to stderr. `--lang en|zh`, `--quiet`, `--no-color` and `--debug` are taken"
        " by every command, before or after its name. A pipe that is closed early (`| head`) is no error.",
        "",
        "| exit code | means |",
        "|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in EXITS),
        "",
    ]
    for path, text in helps():
        lines += [f"## {path}", "", "```text", text, "```", ""]
    return "\n".join(lines)


def helps() -> Iterator[tuple[str, str]]:
    """Yield the help of `qualcode` and every command below it, in the order of the table."""
    talk.set(Talk(lang="en"))
    yield from _helps(cli, None, "qualcode")


def _helps(command: click.Command, parent: click.Context | None, path: str) -> Iterator[tuple[str, str]]:
    settings = {"terminal_width": WIDTH, "max_content_width": WIDTH, **command.context_settings}
    name = path.rpartition(" ")[2]
    with command.context_class(command, info_name=name, parent=parent, **settings) as context:
        yield path, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                member = command.get_command(context, name)
                if member is not None and not member.hidden:
                    yield from _helps(member, context, f"{path} {name}")


def columns_page() -> str:
    """Write docs/columns.md: every table and column, from `qualcode.columns`."""
    lines = [
        "# Tables and their columns",
        "",
        "Written by `python -m qualcode.cli.reference` from `qualcode/columns/`; do not edit.",
        "",
        "CSV is UTF-8 with CR LF line ends (RFC 4180). A cell of words that a spreadsheet would take for a"
        " formula, or that begins with an apostrophe, has one apostrophe before it: take exactly one away to"
        " get the words back. A `list` is joined with `;`; a `;` or `\\` inside an item has a `\\` before it."
        " Offsets are code points from 0, end exclusive. An empty cell means not known or does not apply,"
        " never zero. Numbers with a fraction are rounded to six significant digits.",
        "",
    ]
    for table, columns in (TABLES | COMPARISONS | RELIABILITY).items():
        lines += [f"## {table}", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type} | {c.meaning.replace('|', chr(92) + '|')} |" for c in columns]
        lines.append("")
    return "\n".join(lines)


PAGES = {"cli.md": commands_page, "columns.md": columns_page}


def stale(folder: Path) -> list[str]:
    """Return the names of pages in a folder that are not what the code says."""
    return [name for name, page in PAGES.items() if not _is(folder / name, page())]


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def main(arguments: list[str]) -> int:
    folder = Path(__file__).resolve().parent.parent.parent / "docs"
    if "--check" in arguments:
        old = stale(folder)
        for name in old:
            click.echo(f"{folder / name} is stale; run: python -m qualcode.cli.reference", err=True)
        return 1 if old else 0
    folder.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    os.environ.pop("COLUMNS", None)
    sys.exit(main(sys.argv[1:]))
