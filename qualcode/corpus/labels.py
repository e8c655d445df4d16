"""Lines that look like a speaker's label, form by form, as transcripts really come.

`read_label` looks at one line and says what label, time and form it shows, if any. It does not decide: a line
such as `结果：…` looks like `张三：…`. Whether a form counts in a file is decided over the whole file by
`qualcode.corpus.speakers`.

Accepted, full and half width alike:

    heading   ### 唐鳳：                              (the block is a heading; text follows)
    bracket   [00:12:31] 张处长：话   00:12:31 张处长：话
    timed     张三(00:01:05): 话   I03-A[00:12:31]: 话
    alone     张处长 00:12:31   说话人 1 00:03   Jane Doe  1:02:03   Name (10:02)   00:12:31 张处长
    tabbed    00:12:31⇥Jane Doe⇥text                 (Zoom)
    plain     访谈者：话   Q1: text   A：
    stamp     [00:12:31] text   00:12:31             (a time without a speaker)

Refused: `17:30`, `http://…`, `第一条：`, `注：`, `地址：`, `第一：`, `时间：`, `附件：`, and phrases such as
也就是说：
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from itertools import compress, count, repeat
from typing import Literal, NamedTuple

from qualcode.corpus.labelwords import CODE, FIELD, KNOWN, NUMBERING, PHRASE, squeeze
from qualcode.corpus.roles import label_key
from qualcode.expressions import expression

Form = Literal["format", "heading", "bracket", "timed", "alone", "tabbed", "plain", "stamp"]
EXPLICIT: frozenset[str] = frozenset({"format", "heading", "bracket", "timed", "alone", "tabbed"})


class Label(NamedTuple):
    """What one line shows: offsets into the document's text."""

    form: Form
    name: str  # as written, trimmed; "" for a stamp
    start: int  # where the label begins, marks such as ### and ** included
    end: int  # where the words begin (or the end of the line)
    time: str = ""  # as written
    time_end: str = ""


_BLANK = r"[ \t　]*"
_BOLD = r"(?:\*\*|__|\*)?"
_TIME = r"\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?"
_DAY = r"(?P<day>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ T　]+)?"  # then the time is the clock's
_STAMP = rf"{_DAY}(?P<time>{_TIME})(?:\s*(?:-->|[-–—~～至])\s*(?P<until>{_TIME}))?"
_OPEN, _CLOSE = r"[\[(（【［]", r"[\])）】］]"
_SIGN = r"(?:#{1,6}[ \t　]+|>[ \t　]*|[-*•·][ \t　]+)?"
_MARKS = rf"{_BLANK}{_SIGN}(?P<number>\d{{1,3}}[.、．)）]{_BLANK})?{_BOLD}{_BLANK}"
_NOT_IN_NAME = r":：\[【\]】*#<>|。！？!?；;，,\"“”\t\n"
_NAME = rf"(?P<name>[^\s(（)）_{_NOT_IN_NAME}][^{_NOT_IN_NAME}]{{0,40}}?)"
_QUALIFIED = r"(?:[ ]?[(（][^()（）\n]{1,24}[)）])?"  # 受访者A（男，45岁）：
_PLAIN_NAME = rf"(?P<name>[^\s(（)）_{_NOT_IN_NAME}][^(（)）{_NOT_IN_NAME}]{{0,40}}?{_QUALIFIED})"
_COLON = rf"{_BLANK}{_BOLD}{_BLANK}[:：]{_BLANK}{_BOLD}{_BLANK}"
_END = rf"{_BLANK}{_BOLD}{_BLANK}$"

