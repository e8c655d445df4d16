"""A text as it is compared with words that were retyped, copied or saved elsewhere.

White space falls out, except one space between two letters of an alphabet; full-width and half-width signs,
the kinds of quotation marks, dashes and dots are the same; 。 and . are, too. Letters and figures, their case
and their order are as they stand: what is found is the words themselves, never something like them.

    held = Squeezed.of(document.text)
    held.find("数据,共享 。")        # every place where these words stand, as spans of the text
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.model import Span
from qualcode.text.folding import fold
from qualcode.text.words import is_letter

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟＂«»「」『』", '"'),
        **dict.fromkeys("—–―‒−‐‑", "-"),
        **dict.fromkeys("。｡", "."),
        "､": "、",
        "…": "...",
        "⋯": "...",
    }
)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`text` is what is compared; `starts[i]` is where its sign number i stands in the whole text."""

    text: str
    starts: tuple[int, ...]

    @staticmethod
    def of(text: str) -> Squeezed:
        """Squeeze a text.

        >>> Squeezed.of("数据， 共享。 The  API").text
        '数据,共享.The API'
        """
        signs: list[str] = []
        starts: list[int] = []
        blank = -1  # where white space began that may have to stay
        for at, sign in enumerate(fold(text, frozenset({"width"}))):
            if sign == " ":
                blank = at if blank < 0 else blank
                continue
            if blank >= 0 and signs and is_letter(signs[-1]) and is_letter(sign):
                signs.append(" ")
                starts.append(blank)
            blank = -1
            for one in sign.translate(_SAME):
                signs.append(one)
                starts.append(at)
        return Squeezed("".join(signs), tuple(starts))

    def places(self, words: str) -> Iterator[int]:
        """Yield where squeezed words stand in `text`, never from or to the middle of a word or number."""
        at = self.text.find(words) if words else -1
        while at >= 0:
            if not (_inside(self.text, at) or _inside(self.text, at + len(words))):
                yield at
            at = self.text.find(words, at + 1)

    def find(self, words: str) -> list[Span]:
        """Return every place of the text where words stand, those that overlap each other too.

        >>> Squeezed.of("对。不对。 对 。").find("对.")
        [Span(start=0, end=2), Span(start=3, end=5), Span(start=6, end=9)]
        """
        wanted = Squeezed.of(words).text
        return [self.span(at, at + len(wanted)) for at in self.places(wanted)]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text that a stretch of `text` comes from."""
        if start >= end:
            at = (
                self.starts[start]
                if start < len(self.starts)
                else (self.starts[-1] + 1 if self.starts else 0)
            )
            return Span(at, at)
        return Span(self.starts[start], self.starts[end - 1] + 1)

    def index(self, at: int) -> int:
        """Return the first sign of `text` that stands at or after a place of the text."""
        return bisect_left(self.starts, at)


def _inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_letter(text[at - 1]) and is_letter(text[at])
