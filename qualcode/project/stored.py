"""Tables of a result folder row by row, without loading them whole; and which documents stay out of lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from qualcode.columns import names
from qualcode.output.csvfile import read_rows
from qualcode.project.heldback import TEST
from qualcode.project.tablefiles import damaged, missing


class Stored:
    """A result folder. `open_test` gives out rows of documents kept for testing too."""

    def __init__(self, folder: Path, *, open_test: bool = False) -> None:
        self.folder = folder
        self.open_test = open_test

    @cached_property
    def kept_for_testing(self) -> tuple[str, ...]:
        """The documents kept for testing."""
        return tuple(str(row["document_id"]) for row in self._all("documents") if row["split"] == TEST)

    @property
    def withheld(self) -> tuple[str, ...]:
        """The documents whose rows are left out."""
        return () if self.open_test else self.kept_for_testing

    @property
    def opened(self) -> tuple[str, ...]:
        """The documents kept for testing whose rows are given out all the same."""
        return self.kept_for_testing if self.open_test else ()

    def rows(self, table: str) -> Iterator[dict[str, object]]:
        """Yield the rows of a table as maps by column.

        Raises `StudyError` where the folder has no such table, or one that is no table any more.
        """
        hidden = frozenset(self.withheld)
        return (row for row in self._all(table) if row["document_id"] not in hidden)

    def uncoded(self) -> set[str]:
        """Return the segments that could be coded and have no coding, countable or not."""
        coded = {str(row["segment_id"]) for row in self.rows("coded_segments")}
        return {
            str(row["segment_id"])
            for row in self.rows("segments")
            if row["codable"] and row["segment_id"] not in coded
        }

    def _all(self, table: str) -> Iterator[dict[str, object]]:
        path = self.folder / f"{table}.csv"
        if not path.is_file():
            raise missing(self.folder, table)
        header = names(table)
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                for row in read_rows(stream, table):
                    yield dict(zip(header, row, strict=True))
        except (ValueError, UnicodeDecodeError) as error:
            raise damaged(path, error) from error
