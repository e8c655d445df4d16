"""Result folders opened again: for an analysis with other options than the run's, without coding anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qualcode.analysis.basis import CURRENT
from qualcode.analysis.basis import record as record_of
from qualcode.problems import Place, StudyError, UsageError, problem
from qualcode.project.manifest import NAME, files_of, outputs_of, read_manifest, recorded, write_manifest
from qualcode.project.passes import Results
from qualcode.project.run import usable_codebook
from qualcode.project.swap import written_aside
from qualcode.project.tablefiles import missing
from qualcode.project.verify import study_of
from qualcode.review.current import with_open_codes
from qualcode.review.records import is_open


def open_results(folder: Path, *, codebook: Path | None = None, basis: str = CURRENT) -> Results:
    """Open a folder that a run wrote; its codebook is found by its manifest, or is the one given.
    Codes of people's own that the run has are added to it. `basis` says whose codings its analyses rest on.

    A codebook that changed since the run is a warning in `problems`: counts stay the run's, names and tree
    are the codebook's. Raises `StudyError` for a folder without tables.
    """
    manifest = read_manifest(folder)
    if manifest is not None and not (folder / "coded_segments.csv").is_file():
        raise missing(folder, "coded_segments")
    if manifest is None:
        raise StudyError(
            "{path} is no result folder: it has no {name} of qualcode",
            hint="name the folder a run wrote",
            path=folder,
            name=NAME,
        )
    study = study_of(manifest, folder, codebook=codebook)
    book, problems = usable_codebook(study)
    opened = Results(folder, study, book, str(manifest.get("unit") or ""), folder, basis=basis)
    opened.codebook = with_open_codes(book, sorted(filter(is_open, opened.raw_codings["code"].unique())))
    opened.problems = [p for p in problems if p.severity == "error"]
    then = recorded(manifest, "inputs", "codebook")
    if {name: entry.get("sha256") for name, entry in then.items()} != dict(book.files):
        opened.problems.append(
            problem(
                "codebook-changed",
                Place(str(study.codebook)),
                "the codebook changed since these results were made",
                hint="run the study again to code with it",
                severity="warning",
            )
        )
    return opened


def write_analysis(
    results: Results, out: Path, make: Callable[[Results], None], *, scope: str, force: bool = False
) -> list[str]:
    """Make one analysis of opened results into a folder of its own; return the files written.

    Raises `UsageError` where other results lie there, such as the ones it is made from: a folder is replaced
    as a whole, and only by its like.
    """
    there = read_manifest(out)
    if there is not None and there.get("scope") != scope:
        raise UsageError(
            "{path} holds other results, which an analysis would replace",
            hint="name a new folder with --out",
            path=out,
        )
    with written_aside(out, force=force) as folder:
        made = replace(results, out=folder, tables={})
        make(made)
        record = {
            "scope": scope,
            "unit": results.unit,
            "seed": results.study.seed,
            "basis": record_of(results.codings, results.basis),
            "inputs": {"results": outputs_of(results.folder)},
            "outputs": outputs_of(folder),
        }
        write_manifest(folder, record)
        return files_of(folder)
