"""What stands about a time in Chinese and changes it: 以前, 以后, 以来, 前后, 到现在, 从…到…; and the words
that lean on the time told before (那时候, 后来, 以前) or on the day it was said (现在).

A year that only says which rule is meant (16年那个办法里写着) tells no time; with 出来以后 it tells the time
after that rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.expressions import expression
from qualcode.model import Event
from qualcode.text.timeevents import act_in_year
from qualcode.text.timehints import ALL, Hinted, crossed
from qualcode.text.timespans import (
    UNKNOWN,
    TimeSpan,
    after,
    around,
    before,
    since,
    through,
    until,
)
from qualcode.text.timetokens import (
    SOURCES,
    Clock,
    Reckoning,
    Telling,
    Token,
    always,
    as_told,
    changed,
    earlier,
    leftmost,
    present,
    remembered,
)

BEFORE = r"(?:(?:之前|以前)|前(?!后|面|期|台|夕|往|来|去|线|提|半|几|两|三|一|脚|头|所|阵|段|不))"
AFTER = r"(?:之后|以后|过后|往后|后(?!来|面|期|台|续|者|半|头|勤|几|两|脚))"
TO_NOW = r"(?:(?:一直)?(?:到|至|—|-|~)(?:了)?(?:现在|今天|目前|如今|今(?!年))|至今)"
AROUND = r"(?:前后|左右|上下|那会儿?|那阵子?|那一阵子?|那时候?|那个时候|那段时间|那前后|光景)"
_SUFFIX = expression(
    rf"(?:[的,]?(?P<around>{AROUND})|[这那]?(?P<before>{BEFORE})|(?P<after>{AFTER})"
    rf"|(?P<since>以来|{TO_NOW}|起(?!来|初|草|码|诉|步|到|了)|开始(?!的时候|时|那)))"
)
_NOW_AFTER = expression(rf"[,，]?{TO_NOW}")
_JOINED = expression(r"(?:一直)?(?:到|至|—+|-|~|–|直到|延续到|跨到)")
_UNTIL = expression(r"(?:截至|截止到?|直到|一直到|拖到)(?:了)?$")
_FROM_BEFORE = expression(r"(?:早于|不晚于|赶在)$")
_STILL_AT = expression(r"(?:的时候)?[,，]?[^,，。]{0,8}?(?:才|终于|总算)")
_ACT = (
    r"(?:管理办法|暂行办法|办法|意见|通知|条例|实施细则|细则|规定|方案|决定|目录|规划|纲要|文件|红头|文|法|令"
    r"|制度|标准|规范|会议|大会|会)"
)
_OF_ACT = expression(
    rf"(?:的?(?P<that>那[个份部件版道次场]|这[个份部件版])|的|版的?|(?:国务院|省里|市里|部里|国办|中央)?"
    rf"(?:出台|印发|发布|下发|制定|颁布|出|发)的(?:那[个份部件])?|的?第?[0-9]+号)"
    rf"(?P<name>[^,，。;；!！?？]{{0,10}}?)(?P<act>{_ACT})"
)
_ACT_TAIL = expression(
    rf"(?:里面?|上)?(?:一)?(?:出来|出台|下来|下发|印发|发布|施行|实施|生效|颁布|落地|召开|开完|开过|开|结束)?(?:了)?"
    rf"(?:(?P<before>{BEFORE})|(?P<after>{AFTER}|以来))"
)
_TELLS_OF_ACT = expression(
    r"(?:刚|才|就|正式|终于|一)?(?:出来|出台|下来|下发|印发|发布|施行|实施|生效|颁布|召开|开)"
)
_HERE = (  # 现在开始, 现在想起来: now is when it is said
    r"(?!开始|就开始|想|回想|回头|回过头|看来|说来|说起|讲起|还记得|都记得|我?还?记得|录音|我们(?:就)?开始|咱们开始)"
)
_NOW = Hinted(
    (
        rf"现在{_HERE}|如今{_HERE}|眼下{_HERE}"
        r"|目前|当前|现如今|时下|现阶段|当下|而今|到今天|直到今天|至今"
    ),
    crossed("现在 如今 眼下 目前 当前 时下 现阶段 当下 而今 到今天 至今"),
)
_LIKE = expression(r"(?:[跟像和同与]|仿佛)(?:又)?(?:回到(?:了)?|在)?$")
_LIKENESS = expression(r"[^,，。;；!！?？]{0,14}?(?:似的|一样|一个样|没两样|差不多)")
_TOLD_BY = expression(  # 他说你现在打: the present of somebody in the story
    r"(?:他们?|她们?|人家|对方|领导|书记|主任|[处科局市县院省镇所]长)[^,，。;；!！?？]{0,6}[说讲问喊][^。;；!！?？]{0,8}$"
)
_NOT_NOW = expression(r"(?:就是|也就是|即|也就)$")
_EARLIER = Hinted(
    (
        r"(?:(?<=[,，。;；:：!！?？\"“”、])|^)(?:那|可|但|但是|搁|在那?|我们|放|你看|其实)?(?:以前|从前|早先|此前|之前|那之前|往年"
        r"|过去(?=[,，我他你她都那是没咱各]))"
        r"|(?<=[比跟像和搁放在是])(?:以前|从前|过去(?=[,，不那是要好那]))"
    ),
    crossed("以前 从前 早先 此前 之前 往年 过去"),
)
_BACK = Hinted(
    (
        r"那会儿?|那阵子?|那时候?|那个时候|那个时期|当时(?!间)|那段时间|那几年|那两年|那半年|那些年|彼时|起初|当初|一开始|最开始"
        r"|刚开始|最初|当年(?!度)|那一?年"
    ),
    crossed("当时 一开始 刚开始 当年"),
    sure=crossed(
        "那会 那阵 那时 那个时候 那个时期 那段时间 那几年 那两年 那半年 那些年 彼时 起初 当初 最开始 最初"
        " 那年 那一年"
    ),
)
_NEXT = Hinted(
    (
        r"后来|再后来|往后(?=[,，你我他])|那[之次回件事]{1,2}(?:之后|以后)|打那儿起|然后|接着|随后|之后(?=[,，我他就又])|再往后|打那(?:儿|以后"
        r"|之后)(?:起)?|从那(?:以后|之后|时起|儿起)"
        r"|此后|再接着|再之后|紧接着|没过多久|没多久|过了一阵"
    ),
    crossed("往后 之后 以后 打那 从那 没多久"),
    sure=crossed("后来 然后 接着 随后 此后 没过多久 过了一阵"),
)
ALONE: dict[Hinted, Telling] = {  # however often and wherever such words stand, they tell the same
    _BACK: (as_told, "carried", "back"),
    _NEXT: (as_told, "carried", "next"),
}
_KINDS = ((_NOW, "now"), (_EARLIER, "earlier"), (_BACK, "back"), (_NEXT, "next"))
PATTERNS = (_NOW, _EARLIER, _BACK, _NEXT)
_LEANING = sum(pattern.bit for pattern in PATTERNS)


def shaped(text: str, bare: Sequence[Token], events: Sequence[Event], asked: int = ALL) -> Iterator[Token]:
    """Yield the times of a folded text with what stands about them taken in, and the words that lean."""
    held = leftmost(bare)
    skip = 0
    taken: list[Token] = []
    for number, token in enumerate(held):
        if number < skip:
            continue
        joined = _JOINED.match(text, token.end)
        follows = held[number + 1] if number + 1 < len(held) else None
        if joined and follows is not None and follows.start == joined.end() and token.kind != "event":
            token = Token(token.start, follows.end, _range(token.at, follows.at), token.source, "range")
            skip = number + 2
        made = _with_shape(text, token, events)
        if made is not None:
            taken.append(made)
    yield from taken
    if asked & _LEANING:
        yield from leaning(text, taken, asked)


def _with_shape(text: str, token: Token, events: Sequence[Event]) -> Token | None:
    start, end, at, source, kind = token
    if kind == "event":
        return token
    if _LIKE.search(text, max(0, start - 5), start) and _LIKENESS.match(text, end):
        return None  # 跟回到一七年似的: what is told is not of that year
    if kind in {"year", "part"} and source == "explicit" and (act := _OF_ACT.match(text, end)):
        made = _of_act(text, token, act, events)
        if made is not token:
            return made
    if found := _SUFFIX.match(text, end):
        change = _CHANGES[str(found.lastgroup)]
        return Token(start, found.end(), changed(at, change), source, "time")
    if found := _NOW_AFTER.match(text, end):
        return Token(start, found.end(), changed(at, _since), source, "time")
    ahead = text[max(0, start - 5) : start]
    if (found := _UNTIL.search(ahead)) and not _STILL_AT.match(text, end):
        place = start - len(found[0])
        return Token(place, end, changed(at, _until), source, "time")
    if _FROM_BEFORE.search(ahead):
        return Token(start, end, changed(at, _before), source, "time")
    return token


def _of_act(text: str, token: Token, act: re.Match[str], events: Sequence[Event]) -> Token | None:
    """Read a year that names a rule: after or before it, or no time at all; else the token as it was."""
    tail = _ACT_TAIL.match(text, act.end())
    name = act["name"] + act["act"]
    meeting = act["act"].endswith("会") or act["act"] == "会议"
    if tail is None:
        if meeting and act["that"] and (that := _meeting_of(token, name, events)):
            return Token(token.start, act.end(), that, "event", "time")
        told = _TELLS_OF_ACT.match(text, act.end()) is not None
        return token if meeting or told or not name else None

    def at(clock: Clock) -> TimeSpan | None:
        span = token.at(clock)
        if span is None or not span.known:
            return span
        known = act_in_year(name, span, events)
        if tail["before"]:
            return before(known or span, "event-relative")
        # Without its day, the rule is of some day of that year: what comes after begins in that year.
        return (
            after(known, clock.said, "event-relative") if known else since(span, clock.said, "event-relative")
        )

    return Token(token.start, tail.end(), at, "event", "time")


def _meeting_of(token: Token, name: str, events: Sequence[Event]) -> Reckoning | None:
    """2019年那个会, where the study knows one meeting of that year: the day it was held."""
    span = token.at(Clock())
    known = act_in_year(name, span, events) if span is not None and span.known else None
    return always(known) if known else None


@remembered
def _range(first: Reckoning, last: Reckoning) -> Reckoning:
    """从 first 到 last; a month or half without a year in the second is of the year of the first."""

    def at(clock: Clock) -> TimeSpan | None:
        low = first(clock)
        high = last(clock._replace(told=low)) if low is not None else None
        if low is None or high is None:
            return None
        return through(low, high) if low.known and high.known else UNKNOWN

    return at


def leaning(text: str, taken: Sequence[Token], asked: int) -> Iterator[Token]:
    """Yield 现在, 以前, 那时候 and 后来 where they do not belong to a time already read."""
    past = bool(taken) and any(token.source == "explicit" for token in taken)
    for pattern, kind in _KINDS:
        if not asked & pattern.bit:
            continue
        for found in pattern.pattern.finditer(text):
            start, end = found.span()
            if taken and any(token.start < end and start < token.end for token in taken):
                continue
            if kind == "now" and (
                _NOT_NOW.search(text, max(0, start - 3), start) or (past and _renamed(text, end))
            ):
                continue
            at = _LEANS[kind]
            if kind == "now" and _TOLD_BY.search(text, max(0, start - 30), start):
                at = _now_unless_past
            yield Token(start, end, at, SOURCES[kind], kind)


def _renamed(text: str, end: int) -> bool:
    """现在的自然资源局, 现在叫…: the name a thing has now, beside a time of the past."""
    return text[end : end + 1] in {"的", "叫"} or text[end : end + 2] == "改叫"


def _now_unless_past(clock: Clock) -> TimeSpan | None:
    """The present, but no time at all in what somebody says in a story of the past."""
    told, said = clock.told, clock.said
    past = told and told.end and said and said.start and (said.start - told.end).days > 183
    return None if past else present(clock)


def _since(span: TimeSpan, clock: Clock) -> TimeSpan:
    return since(span, clock.said)


def _before(span: TimeSpan, clock: Clock) -> TimeSpan:
    return before(span)


def _until(span: TimeSpan, clock: Clock) -> TimeSpan:
    return until(span)


_CHANGES = {
    "around": lambda span, clock: around(span),
    "before": _before,
    "after": lambda span, clock: after(span, clock.said),
    "since": _since,
}
_LEANS: dict[str, Reckoning] = {"now": present, "earlier": earlier, "back": as_told, "next": as_told}
