"""What the rules of a codebook did in some material: the count that lint looks at.

A hit is one match, refused or not, with the words of its parts and the characters beside them. Hits come
segment by segment, as `code_document` and `matches.csv` have them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.coding.coded import CodedDocument
from qualcode.model import Segment


class Seen(NamedTuple):
    """The words of one part and the character on either side in its segment, "" at its edge."""

    before: str
    words: str
    behind: str


class Hit(NamedTuple):
    """A match. `segment` tells segments apart; `codable`: a coding of that segment can count."""

    segment: str
    rule: str
    blocked_by: str
    parts: tuple[Seen, ...]
    codable: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over all segments of some material.

    `fired` has the codable segments with a standing match, `stood` the standing matches, `refused` the others
    by reason (`longer` without the rule that won), `around` the stretches one character longer that standing
    evidence lies in, by rule and words. What never occurred is not in them.
    """

    segments: int  # codable ones
    fired: Mapping[str, int] = field(default_factory=dict)
    stood: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    evidence: Mapping[tuple[str, str], int] = field(default_factory=dict)
    around: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)


def tally(hits: Iterable[Hit], *, segments: int) -> Tally:
    """Count hits. Those of one segment come together; `segments` is how many codable ones there are."""
    fired: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    refused: defaultdict[str, Counter[str]] = defaultdict(Counter)
    evidence: Counter[tuple[str, str]] = Counter()
    around: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    latest: dict[str, str] = {}
    for hit in hits:
        if hit.blocked_by:
            refused[hit.rule][hit.blocked_by.partition(":")[0]] += 1
            continue
        stood[hit.rule] += 1
        if hit.codable and latest.get(hit.rule) != hit.segment:
            latest[hit.rule] = hit.segment
            fired[hit.rule] += 1
        for part in hit.parts:
            key = (hit.rule, part.words)
            evidence[key] += 1
            if part.before:
                around[key][part.before + part.words] += 1
            if part.behind:
                around[key][part.words + part.behind] += 1
    return Tally(segments, fired, stood, refused, evidence, around)


def hits_of(segments: Sequence[Segment], coded: CodedDocument, codable: Iterable[int]) -> Iterator[Hit]:
    """Yield the hits of one coded document; `codable` are the indexes of its codable segments."""
    by_index = {segment.index: segment for segment in segments}
    counted = frozenset(codable)
    for match in coded.matches:
        segment = by_index[match.segment]
        parts = tuple(seen(segment.text, *(at - segment.span.start for at in part)) for part in match.parts)
        yield Hit(segment.id, match.rule, match.blocked_by, parts, match.segment in counted)


def seen(text: str, start: int, end: int) -> Seen:
    """Look at a stretch of a segment and what stands beside it.

    >>> seen("推动共享", 0, 1)
    Seen(before='', words='推', behind='动')
    """
    return Seen(text[max(start - 1, 0) : start], text[start:end], text[end : end + 1])
