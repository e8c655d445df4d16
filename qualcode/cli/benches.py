"""From a word on the command line to a study on the bench: a study, its folder, or a result folder of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.common import say, show_problems, words
from qualcode.cli.studies import study_from_options
from qualcode.cli.summary import near, nearer
from qualcode.problems import Place, QualcodeError

if TYPE_CHECKING:
    from qualcode.project.bench import Bench
    from qualcode.project.study import Study

PATH = click.Path(path_type=Path)
codebook_option = click.option("--codebook", type=PATH, help="Codebook, instead of the study's.")
open_test_option = click.option(
    "--open-test", is_flag=True, help="Open documents kept for testing (split: test); the study remembers it."
)


def study_at(path: Path | None, codebook: Path | None = None) -> Study:
    """Return the study a person names: by itself, by a folder of results, or the nearest from here upward."""
    from qualcode.project.bench import study_of_results

    found = study_of_results(path) if path is not None and path.is_dir() else None
    if found is None:
        return study_from_options(path, codebook=codebook)
    return replace(found, codebook=codebook.absolute()) if codebook is not None else found


def bench_at(path: Path | None, codebook: Path | None = None) -> Bench:
    """Open the study a person names; its errors are shown."""
    from qualcode.project.bench import open_bench

    bench = open_bench(study_at(path, codebook))
    show_problems(nearer(bench.problems))
    return bench


def tell_test(bench: Bench, command: str) -> None:
    """Write down which documents kept for testing were opened, or say how many were left out."""
    from qualcode.project.heldback import record_opening

    show_problems(nearer(record_opening(bench.study.home, command, bench.opened, bench.codebook)))
    if bench.withheld:
        say("{n} documents kept for testing were left out", n=len(set(bench.withheld)))


def tell_coded(bench: Bench) -> None:
    """Say whether codings are those of the last run or were made now, and why."""
    if bench.taken_over and bench.coded_now:
        say(
            "codings of {n} documents are those of the last run; {m} documents changed since and were coded "
            "now",
            n=bench.taken_over,
            m=bench.coded_now,
        )
    elif bench.taken_over:
        say("codings are those of the last run: nothing they rest on changed since")
    elif bench.coded_now:
        why = bench.why_coded or "the documents changed since the last run"
        say("{n} documents were coded now: {why}", n=bench.coded_now, why=words(why))


def tell_opened(opened: Sequence[str], withheld: Sequence[str], results: Path, command: str) -> None:
    """The same for a list made from a result folder: the study that it was made from remembers."""
    from qualcode.project.bench import study_of_results
    from qualcode.project.heldback import record_opening

    if opened:
        try:
            study = study_of_results(results)
        except QualcodeError:  # the study is elsewhere now; the folder beside the results remembers
            study = None
        home = study.home if study is not None else results.absolute().parent
        show_problems(nearer(record_opening(home, command, opened)))
    if withheld:
        say("{n} documents kept for testing were left out", n=len(withheld))


def place_shown(place: Place) -> str:
    """Write a place of the codebook as `file:line`, from here, so that an editor can jump to it."""
    if not place.path:
        return ""
    return f"{near(Path(place.path))}:{place.line}" if place.line else str(near(Path(place.path)))
