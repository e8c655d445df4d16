"""English words for times. Text comes folded (lower case, ASCII apostrophes).

A bare number is a year only where a preposition or its neighbours make it one: `in 2019`, `the summer of
2019`, `2019 was`; not `room 2019`, `2019 companies`, `a total of 2019`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qualcode.expressions import expression
from qualcode.text.timehints import ALL, Hinted, crossed
from qualcode.text.timereckon_en import PARTS, WORDS, ago, last_months, last_year, later, recently
from qualcode.text.timespans import (
    TimeSpan,
    a_day,
    a_month,
    a_year,
    after,
    around,
    before,
    months,
    since,
    until,
    years,
)
from qualcode.text.timetokens import (
    SOURCES,
    Clock,
    Telling,
    Token,
    always,
    as_told,
    changed,
    earlier,
    of_told,
    of_year,
    present,
    read,
    remembered,
    said_year,
    told_year,
)

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_M = "(?:" + "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "may" else "may" for m in _MONTHS) + r"|sept)\.?"
_THREE = " ".join(month[:3] for month in _MONTHS)
_CENTURIES = ("19", "20")
_Y = r"(?:19|20)[0-9]{2}"
_ORDINAL = r"(?:st|nd|rd|th)?"
_THINGS = (
    r"(?:[a-z-]+ )?(?:companies|enterprises|firms|cases|people|persons|households|departments|items"
    r"|records|applications"
    r"|employees|files|residents|citizens|units|forms|documents|calls|requests|pages|yuan|kilomet"
    r"|hours|days|times)"
)
_YEAR_IN = Hinted(
    (
        rf"\b(?:in|during|by|throughout|through|since|until|till|before|after|from|around|about|circa"
        rf"|prior to|as of|up to"
        rf"|back in|of|into|as early as|as late as|pre-|post-|and|or|to|between)\s*(?:the year "
        rf"|fy ?)?(?P<y>{_Y})"
        rf"(?![0-9./-]?[0-9%])(?!'?s\b)(?!\s+{_THINGS})"
    ),
    _CENTURIES,
)
_YEAR_IS = Hinted(
    (
        rf"(?:^|[,;.:(]\s*)(?P<y>{_Y})(?=\s+(?:was|is|saw|brought|marked|had been)\b|\s*[,:]\s)"
        r"(?!\s*,\s*[0-9])"
    ),
    _CENTURIES,
)
_YEAR_NOUN = Hinted(
    (
        rf"\bthe (?P<y>{_Y})(?=\s+(?:conference|meeting|reform|restructuring|merger|campaign|outbreak"
        rf"|audit|pilot"
        r"|(?:[a-z-]+ ){0,2}(?:regulations?|measures|law|act|rules|policy|notice|opinions|plan|document"
        r"|circular|order))\b)"
    ),
    _CENTURIES,
)
_SHORT = Hinted(
    (r"\b(?:in|of|since|by|before|after|until|from|early|late|mid|summer|back in)[ -]'(?P<y2>[0-9]{2})\b"),
    [f"'{digit}" for digit in range(10)],
)
_PART_OF = Hinted(
    (
        rf"\b(?P<part>(?:very )?(?:early|late|mid|middle|beginning|start|end|close|turn|first half"
        rf"|second half|latter half"
        rf"|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) quarter|q[1-4]|spring|summer|autumn|fall"
        rf"|winter))"
        rf"(?:[\s-]+(?:of|in|part of))?[\s-]+(?:the year |that year|(?P<last>last year|this year"
        rf"|that year|next year)|(?P<month>{_M})[\s,]*(?:of )?)?"
        rf"(?P<y>{_Y})?(?![0-9])"
    ),
    [*_CENTURIES, *crossed("last~year this~year that~year next~year")],
)
_DATE = Hinted(
    (
        rf"\b(?:(?P<d1>3[01]|[12]?[0-9]){_ORDINAL}(?: of)? (?P<m1>{_M})|(?P<m2>{_M}) (?P<d2>3[01]"
        rf"|[12]?[0-9]){_ORDINAL}(?![0-9]))"
        rf"(?:,? (?:of )?(?P<y>{_Y}))?(?![0-9])"
    ),
    [
        *crossed("0 1 2 3 4 5 6 7 8 9 st nd rd th of", "~", _THREE),
        *crossed(" ".join(_MONTHS) + " sept " + _THREE, "_ .", "~", "0 1 2 3 4 5 6 7 8 9"),
    ],
)
_MONTH_YEAR = Hinted(
    (rf"\b(?P<m>{_M})(?: of)?,?[ -](?P<y>{_Y})(?![0-9])"),
    _CENTURIES,
)
_MONTH_ALONE = Hinted(
    (
        rf"\b(?:in|by|since|until|from|of|before|after|that|during) (?:early |late "
        rf"|mid-?)?(?P<m>{_M})(?![a-z0-9.]|[ ,]+[0-9])"
    ),
    crossed(
        "in~ by~ since~ until~ from~ of~ before~ after~ that~ during~", "_ early~ late~ mid mid-", _THREE
    ),
)
_SPAN = Hinted(
    (
        rf"(?<![0-9-])(?:between |from )?(?P<a>{_Y})(?:\s?(?:-|–|—)\s?|\s+(?:to|and|until|till"
        rf"|through)\s+)(?P<b>{_Y})(?![0-9-])"
    ),
    _CENTURIES,
)
_MONTH_SPAN = Hinted(
    (
        rf"\b(?:between |from )?(?P<m1>{_M})(?:\s?(?:-|–|—)\s?|\s+(?:to|and|until|till|through)\s+)"
        rf"(?P<m2>{_M})(?: of)?,? (?P<y>{_Y})(?![0-9])"
    ),
    _CENTURIES,
)
_COUNT = (
    r"(?P<n>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|a|an"
    r"|a couple of|couple of"
    r"|a few|few|several|some|many|half a|half an|two or three|three or four)"
)
_AGO = Hinted(
    (
        rf"\b(?:about |around |almost |nearly |some )?{_COUNT} (?P<unit>year|month|week|day)s? (?:ago"
        rf"|back|earlier than now)\b"
    ),
    crossed("year month week day", "_ s", "~ago ~back ~earlier~than~now"),
)
_SAID = Hinted(
    (
        r"\b(?P<word>the year before last|last year|this year|next year|last month|this month|last week"
        r"|yesterday"
        rf"|last (?P<season>spring|summer|autumn|fall|winter)|last (?P<month>{_M}))\b"
    ),
    [
        *crossed("the~year~before~last yesterday", "_"),
        *crossed("last~ this~", "year month"),
        *crossed("next~year last~week last~spring last~summer last~autumn last~fall last~winter"),
        *crossed("last~", _THREE),
    ],
)
_RECENT = Hinted(
    (
        r"\b(?:in|over|for|during|within) (?:the )?(?:past|last|recent) (?P<n>[0-9]{1,2}|two|three|four"
        r"|five|six|seven|eight|nine|ten|few|couple of)? ?"
        r"(?P<unit>years?|months?|weeks?|decade)\b|\b(?P<recent>recently|lately|of late)\b"
    ),
    crossed("past~ last~ recent~ |recently| |lately| of~late|"),
)
_SHIFT = Hinted(
    (
        rf"\b(?:(?P<next>(?:the )?(?:following|next) year|the year after(?! that he))"
        rf"|{_COUNT} (?P<unit>year|month)s? (?:later|after that|afterwards))\b"
    ),
    [
        *crossed("following~year next~year the~year~after"),
        *crossed("year month", "_ s", "~later ~after~that ~afterwards"),
    ],
)
_TOLD = Hinted(
    (r"\b(?:that|the same) (?P<part>year|spring|summer|autumn|fall|winter)\b"),
    crossed("that~ same~", "year spring summer autumn fall winter"),
)
_PLAN = Hinted(
    (
        r"\b(?P<n>1[0-6]|tenth|eleventh|twelfth|thirteenth|fourteenth"
        r"|fifteenth)(?:th)? five[- ]year plan(?: period)?"
    ),
    crossed("five~year~plan five-year~plan"),
)
_NOW = Hinted(
    (
        r"\b(?:nowadays|these days|currently|at present|at the moment|right now|today|presently"
        r"|as of now|by now"
        r"|now(?! that| and (?:then|again)| then| let| i (?:think|remember|recall|see)| looking| when i))\b"
    ),
    crossed(
        "nowadays these~days currently at~present at~the~moment |today| presently as~of~now by~now |now|"
    ),
)
_BACK = Hinted(
    (
        r"\b(?:at that time|at the time|back then|in those days|in those years|at first|initially"
        r"|in the beginning|by then|then(?=[ ,](?:we|i|they|it|the)))\b"
    ),
    [
        *crossed(
            "at~that~time at~the~time back~then in~those~ at~first| initially in~the~beginning by~then|"
        ),
        *crossed("|then", "~ ,", "we i they it the"),
    ],
)
_NEXT = Hinted(
    (
        r"\b(?:later(?: on)?(?! than)|afterwards?|after that|subsequently|from then on|since then"
        r"|and then|soon after(?! the))\b"
    ),
    crossed("|later| |afterward after~that subsequently from~then~on since~then and~then| soon~after"),
)
_EARLIER = Hinted(
    (
        r"(?:^|[.;:,?!] ?)(?:but |and |so )?(?P<word>before(?=,| (?:we|it) (?:was|used|always))"
        r"|previously|formerly|earlier(?=,)|in the past|used to(?=,)|in the old days|before that)\b"
        r"|\b(?:than|like|as) (?P<w2>before)\b"
    ),
    crossed(
        "before, before~we| before~it| previously formerly earlier, in~the~past used~to, in~the~old~days"
        " before~that| than~before| like~before| as~before|"
    ),
)
_PREP = expression(
    r"\b(?P<word>ever since|since|before|prior to|pre-|until|till|up to|after|post-|around|about"
    r"|circa|by the time of|as of|not until)\s*(?:the )?$"
)
_PRESENT = expression(
    r"(?:\s*(?:-|–|to|until|till|up to|through)\s*(?:now|today|the present(?: day)?|present))\b"
)
_ACT = expression(
    r"\s+(?:[a-z-]+ ){0,3}?(?:regulations?|measures|law|act|rules|policy|notice|opinions|plan"
    r"|catalogue|document|guidelines|circular|order)\b"
)
_ACT_OUT = expression(
    r"\s+(?:came out|was issued|were issued|took effect|came into force|was published"
    r"|were published|was passed)"
)
_QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
}
PATTERNS = (
    _YEAR_IN, _YEAR_IS, _YEAR_NOUN, _SHORT, _PART_OF, _DATE, _MONTH_YEAR, _MONTH_ALONE, _SPAN, _MONTH_SPAN,
    _AGO, _SAID, _RECENT, _SHIFT, _TOLD, _PLAN, _NOW, _BACK, _NEXT, _EARLIER,
)  # fmt: skip
_WITHOUT_LETTERS = _YEAR_IS.bit | _SPAN.bit | _PART_OF.bit  # 2017-2019, q3 2019: no two letters together
_LETTERS = expression(r"[a-z]{2}")
_YEARS = sum(p.bit for p in (_YEAR_IN, _YEAR_IS, _YEAR_NOUN, _MONTH_YEAR, _SPAN, _MONTH_SPAN))
_YEAR = expression(_Y)  # in each of these
_MONTH_NAME = expression("|".join(month[:3] for month in _MONTHS))
_LEANING = _NOW.bit | _BACK.bit | _NEXT.bit | _EARLIER.bit
ALONE: dict[Hinted, Telling] = {  # however often and wherever such words stand, they tell the same
    _NOW: (present, "relative", "now"),
    _BACK: (as_told, "carried", "back"),
    _NEXT: (as_told, "carried", "next"),
}
_COUNTED = expression(r"\b(?:total|number|out|most|more|some|room|no\.?) (?:of )?$")


def tokens(text: str, asked: int = ALL) -> Iterator[Token]:
    """Yield the times of a folded English text, with what stands before them taken in."""
    if not _LETTERS.search(text):
        asked &= _WITHOUT_LETTERS
    if asked & _YEARS:
        asked &= ~_idle(text)
    yield from read(text, asked, _SPANS)
    if asked & ~_LEANING:
        for token in read(text, asked, _READERS):
            if (made := _with_preposition(text, token)) is not None:
                yield made
    if asked & _LEANING:
        yield from _leaning(text, asked)


def _idle(text: str) -> int:
    """The patterns with a year that need not be tried: there is none, none behind a month, no second one."""
    years = [found.start() for found in _YEAR.finditer(text)]
    if not years:
        return _YEARS
    idle = _SPAN.bit if len(years) == 1 else 0
    if not any(_MONTH_NAME.search(text, max(0, at - 16), at) for at in years):
        idle |= _MONTH_YEAR.bit | _MONTH_SPAN.bit
    return idle


def _years(found: re.Match[str]) -> Token | None:
    low, high = int(found["a"]), int(found["b"])
    return Token(*found.span(), always(years(low, high)), "explicit", "range") if low < high else None


def _months_of_year(found: re.Match[str]) -> Token:
    low, high = _month(found["m1"]), _month(found["m2"])
    span = months(int(found["y"]), low, high, "month") if low <= high else None
    return Token(*found.span(), always(span), "explicit", "range")


def _year(found: re.Match[str]) -> Token | None:
    start = found.start("y")
    if _COUNTED.search(found.string[max(0, start - 14) : start]):
        return None
    return Token(*found.span("y"), always(a_year(int(found["y"]))), "explicit", "year")


def _short(found: re.Match[str]) -> Token:
    number = int(found["y2"])
    span = a_year(2000 + number if number < 50 else 1900 + number)
    return Token(found.start("y2") - 1, found.end(), always(span))


def _part_of(found: re.Match[str]) -> Token | None:
    """Read late 2018, the summer of 2019, the end of last year, early June 2019."""
    part = found["part"].removeprefix("very ")
    relative = found["last"]
    if not (found["y"] or relative):
        return None
    if found["month"]:
        month = _month(found["month"])
        return Token(*found.span(), always(a_month(int(found["y"]), month)), "explicit", "part")
    make = _named(*_reach(part))
    if found["y"]:
        return Token(*found.span(), always(make(int(found["y"]))), "explicit", "part")
    if relative == "that year":
        return Token(*found.span(), of_year(told_year, make), "relative", "part")
    step = {"last year": -1, "next year": 1}.get(relative, 0)
    return Token(*found.span(), of_year(_said_plus(step), make), "relative", "part")


def _date(found: re.Match[str]) -> Token:
    make = _day_of(_month(found["m1"] or found["m2"]), int(found["d1"] or found["d2"]))
    at = always(make(int(found["y"]))) if found["y"] else of_told(make)
    return Token(*found.span(), at, "explicit" if found["y"] else "relative", "part")


def _month_year(found: re.Match[str]) -> Token:
    return Token(*found.span(), always(a_month(int(found["y"]), _month(found["m"]))), "explicit", "part")


def _month_alone(found: re.Match[str]) -> Token:
    return Token(*found.span("m"), of_told(_month_of(_month(found["m"]))), "relative", "month")


def _ago(found: re.Match[str]) -> Token:
    return Token(*found.span(), ago(found["n"], found["unit"]), "relative")


def _said(found: re.Match[str]) -> Token:
    if found["month"]:
        number = _month(found["month"])
        at = last_months(number, number)
    elif found["season"]:
        at = last_months(*PARTS[found["season"]])
    else:
        at = last_year(found["word"])
    return Token(*found.span(), at, "relative")


def _recent(found: re.Match[str]) -> Token:
    at = recently(found["n"] or "", found["unit"] or "", found["recent"] or "")
    return Token(*found.span(), at, "relative")


def _shift(found: re.Match[str]) -> Token | None:
    if found["next"]:
        return Token(*found.span(), of_year(_after_told, a_year), "relative")
    count = WORDS.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 0)
    if not count:
        return None
    return Token(*found.span(), later(count * (12 if found["unit"] == "year" else 1)), "relative")


def _told(found: re.Match[str]) -> Token:
    part = PARTS.get(found["part"])
    return Token(*found.span(), of_year(told_year, _named(*part) if part else a_year), "relative")


def _plan(found: re.Match[str]) -> Token:
    first = 2001 + 5 * ((_PLANS.get(found["n"]) or int(found["n"])) - 10)
    return Token(*found.span(), always(years(first, first + 4)))


_PLANS = {"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15}
_SPANS = ((_SPAN, _years), (_MONTH_SPAN, _months_of_year))
_READERS = (
    (_YEAR_IN, _year), (_YEAR_IS, _year), (_YEAR_NOUN, _year), (_SHORT, _short), (_PART_OF, _part_of),
    (_DATE, _date), (_MONTH_YEAR, _month_year), (_MONTH_ALONE, _month_alone), (_AGO, _ago),
    (_SAID, _said), (_RECENT, _recent), (_SHIFT, _shift), (_TOLD, _told), (_PLAN, _plan),
)  # fmt: skip


def _leaning(text: str, asked: int) -> Iterator[Token]:
    for pattern, (at, source, kind) in ALONE.items():
        for found in pattern.finditer(text, asked):
            yield Token(*found.span(), at, source, kind)
    for found in _EARLIER.finditer(text, asked):
        yield Token(*found.span("word" if found["word"] else "w2"), earlier, SOURCES["earlier"], "earlier")


def _with_preposition(text: str, token: Token) -> Token | None:
    """Take in since, before, until, after and what says that a year only names a rule."""
    start, end, at, source, kind = token
    found = _PREP.search(text, max(0, start - 18), start)
    word = found["word"] if found else ""
    if source == "explicit" and kind == "year" and (act := _ACT.match(text, end)):
        out = _ACT_OUT.match(text, act.end())
        if word in {"since", "ever since", "after", "post-"}:
            return Token(
                found.start() if found else start,
                out.end() if out else act.end(),
                changed(at, _from_act),
                source,
            )
        if word in {"before", "prior to", "until", "till"}:
            return Token(found.start() if found else start, act.end(), changed(at, _before_act), source)
        return token if out else None
    if past := _PRESENT.match(text, end):
        return Token(start, past.end(), changed(at, _since), source)
    if not word or found is None:
        return token
    return Token(found.start(), end, changed(at, _CHANGES[word]), source, "time")


def _from_act(span: TimeSpan, clock: Clock) -> TimeSpan:
    return since(span, clock.said, "event-relative")


def _before_act(span: TimeSpan, clock: Clock) -> TimeSpan:
    return before(span, "event-relative")


def _since(span: TimeSpan, clock: Clock) -> TimeSpan:
    return since(span, clock.said)


def _after(span: TimeSpan, clock: Clock) -> TimeSpan:
    return after(span, clock.said)


_CHANGES: dict[str, Callable[[TimeSpan, Clock], TimeSpan | None]] = {
    "since": _since, "ever since": _since, "after": _after, "post-": _after,
    "before": lambda span, clock: before(span), "prior to": lambda span, clock: before(span),
    "pre-": lambda span, clock: before(span),
    "until": lambda span, clock: until(span), "till": lambda span, clock: until(span),
    "up to": lambda span, clock: until(span), "as of": lambda span, clock: until(span),
    "around": lambda span, clock: around(span), "about": lambda span, clock: around(span),
    "circa": lambda span, clock: around(span),
    "by the time of": lambda span, clock: span, "not until": lambda span, clock: span,
}  # fmt: skip


def _reach(part: str) -> tuple[int, int]:
    if part in PARTS:
        return PARTS[part]
    number = int(part[1]) if part[0] == "q" and part[1:].isdigit() else _QUARTERS[part.split()[0]]
    return number * 3 - 2, number * 3


@remembered
def _named(first: int, last: int) -> Callable[[int], TimeSpan | None]:
    return lambda year: months(year, first, last, "month" if first == last else "part-year")


@remembered
def _day_of(month: int, day: int) -> Callable[[int], TimeSpan | None]:
    return lambda year: a_day(year, month, day)


@remembered
def _month_of(number: int) -> Callable[[int], TimeSpan | None]:
    return lambda year: a_month(year, number)


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month[:3] == name[:3])


def _plus(year: int | None, step: int) -> int | None:
    return None if year is None else year + step


@remembered
def _said_plus(step: int) -> Callable[[Clock], int | None]:
    return lambda clock: _plus(said_year(clock), step)


def _after_told(clock: Clock) -> int | None:
    return _plus(told_year(clock), 1)
