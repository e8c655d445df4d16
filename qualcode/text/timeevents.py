"""Events of the study as they are spoken of: by name or alias, with 以前, 以后, 那年, 期间 or alone.

A happening named alone (a conference) tells the day it took place; a rule named alone tells no time, for
people speak of a rule for years after it came out. With 出来以后 or `since` both do. An event dated to a
month or a year stands for all of it.

Where just one event is called a conference (会, 会议, conference, meeting), 那次会议以后 and `after the
conference` mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.expressions import expression
from qualcode.model import Event
from qualcode.text.dates import first_day, last_day
from qualcode.text.folding import fold
from qualcode.text.timehints import ALL, Hinted, crossed, new_bit
from qualcode.text.timespans import TimeSpan, a_year, after, around, before
from qualcode.text.timetokens import Clock, Reckoning, Token, remembered

FOLDS = frozenset({"case", "width", "script"})
RULES = frozenset({"policy", "law", "regulation", "rule", "document", "plan", "standard", "act", "notice"})
_RULE_NAME = expression(
    r"(?:办法|条例|法|意见|通知|规定|细则|方案|决定|标准|规划|纲要|文件|号)$|"
    r"\b(?:measures|law|regulations?|act|rules|opinions|notice|plan|order|circular)$"
)
_DONE = r"(?:召开|开完|开过|开|结束|出台|出来|下来|实施|施行|发布|印发|下发|落地|生效|颁布)?了?"
_ZH = expression(
    rf"(?:\s?(?:刚|一|还?没有?|未)?{_DONE}(?:(?P<around>前后|左右|那会儿?|那阵子?|那时候?|那个时候|那段时间|那段日子)"
    rf"|(?P<before>之前|以前|前(?!后|面|期|台|几|两))|(?P<after>之后|以后|过后|以来|后(?!来|面|期|台|续|几)))"
    rf"|(?:的)?(?P<year>那一?年|当年)|(?P<during>期间|的?时候|那天|当天|那次|上|时))"
)
_EN = expression(
    r"\b(?P<word>before|prior to|after|since|following|soon after|until|till|around|during|at"
    r"|in the year of)\s+(?:the\s+)?$"
)
_EN_WORD = {
    "prior to": "before",
    "until": "before",
    "till": "before",
    "since": "after",
    "following": "after",
    "soon after": "after",
}
_THAT_ZH = Hinted(
    (
        r"那(?:一)?(?:次|个|场)(?:全国)?(?:的)?(?:电视电话)?(?:大会|会议|会)(?!上|场)"
        r"(?=(?:召开|开完|开过|结束)?了?(?:之后|以后|过后|后(?!来)|之前|以前|前(?!后|面)|那年|前后|期间))"
    ),
    crossed("那", "_ 一", "次 个 场", "_ 全国", "_ 的", "_ 电视电话", "大会 会"),
)
_THAT_EN = Hinted(
    (r"\b(?:the|that) (?:national )?(?:conference|meeting)\b"),
    crossed("conference meeting"),
)
PATTERNS = (_THAT_ZH, _THAT_EN)
MEETINGS = _THAT_ZH.bit | _THAT_EN.bit
NAMED = new_bit()  # asks for the names of events, which are their own hints
_MEETING = expression(r"会议?$|大会$|(?:conference|meeting)$")

ASKED = MEETINGS | NAMED  # whatever these words are asked for by


@dataclass(frozen=True, slots=True)
class EventWords:
    """The events of a study, by the words they are known by."""

    events: tuple[Event, ...]
    names: Mapping[str, Event]
    pattern: re.Pattern[str] | None
    meeting: Event | None  # the one event that is a conference


def event_words(events: Sequence[Event]) -> EventWords:
    """Take the names of events together; a name two events have is the first one's."""
    names: dict[str, Event] = {}
    for event in events:
        for word in _names(event):
            names.setdefault(word, event)
    longest = sorted(names, key=lambda word: (-len(word), word))
    meetings = [event for event in events if _is_meeting(event)]
    return EventWords(
        tuple(events),
        names,
        re.compile("|".join(map(_bounded, longest))) if longest else None,
        meetings[0] if len(meetings) == 1 else None,
    )


def tokens(text: str, words: EventWords, asked: int = ALL) -> Iterator[Token]:
    """Yield the times that events of the study give in a folded text."""
    if words.pattern is not None and asked & NAMED:
        for found in words.pattern.finditer(text):
            if token := _token(text, found.start(), found.end(), words.names[found[0]]):
                yield token
    if words.meeting is not None and asked & MEETINGS:
        for pattern in (_THAT_ZH, _THAT_EN):
            for found in pattern.finditer(text, asked):
                token = _token(text, found.start(), found.end(), words.meeting)
                if token and token.end - token.start > found.end() - found.start():
                    yield token


def act_in_year(name: str, year: TimeSpan, events: Sequence[Event]) -> TimeSpan | None:
    """Return when the one event of that year took place whose name has this word in it; else None."""
    word = name[-2:] if len(name) > 2 else name
    if word.endswith("会"):
        word = "会"
    if year.start is None or year.end is None:
        return None
    held = [
        span_of(event)
        for event in events
        if any(word in each for each in _names(event)) and year.start <= first_day(event.date) <= year.end
    ]
    return held[0] if len(held) == 1 else None


def span_of(event: Event) -> TimeSpan:
    """The day, month or year of an event."""
    precision = {10: "day", 7: "month"}.get(len(event.date), "year")
    return TimeSpan(first_day(event.date), last_day(event.date), precision)


def _token(text: str, start: int, end: int, event: Event) -> Token | None:
    """Read an event with what stands behind it (以后) or before it (after the)."""
    if found := _ZH.match(text, end):
        return Token(start, found.end(), _at(span_of(event), str(found.lastgroup)), "event", "event")
    if found := _EN.search(text, max(0, start - 20), start):
        word = _EN_WORD.get(found["word"], found["word"])
        how = {"at": "during", "in the year of": "year"}.get(word, word)
        return Token(found.start(), end, _at(span_of(event), how), "event", "event")
    if is_rule(event):
        return None
    return Token(start, end, _at(span_of(event), "during"), "event", "event")


@remembered
def _at(span: TimeSpan, how: str) -> Reckoning:
    def at(clock: Clock) -> TimeSpan | None:
        if how == "before":
            return before(span, "event-relative")
        if how == "after":
            return after(span, clock.said, "event-relative")
        if how == "around":
            return around(span._replace(precision="year"), "event-relative")
        if how == "year":
            return a_year(span.start.year) if span.start else None
        return (
            span._replace(precision="event-relative") if how == "during" and span.precision != "day" else span
        )

    return at


def is_rule(event: Event) -> bool:
    """Whether an event is a rule coming out rather than a happening."""
    if event.type:
        return event.type.casefold() in RULES
    return any(_RULE_NAME.search(name) for name in event.name.values())


def _is_meeting(event: Event) -> bool:
    if event.type:
        return event.type.casefold() in {"conference", "meeting"}
    return any(_MEETING.search(name) for name in _names(event))


def _names(event: Event) -> tuple[str, ...]:
    """The folded names an event is known by: names without what stands in brackets behind, and aliases."""
    words: list[str] = []
    for word in (*event.name.values(), *event.aliases):
        folded = fold(word, FOLDS).strip()
        words += [folded, re.sub(r"\s*[(〔\[《].*$", "", folded)]
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _bounded(word: str) -> str:
    """A Latin name stands between other characters than letters and digits."""
    left = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    right = r"(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return left + re.escape(word) + right
