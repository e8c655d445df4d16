"""Codes that `confused_with`, `code` rules and `unless` name are in the codebook, and are other codes."""

from __future__ import annotations

from difflib import get_close_matches

from qualcode.codebook.draft import Draft
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    known = draft.codebook.codes
    problems: list[Problem] = []
    for reference in draft.references:
        if reference.kind == "facet":
            continue
        if reference.target not in known:
            close = get_close_matches(reference.target, known, n=1)
            if not close:  # a branch moved to another parent keeps its last step
                last = reference.target.rpartition(".")[2]
                close = [code for code in known if code.rpartition(".")[2] == last][:1]
            problems.append(
                problem(
                    "unknown-code",
                    reference.place,
                    "no code is named {code!r}",
                    hint="did you mean {meant!r}?" if close else "'qualcode codebook show' lists them",
                    code=reference.target,
                    meant=close[0] if close else "",
                )
            )
        elif reference.kind == "confused_with" and reference.target == reference.source:
            problems.append(
                problem(
                    "own-code",
                    reference.place,
                    "{code!r} is said to be confused with itself",
                    hint="name the other code",
                    code=reference.target,
                )
            )
    return problems
