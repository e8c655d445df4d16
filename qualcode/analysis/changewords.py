"""Sentences that say one thing turned into another: their direction words, and what stands on either side.

    from_to     从X到Y, 由X转向Y; moved from X to Y, X turned into Y
    then_now    以前X现在Y, also over two sentences of one speech; used to X but now Y
    no_longer   不再X, 改为Y; no longer X but Y
    back_to     又退回Y; went back to Y (what stands before is X)
    begins      转而Y, 反过来Y; began to Y (what stands before is X)

A statement may be denied (没有从X变成Y), ought to be (要从X转向Y), or be supposed or asked. Nothing here
knows what X and Y mean: codes are looked up in their places (`statements`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from qualcode.text.anyof import AnyOf

_END = "。！？!?；;"
_X = rf"(?P<x>[^{_END}]{{1,40}}?)"
_Y = rf"(?P<y>[^{_END}]{{1,40}})"
_THEN = (
    r"(?:以前|之前|从前|过去|原来|原先|早先|早些年|那会儿|那时候|当时|当年|起初|最初|一开始|头几年|头一年)"
)
_NOW_WORDS = "现在|如今|后来|往后|打那以后|打那儿起|从那以后|这两年|这几年|目前|眼下|那个月|这回"
_NOW = rf"(?:{_NOW_WORDS})"
_NUMBER = r"\d〇零一二三四五六七八九十几两"
_INTO = r"(?:转向|转到|转成|转为|转变为|转变成|变成|变为|走向|过渡到)"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("from_to", rf"(?:从|由){_X}{_INTO}了?{_Y}"),
        # 从早到晚 and 从三件到五件 are no change of conduct
        ("from_to", rf"从(?P<x>[^{_END}，,{_NUMBER}]{{2,20}}?)到(?![{_NUMBER}晚头尾底]){_Y}"),
        ("from_to", rf"\b(?:went|moved?|changed?|shift(?:ed)?|turn(?:ed)?|swung) from {_X} (?:in)?to {_Y}"),
        ("from_to", rf"\b{_X} (?:turned|changed|shifted|grew) into {_Y}"),
        ("then_now", rf"{_THEN}{_X}[，,、](?:可|但|但是|不过|而)?{_NOW}{_Y}"),
        ("then_now", rf"\bused to {_X}[,;]? (?:but |and )?now(?:adays)? {_Y}"),
        ("then_now", rf"\b(?:before|at first|in the past|back then),? {_X}[,;] (?:but |and )?"
                     rf"(?:now|later|after that|these days),? {_Y}"),
        ("no_longer", rf"(?:不再|再也不|早就不){_X}[，,](?:而是|转而|改为|改成|开始)?{_Y}"),
        ("no_longer", rf"\bno longer {_X}(?:,| but|;) {_Y}"),
        (
            "back_to",
            rf"(?P<x>[^{_END}]{{0,40}}?)[，,]?(?:又回到了?|又退回|又缩回|退回到|缩回到|跟回到|退了[一两]步)(?:去了?)?{_Y}?",
        ),
        ("back_to", rf"{_X},? (?:went|fell|slid) back to {_Y}"),
        ("begins", rf"{_X}[，,](?:转而|反过来|掉过头来?|转天就|改为|改成|改用){_Y}"),
        ("begins", rf"{_X}[,;] (?:and|but|then|so) (?:we|they|he|she|I) (?:began|started) to {_Y}"),
    )
)  # fmt: skip


class Anchor(NamedTuple):
    """What each statement of a kind has: a Chinese word, or what an English pattern finds.

    Where the pattern finds something, one of `parts` is in the text in lower case. They are without i, k and
    s, which have other forms than their capitals.
    """

    words: tuple[str, ...]
    parts: tuple[str, ...]
    english: re.Pattern[str]

    def there(self, text: str, low: str) -> bool:
        """Whether a text, `low` in lower case, has one."""
        for word in self.words:
            if word in text:
                return True
        for part in self.parts:
            if part in low:
                return self.english.search(text) is not None
        return False


def _anchor(words: str, parts: str, english: str) -> Anchor:
    return Anchor(tuple(words.split("|")), tuple(parts.split("|")), re.compile(english, re.IGNORECASE))


# They are looked for first, since patterns that begin anywhere are slow.
ANCHORS = {
    "from_to": _anchor("从|由", "from|nto", r"\b(?:from|into)\b"),
    "then_now": _anchor(_NOW_WORDS, "now|later|after th|day", r"\bnow|\b(?:later|after that|these days)\b"),
    "no_longer": _anchor("不再|再也不|早就不", "no longer", r"\bno longer\b"),
    "back_to": _anchor("又回到|又退回|又缩回|退回到|缩回到|跟回到|退了一步|退了两步", " to", r"\bback to\b"),
    "begins": _anchor(
        "转而|反过来|掉过头|转天就|改为|改成|改用", "began to|tarted to", r"\b(?:began|started) to\b"
    ),
}
# Parts that stand in most texts, and what stands there too where they matter: every k is k in lower case.
_RARER = {" to": "back to"}
# What statements of then and now begin with, in lower case: `_THEN`, and parts of the same in English.
_BEGINNINGS = (*_THEN[3:-1].split("|"), "ed to", "before", "at f", "n the pa", "back then")
_TELLING = AnyOf(
    [_RARER.get(word, word) for one in ANCHORS.values() for word in (*one.words, *one.parts)], _BEGINNINGS
)
DENIED = re.compile(
    r"(?:没有|没|并未|未|不是|谈不上|说不上|不能说|哪有|不可能|还没|无法)[^，。；,;]{0,6}$|"
    r"(?:\bnot|\bnever|\bhardly|n't|\bno)\b[^,.;]{0,20}$",
    re.IGNORECASE,
)
OUGHT = re.compile(
    r"(?:应当|应该|必须|需要|希望|争取|力争|推动|促进|加快|实现|努力|要)[^，。；]{0,12}$|"
    r"\b(?:should|must|shall|need to|ought to|promote|aim to|move)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
SUPPOSED = re.compile(r"如果|要是|假如|万一|倘若|除非|\b(?:if|unless|suppose)\b", re.IGNORECASE)
ASKED = re.compile(r"[？?][”\"』」）)]*\s*$")


class Change(NamedTuple):
    """One statement: its kind, its place, the places of its two sides, and how it is meant."""

    cue: str
    start: int
    end: int
    before: tuple[int, int]
    after: tuple[int, int]
    polarity: str
    modality: str


def cues_in(text: str) -> set[str]:
    """Return the kinds of statements that a text may hold, by their words."""
    low = text.lower()
    return {cue for cue, anchor in ANCHORS.items() if anchor.there(text, low)}


def may_change(texts: Sequence[str]) -> tuple[Any, Any]:
    """Say of each of many texts whether it may hold a statement, and whether one of then and now may begin.

    Few that hold none are among them, and all that do.
    """
    whole, begun = _TELLING.in_each([text.lower() for text in texts])
    return whole, begun


def changes(text: str) -> Iterator[Change]:
    """Find statements of change in a text, the first pattern of overlapping ones kept, as they stand.

    >>> text = "从要我共享变成我要共享"
    >>> [(one.cue, text[slice(*one.before)], one.polarity) for one in changes(text)]
    [('from_to', '要我共享', 'affirmed')]
    >>> next(changes("并没有从推诿变成担当")).polarity
    'negated'
    """
    found: list[Change] = []
    there = cues_in(text)
    for cue, pattern in PATTERNS if there else ():
        if cue not in there:
            continue
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            lead = text[: match.start()]
            found.append(
                Change(
                    cue,
                    match.start(),
                    match.end(),
                    match.span("x"),
                    match.span("y") if match["y"] is not None else (match.end(), match.end()),
                    "negated" if DENIED.search(lead) else "affirmed",
                    _modality(text, lead),
                )
            )
    yield from sorted(found, key=lambda one: one.start)


def _modality(text: str, lead: str) -> str:
    if ASKED.search(text):
        return "question"
    if SUPPOSED.search(text):
        return "hypothetical"
    return "normative" if OUGHT.search(lead) else "actual"
