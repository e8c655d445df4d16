"""The cues that stand in one segment, after the longest match and after pseudo cues have hidden theirs.

Order: what stands beside a cue (`after`, `not_before`, ...), then the longest match among all cues (没有想到
hides 没有), then pseudo cues hide what they touch, then constructs hide what their words touch, then of two
crossing cues of one axis the first stays. Offsets are within the segment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from qualcode.codebook.cues import Cue, Sets
from qualcode.coding.context.table import NOTHING, Beside, CueTable, Marker
from qualcode.model import Span
from qualcode.patterns.base import Parts
from qualcode.patterns.linear import linear
from qualcode.text.words import cuts_word

ECHO_LENGTHS = (2, 1)  # 愿意不愿意, 敢不敢

Over = Literal["", "too", "only"]


class Sign(NamedTuple):
    """A cue where it stands: what it sets, and the words it is made of."""

    cue: Cue
    number: int
    span: Span
    words: str  # folded; a negator of the same words is the same negation in a list
    sets: Sets
    actor: str = ""
    over: Over = ""  # evidence it shares a character with: not acted on, acted on too, or alone


class Words(NamedTuple):
    """A segment as cues are looked for in it: as written, and folded (same length), and what stands where.

    `standing` has the occurrences of the index of cues, `matching` the numbers of the cues' regular
    expressions that match somewhere in it.
    """

    text: str
    folded: str
    standing: Sequence[tuple[int, Parts]]
    matching: Sequence[int]


def all_signs(words: Words, table: CueTable) -> list[Sign]:
    """Return every place where a cue of any kind but a construct stands, sorted."""
    found = _literal(words, table)
    if table.echoes:
        found += _echoes(words, table)
    if words.matching:
        found += _regexes(words, table)
    beside, folded = table.beside, words.folded
    kept = [
        sign
        for sign in found
        if (near := beside[sign.number]) is NOTHING or stands_between(near, folded, sign.span)
    ]
    if len(kept) > 1:
        kept.sort(key=_place)
    return kept


def _place(sign: Sign) -> tuple[int, int, int, str]:
    return sign.span.start, -sign.span.end, sign.number, sign.actor


def apart(signs: Sequence[Sign]) -> bool:
    """Whether no two of some sorted signs share a character."""
    end = 0
    for sign in signs:
        if sign.span.start < end:
            return False
        end = sign.span.end
    return True


def longest(signs: Sequence[Sign]) -> tuple[list[Sign], list[Span]]:
    """Leave out what lies inside a longer cue, then what touches a pseudo cue; with it, what those hide.

    Signs come sorted: what holds a stretch comes before it.
    """
    outer: list[Sign] = []
    reach = 0  # how far stretches before the one in hand reach
    now = Span(0, 0)
    for sign in signs:
        if sign.span != now:
            reach = max(reach, now.end)
            now = sign.span
        if now.end > reach:
            outer.append(sign)
    hidden = [sign.span for sign in outer if sign.cue.kind == "pseudo"]
    return without((sign for sign in outer if sign.cue.kind != "pseudo"), hidden), hidden


def without(signs: Iterable[Sign], hidden: Iterable[Span]) -> list[Sign]:
    """Leave out the signs that share a character with a hidden stretch."""
    merged = merge(hidden)
    if not merged:
        return signs if isinstance(signs, list) else list(signs)
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
            kept.append(sign._replace(sets={axis: sign.sets[axis] for axis in axes}))
    return kept


def _literal(words: Words, table: CueTable) -> list[Sign]:
    found: list[Sign] = []
    of_entry, folded = table.of_entry, words.folded
    for entry, parts in words.standing:
        for marker in of_entry.get(entry, ()):
            if len(parts) == 1:
                span, cue = parts[0], marker.cue
                found.append(
                    Sign(cue, marker.number, span, folded[span[0] : span[1]], cue.sets, marker.actor)
                )
            elif marker.cue.kind == "pseudo":  # 非…不可 hides 非 and 不可, and nothing between them
                found += [_sign(marker, part, words) for part in parts]
            else:
                found.append(_sign(marker, Span(parts[0].start, parts[-1].end), words))
    return found


def _echoes(words: Words, table: CueTable) -> Iterator[Sign]:
    text = words.folded
    for entry, parts in words.standing:
        markers = table.echoes.get(entry)
        if markers is None:
            continue
        start, end = parts[0].start, parts[-1].end
        for length in ECHO_LENGTHS:
            said = text[max(start - length, 0) : start]
            if len(said) == length and said.isalpha() and text.startswith(said, end):
                for marker in markers:
                    yield _sign(marker, Span(start - length, end + length), words)._replace(over="too")
                break


def _regexes(words: Words, table: CueTable) -> Iterator[Sign]:
    for number in words.matching:
        for span in cue_spans(table.sieve.expression(number), words.text):
            for marker in table.by_regex[number]:
                yield _sign(marker, span, words)


def cue_spans(expression: str, text: str) -> Iterator[Span]:
    """Yield where the cue of a regular expression stands in the words of a segment."""
    compiled = linear(expression)
    # The first group, where there is one, is the cue; the rest is what it stands in.
    group = min(compiled.groups, 1) if compiled is not None else 0
    for found in compiled.finditer(text) if compiled is not None else ():
        start, end = found.span(group)
        if start < end:
            yield Span(start, end)


def _sign(marker: Marker, span: Span, words: Words) -> Sign:
    return Sign(
        marker.cue, marker.number, span, words.folded[span.start : span.end], marker.cue.sets, marker.actor
    )


def stands_between(beside: Beside, folded: str, span: Span) -> bool:
    """Whether what stands directly before and behind a cue lets it be one. White space does not count."""
    left, right = span
    while left and folded[left - 1].isspace():
        left -= 1
    while right < len(folded) and folded[right].isspace():
        right += 1
    after, not_after, before, not_before = beside
    if after and not ends_with(folded, left, after):
        return False
    if before and not begins_with(folded, right, before):
        return False
    if not_after and ends_with(folded, left, not_after):
        return False
    return not (not_before and begins_with(folded, right, not_before))


def ends_with(folded: str, at: int, given: tuple[str, ...]) -> bool:
    """Whether one of some words ends at a place, and begins where no word is cut."""
    return folded.endswith(given, 0, at) and any(
        folded.endswith(word, 0, at) and not cuts_word(folded, at - len(word)) for word in given
    )


def begins_with(folded: str, at: int, given: tuple[str, ...]) -> bool:
    """Whether one of some words begins at a place, and ends where no word is cut."""
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
