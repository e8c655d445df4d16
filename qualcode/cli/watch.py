"""`qualcode watch`: check, test and try a codebook again on every save."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.benches import PATH, codebook_option, study_at
from qualcode.cli.common import example, say, show_problems
from qualcode.cli.summary import near, nearer

if TYPE_CHECKING:
    from qualcode.project.bench import Prepared
    from qualcode.project.study import Study
    from qualcode.project.watching import Seen

TRIED = 4  # changed codes tried at one save


@click.command(epilog=example("qualcode watch", "qualcode watch my_study"))
@click.argument("study", required=False, type=PATH)
@codebook_option
@click.option(
    "--every",
    type=click.FloatRange(0.05, 60),
    default=0.5,
    show_default=True,
    help="Seconds between two looks.",
)
def watch(study: Path | None, codebook: Path | None, every: float) -> None:
    """Check, test and try the codebook again on every save.

    Says what is wrong with it, which of its examples are coded otherwise than it says, and what the codes
    whose rules changed find in the material now. Documents kept for testing stay closed. Ctrl-C ends it (exit
    code 130).
    """
    from qualcode.project.watching import Watcher

    found = study_at(study, codebook)
    watcher = Watcher(found)
    material: list[Prepared] = []
    say("watching {path}; Ctrl-C ends", path=near(found.codebook))
    while True:
        seen = watcher.look()
        if seen is not None:
            tell(seen, found, material)
        time.sleep(every)


def tell(seen: Seen, study: Study, material: list[Prepared]) -> None:
    """Print what a look at the codebook gave; `material` is read when first needed and kept."""
    from qualcode.cli.codebook import _failure as failure

    click.echo(time.strftime("── %H:%M:%S ──"), err=True)
    show_problems(nearer([*seen.problems, *map(failure, seen.failed)]))
    if seen.codebook is None:
        say("the codebook cannot be used")
        return
    say("{tried} examples tried, {failed} not as the codebook says", tried=len(seen.examples),
        failed=len(seen.failed))  # fmt: skip
    with_rules = [code for code in seen.changed if seen.codebook.codes[code].rules]
    for code in with_rules[:TRIED]:
        _try(code, study, seen, material)
    if len(with_rules) > TRIED:
        say("… and {n} more codes changed; 'qualcode try' shows them", n=len(with_rules) - TRIED)


def _try(code: str, study: Study, seen: Seen, material: list[Prepared]) -> None:
    from qualcode.cli.trying import tell_since, tell_trial
    from qualcode.project.bench import Bench
    from qualcode.project.trial import since_last_run, try_on, what_is_asked

    assert seen.codebook is not None
    bench = Bench(study, seen.codebook)
    if not material:
        material += bench.documents()
    trial = try_on(material, what_is_asked(code, seen.codebook))
    say("{code}:", code=code)
    tell_trial(trial, sample=12)
    if bench.results is not None:
        tell_since(since_last_run(trial, bench.results))
