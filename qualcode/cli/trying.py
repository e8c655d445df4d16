"""`qualcode try`: a code, a rule or an expression on the material, at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.benches import (
    PATH,
    bench_at,
    codebook_option,
    open_test_option,
    place_shown,
    tell_test,
)
from qualcode.cli.common import example, say, show_problems, words
from qualcode.cli.kwic import aligned
from qualcode.cli.summary import nearer

if TYPE_CHECKING:
    from qualcode.project.trial import Hit, Since, Trial

TOP = 8
DOCUMENTS = 12


@click.command(
    "try",
    epilog=example(
        "qualcode try avoidance.fear",
        "qualcode try sec_near my_study --sample 20 --seed 7",
        "qualcode try 怕担责,谁负责",
        "qualcode try 'near: [[怕], [责]], within: 6 characters'",
    ),
)
@click.argument("asked", metavar="CODE|RULE|EXPRESSION")
@click.argument("study", required=False, type=PATH)
@click.option("--sample", type=click.IntRange(min=1), help="Only so many lines, drawn at random.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of --sample.")
@click.option(
    "--width", type=click.IntRange(0, 500), default=30, show_default=True, help="Characters on either side."
)
@codebook_option
@open_test_option
def try_(
    asked: str,
    study: Path | None,
    sample: int | None,
    seed: int,
    width: int,
    codebook: Path | None,
    open_test: bool,
) -> int:
    """What a code, a rule or an expression finds in the material, before anything is run.

    A code comes with those below it. An EXPRESSION is a list of terms (怕担责, 谁负责) or a pattern as a rule
    has it (near: [[怕], [责]], within: 6 characters). Prints every hit in its context, refused ones with the
    reason, and what changes against the last run. STUDY is a study or a folder of results. Exit code 1:
    nothing was found.
    """
    from qualcode.project.trial import since_last_run, try_on, what_is_asked

    bench = bench_at(study, codebook)
    trial = try_on(bench.documents(open_test=open_test), what_is_asked(asked, bench.codebook), width=width)
    show_problems(nearer(trial.problems))
    tell_test(bench, f"try {asked}")
    tell_trial(trial, sample, seed)
    if bench.results is not None:
        tell_since(since_last_run(trial, bench.results))
    return 0 if trial.hits else 1


def tell_trial(trial: Trial, sample: int | None = None, seed: int = 1) -> None:
    """Print the hits of a trial, then what was refused, then how many there are."""
    _lines(trial.hits, sample, seed)
    if trial.refused:
        click.echo(("\n" if trial.hits else "") + words("refused:"))
        _lines(trial.refused, sample, seed)
    say(
        "{hits} hits in {segments} segments of {documents} of {all} documents; {refused} refused",
        hits=len(trial.hits),
        segments=len(trial.codings),
        documents=len(trial.documents),
        refused=len(trial.refused),
        all=len(trial.searched),
    )
    most = sorted(trial.documents.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(most) > 1:
        shown = ", ".join(f"{name} {n}" for name, n in most[:DOCUMENTS])
        say("by document: {documents}", documents=shown + (" …" if len(most) > DOCUMENTS else ""))


def _lines(hits: Sequence[Hit], sample: int | None, seed: int) -> None:
    from random import Random

    chosen = hits
    if sample is not None and sample < len(hits):
        chosen = [hits[n] for n in sorted(Random(seed).sample(range(len(hits)), sample))]
    for line, hit in zip(aligned([hit.line for hit in chosen], reasons=False), chosen, strict=True):
        if hit.refused is not None:
            place = f"  {place_shown(hit.refused.place)}" if hit.refused.place.path else ""
            reason = words(hit.refused.template, **hit.refused.values)
            click.echo(f"{line}  ({hit.line.rule}: {reason}{place})")
        elif not hit.counts:
            click.echo(f"{line}  ({words('stands, does not count: {meant}', meant=hit.meant)})")
        else:
            click.echo(line)
    if len(chosen) < len(hits):
        say("{n} of {all} places, drawn at random with seed {seed}", n=len(chosen), all=len(hits), seed=seed)


def tell_since(since: Since) -> None:
    """Say what a trial changes against the last run."""
    if since.codes:
        free = since.codes.get("", 0)
        others = ", ".join(f"{code} {n}" for code, n in list(since.codes.items())[: TOP + 1] if code)
        say("of its segments {n} had no code in the last run", n=free)
        if others:
            say("others had: {codes}", codes=others)
        return
    say("against the last run: +{gained} −{lost} segments", gained=len(since.gained), lost=len(since.lost))
    for sign, names in (("+", since.gained), ("−", since.lost)):
        if names:
            more = f" … (+{len(names) - TOP})" if len(names) > TOP else ""
            say("  {sign} {names}", sign=sign, names=", ".join(names[:TOP]) + more)
