"""`qualcode timeline`: codes over time, from a result folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from qualcode.cli.common import example, show_problems
from qualcode.cli.summary import nearer
from qualcode.cli.tables import analysis_options, show_table, tell_basis, tell_files
from qualcode.problems import UsageError
from qualcode.registry import did_you_mean

SHOWN = (
    "basis",
    "kind",
    "code",
    "modality",
    "period",
    "n_segments",
    "n_documents",
    "exposure_segments",
    "share_macro",
    "lo",
    "hi",
    "coded_by",
    "n_decided",
    "n_machine",
)


@click.command(
    epilog=example(
        "qualcode timeline results --by year",
        "qualcode timeline results --by phase --code avoidance",
        "qualcode timeline results --by quarter --out timeline",
    )
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["year", "quarter", "phase", "rolling"]),
    help="Periods to count in; may be repeated.",
)
@click.option(
    "--window", type=click.IntRange(min=1), help="Months of a rolling window; it moves by a quarter."
)
@click.option("--code", "codes", multiple=True, help="Show this code only; may be repeated.")
@analysis_options
def timeline(
    results: Path,
    by: tuple[str, ...],
    window: int | None,
    codes: tuple[str, ...],
    basis: str,
    codebook: Path | None,
    seed: int | None,
    out: Path | None,
    force: bool,
    form: str,
) -> None:
    """Codes over time, from a result folder.

    RESULTS is a folder that 'qualcode run' or 'qualcode code' wrote. Without --out the table is printed; with
    it table, events and everything drawn from them are written to that folder. Kinds of document and bases
    of dating are never added together.
    """
    from qualcode.analysis.basis import DECIDED
    from qualcode.analysis.timeline import timeline as over_time
    from qualcode.project import passes
    from qualcode.project.results import open_results, write_analysis

    opened = open_results(results, codebook=codebook, basis=basis)
    tell_basis(opened.codings, basis)
    show_problems(nearer(opened.problems))
    for code in codes:
        if code not in opened.codebook.codes:
            raise UsageError(
                "the codebook has no code '{code}'", hint=did_you_mean(code, opened.codebook.codes), code=code
            )
    options = replace(opened.study.timeline, by=tuple(dict.fromkeys(by)) or opened.study.timeline.by)
    options = replace(options, window=window or options.window)
    opened.study = replace(opened.study, timeline=options, seed=opened.study.seed if seed is None else seed)
    if out is not None:
        tell_files(write_analysis(opened, out, passes.timeline, scope="timeline", force=force), out)
        return
    table = over_time(
        opened.documents,
        opened.segments,
        opened.codings,
        opened.codebook,
        opened.study.phases,
        grains=options.by,
        window=options.window,
        seed=opened.study.seed,
        whose=basis,
        machine=opened.by_machine if basis == DECIDED else None,
    )
    if codes:
        table = table[table["code"].isin(codes).to_numpy(dtype=bool)]
    show_table(table, "timeline", SHOWN, form)
