"""The stretches of time that segments tell of, each once: thousands, where there are millions of segments.

Where a segment belongs hangs on its stretch alone, so it is asked of each stretch and looked up by segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.lean import Lean, least, values_of
from qualcode.analysis.numbering import distinct
from qualcode.analysis.periods import phase_of, placed
from qualcode.analysis.sources import Values
from qualcode.model import Phase

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 1 << 20  # segments whose stretches are told apart at a time
Span = tuple[str, str]  # first and last day of what a segment is about, as in its table


class ToldTimes(NamedTuple):
    """Stretches in the order they are met, and the number of each segment's."""

    which: Any  # int array
    spans: Sequence[Span]

    @classmethod
    def of(cls, starts: pd.Series[Any], ends: pd.Series[Any], rows: Any = None) -> ToldTimes:
        """Take two columns of segments, or some rows of them."""
        import numpy as np

        start, end = values_of(starts), values_of(ends)
        size = max(len(distinct(end)), 1)
        known: dict[int, int] = {}
        count = len(starts) if rows is None else len(rows)
        which = np.empty(count, dtype=np.int32)
        for low in range(0, count, AT_ONCE):
            some = slice(low, low + AT_ONCE)
            here = some if rows is None else rows[some]
            key = start[here].at.astype(np.int64) * size + end[here].at
            keys, first, number = np.unique(key, return_index=True, return_inverse=True)
            for n in np.argsort(first, kind="stable").tolist():
                known.setdefault(int(keys[n]), len(known))
            which[some] = np.array([known[key] for key in keys.tolist()], dtype=np.int32)[number]
        return cls(which, [(distinct(start)[key // size], distinct(end)[key % size]) for key in known])

    def placed(self, phases: Sequence[Phase], *, talk: bool, among: Iterable[int] | None = None) -> list[str]:
        """The phase of each stretch, "" for none: of talk by what it tells of, else by the date.

        Stretches that are not `among` some are in none.
        """
        made = [""] * len(self.spans)
        for n in range(len(made)) if among is None else among:
            of = (*self.spans[n], phases)
            made[n] = placed(*of).phase if talk else phase_of(*of)
        return made


def places(told: ToldTimes, phases: Sequence[Phase], talk: Any) -> Lean:
    """The phase of every segment; `talk` says which of them are talk."""
    import numpy as np

    number: dict[str, int] = {}
    of = []
    for is_talk in (False, True):
        met = np.zeros(len(told.spans), dtype=bool)
        met[told.which[talk == is_talk]] = True
        found = told.placed(phases, talk=is_talk, among=np.flatnonzero(met).tolist())
        of.append([number.setdefault(name, len(number)) for name in found])
    written, said = np.array(of, dtype=least(len(number)))
    return Lean(Values(list(number)), np.where(talk, said[told.which], written[told.which]))
