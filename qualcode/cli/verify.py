"""`qualcode verify`: run a result folder again and compare every byte."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from qualcode.cli.common import (
    FINDINGS,
    FINE,
    complain,
    example,
    json_option,
    print_json,
    print_table,
    say,
    words,
)
from qualcode.cli.summary import near, progress

PATH = click.Path(path_type=Path)


@click.command(
    epilog=example("qualcode verify my_study/results", "qualcode verify results --corpus moved/interviews")
)
@click.argument("results", type=PATH)
@click.option("--study", type=PATH, help="Where the study is now, if it was moved.")
@click.option("--corpus", type=PATH, help="Where the corpus is now, if it was moved.")
@click.option("--codebook", type=PATH, help="Where the codebook is now, if it was moved.")
@json_option
def verify(
    results: Path, study: Path | None, corpus: Path | None, codebook: Path | None, as_json: bool
) -> int:
    """Run a result folder again and compare every byte.

    RESULTS is a folder that a run wrote. Nothing in it is changed. Exit code 0: every file came out the same.
    Exit code 1: something did not, and the table says what: a file that differs, is missing or was edited, an
    input that changed.
    """
    from qualcode.project.verify import verify as verify_results

    with progress() as told:
        found = verify_results(results, study=study, corpus=corpus, codebook=codebook, progress=told)
    if as_json:
        print_json(
            {
                "format": 1,
                "holds": found.holds,
                "files": {one.file: one.state for one in found.files},
                "versions": {name: list(pair) for name, pair in found.versions.items()},
            }
        )
    else:
        rows = [(one.file, words(one.state)) for one in found.files]
        print_table((words("file"), words("state")), rows)
    for name, (then, now) in found.versions.items():
        complain("{name} is {now} here, the run had {then}", name=name, now=now, then=then)
    if found.holds:
        say("all {n} files are the same", n=len(found.files))
        return FINE
    states = Counter(one.state for one in found.files if one.state != "same")
    shown = ", ".join(f"{words(state)}: {count}" for state, count in sorted(states.items()))
    complain("{path} does not come out the same: {states}", path=near(results), states=shown)
    return FINDINGS
