"""`qualcode code`: the coding pass alone, from a folder and a codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.common import example, json_option, say
from qualcode.cli.spreading import spread_options, taken
from qualcode.cli.studies import check_unit, study_from_options
from qualcode.cli.summary import progress, tell_outcome


@click.command(
    epilog=example(
        "qualcode code transcripts --codebook codebook.yaml --out coded",
        "qualcode code transcripts --codebook codebook.yaml --out coded --unit turn",
    )
)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--codebook", type=click.Path(path_type=Path), required=True, help="The codebook.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option(
    "--unit",
    callback=check_unit,
    help="Coding unit: sentence, clause, turn, paragraph, article, window or window:k.",
)
@click.option("--excel", is_flag=True, help="Begin CSV files with a byte order mark, for Excel.")
@click.option("--force", is_flag=True, help="Replace results that were edited by hand; a copy is kept.")
@spread_options
@json_option
def code(
    corpus: Path,
    codebook: Path,
    out: Path,
    unit: str | None,
    excel: bool,
    force: bool,
    as_json: bool,
    **spreading: Any,
) -> int:
    """Code a folder of documents: the coding pass alone.

    Writes documents.csv, segments.csv, coded_segments.csv and matches.csv, with problems.csv and
    manifest.json, into the folder given with --out.

    A run that was cut short goes on where it stopped when it is called again.
    """
    from qualcode.project.run import run

    study = study_from_options(
        None, corpus=corpus, codebook=codebook, out=out, unit=unit, excel=excel, alone=True
    )
    spread, fresh = taken(spreading)
    with progress() as told:
        outcome = run(study, whole=False, force=force, fresh=fresh, spread=spread, progress=told, notice=say)
    return tell_outcome(outcome, as_json=as_json)
