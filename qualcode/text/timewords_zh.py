"""Chinese words for times: what years, parts of years and relative times look like, and how they reckon.

Text comes folded (half width, simplified, lower case). `tokens` finds the bare times; what stands about them
(以前, 到现在, 前后) is read in `timeshapes_zh`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from qualcode.expressions import expression
from qualcode.text.numerals import chinese_number
from qualcode.text.timehints import ALL, Hinted, crossed
from qualcode.text.timereckon_zh import ago, five_year_plan, later, near, recently, third_of
from qualcode.text.timespans import (
    ONE_DAY,
    TimeSpan,
    a_day,
    a_month,
    a_year,
    months,
    years,
)
from qualcode.text.timetokens import (
    Clock,
    Groups,
    Reckoning,
    Token,
    always,
    groups,
    of_told,
    of_year,
    read,
    remembered,
    said_year,
    told_year,
)


def _spaced(signs: str) -> str:
    return " ".join(signs)


_C = "〇零○o一二三四五六七八九"
_Y4 = rf"(?:(?:19|20)[0-9]{{2}}|[一二][{_C}]{{3}})"
_Y2 = rf"(?:[0-9]{{2}}|[〇零○一二九八][{_C}])"
_NUM = (
    "[0-9]{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?"
    "|(?<![〇零○一二三四五六七八九十])[一二两三四五六七八九]"
)
_MONTH = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = (
    "3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?"
)
_NAMED: dict[str, tuple[int, int]] = {  # 13, 14: the January and February that follow
    "上半年": (1, 6), "前半年": (1, 6), "下半年": (7, 12), "后半年": (7, 12),
    "年初": (1, 3), "一开年": (1, 3), "开年": (1, 3), "年头": (1, 3), "年中": (5, 8),
    "年底": (10, 12), "年末": (10, 12), "岁末": (10, 12), "年终": (10, 12), "年尾": (10, 12),
    "开春": (2, 4), "春天": (3, 5), "春季": (3, 5), "春上": (3, 5), "春": (3, 5),
    "入夏": (5, 6), "夏天": (6, 8), "夏季": (6, 8), "暑假": (7, 8), "暑期": (7, 8), "夏": (6, 8),
    "入秋": (8, 10), "秋天": (9, 11), "秋季": (9, 11), "秋后": (9, 11), "秋": (9, 11),
    "入冬": (11, 12), "冬天": (12, 14), "冬季": (12, 14), "冬": (12, 14), "腊月": (12, 14),
    "两会": (3, 3), "五一": (5, 5), "国庆": (10, 10), "十一黄金周": (10, 10), "元旦": (1, 1),
}  # fmt: skip
_SPRING_FESTIVAL = (  # first day of the lunar year as month and day, 2000 to 2035
    205,
    124,
    212,
    201,
    122,
    209,
    129,
    218,
    207,
    126,
    214,
    203,
    123,
    210,
    131,
    219,
    208,
    128,
    216,
    205,
    125,
    212,
    201,
    122,
    210,
    129,
    217,
    206,
    126,
    213,
    203,
    123,
    211,
    131,
    219,
    208,
)
_PART = (
    r"(?:(?P<named>上半年|下半年|前半年|后半年|一开年|开年|年?[底末](?![层下册数线账子])|年?初(?![中级步次审稿衷期])"
    r"|年中|中(?=[,，。.的就才我他省市又,]|$)|年头|年尾|年终|岁末|开春|[入]?[春夏秋冬][天季上]?(?!节|令|运|训|游|联|耕)"
    r"|暑假|暑期|秋后|腊月|两会|五一(?!路)|国庆|十一黄金周|元旦)|(?P<spring>春节|过年|大年初[一二三四五])"
    r"|第?(?P<quarter>[一二三四1-4首])个?季度|q(?P<q>[1-4])(?![0-9])|头一个(?P<first>季度)"
    rf"|(?P<m2>[一二三四五六七八九])[、,]?(?=[一二三四五六七八九十]+月)(?P<m3>{_MONTH})月(?:份)?"
    rf"|(?P<month>{_MONTH})\s?月(?!度)(?:份|\s?(?P<third>[上中下]旬|初(?!级)|底|末)|(?P<day>{_DAY})\s?[日号](?!线"
    rf"|楼|院|文|令))?)"
)
_WITHOUT_YEAR = {"年底", "年末", "年初", "年中", "上半年", "下半年", "开年", "一开年"}
_AFTER_YEAR = r"(?:年的?|年度?|\s年\s?)"
_NO_YEAR = (  # what makes 18年 a length of time
    r"(?!级|龄|薪|限|轮|以[上下内]|之久|多|间|内|来|了|如一日|里来"
    r"|的?(?:工龄|时间|历史|功夫|工夫|党龄|教龄|老|合同|期))"
)
_NUMBERED = crossed(_spaced(f"{_C}0123456789"), "_ ~ ~~", "年")  # a numeral, blanks perhaps, and 年
_FULL = Hinted(
    (rf"(?<![0-9.\-/第{_C}])(?P<y4>{_Y4})(?:\s?{_AFTER_YEAR}\s?{_PART}|\s?年度?(?!级|轮|龄))"),
    _NUMBERED,
)
_SHORT = Hinted(
    (
        rf"(?<![0-9.\-/第{_C}十百千万几两])'?(?P<y2>{_Y2})(?:{_AFTER_YEAR}{_PART}|年{_NO_YEAR})"
        rf"|(?<![0-9.\-/第{_C}十百千万几两])(?P<y2b>[〇零一二][{_C}])(?P<bare>[底初末春夏秋冬])(?=[^天节]|$)"
    ),
    [*_NUMBERED, *crossed(_spaced(_C), _spaced("底初末春夏秋冬"))],
)
_LIST = Hinted(
    (
        rf"(?<![0-9.\-/第{_C}十百千万几两])(?P<a>{_Y4}|{_Y2})(?:年)?(?P<sep>\s?(?:、|,|和|或者?|到|至|—+|–|-|~)\s?)"
        rf"(?P<b>{_Y4}|{_Y2})年(?:度|间|{_NO_YEAR})(?:(?P<half>[上下]半年)|(?P<tail>[初底末]))?"
    ),
    _NUMBERED,
)
_NUMBERS = Hinted(
    (
        r"(?<![0-9a-z.\-/])(?P<y>(?:19|20)[0-9]{2})(?P<sep>[./-])(?P<m>1[0-2]|0?[1-9])"
        r"(?:(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9]))?(?![0-9%-]|\.[0-9]|\s?(?:万|亿|元|个|家|条|米|公里|版|倍|分))"
    ),
    crossed(_spaced("0123456789"), ". / -"),
)
_ROC = Hinted(
    (rf"民国(?P<roc>[0-9]{{2,3}}|[{_C}十百]{{1,4}})年"),
    ["民国"],
)
_SAID = Hinted(
    (
        rf"(?P<word>大前年|(?<!以)前年(?!度|份)|(?<!过)去年|上年度|今年|本年度?|明年|后年(?!度))(?:的?{_PART})?"
    ),
    crossed("前年 去年 上年度 今年 本年 明年 后年"),
)
_TOLD = Hinted(
    (rf"(?P<word>那一?年|那个年头|当年|同年|这一年|该年)(?:的?{_PART})"),
    crossed("那年 那一年 那个年头 当年 同年 这一年 该年"),
)
_NEXT_YEAR = Hinted(
    (rf"(?<!了)(?P<word>第[二三四]年|次年|转年|转过年(?:来)?|翌年|来年|过了年)(?:的?{_PART})?"),
    crossed("第二年 第三年 第四年 次年 转年 转过年 翌年 来年 过了年"),
)
_AGO = Hinted(
    (
        rf"(?P<n>{_NUM})(?:多)?年(?:多)?(?P<far>以前|之前|前)(?!后|面|期|半|台)"
        rf"|(?P<pair>[一两二三四五六七八九][二三四五六七八九]|十[来几]|好?几)年(?:多)?(?:以前|之前|前)(?!后|面|期)"
        rf"|(?P<months>{_NUM})个(?:多)?月(?:以前|之前|前)|(?P<half>大?半年(?:多)?)(?:以前|之前|前)"
    ),
    crossed("年 月", "_ 多", "前 以前 之前"),
)
_RECENT = Hinted(
    (
        r"(?:最近|近|过去|过往)(?:的|这)?(?P<n>[0-9]{1,2}|[一两二三四五六七八九十]{1,2}|几)年(?:来|间|里)?"
        r"|(?P<these>这)(?P<k>[两二三四五六七八九]|几|些)年(?:来|间|里|(?![前级以]))"
        r"|前(?P<early>[两二三几些])年|(?P<late>近年来|近年|近些年)"
        r"|(?P<half>最近(?!的)|近期|近来|前(?:一)?段时间|前一?阵子?|前不久|不久前|这段时间|这一?阵子?)"
    ),
    [
        *crossed("近 过去 过往", "_ 的 这", _spaced("0123456789一两二三四五六七八九十几")),
        *crossed("最近 近年 近些年 近期 近来"),
        *crossed("这", _spaced("两二三四五六七八九几些"), "年"),
        *crossed("前", _spaced("两二三几些"), "年"),
        *crossed("前段时间 前一段时间 前阵 前一阵 前不久 不久前 这段时间 这阵 这一阵"),
    ],
)
_MONTHS = Hinted(
    (
        r"(?P<word>上上个?月|上个?月(?!台|球|亮)|这个月|本月|下个月)(?P<third>初|底|末|[上中下]旬)?"
        r"|(?P<days>上上?(?:周|星期|礼拜)[一二三四五六日天]?|上回周末|前几天|前两天|昨天|昨儿)"
    ),
    crossed("上个月 上月 这个月 本月 下个月 上周 上星期 上礼拜 上回周末 前几天 前两天 昨天 昨儿"),
)
_PLAN = Hinted(
    (
        r"[\"“'「]?(?P<n>十[一二三四五六])五[\"”'」]?(?:规划)?(?P<part>时期|期间|以来|那几年|那五年|的时候|阶段|"
        r"开局之年|头一年|收官之年|最后一年|初期?|末期?|前期|后期|后半段|中期)"
    ),
    crossed("十", _spaced("一二三四五六"), "五"),
)
_BARE = Hinted(
    (rf"(?<![每逢0-9个第{_C}十、])(?<!年年)(?<!每年)(?<!每年的)(?<![一每]到){_PART}"),
    [
        *crossed(_spaced("0123456789一二三四五六七八九十"), "_ ~", "月"),
        *crossed("季度 q1 q2 q3 q4 年底 年末 年初 年中 上半年 下半年 开年"),
    ],
)
_SHIFT = Hinted(
    (
        rf"(?:又?过了|又过)?(?P<n>{_NUM}|半|大半)(?P<unit>个(?:多)?月|年)(?:多)?(?:以后|之后|后(?!来|面|期|半))"
        rf"|(?:又?过了|又过)(?P<n2>{_NUM}|半|大半)(?P<unit2>个(?:多)?月|年)(?:多)?"
    ),
    ["过了", "又过", *crossed("年 月", "_ 多", "后 以后 之后")],
)
_DURATION = expression(
    r"(?:[了过近约满共整第每用花达隔差快再又长有超这那头前后干做待等当守跑拖熬]|历时|工作|从业|服务|前后|超过|不到|将近"
    r"|接近|至少|足足|整整|大概|连续|长达|平均|苦了|其中)$"
)
_AMBIGUOUS = expression(r"(?:[一二][二三四]|[一二]两)")  # 一二年, 二三年 may be one or two years
_YEAR = expression(rf"[0-9{_C}]{{2}}\s?\s?年|[〇零一二][{_C}][底初末春夏秋冬]")  # in each of the next three
_YEARS = _FULL.bit | _SHORT.bit | _LIST.bit
_PAIR = expression(rf"[0-9{_C}]年?\s?[、,和或到至—–~-]+者?\s?[0-9{_C}]")  # in each list


def tokens(text: str, asked: int = ALL) -> Iterator[Token]:
    """Yield the bare times of a folded Chinese text, in no order; they may overlap. `asked`: see hints."""
    if asked & _YEARS:
        if not _YEAR.search(text):
            asked &= ~_YEARS
        elif not _PAIR.search(text):
            asked &= ~_LIST.bit
    return read(text, asked, _READERS)


def _full(found: re.Match[str]) -> Token | None:
    return _token(found, _fixed_year(found["y4"]))


def _short(found: re.Match[str]) -> Token | None:
    word = found["y2"] or found["y2b"]
    return None if _is_duration(found.string, found.start(), word) else _token(found, _short_year(word))


def _list(found: re.Match[str]) -> Token | None:
    """两个年份 that share one 年: 一六、一七年, 2017到2019年, 18-20年."""
    one, two = found["a"], found["b"]
    if len(one) == 2 and (len(two) == 4 or _is_duration(found.string, found.start(), one)):
        return None
    half = {"上半年": 6, "初": 3}.get(found["half"] or found["tail"] or "", 12)
    return Token(found.start(), found.end(), _from_to(one, two, half), "explicit", "range")


def _numbers(found: re.Match[str]) -> Token | None:
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"] or 0)
    if found["sep"] == "-" and not found["d"] and len(found["m"]) < 2:
        return None
    span = a_day(year, month, day) if day else a_month(year, month)
    return Token(found.start(), found.end(), always(span), "explicit", "part")


def _roc(found: re.Match[str]) -> Token:
    year = 1911 + (chinese_number(found["roc"]) or 0)
    return Token(found.start(), found.end(), always(a_year(year)), "explicit", "year")


def _said(found: re.Match[str]) -> Token:
    back = {"大前年": 3, "前年": 2, "去年": 1, "上年度": 1, "明年": -1, "后年": -2}.get(found["word"], 0)
    return _token(found, _said_minus(back), "relative", "said")


def _told(found: re.Match[str]) -> Token:
    return _token(found, told_year, "relative")


def _next_year(found: re.Match[str]) -> Token:
    step = {"第三年": 2, "第四年": 3}.get(found["word"], 1)
    return _token(found, _told_plus(step), "relative")


def _ago(found: re.Match[str]) -> Token | None:
    if found["n"] and _is_short_year(found["n"], found["far"]):
        return None
    return Token(found.start(), found.end(), ago(groups(found)), "relative")


def _recent(found: re.Match[str]) -> Token:
    return Token(found.start(), found.end(), recently(groups(found)), "relative")


def _near(found: re.Match[str]) -> Token:
    return Token(found.start(), found.end(), near(groups(found)), "relative", "part")


def _plan(found: re.Match[str]) -> Token:
    return Token(found.start(), found.end(), five_year_plan(found["n"], found["part"]), "explicit")


def _shift(found: re.Match[str]) -> Token:
    number, unit = found["n"] or found["n2"], found["unit"] or found["unit2"]
    return Token(found.start(), found.end(), later(number, unit), "relative")


def _later_part(found: re.Match[str]) -> Token | None:
    named = found["named"]
    if found["spring"] or not (named is None or named in _WITHOUT_YEAR):
        return None
    part = _part(groups(found))
    assert part is not None
    return Token(found.start(), found.end(), of_told(part), "relative", "month")


_READERS = (
    (_FULL, _full), (_SHORT, _short), (_LIST, _list), (_NUMBERS, _numbers), (_ROC, _roc),
    (_SAID, _said), (_TOLD, _told), (_NEXT_YEAR, _next_year), (_AGO, _ago), (_RECENT, _recent),
    (_MONTHS, _near), (_PLAN, _plan), (_SHIFT, _shift), (_BARE, _later_part),
)  # fmt: skip
PATTERNS = tuple(pattern for pattern, _ in _READERS)


def _token(
    found: re.Match[str], year: Callable[[Clock], int | None], source: str = "explicit", kind: str = ""
) -> Token:
    part = _part(groups(found))
    if part is None:
        return Token(found.start(), found.end(), of_year(year, a_year), source, kind or "year")
    return Token(found.start(), found.end(), of_year(year, part), source, kind or "part")


@remembered
def _part(words: Groups) -> Callable[[int], TimeSpan | None] | None:
    """Return what makes a span of a year from the part that was named; None where none was."""
    got = dict(words)
    word = got.get("named") or got.get("bare", "")
    if word:
        word = {"底": "年底", "末": "年末", "初": "年初", "中": "年中"}.get(word, word)
        low, high = _NAMED.get(word) or _NAMED[next(c for c in word if c in "春夏秋冬")]
        return lambda year: months(year, low, high, "month" if low == high else "part-year")
    if "spring" in got:
        return spring_festival
    quarter = got.get("quarter") or got.get("q") or ("一" if "first" in got else "")
    if quarter:
        number = 1 if quarter == "首" else chinese_number(quarter) or 1
        return lambda year: months(year, number * 3 - 2, number * 3)
    if "m2" in got:
        first, last = chinese_number(got["m2"]) or 0, chinese_number(got["m3"]) or 0
        return lambda year: months(year, first, last) if first < last else None
    if "month" not in got:
        return None
    month, day = chinese_number(got["month"]) or 0, chinese_number(got.get("day", "")) or 0
    if day:
        return lambda year: a_day(year, month, day)
    third = got.get("third", "")
    return lambda year: third_of(a_month(year, month), third)


def spring_festival(year: int) -> TimeSpan | None:
    """From the eve of the lunar new year to the lantern festival."""
    if not 2000 <= year < 2000 + len(_SPRING_FESTIVAL):
        return months(year, 1, 2)
    month, day = divmod(_SPRING_FESTIVAL[year - 2000], 100)
    first = datetime.date(year, month, day)
    return TimeSpan(first - ONE_DAY, first + 14 * ONE_DAY, "part-year")


@remembered
def _from_to(one: str, two: str, half: int) -> Reckoning:
    first = _fixed_year(one) if len(one) == 4 else _short_year(one)
    last = _fixed_year(two) if len(two) == 4 else _short_year(two)

    def at(clock: Clock) -> TimeSpan | None:
        low, high = first(clock), last(clock)
        span = years(low, high) if low and high else None
        if span is None or half == 12 or span.start is None or high is None:
            return span
        end = months(high, half, half)
        return TimeSpan(span.start, end.end if end else span.end, "part-year")

    return at


@remembered
def _fixed_year(word: str) -> Callable[[Clock], int | None]:
    number = chinese_number(word) or 0
    return lambda clock: number


@remembered
def _short_year(word: str) -> Callable[[Clock], int | None]:
    """18年 is 2018 where that is no later than two years after it was said, 98年 is 1998."""
    number = chinese_number(word)
    number = 0 if number is None else number

    def year(clock: Clock) -> int | None:
        latest = clock.said.end.year + 2 if clock.said and clock.said.end else 2035
        if 2000 + number <= latest:
            return 2000 + number
        return 1900 + number if number >= 70 else 0  # 0: no year; no span is made of it

    return year


def _is_duration(text: str, start: int, word: str) -> bool:
    """Whether the two digits before 年 count years: 干了18年, 过了一二年."""
    ahead = text[max(0, start - 3) : start]
    if word[0].isdigit() and word.isascii():
        return bool(_DURATION.search(ahead))
    return bool(_AMBIGUOUS.fullmatch(word) and re.search(r"[了过近约满这那再有用就]$", ahead))


def _is_short_year(number: str, tail: str) -> bool:
    """18年以前 is before 2018; 10年前, 20年前 and 十八年前 count years back."""
    if not (len(number) == 2 and number.isascii()):
        return False
    return tail != "前" or int(number) % 5 != 0


@remembered
def _said_minus(back: int) -> Callable[[Clock], int | None]:
    def year(clock: Clock) -> int | None:
        now = said_year(clock)
        return None if now is None else now - back

    return year


@remembered
def _told_plus(step: int) -> Callable[[Clock], int | None]:
    def year(clock: Clock) -> int | None:
        told = told_year(clock)
        return None if told is None else told + step

    return year
