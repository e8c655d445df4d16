"""The group `codebook`: check, test, show, diff, audit, schema, new.

Exit codes: 0 fine; 1 an example is coded otherwise than the codebook says, or a warning under --strict; 2 a
request that makes no sense; 3 a codebook that cannot be used; 4 a file that cannot be written, an extra that
is not installed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.codebook_audit import audit
from qualcode.cli.codebook_check import check
from qualcode.cli.codebook_diff import diff
from qualcode.cli.common import (
    FINDINGS,
    FINE,
    example,
    json_option,
    print_json,
    print_table,
    problem_records,
    say,
    show_problems,
    talk,
    words,
)
from qualcode.problems import Problem, StudyError, UsageError, has_errors, problem

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.coding.examples import ExampleResult

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.group(
    epilog=example("qualcode codebook check codebook.yaml", "qualcode codebook new codebook.yaml --lang zh")
)
def codebook() -> None:
    """Check, test, show and begin codebooks."""


codebook.add_command(check)
codebook.add_command(diff)
codebook.add_command(audit)


@codebook.command(epilog=example("qualcode codebook test codebook.yaml"))
@file_argument
@json_option
def test(file: Path, as_json: bool) -> int:
    """Code a codebook's own examples: each must be coded as the codebook says."""
    from qualcode.coding.examples import example_results

    usable, noted = _load(file)
    results = example_results(usable)
    noted += [found for one in results for found in one.problems]
    failures = [_failure(one) for one in results if not one.passed]
    if as_json:
        print_json(
            {
                "file": file.as_posix(),
                "tried": len(results),
                "failed": len(failures),
                "examples": [
                    {
                        "code": result.code,
                        "text": result.text,
                        "expected": result.expected,
                        "got": result.got,
                        "fired": list(result.fired),
                        "refused": [list(pair) for pair in result.refused],
                        "file": result.place.path,
                        "line": result.place.line,
                        "column": result.place.column,
                    }
                    for result in results
                ],
                "problems": problem_records([*noted, *failures]),
            }
        )
    else:
        show_problems([*noted, *failures])
        say("{tried} examples tried, {failed} not as the codebook says", tried=len(results),
            failed=len(failures))  # fmt: skip
    return FINDINGS if failures or has_errors(noted) else FINE


@codebook.command(
    epilog=example("qualcode codebook show codebook.yaml", "qualcode codebook show codebook.yaml avoidance")
)
@file_argument
@click.argument("code", required=False)
@json_option
def show(file: Path, code: str | None, as_json: bool) -> None:
    """Print the tree of codes, or all that is written of one code and those below it."""
    from qualcode.codebook.show import as_record, code_record, described, tree

    usable, _ = _load(file)
    lang = talk.get().lang
    if code is None:
        if as_json:
            print_json(as_record(usable))
        else:
            print_table((words("code"), words("name"), words("facet")), tree(usable, lang))
        return
    if code not in usable.codes:
        raise _unknown_code(code, usable)
    chosen = [usable.codes[one] for one in (code, *usable.descendants(code))]
    if as_json:
        print_json([code_record(usable, one) for one in chosen])
        return
    for number, one in enumerate(chosen):
        click.echo(("\n" if number else "") + one.id)
        for key, text in described(usable, one, lang):
            click.echo(f"  {words(key)}: " + text.replace("\n", "\n    "))


@codebook.command(epilog=example("qualcode codebook schema > codebook.schema.json"))
def schema() -> None:
    """Print a JSON Schema that lets an editor complete and check a codebook."""
    from qualcode.codebook.schema import json_schema

    print_json(json_schema())


@codebook.command(epilog=example("qualcode codebook new codebook.yaml --lang zh"))
@click.argument("file", type=click.Path(path_type=Path), default=Path("codebook.yaml"), required=False)
def new(file: Path) -> None:
    """Write a small commented codebook to begin with; never over a file that is there."""
    from qualcode.codebook.template import template

    if not file.parent.is_dir():
        raise UsageError("there is no folder {path}", hint="make it first", path=file.parent.as_posix())
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(template(talk.get().lang))
    except FileExistsError:
        raise UsageError("{path} is already there", hint="give another name", path=file.as_posix()) from None
    say("wrote {file}; try: qualcode codebook check {file}", file=file.as_posix())


def _load(file: Path) -> tuple[Codebook, list[Problem]]:
    """Read a codebook that must be usable; its warnings come back, its errors end the command with 3."""
    from qualcode.codebook import load_codebook

    usable, problems = load_codebook(file)
    if usable is None:
        raise StudyError("this codebook cannot be used", problems=problems)
    return usable, [one for one in problems if not has_errors([one])]


def _failure(result: ExampleResult) -> Problem:
    refused = ", ".join(f"{rule} ({reason})" for rule, reason in result.refused)
    if not result.expected:
        return problem(
            "example-caught",
            result.place,
            "this sentence must not be coded {code!r}, and is: {text}",
            hint="what fired: {fired}; narrow it, or add the longer phrase to 'except'",
            code=result.code,
            text=result.text,
            fired=", ".join(result.fired),
        )
    if refused:
        hint = "what was refused: {refused}"
    elif result.fired:
        hint = "what fired does not count: {fired}; see 'countable'"
    else:
        hint = "none of its rules finds anything here"
    return problem(
        "example-missed",
        result.place,
        "this example of {code!r} is not coded so: {text}",
        hint=hint,
        code=result.code,
        text=result.text,
        refused=refused,
        fired=", ".join(result.fired),
    )


def _unknown_code(code: str, usable: Codebook) -> UsageError:
    from qualcode.registry import did_you_mean

    hint = did_you_mean(code, usable.codes) or "'qualcode codebook show FILE' lists them"
    return UsageError("no code is named {code!r}", hint=hint, code=code)
