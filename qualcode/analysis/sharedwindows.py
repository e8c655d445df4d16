"""Which texts have some words in a row in common: windows of tokens compared by number, not text by text.

Every window of tokens of every text is a number made of its characters; numbers that both sides have are
found by sorting. The work grows with the length of the material and with what is shared, not with its square,
and of the material no more than the numbers of one side are held.

A window begins at a token and has the fewest tokens, at least so many, that reach a size: a stretch of that
size that two texts have in common begins with such a window in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qualcode.analysis.tokens import HAN, SIZES, WORD, kinds
from qualcode.text.characters import code_points
from qualcode.text.ordered import begins, distinct

AT_ONCE = 1_000_000  # characters whose windows are numbered at a time
_BASE = 1_000_003


class Shared(NamedTuple):
    """What `sharing` found.

    `starts` has, by number and in order, each of our texts that shares a window: the documents it shares
    with, in order, and the tokens of our text at which a shared window begins. `theirs` are the numbers of
    their texts that have a shared window.
    """

    starts: dict[int, dict[int, list[int]]]
    theirs: list[int]


class _Windows(NamedTuple):
    """Windows of some texts: their numbers, the texts they lie in, the tokens they begin at."""

    number: Any
    text: Any
    start: Any


def sharing(
    ours: Sequence[str], theirs: Sequence[str], holders: Sequence[int], *, window: int, size: float = 0
) -> Shared:
    """Find which of our texts share a window with one of theirs, with whom and where.

    Texts come folded. `holders` says to which document, by number, each of their texts belongs. A window has
    at least `window` tokens and the `size`. A few more may be named, by chance of numbers; none is missed.
    """
    import numpy as np

    parts = [part.number for part in _windows(theirs, window, size)]
    known = distinct(np.concatenate([np.zeros(0, np.uint64), *parts]))
    mine = _those(_windows(ours, window, size), known)
    found = _those(_windows(theirs, window, size), distinct(mine.number))
    holder = np.asarray(holders, dtype=np.int64)[found.text]
    order = np.lexsort((holder, found.number))
    numbers, holder = found.number[order], holder[order]
    first = begins(numbers) | begins(holder)
    numbers, holder = numbers[first], holder[first]
    low = np.searchsorted(numbers, mine.number).tolist()
    high = np.searchsorted(numbers, mine.number, side="right").tolist()
    starts = mine.start.tolist()
    edges = np.flatnonzero(np.diff(mine.text, prepend=-1, append=-1)).tolist()
    made: dict[int, dict[int, list[int]]] = {}
    for a, b in pairwise(edges):
        shared: dict[int, list[int]] = {}
        for row in range(a, b):
            for document in holder[low[row] : high[row]].tolist():
                shared.setdefault(document, []).append(starts[row])
        made[int(mine.text[a])] = dict(sorted(shared.items()))
    return Shared(made, distinct(found.text).tolist())


def _those(windows: Iterator[_Windows], known: Any) -> _Windows:
    """The windows whose numbers are among some, which are sorted."""
    import numpy as np

    kept = [_Windows(*(np.zeros(0, kind) for kind in (np.uint64, np.int64, np.int64)))]
    for part in windows:
        order = np.argsort(part.number)  # numbers in order are looked up close together
        numbers = part.number[order]
        at = np.minimum(np.searchsorted(known, numbers), max(len(known) - 1, 0))
        same = np.sort(order[known[at] == numbers]) if len(known) else order[:0]
        kept.append(_Windows(*(column[same] for column in part)))
    return _Windows(*map(np.concatenate, zip(*kept, strict=True)))


def _windows(texts: Sequence[str], window: int, size: float) -> Iterator[_Windows]:
    """Number every window of some texts, a million characters at a time."""
    low, length = 0, 0
    for n, text in enumerate(texts):
        if length + len(text) > AT_ONCE and n > low:
            yield _numbered(texts[low:n], low, window, size)
            low, length = n, 0
        length += len(text)
    if low < len(texts):
        yield _numbered(texts[low:], low, window, size)


def _numbered(texts: Sequence[str], first: int, window: int, size: float) -> _Windows:
    import numpy as np

    token, weight, at = _tokens("\n".join(texts))
    lengths = np.array([len(text) for text in texts])
    ends = np.cumsum(lengths + 1)
    text = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(at, ends), prepend=0))
    reached = np.concatenate(([0], np.cumsum(weight)))
    place = np.arange(len(token))
    stop = np.maximum(np.searchsorted(reached, reached[:-1] + round(size * SIZES)), place + window)
    whole = np.flatnonzero(stop <= len(token))
    whole = whole[text[stop[whole] - 1] == text[whole]]
    count = stop[whole] - whole
    number = np.zeros(len(whole), dtype=np.uint64)
    for step in range(int(count.max(initial=0))):
        more = number * np.uint64(_BASE) + token[np.minimum(whole + step, len(token) - 1)]
        number = more if step < window else np.where(step < count, more, number)
    opening = np.searchsorted(text, np.arange(len(texts)))  # the first token of each text
    return _Windows(number, text[whole] + first, whole - opening[text[whole]])


def _tokens(text: str) -> tuple[Any, Any, Any]:
    """Return for each token of a text: a number, the same for the same tokens; its size; where it begins."""
    import numpy as np

    codes = code_points(text)
    kind = kinds()(codes)
    inside = kind >= WORD
    first = (kind == HAN) | ((kind == WORD) & begins(kind))
    at = np.flatnonzero(first)
    if not len(at):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), at
    value = codes[inside].astype(np.uint64)
    starts = np.flatnonzero(first[inside])
    length = np.diff(starts, append=len(value))
    power = np.cumprod(np.full(int(length.max()), _BASE, np.uint64))
    value *= power[np.arange(len(value)) - np.repeat(starts, length)]
    return np.add.reduceat(value, starts), np.where(kind[at] == HAN, 3, 4), at
