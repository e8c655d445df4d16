"""How time and memory grow: every row that is planned, measured or not."""

# ruff: noqa: E501 - the lines are sentences of the report
from __future__ import annotations

from dataclasses import asdict

from benchmarks.growth import KEY, Row, of_code, of_run
from benchmarks.machine import Measured
from benchmarks.report.tables import NOT_MEASURED, figure, table

FILES = {"many": "many files", "one": "one file, Chinese"}
HEAD = ("MB", "", "workers", "segments", "codings", "CPU s", "CPU ms a MB", "seconds", "MB by second",
        "peak MB", "held MB", "load", "measured")  # fmt: skip


class Grown:
    """The rows that were measured, by what they measure."""

    def __init__(self, measured: Measured) -> None:
        self._rows = {tuple(row[name] for name in KEY): row for row in measured.get("growth", [])}

    def found(self, command: str, files: str, mb: float, workers: int = 0) -> Measured:
        """What was measured; `why` it was not, or nothing at all."""
        found: Measured = self._rows.get((command, files, mb, workers), {})
        return found

    def figures(self, name: str, command: str, files: str, mb: float) -> list[float]:
        """One figure, in one process: a list of one, or empty where there is none."""
        row = self.found(command, files, mb)
        return [row[name]] if name in row else []

    def slower(self, command: str) -> list[float]:
        """How much longer a MB of 1,000 MB takes than one of 100 MB, in one process."""
        few, many = self.found(command, "many", 100), self.found(command, "many", 1000)
        return [_by_mb(many) / _by_mb(few)] if "cpu" in few and "cpu" in many else []

    def rows(self, command: str) -> list[Row]:
        """What is planned and what was measured besides, in order: many files first, then by size."""
        planned = of_code() if command == "code" else of_run()
        known = {tuple(asdict(row).values()) for row in planned} | self._rows.keys()
        return [Row(*key) for key in sorted(known, key=_order) if key[0] == command]

    def without(self, command: str) -> list[Row]:
        """The rows of which nothing is known."""
        return [row for row in self.rows(command) if "cpu" not in self.found(*asdict(row).values())]


def _order(key: tuple[str, str, float, int]) -> tuple[bool, float, int]:
    return key[1] == "one", key[2], key[3]


def _by_mb(row: Measured) -> float:
    """Seconds of CPU for a MB."""
    return float(row["cpu"] / row["made_mb"])


def how_it_grows(measured: Measured) -> str:
    """Return the tables of `code` and of the whole `run`."""
    return (
        "## How it grows\n\nMade by the same generator (seed 2): half English, half Chinese, 500 terms of each language "
        "in 100 codes; the one large file is Chinese, with 500 terms in 50 codes. One run each, start-up included, a "
        "process with `--workers 1` or 2 and its children together. Peak memory is that of all processes; *held* "
        "is the most of it that no file stands behind, which the system cannot drop and read again. *Load*: how many "
        "programs ran in the minute before.\n\n### `qualcode code`: coding\n\n"
        + _table(measured, "code")
        + "\n\n### `qualcode run`: coding, all analyses, report\n\n"
        + _table(measured, "run")
    )


def _table(measured: Measured, command: str) -> str:
    grown = Grown(measured)
    return table(list(HEAD), [_cells(row, grown.found(*asdict(row).values())) for row in grown.rows(command)])


def _cells(row: Row, found: Measured) -> list[str]:
    first = [f"{row.mb:,g}", FILES[row.files], str(row.workers or "none")]
    if "cpu" not in found:
        return [*first, found.get("why", NOT_MEASURED), *[""] * (len(HEAD) - len(first) - 1)]
    return [
        *first,
        f"{found['segments']:,}",
        f"{found['codings']:,}",
        f"{found['cpu']:,.1f}",
        f"{1000 * _by_mb(found):.0f}",
        f"{found['wall']:,.1f}",
        figure(found["made_mb"] / found["wall"]),
        f"{found['peak_mb']:,.0f}",
        f"{found['held_mb']:,.0f}",
        f"{found['load']}",
        f"{found['when']}, {found['revision']}",
    ]
