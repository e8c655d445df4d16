"""`qualcode report`: the report of a result folder once more, in the language asked for."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import complain, example, show_problems
from qualcode.cli.summary import nearer
from qualcode.problems import UsageError


@click.command(
    epilog=example(
        "qualcode report results --language en --out report_en.html",
    )
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(["zh", "en"]), help="Language of the report; else the study's.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write it to."
)
@click.option(
    "--codebook", type=click.Path(path_type=Path), help="Where the codebook is now, if it was moved."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def report(results: Path, language: str | None, out: Path, codebook: Path | None, force: bool) -> None:
    """The report of a result folder once more, in the language asked for.

    RESULTS is a folder that 'qualcode run' wrote. Nothing is coded anew, and the folder stays as it is.
    """
    from qualcode.project.reporting import report_again
    from qualcode.project.results import open_results

    if out.exists() and not force:
        raise UsageError("{path} is there already", hint="name another file, or add --force", path=out)
    opened = open_results(results, codebook=codebook)
    show_problems(nearer(opened.problems))
    out.write_bytes(report_again(opened, lang=language or ""))
    complain("report: {path}", path=out)
