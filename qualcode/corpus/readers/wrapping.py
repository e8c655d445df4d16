"""Tell a line break that ends a paragraph from one that only ended the line.

Latin text is often wrapped by hand or by an editor at a fixed width; Chinese text hardly ever is, except
where it was copied out of a PDF. `Wrap` is measured once on all lines of a file and then asked line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.expressions import expression

_HAN = expression(
    "[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_FULL = expression(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff]+"
)
_SENTENCE_END = expression("[.!?。！？…；：:][\"'”’」』）)]*$")
_ANEW = expression(
    r"""(?:
      [-*+•·▪●○◆]\s+                                              # a bullet
    | [(（\[【]?\s*(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4}|[一二三四五六七八九十百]{1,4})\s*
      [.)）、】\]．](?!\d)                                            # a number
    | 第[一二三四五六七八九十百千零〇○\d]{1,6}[编編章节節条條款项項]                   # 第三条
    | [#>|]                                                       # Markdown
    | [\[(（【]?\d{1,2}[:：]\d{2}                                   # a time
    | (?:interviewer|interviewee|moderator|respondent|participant|speaker|facilitator|researcher|[qaipr])
      \s*\d*\s*[:：]
    | [A-Z0-9\[(（](?:[^\s:：]+(?:\s[^\s:：]+){0,4}\s?)?[:：](?!//)   # Jane Doe:
    | [^\s:：，。！？；、]{1,12}[:：]                                  # 张处长：
    )""",
    re.VERBOSE,
)
_INDENT = expression("(?:\u3000|[ \\t\u00a0]{2,})")

NARROWEST, WIDEST = 40, 160  # a wrapped line of Latin text, in columns


def columns(text: str) -> int:
    """Return the width of a text on a terminal: two for a full-width character, one for any other."""
    return len(text) if text.isascii() else 2 * len(text) - len(_FULL.sub("", text))


def starts_anew(line: str) -> bool:
    """Whether a line looks like the beginning of something: a label, a time, a list item, an article."""
    return bool(_ANEW.match(line.strip()[:80]))


def is_han(line: str) -> bool:
    """Whether a line is in Chinese: at least one character in five is Han or Kana."""
    if line.isascii():
        return not line.strip()
    return (len(line) - len(_HAN.sub("", line))) * 5 >= len(line.strip())


@dataclass(frozen=True, slots=True)
class Wrap:
    """The widths, in columns, at which a file's lines are wrapped; 0: they are not."""

    latin: int = 0
    han: int = 0

    @classmethod
    def measure(cls, lines: Iterable[str]) -> Wrap:
        """Measure the lines that another one follows, without a blank line between them; none is blank."""
        latin: list[int] = []
        han: list[tuple[int, bool]] = []
        for line, n in Counter(lines).items():  # the same headings over and over
            if is_han(line):
                han += [(columns(line), bool(_SENTENCE_END.search(line.rstrip())))] * n
            else:
                latin += [columns(line.rstrip())] * n
        return cls(_latin_width(latin), _han_width(han))

    def continues(self, line: str, following: str) -> bool:
        """Whether `following` goes on with the paragraph of `line`, the line before it."""
        if not (self.latin or self.han) or starts_anew(following) or not line.strip():
            return False
        width = columns(line.rstrip())
        if is_han(line) or is_han(following):
            return bool(self.han) and width >= self.han - 3 and not _INDENT.match(following)
        if not self.latin:
            return False
        first = following.split(maxsplit=1)[0] if following.strip() else ""
        goes_on = first[:1].islower() and not _SENTENCE_END.search(line.rstrip())
        return (goes_on and width >= NARROWEST) or width + 1 + columns(first) >= 0.85 * self.latin


def _latin_width(widths: list[int]) -> int:
    """The 95th percentile, where that is a width people wrap at."""
    if not widths:
        return 0
    width = sorted(widths)[(len(widths) - 1) * 95 // 100]
    return width if NARROWEST <= width <= WIDEST else 0


def _han_width(lines: list[tuple[int, bool]]) -> int:
    """The commonest width, where most lines have it and most of those stop in mid-sentence."""
    if len(lines) < 6:
        return 0
    width = max(Counter(w for w, _ in lines).items(), key=lambda item: (item[1], item[0]))[0]
    near = [ended for w, ended in lines if width - 3 <= w <= width + 2]
    if width < 30 or len(near) * 5 < len(lines) * 3 or sum(near) * 2 > len(near):
        return 0
    return width
