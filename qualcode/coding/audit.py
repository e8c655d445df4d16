"""Evidence whose ends a word segmenter does not see as ends of words: 负责 in 不负责任.

Chinese terms match wherever their characters stand. This lists where a segmenter would have cut otherwise, as
something to look at: often the segmenter is wrong, and nothing is ever left out because of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualcode.coding.coded import CodedDocument
from qualcode.model import Segment
from qualcode.text.sentences import is_han

Words = Callable[[str], Sequence[tuple[int, int]]]
AROUND = 12  # characters shown on either side
EXAMPLES = 3


class Place(NamedTuple):
    """One piece of evidence where it stands. `within` is the word it cuts (two with |), "" where none."""

    code: str
    rule: str
    term: str  # the words of the part as they stand
    within: str
    segment: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The evidence of one rule in the same words: how often it stands, and how often it cuts words.

    `within` has the words it cuts and how often, the most frequent first; `examples` the first few places.
    """

    code: str
    rule: str
    term: str
    n: int
    n_cut: int
    within: tuple[tuple[str, int], ...]
    examples: tuple[Place, ...]


def evidence_places(segments: Sequence[Segment], coded: CodedDocument, words: Words) -> Iterator[Place]:
    """Yield the parts of all standing matches of one document with what the segmenter sees there.

    Only ends between two Han characters are looked at; each segment is segmented once, and by itself.
    """
    by_index = {segment.index: segment for segment in segments}
    seen: dict[int, Sequence[tuple[int, int]]] = {}
    for match in coded.matches:
        if match.blocked_by:
            continue
        segment = by_index[match.segment]
        text = segment.text
        if match.segment not in seen:
            seen[match.segment] = words(text)
        for part in match.parts:
            start, end = part.start - segment.span.start, part.end - segment.span.start
            yield Place(
                match.code,
                match.rule,
                text[start:end],
                _within(text, start, end, seen[match.segment]),
                segment.id,
                text[max(start - AROUND, 0) : start],
                text[end : end + AROUND],
            )


def _within(text: str, start: int, end: int, words: Sequence[tuple[int, int]]) -> str:
    begins = [first for first, _ in words]
    first, last = bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1
    cut: dict[tuple[int, int], None] = {}
    if words[first][0] < start and _between_han(text, start):
        cut[words[first]] = None
    if words[last][1] > end and _between_han(text, end):
        cut[words[last]] = None
    return "|".join(text[a:b] for a, b in cut)


def _between_han(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_han(text[at - 1]) and is_han(text[at])


def cuts(places: Iterable[Place]) -> list[Cut]:
    """Gather places by rule and words; those that cut no word are counted and left out of the list.

    The most frequent cuts come first, then the larger share of what stands, then by rule and words.
    """
    n: Counter[tuple[str, str, str]] = Counter()
    within: dict[tuple[str, str, str], Counter[str]] = {}
    examples: dict[tuple[str, str, str], list[Place]] = {}
    for place in places:
        key = (place.code, place.rule, place.term)
        n[key] += 1
        if place.within:
            within.setdefault(key, Counter())[place.within] += 1
            known = examples.setdefault(key, [])
            if len(known) < EXAMPLES:
                known.append(place)
    found = [
        Cut(*key, n[key], sum(its.values()), tuple(sorted(its.items(), key=_often)), tuple(examples[key]))
        for key, its in within.items()
    ]
    return sorted(found, key=lambda cut: (-cut.n_cut, cut.n, cut.rule, cut.term))


def _often(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
