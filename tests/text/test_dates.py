"""Dates are read as precisely as they are written, in Chinese and English, and never completed."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text import dates
from qualcode.text.dates import MONTHS, find_dates, first_day, is_ambiguous, last_day, make_date, read_date

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
DIGITS = "〇一二三四五六七八九"


def small(n: int) -> str:
    """Write 1 to 31 in Chinese."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def year(n: int) -> str:
    return "".join(DIGITS[int(d)] for d in str(n))


DAY_FORMS = {
    "iso": lambda d: d.isoformat(),
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "zh": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "zh spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "zh 号": lambda d: f"{d.year}年{d.month:02}月{d.day:02}号",
    "zh numerals": lambda d: f"{year(d.year)}年{small(d.month)}月{small(d.day)}日",
    "zh weekday": lambda d: f"{d.year}年{d.month}月{d.day}日（星期{'一二三四五六日'[d.weekday()]}）下午3:00",
    "full width": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(
        {ord("0") + n: ord("０") + n for n in range(10)}
    ),
    "en day first": lambda d: f"{d.day} {MONTHS[d.month - 1].title()} {d.year}",
    "en month first": lambda d: f"{MONTHS[d.month - 1].title()} {d.day}, {d.year}",
    "en short": lambda d: f"{MONTHS[d.month - 1][:3].title()} {d.day}, {d.year}",
    "excel": lambda d: f"{d.isoformat()} 00:00:00",
}
MONTH_FORMS = {
    "iso": lambda d: f"{d.year}-{d.month:02}",
    "dots": lambda d: f"{d.year}.{d.month}",
    "compact": lambda d: f"{d:%Y%m}",
    "zh": lambda d: f"{d.year}年{d.month}月",
    "zh 份": lambda d: f"{d.year}年{d.month}月份",
    "zh numerals": lambda d: f"{year(d.year)}年{small(d.month)}月",
    "en": lambda d: f"{MONTHS[d.month - 1].title()} {d.year}",
}


@pytest.mark.parametrize("form", DAY_FORMS)
@given(day=days)
def test_a_day_is_read_from_every_form(form: str, day: datetime.date) -> None:
    assert read_date(DAY_FORMS[form](day)) == day.isoformat()


@pytest.mark.parametrize("form", MONTH_FORMS)
@given(day=days)
def test_a_month_never_becomes_a_day(form: str, day: datetime.date) -> None:
    assert read_date(MONTH_FORMS[form](day)) == f"{day:%Y-%m}"


@given(st.integers(1900, 2099))
def test_a_year_stays_a_year(n: int) -> None:
    assert read_date(str(n)) == read_date(f"{n}年") == read_date(f"{year(n)}年") == str(n)


@given(st.integers(1, 130), st.integers(1, 12))
def test_years_of_the_republic(n: int, month: int) -> None:
    assert read_date(f"民國{n}年{month}月") == f"{1911 + n}-{month:02}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "去年",
        "六月二十五日",
        "2019年2月30日",
        "2019-13-01",
        "2019年0月",
        "2019-06-00",
        "05/06/2019",  # May or June
        "19-06-25",
        "2019家企业",
        "2019年上半年",
        "〔2016〕51号",
        "not a date",
        "2019-06-25 to 2020",
    ],
)
def test_what_is_no_date_or_says_too_little_is_not_read(text: str) -> None:
    assert read_date(text) == ""


def test_a_day_and_a_month_that_could_be_swapped_are_called_ambiguous() -> None:
    assert is_ambiguous("05/06/2019")
    assert not is_ambiguous("25/06/2019")
    assert read_date("25/06/2019") == read_date("06/25/2019") == "2019-06-25"


@pytest.mark.parametrize(
    "text",
    ["第19条", "2019家企业", "18个部门", "12345热线", "国发〔2016〕51号", "版本3.5", "1234.5元", "May be"],
)
def test_running_text_without_dates_has_none(text: str) -> None:
    assert list(find_dates(text)) == []


@given(st.lists(days, min_size=1, max_size=4), st.sampled_from(["，到", " and ", "；后来在"]))
def test_dates_in_running_text_are_found_where_they_stand(dates: list[datetime.date], between: str) -> None:
    text = "自" + between.join(f"{d.year}年{d.month}月{d.day}日" for d in dates) + "起"
    found = list(find_dates(text))
    assert [f.date for f in found] == [d.isoformat() for d in dates]
    assert all(read_date(text[f.start : f.end]) == f.date for f in found)


@given(days, st.sampled_from([4, 7, 10]))
def test_the_first_day_is_never_after_the_last(day: datetime.date, precision: int) -> None:
    date = day.isoformat()[:precision]
    first, last = first_day(date), last_day(date)
    assert first <= day <= last
    assert first.isoformat().startswith(date) and last.isoformat().startswith(date)
    following = last + datetime.timedelta(days=1)
    assert not following.isoformat().startswith(date)


@pytest.mark.parametrize("text", ["", "2019-6", "2019-13", "2019-02-30", "June"])
def test_only_dates_in_normal_form_have_days(text: str) -> None:
    with pytest.raises(ValueError):
        first_day(text)
    with pytest.raises(ValueError):
        last_day(text)


@given(st.integers(-5, 4000), st.integers(-2, 15), st.integers(-2, 35))
def test_no_date_is_made_that_no_calendar_has(y: int, m: int, d: int) -> None:
    date = make_date(y, m, d)
    assert date == "" or first_day(date) <= last_day(date)


@given(st.from_regex(r"[ (（]?[0-9]{4}-[0-9]{2}-[0-9]{2}[ )）]?", fullmatch=True))
def test_a_date_in_normal_form_is_read_like_any_other(text: str) -> None:
    short, dates._ISO = dates._ISO, re.compile("(?!)")
    try:
        plainly = read_date(text)
    finally:
        dates._ISO = short
    assert read_date(text) == plainly


@pytest.mark.parametrize("text", ["O000年", "o12O年3月", "二O一九年"])
def test_a_number_that_begins_with_the_letter_o_names_no_month(text: str) -> None:
    assert read_date(text) == ("2019" if text == "二O一九年" else "")
