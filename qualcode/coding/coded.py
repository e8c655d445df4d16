"""What coding a document gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.model import Coding, Match
from qualcode.problems import Problem


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """What coding one document gave.

    Codings are sorted by segment, then code in tree order; no rows are written for parents. Matches, refused
    ones too, are sorted by segment, start, end, code and rule. Problems are patterns that could not be tried.
    """

    codings: Sequence[Coding] = ()
    matches: Sequence[Match] = ()
    problems: tuple[Problem, ...] = ()
