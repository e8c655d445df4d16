"""A transcript says when it was talked above the first speaker's label, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.talkday import days_of_talk


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("访谈时间：2021年3月5日", "2021-03-05"),
        ("访谈时间：２０２１年３月５日下午　　访谈地点：某局会议室", "2021-03-05"),
        ("访谈时间：二〇二三年五月。访谈对象：某区教育局基础教育科副科长，女，38岁。", "2023-05"),
        ("时间：2021年10月，下午，中途接了两个电话", "2021-10"),
        ("地点：会议室\t時間：民國110年3月5日", "2021-03-05"),
        ("**日期**：2021.03.05", "2021-03-05"),
        ("| 访谈日期：2021-03-05 |", "2021-03-05"),
        ("Date of interview: 5 March 2021, 2 pm", "2021-03-05"),
        ("Recorded on: March 5th, 2021", "2021-03-05"),
        ("Date: 25/6/2019", "2019-06-25"),
        ("2021-03-05 14:00", "2021-03-05"),
    ],
)
def test_the_day_is_read_as_precisely_as_it_is_told(line: str, day: str) -> None:
    assert days_of_talk(["某局访谈记录", "", line]) == (day,)


@pytest.mark.parametrize(
    "line",
    [
        "时间：下午三点到四点半",
        "整理时间：2021年4月1日",
        "转写日期：2021-04-01",
        "出生日期：1971年4月1日",
        "Date: 05/06/2019",  # May or June
        "update: 2021-03-05",
        "2021年",
        "2021年3月5日我们开了一个会",
        "",
    ],
)
def test_other_days_and_times_of_day_are_not_taken(line: str) -> None:
    assert days_of_talk([line]) == ()


def test_a_day_that_a_label_names_stands_above_one_alone_on_its_line() -> None:
    assert days_of_talk(["2021年4月1日", "访谈时间：2021年3月5日"]) == ("2021-03-05",)


def test_of_several_days_all_are_told_once() -> None:
    lines = ["时间：2021年3月5日至2021年3月8日", "日期：2021年3月5日"]
    assert days_of_talk(lines) == ("2021-03-05", "2021-03-08")


@given(st.lists(st.text(max_size=40), max_size=40))
def test_whatever_stands_there_no_day_is_made_up(lines: list[str]) -> None:
    for day in days_of_talk(lines):
        assert day[:2].isdigit() and 4 <= len(day) <= 10
