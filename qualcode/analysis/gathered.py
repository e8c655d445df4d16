"""The segments of one kind of document, those of one document and one stretch of time together.

Counted before and after one date, or in one phase, after another, millions of segments are a few thousand
rows; what is asked of a date is asked of each stretch once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualcode.analysis.numbering import stretches
from qualcode.model import TALK, Phase

if TYPE_CHECKING:
    from qualcode.analysis.given import Given
    from qualcode.analysis.toldtimes import ToldTimes

AT_ONCE = 1_000_000  # segments


@dataclass(frozen=True)
class Gathered:
    """How many segments each document has in each stretch of time, and of them those with each code."""

    kind: str
    times: ToldTimes
    inside: Any  # which codable segments are of the kind
    number: Any  # by document of the corpus its place among those of the kind, in the order they come
    count: int  # documents of the kind
    cells: _Cells
    with_code: Sequence[_Cells]

    @classmethod
    def of(cls, given: Given, kind: str, codes: Sequence[str]) -> Gathered:
        """Gather the segments of a kind for some codes."""
        import numpy as np

        inside = given.kinds == kind
        document, which = given.document, given.times.which
        met = np.zeros(int(document.max(initial=-1)) + 1, dtype=bool)
        met[document[inside]] = True
        number = np.cumsum(met, dtype=np.int32) - 1

        def cells(rows: Any) -> _Cells:
            return _Cells.of(number, document, which, rows, len(given.times.spans))

        return cls(
            kind,
            given.times,
            inside,
            number,
            int(met.sum()),
            cells(np.flatnonzero(inside).astype(np.int32)),
            [cells(rows[inside[rows]]) for rows in map(given.rows_with, codes)],
        )

    @cached_property
    def met(self) -> list[int]:
        """The stretches of time that its segments are about."""
        import numpy as np

        found: list[int] = np.unique(self.cells.span).tolist()
        return found

    def first_rows(self) -> Any:
        """The first segment of the kind in each stretch of time, by its row; -1 for none."""
        import numpy as np

        rows = np.flatnonzero(self.inside).astype(np.int32)[::-1]
        made = np.full(len(self.times.spans), -1, dtype=np.int32)
        made[self.times.which[rows]] = rows
        return made

    def placed(self, phases: Sequence[Phase]) -> list[str]:
        """The phase of each stretch of time, "" for none and for those that no segment is about."""
        return self.times.placed(phases, talk=self.kind in TALK, among=self.met)

    def exposure(self, which: Any) -> Any:
        """Count the segments of each document in some stretches of time (booleans)."""
        return self.cells.summed(which, self.count)

    def found(self, code: int, which: Any) -> Any:
        """The same of those with a code, by its place among the codes asked for."""
        return self.with_code[code].summed(which, self.count)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Documents and stretches of time that some segments have, and how many of them."""

    document: Any
    span: Any
    n: Any

    @classmethod
    def of(cls, number: Any, document: Any, which: Any, rows: Any, spans: int) -> _Cells:
        """Put segments together by rows, in reading order."""
        import numpy as np

        found, many = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for some in stretches(document[rows], AT_ONCE):
            part = rows[some]
            key = number[document[part]].astype(np.int64) * spans + which[part]
            keys, n = np.unique(key, return_counts=True)
            found.append(keys)
            many.append(n)
        whole, part = np.divmod(np.concatenate(found), max(spans, 1))
        return cls(whole.astype(np.int32), part.astype(np.int32), np.concatenate(many).astype(np.int32))

    def summed(self, which: Any, count: int) -> Any:
        import numpy as np

        here = which[self.span]
        found = np.bincount(self.document[here], weights=self.n[here], minlength=count)
        return found.astype(float, copy=False)  # of none numpy counts in whole numbers
