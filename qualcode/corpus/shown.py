"""What a text shows of itself where nobody said: its language, its kind, its title.

All of it is marked with the origin `text` and shown as such by `qualcode corpus check`; whatever a person
says wins. What a text does not show stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from qualcode.corpus.docnumber import normal_number
from qualcode.corpus.extract import Extract, laid_rows, said_by_format
from qualcode.corpus.layout import Row
from qualcode.corpus.metadata_filename import date_in_name
from qualcode.corpus.official import HEAD
from qualcode.expressions import expression
from qualcode.text.characters import Lookup, code_points
from qualcode.text.dates import read_date
from qualcode.text.numerals import NUMERAL

_IS_HAN, _IS_LETTER, _IS_APOSTROPHE = 1, 2, 3
_HAN = expression("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_WORD = expression("[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?")
_LETTER = expression("[A-Za-zÀ-ɏ]+")
_APOSTROPHE = expression("['’]")


def _kind(text: str) -> list[int]:
    kinds = [0] * len(text)
    for kind, pattern in ((_IS_HAN, _HAN), (_IS_LETTER, _LETTER), (_IS_APOSTROPHE, _APOSTROPHE)):
        for found in pattern.finditer(text):
            kinds[found.start() : found.end()] = [kind] * (found.end() - found.start())
    return kinds


_kinds = Lookup(_kind, "u1")
ENOUGH = 50_000  # characters that settle the language of any text
_ARTICLE = expression(rf"第[{NUMERAL}]+条\s")
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
_LAW = expression(
    r"(?:条例|办法|规定|规则|细则|法|决定|决议|意见|方案|通知|通告|公告|批复|规划|纲要|指南|要点|指引|制度|标准|规范|措施|"
    r"法案|令)(?:[（(][^（）()]{1,20}[）)])?$"
)
_MINUTES = expression(
    r"(?:会议|會議)?(?:纪要|紀要|会议记录|會議紀錄)(?:[（(].*[）)])?$|^minutes of|meeting minutes",
    re.IGNORECASE,
)
_REPORT = expression(r"(?:报告|報告|总结|總結)(?:[（(].*[）)])?$|\breport\b", re.IGNORECASE)
_SENTENCE_END = expression("[。！？；!?;]$|[.]$")
_NO_TITLE = expression(r"^\W*$|^[^：:]{1,12}[：:]|[：:]$|附件|^(?:目\s*录|contents)$", re.IGNORECASE)


def shown_language(text: str) -> str:
    """Return `zh` or `en` by what there is more of, Han characters or words in Latin letters; "" for neither.

    A Han character and an English word carry about as much, so they are counted alike.

    >>> shown_language("我们做了个API"), shown_language("the great reform (改革)"), shown_language("1 2 3")
    ('zh', 'en', '')
    """
    text = text[:ENOUGH]
    at_once = language_at_once(text)
    if at_once is not None:
        return at_once
    kinds = _kinds(code_points(text))
    han = int(np.count_nonzero(kinds == _IS_HAN))
    letters = np.concatenate([[False], kinds == _IS_LETTER])
    runs = int(np.count_nonzero(letters[1:] & ~letters[:-1]))
    # A word may have an apostrophe and more letters: as many words as runs of letters, or fewer.
    if han >= runs:
        return "zh"
    joined = int(np.count_nonzero(kinds == _IS_APOSTROPHE))
    return "en" if han < runs - joined or han < len(_WORD.findall(text)) else "zh"


def language_at_once(text: str) -> str | None:
    """Return what the number of Han characters and of Latin letters shows; None where words must be counted.

    >>> language_at_once("我们做了个API"), language_at_once("great (改革)"), language_at_once("1 2 3")
    ('zh', None, '')
    """
    if text.isascii():
        return "en" if _LETTER.search(text) else ""
    kinds = _kinds(code_points(text))
    han = int(np.count_nonzero(kinds == _IS_HAN))
    letters = int(np.count_nonzero(kinds == _IS_LETTER))
    if not han:
        return "en" if letters else ""
    return "zh" if han >= letters else None


def shows_articles(text: str) -> bool:
    """Whether a text is divided into articles: three lines or more that begin with 第…条."""
    return "条" in text and len(list(islice(_articles(text), 3))) == 3


def _articles(text: str) -> Iterator[int]:
    """Where articles begin: at the beginning of a line, blanks and Markdown signs apart."""
    for found in _ARTICLE.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not line.strip("#*" + _BLANKS):
            yield found.start()


def shows_number(lines: Sequence[str]) -> bool:
    """Whether a document number stands on a line of its own near the beginning."""
    return any(normal_number(line.strip(" \t\u3000#>*|")) for line in lines[:HEAD] if len(line) <= 60)


def shown_kind(title: str, *, turns: int) -> str:
    """Return the kind that turns or the title show: several turns are an interview, …会议纪要 are minutes.

    An interview is never told from a focus group here, nor talk from a field note: people know, texts do not.
    """
    if turns > 1:
        return "interview"
    if _MINUTES.search(title):
        return "minutes"
    if _REPORT.search(title):
        return "report"
    return "policy" if _LAW.search(title) and _HAN.search(title) else ""


def shown_title(extract: Extract) -> str:
    """Return the first heading of the outermost level, else a short line at the head that reads as a title.

    A date that stands before the title falls away (`2017-01-11 经济日报专访`): it is metadata of its own.
    """
    text, laid = extract.text, list(islice(laid_rows(extract.blocks), 12))
    headings = [
        n
        for n, (start, end, kind, _) in enumerate(laid)
        if kind == "heading" and not _NO_TITLE.search(text[start:end])
    ]
    first = next((n for n in headings if laid[n][3] <= 1), 0 if headings[:1] == [0] else None)
    if first is not None:
        return _without_date(_one_line(text[laid[first][0] : laid[first][1]]))
    lines = list(_head_lines(extract, laid[:8]))
    for n, line in enumerate(lines):
        if _is_sentence(line):
            return ""
        if normal_number(line) or read_date(line) or _NO_TITLE.search(line):
            continue
        for length in (1, 2, 3) if "关于" in line else (1,):  # such titles are long, and often wrapped
            title = "".join(lines[n : n + length])
            if _LAW.search(title) or _MINUTES.search(title) or _REPORT.search(title):
                return _without_date(title)
    return ""


def _head_lines(extract: Extract, laid: Sequence[Row]) -> Iterator[str]:
    """The lines of some blocks until words are said: the first sentence is given, and one line behind it."""
    ended = False
    said = said_by_format(extract.blocks)
    for n, (start, end, kind, _) in enumerate(laid):
        if n in said and said[n].speaker:
            return
        if kind == "furniture":
            continue
        quote = extract.text[start:end]
        whole = _one_line(quote)
        parts = quote.splitlines() if len(whole) > 90 or normal_number(whole) else [whole]
        for line in filter(None, map(_one_line, parts[:4])):
            yield line
            if ended:
                return
            ended = _is_sentence(line)


def _is_sentence(line: str) -> bool:
    return len(line) > 90 or bool(_SENTENCE_END.search(line))


def _one_line(text: str) -> str:
    """A wrapped title on one line: between Chinese characters nothing takes the place of the line break."""
    text = text.strip()
    if "\n" in text:
        text = re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", text)
    return re.sub(r"\s+", " ", text).strip("#*_ \u3000")


def _without_date(title: str) -> str:
    found = date_in_name(title)
    return found.rest if found.date and found.rest and not title.startswith(found.rest) else title
