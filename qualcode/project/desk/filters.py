"""Which entries a reviewer wants to see: by status, code, rule, document, and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, get_args, get_type_hints

from qualcode.problems import UsageError
from qualcode.project.desk.entries import DECIDED, LOOKED, UNCODED, UNDECIDED
from qualcode.review.current import STATUSES

SHOWN = ("codings", "uncoded", "all")
STATES = ("all", UNDECIDED, DECIDED, *STATUSES, LOOKED, UNCODED)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; an empty text asks for nothing. `below`: with the codes below the code.

    `refused`: only segments where a match (of this code, by this rule) was refused.
    """

    show: str = "codings"
    status: str = UNDECIDED
    code: str = ""
    below: bool = True
    rule: str = ""
    document: str = ""
    search: str = ""
    refused: bool = False

    @property
    def scope(self) -> Filter:
        """The same whatever the status: what progress is counted in."""
        return replace(self, status="all")

    def takes_code(self, code: str) -> bool:
        """Whether a code is asked for."""
        return not self.code or code == self.code or (self.below and code.startswith(self.code + "."))


def read_filter(asked: Mapping[str, Any]) -> Filter:
    """Read a filter from what a page sends; what is missing is as in `Filter()`.

    >>> read_filter({"status": "all", "code": "avoidance"}).code
    'avoidance'

    Raises `UsageError` for a value that makes no sense.
    """
    kinds = get_type_hints(Filter)
    known = {field.name for field in fields(Filter)}
    for name, value in asked.items():
        right = name in known and isinstance(value, get_args(kinds[name]) or kinds[name])
        if not right or (name == "show" and value not in SHOWN) or (name == "status" and value not in STATES):
            raise UsageError("'{name}' cannot be asked for so", name=name)
    return Filter(**asked)
