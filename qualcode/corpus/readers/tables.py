"""Read tables (.csv .tsv .xlsx) of documents or of turns.

With a column of speakers, rows are turns: those of one document (by the document column, else all) follow
each other in the order of the table. Without one, each row is a document, and rows that name the same
document are its paragraphs. A column of names that never come back (`姓名`, `respondent`) is no column of
speakers. Which column is what is said by `columns` in `qualcode.yaml`, or guessed by its name; every
other column is metadata, as long as it says one thing throughout a document.

Refuses: a table without a column of text (the columns it has are listed), a damaged or locked workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from qualcode.corpus.clock import clock_times
from qualcode.corpus.extract import Extract, Piece, ReadOptions, lay_out
from qualcode.corpus.guard import guarded
from qualcode.corpus.readers.csv_rows import csv_sheet
from qualcode.corpus.readers.sheets import Sheet
from qualcode.corpus.readers.table_columns import Columns, find_columns
from qualcode.corpus.readers.xlsx_rows import xlsx_sheets
from qualcode.problems import Place, Problem, problem

extensions = (".csv", ".tsv", ".xlsx")


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    rows: list[tuple[int, tuple[str, ...]]]  # row number and cells


@guarded
def read_table(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read a table into one extract for each of its documents, in the order they first appear."""
    if name.lower().endswith(".xlsx"):
        problems: list[Problem] = []
        sheets, encoding = xlsx_sheets(data, name, options.sheet), ""
    else:
        table, problems, encoding = csv_sheet(data, name, options.encoding)
        if not table:
            return [], problems
        sheets = [table]
    chosen = _with_text(sheets, options)
    if chosen is None:
        return [], [*problems, _no_text_column(sheets, name, options)]
    sheet, columns = chosen
    problems += [_missing(name, key, wanted, sheet) for key, wanted in columns.missing]
    if columns.people and _all_differ(sheet, columns.roles["speaker"]):
        columns = columns.without_speaker()
    documents = _documents(sheet, columns, PurePosixPath(name).stem)
    extracts = []
    left_out: set[str] = set()
    for document in documents:
        extract = _extract(document, columns, encoding, left_out)
        if extract.text:
            extracts.append(extract)
    if left_out:
        problems.append(_differs(name, [key for key in columns.metadata if key in left_out]))
    if not extracts:
        problems.append(problem("no-text", Place(name), "its column of text is empty", hint="get a new copy"))
    return extracts, problems


def _with_text(sheets: Sequence[Sheet], options: ReadOptions) -> tuple[Sheet, Columns] | None:
    """The first sheet with a column of text."""
    for sheet in sheets:
        columns = find_columns(sheet.header, options.columns)
        if columns.has("text"):
            return sheet, columns
    return None


def _all_differ(sheet: Sheet, at: int) -> bool:
    values = [row[at].strip() for _, row in sheet.rows]
    return len(set(values)) == len(values)


def _documents(sheet: Sheet, columns: Columns, whole: str) -> list[_Document]:
    at = columns.roles.get("document")
    speaking = columns.has("speaker")
    named = [(number, row, row[at].strip() if at is not None else "") for number, row in sheet.rows]
    values = [name for _, _, name in named if name]
    if at is not None and speaking and columns.counting and len(set(values)) == len(values) > 1:
        named = [(number, row, whole) for number, row, _ in named]  # it only counts the turns
    documents: dict[str, _Document] = {}
    last = ""
    for number, row, name in named:
        if speaking:
            # Merged cells and hand-typed tables name a document only at its first row.
            last = name = name or last or (whole if at is None else f"row{number}")
        key = name or f"row{number}"
        documents.setdefault(key, _Document(key, [])).rows.append((number, row))
    return list(documents.values())


def _extract(document: _Document, columns: Columns, encoding: str, left_out: set[str]) -> Extract:
    def cell(row: tuple[str, ...], role: str) -> str:
        at = columns.roles.get(role)
        return row[at].strip() if at is not None else ""

    rows = [row for _, row in document.rows if cell(row, "text")]
    starts = clock_times(cell(row, "time") for row in rows)
    ends = clock_times(cell(row, "time_end") for row in rows)
    pieces: list[Piece] = []
    for row, start, end in zip(rows, starts, ends, strict=True):
        text, speaker = cell(row, "text"), cell(row, "speaker")
        if columns.has("speaker"):
            pieces.append(Piece(text, speaker=speaker, time=start, time_end=end))
        else:
            pieces += [Piece(line, time=start, time_end=end) for line in text.splitlines()]
    metadata = {}
    for key, at in columns.metadata.items():
        values = {row[at].strip() for _, row in document.rows} - {""}
        if len(values) == 1:
            metadata[key] = values.pop()
        elif values:
            left_out.add(key)
    return lay_out(pieces, metadata=metadata, encoding=encoding, name=document.name)


def _no_text_column(sheets: Sequence[Sheet], name: str, options: ReadOptions) -> Problem:
    header = next((sheet.header for sheet in sheets if any(sheet.header)), ())
    seen = ", ".join(column.strip() for column in header if column.strip())
    if not seen:
        return problem("empty-file", Place(name), "the table is empty", hint="remove it, or get a new copy")
    wanted = options.columns.get("text", "")
    if wanted:
        return problem(
            "no-text-column",
            Place(name),
            "the table has no column '{wanted}'; it has: {seen}",
            hint="name the column of text in qualcode.yaml, under corpus: columns: text:",
            wanted=wanted,
            seen=seen[:300],
        )
    return problem(
        "no-text-column",
        Place(name),
        "no column of this table is known to hold the text; it has: {seen}",
        hint="name it in qualcode.yaml, under corpus: columns: text:, or call it text",
        seen=seen[:300],
    )


def _missing(name: str, key: str, wanted: str, sheet: Sheet) -> Problem:
    return problem(
        "no-such-column",
        Place(name),
        "the table has no column '{wanted}' for {key}; it has: {seen}",
        hint="correct it in qualcode.yaml, under corpus: columns:",
        severity="warning",
        wanted=wanted,
        key=key,
        seen=", ".join(c.strip() for c in sheet.header if c.strip())[:300],
    )


def _differs(name: str, keys: Sequence[str]) -> Problem:
    return problem(
        "column-left-out",
        Place(name),
        "columns that say different things within one document are left out: {columns}",
        hint="what is true of a document is the same in all its rows",
        severity="note",
        columns=", ".join(keys),
    )
