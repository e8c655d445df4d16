"""A group of commands that imports a command only when it is called, and speaks the person's language.

The table below gives each command's place and its short help, so that `qualcode --help` loads none of them.
A loaded command is copied before its texts are translated and the common options are added: the originals
stay as their files wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from importlib import import_module
from typing import Any, NamedTuple

import click

from qualcode.cli.common import talk, words
from qualcode.language import LANGUAGES
from qualcode.registry import did_you_mean


class Entry(NamedTuple):
    """Where a command is and what it does in a few words."""

    target: str  # module:object
    short: str


class Formatter(click.HelpFormatter):
    """Help in the person's language: click's own headings are English whatever the locale."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix if prefix is not None else words("Usage: "))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{words(heading)}{words(':')}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        # Click writes the help of --help itself; everything else was translated before.
        super().write_dl([(name, words(text)) for name, text in rows], col_max, col_spacing)


class Context(click.Context):
    formatter_class = Formatter


class LazyGroup(click.Group):
    """A group whose members are named in a table and imported when called."""

    context_class = Context

    def __init__(self, *args: Any, table: Mapping[str, Entry], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.target.partition(":")
        loaded = getattr(import_module(module), name)
        assert isinstance(loaded, click.Command)
        return spoken(loaded)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.table and not args[0].startswith("-"):
            refuse_command(args[0], self.table)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words(entry.short)) for name, entry in self.table.items()])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_help(_translated(self), ctx, formatter)


class SpokenGroup(click.Group):
    """A loaded group whose members are spoken and whose misses are answered."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return spoken(found) if found is not None else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and super().get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            refuse_command(args[0], self.commands)
        return super().resolve_command(ctx, args)


def refuse_command(name: str, known: Mapping[str, object]) -> None:
    """Raise a usage error for a command that is not there, naming a close one."""
    meant = did_you_mean(name, known)
    guess = meant.removeprefix("did you mean ").rstrip("?").strip("'")
    if guess:
        raise click.UsageError(words("no command '{name}'; did you mean '{guess}'?", name=name, guess=guess))
    raise click.UsageError(
        words("no command '{name}'; there are: {known}", name=name, known=", ".join(known))
    )


def spoken(command: click.Command) -> click.Command:
    """Return a copy of a command in the person's language, with the options every command takes."""
    result = _translated(command)
    result.context_class = Context
    if isinstance(command, click.Group) and not isinstance(command, (LazyGroup, SpokenGroup)):
        result.__class__ = SpokenGroup
    taken = {name for param in result.params for name in param.opts}
    result.params = [
        *result.params,
        *(option for option in common_options(hidden=True) if not taken & set(option.opts)),
    ]
    return result


def _translated(command: click.Command) -> click.Command:
    result = copy(command)
    result.help = in_paragraphs(command.help) if command.help else command.help
    result.short_help = words(command.short_help) if command.short_help else command.short_help
    if command.epilog:
        result.epilog = command.epilog.replace("Examples:", words("Examples:"))
    result.params = []
    for param in command.params:
        own = copy(param)
        if isinstance(own, click.Option) and own.help:
            own.help = words(own.help)
        result.params.append(own)
    return result


def in_paragraphs(text: str) -> str:
    """Return a help text in the person's language, paragraph by paragraph; breaks of lines mean nothing.

    >>> in_paragraphs("One thing\\n    said.\\n\\n    Another.")
    'One thing said.\\n\\nAnother.'
    """
    return "\n\n".join(words(" ".join(part.split())) for part in re.split(r"\n\s*\n", text.strip()))


def common_options(*, hidden: bool = False) -> list[click.Option]:
    """Make the options every command takes, before or after its name."""

    def setting(field: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
        def remember(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
            if value is not None and value is not False:
                change: dict[str, Any] = {field: value if field != "color" else False}
                talk.set(replace(talk.get(), **change))
            return value

        return remember

    def flag(name: str, field: str, text: str) -> click.Option:
        return click.Option(
            [name],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            hidden=hidden,
            callback=setting(field),
            help=text,
        )

    return [
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            is_eager=True,
            expose_value=False,
            hidden=hidden,
            callback=setting("lang"),
            help="Language of messages; else QUALCODE_LANG or the locale.",
        ),
        flag("--quiet", "quiet", "Say nothing but problems."),
        flag("--no-color", "color", "No colours; NO_COLOR in the environment does the same."),
        flag("--debug", "debug", "Show where in qualcode an error came from."),
    ]
