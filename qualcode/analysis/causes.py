"""Causes of errors that people corrected in `validation_errors.csv`: read back, kept, counted.

The program writes a guess; who knows better writes another cause over it. A later validation takes that cause
over for the same error: the same code, missed or wrongly given, on the same words. Where it is an error no
more the row stays, marked so, in case it comes back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.load import Row
from qualcode.analysis.validation import PROGRAM
from qualcode.columns import RELIABILITY

PERSON = "person"
Key = tuple[str, str, str]  # kind, code, segment
_AT = {column.name: n for n, column in enumerate(RELIABILITY["validation_errors"])}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A cause a person wrote, with the row of the table it stood in."""

    cause: str
    row: Row

    @property
    def text(self) -> str:
        return str(self.row[_AT["text"]])


def key_of(row: Sequence[object]) -> Key:
    """Return what tells one error from another."""
    kind, code, segment = (str(row[_AT[name]]) for name in ("kind", "code", "segment_id"))
    return kind, code, segment


def corrections(rows: Iterable[Row]) -> dict[Key, Corrected]:
    """Return the causes that people wrote: those that are not the guess, and those that once were not."""
    found = {}
    for row in rows:
        cause = str(row[_AT["cause"]]).strip()
        if cause and (cause != row[_AT["guess"]] or row[_AT["cause_by"]] == PERSON):
            found[key_of(row)] = Corrected(cause, row)
    return found


def with_causes(
    errors: Iterable[Row], corrected: Mapping[Key, Corrected], same: Mapping[Key, bool]
) -> list[Row]:
    """Put corrected causes into the rows of errors; those of errors that are none any more come last.

    `same` says whether the words of an error are those that a cause was written for.
    """
    rows: list[Row] = []
    used: set[Key] = set()
    for row in errors:
        key = key_of(row)
        one = corrected.get(key)
        if one is not None and same.get(key, True):
            used.add(key)
            row = _set(row, cause=one.cause, cause_by=PERSON)
        rows.append(row)
    left = sorted(key for key in corrected if key not in used)
    return [*rows, *(_set(corrected[key].row, cause_by=PERSON, stands=False) for key in left)]


def cause_rows(errors: Iterable[Row]) -> list[Row]:
    """Write the rows of `validation_causes`: errors by cause, and how many of the causes people wrote."""
    every: Counter[tuple[str, str]] = Counter()
    by_person: Counter[tuple[str, str]] = Counter()
    for row in errors:
        if row[_AT["stands"]]:
            key = (str(row[_AT["kind"]]), str(row[_AT["cause"]]))
            every[key] += 1
            by_person[key] += row[_AT["cause_by"]] != PROGRAM
    return [(*key, n, by_person[key]) for key, n in sorted(every.items())]


def _set(row: Row, **values: str | bool) -> Row:
    made = list(row)
    for name, value in values.items():
        made[_AT[name]] = value
    return tuple(made)
