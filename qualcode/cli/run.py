"""`qualcode run`: code a study and write all its results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.claims import tell_claims
from qualcode.cli.common import FINDINGS, example, json_option, say
from qualcode.cli.spreading import spread_options, taken
from qualcode.cli.studies import check_unit, study_from_options
from qualcode.cli.summary import progress, tell_outcome

PATH = click.Path(path_type=Path)


@click.command(
    epilog=example(
        "qualcode run                          the study in this folder or above it",
        "qualcode run my_study --unit turn     another unit than its qualcode.yaml says",
        "qualcode run --corpus texts --codebook codebook.yaml --out results",
        "qualcode run my_study --workers 4     in four processes",
    )
)
@click.argument("study", required=False, type=PATH)
@click.option("--corpus", type=PATH, help="Folder of documents, instead of the study's.")
@click.option("--codebook", type=PATH, help="Codebook, instead of the study's.")
@click.option("--out", type=PATH, help="Result folder, instead of the study's.")
@click.option(
    "--unit",
    callback=check_unit,
    help="Coding unit: sentence, clause, turn, paragraph, article, window or window:k.",
)
@click.option("--seed", type=click.IntRange(min=0), help="Seed of everything drawn at random.")
@click.option("--excel", is_flag=True, help="Begin CSV files with a byte order mark, for Excel.")
@click.option("--parquet", is_flag=True, help="Write the tables as Parquet too.")
@click.option("--xlsx", is_flag=True, help="Write the tables as one Excel workbook too.")
@click.option("--strict-claims", is_flag=True, help="End with exit code 1 where a claim of the study breaks.")
@click.option("--force", is_flag=True, help="Replace results that were edited by hand; a copy is kept.")
@spread_options
@json_option
def run(
    study: Path | None,
    corpus: Path | None,
    codebook: Path | None,
    out: Path | None,
    unit: str | None,
    seed: int | None,
    excel: bool,
    parquet: bool,
    xlsx: bool,
    strict_claims: bool,
    force: bool,
    as_json: bool,
    **spreading: Any,
) -> int:
    """Code a study and write all its results.

    STUDY is a folder with a qualcode.yaml, or such a file; without it, the nearest one from here upward.
    Options override the file. Exit code 1 means that something was found to look at, such as a document that
    could not be read; the results are there all the same. A claim that breaks is told, and ends with exit
    code 1 where --strict-claims asks for it.

    A run that was cut short goes on where it stopped when it is called again.
    """
    from qualcode.project.run import run as run_study

    given = study_from_options(
        study,
        corpus=corpus,
        codebook=codebook,
        out=out,
        unit=unit,
        seed=seed,
        excel=excel,
        parquet=parquet,
        xlsx=xlsx,
    )
    spread, fresh = taken(spreading)
    with progress() as told:
        outcome = run_study(given, force=force, fresh=fresh, spread=spread, progress=told, notice=say)
    code = tell_outcome(outcome, as_json=as_json)
    tell_claims(outcome.results)
    broken = strict_claims and any(p.kind == "claim-breaks" for p in outcome.problems)
    return FINDINGS if broken else code
