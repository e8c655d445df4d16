"""A run: a study in, a result folder out, whole or not at all.

    outcome = run(study)

Corpus and codebook are read, every document is coded into four tables, the analyses are made from those
tables, and the folder takes the place of the old results. Whatever goes wrong before that leaves the old
results as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.corpus import open_corpus
from qualcode.output.csvfile import open_csv, write_rows
from qualcode.problems import Problem, StudyError, UsageError, has_errors, in_order
from qualcode.project.coding import Coded, Notice, Progress, code_corpus
from qualcode.project.decisions import decisions_of
from qualcode.project.manifest import files_of, write_manifest
from qualcode.project.provenance import at_home, located, manifest
from qualcode.project.runners import Spread
from qualcode.project.study import Study
from qualcode.project.swap import refuse_changed, standing, written_aside
from qualcode.project.workfolder import forget, work_folder

if TYPE_CHECKING:
    from qualcode.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. `problems` name files as they are found from here; `files` are what it wrote."""

    results: Path
    codebook: str
    version: str
    unit: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    codes: Mapping[str, int]  # countable codings by code, in tree order
    kept: int = 0  # files that a run that was cut short had coded before

    @property
    def failed(self) -> bool:
        """Whether something was found that a person should look at: an unread document, an error."""
        return has_errors(self.problems)


def run(
    study: Study,
    *,
    whole: bool = True,
    force: bool = False,
    fresh: bool = False,
    spread: Spread | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> Outcome:
    """Code a study's corpus, make its analyses (`whole`) and swap the result folder in.

    `spread` says how the coding is spread over processes or machines (`project.runners`); the results are the
    same. What a run that was cut short had coded is used again, unless `fresh`; `notice` is told so.

    Raises `StudyError` where codebook or corpus cannot be used, `UsageError` where the result folder must not
    be replaced and `MachineError` where the machine refuses. Files of the result folder that are nobody's
    result move along; results changed by hand are refused, or kept as copies with `force`.
    """
    target = study.results
    _refuse_sources(study)
    refuse_changed(target, standing(target), force=force)
    codebook, problems = usable_codebook(study)
    corpus, found = open_corpus(study.corpus_folder, study.corpus)
    problems += located(found, study.corpus_folder)
    if not corpus.files:
        raise StudyError(
            "nothing to code: no document in {folder}", problems=problems, folder=study.corpus_folder.name
        )
    unit = study.unit or codebook.unit or "sentence"
    decided = decisions_of(study, corpus)
    problems += [*decided.problems, *decided.lost_codes(codebook)]
    codebook = decided.codebook_with_open_codes(codebook)
    spread = spread or Spread()
    spread = replace(spread, runner=spread.runner or study.coding.runner)
    with written_aside(target, force=force) as folder, work_folder(target, fresh=fresh) as work:
        coded = code_corpus(
            corpus,
            codebook,
            folder,
            book=study.codebook.parent,
            unit=unit,
            work=work,
            phases=study.phases,
            events=study.events,
            excel=study.output.excel,
            spread=spread,
            decisions=decided.by_document,
            progress=progress,
            notice=notice,
        )
        problems += located(coded.problems, study.corpus_folder)
        if not coded.counts["documents"]:
            forget(work)
            raise StudyError(
                "nothing to code: none of the {n} documents could be read",
                problems=problems,
                n=len(corpus.files),
            )
        if whole:
            from qualcode.project.passes import analyse

            known = at_home(problems, study)
            problems += analyse(folder, study, codebook, unit=unit, known=known, progress=progress)
        shown = in_order(problems)
        write_problems(folder, shown, study)
        counts = _totals(coded, shown)
        record = manifest(study, codebook, corpus, coded, folder, unit=unit, counts=counts, whole=whole)
        write_manifest(folder, record)
        files = tuple(files_of(folder))
    return Outcome(
        target, codebook.id, codebook.version, unit, counts, tuple(shown), files, coded.codes, coded.kept
    )


def usable_codebook(study: Study) -> tuple[Codebook, list[Problem]]:
    """Load a study's codebook with the study's coding settings; `StudyError` where it cannot be used."""
    from qualcode.codebook import load_codebook

    codebook, problems = load_codebook(study.codebook)
    if codebook is None:
        raise StudyError("the codebook cannot be used", problems=problems)
    if not any(code.rules for code in codebook.codes.values()):
        raise StudyError(
            "the codebook {name} has no code with a rule, so nothing can be coded",
            hint="write at least one code with 'rules:'; 'qualcode codebook new' shows how",
            problems=problems,
            name=study.codebook.name,
        )
    if study.coding.code_interviewers is not None:
        codebook = replace(codebook, code_interviewers=study.coding.code_interviewers)
    return codebook, problems


def _refuse_sources(study: Study) -> None:
    """Results must not be written over the sources, or over a folder that holds them."""
    target = study.results.resolve()
    sources = {study.corpus_folder.resolve(), study.codebook.resolve(), study.home.resolve()}
    for source in sorted(sources):
        if target == source or target in source.parents:
            raise UsageError(
                "results cannot go into {path}: the study's own files lie in it",
                hint="name another folder with --out",
                path=study.results,
            )


def write_problems(folder: Path, problems: Iterable[Problem], study: Study) -> None:
    """Write all problems as problems.csv, in English, paths named within the study."""
    rows = [
        (
            p.place.path,
            p.place.line or None,
            p.place.column or None,
            p.place.cell,
            p.severity,
            p.kind,
            p.message.format_map(p.values),
            p.hint.format_map(p.values),
        )
        for p in at_home(problems, study)
    ]
    with open_csv(folder / "problems.csv") as stream:
        write_rows(stream, "problems", rows, study.output.excel)


def _totals(coded: Coded, problems: Iterable[Problem]) -> dict[str, int]:
    totals = {name: int(coded.counts[name]) for name in COUNTS}
    for severity in ("error", "warning", "note"):
        totals[f"{severity}s"] = sum(p.severity == severity for p in problems)
    return totals


COUNTS = (
    "documents",
    "unread",
    "repeated",
    "interviews",
    "interviews_without_interviewer",
    "segments",
    "codable",
    "coded",
    "codings",
    "countable",
    "unassessed",
    "matches",
    "refused",
)
