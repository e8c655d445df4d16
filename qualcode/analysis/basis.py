"""Whose codings an analysis rests on: the machine's, what people decided, or what counts now of both.

- `current`: what counts now: the machine's codings, less those that people rejected or recoded, and theirs.
- `machine`: the machine's alone, as if nobody had decided.
- `decided`: only codings that people accepted or gave. What nobody looked at yet is absent here, which makes
  codes look rarer than they are wherever review is not finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.load import Row
from qualcode.model import MACHINE, Assertion, Document, Metadata
from qualcode.review.current import AGAIN, CONFLICT

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

CURRENT, DECIDED = "current", "decided"
BASES = (CURRENT, MACHINE, DECIDED)
DECIDED_YES = ("accepted", "added")
DECIDED_NO = ("rejected", "recoded")
AXES = ("polarity", "modality", "holder", "reported")


class Rest(NamedTuple):
    """How many codings count, on how many of them people decided, how many people alone gave."""

    codings: int = 0
    decided: int = 0
    by_people: int = 0
    set_aside: int = 0  # of the machine, and rejected or recoded
    open: int = 0  # of which people disagree, or whose words changed

    @property
    def name(self) -> str:
        """machine, mixed, reviewed or human.

        >>> Rest(10).name, Rest(10, 3).name, Rest(10, 10, 2).name, Rest(4, 4, 4).name, Rest(0, 0, 0, 2).name
        ('machine', 'mixed', 'reviewed', 'human', 'mixed')
        """
        if not self.decided:
            return "mixed" if self.set_aside else "machine"
        if self.decided < self.codings:
            return "mixed"
        return "human" if self.by_people == self.codings else "reviewed"


def on_basis(
    codings: pd.DataFrame, segments: pd.DataFrame, documents: pd.DataFrame, codebook: Codebook, basis: str
) -> pd.DataFrame:
    """Return the codings of a basis, `countable` as it is on that basis."""
    if basis == CURRENT:
        return codings
    status = codings["status"]
    if basis == DECIDED:
        return codings[status.isin(DECIDED_YES).to_numpy(dtype=bool)].reset_index(drop=True)
    kept = codings[(codings["coder"] == MACHINE).to_numpy(dtype=bool)].reset_index(drop=True)
    changed = kept["status"].isin((*DECIDED_YES, *DECIDED_NO)).to_numpy(dtype=bool)
    countable = kept["countable"].to_numpy(dtype=bool).copy()
    if changed.any():
        countable[changed] = _machines(kept[changed], segments, documents, codebook)
    return kept.assign(countable=countable)


def _machines(
    codings: pd.DataFrame, segments: pd.DataFrame, documents: pd.DataFrame, codebook: Codebook
) -> list[bool]:
    """Whether codings count for the machine, by how their words are meant; people's verdicts apart."""
    from qualcode.coding.context import counts

    codable = dict(zip(segments["segment_id"], segments["codable"], strict=True))
    kinds = dict(zip(documents["document_id"], documents["kind"], strict=True))
    made = []
    columns = (codings[name].tolist() for name in ("segment_id", "document_id", "code", "countable", *AXES))
    for segment, document, code, now, *axes in zip(*columns, strict=True):
        if code not in codebook.codes:
            made.append(bool(now))
            continue
        as_meant = Assertion(*map(str, axes))
        there = Document(str(document), "", Metadata(kind=str(kinds.get(document, ""))))
        made.append(bool(codable.get(segment)) and counts(as_meant, codebook.codes[code], there))
    return made


def resting(codings: pd.DataFrame, basis: str = CURRENT) -> Rest:
    """Say what an analysis of these codings rests on; on the machine's alone nobody decided."""
    return _rest(*_signs(codings), basis=basis)


def basis_rows(codings: pd.DataFrame, basis: str = CURRENT) -> list[Row]:
    """Write the rows of `basis`: all codes, then each that has a coding, by code point."""
    signs = _signs(codings)
    names = codings["code"].to_numpy(dtype=object)
    whole = _rest(*signs, basis=basis)
    rows: list[Row] = [("", whole.name, *whole)]
    for code in sorted(set(names.tolist())):
        mine = names == code
        found = _rest(*(sign[mine] for sign in signs), basis=basis)
        rows.append((code, found.name, *found))
    return rows


def _signs(codings: pd.DataFrame) -> tuple[Any, ...]:
    """What is asked of every coding, as boolean arrays."""
    status = codings["status"]
    return (
        codings["countable"].to_numpy(dtype=bool),
        (codings["coder"] == MACHINE).to_numpy(dtype=bool),
        status.isin(DECIDED_YES).to_numpy(dtype=bool),
        status.isin(DECIDED_NO).to_numpy(dtype=bool),
        status.isin((AGAIN, CONFLICT)).to_numpy(dtype=bool),
    )


def _rest(countable: Any, machine: Any, yes: Any, no: Any, undecided: Any, *, basis: str) -> Rest:
    if basis == MACHINE:
        return Rest(int(countable.sum()))
    return Rest(
        int(countable.sum()),
        int((countable & yes).sum()),
        int((countable & ~machine).sum()),
        int((machine & no).sum()),
        int(undecided.sum()),
    )


def record(codings: pd.DataFrame, basis: str) -> Mapping[str, object]:
    """What a manifest keeps of it."""
    found = resting(codings, basis)
    return {"asked": basis, "is": found.name, "codings": found.codings, "decided": found.decided}
