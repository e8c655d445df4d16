"""Result tables as CSV: UTF-8, RFC 4180 (lines end in CR LF), safe in a spreadsheet, read back unchanged.

Rows are written as they come, so a table never has to fit in memory. `excel=True` puts a byte order mark in
front, without which Excel reads Chinese as if it were Latin. Words that a spreadsheet would run as a formula
get an apostrophe before them (`qualcode.cells`); numbers do not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TextIO

from qualcode.cells import cell_value, unguard
from qualcode.columns import TABLES, Column
from qualcode.csvlines import Rows, csv_blocks

BOM = "\ufeff"
# One cell may hold an article or a turn of forty minutes; the library's own limit is 131,072 characters.
csv.field_size_limit(2**31 - 1)


def columns_of(table: str | Sequence[Column], more: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return the columns of a table by name (or as given), followed by count columns named in `more`.

    `more` is for wide tables with one column per code, such as `document_code`.
    """
    known = TABLES[table] if isinstance(table, str) else tuple(table)
    return (*known, *(Column(name, "int", "countable segments with this code") for name in more))


class CsvWriter:
    """Writes rows of one table to a text stream opened with `newline=""` and UTF-8."""

    def __init__(
        self,
        stream: TextIO,
        table: str | Sequence[Column],
        *,
        excel: bool = False,
        more: Iterable[str] = (),
    ) -> None:
        self.columns = columns_of(table, more)
        self.rows = 0
        self._kinds = tuple(column.type for column in self.columns)
        self._stream = stream
        if excel:
            stream.write(BOM)
        stream.writelines(
            csv_blocks([[column.name for column in self.columns]], ["text"] * len(self.columns))
        )

    def extend(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows, some thousand at a time; those that write themselves (`Rows`) do, to the same bytes.

        A row of another width than the table is a mistake in the caller: `ValueError`.
        """
        if isinstance(rows, Rows):
            self._stream.writelines(rows.blocks())
            self.rows += len(rows)
            return
        self._stream.writelines(csv_blocks(self._counted(rows), self._kinds))

    def _counted(self, rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
        for row in rows:
            self.rows += 1
            yield row


def write_rows(
    stream: TextIO,
    table: str | Sequence[Column],
    rows: Iterable[Sequence[object]],
    excel: bool = False,
    *,
    more: Iterable[str] = (),
) -> int:
    """Write a header and rows; return how many rows.

    `table` is a name of `columns.TABLES` or a sequence of columns. No rows give a file with a header alone.

    >>> import io
    >>> out = io.StringIO()
    >>> write_rows(out, [Column("code", "text", ""), Column("n", "int", "")], [("=A", -1)])
    1
    >>> out.getvalue()
    "code,n\\r\\n'=A,-1\\r\\n"
    """
    writer = CsvWriter(stream, table, excel=excel, more=more)
    writer.extend(rows)
    return writer.rows


def read_rows(
    stream: TextIO | IO[str], table: str | Sequence[Column], *, more: Iterable[str] = ()
) -> Iterator[tuple[object, ...]]:
    """Read back what `write_rows` wrote: tuples of values in the order of the table's columns.

    Columns are found by name, ones the table does not know are passed over. Empty numbers are `None`.
    Raises `ValueError`, naming line and column, where a column is missing or a number is none.
    """
    wanted = columns_of(table, more)
    lines = csv.reader(stream)
    header = [unguard(name) for name in next(lines, [])]
    if header and header[0].startswith(BOM):
        header[0] = unguard(header[0][1:])
    missing = [column.name for column in wanted if column.name not in header]
    if missing:
        raise ValueError(f"no column {', '.join(missing)}")
    places = [header.index(column.name) for column in wanted]
    for cells in lines:
        if not cells:
            continue
        values = []
        for column, place in zip(wanted, places, strict=True):
            try:
                values.append(cell_value(cells[place] if place < len(cells) else "", column.type))
            except ValueError as error:
                raise ValueError(f"line {lines.line_num}, column {column.name}: {error}") from None
        yield tuple(values)


def open_csv(path: Path) -> TextIO:
    """Open a table for writing as `CsvWriter` wants it. A lone surrogate is written as an escape."""
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
