"""The build of Chinese documents: chapters, articles, items, tables of contents.

    第一章 总 则                     a heading; so are 第二节 …, 第三编 …, 一、总体要求, where short
    第 十二 条 本条例所称…            begins article 第十二条, which goes on until the next article or heading
    （一）…；  (2) …  1. …           list items
    目录 / 第一章 … / 第二章 …         a table of contents, whose lines return as headings: front matter

Every paragraph is one block here, as the readers give it. English `Article 12` begins an article too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat

from qualcode.corpus.layout import Blocks, Row, rows_of
from qualcode.expressions import expression
from qualcode.model import Block, BlockKind

_NUMBER = r"[0-9０-９〇○零一二三四五六七八九十百千两兩]"
_SPACE = r"[ \t　]*"
_ARTICLE = expression(
    rf"(?:\*\*)?(?P<name>第{_SPACE}{_NUMBER}(?:{_SPACE}{_NUMBER})*{_SPACE}[条條](?:{_SPACE}之{_SPACE}{_NUMBER}+)?)"
    r"(?![款项項]|第|规定|規定|所|、|和|至|到|或|中的|的|修改|改为|及|以|与|與|，|,)"
)
_ARTICLE_EN = expression(r"(?:\*\*)?(?P<name>Article\s+(?:\d{1,3}|[IVXLC]{1,7}))(?=[.:\s—–-]|\*\*|$)")
_CHAPTER = expression(
    rf"第{_SPACE}{_NUMBER}(?:{_SPACE}{_NUMBER})*{_SPACE}(?P<part>[编編章节節]|部分)(?![程约點点])"
)
_SECTION = expression(r"[一二三四五六七八九十]{1,3}[、．.](?=\S)")
_ITEM = expression(
    rf"[一二三四五六七八九十]{{1,3}}、|[（(]{_NUMBER}{{1,3}}[）)]|\d{{1,2}}[.、．)）](?!\d)|[①-⑳]"
)
# One of these signs begins whatever is a heading or an item by its wording.
_FIRST = expression(r"[\s第一二三四五六七八九十（(\d①-⑳]")
_SENTENCE_END = expression(r"[。！？；：，!?;:.]$|[。！？；]")
_CONTENTS = expression(r"目[ 　\t]*[录錄次]|contents|table of contents", re.IGNORECASE)
_LONGEST_HEADING = 40
_LOOKED_AT = 40  # characters of a paragraph: the name of an article stands at its beginning
_LEVELS = {"编": 1, "編": 1, "部分": 1, "章": 2, "节": 3, "節": 3}


def article_of(text: str, start: int = 0) -> str:
    """Return the article that a paragraph begins, blanks inside its name dropped; "" where it begins none.

    The paragraph stands in the text from `start` on. One that only speaks of an article begins none.

    >>> article_of("第 十二 条 略。"), article_of("第二十条之一 略。"), article_of("第三条规定的情形")
    ('第十二条', '第二十条之一', '')
    """
    end = start + _LOOKED_AT
    sign = text[start : start + 1]
    while sign.isspace() and start < end:
        start += 1
        sign = text[start : start + 1]
    if sign in ("A", "*") and (found := _ARTICLE_EN.match(text, start, end)):
        return _spaced(found["name"])
    if sign in ("第", "*") and (found := _ARTICLE.match(text, start, end)):
        return _closed_up(found["name"])
    return ""


def articles_of(text: str, starts: Sequence[int]) -> list[str]:
    """Return what `article_of` gives for paragraphs that stand at some places; quicker than one by one.

    >>> articles_of("第一条 略。Article 2. So", [0, 6, 17])
    ['第一条', 'Article 2', '']
    """
    chinese, english = (
        map(form.match, repeat(text), starts, map(_LOOKED_AT.__add__, starts))
        if sign in text
        else repeat(None)
        for form, sign in ((_ARTICLE, "第"), (_ARTICLE_EN, "A"))
    )
    return [
        _closed_up(zh[1])
        if zh
        else _spaced(en[1])
        if en
        else article_of(text, start)
        if text[start].isspace()
        else ""
        for zh, en, start in zip(chinese, english, starts)  # noqa: B905 (one may go on for ever)
    ]


@lru_cache(maxsize=10_000)
def _closed_up(name: str) -> str:
    return "".join(name.split())


@lru_cache(maxsize=10_000)
def _spaced(name: str) -> str:
    return " ".join(name.split())


def heading_level(text: str) -> int:
    """Return the level of a line that is a heading by its wording, 0 where it is none.

    >>> [heading_level(t) for t in ("第一章 总 则", "二、措施", "二、推进改革，优化服务。", "第一章程旧")]
    [2, 2, 0, 0]
    """
    line = text.strip()
    found = _CHAPTER.match(line)
    level = _LEVELS[found["part"]] if found else 2 if _SECTION.match(line) else 0
    if not level or len(line) > _LONGEST_HEADING or "\n" in line or _SENTENCE_END.search(line):
        return 0
    return level


def mark_structure(text: str, blocks: Iterable[Block]) -> Blocks:
    """Return the blocks of a document with headings, list items and its table of contents known as such.

    Only the kind and level of paragraphs change, never a span; headings of the source's own stay.
    """
    marked = Blocks.like(blocks) if isinstance(blocks, Blocks) else Blocks.of(list(rows_of(blocks)))
    starts, ends, kinds, levels = marked.columns()
    for found in _FIRST.finditer("".join(map(text.__getitem__, starts))):
        i = found.start()
        start, end = starts[i], ends[i]
        if kinds[i] == "paragraph" and (end - start <= _LONGEST_HEADING or text[start] != "第" or levels[i]):
            marked.change(
                i, *_marked(text, start, end)
            )  # 第 begins no item: not the long paragraphs of a law
    if marked.has("heading"):
        for i in _contents(text, list(marked.rows())):
            marked.change(i, "front")
    return marked


def _marked(text: str, start: int, end: int) -> tuple[BlockKind, int]:
    """The kind and level of a paragraph."""
    line = text[start : min(end, start + _LONGEST_HEADING + 1)]
    level = heading_level(line) if end - start <= _LONGEST_HEADING else 0
    if level:
        return "heading", level
    return ("item", 1) if _ITEM.match(line) else ("paragraph", 0)


def _contents(text: str, blocks: Sequence[Row]) -> list[int]:
    """Indexes of the lines of a table of contents: three headings or more in a row, each to come again."""
    names = [
        "".join(text[start:end].split()).rstrip("0123456789.…·")
        if kind == "heading" or end - start <= _LONGEST_HEADING
        else ""
        for start, end, kind, _ in blocks
    ]
    last = {name: i for i, name in enumerate(names) if blocks[i][2] == "heading"}
    found: list[int] = []
    run: list[int] = []
    for i, (_, _, kind, _) in enumerate(blocks):
        if kind in {"furniture", "label", "front"}:
            continue  # the signs of Markdown headings lie between them
        if names[i] and last.get(names[i], -1) > i:
            run.append(i)
        elif not (run == [] and _CONTENTS.fullmatch(names[i])):
            found += run if len(run) >= 3 else []
            run = []
    if found and (title := _title_before(names, blocks, found[0])) >= 0:
        found.insert(0, title)
    return found


def _title_before(names: Sequence[str], blocks: Sequence[Row], first: int) -> int:
    before = first - 1
    while before >= 0 and blocks[before][2] in {"furniture", "label"}:
        before -= 1
    return before if before >= 0 and _CONTENTS.fullmatch(names[before]) else -1
