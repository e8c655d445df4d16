"""What every command shares: how it talks, shows problems and ends.

Data goes to stdout, talk to stderr, in the language of the person. A command returns its exit code (nothing
is 0); the errors of `qualcode.problems` may fly out of it, `main` turns them into one line and their code.

    0 fine   1 findings   2 usage   3 codebook or study unusable   4 environment   130 interrupted
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import IO, Any, TypeVar

import click

from qualcode.language import fill, nouns, translations
from qualcode.problems import Problem, has_errors, in_order, render

FINE, FINDINGS, USAGE, UNUSABLE, ENVIRONMENT, INTERRUPTED = 0, 1, 2, 3, 4, 130
SHOWN = 40  # problems printed before the rest is only counted
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Talk:
    """How this call talks: language, whether to explain its own failures, whether to be brief."""

    lang: str = "en"
    debug: bool = False
    quiet: bool = False
    color: bool = True


talk: ContextVar[Talk] = ContextVar("talk", default=Talk())  # noqa: B039 (frozen)


def words(template: str, **values: object) -> str:
    """Return a template in the person's language with its `{names}` filled."""
    return fill(template, talk.get().lang, values)


def say(template: str, **values: object) -> None:
    """Tell the person something: one line on stderr. With --quiet only problems and errors are told."""
    if not talk.get().quiet:
        click.echo(words(template, **values), err=True)


def complain(template: str, **values: object) -> None:
    """Tell the person what went wrong: one line on stderr, with --quiet too."""
    click.echo(words(template, **values), err=True)


def show_problems(problems: Iterable[Problem], *, limit: int = SHOWN, all_in: str = "") -> int:
    """Print problems on stderr in their fixed order; return 1 for any error, else 0.

    After `limit` lines (0: no limit) the rest is counted and `all_in`, where given, names the file that has
    them all; notes are left out first, then warnings.
    """
    found = in_order(problems)
    if not found:
        return FINE
    catalogue = translations(talk.get().lang)
    errors = [p for p in found if p.severity == "error"]
    warnings = [p for p in found if p.severity == "warning"]
    notes = [p for p in found if p.severity == "note"]
    shown = in_order((errors + warnings + notes)[:limit]) if limit and len(found) > limit else found
    complain(
        "errors: {errors}, warnings: {warnings}, notes: {notes}",
        errors=len(errors),
        warnings=len(warnings),
        notes=len(notes),
    )
    for one in shown:
        click.echo(_colored(one, render(_spoken(one), catalogue)), err=True)
    if len(shown) < len(found) and all_in:
        complain("… and {n} more; all of them are in {path}", n=len(found) - len(shown), path=all_in)
    elif len(shown) < len(found):
        complain("… and {n} more", n=len(found) - len(shown))
    return FINDINGS if has_errors(found) else FINE


def _spoken(problem: Problem) -> Problem:
    """A problem whose nouns ("a rule", "an event") are in the person's language; other values stay."""
    known = nouns(talk.get().lang)
    values = {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in problem.values.items()
    }
    return replace(problem, values=values)


def _colored(problem: Problem, line: str) -> str:
    if not (talk.get().color and wants_color(sys.stderr)):
        return line
    mark = f"{problem.severity}[{problem.kind}]"
    tone = {"error": "red", "warning": "yellow", "note": "cyan"}[problem.severity]
    return line.replace(mark, click.style(mark, fg=tone, bold=True), 1)


def wants_color(stream: IO[str]) -> bool:
    """Whether to colour: on a terminal that is not dumb, without NO_COLOR (which click does not look at)."""
    return (
        not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and hasattr(stream, "isatty")
        and stream.isatty()
    )


def problem_records(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems as plain records for `--json`; the message is English, so that scripts can rely on it."""
    return [
        {
            "path": p.place.path,
            "line": p.place.line,
            "column": p.place.column,
            "cell": p.place.cell,
            "severity": p.severity,
            "kind": p.kind,
            "message": p.message.format_map(_Visible(p.values)),
            "hint": p.hint.format_map(_Visible(p.values)),
        }
        for p in in_order(problems)
    ]


class _Visible(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def print_json(value: object) -> None:
    """Print one JSON document on stdout, Chinese readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]], *, err: bool = False) -> None:
    """Print a small table in columns that line up, Chinese characters counted as two wide."""
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(display_width(line[i]) for line in lines) for i in range(len(header))]
    for line in lines:
        cells = [cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(cells).rstrip(), err=err)


def display_width(text: str) -> int:
    """Columns a text takes on a terminal: wide characters take two, combining ones none.

    >>> display_width("数据 API")
    8
    """
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def json_option(command: F) -> F:
    """Add `--json`: the result as one JSON document on stdout."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")(
        command
    )


def example(*lines: str) -> str:
    """Make the epilog every command has: lines of example that click must not re-flow."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
