"""From the four tables of a coding pass to everything else in a result folder.

Each pass is one function: it takes the tables, and writes files. They run in the order of `passes`; one is
added by writing it and naming it there.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.analysis.basis import CURRENT, DECIDED, basis_rows, on_basis, resting
from qualcode.analysis.framerows import FrameRows
from qualcode.analysis.load import read_table
from qualcode.analysis.once import remembering
from qualcode.model import MACHINE
from qualcode.output.csvfile import columns_of, open_csv, write_rows
from qualcode.problems import Problem, StudyError
from qualcode.project.coding import TABLES
from qualcode.project.drawings import Drawn, draw_network, draw_timeline, write_report
from qualcode.project.memory import give_back, kept_small
from qualcode.project.study import Study
from qualcode.project.tablefiles import damaged, missing
from qualcode.registry import Registry

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.given import Made, Remark
    from qualcode.codebook import Codebook
    from qualcode.project.coding import Progress


AMPLE = 600_000_000  # bytes a process may take before columns in files are let go time and again


@dataclass(eq=False)
class Results:
    """A result folder: passes read its tables and write into `out`, which is the folder itself in a run."""

    folder: Path
    study: Study
    codebook: Codebook
    unit: str
    out: Path
    known: Sequence[Problem] = ()  # of reading and coding, as the report tells them
    problems: list[Problem] = field(default_factory=list)  # of the analyses
    drawn: dict[str, Drawn] = field(default_factory=dict)  # figures by name
    made: dict[str, pd.DataFrame] = field(default_factory=dict)  # tables of the network and the timeline
    analysed: dict[str, Made] = field(default_factory=dict)  # named analyses, as far as they could be made
    network_page: dict[str, Any] = field(default_factory=dict)  # what network.html shows
    unasked: dict[str, Remark] = field(default_factory=dict)  # why the others could not
    reasons: list[Remark] = field(default_factory=list)  # of the verdicts on claims, row by row
    tables: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(TABLES, ()))
    basis: str = CURRENT  # whose codings: see analysis.basis

    @cached_property
    def documents(self) -> pd.DataFrame:
        return _read(self.folder / "documents.csv", "documents")

    @cached_property
    def segments(self) -> pd.DataFrame:
        return _read(self.folder / "segments.csv", "segments")

    @cached_property
    def raw_codings(self) -> pd.DataFrame:
        """The table as it is: what counts now."""
        return _read(self.folder / "coded_segments.csv", "coded_segments")

    @cached_property
    def codings(self) -> pd.DataFrame:
        return on_basis(self.raw_codings, self.segments, self.documents, self.codebook, self.basis)

    @cached_property
    def by_machine(self) -> pd.DataFrame:
        """The codings as the machine made them, whatever the basis is."""
        if self.basis == MACHINE:
            return self.codings
        return on_basis(self.raw_codings, self.segments, self.documents, self.codebook, MACHINE)

    @cached_property
    def matches(self) -> pd.DataFrame:
        return _read(self.folder / "matches.csv", "matches")

    def write(self, table: str, rows: Iterable[Sequence[object]], *, more: Sequence[str] = ()) -> None:
        """Write one table as CSV; `more` names its further columns."""
        with open_csv(self.out / f"{table}.csv") as stream:
            write_rows(stream, table, rows, self.study.output.excel, more=more)
        self.tables[table] = tuple(more)


def _read(path: Path, table: str) -> pd.DataFrame:
    """Read one table of a result folder; one that is gone or damaged is a `StudyError`."""
    if not path.is_file():
        raise missing(path.parent, table)
    try:
        return read_table(path, table)
    except (StudyError, ValueError, csv.Error) as error:
        raise damaged(path, error) from error


def rows_of(frame: pd.DataFrame, table: str) -> FrameRows:
    """The rows of the data frame of a table, as writers take them."""
    return FrameRows(frame, columns_of(table))


Pass = Callable[[Results], None]


def network(results: Results) -> None:
    """Which codes travel together: two tables, and the network as files to look at and to open elsewhere."""
    from qualcode.analysis.cooccurrence import cooccurrence
    from qualcode.analysis.meetings import Met
    from qualcode.analysis.passages import Passages, passages_of

    behind: dict[str, Passages] = {}

    def look(met: Met) -> None:
        behind[met.found.unit] = passages_of(met)

    nodes, edges = cooccurrence(
        results.documents,
        results.segments,
        results.codings,
        results.codebook,
        units=results.study.network.units,
        basis=resting(results.codings, results.basis).name,
        seed=results.study.seed,
        look=look,
    )
    _write_basis(results)
    results.made |= {"nodes": nodes, "edges": edges}
    results.write("cooccurrence_nodes", rows_of(nodes, "cooccurrence_nodes"))
    results.write("cooccurrence_edges", rows_of(edges, "cooccurrence_edges"))
    draw_network(results, nodes, edges, behind)


def _write_basis(results: Results) -> None:
    """What tables and figures rest on, code by code; once in a folder."""
    if "basis" not in results.tables:
        results.write("basis", basis_rows(results.codings, results.basis))


def codes(results: Results) -> None:
    """What a thesis shows: `codes.csv`, `document_code.csv`, `case_code.csv`, `uncoded.csv`."""
    from qualcode.analysis.codes import case_code_rows, code_rows, document_code_rows, uncoded_rows

    given = (results.documents, results.segments, results.codings)
    results.write("codes", code_rows(*given, results.codebook))
    for table, made in (
        ("document_code", document_code_rows(*given, results.codebook)),
        ("case_code", case_code_rows(*given, results.codebook)),
    ):
        columns, rows = made
        results.write(table, rows, more=columns)
    results.write("uncoded", uncoded_rows(*given, results.matches))


def ledger(results: Results) -> None:
    """What every rule brought, and where codes contradict each other: `ledger.csv`, `conflicts.csv`."""
    from qualcode.analysis.conflicts import conflict_rows
    from qualcode.analysis.ledger import ledger_rows

    found = conflict_rows(results.segments, results.codings, results.matches, results.codebook)
    results.write("conflicts", found)
    results.write("ledger", ledger_rows(results.codings, results.matches, found, results.codebook))


def timeline(results: Results) -> None:
    """When: `timeline.csv`, `straddles.csv`, `events.csv`, and the figure."""
    from qualcode.analysis.straddles import straddle_rows
    from qualcode.analysis.timeline import event_rows
    from qualcode.analysis.timeline import timeline as over_time

    study = results.study
    table = over_time(
        results.documents,
        results.segments,
        results.codings,
        results.codebook,
        study.phases,
        grains=study.timeline.by,
        window=study.timeline.window,
        seed=study.seed,
        whose=results.basis,
        machine=results.by_machine if results.basis == DECIDED else None,
    )
    _write_basis(results)
    results.made["timeline"] = table
    results.write("timeline", rows_of(table, "timeline"))
    results.write("straddles", straddle_rows(results.documents, results.segments, study.phases))
    results.write("events", event_rows(study.events, study.phases))
    draw_timeline(results, table)


def theory(results: Results) -> None:
    """The named analyses the study asks for: a table or more each, networks, and `analyses.csv`."""
    from qualcode.project.analyses import make_all

    make_all(results)


def claims(results: Results) -> None:
    """What the study claims, checked: `claims.csv`, `claim_quotes.csv`; a claim that breaks is a warning."""
    from qualcode.project.claims import make_claims

    make_claims(results)


def report(results: Results) -> None:
    """report.html: all of it on one page, with the quotes behind the numbers."""
    write_report(results)


def other_forms(results: Results) -> None:
    """The same tables as Parquet and as one workbook, where the study asks for them."""
    from qualcode.output.csvfile import read_rows

    def rows(table: str) -> Iterator[tuple[object, ...]]:
        path = results.out / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from read_rows(stream, table, more=results.tables[table])

    if results.study.output.parquet:
        from qualcode.output.parquet import write_parquet

        for table, more in results.tables.items():
            write_parquet(results.out / f"{table}.parquet", columns_of(table, more), rows(table))
    if results.study.output.xlsx:
        from qualcode.output.xlsxfile import write_book

        sheets = {table: (columns_of(table, more), rows(table)) for table, more in results.tables.items()}
        results.problems += write_book(results.out / "results.xlsx", sheets)


passes: Registry[Pass] = Registry(
    "pass",
    {
        "codes": codes,
        "ledger": ledger,
        "network": network,
        "timeline": timeline,
        "analyses": theory,
        "claims": claims,
        "report": report,
        "other forms": other_forms,
    },
)


def analyse(
    folder: Path,
    study: Study,
    codebook: Codebook,
    *,
    unit: str,
    known: Sequence[Problem] = (),
    progress: Progress | None = None,
) -> list[Problem]:
    """Make every analysis of a study from the tables in a folder; return what is wrong or weak.

    `known` are the problems so far, with paths that do not say where the study lies.
    """
    results = Results(folder, study, codebook, unit, folder, known)
    with remembering(), kept_small(AMPLE):
        for done, (name, make) in enumerate(passes.items(), 1):
            if progress is not None:
                progress(name, done - 1, len(passes))
            give_back()  # what coding, or the pass before, has done with
            make(results)
    return results.problems