_SHAPES: tuple[tuple[Form, str], ...] = (
    ("tabbed", rf"{_BLANK}{_STAMP}\t+(?P<name>[^\t\n:：]{{1,40}}?)[:：]?[ ]*\t+"),
    ("bracket", rf"{_MARKS}{_OPEN}[ ]*{_STAMP}[ ]*{_CLOSE}{_BLANK}{_NAME}{_COLON}"),
    ("bracket", rf"{_MARKS}{_STAMP}[ \t　]+{_NAME}{_COLON}"),
    ("timed", rf"{_MARKS}{_NAME}{_BLANK}{_OPEN}[ ]*{_STAMP}[ ]*{_CLOSE}{_COLON}"),
    ("timed", rf"{_MARKS}{_NAME}[ \t　]+{_STAMP}{_BLANK}：{_BLANK}"),
    ("alone", rf"{_MARKS}{_NAME}{_BLANK}[:：]?{_BLANK}{_OPEN}[ ]*{_STAMP}[ ]*{_CLOSE}{_END}"),
    ("alone", rf"{_MARKS}{_OPEN}(?P<name>[^\]\n:：)）】]{{1,30}}){_CLOSE}[ \t　]+{_STAMP}{_END}"),
    ("alone", rf"{_MARKS}{_NAME}(?:{_BLANK}[:：])?[ \t　]+{_STAMP}[:：]?{_END}"),
    ("alone", rf"{_MARKS}{_OPEN}[ ]*{_STAMP}[ ]*{_CLOSE}{_BLANK}{_NAME}{_END}"),
    ("alone", rf"{_MARKS}{_STAMP}[ \t　]+{_NAME}{_END}"),
    ("stamp", rf"{_MARKS}{_OPEN}[ ]*{_STAMP}[ ]*{_CLOSE}{_BLANK}"),
    ("stamp", rf"{_MARKS}{_STAMP}{_END}"),
)
_PLAIN = expression(rf"{_MARKS}{_PLAIN_NAME}{_BLANK}{_BOLD}{_BLANK}(?P<colon>[:：]){_BOLD}{_BLANK}")
_PLAIN_BRACKETED = expression(
    rf"{_MARKS}[\[【［](?P<name>[^\[\]【】［］\n:：]{{1,24}})[\]】］]{_BLANK}(?P<colon>[:：]){_BLANK}"
)
_HEADED = expression(r"[#*\s　【\[]*(?P<name>[^:：。！？!?\n]{1,40}?)[】\]]?[ \t　*_]*[:：][ \t　*_]*")
_TIMED = expression(r"\d[:：]\d{2}")
# Up to the first colon, where a letter or the like follows: no blank, no digit of any kind
# (`str.isdigit`), no sign of emphasis.
_DIGITS = (
    "\\d\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490"
    "\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\U00010a40-\U00010a43\U00010e60-\U00010e68"
    "\U00011052-\U0001105a\U0001f100-\U0001f10a"
)
_OPENING = expression(rf"[^:：]*+(?:：|: )(?=[^\s{_DIGITS}*_])")
_MOST_OPENINGS = 4096  # that are remembered
LABEL_WITHIN = 120  # characters of a line that are looked at
_TAB = expression(r"[ ]*(?P<name>[^\t\n]{1,40}?)[:：]?[ ]*\t+[ ]*")

