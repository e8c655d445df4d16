"""From command-line options to a `Study`: the file where there is one, options over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.common import show_problems, words
from qualcode.cli.summary import nearer
from qualcode.problems import StudyError, UsageError

if TYPE_CHECKING:
    from qualcode.project.study import Study

UNITS = ("sentence", "clause", "turn", "paragraph", "article", "window")


def check_unit(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse an unknown unit as a mistake in the call."""
    from qualcode.corpus.settings import is_unit
    from qualcode.registry import did_you_mean

    if value is None or is_unit(value):
        return value
    meant = did_you_mean(value, UNITS).removeprefix("did you mean ").rstrip("?")
    known = ", ".join(UNITS)
    if meant:
        raise click.BadParameter(
            words("'{unit}' is not a unit; did you mean {guess}?", unit=value, guess=meant)
        )
    raise click.BadParameter(
        words("'{unit}' is not a unit; there are: {known}, window:k", unit=value, known=known)
    )


def study_from_options(
    study: Path | None,
    *,
    corpus: Path | None = None,
    codebook: Path | None = None,
    out: Path | None = None,
    unit: str | None = None,
    seed: int | None = None,
    excel: bool = False,
    parquet: bool = False,
    xlsx: bool = False,
    alone: bool = False,
) -> Study:
    """Make the study a call asks for.

    With a study file (named, or found upward from here unless `alone`) options override it. Corpus and
    codebook both given without a study make one of their own. Raises `UsageError` where neither is there and
    `StudyError` where the file cannot be used; its lesser problems are shown.
    """
    both = corpus is not None and codebook is not None
    found = None if study is None and (alone or both) else study_file(study)
    if found is None and (corpus is None or codebook is None):
        raise UsageError(
            "no qualcode.yaml in this folder or above it",
            hint="name a study, or give --corpus, --codebook and --out; 'qualcode init' begins a study",
        )
    texts = _folder(corpus) if corpus is not None else None
    book = _file(codebook) if codebook is not None else None
    if found is not None:
        made = _read(found, texts, book)
    else:
        assert texts is not None
        assert book is not None
        made = _without_file(texts, book, out)
    if out is not None:
        made = replace(made, results=out.absolute())
    if seed is not None:
        made = replace(made, seed=seed)
    output = made.output
    output = replace(
        output,
        excel=output.excel or excel,
        parquet=output.parquet or parquet,
        xlsx=output.xlsx or xlsx,
    )
    return replace(made, unit=unit or made.unit, output=output)


def study_file(study: Path | None) -> Path | None:
    """Return the study file a person names by folder or file, or the nearest one from here upward."""
    from qualcode.project.study import NAME, find_study

    if study is None:
        return find_study(Path.cwd())
    if study.is_dir():
        if (study / NAME).is_file():
            return study / NAME
        raise StudyError(
            "there is no {name} in {path}",
            hint="'qualcode init' begins a study; or give --corpus, --codebook and --out",
            name=NAME,
            path=study,
        )
    if not study.exists():
        raise UsageError("there is no folder {path}", path=study)
    return study


def _read(path: Path, corpus: Path | None, codebook: Path | None) -> Study:
    from qualcode.project.study import load_study

    study, problems = load_study(path, corpus=corpus, codebook=codebook)
    if study is None:
        raise StudyError("the study {path} cannot be used", problems=nearer(problems), path=path)
    show_problems(nearer(problems))
    return study


def _without_file(texts: Path, book: Path, out: Path | None) -> Study:
    from qualcode.project.study import Study

    if out is None:
        raise UsageError("where do results go?", hint="name a folder with --out")
    return Study(home=book.parent, corpus_folder=texts, codebook=book, results=out.absolute())


def _folder(path: Path) -> Path:
    if path.is_dir():
        return path.absolute()
    if path.exists():
        raise UsageError("{path} is a file", hint="name the folder it lies in", path=path)
    raise UsageError("there is no folder {path}", path=path)


def _file(path: Path) -> Path:
    if path.is_file():
        return path.absolute()
    if path.exists():
        raise UsageError("{path} is a folder", hint="name the codebook's YAML file", path=path)
    raise UsageError("there is no file {path}", path=path)
