"""Who holds which control right in each phase: rows of `control_rights`.

Rights are the codes below `control_right`; allocation patterns of goal setting, inspection and incentives
define modes of governance (Zhou & Lian 2012). The holder is the coding's: `self` is the unit that speaks,
another is named or not. A right that is denied (没有考核权) is `absent` for its holder; one that several hold
in a phase is `shared`; nobody speaking of a right in a phase is a row without state, which is silence and not
absence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualcode.analysis.given import Given, basis_of
from qualcode.analysis.load import Row
from qualcode.model import KINDS

NOT_SAID, NOT_NAMED = "", "other (not named)"


def right_rows(given: Given, root: str) -> list[Row]:
    """Return the rows by kind, phase, right and holder."""
    rights = given.codebook.children(root) or (root,)
    units = given.kept["actor"].array
    phase = given.placed_in(given.phases)
    said: dict[tuple[str, str, str], dict[str, tuple[set[int], set[int]]]] = {}
    under = given.under(rights)
    columns = ("code", "polarity", "holder", "countable")
    for row, code, polarity, holder, counts in given.told(*columns, codes=rights):
        right, denied = under[code][0], polarity == "negated"
        if not (counts or denied):
            continue
        who = _holder(holder, str(units[row]))
        for period in {str(phase[row]), ""}:
            key = (str(given.kinds[row]), period, right)
            held, absent = said.setdefault(key, {}).setdefault(who, (set(), set()))
            (absent if denied else held).add(row)
    rows: list[Row] = []
    for kind in KINDS:
        inside = given.kinds == kind
        if not inside.any():
            continue
        for period in ("", *(one.id for one in given.phases)):
            here = inside & (phase == period) if period else inside
            if not here.any():
                continue
            for right in rights:
                rows += _cells(given, kind, period, right, said.get((kind, period, right), {}), here)
    return rows


def _holder(written: str, unit: str) -> str:
    if written == "self":
        return unit or "self"
    if written.startswith("other:"):
        return written.removeprefix("other:")
    return NOT_NAMED if written == "other" else NOT_SAID


def _cells(
    given: Given,
    kind: str,
    period: str,
    right: str,
    held: dict[str, tuple[set[int], set[int]]],
    here: Any,
) -> list[Row]:
    import numpy as np

    size = int(here.sum())
    first = (basis_of(kind), kind, period, right)
    if not held:
        return [(*first, "", "", size, 0, 0, 0, 0, "nobody speaks of it", ())]
    holders = [who for who, (yes, _) in held.items() if yes and who != NOT_SAID]
    made: list[Row] = []
    for who, (yes, no) in sorted(held.items()):
        rows = np.array(sorted(yes | no), dtype=int)
        state = "absent" if not yes else "shared" if who != NOT_SAID and len(holders) > 1 else "held"
        notes = []
        if yes and no:
            notes.append(f"also told as absent in {len(no)}")
        if who == NOT_SAID:
            notes.append("not said whose")
        made.append(
            (
                *(*first, who, state, size, len(np.unique(given.document[rows]))),
                *(len(rows), len(yes), len(no)),
                "; ".join(notes),
                given.quotes(rows),
            )
        )
    return made


def holders(rows: Sequence[Row]) -> int:
    """Count the rows that say who holds a right."""
    return sum(bool(row[4]) for row in rows)
