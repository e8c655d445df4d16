"""`qualcode analyze`: one named analysis of a result folder."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import click

from qualcode.cli.common import complain, example, print_table, show_problems, words
from qualcode.cli.summary import nearer
from qualcode.cli.tables import basis_option, tell_basis, tell_files
from qualcode.problems import UsageError


@click.command(
    epilog=example(
        "qualcode analyze",
        "qualcode analyze dominance results",
        "qualcode analyze shift results --code avoidance --node 2019-06-25 --out analyses",
    )
)
@click.argument("name", required=False)
@click.argument("results", required=False, type=click.Path(path_type=Path))
@click.option("--code", "codes", multiple=True, help="Ask about this code; may be repeated, order counts.")
@click.option("--node", default="", help="Date that divides before from after; else the borders of phases.")
@click.option(
    "--placebo",
    "placebos",
    multiple=True,
    help="Another date to test in the same way; may be repeated. Else the node's day in other years.",
)
@click.option(
    "--validation",
    type=click.Path(path_type=Path),
    help="What 'qualcode validate --out' wrote, or a CSV with the columns code, found, wrong, missed.",
)
@click.option(
    "--phase-set", default="", help="Place by this set of phases of the study; else by the first one."
)
@click.option("--table", help="Print this table of the analysis; else its first.")
@basis_option
@click.option(
    "--codebook", type=click.Path(path_type=Path), help="Where the codebook is now, if it was moved."
)
@click.option("--seed", type=click.IntRange(min=0), help="Seed of everything drawn at random.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write all tables to.")
@click.option("--force", is_flag=True, help="Replace results that were edited by hand; a copy is kept.")
def analyze(
    name: str | None,
    results: Path | None,
    codes: tuple[str, ...],
    node: str,
    placebos: tuple[str, ...],
    validation: Path | None,
    phase_set: str,
    table: str | None,
    basis: str,
    codebook: Path | None,
    seed: int | None,
    out: Path | None,
    force: bool,
) -> None:
    """One named analysis of a result folder.

    Without NAME the analyses are listed. RESULTS is a folder that 'qualcode run' or 'qualcode code' wrote.
    Prints CSV; with --out all tables of the analysis are written to that folder. What must be read beside the
    numbers goes to stderr.
    """
    from qualcode.analysis.catalogue import analyses
    from qualcode.output.csvfile import write_rows
    from qualcode.project.analyses import ask, written
    from qualcode.project.passes import rows_of
    from qualcode.project.phases import divided
    from qualcode.project.results import open_results

    if name is None:
        print_table(["analysis", "answers"], [[key, words(listed.line)] for key, listed in analyses.items()])
        return
    listed = analyses[name]
    if results is None:
        raise UsageError("name the result folder too", hint="qualcode analyze NAME RESULTS")
    opened = open_results(results, codebook=codebook, basis=basis)
    tell_basis(opened.codings, basis)
    if seed is not None:
        opened.study = replace(opened.study, seed=seed)
    if phase_set:
        opened.study = divided(opened.study, phase_set)
    made = ask(opened, listed.make, codes=codes, node=node, placebos=placebos, validation=validation)
    show_problems(nearer(opened.problems))
    for remark in made.remarks:
        complain(remark.template, **remark.values)
    if out is not None:
        tell_files(written(opened, out, made, name=name, force=force), out)
        return
    chosen = table or next(iter(made.tables))
    if chosen not in made.tables:
        raise UsageError(
            "this analysis has no table '{table}'; it has {tables}",
            table=chosen,
            tables=", ".join(made.tables),
        )
    text = io.StringIO(newline="")
    write_rows(text, chosen, rows_of(made.tables[chosen], chosen))
    click.echo(text.getvalue(), nl=False)
