"""Rows of a CSV file, whatever encoding and separator Excel or a survey tool chose."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from qualcode.corpus.encoding import decode
from qualcode.corpus.readers.sheets import Sheet, sheet_of
from qualcode.problems import Place, Problem, problem

_SEPARATORS = ",\t;|"
LONGEST = 10_000_000  # characters of one cell


def csv_sheet(data: bytes, name: str, encoding: str) -> tuple[Sheet | None, list[Problem], str]:
    """Return the table (None: it could not be read), what is wrong with it, and its encoding."""
    decoded = decode(data, name, encoding=encoding)
    problems = list(decoded.problems)
    if decoded.text is None:
        return None, problems, ""
    text = decoded.text.removeprefix("\ufeff")
    separator = separator_of(text, tabbed=name.lower().endswith(".tsv"))
    text = re.sub(r"\Asep=.\r?\n", "\n", text)
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        sheet = sheet_of("", list(_numbered(reader)))
    except csv.Error as error:
        problems.append(
            problem(
                "damaged-file",
                Place(name, reader.line_num),
                "the table is damaged here: {error}",
                hint="look for a quotation mark that is not closed",
                error=str(error),
            )
        )
        return None, problems, decoded.encoding
    if sheet is None:
        problems.append(
            problem("empty-file", Place(name), "the table is empty", hint="remove it, or get a new copy")
        )
    return sheet, problems, decoded.encoding


def separator_of(text: str, *, tabbed: bool = False) -> str:
    """The separator of a table: the one Excel names in a `sep=` line, else the commonest in the first lines.

    >>> separator_of("id;text\\n1;yes, of course\\n"), separator_of("text\\nyes, of course\\n")
    (';', ',')
    """
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named[1]
    if tabbed:
        return "\t"
    first = text.lstrip("\r\n").split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", first)
    best = max(_SEPARATORS, key=lambda s: (bare.count(s), -_SEPARATORS.index(s)))
    return best if best in bare else ","


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1  # type: ignore[attr-defined]
