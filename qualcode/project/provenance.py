"""Paths that mean the same wherever a study lies, and what a manifest says a run was made from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.corpus import Corpus
from qualcode.problems import Problem, in_order
from qualcode.project.codedbefore import shape_of
from qualcode.project.decisions import study_journals
from qualcode.project.manifest import Fingerprint, fingerprint, machine, outputs_of, versions
from qualcode.project.study import Study

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.project.coding import Coded

BESIDE = ("documents.csv", "documents.xlsx", "speakers.csv", "speakers.xlsx")  # tables read with a corpus
SIDECARS = ("*.meta.yaml", "*.meta.yml")


def located(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """Give the full path to problems that name a file within a folder."""
    return [
        p if not p.place.path or Path(p.place.path).is_absolute() else moved(p, folder / p.place.path)
        for p in problems
    ]


def moved(problem: Problem, path: Path | str) -> Problem:
    return replace(problem, place=replace(problem.place, path=str(path)))


def within(path: str, study: Study) -> str:
    """Name a file the same wherever the study lies: within the corpus, beside the codebook or the study."""
    if not path or not Path(path).is_absolute():
        return path
    for root in (study.corpus_folder, study.codebook.parent, study.home):
        try:
            return Path(path).absolute().relative_to(root.absolute()).as_posix()
        except ValueError:
            continue
    try:
        return Path(os.path.relpath(path, study.home)).as_posix()
    except ValueError:  # another drive on Windows
        return Path(path).name


def at_home(problems: Iterable[Problem], study: Study) -> list[Problem]:
    """Problems in their order, no path in them or in their words saying where the study lies."""
    return in_order(
        replace(
            moved(p, within(p.place.path, study)),
            values={name: _plain(value, study) for name, value in p.values.items()},
        )
        for p in problems
    )


def _plain(value: object, study: Study) -> object:
    """A value as shown, any path of this machine in it named within the study."""
    if isinstance(value, Path):
        return within(str(value), study)
    if isinstance(value, str):
        for root in (study.corpus_folder, study.codebook.parent, study.home):
            value = value.replace(f"{root}{os.sep}", "").replace(f"{root.as_posix()}/", "")
    return value


def manifest(
    study: Study,
    codebook: Codebook,
    corpus: Corpus,
    coded: Coded,
    folder: Path,
    *,
    unit: str,
    counts: Mapping[str, int],
    whole: bool,
) -> dict[str, object]:
    """Say what a result folder was made from and holds; see `qualcode.project.manifest`."""
    return {
        "scope": "run" if whole else "code",
        "codebook": {"id": codebook.id, "version": codebook.version},
        "unit": unit,
        "seed": study.seed,
        "options": {
            "network": asdict(study.network),
            "timeline": asdict(study.timeline),
            "analyses": asdict(study.analyses),
            "coding": {name: v for name, v in asdict(study.coding).items() if name != "runner"},
            "output": {name: v for name, v in asdict(study.output).items() if name != "folder"},
            "language": study.language,
        },
        "versions": versions(),
        "counts": dict(counts),
        "failures": sorted(name for name in (f.name for f in corpus.files) if name not in coded.read),
        "inputs": inputs(study, codebook, corpus, coded),
        "outputs": outputs_of(folder),
        "made": {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "shape": shape_of(corpus, codebook, unit),
            "from": {
                "study": _way(study.file, study.results),
                "corpus": _way(study.corpus_folder, study.results),
                "codebook": _way(study.codebook, study.results),
            },
        },
    }


def inputs(
    study: Study, codebook: Codebook, corpus: Corpus, coded: Coded
) -> dict[str, dict[str, Fingerprint]]:
    """Fingerprint all that was read: documents as they were read, and the files beside them."""
    documents = dict(coded.read)
    beside = [study.corpus_folder / name for name in BESIDE]
    beside += [path for pattern in SIDECARS for path in study.corpus_folder.rglob(pattern)]
    beside += [file.path for file in corpus.files if file.name not in documents]
    for path in beside:
        name = path.relative_to(study.corpus_folder).as_posix()
        wanted = not path.name.startswith(("._", "~$")) and not study.corpus.ignores(name)
        if wanted and path.is_file() and os.access(path, os.R_OK):
            documents[name] = fingerprint(path)
    found: dict[str, dict[str, Fingerprint]] = {
        "corpus": {name: documents[name] for name in sorted(documents)},
        "codebook": {name: {"sha256": digest} for name, digest in codebook.files},
        "study": {},
    }
    for part in (study.file, study.events_file, study.claims, study.validation):
        if part is not None:
            found["study"][within(str(part), study)] = fingerprint(part)
    for journal in study_journals(study):
        found["study"][within(str(journal), study)] = fingerprint(journal)
    return found


def _way(path: Path | None, results: Path) -> str:
    """The way from the results to an input, so that both can be moved together."""
    if path is None:
        return ""
    try:
        return Path(os.path.relpath(path, results)).as_posix()
    except ValueError:
        return path.as_posix()
