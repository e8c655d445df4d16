"""Periods, and how much of a stretch of time lies in each: years, quarters, phases, rolling windows.

A document's date, and the day talk was held, are in a period or not: all of it must lie there. The time that
talk tells is shared out: `2019-05 to 2019-08` lies to a third or so in the second quarter. Phases are not
shared: a stretch is in one with at least .8 of its days, else in none (it straddles). A stretch open to one
side (before 2019) has no share in years, quarters or windows, since nobody knows its length.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from qualcode.analysis.periods import ONE_DAY, days, phase_of, placed
from qualcode.model import Phase

GRAINS = ("year", "quarter", "phase")
ROLLING = "rolling"
WINDOW, STEP = 12, 3  # months a rolling window spans, and moves by

Share = tuple[str, float]  # name of a period, share of the stretch in it


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, half-open; `grain` is year, quarter, phase or rolling."""

    grain: str
    name: str
    start: str
    end: str


def share_out(
    grain: str, start: str, end: str, phases: Sequence[Phase] = (), *, whole: bool, window: int = WINDOW
) -> list[Share]:
    """Return the periods of a grain that a stretch of time is in, with its share in each.

    With `whole` the stretch must lie in a period altogether and counts there as 1. Nothing known: no period.

    >>> share_out("year", "2019-12-01", "2020-01-31", whole=False)
    [('2019', 0.5), ('2020', 0.5)]
    >>> share_out("year", "2019-12-01", "2020-01-31", whole=True)
    []
    """
    if grain == "phase":
        phase = phase_of(start, end, phases) if whole else placed(start, end, phases).phase
        return [(phase, 1.0)] if phase else []
    span = days(start, end) if start and (end or whole) else None
    if span is None or span[1] <= span[0]:
        return []
    found: list[Share] = []
    for period in _touched(grain, span[0], span[1] - ONE_DAY, window):
        low, high = (datetime.date.fromisoformat(day) for day in (period.start, period.end))
        share = (min(high, span[1]) - max(low, span[0])).days / (span[1] - span[0]).days
        if share == 1 or (share > 0 and not whole):
            found.append((period.name, 1.0 if whole else share))
    return found


def periods(
    grain: str, names: Iterable[str], phases: Sequence[Phase] = (), window: int = WINDOW
) -> Iterator[Period]:
    """Yield the periods from the first to the last named, those between too; all phases, always."""
    if grain == "phase":
        yield from (Period("phase", phase.id, phase.start, phase.end) for phase in phases)
        return
    held = sorted(names)
    if not held:
        return
    number = partial(_number, grain)
    for step in range(number(held[0]), number(held[-1]) + 1):
        yield _period(grain, step, window)


def _touched(grain: str, first: datetime.date, last: datetime.date, window: int) -> Iterator[Period]:
    """The periods that have a day from first to last in them."""
    if grain == "year":
        low, high = first.year, last.year
    else:
        low, high = (day.year * 4 + (day.month - 1) // 3 for day in (first, last))
        if grain == ROLLING:
            low -= max(0, -(-window // STEP) - 1)
    for step in range(low, high + 1):
        yield _period(grain, step, window)


def _number(grain: str, name: str) -> int:
    if grain == "year":
        return int(name)
    if grain == ROLLING:
        return int(name[:4]) * 4 + (int(name[5:7]) - 1) // STEP
    return int(name[:4]) * 4 + int(name[-1]) - 1


def _period(grain: str, step: int, window: int) -> Period:
    """The year, quarter or window with a number; quarters and windows are counted in quarters of year 0."""
    if grain == "year":
        return Period(grain, f"{step:04}", _month(step * 12), _month(step * 12 + 12))
    first = step * 3
    if grain == "quarter":
        return Period(grain, f"{step // 4:04}-Q{step % 4 + 1}", _month(first), _month(first + 3))
    name = f"{_month(first)[:7]}/{_month(first + window - 1)[:7]}"
    return Period(grain, name, _month(first), _month(first + window))


def _month(number: int) -> str:
    """The first day of a month counted from January of year 0."""
    return datetime.date(number // 12, number % 12 + 1, 1).isoformat()
