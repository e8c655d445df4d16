"""`qualcode codebook diff`: what changed between two codebooks, in words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.common import (
    FINDINGS,
    FINE,
    example,
    json_option,
    print_json,
    problem_records,
    say,
    show_problems,
    words,
)
from qualcode.problems import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.codebook import Codebook
    from qualcode.codebook.diff import Change, Difference


SHOWN = 20  # terms of one list; --json has all


@click.command(
    epilog=example(
        "qualcode codebook diff codebook_v1.yaml codebook.yaml",
        "qualcode codebook diff --json codebook_v1.yaml codebook.yaml",
    )
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="End with exit code 1 where there are warnings.")
@json_option
def diff(old: Path, new: Path, strict: bool, as_json: bool) -> int:
    """Say what changed between two codebooks: codes, rules, terms, lexicons and the rules these reach.

    Order and layout mean nothing. A version that was not raised although results may change is a warning.
    """
    from qualcode.codebook.diff import difference

    found = difference(_usable(old), _usable(new))
    if as_json:
        print_json(record(found))
    else:
        for line in lines(found):
            click.echo(line)
        show_problems(found.problems)
        say("{n} changes, {results} of them may change a result", n=len(found.changes),
            results=sum(change.of_results for change in found.changes))  # fmt: skip
    return FINDINGS if strict and any(p.severity == "warning" for p in found.problems) else FINE


def _usable(file: Path) -> Codebook:
    from qualcode.codebook import load_codebook

    found, problems = load_codebook(file)
    if found is None:
        raise StudyError("{file} cannot be used", problems=problems, file=file.as_posix())
    return found


def record(found: Difference) -> dict[str, object]:
    """A difference as plain values."""
    return {
        "versions": list(found.versions),
        "of_results": found.of_results,
        "changes": [
            {**{key: value for key, value in asdict(change).items() if key != "place"},
             "of_results": change.of_results,
             "path": change.place.path, "line": change.place.line, "column": change.place.column}
            for change in found.changes
        ],
        "problems": problem_records(found.problems),
    }  # fmt: skip


def lines(found: Difference) -> Iterator[str]:
    """A difference in words, a paragraph for each thing that changed."""
    for change in found.changes:
        yield _head(change)
        if change.how == "removed" or (change.what, change.how) == ("code", "added"):
            continue
        for field in change.fields:
            if change.how == "added":
                yield f"  {field.name}: {_one_line(field.after)}"
            else:
                yield f"  {field.name}: {_one_line(field.before) or '-'} -> {_one_line(field.after) or '-'}"
        for listed in change.lists:
            yield f"  {listed.name}: " + ", ".join(
                [*_signed("+", listed.added), *_signed("-", listed.removed)]
            )
        if change.reaches:
            yield "  " + words("reaches: {rules}", rules=", ".join(change.reaches))


def _head(change: Change) -> str:
    names = {"what": words(change.what), "id": change.id, "before": change.before, "code": change.code}
    if change.how == "renamed":
        return words("{what} {before} is now {id}", **names)
    if change.how == "moved":
        return words("{what} {id} moved from {before} to {code}", **names)
    if change.how == "added":
        text = words("{what} {id} added", **names)
    elif change.how == "removed":
        text = words("{what} {id} removed", **names)
    else:
        text = words("{what} {id} changed", **names)
    return f"{text} ({change.code})" if change.code else text


def _signed(sign: str, items: tuple[str, ...]) -> list[str]:
    shown = [f"{sign}{_one_line(item)}" for item in items[:SHOWN]]
    return [*shown, f"{sign}… ({len(items)})"] if len(items) > SHOWN else shown


def _one_line(text: str) -> str:
    return " ".join(text.split())
