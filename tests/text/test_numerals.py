"""Numerals as people write them in Chinese mean the numbers they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.numerals import chinese_number

DIGITS = "〇一二三四五六七八九"


def written(n: int) -> str:
    """Write a number below 10,000 the standard way, independently of the code under test."""
    if n < 10:
        return DIGITS[n]
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 9999))
def test_a_number_with_units_is_read_back(n: int) -> None:
    assert chinese_number(written(n)) == n


@given(st.integers(0, 9999))
def test_digit_by_digit_is_read_back(n: int) -> None:
    assert chinese_number("".join(DIGITS[int(d)] for d in str(n))) == n


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二O一九", 2019),  # the letter O, as many people type it
        ("二○一九", 2019),
        ("１２６", 126),
        ("廿八", 28),
        ("卅一", 31),
        ("卅", 30),
        ("两千零三", 2003),
        ("一万二千", 12000),
        ("元", 1),
    ],
)
def test_forms_met_in_documents(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "十百", "四五十", "OO", "元二", "abc", "十月", "百百", "零十"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert chinese_number(text) is None
