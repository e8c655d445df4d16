"""Write out the numbers that Word gives to paragraphs: 第一条, （二）, 3., iv).

In many regulations 第N条 is not in the text of the file but an automatic number; without it no article could
be told from the next. Bullets give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.corpus.readers.xmltext import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks, where it starts, what follows it."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    gap: str = " "


@dataclass(slots=True)
class Numbering:
    """All lists of a document, and how far each has been counted."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)  # by list id
    shared: Mapping[str, str] = field(default_factory=dict)  # list id -> its abstract list, which counts
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style -> list id, level
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    restarts: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and return its number as shown, "" for bullets and unknown lists."""
        levels = self.levels.get(list_id)
        if not levels or level not in levels:
            return ""
        counts = self.counts.setdefault(self.shared.get(list_id, list_id), {})
        if list_id not in self.begun:
            self.begun.add(list_id)
            for restarted in self.restarts.get(list_id, ()):
                counts.pop(restarted, None)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if levels[level].format in ("bullet", "none"):
            return ""

        def shown(found: re.Match[str]) -> str:
            wanted = int(found[1]) - 1
            of = levels.get(wanted, Level())
            return write_number(counts.get(wanted, of.start), of.format)

        text = re.sub(r"%([1-9])", shown, levels[level].text)
        return text + levels[level].gap if text.strip() else ""


def read_numbering(root: _Element | None) -> Numbering:
    """Read `word/numbering.xml`; None (no lists) gives a numbering without any."""
    if root is None:
        return Numbering()
    abstract: dict[str, dict[int, Level]] = {}
    styled: dict[str, list[tuple[str, int]]] = {}
    for element in _children(root, "abstractNum"):
        name = attribute(element, "abstractNumId")
        abstract[name] = {}
        for level in _children(element, "lvl"):
            number = _integer(attribute(level, "ilvl"), 0)
            abstract[name][number] = _level(level)
            for style in _children(level, "pStyle"):
                styled.setdefault(name, []).append((attribute(style, "val"), number))
    levels: dict[str, dict[int, Level]] = {}
    shared: dict[str, str] = {}
    restarts: dict[str, frozenset[int]] = {}
    styles: dict[str, tuple[str, int]] = {}
    for element in _children(root, "num"):
        name = attribute(element, "numId")
        base = next((attribute(a, "val") for a in _children(element, "abstractNumId")), "")
        levels[name] = dict(abstract.get(base, {}))
        shared[name] = base
        restarted = set()
        for override in _children(element, "lvlOverride"):
            number = _integer(attribute(override, "ilvl"), 0)
            for level in _children(override, "lvl"):
                levels[name][number] = _level(level)
            for start in _children(override, "startOverride"):
                old = levels[name].get(number, Level())
                levels[name][number] = Level(
                    old.format, old.text, _integer(attribute(start, "val"), 1), old.gap
                )
                restarted.add(number)
        restarts[name] = frozenset(restarted)
        for style_id, number in styled.get(base, []):
            styles.setdefault(style_id, (name, number))
    return Numbering(levels=levels, shared=shared, styles=styles, restarts=restarts)


def write_number(n: int, style: str) -> str:
    """Write a number as Word does for a number format; an unknown format gives digits.

    >>> [write_number(n, "chineseCountingThousand") for n in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百零五']
    >>> write_number(4, "lowerRoman"), write_number(28, "upperLetter"), write_number(3, "decimalZero")
    ('iv', 'BB', '03')
    """
    if style in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    ):
        return _chinese(n)
    if style in ("taiwaneseCounting", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(d)] for d in str(n)) if n >= 20 or n < 10 else _chinese(n)
    if style in ("lowerRoman", "upperRoman"):
        return _roman(n).upper() if style == "upperRoman" else _roman(n)
    if style in ("lowerLetter", "upperLetter") and n > 0:
        letter = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style == "decimalZero":
        return f"{n:02d}"
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)})
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if style == "ideographTraditional" and 1 <= n <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[n - 1]
    return str(n)


def _chinese(n: int) -> str:
    if not 0 < n < 10_000:
        return str(n)
    text = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, value)
        if digit:
            text += _DIGITS[digit] + unit
        elif text and n and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(n: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (n // value)
        n %= value
    return text


def _level(element: _Element) -> Level:
    def value(name: str, default: str) -> str:
        return next((attribute(e, "val") for e in _children(element, name)), default)

    gap = "" if value("suff", "tab") == "nothing" else " "
    return Level(value("numFmt", "decimal"), value("lvlText", ""), _integer(value("start", "1"), 1), gap)


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return element.iterchildren("{*}" + name)


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
