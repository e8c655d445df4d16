"""A dotted id hangs on its parent: `avoidance.security` needs a code `avoidance`."""

from __future__ import annotations

import re
from difflib import get_close_matches

from qualcode.codebook.draft import Draft
from qualcode.codebook.keys import CODE_ID
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    known = draft.codebook.codes
    problems: list[Problem] = []
    for code in draft.codes:
        if not code.parent or code.parent in known:
            continue
        if not re.fullmatch(CODE_ID, code.id):
            continue  # its id is said to be wrong already, and the right one may have its parent
        close = get_close_matches(code.parent, [other for other in known if other != code.id], n=1)
        problems.append(
            problem(
                "missing-parent",
                code.place,
                "{id!r} hangs on a code {parent!r} that is not there",
                hint="did you mean {meant!r}?" if close else "add a code {parent!r} with a definition",
                id=code.id,
                parent=code.parent,
                meant=close[0] if close else "",
            )
        )
    return problems
