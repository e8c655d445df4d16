"""Where words are quoted: stretches between quotation marks, in one segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from qualcode.model import Span

PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ('"', '"'))


def quotations(text: str, pairs: Iterable[tuple[str, str]] = PAIRS) -> list[Span]:
    """Return the stretches inside pairs of marks, without the marks, in reading order.

    A mark that is not closed quotes to the end, one that only closes quotes from the beginning: a sentence
    may be the first or last of a longer quotation. Equal marks open and close by turns, and an odd last one
    quotes nothing. Inside one kind of marks the same kind does not nest.

    >>> quotations("他说：“不敢签。”就走了")
    [Span(start=4, end=8)]
    """
    found: list[Span] = []
    for opening, closing in pairs:
        found += _equal(text, opening) if opening == closing else _paired(text, opening, closing)
    return sorted(set(found))


def _equal(text: str, mark: str) -> list[Span]:
    if mark not in text:
        return []
    at = [i for i, character in enumerate(text) if character == mark]
    return [Span(a + 1, b) for n, (a, b) in enumerate(pairwise(at)) if n % 2 == 0]


def _paired(text: str, opening: str, closing: str) -> list[Span]:
    if opening not in text and closing not in text:
        return []
    found: list[Span] = []
    begun = -1
    for i, character in enumerate(text):
        if character == opening and begun < 0:
            begun = i + 1
        elif character == closing:
            if begun >= 0:
                found.append(Span(begun, i))
            elif not found:
                found.append(Span(0, i))
            begun = -1
    if begun >= 0:
        found.append(Span(begun, len(text)))
    return found


def around(quoted: Sequence[Span], place: Span) -> Span | None:
    """Return the shortest quotation that holds a stretch."""
    holding = [one for one in quoted if one.contains(place)]
    return min(holding, key=lambda one: (one.end - one.start, one.start)) if holding else None
