"""Times told in a stretch of text: found by their words and reckoned by a clock.

    find_times("一七年不给，会后就给了", Clock(said), words)

Chinese and English are read alike in every text. Nothing is taken for a time by its digits alone: 第19条,
2019家企业, 18个部门, 12345热线, 国发〔2016〕51号 and room 2019 are none, and neither is a year inside 《》.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.expressions import expression
from qualcode.text import timeevents, timeshapes_zh, timewords_en, timewords_zh
from qualcode.text.folding import fold
from qualcode.text.timeevents import FOLDS, EventWords, event_words
from qualcode.text.timehints import ALL, Hinted, HintIndex, hint_index
from qualcode.text.timeshapes_zh import leaning, shaped
from qualcode.text.timespans import TimeSpan
from qualcode.text.timetokens import Clock, Found, Telling, Token, leftmost

_TITLE = expression(r"《[^《》]*》|[〔\[(]\s?[0-9]{4}\s?[〕\])](?=\s?(?:第?[0-9]+号|[0-9]))")
_HAN_TIME = expression(r"[年月季现目如今当前后以那起初最近早从来昨眼时之期过随接此往上底末春夏秋冬号0-9]")
_LATIN = expression(r"[a-z]{2}|[0-9]{4}")
NO_EVENTS = event_words(())
_PATTERNS = (*timewords_zh.PATTERNS, *timeshapes_zh.PATTERNS, *timewords_en.PATTERNS, *timeevents.PATTERNS)
_CHINESE = sum(pattern.bit for pattern in timewords_zh.PATTERNS)
_SHAPES = sum(pattern.bit | pattern.sure_bit for pattern in timeshapes_zh.PATTERNS)
_ENGLISH = sum(pattern.bit for pattern in timewords_en.PATTERNS)
_ALONE = {
    pattern.bit | sure: (pattern, needed, (telling,), sure != 0)
    for words, needed in ((timeshapes_zh.ALONE, _HAN_TIME), (timewords_en.ALONE, _LATIN))
    for pattern, telling in words.items()
    for sure in {0, pattern.sure_bit}
}
_MASKED = _CHINESE | _SHAPES | _ENGLISH  # what is not looked for inside 《》


def find_times(text: str, clock: Clock, words: EventWords = NO_EVENTS) -> list[Found]:
    """Return the times a text tells, in order, none overlapping; offsets are those of the text.

    Each is reckoned by the clock with the time found before it as the time told before.

    >>> from qualcode.text.timespans import a_day
    >>> [(f.span.start.isoformat(), f.span.end.isoformat()) for f in find_times("一七年年底", Clock())]
    [('2017-10-01', '2017-12-31')]
    >>> find_times("第19条, 2019家企业", Clock())
    []
    """
    return times_in(fold(text, FOLDS), clock, words)


def times_in(folded: str, clock: Clock, words: EventWords = NO_EVENTS, asked: int = ALL) -> list[Found]:
    """The same of a text that is folded already, by the patterns that are asked for (`hints`)."""
    tokens = _tokens(folded, words, asked)
    spans = reckoned([token[2:] for token in tokens], clock)
    return [
        Found(token.start, token.end, span, token.source, token.kind)
        for token, span in zip(tokens, spans, strict=True)
        if span is not None
    ]


def reckoned(times: Sequence[Telling], clock: Clock) -> list[TimeSpan | None]:
    """Reckon times told one after the other, each with the one before it as the time told before."""
    spans: list[TimeSpan | None] = []
    for at, _, kind in times:
        span = at(clock)
        spans.append(span)
        if span is not None and span.known and kind != "earlier":
            clock = Clock(clock.said, span)
    return spans


def tellings(folded: str, words: EventWords = NO_EVENTS, asked: int = ALL) -> tuple[Telling, ...]:
    """The times a folded text tells, in order, by their words: no clock is asked, no place is kept."""
    alone = _ALONE.get(asked)
    if alone is None:
        return tuple([token[2:] for token in _tokens(folded, words, asked)])
    hinted, needed, telling, sure = alone
    masked = _masked(folded)
    if sure and masked is folded:
        return telling
    return telling if hinted.pattern.search(masked) and needed.search(masked) else ()


def hints(words: EventWords, *more: Hinted) -> HintIndex:
    """What to look for in a text before it is asked for times: without a hint there are none."""
    return hint_index((*_PATTERNS, *more), tuple((name, timeevents.NAMED) for name in words.names))


def _tokens(folded: str, words: EventWords, asked: int) -> list[Token]:
    masked = _masked(folded) if asked & _MASKED else folded
    if not asked & ~_SHAPES:
        return leftmost(leaning(masked, (), asked)) if _HAN_TIME.search(masked) else []
    named = leftmost(timeevents.tokens(folded, words, asked)) if asked & timeevents.ASKED else []
    made: list[Token] = []
    chinese = bool(asked & (_CHINESE | _SHAPES) and _HAN_TIME.search(masked))
    if named or chinese:
        bare = [*named, *timewords_zh.tokens(masked, asked)] if chinese and asked & _CHINESE else named
        made += shaped(masked, bare, words.events, asked)
    if asked & _ENGLISH and _LATIN.search(masked):
        made += timewords_en.tokens(masked, asked)
    made = leftmost(made)
    return _without_named_years(made, named) if named else made


def _masked(folded: str) -> str:
    """The text without what stands in 《》 and without the year of a document's number."""
    if "《" in folded or "〔" in folded or "[" in folded or "(" in folded:
        return _TITLE.sub(lambda found: "\ufffc" * len(found[0]), folded)
    return folded


def _without_named_years(tokens: list[Token], named: list[Token]) -> list[Token]:
    """Drop a year that stands right before an event it belongs to: 2019年那次放管服会议以后."""
    starts = {token.start for token in named}
    return [
        token
        for number, token in enumerate(tokens)
        if not (
            token.kind in {"year", "part"}
            and token.source == "explicit"
            and number + 1 < len(tokens)
            and tokens[number + 1].start in starts
            and tokens[number + 1].start - token.end <= 4
        )
    ]
