"""How Chinese relative times reckon: 三年前, 这几年, 上个月, “十三五”时期, 两年以后."""

from __future__ import annotations

import datetime

from qualcode.text.numerals import chinese_number
from qualcode.text.timespans import ONE_DAY, UNKNOWN, TimeSpan, a_month, plus_months, years
from qualcode.text.timetokens import Clock, Groups, Reckoning, remembered


def third_of(month: TimeSpan | None, third: str) -> TimeSpan | None:
    """A third of a month (上旬, 月底); the month itself where none is named."""
    if month is None or month.start is None or month.end is None or not third:
        return month
    first, last = {"上": (1, 10), "初": (1, 10), "中": (11, 20)}.get(third[0], (21, month.end.day))
    return TimeSpan(month.start.replace(day=first), month.start.replace(day=last), "month")


@remembered
def ago(words: Groups) -> Reckoning:
    """三年前, 好几年前, 半年前, 两个月前: by the day it was said."""
    held = dict(words)

    def at(clock: Clock) -> TimeSpan | None:
        now = clock.said
        if now is None or now.start is None or now.end is None:
            return UNKNOWN
        if "half" in held:
            return TimeSpan(plus_months(now.start, -8), plus_months(now.end, -4), "vague")
        if "months" in held:
            count = chinese_number(held["months"]) or 0
            if now.precision == "year":
                return UNKNOWN
            then = plus_months(now.start.replace(day=1), -count)
            return a_month(then.year, then.month)
        if "pair" in held:
            return _years_ago(held["pair"], now)
        count = chinese_number(held["n"]) or 0
        return years(now.start.year - count, now.end.year - count) if 0 < count <= 60 else None

    return at


def _years_ago(word: str, now: TimeSpan) -> TimeSpan | None:
    assert now.start is not None and now.end is not None
    if word.endswith("几") or word == "十来":
        low, high = (19, 10) if word.startswith("十") else (9, 3)
    else:
        low, high = chinese_number(word[1]) or 0, chinese_number(word[0]) or 0
    return years(now.start.year - low, now.end.year - high, "vague")


@remembered
def recently(words: Groups) -> Reckoning:
    """近三年, 这几年, 前几年, 最近: stretches that end on or near the day it was said."""
    held = dict(words)

    def at(clock: Clock) -> TimeSpan | None:
        now = clock.said
        if now is None or now.start is None or now.end is None:
            return UNKNOWN
        if "half" in held:
            return TimeSpan(plus_months(now.start, -6), now.end, "vague")
        if "early" in held:
            return years(now.start.year - 3, now.end.year - 1, "vague")
        word = held.get("n") or held.get("k") or "几"
        count = 3 if word in "几些" else chinese_number(word) or 3
        precision = "vague" if word in "几些" or "these" in held else "month"
        return TimeSpan(plus_months(now.start, -12 * count), now.end, precision)

    return at


@remembered
def near(words: Groups) -> Reckoning:
    """上个月, 昨天, 上礼拜; the day it was said must be known to the month."""
    held = dict(words)

    def at(clock: Clock) -> TimeSpan | None:
        now = clock.said
        if now is None or now.start is None or now.end is None or now.precision == "year":
            return UNKNOWN
        if "days" in held:
            if _long_past(clock):  # in a story of years ago 上礼拜 is a week of the story
                return None
            reach = {"昨": (1, 1), "前": (7, 1)}.get(held["days"][0], (13, 1))
            return TimeSpan(now.start - reach[0] * ONE_DAY, now.end - reach[1] * ONE_DAY, "day")
        word = held["word"]
        step = -2 if word.startswith("上上") else {"上": -1, "下": 1}.get(word[0], 0)
        then = plus_months(now.start.replace(day=1), step)
        return third_of(a_month(then.year, then.month), held.get("third", ""))

    return at


def _long_past(clock: Clock) -> bool:
    told, said = clock.told, clock.said
    return bool(told and told.end and said and said.start and (said.start - told.end).days > 183)


@remembered
def five_year_plan(number: str, part: str) -> Reckoning:
    """“十三五”时期 and its parts."""

    first = 2001 + 5 * ((chinese_number(number) or 10) - 10)  # the tenth plan began in 2001
    low, high = {
        "开局": (0, 0), "头一": (0, 0), "收官": (4, 4), "最后": (4, 4), "初": (0, 1), "初期": (0, 1),
        "前期": (0, 1), "中期": (2, 2), "末": (3, 4), "末期": (3, 4), "后期": (3, 4), "后半": (2, 4),
    }.get(part[:2], (0, 4))  # fmt: skip
    if part == "以来":

        def at(clock: Clock) -> TimeSpan | None:
            now = clock.said.end if clock.said else None
            start = datetime.date(first, 1, 1)
            return TimeSpan(start, now if now and now >= start else None, "open")

        return at
    return lambda clock: years(first + low, first + high)


@remembered
def later(number: str, unit: str) -> Reckoning:
    """两年以后: the time told before, moved on."""
    half = number in {"半", "大半"}
    count = 6 if half else (chinese_number(number) or 0) * (12 if unit == "年" else 1)

    def at(clock: Clock) -> TimeSpan | None:
        told = clock.told
        if told is None or told.start is None or told.end is None or not 0 < count <= 360:
            return UNKNOWN if 0 < count <= 360 else None
        return TimeSpan(plus_months(told.start, count), plus_months(told.end, count), "vague")

    return at
