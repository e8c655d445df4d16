"""The codes that a stated path names are those of its level.

paths:
  - levels: [driver, logic]
    stated: [{driver: avoidance, logic: avoidance}]     # error[wrong-level]
"""

from __future__ import annotations

from difflib import get_close_matches

from qualcode.codebook.draft import Draft
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    book = draft.codebook
    problems: list[Problem] = []
    for reference in draft.references:
        if reference.kind != "path" or reference.target not in book.codes:
            continue  # an unknown code is said by `references`
        members = book.members(reference.source)
        if reference.target in members or reference.source not in book.facets:
            continue
        close = get_close_matches(reference.target, members, n=1)
        problems.append(
            problem(
                "wrong-level",
                reference.place,
                "{code!r} is no code of the level {level!r}",
                hint="did you mean {meant!r}?" if close else "its codes: {known}",
                code=reference.target,
                level=reference.source,
                meant=close[0] if close else "",
                known=", ".join(members) or "-",
            )
        )
    return problems
