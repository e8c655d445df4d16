"""Cells of a CSV file by their places in its bytes: found for many lines at once, made when asked for.

    file = CsvFile(path, width)
    for lines in file.lines():         # all of it, some megabytes at a time; places are remembered
        lines.texts(column)
    file.texts(column, rows)           # afterwards: some rows

A cell in quotes may hold commas, quotes and line breaks. All lines have the same number of cells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

STRIDE = 64  # rows between two places in a file that are remembered
BLOCK = 4 << 20  # bytes looked at in one go
COMMA, QUOTE, LINE, RETURN = b',"\n\r'
BOM = b"\xef\xbb\xbf"


class Lines(NamedTuple):
    """Whole lines: their bytes, and the place of what ends each cell, an array lines by columns."""

    raw: bytes
    marks: Any

    def __len__(self) -> int:
        return len(self.marks)

    @property
    def size(self) -> int:
        """How many bytes the lines take."""
        return int(self.marks[-1, -1]) + 1 if len(self) else 0

    def begins(self) -> Any:
        """Where each line begins."""
        made = np.zeros(len(self), dtype=np.int64)
        made[1:] = self.marks[:-1, -1] + 1
        return made

    def cells(self, column: int, rows: Any = slice(None)) -> tuple[Any, Any]:
        """Where the cells of a column begin and end in the bytes, in quotes where they are."""
        begins = self.marks[rows, column - 1] + 1 if column else self.begins()[rows]
        ends = self.marks[rows, column]
        if column == self.marks.shape[1] - 1:
            signs = np.frombuffer(self.raw, dtype=np.uint8)
            ends = ends - ((ends > begins) & (signs[ends - 1] == RETURN))
        return begins, ends

    def texts(self, column: int, rows: Any = slice(None)) -> list[str]:
        """The cells of a column as text."""
        raw = self.raw
        begins, ends = self.cells(column, rows)
        made = [str(raw[a:b], "utf-8") for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]
        quoted = np.frombuffer(raw, dtype=np.uint8)[begins] == QUOTE
        for n in np.flatnonzero(quoted).tolist():
            made[n] = unquoted(made[n])
        return made


def unquoted(cell: str) -> str:
    """Take a cell out of its quotes, if it has any.

    >>> unquoted('"a ""b"", c"'), unquoted("a")
    ('a "b", c', 'a')
    """
    if not cell.startswith('"'):
        return cell
    inner = cell[1:-1]
    if '"' not in inner and cell.endswith('"') and len(cell) > 1:
        return inner
    return next(csv.reader([cell]))[0]


def cut(raw: bytes, width: int) -> Lines:
    """Cut bytes into lines of so many cells each; what follows the last line end is left out.

    Raises `ValueError` where a line has fewer cells or more.
    """
    signs = np.frombuffer(raw, dtype=np.uint8)
    marks = np.flatnonzero((signs == COMMA) | (signs == LINE) | (signs == QUOTE))
    kinds = signs[marks]
    quotes = kinds == QUOTE
    if quotes.any():
        outside = ~(quotes | np.logical_xor.accumulate(quotes))
        marks, kinds = marks[outside], kinds[outside]
    ends = np.flatnonzero(kinds == LINE)
    if (ends != np.arange(1, len(ends) + 1) * width - 1).any():
        raise ValueError("a row has too few cells, or too many")
    return Lines(raw, marks[: len(ends) * width].reshape(len(ends), width))


class CsvFile:
    """A CSV file whose first line is its header. It must stay as it is while somebody reads from it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as stream:
            raw = stream.readline()
            while raw.count(b'"') % 2 and (more := stream.readline()):
                raw += more
            self._first = stream.tell()
        self.header: list[str] = next(csv.reader([raw.decode("utf-8-sig")], strict=True), [])
        self.rows = 0  # known when all lines were gone through, as are
        self._places: Any = np.zeros(0, dtype=np.int64)  # the places of every STRIDE-th row and of the end

    def lines(self) -> Iterator[Lines]:
        """Yield all lines after the header; then it is known where they stand.

        Raises `ValueError` for a line with too few cells or too many.
        """
        kept: list[Any] = []
        rows, at, raw = 0, self._first, b""
        with self.path.open("rb") as stream:
            stream.seek(at)
            while (block := stream.read(BLOCK)) or raw:
                raw = _ended(raw + block) if not block else raw + block
                found = cut(raw, len(self.header))
                if not block and found.size < len(raw):
                    raise ValueError("its rows do not end where they should")
                if len(found):
                    kept.append(found.begins()[-rows % STRIDE :: STRIDE] + at)
                    yield found
                rows, at, raw = rows + len(found), at + found.size, raw[found.size :]
        self.rows = rows
        self._places = np.concatenate([*kept, np.array([at])])

    def texts(self, column: int, rows: Any) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the cells of rows that come in ascending order, some at a time: from, to, and their text."""
        for low, high, _, lines, some in self._read(rows):
            yield low, high, lines.texts(column, some)

    def spans(self, column: int, rows: Any) -> Iterator[tuple[Any, Any]]:
        """Yield where the cells of rows that come in ascending order begin and end in the file."""
        for _, _, place, lines, some in self._read(rows):
            begins, ends = lines.cells(column, some)
            yield begins + place, ends + place

    def _read(self, rows: Any) -> Iterator[tuple[int, int, int, Lines, Any]]:
        """Read the lines around rows: from, to, where these lines begin, and the rows as rows of theirs."""
        block = rows // STRIDE
        with self.path.open("rb") as stream:
            for low, high in self._together(block):
                first, last = int(block[low]), int(block[high - 1])
                begin, end = int(self._places[first]), int(self._places[last + 1])
                stream.seek(begin)
                lines = cut(_ended(stream.read(end - begin)), len(self.header))
                yield low, high, begin, lines, rows[low:high] - first * STRIDE

    def _together(self, block: Any) -> Iterator[tuple[int, int]]:
        """Stretches of rows whose blocks are read together: neighbours, some megabytes of them."""
        if not len(block):
            return
        apart = np.diff(block) > 1
        apart |= np.diff(self._places[block] // BLOCK) > 0
        edges = (np.flatnonzero(apart) + 1).tolist()
        yield from zip([0, *edges], [*edges, len(block)], strict=True)


def _ended(raw: bytes) -> bytes:
    """The last line of a file may lack its end."""
    return raw if not raw or raw.endswith(b"\n") else raw + b"\n"