_WORDS = expression(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?")
_HAN = expression(r"[㐀-䶿一-鿿豈-﫿〇·•・]")


def read_label(
    text: str,
    start: int,
    end: int,
    *,
    heading: bool = False,
    row: bool = False,
    declared: Collection[str] = (),
) -> Label | None:
    """Say what label the line `text[start:end]` shows, None where it shows none that could be a speaker's.

    `heading` says that the line is a heading (only one that is all label counts); `row` that it is a row of a
    table, where a tab may stand for the colon. `declared` holds the keys (`roles.label_key`) of labels that
    count whatever they look like. Only the first 120 characters are looked at.
    """
    line = text[start : min(end, start + LABEL_WITHIN)]
    if ":" not in line and "：" not in line and "\t" not in line:
        return None
    whole = end - start <= LABEL_WITHIN
    if heading:
        shown = _heading(line, frozenset(declared)) if whole else None
        return Label("heading", shown.name, start, end, shown.time, shown.time_end) if shown else None
    if (":" in line or "：" in line) and _TIMED.search(line):
        for form, pattern in _forms():
            found = pattern.match(line)
            if not found or ("$" in pattern.pattern and not whole):
                continue
            name = _tidy(found["name"]) if form != "stamp" else ""
            if form == "stamp" or _names(name, declared, timed=True):
                return Label(form, name, start, start + found.end(), _clock(found), found["until"] or "")
    for pattern in (_PLAIN, _PLAIN_BRACKETED):
        found = pattern.match(line)
        if not found or not _colon_is_one(line, found):
            continue
        name = _tidy(found["name"])
        if found["number"] and not is_known(name):  # 1. 问：… is one, 1. 目标：… is not
            continue
        if _names(name, declared) and not _is_ratio(name, line[found.end() : found.end() + 1]):
            return Label("plain", name, start, start + found.end())
    if row and (found := _TAB.match(line)) and _names(_tidy(found["name"]), declared):
        return Label("plain", _tidy(found["name"]), start, start + found.end())
    return None


class Openings(dict[str, Label | None]):
    """What lines show that begin so and so, as if they stood at 0: a transcript has the same few beginnings.

    A beginning goes up to the first colon and takes in a blank behind a half-width one. What it shows is what
    `read_label` says of any line that goes on behind it with a letter or the like and has no other colon in
    the part that is looked at: neither times nor marks nor another label can then be in it.
    """

    def __init__(self, declared: Collection[str]) -> None:
        super().__init__()
        self._declared = declared

    def __missing__(self, opening: str) -> Label | None:
        if len(self) >= _MOST_OPENINGS:
            self.clear()
        shown = read_label(f"{opening}x", 0, len(opening) + 1, declared=self._declared)
        self[opening] = shown
        return shown

    def labels(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> list[Label | None]:
        """Say what label each of some paragraphs of one line shows, as if the label stood at 0."""
        shown: list[Label | None] = [None] * len(starts)
        signs = [sign for sign in ":：" if starts and text.find(sign, starts[0]) >= 0]
        if not signs:
            return shown
        limits = list(map(min, ends, map(LABEL_WITHIN.__add__, starts)))
        colons = _first_of(signs, text, starts, limits)
        told = list(compress(count(), map((-1).__lt__, colons)))
        behind = [colons[n] + 1 for n in told]
        others = _first_of(signs, text, behind, [limits[n] for n in told])
        for n, other in zip(told, others, strict=True):
            begun = None if other >= 0 else _OPENING.match(text, starts[n], limits[n])
            if begun:
                shown[n] = self[begun[0]]
            else:
                found = read_label(text, starts[n], ends[n], declared=self._declared)
                shown[n] = found and found._replace(start=0, end=found.end - starts[n])
        return shown


def _first_of(signs: Sequence[str], text: str, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Where the first of one or two signs stands in each of some stretches; -1: none does."""
    found = [map(text.find, repeat(sign), starts, ends) for sign in signs]
    if len(found) == 1:
        return list(found[0])
    return [min(pair) if -1 not in pair else max(pair) for pair in zip(*found, strict=True)]


@lru_cache(maxsize=16)  # the documents of a corpus declare the same few labels
def openings(declared: frozenset[str]) -> Openings:
    """What beginnings of lines show where some labels are declared, remembered from document to document."""
    return Openings(declared)


@cache  # compiled when the first line has a time: most texts have none
def _forms() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    return tuple((form, re.compile(shape)) for form, shape in _SHAPES)


@lru_cache(maxsize=4096)  # a transcript has the same few names on every line
def may_be_name(name: str, *, timed: bool = False) -> bool:
    """Whether a text could name a speaker: short, no sentence, no field name, no number.

    With a time beside it (`timed`) a name may be anything short that is no field name.
    """
    if not name or len(name) > 40 or is_known(name):
        return bool(name) and len(name) <= 40
    if not any(c.isalpha() for c in name) or FIELD.fullmatch(name) or NUMBERING.fullmatch(name):
        return False
    if not timed and PHRASE.fullmatch(name):
        return False
    han = len(_HAN.findall(name))
    if han:
        return timed or (han <= 10 and "、" not in name)
    words = name.split()
    if len(words) > 5:
        return False
    return (
        timed or CODE.fullmatch(name) is not None or (words[0][0].isupper() and bool(_WORDS.match(words[0])))
    )


@lru_cache(maxsize=4096)
def is_known(name: str) -> bool:
    """Whether a name is a word that transcripts use for speakers: 访谈者, 受访者A, 问, Speaker 2."""
    return KNOWN.fullmatch(squeeze(name)) is not None


def headings(
    text: str, starts: Sequence[int], ends: Sequence[int], declared: frozenset[str]
) -> list[Label | None]:
    """Say what label each of some headings is, as if it stood at 0: what `read_label` says of it."""
    lines = map(text.__getitem__, map(slice, starts, ends))
    return [
        _heading(line, declared) if len(line) <= LABEL_WITHIN and (":" in line or "：" in line) else None
        for line in lines
    ]


@lru_cache(maxsize=4096)  # a transcript has the same few headings over and over
def _heading(line: str, declared: frozenset[str]) -> Label | None:
    """The label that a whole heading is, as if it stood at 0."""
    end = len(line)
    if _TIMED.search(line):
        for form, pattern in _forms():
            found = pattern.match(line)
            if found and form in {"timed", "alone", "bracket"} and found.end() == end:
                name = _tidy(found["name"])
                if _names(name, declared, timed=True):
                    return Label("heading", name, 0, end, _clock(found), found["until"] or "")
    found = _HEADED.fullmatch(line)
    if found and _names(_tidy(found["name"]), declared, timed=True):
        return Label("heading", _tidy(found["name"]), 0, end)
    return None


def _names(name: str, declared: Collection[str], *, timed: bool = False) -> bool:
    return may_be_name(name, timed=timed) or (bool(declared) and label_key(name) in declared)


def _clock(found: re.Match[str]) -> str:
    """The time as written; after a date 14:30 is hours and minutes."""
    time: str = found["time"]
    return f"{time}:00" if found["day"] and len(re.findall("[:：]", time)) == 1 else time


def _colon_is_one(line: str, found: re.Match[str]) -> bool:
    """A full-width colon always is; a half-width one not in 17:30, http://, a::b or key:value."""
    if found["colon"] == "：":
        return True
    after = line[found.start("colon") + 1 : found.start("colon") + 2]
    return (
        not after or after.isspace() or after in "*_" or bool(_HAN.match(after)) or after in "（(［[【“「『…—"
    )


def _is_ratio(name: str, after: str) -> bool:
    """比例 3：1, but not 受访者1：3个局."""
    return name[-1].isdigit() and after.isdigit() and not is_known(name) and not CODE.fullmatch(name)


@lru_cache(maxsize=4096)  # and the same string for the same name
def _tidy(name: str) -> str:
    return name.strip(" \t　*_")
