"""Times beside speakers: as written to HH:MM:SS, minutes carried over the hour.

Recorders write MM:SS and go on with HH:MM:SS, or begin again at 00:00, once an hour has passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"(\d{1,3})[:：](\d{2})(?:[:：](\d{2}))?")
HOUR = 3600


def clock_times(times: Iterable[str]) -> list[str]:
    """Return times in reading order as HH:MM:SS; "" and what is no time stay "".

    A time of minutes and seconds that falls back by more than half an hour has passed the hour, and so have
    those after it. Times with hours stay as they are.

    >>> clock_times(["59:58", "", "00:03", "1:00:09", "00:15", "75:00"])
    ['00:59:58', '', '01:00:03', '01:00:09', '01:00:15', '01:15:00']
    """
    shown = []
    last = carried = 0
    for time in times:
        if not time:
            shown.append("")
            continue
        found = _PARTS.match(time.strip())
        if not found:
            shown.append("")
            continue
        first, second, third = int(found[1]), int(found[2]), found[3]
        if third is not None:
            seconds = first * HOUR + second * 60 + int(third)
            carried = seconds - seconds % HOUR
        else:
            seconds = first * 60 + second
            if first < 60:
                if seconds + carried < last - HOUR // 2:
                    carried += HOUR
                seconds += carried
        last = seconds
        shown.append(f"{seconds // HOUR:02}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    return shown
