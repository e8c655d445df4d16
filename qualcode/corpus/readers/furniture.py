"""Tell lines that belong to the paper from lines that belong to the text.

Furniture is page numbers (`— 3 —`, `-3-`, `第 3 页 共 10 页`, `Page 3 of 10`), the tail of a Chinese official
document (`抄送：…` up to `…2019年4月10日印发`) and lines drawn with dashes. It stays in the text and is no
segment. A bare `3` on a line of its own may be somebody's answer: it counts as a page number only in a run
that ascends by one through the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, count, pairwise, repeat
from operator import contains, itemgetter

from qualcode.expressions import expression

_DASH = r"[-－–—―─━·•~～]"
_PAGE = expression(
    rf"""(?:
      {_DASH}{{1,4}}\s*[0-9０-９]{{1,4}}\s*{_DASH}{{1,4}}          # — 3 —
    | 第\s*[0-9０-９一二三四五六七八九十百]{{1,5}}\s*[页頁]
      (?:\s*[,，/／|]?\s*[共总總]\s*[0-9０-９一二三四五六七八九十百]{{1,5}}\s*[页頁])?   # 第3页 共10页
    | [Pp](?:age|AGE)\.?\s*[0-9]{{1,4}}(?:\s*(?:of|OF|/)\s*[0-9]{{1,4}})?   # Page 3 of 10
    | [0-9]{{1,3}}\s*[/／]\s*[0-9]{{1,3}}\s*[页頁]?               # 3 / 10
    )""",
    re.VERBOSE,
)
_BARE = expression(r"[0-9０-９]{1,4}")
_COPIED = expression(r"抄\s*[送报報]\s*[：:]")
_PRINTED = expression(r"(?:.{0,80}?)[0-9０-９〇○零一二三四五六七八九十]{4}\s*年.{1,12}日\s*印\s*[发發]\s*。?")
_COPIES = expression(r"[（(]?(?:共印|印数|印數)\s*[：:]?\s*[0-9０-９]+\s*份?\s*[）)]?")
_DRAWN = frozenset("-=*_~#+—―─━═﹏＿")
_RULE = expression(r"([-=*_~#+])(?:\s*\1){2,}|[—―─━═﹏＿]{3,}")


# All of the above begin with one of these signs, behind blanks or not, or 印 is in them.
_FIRST = frozenset("-－–—―─━·•~～0123456789０１２３４５６７８９第Pp")  # of page numbers
_ONLY_DRAWN = _DRAWN - _FIRST
_FIRST |= _DRAWN
_FIRST |= frozenset(filter(str.isspace, map(chr, range(0x3001))))
LONGEST = 100  # characters; no such line is longer, 抄送 lists apart


def is_page_number(line: str) -> bool:
    """Whether a line is a page number beyond doubt; a bare `3` is not."""
    return _is(_PAGE, line)


def is_rule(line: str) -> bool:
    """Whether a line is drawn, not written: `-----`, `* * *`, `————`."""
    line = line.strip()
    if line[:1] not in _DRAWN or len(set(line[:9])) > 2:
        return False
    return len(set(line)) <= 2 and bool(_RULE.fullmatch(line))


def is_bare_number(line: str) -> bool:
    return _is(_BARE, line)


def furniture(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines (or paragraphs) of one document that are furniture.

    >>> sorted(furniture(["第一条 略。", "— 3 —", "抄送：甲，", "乙。", "某办 2019年4月10日印发", "好。"]))
    [1, 2, 3, 4]
    """
    firsts = map(itemgetter(slice(1)), lines)
    odd = [i for i in compress(count(), map(_FIRST.__contains__, firsts)) if not _is_article(lines[i])]
    rules = {line for line in {lines[i] for i in odd} if is_rule(line)}  # the same headings over and over
    numbers = [i for i in odd if lines[i][0] not in _ONLY_DRAWN]
    found = {i for i in odd if lines[i] in rules} | {i for i in numbers if is_page_number(lines[i])}
    for i in compress(count(), map(contains, lines, repeat("印"))):
        if _is(_PRINTED, lines[i]) or _is(_COPIES, lines[i]):
            found.add(i)
    for i in compress(count(), map(contains, lines, repeat("抄"))):
        if _COPIED.match(lines[i].lstrip()):
            found.update(_copied(lines, i))
    return frozenset(found | _bare_run([(i, lines[i]) for i in numbers]))


def _is_article(line: str) -> bool:
    """Whether a line begins with 第 and is no page number for all that: most of a law is."""
    return line[0] == "第" and "页" not in line and "頁" not in line


def _is(pattern: re.Pattern[str], line: str) -> bool:
    line = line.strip()
    return len(line) <= LONGEST and bool(pattern.fullmatch(line))


def _copied(lines: Sequence[str], first: int) -> range:
    """The 抄送 list from its first line: to its full stop, or to the 印发 line where that is near."""
    last = first
    for i in range(first, min(first + 6, len(lines))):
        if _is(_PRINTED, lines[i]):
            return range(first, i + 1)
        if i > first and not lines[i - 1].rstrip().endswith(("，", "、", ",", "；", "：")):
            break
        last = i
    return range(first, last + 1)


def _bare_run(lines: Sequence[tuple[int, str]]) -> set[int]:
    """Bare numbers that ascend by one from each to the next, at least two, as page numbers do."""
    bare = [(i, int(line)) for i, line in lines if is_bare_number(line)]
    if len(bare) >= 2 and all(b == a + 1 for (_, a), (_, b) in pairwise(bare)):
        return {i for i, _ in bare}
    return set()
