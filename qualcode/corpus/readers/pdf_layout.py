"""Turn the lines of PDF pages back into paragraphs.

A line goes on in the next when it reaches the right margin (or the next word would have gone over it) and the
next line is neither indented, nor set apart by space, nor in another size, nor (where nothing else tells)
begins like something new. Page numbers and running heads are furniture. Chinese is joined without a space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.corpus.extract import Piece
from qualcode.corpus.readers.furniture import is_bare_number, is_page_number
from qualcode.corpus.readers.wrapping import columns, starts_anew

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f‘’“”—…]")
# Signs that open stay with what follows, those that close with what they follow; so does Latin after them.
_UNBROKEN = re.compile(r"[（「『《“‘(\[]*(?:[!-~\u00a1-\u024f]+|.)(?:[，。；：！？、）”』」》]+[!-~]*)?")
_HAN = re.compile("[\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d+")
_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text with its place, in points from the lower left corner of its page."""

    text: str
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0
    size: float = 0.0
    page: int = 0  # 1-based


@dataclass(frozen=True, slots=True)
class Layout:
    """What is usual in one document."""

    size: float
    margins: tuple[tuple[float, float], ...]  # left and right edge of each column, from the left
    step: float  # from one line of a paragraph to the next
    spaced: bool  # whether paragraphs are set apart by space
    indented: bool  # whether paragraphs begin with an indent

    @classmethod
    def measure(cls, lines: Sequence[PageLine]) -> Layout:
        size = _usual(line.size for line in lines)
        body = [line for line in lines if line.size == size]
        margins = _margins(body, size)
        partial = cls(size, margins, 0.0, False, False)
        pairs = [(a, b) for a, b in pairwise(body) if _below(a, b)]
        step = _usual(round(a.bottom - b.bottom, 0) for a, b in pairs if partial.is_full(a))
        step = step or _usual(round(a.bottom - b.bottom, 0) for a, b in pairs)
        ending = [a.bottom - b.bottom for a, b in pairs if not partial.is_full(a, b)]
        spaced = bool(ending and step) and sum(g > 1.25 * step for g in ending) * 5 >= len(ending) * 4
        starting = [partial.is_indented(b) for a, b in pairs if not partial.is_full(a, b)]
        indented = bool(starting) and sum(starting) * 2 >= len(starting)
        return cls(size, margins, step, spaced, indented)

    def column(self, line: PageLine) -> tuple[float, float]:
        fitting = [m for m in self.margins if m[0] <= line.left + 0.8 * self.size]
        return fitting[-1] if fitting else self.margins[0]

    def is_full(self, line: PageLine, following: PageLine | None = None, *, share: float = 0.9) -> bool:
        left, right = self.column(line)
        width = line.right - left + (_word_width(following) if following else 0.0)
        return line.right - left >= share * (right - left) or width >= right - left

    def is_indented(self, line: PageLine) -> bool:
        return line.left > self.column(line)[0] + 1.2 * self.size

    def continues(self, line: PageLine, following: PageLine) -> bool:
        """Whether a paragraph goes on from one line to the next one of the body."""
        near = _below(line, following)
        close = near and 0 < line.bottom - following.bottom <= 1.25 * self.step
        # Where space tells paragraphs apart, a line short of the margin only had no room for a long word.
        full = self.is_full(line, following) or (self.spaced and close and self.is_full(line, share=0.7))
        if line.size != following.size or not full:
            return False
        if line.text.endswith(_HYPHEN):
            return True
        if self.indented:
            return not self.is_indented(following)
        if near and self.step and not close:
            return False
        return (self.spaced and close) or not starts_anew(following.text)


def pieces(pages: Sequence[Sequence[PageLine]]) -> list[Piece]:
    """Make pieces of the lines of all pages: headings by their size, paragraphs, furniture."""
    edges = _edges(pages)
    body = [line for page in pages for line in page if line not in edges]
    if not body:
        return [Piece(line.text, "furniture") for page in pages for line in page]
    layout = Layout.measure(body)
    sizes = sorted({line.size for line in body if line.size >= 1.15 * layout.size}, reverse=True)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in body)))
    result: list[Piece] = []
    open_lines: list[PageLine] = []
    waiting: list[Piece] = []  # furniture met inside a paragraph that goes over the page

    def close() -> None:
        if open_lines:
            text = join((line.text for line in open_lines), words)
            rank = sizes.index(open_lines[0].size) + 1 if open_lines[0].size in sizes else 0
            heading = rank and len(text) <= 120
            result.append(Piece(text, "heading" if heading else "paragraph", min(rank, 6) if heading else 0))
        result.extend(waiting)
        open_lines.clear()
        waiting.clear()

    for page in pages:
        for line in page:
            if line in edges:
                waiting.append(Piece(line.text, "furniture"))
                continue
            if open_lines and not _goes_on(layout, open_lines[-1], line, sizes):
                close()
            open_lines.append(line)
    close()
    return result


