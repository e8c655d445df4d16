"""Stretches of time as talk gives them, and what before, after, since and around make of them.

A span is a first and a last day, both in it. A side that is not known is None: `2019年以前` has no first day,
and `since 2019` has no last one where nobody knows when it was said. A span without either is a time that is
told but cannot be reckoned (去年 in an undated interview).

Precision says how the ends are known: day, month, part-year (a half, a quarter, a season), year, vague
(那会儿, 几年前), event-relative (会议以后), open (2019年以前, since 2019) or unknown.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable
from typing import NamedTuple

PRECISIONS = ("day", "month", "part-year", "year", "event-relative", "vague", "open", "unknown")
ONE_DAY = datetime.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1949, 2049  # years that talk about administration can be about
_AROUND = ((31, 1), (200, 3))  # up to so many days: months either side that 前后 may mean; else six


class TimeSpan(NamedTuple):
    """A stretch of time from its first to its last day, both in it; None: that end is not known."""

    start: datetime.date | None
    end: datetime.date | None
    precision: str = "day"

    @property
    def known(self) -> bool:
        """Whether anything is known of when."""
        return self.start is not None or self.end is not None


UNKNOWN = TimeSpan(None, None, "unknown")


def a_day(year: int, month: int, day: int) -> TimeSpan | None:
    """One day, or None where the calendar or the range of years has none.

    >>> a_day(2019, 2, 29) is None
    True
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    date = datetime.date(year, month, day)
    return TimeSpan(date, date, "day")


def months(year: int, first: int, last: int, precision: str = "part-year") -> TimeSpan | None:
    """The months first to last of a year; 13 and 14 are January and February of the next.

    >>> months(2019, 12, 14).end
    datetime.date(2020, 2, 29)
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first <= last <= 24):
        return None
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    begin = datetime.date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    end = datetime.date(end_year, end_month, monthrange(end_year, end_month)[1])
    return TimeSpan(begin, end, precision)


def a_month(year: int, month: int) -> TimeSpan | None:
    """One month of a year, or None."""
    return months(year, month, month, "month") if month <= 12 else None


def a_year(year: int) -> TimeSpan | None:
    """One year, or None outside the years talk can be about."""
    return months(year, 1, 12, "year")


def years(first: int, last: int, precision: str = "year") -> TimeSpan | None:
    """The years first to last; None where they do not follow each other."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return None
    return TimeSpan(datetime.date(first, 1, 1), datetime.date(last, 12, 31), precision)


def plus_months(date: datetime.date, count: int) -> datetime.date:
    """The same day some months on; the last day of a month stays a last day.

    >>> plus_months(datetime.date(2018, 12, 31), 6), plus_months(datetime.date(2020, 3, 31), -1)
    (datetime.date(2019, 6, 30), datetime.date(2020, 2, 29))
    """
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        return date
    length = monthrange(year, month + 1)[1]
    last = date.day == monthrange(date.year, date.month)[1]
    return datetime.date(year, month + 1, length if last else min(date.day, length))


def before(span: TimeSpan, precision: str = "open") -> TimeSpan:
    """All before a span: no first day, and the day before the span begins as last."""
    if span.start is None:
        return UNKNOWN if span.end is None else TimeSpan(None, span.end, precision)
    return TimeSpan(None, span.start - ONE_DAY, precision)


def after(span: TimeSpan, now: TimeSpan | None, precision: str = "open") -> TimeSpan:
    """All after a span, until it was said where that is known and later."""
    if span.end is None:
        return TimeSpan(span.start, None, precision) if span.start else UNKNOWN
    return _until_now(span.end + ONE_DAY, now, precision)


def since(span: TimeSpan, now: TimeSpan | None, precision: str = "open") -> TimeSpan:
    """All from the first day of a span, until it was said where that is known and later."""
    return _until_now(span.start, now, precision) if span.start else UNKNOWN


def until(span: TimeSpan, precision: str = "open") -> TimeSpan:
    """All up to the last day of a span."""
    return TimeSpan(None, span.end, precision) if span.end else UNKNOWN


def around(span: TimeSpan, precision: str = "vague") -> TimeSpan:
    """A span and what lies about it: six months either side of a year, three of a half, one of a month."""
    length = (span.end - span.start).days + 1 if span.start and span.end else 366
    reach = next((months for days, months in _AROUND if length <= days), 6)
    return TimeSpan(
        plus_months(span.start, -reach) if span.start else None,
        plus_months(span.end, reach) if span.end else None,
        precision if span.known else "unknown",
    )


def through(first: TimeSpan, last: TimeSpan) -> TimeSpan | None:
    """From the beginning of one span to the end of another; None where that runs backwards."""
    if first.start is None or last.end is None or first.start > last.end:
        return None
    return TimeSpan(first.start, last.end, coarser((first.precision, last.precision)))


def hull(spans: Iterable[TimeSpan]) -> TimeSpan:
    """The least stretch with all of several spans in it; a side open in one is open; no spans: unknown."""
    held = [span for span in spans if span.known]
    if not held:
        return UNKNOWN
    if len(held) == 1:
        return held[0]
    starts, ends = [s.start for s in held], [s.end for s in held]
    return TimeSpan(
        None if None in starts else min(s for s in starts if s),
        None if None in ends else max(e for e in ends if e),
        coarser(span.precision for span in held),
    )


def coarser(precisions: Iterable[str]) -> str:
    """The least precise of several precisions."""
    return max(precisions, key=PRECISIONS.index)


def _until_now(start: datetime.date, now: TimeSpan | None, precision: str) -> TimeSpan:
    end = now.end if now else None
    return TimeSpan(start, end if end and end >= start else None, precision)
