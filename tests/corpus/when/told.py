"""Sentences with the times they tell, written as YAML, and how to read and compare them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from qualcode.model import Event
from qualcode.text.dates import first_day, last_day
from qualcode.text.timecues import find_times
from qualcode.text.timeevents import event_words
from qualcode.text.timespans import UNKNOWN, TimeSpan
from qualcode.text.timetokens import Clock
from qualcode.yamlnodes import plain, read_yaml

HERE = Path(__file__).parent
EVENTS = (
    Event(
        "E2019",
        "2019-06-25",
        {"zh": "全国深化放管服改革优化营商环境电视电话会议", "en": "National conference"},
        "conference",
        node=True,
        aliases=("放管服会议",),
    ),
    Event(
        "E_2016_51",
        "2016-09-05",
        {"zh": "政务信息资源共享管理暂行办法（国发〔2016〕51号）", "en": "Interim measures on sharing"},
        "policy",
        aliases=("暂行办法",),
    ),
)
_SPAN = re.compile(r"(?P<start>[\d-]*|said)(?P<to>\.\.)?(?P<end>[\d-]*|said) (?P<precision>[a-z-]+)")


class Case(NamedTuple):
    text: str
    wanted: tuple[TimeSpan, ...]
    clock: Clock


def cases(name: str) -> Iterator[Case]:
    """The sentences of a file."""
    node, problems = read_yaml((HERE / name).read_text("utf-8"), name)
    assert node is not None and not problems, problems
    held = plain(node)
    for text, wanted, *told in held["cases"]:
        said = _span(f"{held['said']} day", "")
        clock = Clock(said, _span(told[0], held["said"]) if told else None)
        spans = () if wanted == "-" else tuple(_span(part, held["said"]) for part in wanted.split(" + "))
        yield Case(text, spans, clock)


def found(case: Case) -> tuple[TimeSpan, ...]:
    """What is read in a sentence; a time read twice is there once."""
    times = find_times(case.text, case.clock, event_words(EVENTS))
    return tuple(dict.fromkeys(time.span for time in times))


def _span(words: str, said: str) -> TimeSpan:
    if words == "?":
        return UNKNOWN
    got = _SPAN.fullmatch(words)
    assert got, words
    start, end = (said if got[side] == "said" else got[side] for side in ("start", "end"))
    end = end if got["to"] else start
    return TimeSpan(first_day(start) if start else None, last_day(end) if end else None, got["precision"])
