"""Chinese numerals: 四十五 is 45, 二〇一九 is 2019, 廿八 is 28.

Three ways of writing a number are read, alone or with full-width digits: digit by digit (二〇一九, 二零一九,
二○一九, 二O一九), with units (一百二十六, 两千零三) and in plain digits (４５). Anything else is no number.
"""

from __future__ import annotations

DIGITS = {
    **{c: n for n, c in enumerate("〇一二三四五六七八九")},
    **{c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{c: n for n, c in enumerate("0123456789")},
    **{c: n for n, c in enumerate("０１２３４５６７８９")},
    "○": 0,  # U+25CB, what most input methods offer for 〇
    "◯": 0,
    "O": 0,  # the letter, as in 二O一九年; only between Chinese digits, see below
    "o": 0,
    "Ｏ": 0,
    "两": 2,
    "兩": 2,
    "元": 1,  # 元年
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000}
TENS = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
NUMERAL = "".join((*DIGITS, *UNITS, *TENS))  # every character a numeral may hold

_LETTERS = frozenset("OoＯ")


def chinese_number(text: str) -> int | None:
    """Return the number a numeral stands for, or None where it is not one.

    >>> chinese_number("四十五"), chinese_number("二〇一九"), chinese_number("廿八"), chinese_number("１２６")
    (45, 2019, 28, 126)
    >>> chinese_number("十百") is None, chinese_number("") is None
    (True, True)
    """
    if not text or any(c not in DIGITS and c not in UNITS and c not in TENS for c in text):
        return None
    if all(c in _LETTERS for c in text) or ("元" in text and text != "元"):
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    return _with_units(text)


def _with_units(text: str) -> int | None:
    """Read 一百二十六: a digit counts the unit after it, units fall, 万 closes a group of thousands."""
    total = group = 0
    digit: int | None = None
    last_unit = 10_000
    for c in text:
        if c in TENS:
            if digit is not None or last_unit <= 10:
                return None
            group += TENS[c]
            last_unit = 10
        elif c in DIGITS:
            if digit:  # 四五十 is "forty or fifty", no number
                return None
            digit = DIGITS[c]
        elif UNITS[c] == 10_000:
            if total or not group + (digit or 0):
                return None
            total, group, digit, last_unit = (group + (digit or 0)) * 10_000, 0, None, 10_000
        else:
            unit = UNITS[c]
            if unit >= last_unit or digit == 0:
                return None
            group += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
    return total + group + (digit or 0)
