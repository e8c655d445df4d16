"""From the four tables of a coding pass to everything else in a result folder.

Each pass is one function: it takes the tables, and writes files. They run in the order of `passes`; one is
added by writing it and naming it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.load import read_table
from qualcode.output.csvfile import open_csv, write_rows
from qualcode.problems import Problem
from qualcode.project.study import Study
from qualcode.registry import Registry

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook import Codebook
    from qualcode.project.coding import Progress


@dataclass(eq=False)
class Results:
    """A result folder in the making: what passes read from and write to."""

    folder: Path
    study: Study
    codebook: Codebook
    unit: str
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def documents(self) -> pd.DataFrame:
        return read_table(self.folder / "documents.csv", "documents")

    @cached_property
    def segments(self) -> pd.DataFrame:
        return read_table(self.folder / "segments.csv", "segments")

    @cached_property
    def codings(self) -> pd.DataFrame:
        return read_table(self.folder / "coded_segments.csv", "coded_segments")

    @cached_property
    def matches(self) -> pd.DataFrame:
        return read_table(self.folder / "matches.csv", "matches")

    def write(self, table: str, frame: pd.DataFrame, *, more: Iterable[str] = ()) -> None:
        """Write one table as CSV; `more` names its further columns."""
        with open_csv(self.folder / f"{table}.csv") as stream:
            rows = frame.itertuples(index=False, name=None)
            write_rows(stream, table, rows, self.study.output.excel, more=more)


Pass = Callable[[Results], None]


def network(results: Results) -> None:
    """Which codes travel together: `cooccurrence_nodes.csv`, `cooccurrence_edges.csv`."""
    from qualcode.analysis.cooccurrence import cooccurrence

    nodes, edges = cooccurrence(
        results.documents,
        results.segments,
        results.codings,
        results.codebook,
        units=results.study.network.units,
        seed=results.study.seed,
    )
    results.write("cooccurrence_nodes", nodes)
    results.write("cooccurrence_edges", edges)


passes: Registry[Pass] = Registry("pass", {"network": network})


def analyse(
    folder: Path, study: Study, codebook: Codebook, *, unit: str, progress: Progress | None = None
) -> list[Problem]:
    """Make every analysis of a study from the tables in a folder; return what is wrong or weak."""
    results = Results(folder, study, codebook, unit)
    for done, (name, make) in enumerate(passes.items(), 1):
        if progress is not None:
            progress(name, done - 1, len(passes))
        make(results)
    return results.problems
