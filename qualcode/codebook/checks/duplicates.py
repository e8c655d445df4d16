"""An id names one thing: no two codes, facets, lexicons or rules share one, not even but for capitals.

codes:
  - {id: avoidance, ...}
  - {id: avoidance, ...}     # error[duplicate-id]; both places are named
"""

from __future__ import annotations

from qualcode.codebook.draft import Draft, Written
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    problems: list[Problem] = []
    first: dict[tuple[str, str], Written] = {}
    for written in draft.ids:
        before = first.setdefault((written.kind, written.id.lower()), written)
        if before is written:
            continue
        if before.id == written.id:
            message = "{what} {id!r} is already defined at {first}"
            hint = "nothing overrides: rename one, or take it out"
        else:
            message = "{what} {id!r} differs only in capitals from {other!r} at {first}"
            hint = "ids are of small letters"
        problems.append(
            problem(
                "duplicate-id",
                written.place,
                message,
                hint=hint,
                what=f"the {written.kind}",
                id=written.id,
                other=before.id,
                first=before.place,
            )
        )
    return problems
