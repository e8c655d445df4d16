"""Numbers of Chinese official documents, in all the ways they are typed, and in the one standard way.

GB/T 9704-2012 asks for the full year in 〔〕, no 第 and no zeros before the number: 国发〔2016〕51号. Orders
are 国务院令第716号, announcements 国家税务总局公告2020年第12号.
"""

from __future__ import annotations

import re

from qualcode.expressions import expression
from qualcode.text.numerals import NUMERAL, chinese_number

_D = "[0-9０-９]"
_NUMBER = expression(
    rf"(?P<body>[\u4e00-\u9fffA-Za-z]{{1,20}})\s*[〔\[［【（(﹝]\s*(?P<year>{_D}{{4}})\s*年?\s*[〕\]］】）)﹞]"
    rf"\s*第?\s*(?P<n>{_D}{{1,5}})\s*号"
)
ORDER = expression(
    rf"(?P<body>[\u4e00-\u9fff]{{0,30}}令)\s*[（(]?\s*第?\s*(?P<n>[{NUMERAL}]{{1,6}})\s*号\s*[）)]?"
)
_NOTICE = expression(
    rf"(?P<body>[\u4e00-\u9fff]{{2,30}}公告)\s*[（(]?(?P<year>{_D}{{4}})\s*年?\s*第?\s*(?P<n>{_D}{{1,5}})\s*号[）)]?"
)


def normal_number(text: str) -> str:
    """Write a document number the standard way; "" where the text is none.

    >>> normal_number("国发[2016]第５１号"), normal_number("国务院令第七百一十六号"), normal_number("第3号")
    ('国发〔2016〕51号', '国务院令第716号', '')
    """
    if "号" not in text:
        return ""
    text = re.sub(r"\s+", "", text).strip("（）()")
    for pattern in (_NUMBER, _NOTICE, ORDER):
        found = pattern.fullmatch(text) or pattern.fullmatch(text + "）")
        if not found:
            continue
        n = chinese_number(found["n"])
        if n is None:
            continue
        if pattern is ORDER:
            return f"{found['body']}第{n}号"
        year = chinese_number(found["year"])
        return f"{found['body']}〔{year}〕{n}号" if pattern is _NUMBER else f"{found['body']}{year}年第{n}号"
    return ""
