"""What is said of a table of a result folder that is gone, or damaged: once, for all who read one."""

from __future__ import annotations

from pathlib import Path

from qualcode.problems import StudyError


def missing(folder: Path, table: str) -> StudyError:
    """The error of a folder without one of the tables a run writes."""
    return StudyError(
        "{path} is no result folder: it has no {table}.csv",
        hint="name the folder that 'qualcode run' or 'qualcode code' wrote",
        path=folder,
        table=table,
    )


def damaged(path: Path, reason: Exception) -> StudyError:
    """The error of a table that can be read no more."""
    return StudyError(
        "{path} is no table of this program any more: {reason}",
        hint="was it saved by another program? run the study again",
        path=path,
        reason=reason,
    )
