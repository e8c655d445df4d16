"""A sentence is not both an example of a code and an example of what it is not."""

from __future__ import annotations

from qualcode.codebook.draft import Draft
from qualcode.problems import Problem, problem


def check(draft: Draft) -> list[Problem]:
    problems: list[Problem] = []
    for code in draft.codes:
        wanted = {(example.text, example.kind, example.role): example for example in code.examples}
        for example in code.not_examples:
            same = wanted.get((example.text, example.kind, example.role))
            if same:
                problems.append(
                    problem(
                        "contradiction",
                        example.place,
                        "this sentence is an example of {code!r} on line {line}",
                        hint="keep it in one of the two lists",
                        code=code.id,
                        line=same.place.line,
                    )
                )
    return problems
