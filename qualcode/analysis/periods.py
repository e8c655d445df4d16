"""When a thing belongs: phases, years and quarters, for dates that say only as much as they say.

A date is `2019`, `2019-06` or `2019-06-25`; it stands for all days from its first to its last. It belongs to
a phase where at least `SURE` of those days lie in it; a date that straddles (2019 over a border in June)
belongs to none, rather than being put on one side. Days of transition around a border are of no phase; what
lies there, or reaches so far into it that no phase holds enough, is in none.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qualcode.model import Phase
from qualcode.text.dates import first_day, last_day

SURE = 0.8
TRANSITION = "transition:"  # before the id of the phase that begins in the midst of such days
ONE_DAY = datetime.timedelta(days=1)


def days(start: str, end: str = "") -> tuple[datetime.date, datetime.date] | None:
    """Return the first day and the first day after, or None where nothing is known.

    >>> days("2019-06")
    (datetime.date(2019, 6, 1), datetime.date(2019, 7, 1))
    >>> days("")
    """
    if not start:
        return None
    first = first_day(start)
    return first, max(last_day(end or start), first) + ONE_DAY


class Placed(NamedTuple):
    """Where a stretch of time belongs: a phase, or "" with the reason; and the share of it in each phase."""

    phase: str = ""
    note: str = ""
    shares: Mapping[str, float] = {}


def phase_of(start: str, end: str, phases: Sequence[Phase]) -> str:
    """Return the id of the phase a stretch of time belongs to; "" for none, straddling or no date.

    >>> two = [Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "")]
    >>> phase_of("2019-06-25", "", two), phase_of("2018", "", two), phase_of("2019", "2019", two)
    ('P2', 'P1', '')
    """
    return placed(start, end or start, phases).phase


def placed(start: str, end: str, phases: Sequence[Phase]) -> Placed:
    """Say which phase a stretch of time belongs to, and what share of its days lies in each it touches.

    A side that is open (以前, since 2019 in an undated interview) is taken to reach as far as the phases do.

    >>> two = [Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01")]
    >>> placed("2019-01-01", "2019-12-31", two).note, placed("", "2018-12-31", two).phase
    ('straddles P1|P2', 'P1')

    Days of transition are no phase's:

    >>> slow = [two[0], Phase("P2", "2019-06-25", "2024-01-01", transition=90)]
    >>> placed("2019-07", "2019-07", slow).note, placed("2020", "2020", slow).phase
    ('in the transition to P2', 'P2')
    """
    shares = phase_shares(start, end, phases)
    sure = [name for name, share in shares.items() if share >= SURE]
    if sure and sure[0].startswith(TRANSITION):
        return Placed("", f"in the transition to {sure[0].removeprefix(TRANSITION)}", shares)
    if sure:
        return Placed(sure[0], "", shares)
    if len(shares) > 1:
        return Placed("", f"straddles {'|'.join(shares)}", shares)
    return Placed("", f"only partly in {next(iter(shares))}" if shares else "", shares)


def phase_shares(start: str, end: str, phases: Sequence[Phase]) -> dict[str, float]:
    """Return the share of a stretch of days that lies in each phase it touches, in the order of phases.

    The share in days of transition has the name of the phase they lead to, after `TRANSITION`.
    """
    if not (start or end) or not phases:
        return {}
    borders = [phase_days(phase) for phase in phases]
    low = first_day(start) if start else min(border[0] for border in borders)
    high = last_day(end) if end else max(border[1] for border in borders) - ONE_DAY
    length = (high - low).days + 1
    if length <= 0:
        return {}
    between = [transition_days(phase) for phase in phases]
    found = {}
    for phase, (first, after), zone in zip(phases, borders, between, strict=True):
        crossed = _shared(low, high, zone)
        if crossed > 0:
            found[TRANSITION + phase.id] = crossed / length
        span = max(low, first), min(high, after - ONE_DAY)
        inside = (span[1] - span[0]).days + 1
        if inside > 0:
            inside -= sum(_shared(*span, other) for other in between)
        if inside > 0:
            found[phase.id] = inside / length
    return found


def transition_days(phase: Phase) -> tuple[datetime.date, datetime.date] | None:
    """Return the days of transition around the start of a phase as [first, first after), None for none.

    >>> transition_days(Phase("P2", "2019-06-25", "", transition=2))
    (datetime.date(2019, 6, 23), datetime.date(2019, 6, 27))
    """
    if not (phase.transition and phase.start):
        return None
    day, wide = first_day(phase.start), datetime.timedelta(days=phase.transition)
    return day - wide, day + wide


def _shared(low: datetime.date, high: datetime.date, zone: tuple[datetime.date, datetime.date] | None) -> int:
    """How many days from `low` to `high` lie in a zone."""
    return 0 if zone is None else max(0, (min(high, zone[1] - ONE_DAY) - max(low, zone[0])).days + 1)


def phase_days(phase: Phase) -> tuple[datetime.date, datetime.date]:
    """Return a phase as [first day, first day after); an open end reaches to the end of the calendar."""
    low = first_day(phase.start) if phase.start else datetime.date.min
    high = first_day(phase.end) if phase.end else datetime.date.max
    return low, high


def year_of(start: str, end: str = "") -> str:
    """Return the year all of a stretch of time lies in, else "".

    >>> year_of("2019-06"), year_of("2019", "2020")
    ('2019', '')
    """
    span = days(start, end)
    if span is None or span[0].year != (span[1] - ONE_DAY).year:
        return ""
    return f"{span[0].year:04}"


def quarter_of(start: str, end: str = "") -> str:
    """Return the quarter all of a stretch of time lies in, else ""; a bare year has none.

    >>> quarter_of("2019-06-25"), quarter_of("2019-06", "2019-07"), quarter_of("2019")
    ('2019-Q2', '', '')
    """
    span = days(start, end)
    if span is None:
        return ""
    first, last = span[0], span[1] - ONE_DAY
    quarters = [(day.year, (day.month + 2) // 3) for day in (first, last)]
    return f"{first.year:04}-Q{quarters[0][1]}" if quarters[0] == quarters[1] else ""
