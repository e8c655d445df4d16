"""`qualcode codebook check`: mistakes in a codebook, and what is valid but unwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from qualcode.cli.common import (
    FINDINGS,
    FINE,
    UNUSABLE,
    example,
    print_json,
    problem_records,
    say,
    show_problems,
)
from qualcode.cli.corpus import below, open_folder, unit_option
from qualcode.problems import Problem, UsageError

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.coding.checks import Tally
    from qualcode.project.tally import Aside

FORMATS = ("text", "json", "sarif")


@click.command(
    epilog=example(
        "qualcode codebook check codebook.yaml",
        "qualcode codebook check codebook.yaml --notes --strict",
        "qualcode codebook check codebook.yaml --corpus transcripts",
        "qualcode codebook check codebook.yaml --results my_study/results",
        "qualcode codebook check codebook.yaml --format sarif > codebook.sarif",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    help="Folder of documents: code them and look at what the rules do there.",
)
@click.option(
    "--results", type=click.Path(path_type=Path), help="Result folder of a run, to look at instead of coding."
)
@unit_option
@click.option(
    "--often",
    type=click.FloatRange(0, 100, min_open=True),
    default=10.0,
    show_default=True,
    help="Percent of segments above which a rule fires too often.",
)
@click.option("--notes", is_flag=True, help="Show notes too: what is worth a look and may be just right.")
@click.option("--strict", is_flag=True, help="End with exit code 1 where there are warnings.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the findings; JSON and SARIF have the notes too, and go to stdout.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def check(
    file: Path,
    corpus: Path | None,
    results: Path | None,
    unit: str | None,
    often: float,
    notes: bool,
    strict: bool,
    form: Literal["text", "json", "sarif"],
    as_json: bool,
) -> int:
    """Say everything that is wrong with a codebook, and what in it is valid but unwise.

    Errors make it unusable: exit code 3. Warnings say that a result is probably not what was meant; they
    leave the exit code 0, or 1 with --strict.
    """
    from qualcode.codebook.checks.lint import lint_codebook

    if corpus is not None and results is not None:
        raise UsageError("--corpus and --results exclude each other", hint="give one of them")
    tried = corpus is not None or results is not None
    found, problems = lint_codebook(file, without=("short_terms",) if tried else ())
    if found is not None and tried:
        from qualcode.coding.checks import lint_tally

        tally, aside = _tally(found, file, corpus, results, unit)
        problems = [*problems, *aside.problems, *lint_tally(found, tally, often=often / 100)]
        if aside.withheld:
            say("{n} documents kept for testing were left out", n=len(aside.withheld))
    if as_json or form == "json":
        print_json({"file": file.as_posix(), "usable": found is not None, **counts(found),
                    "problems": problem_records(problems)})  # fmt: skip
    elif form == "sarif":
        from qualcode.output.sarif import sarif

        print_json(sarif(problems))
    else:
        _tell(file, found, problems, notes=notes)
    if found is None:
        return UNUSABLE
    return FINDINGS if strict and any(p.severity == "warning" for p in problems) else FINE


def _tally(
    found: Codebook, file: Path, corpus: Path | None, results: Path | None, unit: str | None
) -> tuple[Tally, Aside]:
    from qualcode.project.tally import tally_corpus, tally_results

    if results is not None:
        return tally_results(results, found, file)
    assert corpus is not None
    opened, own, problems = open_folder(corpus)
    # A study that says nothing of its unit leaves it to the codebook, and so does one that says the default.
    tally, aside = tally_corpus(opened, found, unit=unit or ("" if own == "sentence" else own))
    told = below(opened.folder, [*problems, *aside.problems])
    aside.problems = [p for p in told if p.severity == "error"]
    return tally, aside


def _tell(file: Path, found: Codebook | None, problems: list[Problem], *, notes: bool) -> None:
    shown = [p for p in problems if notes or p.severity != "note"]
    show_problems(shown, limit=0)
    if found is not None:
        say("{file}: {codes} codes, {rules} rules, {terms} terms; nothing hinders its use",
            file=file.as_posix(), **counts(found))  # fmt: skip
    if len(shown) < len(problems):
        say("{n} notes are not shown; --notes shows them", n=len(problems) - len(shown))


def counts(found: Codebook | None) -> dict[str, object]:
    """Say how large a codebook is; nothing of one that cannot be used."""
    if found is None:
        return {}
    terms = {term.text for rule in found.rules for term in rule.pattern.terms}
    return {
        "id": found.id,
        "version": found.version,
        "codes": len(found.codes),
        "rules": sum(1 for _ in found.rules),
        "terms": len(terms),
    }
