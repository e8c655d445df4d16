"""What people and the machine coded, from files: for agreement and validation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.analysis.agreement.gold import Given, Gold, Unit, read_gold, read_units
from qualcode.corpus.encoding import decode
from qualcode.model import MACHINE, Span
from qualcode.problems import Problem, StudyError, UsageError, has_errors
from qualcode.project.stored import Stored
from qualcode.registry import did_you_mean


def gold_at(path: Path, *, coder: str = "") -> tuple[Gold, list[Problem]]:
    """Read codings of people from a file. Raises `StudyError` where nothing in it can be used."""
    text = _text(path)
    gold, problems = read_gold(text, str(path), coder=coder)
    if not gold.given:
        raise StudyError("{path} holds no codings", hint="see docs/methods.md", problems=problems, path=path)
    return gold, problems


def only(gold: Gold, coders: Collection[str]) -> Gold:
    """Return the codings of some coders; all where none is named. Raises `UsageError` for an unknown one."""
    for name in coders:
        if name not in gold.coders:
            raise UsageError(
                "the codings have no coder '{coder}'", hint=did_you_mean(name, gold.coders), coder=name
            )
    if not coders:
        return gold
    return replace(gold, given=tuple(one for one in gold.given if one.coder in coders))


def units_at(path: Path) -> list[Unit]:
    """Read the segments that could be coded from a file. Raises `StudyError` where there are none."""
    units, problems = read_units(_text(path), str(path))
    if has_errors(problems) or not units:
        raise StudyError("{path} holds no units", problems=problems, path=path)
    return units


def _text(path: Path) -> str:
    read = decode(path.read_bytes(), str(path))
    if read.text is None:
        raise StudyError("{path} cannot be read", problems=read.problems, path=path)
    return read.text


def machine_of(stored: Stored, documents: Iterable[str]) -> tuple[list[Unit], list[Given]]:
    """Return the codable segments of some documents, and the machine's countable codings."""
    wanted = frozenset(documents)
    units: list[Unit] = []
    given: list[Given] = []
    for row in stored.rows("segments"):
        if row["document_id"] in wanted and row["codable"]:
            unit = unit_of(row)
            units.append(unit)
            given.append(Given(unit.document, unit.span, "", MACHINE))
    for row in stored.rows("coded_segments"):
        if row["document_id"] in wanted and is_machines(row):
            given.append(Given(str(row["document_id"]), _span(row), str(row["code"]), MACHINE))
    return units, given


def is_machines(row: Mapping[str, Any]) -> bool:
    """Whether the machine gave a code so that it counts; what a person decided later does not change that."""
    undone = row["status"] in ("rejected", "recoded")
    return bool(row["coder"] == MACHINE and (row["countable"] or undone))


def unit_of(row: Mapping[str, Any]) -> Unit:
    """A row of segments as a unit."""
    speaker, name = str(row["speaker"]), str(row["segment_id"])
    return Unit(str(row["document_id"]), _span(row), str(row["text"]), speaker, name)


def _span(row: Mapping[str, Any]) -> Span:
    return Span(int(row["start"]), int(row["end"]))
