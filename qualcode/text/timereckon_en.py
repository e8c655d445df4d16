"""How English relative times reckon: two years ago, last summer, in recent years, a year later."""

from __future__ import annotations

from qualcode.text.timespans import ONE_DAY, UNKNOWN, TimeSpan, a_month, a_year, months, plus_months, years
from qualcode.text.timetokens import Clock, Reckoning, remembered, said_year

WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_LOOSE = {
    "a couple of": (2, 3), "couple of": (2, 3), "a few": (2, 5), "few": (2, 5), "several": (3, 9),
    "some": (3, 9), "many": (10, 20), "two or three": (2, 3), "three or four": (3, 4),
}  # fmt: skip
PARTS = {
    "early": (1, 4), "beginning": (1, 3), "start": (1, 3), "turn": (1, 1), "mid": (5, 8), "middle": (5, 8),
    "late": (9, 12), "end": (10, 12), "close": (10, 12), "first half": (1, 6), "second half": (7, 12),
    "latter half": (7, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11),
    "winter": (12, 14),
}  # fmt: skip


@remembered
def last_months(first: int, last: int) -> Reckoning:
    """last summer, last September: the latest one that was over when it was said."""

    def at(clock: Clock) -> TimeSpan | None:
        year, now = said_year(clock), clock.said
        if year is None or now is None or now.start is None:
            return UNKNOWN
        precision = "month" if first == last else "part-year"
        here = months(year, first, last, precision)
        if here is None or here.end is None or here.end < now.start:
            return here
        before = months(year - 1, first, last, precision)
        if before is None or before.end is None or before.end < now.start:
            return before
        return months(year - 2, first, last, precision)

    return at


@remembered
def last_year(word: str) -> Reckoning:
    """last year, this month, yesterday: by the day it was said."""

    def at(clock: Clock) -> TimeSpan | None:
        now = clock.said
        if now is None or now.start is None or now.end is None:
            return UNKNOWN
        if word.endswith(("year", "last")):
            back = {"last year": 1, "the year before last": 2, "next year": -1}.get(word, 0)
            year = said_year(clock)
            return a_year(year - back) if year else UNKNOWN
        if now.precision == "year":
            return UNKNOWN
        if word in {"last week", "yesterday"}:
            reach = (13, 1) if word == "last week" else (1, 1)
            return TimeSpan(now.start - reach[0] * ONE_DAY, now.end - reach[1] * ONE_DAY, "day")
        then = plus_months(now.start.replace(day=1), -1 if word == "last month" else 0)
        return a_month(then.year, then.month)

    return at


@remembered
def ago(word: str, unit: str) -> Reckoning:
    """two years ago, a few months ago; a day or month needs the day it was said."""

    def at(clock: Clock) -> TimeSpan | None:
        now = clock.said
        if now is None or now.start is None or now.end is None:
            return UNKNOWN
        low, high = _counts(word)
        if word.startswith("half"):
            return TimeSpan(plus_months(now.start, -8), plus_months(now.end, -4), "vague")
        if unit == "year":
            return years(now.start.year - high, now.end.year - low, "year" if low == high else "vague")
        if now.precision == "year":
            return UNKNOWN
        if unit == "month":
            first, last = plus_months(now.start.replace(day=1), -high), plus_months(now.end, -low)
            end = a_month(last.year, last.month)
            return TimeSpan(first, end.end, "month" if low == high else "vague") if end else None
        days = 7 if unit == "week" else 1
        return TimeSpan(now.start - high * days * ONE_DAY, now.end - low * days * ONE_DAY, "day")

    return at


@remembered
def recently(word: str, unit: str, recent: str) -> Reckoning:
    """recently, in the past three years: a stretch that ends on the day it was said."""

    def at(clock: Clock) -> TimeSpan | None:
        now = clock.said
        if now is None or now.start is None or now.end is None:
            return UNKNOWN
        if recent:
            return TimeSpan(plus_months(now.start, -6), now.end, "vague")
        count = (
            2
            if word == "couple of"
            else 3
            if word == "few" or (not word and unit.endswith("s"))
            else _counts(word or "a")[0]
        )
        length = {"y": 12, "m": 1, "d": 120}.get(unit[0], 0)
        start = plus_months(now.start, -count * length) if length else now.start - 7 * count * ONE_DAY
        return TimeSpan(start, now.end, "month" if word.isdigit() or word in WORDS else "vague")

    return at


def _counts(word: str) -> tuple[int, int]:
    if word in _LOOSE:
        return _LOOSE[word]
    count = int(word) if word.isdigit() else WORDS.get(word, 1)
    return count, count


@remembered
def later(count: int) -> Reckoning:
    """two years later: the time told before, moved on."""

    def at(clock: Clock) -> TimeSpan | None:
        told = clock.told
        if told is None or told.start is None or told.end is None:
            return UNKNOWN
        return TimeSpan(plus_months(told.start, count), plus_months(told.end, count), "vague")

    return at
