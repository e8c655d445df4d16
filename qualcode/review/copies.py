"""A reviewed copy of a transcript (a Word file with comments) laid beside the document it was made from.

Three ways, each surer than the next; which one was gone is always said:

- `same`: the text is the document's, to the character;
- `whole`: the words are, white space and the width of signs apart; a head or a title may be missing or added;
- `lines`: the copy was changed. A marked place is found where its line, with the lines round it if need be,
  stands once in the copy and once in the document; or the marked words themselves, if they are long enough.

Nothing is found by likeness, and nothing where it stands more than once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.model import Document, Span
from qualcode.review.anchors import LONG
from qualcode.review.squeezed import Squeezed

Way = Literal["same", "whole", "lines"]
_ROUND = tuple(sorted(((a, b) for a in range(4) for b in range(4)), key=lambda ab: (sum(ab), ab)))
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Beside:
    """A copy beside a document. `shift` is where the copy's squeezed text begins in the document's (`whole`).

    `low` is the first sign of the document that the copy has. `lines` and `standing` count the copy's longer
    lines, and those that stand in the document.
    """

    document: Document
    way: Way
    shift: int = 0
    low: int = 0
    lines: int = 0
    standing: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy's text, ready to be compared."""

    text: str
    squeezed: Squeezed

    @staticmethod
    def of(text: str) -> Copy:
        return Copy(text, Squeezed.of(text))

    def beside(self, document: Document, held: Squeezed) -> Beside:
        """Lay the copy beside a document; `held` is the document's text, squeezed."""
        if self.text == document.text:
            return Beside(document, "same")
        body = held.text[held.index(_body(document)) :]
        mine, theirs = self.squeezed.text, held.text
        head = len(theirs) - len(body)
        for inner, outer, low in ((mine, theirs, -1), (theirs, mine, 0), (body, mine, head)):
            at = _once(outer, inner)
            if at is not None and 2 * len(inner) >= len(outer):
                return (
                    Beside(document, "whole", at, at) if low < 0 else Beside(document, "whole", low - at, low)
                )
        lines = {Squeezed.of(line).text for line in self.text.split("\n")}
        long = sorted(line for line in lines if len(line) >= LONG)
        return Beside(document, "lines", lines=len(long), standing=sum(line in held.text for line in long))

    def place(self, span: Span, beside: Beside, held: Squeezed) -> Span | None:
        """Return where a marked span of the copy lies in the document, None where that cannot be said."""
        if beside.way == "same":
            return span
        start, end = self.squeezed.index(span.start), self.squeezed.index(span.end)
        if start >= end:
            return None
        if beside.way == "whole":
            first, last = start + beside.shift, end + beside.shift
            return held.span(first, last) if first >= beside.low and last <= len(held.text) else None
        for first, last in self._round(span):
            needle = self.squeezed.text[first:last]
            at = _only(held, needle) if _only(self.squeezed, needle) == first else None
            if at is not None:
                return held.span(at + start - first, at + end - first)
        words = self.squeezed.text[start:end]
        at = _only(held, words) if len(words) >= LONG and _only(self.squeezed, words) == start else None
        return None if at is None else held.span(at, at + end - start)

    def _round(self, span: Span) -> list[tuple[int, int]]:
        """The lines a span lies in, in squeezed signs, then with more and more of the lines round them."""
        lines = [(m.start(), m.end()) for m in _LINE.finditer(self.text) if m[0].strip()]
        inside = [n for n, (a, b) in enumerate(lines) if a < span.end and span.start < b]
        if not inside:
            return []
        found: dict[tuple[int, int], None] = {}
        for before, after in _ROUND:
            first, last = max(inside[0] - before, 0), min(inside[-1] + after, len(lines) - 1)
            start, end = self.squeezed.index(lines[first][0]), self.squeezed.index(lines[last][1])
            found[start, end] = None
        return list(found)


def widened(text: str, span: Span) -> Span | None:
    """Return a marked span without blanks at its ends; a mere point becomes the signs beside it.

    A point at the end or beginning of a line belongs to that line, another to the signs on both sides. None
    where there is nothing.
    """
    words = text[span.start : span.end]
    if words.strip():
        return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))
    left = max(text.rfind("\n", 0, span.start) + 1, 0)
    right = text.find("\n", span.end)
    line_start, line_end = text[left : span.start], text[span.end : right if right >= 0 else len(text)]
    before = span.start - (len(line_start) - len(line_start.rstrip())) - 1 if line_start.strip() else None
    after = span.end + len(line_end) - len(line_end.lstrip()) if line_end.strip() else None
    if before is None and after is None:
        return None
    first = before if before is not None else after
    last = after if after is not None else before
    assert first is not None and last is not None
    return Span(first, last + 1)


def chosen(found: Sequence[Beside], name: str) -> list[Beside]:
    """Return the documents a copy may be of: those by the surest way; of a changed copy the likeliest one.

    A changed copy is of the document in which most of its longer lines stand, at least half of them. Where
    several have the very text, the one whose id the file's name begins with.
    """
    most = max((one.standing for one in found), default=0)
    likely = [one for one in found if one.standing == most and most and 2 * most >= one.lines]
    for held in (
        [one for one in found if one.way == "same"],
        [one for one in found if one.way == "whole"],
        likely,
    ):
        if held:
            named = [one for one in held if _named(name, one.document.id)]
            return named if len(named) == 1 else held
    return []


def _named(name: str, document: str) -> bool:
    rest = name.removeprefix(document)
    return name.startswith(document) and not rest[:1].isalnum()


def _body(document: Document) -> int:
    """Where the text begins that is no head."""
    return next((block.span.start for block in document.blocks if block.kind != "front"), 0)


def _once(text: str, words: str) -> int | None:
    at = text.find(words) if words else -1
    return at if at >= 0 and text.find(words, at + 1) < 0 else None


def _only(held: Squeezed, words: str) -> int | None:
    places = held.places(words)
    first = next(places, None)
    return first if first is not None and next(places, None) is None else None
