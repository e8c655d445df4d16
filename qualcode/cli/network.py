"""`qualcode network`: which codes travel together, from a result folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from qualcode.cli.common import example, show_problems
from qualcode.cli.summary import nearer
from qualcode.cli.tables import analysis_options, show_table, tell_basis, tell_files
from qualcode.problems import UsageError

SHOWN = ("unit", "source", "target", "n", "n_documents", "expected", "lift", "lo", "hi", "p")


@click.command(
    epilog=example(
        "qualcode network results",
        "qualcode network results --unit speech --unit run5 --format csv",
        "qualcode network results --unit document --out network",
    )
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--unit",
    "units",
    multiple=True,
    help="Where codes meet: segment, speech, run3, speech-run3, document, case; may be repeated.",
)
@analysis_options
def network(
    results: Path,
    units: tuple[str, ...],
    basis: str,
    codebook: Path | None,
    seed: int | None,
    out: Path | None,
    force: bool,
    form: str,
) -> None:
    """Which codes travel together, from a result folder.

    RESULTS is a folder that 'qualcode run' or 'qualcode code' wrote. Without --out the pairs are printed,
    most frequent first; with it nodes, edges and everything drawn from them are written to that folder.
    """
    from qualcode.analysis.basis import resting
    from qualcode.analysis.cooccurrence import cooccurrence
    from qualcode.project import passes
    from qualcode.project.options import is_context
    from qualcode.project.results import open_results, write_analysis

    for unit in units:
        if not is_context(unit):
            raise UsageError(
                "'{unit}' is not a context in which codes meet",
                hint="one of segment, speech, run3, speech-run3 (any number from 2), document, case",
                unit=unit,
            )
    opened = open_results(results, codebook=codebook, basis=basis)
    tell_basis(opened.codings, basis)
    show_problems(nearer(opened.problems))
    chosen = tuple(dict.fromkeys(units)) or (opened.study.network.figure,)
    figure = opened.study.network.figure if opened.study.network.figure in chosen else chosen[0]
    options = replace(opened.study.network, units=chosen, figure=figure)
    opened.study = replace(opened.study, network=options, seed=opened.study.seed if seed is None else seed)
    if out is not None:
        tell_files(write_analysis(opened, out, passes.network, scope="network", force=force), out)
        return
    edges = cooccurrence(
        opened.documents,
        opened.segments,
        opened.codings,
        opened.codebook,
        units=chosen,
        basis=resting(opened.codings, basis).name,
        seed=opened.study.seed,
    )[1]
    order = edges.sort_values(
        ["unit", "n", "source", "target"], ascending=[True, False, True, True], kind="stable"
    )
    show_table(order, "cooccurrence_edges", SHOWN, form)
