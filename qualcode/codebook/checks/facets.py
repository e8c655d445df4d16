"""A code's facet is one of those declared under `facets`."""

from __future__ import annotations

from difflib import get_close_matches

from qualcode.codebook.draft import Draft
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    known = draft.codebook.facets
    problems: list[Problem] = []
    for reference in draft.references:
        if reference.kind != "facet" or reference.target in known:
            continue
        close = get_close_matches(reference.target, known, n=1)
        problems.append(
            problem(
                "unknown-facet",
                reference.place,
                "no facet is named {facet!r}",
                hint="did you mean {meant!r}?" if close else "declare it under 'facets'",
                facet=reference.target,
                meant=close[0] if close else "",
            )
        )
    return problems
