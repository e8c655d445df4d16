"""`qualcode sample`: a blind sheet of segments for people to code."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qualcode.cli.benches import PATH, bench_at
from qualcode.cli.common import example, say
from qualcode.cli.reliability import no_file, put_rows
from qualcode.columns import SHEET, Column
from qualcode.problems import UsageError


@click.command(
    epilog=example(
        "qualcode sample my_study --n 20 --seed 7 --out sheet.csv",
        "qualcode sample results --n 30 --code avoidance --seed 7 --out sheet.csv",
        "qualcode sample results --documents 3 --seed 7 --out interviews.csv",
    )
)
@click.argument("source", type=PATH, metavar="RESULTS|STUDY")
@click.option(
    "--n", type=click.IntRange(min=1), default=20, show_default=True, help="Segments per code that have it."
)
@click.option(
    "--negative",
    type=click.IntRange(min=0),
    help="Segments per code that have it not. [default: half of --n]",
)
@click.option(
    "--random", "at_random", type=click.IntRange(min=0), help="Segments of any kind. [default: twice --n]"
)
@click.option("--documents", type=click.IntRange(min=1), help="Draw so many whole documents instead.")
@click.option("--code", "codes", multiple=True, help="Draw for this code and all below it; may be repeated.")
@click.option(
    "--split",
    type=click.Choice(["test", "dev", "all"]),
    help="Documents to draw from. [default: those kept for testing, else all]",
)
@click.option("--seed", type=click.IntRange(min=0), required=True, help="Seed of everything drawn at random.")
@click.option("--design", type=PATH, help="File for the design. [default: beside --out, as .design.json]")
@click.option("--out", type=PATH, required=True, help="File for the sheet, a CSV.")
def sample(
    source: Path,
    n: int,
    negative: int | None,
    at_random: int | None,
    documents: int | None,
    codes: tuple[str, ...],
    split: str | None,
    seed: int,
    design: Path | None,
    out: Path,
) -> None:
    """Draw segments for people to code, blind and before results are seen.

    For each code so many segments are drawn that the machine gave it to, so many that it did not (recall
    needs them), and some at random. The sheet shows the words, not the machine's codes; mark a code with 1.
    The design says how likely each segment was drawn: keep it from the coders, 'qualcode validate' needs it.
    """
    from qualcode.analysis.sampling import draw_documents, draw_segments
    from qualcode.project.blind import (
        default_split,
        design_of,
        from_results,
        from_study,
        leaves,
        sheet_rows,
    )

    design = design or out.with_suffix(".design.json")
    for path in (out, design):
        no_file(path)
    stored = (source / "segments.csv").is_file()
    material = from_results(source) if stored else from_study(bench_at(source))
    split = split or default_split(material)
    frame = material.frame(split)
    if not frame:
        raise UsageError("there is no segment to draw from", hint="try --split all")
    wanted = leaves(material.levels, codes)
    if documents is not None:
        drawn = draw_documents(frame, documents, seed=seed)
    else:
        drawn = draw_segments(
            frame,
            wanted,
            positive=n,
            negative=n // 2 if negative is None else negative,
            at_random=2 * n if at_random is None else at_random,
            seed=seed,
        )
    header = (*SHEET, *(Column(code, "text", "1: the segment has the code") for code in wanted))
    put_rows(header, list(sheet_rows(material, drawn, wanted)), out, as_json=False)
    plan = design_of(material, drawn, wanted, split=split, seed=seed)
    with design.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(plan, ensure_ascii=False, indent=1) + "\n")
    say(
        "{n} of {all} segments for {codes} codes in {path}; the design is in {design}",
        n=len(drawn.chosen),
        all=len(frame),
        codes=len(wanted),
        path=out,
        design=design,
    )
