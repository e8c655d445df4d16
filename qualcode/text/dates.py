"""Dates as researchers and officials write them, read without inventing anything.

A date is text: `2019`, `2019-06` or `2019-06-25`, as precise as its source and no more. Read are ISO, dots
and slashes (2019.6.25, 2019/6/25), compact (20190625), Chinese (2019年6月25日, ２０１９年６月,
二〇一九年六月二十五日, 民国108年) and English (25 June 2019, June 25th, 2019, Jun 2019). 05/06/2019 may be
in May or in June and is not read.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qualcode.expressions import expression
from qualcode.text.numerals import NUMERAL, chinese_number

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WRITTEN = expression(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

_N = f"[{NUMERAL}]"
_ZH_YEAR = rf"(?:(?P<roc>(?:中[华華])?民[国國])\s*(?P<roc_year>{_N}{{1,3}})|(?P<year>{_N}{{4}}))\s*年"
_ZH_DATE = rf"{_ZH_YEAR}(?:\s*(?P<month>{_N}{{1,3}})\s*月(?:份|\s*(?P<day>{_N}{{1,3}})\s*[日号號])?)?"
_DASH = r"[-‐‑‒–—−－]"
_D = r"[0-9０-９]"
_SEPARATED = (
    rf"(?P<y>{_D}{{4}})(?:\s*(?P<sep>{_DASH}|[/／]|[.．]|_)\s*(?P<m>{_D}{{1,2}})"
    rf"(?:\s*(?:(?P=sep)|{_DASH})\s*(?P<d>{_D}{{1,2}}))?)"
)
_COMPACT = rf"(?P<cy>(?:19|20){_D}{{2}})(?P<cm>{_D}{{2}})(?P<cd>{_D}{{2}})"
_NAME = "(?:" + "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "may" else "may" for m in MONTHS) + r"|sept)\.?"
_DAY_FIRST = (
    rf"(?:(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+)?(?P<em>{_NAME})(?:\s*,\s*|[\s-]+)(?P<ey>\d{{4}})"
)
_MONTH_FIRST = rf"(?P<fm>{_NAME})\s+(?P<fd>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<fy>\d{{4}})"
_ANY = expression(
    rf"(?:{_ZH_DATE})|(?<!{_D})(?:{_SEPARATED}|{_COMPACT})(?!{_D})"
    rf"|(?<![A-Za-z0-9])(?:{_MONTH_FIRST}|{_DAY_FIRST})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_YEAR = expression(rf"(?P<y>{_D}{{4}})")
_ISO = expression("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_MONTH = expression(rf"(?P<y>(?:19|20|１９|２０){_D}{{2}})(?P<m>{_D}{{2}})")
_DAY_FIRST_NUMBERS = expression(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_AFTER = expression(  # what may follow a date without changing it: a weekday, a time of day
    r"[\s,，;；]*[(（]?(?:(?:星期|周|週|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?[)）]?"
    r"[\sT,，]*(?:[上下中]午|晚上?|早上)?\s*(?:\d{1,2}[:：时點点]\d{0,2}(?:[:：分]\d{0,2}(?:\.\d+)?)?分?\s*(?:[ap]m)?"
    r"(?:Z|[+-]\d\d:?\d\d)?)?\s*",
    re.IGNORECASE,
)


class FoundDate(NamedTuple):
    """A date in a text: `text[start:end]` says `date`."""

    start: int
    end: int
    date: str


def make_date(year: int, month: int = 0, day: int = 0) -> str:
    """Write a date as precise as given; "" for a day no calendar has (31 June) or a year outside 1000-2999.

    >>> make_date(2019, 6), make_date(2019, 2, 29)
    ('2019-06', '')
    """
    if not 1000 <= year <= 2999 or not 0 <= month <= 12 or (day and not month):
        return ""
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def read_date(text: str) -> str:
    """Read a text that is a date and nothing else; "" where it is none or says too little.

    A weekday or a time of day after the date is passed over; brackets round it too.

    >>> read_date("二〇一九年六月二十五日"), read_date("（2019.6）"), read_date("June 25th, 2019")
    ('2019-06-25', '2019-06', '2019-06-25')
    >>> read_date("2019-06-25 00:00:00"), read_date("05/06/2019"), read_date("2019年2月30日")
    ('2019-06-25', '', '')
    """
    text = text.strip().strip("()（）[]［］〔〕【】").strip()
    if _ISO.fullmatch(text):  # most are written so
        year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
        return make_date(year, month, day) if month and day else ""
    for pattern in (_ANY, _YEAR_MONTH, _YEAR):
        found = pattern.match(text)
        if found and (pattern is not _ANY or _AFTER.fullmatch(text, found.end())):
            date = _date_of(found)
            if date and (pattern is _ANY or found.end() == len(text)):
                return date
    return _day_first(text)


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates in a text, left to right, none overlapping. A year counts only as 2019年.

    >>> [found.date for found in find_dates("2019家企业，2019年6月至2020年，见2020-01-02和第19条")]
    ['2019-06', '2020', '2020-01-02']
    """
    for found in _ANY.finditer(text):
        date = _date_of(found)
        # 1234.5 is a number: without a year sign, only years of the last and this century make dates.
        if date and (found["y"] is None or date[:2] in {"19", "20"}):
            yield FoundDate(found.start(), found.end(), date)