def join(lines: Iterable[str], words: Counter[str] | None = None) -> str:
    """Join the lines of one paragraph: Chinese without a space, a word cut in two put together.

    A hyphen at the end of a line falls away, unless the document knows the word with it elsewhere.

    >>> join(["数据共", "享 API ", "接口 of govern\\u00ad", "ment"])
    '数据共享 API 接口 of government'
    """
    known = words or Counter()
    text = ""
    for line in lines:
        line = line.strip()
        if not text:
            text = line
        elif text.endswith(_HYPHEN):
            text = text[:-1]
            first = re.match(r"[^\W\d_]*", line)
            last = re.search(r"[^\W\d_]*$", text)
            cut = (last[0] if last else "", first[0] if first else "")
            hyphen = known["-".join(cut)] > known["".join(cut)] or not cut[1][:1].islower()
            text += ("-" if hyphen else "") + line
        elif text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha():
            text += line
        elif _WIDE.match(text[-1:]) or _WIDE.match(line[:1]):
            text += _thin(text, line) + line
        else:
            text += " " + line
    return text.replace(_HYPHEN, "-")


def _thin(text: str, line: str) -> str:
    """What stands between a Chinese line and the next: nothing, or a space at Latin where that is usual."""
    if not (_HAN.match(text[-1:]) and line[:1].isascii()) and not (
        text[-1:].isascii() and _HAN.match(line[:1])
    ):
        return ""
    spaced = len(re.findall("[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]", text))
    closed = len(re.findall("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", text))
    return " " if spaced > closed else ""


def _goes_on(layout: Layout, line: PageLine, following: PageLine, sizes: list[float]) -> bool:
    if line.size in sizes and line.size == following.size and _below(line, following):
        return line.bottom - following.bottom <= 1.7 * line.size  # a title over several lines
    return layout.continues(line, following)


def _word_width(line: PageLine) -> float:
    """How wide, in points, the beginning of a line is that could not stay on the line before."""
    text = line.text.strip()
    word = _UNBROKEN.match(text)
    length = columns(word[0]) if word else 0
    return max(length / max(columns(text), 1) * (line.right - line.left), line.size * 0.5 * length)


def _below(line: PageLine, following: PageLine) -> bool:
    """Whether the second line follows lower on the same page."""
    return line.page == following.page and following.bottom < line.bottom


def _edges(pages: Sequence[Sequence[PageLine]]) -> frozenset[PageLine]:
    """Page numbers, and lines that come back at the top or foot of page after page and nowhere else.

    Those are set apart from the text by their size or by space; a label that opens many pages is not.
    """
    ordered = [sorted(page, key=lambda line: -line.top) for page in pages]
    size = _usual(line.size for page in pages for line in page)
    step = _usual(round(a.bottom - b.bottom) for page in ordered for a, b in pairwise(page) if _below(a, b))
    outer = [[*_apart(page, size, step), *_apart(page[::-1], size, step)] for page in ordered]
    repeated = Counter(shape for lines in outer for shape in {_shape(line) for line in lines})
    everywhere = Counter(_shape(line) for page in pages for line in page)
    often = max(3, (len(pages) * 2 + 4) // 5)
    found = set()
    for page, by_height, lines in zip(pages, ordered, outer, strict=True):
        for line in lines:
            shape = _shape(line)
            running = repeated[shape] >= often and everywhere[shape] <= repeated[shape] + 1
            if running and not shape.endswith(("：", ":")):
                found.add(line)
        for line in [*by_height[:2], *by_height[-2:]]:
            bare = is_bare_number(line.text) and line in (page[0], page[-1], by_height[0], by_height[-1])
            if is_page_number(line.text) or bare:
                found.add(line)
    return frozenset(found)


def _apart(page: Sequence[PageLine], size: float, step: float) -> list[PageLine]:
    """The first one or two lines of a page (or the last, given backwards), where set apart from the rest."""
    for n in (2, 1):
        if len(page) > n:
            gap = abs(page[n - 1].bottom - page[n].bottom)
            if gap > 1.4 * step or all(line.size != size for line in page[:n]):
                return list(page[:n])
    return []


def _shape(line: PageLine) -> str:
    return _DIGITS.sub("#", line.text.strip())


def _margins(lines: Sequence[PageLine], size: float) -> tuple[tuple[float, float], ...]:
    """The columns: left edges that many lines share and that lie well apart, each with its right edge."""
    if not lines:
        return ((0.0, 1.0),)
    width = max(line.right for line in lines) - min(line.left for line in lines)
    counts = Counter(round(line.left) for line in lines)
    shared = sorted(
        left for left, n in counts.items() if sum(counts[left + d] for d in (-1, 0, 1)) * 8 >= len(lines)
    )
    lefts: list[int] = []
    for left in shared or [min(counts)]:
        if not lefts or left - lefts[-1] > max(width / 6, 4 * size):
            lefts.append(left)
    edges = []
    for i, left in enumerate(lefts):
        stop = lefts[i + 1] if i + 1 < len(lefts) else float("inf")
        inside = sorted(line.right for line in lines if left - 2 * size <= line.left < stop - size)
        right = inside[(len(inside) - 1) * 9 // 10] if inside else left + width
        edges.append((float(left), max(right, left + 1.0)))
    return tuple(edges)


def _usual(values: Iterable[float]) -> float:
    """The commonest value; of equally common ones the largest; 0 for none."""
    counts = Counter(values)
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0] if counts else 0.0
