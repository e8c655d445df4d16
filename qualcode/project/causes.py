"""The corrected causes of errors, from the file that people wrote them into."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qualcode.analysis.causes import Corrected, Key, corrections, key_of, with_causes
from qualcode.analysis.load import Row
from qualcode.cells import split_list
from qualcode.columns import RELIABILITY
from qualcode.corpus.sheetrows import TABLE_FORMATS, read_rows
from qualcode.problems import StudyError, UsageError, has_errors
from qualcode.review.sheet import same_words

FILE = "validation_errors.csv"
_KEYS = ("kind", "cause", "code", "segment_id")


def read_causes(path: Path) -> dict[Key, Corrected]:
    """Read what people wrote into a table of errors, as CSV or XLSX, saved by whatever program.

    Raises `StudyError` where it is no such table: nothing must be written over it then.
    """
    if path.suffix.lower() not in TABLE_FORMATS:
        raise UsageError("{path} is neither .csv nor .xlsx", hint="save it as one", path=path)
    if not path.is_file():
        raise UsageError("there is no file {path}", path=path)
    found, problems = read_rows(path.read_bytes(), str(path))
    rows: list[Row] = []
    for one in found:
        if not all(name in one.places for name in _KEYS):
            break
        guess = one.get("guess") or one.get("cause")
        cells = {**one.cells, "guess": guess}
        rows.append(
            tuple(
                split_list(cells.get(column.name, ""))
                if column.type == "list"
                else cells.get(column.name, "") != "no"
                if column.type == "yes_no"
                else cells.get(column.name, "")
                for column in RELIABILITY["validation_errors"]
            )
        )
    if has_errors(problems) or len(rows) < len(found):
        raise StudyError(
            "{path} is no table of errors that causes can be read from",
            hint="put back the columns kind, cause, code and segment_id, or move the file elsewhere",
            problems=problems,
            path=path,
        )
    return corrections(rows)


def corrected_errors(errors: Iterable[Row], corrected: dict[Key, Corrected]) -> list[Row]:
    """Put people's causes into the rows of errors, as far as the words are those they were written for."""
    held = list(errors)
    words = {key_of(row): str(row[-1]) for row in held}
    same = {key: same_words(one.text, words[key]) for key, one in corrected.items() if key in words}
    return with_causes(held, corrected, same)
