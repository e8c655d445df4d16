"""`qualcode corpus`: look at the material before anything is coded."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from qualcode.cli.common import (
    FINDINGS,
    FINE,
    example,
    json_option,
    print_json,
    say,
    show_problems,
)
from qualcode.cli.review import changes
from qualcode.cli.studies import check_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.corpus import Corpus, CorpusSettings
    from qualcode.model import Document
    from qualcode.problems import Problem

folder_argument = click.argument("folder", type=click.Path(path_type=Path), default=Path())
unit_option = click.option(
    "--unit",
    callback=check_unit,
    help="Coding unit: sentence, clause, turn, paragraph, article, window or window:k.",
)


@click.group(
    epilog=example(
        "qualcode corpus check interviews",
        "qualcode corpus sheet interviews",
        "qualcode corpus segments interviews --unit clause --out segments.csv",
    )
)
def corpus() -> None:
    """Look at the material before anything is coded."""


corpus.add_command(changes)


@corpus.command(epilog=example("qualcode corpus check interviews", "qualcode corpus check my_study --json"))
@folder_argument
@unit_option
@json_option
def check(folder: Path, unit: str | None, as_json: bool) -> int:
    """Show file by file what was understood: kind, dates, speakers, roles, segments, doubts.

    FOLDER is a folder of documents, or a study with a qualcode.yaml. Roles are declared, known by a label
    such as 访谈者, or unknown; what is only a guess is marked so and is never applied.
    """
    from qualcode.cli.overview import overview_record, show_overview
    from qualcode.corpus.overview import overview

    opened, own_unit, problems = open_folder(folder)
    seen = overview(opened, unit=unit or own_unit, problems=problems)
    if as_json:
        print_json(overview_record(seen))
    else:
        show_overview(seen)
    found = show_problems(below(opened.folder, seen.problems))
    return FINDINGS if seen.unread else found


@corpus.command(epilog=example("qualcode corpus sheet interviews"))
@folder_argument
def sheet(folder: Path) -> int:
    """Write documents.xlsx and speakers.xlsx into the corpus folder, to fill in with Excel.

    Run again, it adds rows for new documents and speakers and never changes a filled cell. What is filled in
    there is read by every command and wins over file names and front matter.
    """
    from qualcode.corpus.metadata_table import DOCUMENTS, SPEAKERS
    from qualcode.corpus.sheet import sheet_from_rows, sheets
    from qualcode.corpus.sheetrows import read_rows
    from qualcode.output.sheet_xlsx import write_sheet

    opened, _, problems = open_folder(folder)
    about_documents, about_speakers = sheets(read_all(opened, problems))
    for name, made in ((DOCUMENTS, about_documents), (SPEAKERS, about_speakers)):
        path, table = opened.folder / f"{name}.xlsx", opened.folder / f"{name}.csv"
        start = None
        if table.is_file() and not path.exists():
            rows, found = read_rows(table.read_bytes(), table.name)
            problems += found
            start = sheet_from_rows(made, rows)
        done = write_sheet(path, made, start=start)
        say("{path}: {rows} rows added", path=path, rows=done.rows)
        if start is not None:
            say("{path} holds all that {table} says and is read instead of it", path=path, table=table.name)
    return show_problems(below(opened.folder, problems))


@corpus.command(epilog=example("qualcode corpus segments interviews --out segments.csv"))
@folder_argument
@unit_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else stdout.")
@click.option("--excel", is_flag=True, help="Begin the CSV with a byte order mark, for Excel.")
def segments(folder: Path, unit: str | None, out: Path | None, excel: bool) -> int:
    """Write the segments as CSV, before anything is coded."""
    from qualcode.analysis.tables import segment_rows
    from qualcode.codebook.records import Codebook
    from qualcode.coding import CodedDocument
    from qualcode.corpus import segment_document
    from qualcode.output.csvfile import CsvWriter

    opened, own_unit, problems = open_folder(folder)
    unread = 0
    nothing, book = CodedDocument((), (), ()), Codebook("")
    with _to_write(out) as stream:
        writer = CsvWriter(stream, "segments", excel=excel)
        for document, found in opened.documents():
            problems += found
            if document is None:
                unread += 1
                continue
            cut, found = segment_document(document, unit or own_unit)
            problems += found
            writer.extend(segment_rows(document, cut, nothing, book))
    say("{n} segments", n=writer.rows)
    found_any = show_problems(below(opened.folder, problems))
    return FINDINGS if found_any or unread else FINE


@contextmanager
def _to_write(out: Path | None) -> Iterator[TextIO]:
    """A file, or stdout: as CSV wants it, UTF-8 and with its own line ends whatever the console."""
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    told = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        yield told
    finally:
        told.detach()  # written out, and not closed: stdout is not ours


def read_all(opened: Corpus, problems: list[Problem]) -> Iterator[Document]:
    """Yield the documents that can be read; what is wrong goes to `problems`."""
    for document, found in opened.documents():
        problems += found
        if document is not None:
            yield document


def open_folder(folder: Path) -> tuple[Corpus, str, list[Problem]]:
    """Open the corpus a person names by its folder or by the study it belongs to; also return the unit.

    Of a study only its corpus is read, so that it can be looked at before there is a codebook. Raises
    UsageError where there is no such folder, StudyError where the study's corpus cannot be understood.
    """
    from qualcode.corpus import CorpusSettings, open_corpus
    from qualcode.problems import UsageError
    from qualcode.project.study import NAME

    if folder.is_file() and folder.name != NAME:
        raise UsageError("{path} is a file", hint="name the folder it lies in", path=folder)
    if not folder.exists():
        raise UsageError("there is no folder {path}", path=folder)
    study = folder if folder.is_file() else folder / NAME
    settings, unit = CorpusSettings(), ""
    problems: list[Problem] = []
    if study.is_file():
        settings, unit, problems = _corpus_of(study)
        folder = study.parent / (settings.folder or "corpus")
    opened, found = open_corpus(folder, settings)
    return opened, unit or settings.unit or "sentence", [*problems, *found]


def _corpus_of(study: Path) -> tuple[CorpusSettings, str, list[Problem]]:
    """Read what a study says of its corpus and unit."""
    from qualcode.corpus.settings import is_unit, read_settings
    from qualcode.problems import StudyError, has_errors
    from qualcode.yamlnodes import decode_yaml, read_yaml

    text, problems = decode_yaml(study.read_bytes(), str(study))
    node, found = read_yaml(text or "", str(study))
    problems += found
    settings, found = read_settings(node.get("corpus") if node is not None else None)
    problems += found
    if has_errors(problems):
        raise StudyError("the corpus of {path} cannot be understood", problems=problems, path=study)
    unit = node.get("unit") if node is not None else None
    return settings, unit.text if unit is not None and is_unit(unit.text) else "", problems


def below(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Problems with paths as a person here would write them; the corpus knows them from its own folder."""
    return [
        replace(p, place=replace(p.place, path=(folder / p.place.path).as_posix()))
        if p.place.path and (folder / p.place.path).exists()
        else p
        for p in problems
    ]
