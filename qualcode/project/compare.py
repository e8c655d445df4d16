"""Two result folders compared: what went in, what came out, and what moved in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.compare import (
    Run,
    codes_changed,
    codings_changed,
    edges_changed,
    rules_changed,
    timeline_changed,
)
from qualcode.analysis.load import Row, read_table
from qualcode.columns import COMPARISONS
from qualcode.output.csvfile import open_csv, write_rows
from qualcode.problems import StudyError
from qualcode.project.heldback import TEST
from qualcode.project.manifest import NAME, files_of, outputs_of, read_manifest, recorded, write_manifest
from qualcode.project.swap import written_aside

if TYPE_CHECKING:
    import pandas as pd

SETTINGS = ("scope", "unit", "seed", "options", "versions")
DRAWN = {
    "codes_changed": ("codes", codes_changed),
    "edges_changed": ("cooccurrence_edges", edges_changed),
    "timeline_changed": ("timeline", timeline_changed),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that two runs were made with differently; an empty side is not there."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs. `files` are the result files that are not the same, byte for byte.

    `tables` has the rows of `columns.COMPARISONS`; a table that one of the runs has not is not in it.
    """

    files: tuple[str, ...] = ()
    codebook: tuple[Changed, ...] = ()
    inputs: tuple[Changed, ...] = ()
    settings: tuple[Changed, ...] = ()
    tables: Mapping[str, list[Row]] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()  # documents kept for testing, whose words are not shown
    opened: tuple[str, ...] = ()  # such documents whose words are shown

    @property
    def same(self) -> bool:
        """Whether the results are the same, byte for byte."""
        return not self.files


def compare_runs(was: Path, now: Path, *, open_test: bool = False) -> Comparison:
    """Compare two folders that runs wrote. Raises `StudyError` for a folder that no run wrote."""
    before, after = _manifest(was), _manifest(now)
    old, new = outputs_of(was), outputs_of(now)
    ours = recorded(before, "outputs").keys() | recorded(after, "outputs").keys()
    files = tuple(name for name in sorted(ours) if old.get(name) != new.get(name))
    made = [Changed(*change) for change in _settings(before, after)]
    test: tuple[str, ...] = ()
    tables: dict[str, list[Row]] = {}
    if files:
        first, second = _run(was), _run(now)
        test = _test_documents(first, second)
        changes = codings_changed(first, second, withheld=() if open_test else test)
        shown = {str(row[1]) for row in changes}
        test = tuple(name for name in test if name in shown)
        tables = {"codings_changed": changes, "rules_changed": rules_changed(changes, first, second)}
        for name, (table, compare) in DRAWN.items():
            if (was / f"{table}.csv").is_file() and (now / f"{table}.csv").is_file():
                tables[name] = compare(_table(was, table), _table(now, table))
    return Comparison(
        files,
        tuple(_codebook(before, after)),
        tuple(_files("corpus", before, after)) + tuple(_files("study", before, after)),
        tuple(made),
        tables,
        withheld=() if open_test else test,
        opened=test if open_test else (),
    )


def write_comparison(found: Comparison, out: Path, *, force: bool = False) -> list[str]:
    """Write the tables of a comparison to a folder of their own; return the files."""
    with written_aside(out, force=force) as folder:
        for name, rows in found.tables.items():
            with open_csv(folder / f"{name}.csv") as stream:
                write_rows(stream, COMPARISONS[name], rows)
        write_manifest(folder, {"scope": "compare", "outputs": outputs_of(folder)})
        return files_of(folder)


def _manifest(folder: Path) -> dict[str, object]:
    manifest = read_manifest(folder)
    if manifest is None or not (folder / "coded_segments.csv").is_file():
        raise StudyError(
            "{path} is no result folder: it has no {name} of qualcode",
            hint="name the folder a run wrote",
            path=folder,
            name=NAME,
        )
    return manifest


def _table(folder: Path, name: str) -> pd.DataFrame:
    return read_table(folder / f"{name}.csv", name)


def _run(folder: Path) -> Run:
    rules: frozenset[str] = frozenset()
    if (folder / "ledger.csv").is_file():
        rules = frozenset(rule for rule in _table(folder, "ledger")["rule"] if rule)
    return Run(
        _table(folder, "documents"),
        _table(folder, "segments"),
        _table(folder, "coded_segments"),
        _table(folder, "matches"),
        rules,
    )


def _test_documents(*runs: Run) -> tuple[str, ...]:
    names = {
        str(name)
        for run in runs
        for name, split in zip(run.documents["document_id"], run.documents["split"], strict=True)
        if split == TEST
    }
    return tuple(sorted(names))


def _codebook(before: Mapping[str, object], after: Mapping[str, object]) -> list[Changed]:
    return [
        *(Changed(*change) for change in _differences("", before.get("codebook"), after.get("codebook"))),
        *_files("codebook", before, after),
    ]


def _files(part: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Changed]:
    old, new = recorded(before, "inputs", part), recorded(after, "inputs", part)
    return [
        Changed(name, str(old.get(name, {}).get("sha256", "")), str(new.get(name, {}).get("sha256", "")))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def _settings(before: Mapping[str, object], after: Mapping[str, object]) -> list[tuple[str, str, str]]:
    return [change for name in SETTINGS for change in _differences(name, before.get(name), after.get(name))]


def _differences(name: str, was: object, now: object) -> list[tuple[str, str, str]]:
    """Name every value that differs, by its way through nested maps."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        keys = [*was, *(key for key in now if key not in was)]
        way = f"{name}." if name else ""
        return [found for key in keys for found in _differences(f"{way}{key}", was.get(key), now.get(key))]
    if was == now:
        return []
    return [(name, "" if was is None else str(was), "" if now is None else str(now))]