@lru_cache(maxsize=1 << 16)  # asked of every segment, and told by few dates
def first_day(date: str) -> datetime.date:
    """Return the first day of a date as written here (`2019`: 1 January); ValueError for anything else."""
    year, month, day = _parts(date)
    return datetime.date(year, month or 1, day or 1)


@lru_cache(maxsize=1 << 16)
def last_day(date: str) -> datetime.date:
    """Return the last day, inclusive (`2019-06`: 30 June); ValueError for anything else."""
    year, month, day = _parts(date)
    month = month or 12
    return datetime.date(year, month, day or monthrange(year, month)[1])


def is_ambiguous(text: str) -> bool:
    """Whether a text is a date of which nobody can say the month: 05/06/2019."""
    found = _DAY_FIRST_NUMBERS.fullmatch(text.strip())
    if not found:
        return False
    one, two = int(found[1]), int(found[3])
    return one != two and 1 <= one <= 12 and 1 <= two <= 12


def _parts(date: str) -> tuple[int, int, int]:
    found = WRITTEN.fullmatch(date)
    if not found:
        raise ValueError(f"not a date of the form 2019, 2019-06 or 2019-06-25: {date!r}")
    year, month, day = (int(part or 0) for part in found.groups())
    return year, month, day


def _date_of(found: re.Match[str]) -> str:
    part = {key: value for key, value in found.groupdict().items() if value}
    if "roc_year" in part:
        return make_date(
            1911 + (chinese_number(part["roc_year"]) or 0), _number(part, "month"), _number(part, "day")
        )
    if "year" in part:
        return _checked(_number(part, "year"), part, "month", "day")
    for year, month, day in (("y", "m", "d"), ("cy", "cm", "cd"), ("ey", "em", "ed"), ("fy", "fm", "fd")):
        if year in part:
            return _checked(int(part[year]), part, month, day)
    return ""


def _checked(year: int, part: dict[str, str], month: str, day: str) -> str:
    """Write the date; a month or day that is there but means nothing (13月, 0日) spoils it."""
    numbers = _number(part, month), _number(part, day)
    if any(key in part and not number for key, number in zip((month, day), numbers, strict=True)):
        return ""
    return make_date(year, *numbers)


def _number(part: dict[str, str], key: str) -> int:
    text = part.get(key, "")
    if text[:1].isalpha() and text.isascii():
        month = next((n for n, name in enumerate(MONTHS, 1) if name[:3] == text[:3].lower()), 0)
        return month or chinese_number(text) or 0
    return chinese_number(text) or 0


def _day_first(text: str) -> str:
    """Read 25/6/2019 or 6/25/2019 where one number can only be the day."""
    found = _DAY_FIRST_NUMBERS.fullmatch(text)
    if not found or is_ambiguous(text):
        return ""
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    return make_date(year, two, one) if one > 12 or one == two else make_date(year, one, two)
