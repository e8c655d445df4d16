"""What must be true of a codebook as a whole. One check, one file, one function `check(draft)`.

Mistakes inside one entry (a key, an id, a term) are said where it is read; these checks look across entries.
`lint`, which looks at codebooks that are valid but unwise, uses the same registry shape.
"""

from __future__ import annotations

from collections.abc import Callable

from qualcode.codebook.checks import (
    context,
    contradictions,
    cycles,
    duplicates,
    facets,
    parents,
    paths,
    references,
    terms,
)
from qualcode.codebook.draft import Draft
from qualcode.problems import Problem
from qualcode.registry import Registry

Check = Callable[[Draft], list[Problem]]

checks: Registry[Check] = Registry(
    "check",
    {
        "duplicates": duplicates.check,
        "parents": parents.check,
        "facets": facets.check,
        "references": references.check,
        "cycles": cycles.check,
        "terms": terms.check,
        "contradictions": contradictions.check,
        "context": context.check,
        "paths": paths.check,
    },
)


def check(draft: Draft) -> list[Problem]:
    """Run every check over a draft."""
    return [found for one in checks.values() for found in one(draft)]
