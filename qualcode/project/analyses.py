"""Named analyses of an opened result folder: what the researcher asks, put together with what a run holds."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.basis import basis_rows
from qualcode.analysis.catalogue import analyses
from qualcode.analysis.given import Accuracy, Analysis, Given, Made, remark
from qualcode.analysis.numbering import places_of
from qualcode.analysis.once import remembering
from qualcode.model import ASKING
from qualcode.problems import Place, StudyError, UsageError, problem
from qualcode.project.memory import give_back
from qualcode.project.passes import Results, rows_of
from qualcode.project.pictures import draw_analyses
from qualcode.project.results import write_analysis
from qualcode.project.study import Study
from qualcode.text.dates import first_day, read_date

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 500_000  # matches looked at together


def ask(
    results: Results,
    make: Analysis,
    *,
    codes: tuple[str, ...] = (),
    node: str = "",
    placebos: tuple[str, ...] = (),
    validation: Path | None = None,
) -> Made:
    """Make an analysis; `node` and `placebos` are dates or ids of events of the study.

    `validation` is the study's unless another is given.

    Raises `UsageError` for a code the codebook does not have, or what is neither date nor event.
    """
    given = given_of(results, node=node, placebos=placebos, validation=validation)
    with remembering():
        return make(_asked_of(given, codes))


def given_of(
    results: Results,
    *,
    node: str = "",
    placebos: tuple[str, ...] = (),
    validation: Path | None = None,
) -> Given:
    """Put together what analyses start from; it may be given to several, which saves time."""
    validation = validation or results.study.validation
    return Given(
        results.documents,
        results.segments,
        results.codings,
        results.codebook,
        results.study.phases,
        results.study.events,
        results.study.phase_sets,
        node=date_of(results.study, node) if node else "",
        placebos=tuple(date_of(results.study, date) for date in placebos),
        accuracy=read_validation(validation) if validation is not None else {},
        seed=results.study.seed,
        resamples=results.study.analyses.resamples,
        asked=lambda: asked_codes(results),
    )


def _asked_of(given: Given, codes: Sequence[str]) -> Given:
    """The same, asked of some codes."""
    if not codes:
        return given
    asked = given.again(codes=tuple(dict.fromkeys(codes)))
    for code in asked.codes:
        asked.known(code)
    return asked


def make_all(results: Results) -> None:
    """Make the analyses the study asks for, write their tables and networks, and `analyses.csv`.

    What the material does not allow is said there. An analysis asked of codes that do not exist is a problem
    and the others are made.
    """
    from qualcode.output.graphml import graphml

    options = results.study.analyses
    shared = given_of(results, node=options.node, placebos=options.placebos)
    rows: list[tuple[object, ...]] = []
    for name in options.names:
        listed = analyses[name]
        codes = tuple(options.codes.get(name, ()))
        give_back()  # what the one before looked at
        try:
            made = listed.make(_asked_of(shared, codes))
        except UsageError as error:
            rows.append((name, listed.line, False, (), (str(error),)))
            results.unasked[name] = remark(error.template, **error.values)
            if codes:
                place = Place(str(results.study.file or ""))
                results.problems.append(
                    problem(
                        "analysis-not-made",
                        place,
                        "the analysis '{name}' was not made: {reason}",
                        severity="warning",
                        name=name,
                        reason=error.message,
                    )
                )
            continue
        results.analysed[name] = made
        for table, held in made.tables.items():
            results.write(table, rows_of(held, table))
        for graph, drawn in made.graphs.items():
            (results.out / "networks").mkdir(exist_ok=True)
            (results.out / "networks" / f"{graph}.graphml").write_bytes(graphml(drawn))
        counts = tuple(f"{table} ({len(held)})" for table, held in made.tables.items())
        rows.append(
            (name, listed.line, any(map(len, made.tables.values())), counts, tuple(map(str, made.remarks)))
        )
    results.write("analyses", rows)
    draw_analyses(results)


def written(results: Results, out: Path, made: Made, *, name: str, force: bool = False) -> list[str]:
    """Write all tables and networks of an analysis to a folder of its own; return the files."""
    from qualcode.output.graphml import graphml

    def write(into: Results) -> None:
        into.write("basis", basis_rows(results.codings, results.basis))
        for table, held in made.tables.items():
            into.write(table, rows_of(held, table))
        for graph, drawn in made.graphs.items():
            (into.out / f"{graph}.graphml").write_bytes(graphml(drawn))

    return write_analysis(results, out, write, scope=f"analyze {name}", force=force)


def asked_codes(results: Results) -> pd.DataFrame:
    """Return which codes have rules that find interviewers' words: `segment_id` and `code`."""
    import numpy as np

    segments, matches = results.segments, results.matches
    asking = segments["segment_id"][segments["role"].isin(ASKING).to_numpy(dtype=bool)]
    free = matches["blocked_by"].isin(("", "interviewer")).to_numpy(dtype=bool)
    found = matches[["segment_id", "code"]][free]
    there = [
        places_of(found["segment_id"].iloc[low : low + AT_ONCE], asking) >= 0
        for low in range(0, max(len(found), 1), AT_ONCE)
    ]
    return found[np.concatenate(there)]


def read_validation(path: Path) -> dict[str, Accuracy]:
    """Read how validated segments were coded, by code; `StudyError` for a file that does not say.

    `path` is what `qualcode validate --out` wrote (the folder, or its validation.csv), or a CSV of one's own
    with the columns code, found, wrong, missed. Codes of which nothing was rightly found are left out: there
    is nothing to correct them by.
    """
    file = path / "validation.csv" if path.is_dir() else path
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.DictReader(stream)
            made = {line["code"]: _accuracy(line) for line in lines}
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        raise StudyError(
            "{path} does not say how codes were validated: {reason}",
            hint="the folder 'qualcode validate --out' wrote, or a CSV with the columns code, found, wrong,"
            " missed",
            path=path,
            reason=error,
        ) from error
    return {code: found for code, found in made.items() if found.ratio == found.ratio}


def _accuracy(line: Mapping[str, str]) -> Accuracy:
    if "tp" not in line:
        return Accuracy(int(line["found"]), int(line["wrong"]), int(line["missed"]))
    right, wrong, missed = int(line["tp"]), int(line["fp"]), int(line["fn"])
    return Accuracy(
        right,
        wrong,
        missed,
        int(line["n_units"]) - right - wrong - missed,
        int(line["n_positive"]),
        int(line["n_negative"]),
        float(line["recall"]) if line["recall"] else float("nan"),
    )


def date_of(study: Study, written: str) -> str:
    """Return the day a date or the id of an event of a study stands for; `UsageError` for anything else."""
    for event in study.events:
        if event.id == written:
            return first_day(event.date).isoformat()
    date = read_date(written)
    if not date:
        raise UsageError(
            "'{date}' is no date and no event of the study", hint="e.g. 2019-06-25", date=written
        )
    return first_day(date).isoformat()
