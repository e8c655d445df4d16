"""Documents kept for testing (`split: test`) stay out of sight while rules are written.

A rule polished on the material it is scored on proves nothing. So lists, concordances and trials leave such
documents out; who opens them does so with `--open-test`, and the study remembers it: one line of JSON in
`.qualcode/opened.jsonl` with the time, the command and the codebook.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.model import Document
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    from qualcode.codebook import Codebook

JOURNAL = Path(".qualcode") / "opened.jsonl"
TEST = "test"


def held_back(document: Document) -> bool:
    """Whether a document is kept for testing."""
    return document.metadata.split == TEST


def record_opening(
    home: Path, command: str, documents: Iterable[str], codebook: Codebook | None = None
) -> list[Problem]:
    """Append to a study's journal that documents kept for testing were opened; return the warning to print.

    Without such documents nothing is written. Raises `OSError` where the journal cannot be written: they are
    not opened then.
    """
    opened = sorted(set(documents))
    if not opened:
        return []
    record = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "codebook": {"id": codebook.id, "version": codebook.version, "files": dict(codebook.files)}
        if codebook
        else None,
        "documents": opened,
    }
    path = home / JOURNAL
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return [
        problem(
            "test-opened",
            Place(str(path)),
            "{n} documents kept for testing were opened; rules changed from now on cannot be tested on them",
            hint="the journal says so; name it in your methods section",
            severity="warning",
            n=len(opened),
        )
    ]


def openings(home: Path) -> list[dict[str, object]]:
    """Return what the journal of a study holds, oldest first; no journal, nothing."""
    try:
        lines = (home / JOURNAL).read_text("utf-8").splitlines()
    except OSError:
        return []
    return [json.loads(line) for line in lines if line.strip()]
