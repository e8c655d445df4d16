"""A table as read, before anybody asks what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it, each with its number in the file and as many cells as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def sheet_of(name: str, rows: Iterable[tuple[int, list[str]]]) -> Sheet | None:
    """Take the first row with two cells filled (or the first filled, where none has two) for the header.

    Titles above a table fill one cell. Blank rows are dropped; short rows are filled up, long ones cut.
    """
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return None
    first = next((i for i, (_, row) in enumerate(filled[:20]) if sum(map(bool, map(str.strip, row))) > 1), 0)
    header = filled[first][1]
    while header and not header[-1].strip():
        header = header[:-1]
    return Sheet(name, tuple(header), tuple(_fitted(filled[first + 1 :], len(header))))


def _fitted(rows: Iterable[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in rows:
        yield number, (*row[:width], *[""] * (width - len(row)))
