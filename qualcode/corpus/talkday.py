"""The day of an interview or a meeting, as its transcript says it above the first speaker's label.

    访谈时间：2021年3月5日下午   地点：某局会议室
    **日期**：二〇二一年三月
    Date of interview: 5 March 2021
    2021-03-05 14:00                       a whole day alone on its line, where no label names one

When it was typed, checked or printed (整理时间, 转写日期) is another day, and a time of day alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.expressions import expression
from qualcode.text.dates import find_dates, read_date

LINES = 30  # that are not blank, at the head of a transcript: a title page may be long
_LABEL = expression(
    r"(?:^|[\s|，,；;。])[*_#\s📅🕐]*(?:"
    r"(?:访谈|訪談|采访|採訪|访问|訪問|会议|會議|座谈|座談|开会|開會|录音|錄音|录制|調研|调研|记录|記錄)?(?:时间|時間|日期)"
    r"|(?:(?:interview|recording|meeting)[ ])?date"
    r"(?:[ ](?:and[ ]time|of[ ](?:the[ ])?(?:interview|meeting|recording)))?"
    r"|(?:interviewed|recorded)(?:[ ]on)?"
    r")[*_\s]*[:：][*_]*(?P<value>[^\t\n|]{4,})",
    re.IGNORECASE,
)
_NEXT = expression(r"\s{2,}|\u3000")  # where the next label may begin


def days_of_talk(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the days that the lines above a first speech name as the day of talk, as precise as told.

    Each is told once. More than one disagree, or it was talked on several days: that is for a person to say.
    No line, no day.

    >>> days_of_talk(["访谈纪要", "访谈时间：2021年3月5日下午   整理时间：2021年4月1日"])
    ('2021-03-05',)
    >>> days_of_talk(["时间：下午三点到四点半"]), days_of_talk([])
    ((), ())
    """
    head = [line for line in lines if line.strip()][:LINES]
    labelled = [day for line in head for day in _days(line)]
    alone = (read_date(line.strip(" \t\u3000*_#")) for line in head)
    return tuple(dict.fromkeys(labelled or [day for day in alone if len(day) == len("2021-03-05")]))


def _days(line: str) -> Iterator[str]:
    if ":" not in line and "：" not in line:
        return
    for found in _LABEL.finditer(line):
        value = _NEXT.split(found["value"].strip())[0]
        whole = read_date(value)
        yield from [whole] if whole else (date.date for date in find_dates(value))
