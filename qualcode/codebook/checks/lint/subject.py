"""What lint looks at: a codebook that can be used, and its files as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.codebook.checks import check
from qualcode.codebook.parse import read_parts
from qualcode.codebook.records import Codebook
from qualcode.codebook.source import Part, gather
from qualcode.problems import Problem, has_errors, in_order


@dataclass(frozen=True, slots=True)
class Subject:
    """A codebook and the nodes it was read from: what was united on reading still stands there twice."""

    codebook: Codebook
    parts: Sequence[Part]


def read_subject(path: Path, raw: bytes | None = None) -> tuple[Subject | None, list[Problem]]:
    """Read a codebook for lint, as `load_codebook` does; None where any problem is an error.

    `raw` stands for the top file's bytes where they are not to be read from the disk.
    """
    parts, problems = gather(path, raw)
    if not parts:
        return None, in_order(problems)
    draft = read_parts(parts, problems)
    problems += check(draft)
    found = in_order(problems)
    return (None if has_errors(found) else Subject(draft.codebook, parts)), found
