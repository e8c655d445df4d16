"""The cues that stand in one segment, after the longest match and after pseudo cues have hidden theirs.

Order: what stands beside a cue (`after`, `not_before`, ...), then the longest match among all cues (没有想到
hides 没有), then pseudo cues hide what they touch, then constructs hide what their words touch, then of two
crossing cues of one axis the first stays. Offsets are within the segment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qualcode.codebook.cues import Cue, Sets
from qualcode.coding.context.table import NOTHING, Beside, CueTable, Marker
from qualcode.coding.longest import inside_longer
from qualcode.model import Span
from qualcode.patterns.linear import linear
from qualcode.text.words import cuts_word

ECHO_LENGTHS = (2, 1)  # 愿意不愿意, 敢不敢

Over = Literal["", "too", "only"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue where it stands: what it sets, and the words it is made of."""

    cue: Cue
    number: int
    span: Span
    words: str  # folded; a negator of the same words is the same negation in a list
    sets: Sets
    actor: str = ""
    over: Over = ""  # evidence it shares a character with: not acted on, acted on too, or alone


@dataclass(frozen=True, slots=True)
class Words:
    """A segment as cues are looked for in it: as written, and folded (same length), and what stands where.

    `places` has the entries of the index of cues, `matching` the numbers of the cues' regular expressions
    that match somewhere in it.
    """

    text: str
    folded: str
    places: Mapping[int, Sequence[Sequence[Span]]]
    matching: Sequence[int]


def all_signs(words: Words, table: CueTable) -> list[Sign]:
    """Return every place where a cue of any kind but a construct stands, sorted."""
    found = [*_literal(words, table), *_echoes(words, table), *_regexes(words, table)]
    beside, folded = table.beside, words.folded
    kept = [
        sign
        for sign in found
        if beside[sign.number] is NOTHING or stands_between(beside[sign.number], folded, sign.span)
    ]
    return sorted(kept, key=lambda sign: (sign.span.start, -sign.span.end, sign.number, sign.actor))


def apart(signs: Sequence[Sign]) -> bool:
    """Whether no two of some sorted signs share a character."""
    end = 0
    for sign in signs:
        if sign.span.start < end:
            return False
        end = sign.span.end
    return True


def longest(signs: Sequence[Sign]) -> tuple[list[Sign], list[Span]]:
    """Leave out what lies inside a longer cue, then what touches a pseudo cue; with it, what those hide."""
    inside = inside_longer((sign.span, sign.cue.id) for sign in signs)
    outer = [sign for sign in signs if sign.span not in inside]
    hidden = [sign.span for sign in outer if sign.cue.kind == "pseudo"]
    return without((sign for sign in outer if sign.cue.kind != "pseudo"), hidden), hidden


def without(signs: Iterable[Sign], hidden: Iterable[Span]) -> list[Sign]:
    """Leave out the signs that share a character with a hidden stretch."""
    merged = merge(hidden)
    if not merged:
        return list(signs)
    return [sign for sign in signs if not touches(merged, sign.span)]


def first_of_crossing(signs: Sequence[Sign]) -> list[Sign]:
    """Of signs that cross on one axis keep the first: 从来没 and 没有 in 从来没有 are one negation.

    Signs come sorted. One that keeps no axis is left out; equal words in two cues of one axis are one.
    """
    ends: dict[str, int] = {}
    kept: list[Sign] = []
    for sign in signs:
        axes = [axis for axis in sign.sets if sign.span.start >= ends.get(axis, 0)]
        for axis in axes:
            ends[axis] = sign.span.end
        if len(axes) == len(sign.sets) and axes:
            kept.append(sign)
        elif axes:
            kept.append(replace(sign, sets={axis: sign.sets[axis] for axis in axes}))
    return kept


def _literal(words: Words, table: CueTable) -> Iterator[Sign]:
    for entry, occurrences in words.places.items():
        for marker in table.of_entry.get(entry, ()):
            for parts in occurrences:
                if len(parts) == 1:
                    yield _sign(marker, parts[0], words)
                    continue
                # 非…不可 hides 非 and 不可, and nothing between them.
                whole = parts if marker.cue.kind == "pseudo" else (Span(parts[0].start, parts[-1].end),)
                for span in whole:
                    yield _sign(marker, span, words)


def _echoes(words: Words, table: CueTable) -> Iterator[Sign]:
    text = words.folded
    for entry, occurrences in words.places.items():
        markers = table.echoes.get(entry)
        for parts in occurrences if markers else ():
            start, end = parts[0].start, parts[-1].end
            for length in ECHO_LENGTHS:
                said = text[max(start - length, 0) : start]
                if len(said) == length and said.isalpha() and text.startswith(said, end):
                    for marker in markers or ():
                        yield replace(_sign(marker, Span(start - length, end + length), words), over="too")
                    break


def _regexes(words: Words, table: CueTable) -> Iterator[Sign]:
    for number in words.matching:
        compiled = linear(table.sieve.expression(number))
        # The first group, where there is one, is the cue; the rest is what it stands in.
        group = min(compiled.groups, 1) if compiled is not None else 0
        for found in compiled.finditer(words.text) if compiled is not None else ():
            start, end = found.span(group)
            if start < end:
                for marker in table.by_regex[number]:
                    yield _sign(marker, Span(start, end), words)


def _sign(marker: Marker, span: Span, words: Words) -> Sign:
    return Sign(
        marker.cue, marker.number, span, words.folded[span.start : span.end], marker.cue.sets, marker.actor
    )


def stands_between(beside: Beside, folded: str, span: Span) -> bool:
    """Whether what stands directly before and behind a cue lets it be one. White space does not count."""
    left = span.start
    while left and folded[left - 1].isspace():
        left -= 1
    right = span.end
    while right < len(folded) and folded[right].isspace():
        right += 1
    if beside.after and not _ends_with(folded, left, beside.after):
        return False
    if beside.before and not _begins_with(folded, right, beside.before):
        return False
    return not (_ends_with(folded, left, beside.not_after) or _begins_with(folded, right, beside.not_before))


def _ends_with(folded: str, at: int, given: tuple[str, ...]) -> bool:
    return folded.endswith(given, 0, at) and any(
        folded.endswith(word, 0, at) and not cuts_word(folded, at - len(word)) for word in given
    )


def _begins_with(folded: str, at: int, given: tuple[str, ...]) -> bool:
    return folded.startswith(given, at) and any(
        folded.startswith(word, at) and not cuts_word(folded, at + len(word)) for word in given
    )


def merge(stretches: Iterable[Span]) -> list[Span]:
    """Unite stretches that overlap; sorted."""
    merged: list[Span] = []
    for one in sorted(stretches):
        if merged and one.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return merged


def touches(merged: Sequence[Span], span: Span) -> bool:
    """Whether a stretch shares a character with one of some merged ones."""
    i = bisect_right(merged, span.start, key=lambda one: one.end)
    return i < len(merged) and merged[i].start < span.end
