"""Sentence ends of a whole document at once, where they are beyond doubt.

`sentence_bounds` gives for many stretches of one text what `sentences.sentence_spans` gives for each. Arrays
of code points show the stops that certainly end a sentence and those that certainly do not:

    没有依据。我们        a full-width stop, with or without one closing quote, and the next sentence
    refused. The next    a word that is no abbreviation, a stop, white space, a capital or digit
    3.5版  a.b  said, it   no end

All others (brackets, quotes, abbreviations, list numbers, dots in a row, empty lines) are doubtful. From the
last certain end before a doubtful place to the next one after it, the exact rule of `sentences` decides. It
would have come to the certain ends too: nothing it keeps in mind reaches over one but the count of quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qualcode.text.abbreviations import CAN_END, NEVER_END, NUMBERED
from qualcode.text.characters import Lookup, code_points
from qualcode.text.ordered import distinct
from qualcode.text.sentences import (
    BRACKETS,
    CLOSERS,
    EITHER,
    GOES_ON,
    QUOTE_GOES_ON,
    STOPS,
    STRONG,
    sentence_cuts,
)

if TYPE_CHECKING:
    from qualcode.text.characters import Codes

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
BLOCK = 1 << 20  # characters looked at together

# What a character is by itself, as a mark in the text.
_STRONG, _PERIOD, _BANG, _SEMICOLON, _OTHER_STOP = 1, 2, 3, 4, 5
_NEWLINE, _QUOTE, _BRACKET = 6, 7, 8  # brackets: from 8 on, an opening one is even, its closing one follows
_MARK = {
    **dict.fromkeys(STOPS, _OTHER_STOP),
    **dict.fromkeys(STRONG, _STRONG),
    ".": _PERIOD,
    "!": _BANG,
    "?": _BANG,
    ";": _SEMICOLON,
    "\n": _NEWLINE,
    '"': _QUOTE,
    **{sign: _BRACKET + n for n, sign in enumerate("".join(opens + closes for opens, closes, _ in BRACKETS))},
}
_marks = Lookup.of(_MARK, "u1")

# What a character is to a stop before or after it.
_SPACE, _CLOSES, _EITHER, _ENTITY, _ON, _QUOTED_ON, _OPENS = (1 << n for n in range(7))
_LETTER, _LOWER, _DIGIT, _IVX, _DOT, _IS_STOP, _ASCII = (1 << n for n in range(7, 14))
_MAY_CLOSE = _CLOSES | _EITHER | _ENTITY


def _neighbour(sign: str) -> int:
    is_ascii = sign.isascii()
    return (
        _SPACE * sign.isspace()
        | _CLOSES * (sign in CLOSERS)
        | _EITHER * (sign in EITHER)
        | _ENTITY * (sign == "&")
        | _ON * (sign in GOES_ON)
        | _QUOTED_ON * (sign in QUOTE_GOES_ON)
        | _OPENS * (sign in "（([【")
        | _LETTER * (is_ascii and sign.isalpha())
        | _LOWER * (is_ascii and sign.islower())
        | _DIGIT * (is_ascii and sign.isdigit())
        | _IVX * (sign in "ivxIVX")
        | _DOT * (sign == ".")
        | _IS_STOP * (sign in STOPS)
        | _ASCII * is_ascii
    )


_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))  # no white space lies beyond
_NEIGHBOURS = {
    sign: _neighbour(sign)
    for sign in {
        *map(chr, range(128)),
        *_BLANKS,
        *STOPS,
        *CLOSERS,
        *EITHER,
        *GOES_ON,
        *QUOTE_GOES_ON,
        *"（([【",
    }
}
_neighbours = Lookup.of(_NEIGHBOURS, "u2")
_LONGEST = 6  # letters in the longest abbreviation


def _packed(word: str) -> int:
    return sum(ord(sign) << (8 * n) for n, sign in enumerate(reversed(word)))


_ABBREVIATIONS = np.array(
    sorted(_packed(w) for w in NEVER_END | NUMBERED | CAN_END if w.isalpha()), dtype=np.int64
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Sentences: where each begins and ends, and the number of the stretch it lies in. Trimmed, in order."""

    starts: Ints
    ends: Ints
    owners: Ints


def sentence_bounds(text: str, starts: Ints, ends: Ints) -> Bounds:
    """Cut the stretches `text[starts[i]:ends[i]]` into sentences, as `sentence_spans` cuts each of them.

    The stretches are in order and do not overlap; blank ones have no sentence. Takes time in proportion to
    the text they span.
    """
    made: list[Bounds] = []
    first = 0
    while first < len(starts):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + BLOCK)))
        low, high = int(starts[first]), int(ends[last - 1])
        if low == high:
            first = last
            continue
        block = _Block(
            text, low, code_points(text[low:high]), starts[first:last] - low, ends[first:last] - low
        )
        found = block.bounds()
        made.append(Bounds(found.starts + low, found.ends + low, found.owners + first))
        first = last
    if len(made) == 1:
        return made[0]
    none = np.empty(0, dtype=np.int64)
    return Bounds(
        np.concatenate([none, *(b.starts for b in made)]),
        np.concatenate([none, *(b.ends for b in made)]),
        np.concatenate([none, *(b.owners for b in made)]),
    )


class _Block:
    """Some stretches of a text, their offsets counted from `low`."""

    def __init__(self, text: str, low: int, codes: Codes, starts: Ints, ends: Ints) -> None:
        self.text, self.low, self.codes = text, low, codes
        marks = _marks(codes)
        self.places = np.flatnonzero(marks != 0)  # of truth values: places of numbers are found slowly
        self.kinds = marks[self.places]
        starts, ends = self._trimmed(starts, ends)
        self.starts, self.ends = starts, ends

    def bounds(self) -> Bounds:
        cuts, doubts = self._judged()
        edges = distinct(np.concatenate((self.starts, cuts)))
        owners = np.searchsorted(self.starts, edges, side="right") - 1
        more = self._exact(edges, owners, doubts)
        if len(more):
            edges = distinct(np.concatenate((edges, more)))
            owners = np.searchsorted(self.starts, edges, side="right") - 1
        if not len(edges):
            return Bounds(edges, edges, edges)
        stops = np.minimum(np.append(edges[1:], self.ends[-1]), self.ends[owners])
        edges, stops = self._trimmed(edges, stops)
        kept = edges < stops
        return Bounds(edges[kept], stops[kept], owners[kept])

    def _about(self, places: Ints) -> NDArray[np.uint16]:
        """What stands at some places; nothing before the block or behind it."""
        told: NDArray[np.uint16] = _neighbours(self.codes.take(places, mode="clip"))
        if len(places) and (places[0] < 0 or places[-1] >= len(self.codes)):
            told[(places < 0) | (places >= len(self.codes))] = 0
        return told

    def _trimmed(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Take the white space off both ends of each stretch; of a blank one nothing is left."""
        starts, ends = starts.copy(), ends.copy()
        for places, offset, step in ((starts, 0, 1), (ends, -1, -1)):
            at = np.flatnonzero(starts < ends)
            while len(at):
                at = at[(_neighbours(self.codes[places[at] + offset]) & _SPACE) != 0]
                places[at] += step
                at = at[starts[at] < ends[at]]
        return starts, ends

    def _judged(self) -> tuple[Ints, Ints]:
        """Return the certain ends of sentences, and the places that only the exact rule can judge."""
        is_stop = self.kinds <= _OTHER_STOP
        stops, kinds = self.places[is_stop], self.kinds[is_stop]
        doubts = [self._empty_lines(), self._torn_runs()]
        if not len(stops):
            return stops, np.concatenate(doubts)
        new = np.append(True, stops[1:] != stops[:-1] + 1)
        heads = np.flatnonzero(new)
        begin, end = stops[heads], stops[np.append(heads[1:], len(stops)) - 1] + 1
        strong = np.logical_or.reduceat(kinds == _STRONG, heads)
        bang = np.logical_and.reduceat(kinds == _BANG, heads)
        kind = np.where(strong, _STRONG, np.where(bang, _BANG, kinds[heads]))
        kind[~strong & ~bang & (end - begin > 1)] = _OTHER_STOP
        owner = np.searchsorted(self.starts, begin, side="right") - 1
        limit = np.where(owner >= 0, self.ends[owner], -1)
        kept = begin < limit
        runs = _Runs(begin[kept], end[kept], kind[kept], self.starts[owner[kept]], limit[kept])
        cuts, unsure = self._certain(runs)
        doubts.append(runs.begin[unsure])
        return cuts, np.concatenate(doubts)

    def _certain(self, runs: _Runs) -> tuple[Ints, Mask]:
        """Return certain ends, and which runs are doubtful."""
        end, limit = runs.end, runs.limit
        after = self._about(end)
        closes = (after & _CLOSES) != 0
        last = (end >= limit) | ((end + 1 >= limit) & ((after & (_CLOSES | _EITHER)) != 0))
        last &= end <= limit
        cut = end + closes
        behind = np.where(closes, self._about(cut), after)
        ahead = self._ahead(cut, limit)
        following = self._about(ahead)
        strong, period, bang = (runs.kind == kind for kind in (_STRONG, _PERIOD, _BANG))
        before = self._about(runs.begin - 1)
        inside = runs.begin > runs.start
        plain = inside & ((before & (_LETTER | _DIGIT)) != 0)
        spaced = (after & _SPACE) != 0
        lower = plain & spaced & ((following & _LOWER) != 0)
        upper = plain & spaced & ((following & _ASCII) != 0) & ((following & (_LOWER | _OPENS)) == 0)
        alnum = (after & (_LETTER | _DIGIT)) != 0
        word = period & (lower | upper)
        word[word] = self._ends_in_word(runs.begin[word], runs.start[word])

        goes = strong & ((behind & (_MAY_CLOSE | _ON)) == 0) & ((following & _OPENS) == 0)
        goes &= ~closes | ((behind & (_QUOTED_ON | _IS_STOP)) == 0)
        goes |= (bang & upper) | (word & upper & ~self._abbreviated(runs.begin, word & upper))
        stays = (after & _ON) != 0
        stays |= period & (alnum | (word & lower))
        stays |= (bang & lower) | ((runs.kind == _SEMICOLON) & plain & (spaced | alnum))
        sure = (goes | stays) & (end <= limit) & ~self._bracketed(runs.begin)
        return cut[goes & sure & ~last], ~sure & ~last

    def _ahead(self, places: Ints, limit: Ints) -> Ints:
        """Where the next character that is not white space stands; at the limit where there is none."""
        ahead = np.minimum(places, limit)
        at = np.flatnonzero(ahead < limit)
        while len(at):
            at = at[(_neighbours(self.codes[ahead[at]]) & _SPACE) != 0]
            ahead[at] += 1
            at = at[ahead[at] < limit[at]]
        return ahead

    def _ends_in_word(self, stops: Ints, starts: Ints) -> Mask:
        """Whether two letters or more stand before each stop, no Roman number, well inside the stretch."""
        one, two = self._about(stops - 1), self._about(stops - 2)
        both = one & two
        told: Mask = ((both & _LETTER) != 0) & ((both & _IVX) == 0) & (stops - starts > _LONGEST + 2)
        return told

    def _abbreviated(self, stops: Ints, asked: Mask) -> Mask:
        """Whether the word before each stop that is asked about may be an abbreviation."""
        found = np.zeros(len(stops), dtype=bool)
        places = stops[asked]
        if not len(places):
            return found
        packed = np.zeros(len(places), dtype=np.int64)
        open_ = np.ones(len(places), dtype=bool)
        dotted = np.zeros(len(places), dtype=bool)
        for n in range(_LONGEST + 1):
            codes = self.codes[places - 1 - n]
            about = _neighbours(codes)
            dotted |= open_ & ((about & _DOT) != 0)
            open_ = open_ & ((about & _LETTER) != 0)
            if n < _LONGEST:
                packed += np.where(open_, (codes.astype(np.int64) | 0x20) << (8 * n), 0)
        index = np.minimum(np.searchsorted(_ABBREVIATIONS, packed), len(_ABBREVIATIONS) - 1)
        known = (_ABBREVIATIONS[index] == packed) & ~open_
        found[asked] = known | dotted
        return found

    def _bracketed(self, places: Ints) -> Mask:
        """Whether each place may lie inside brackets that the exact rule steps over."""
        kinds = self.kinds
        brackets = kinds >= _BRACKET
        if not brackets.any():
            return np.zeros(len(places), dtype=bool)
        where, kinds = self.places[brackets], kinds[brackets]
        opened: list[Ints] = []
        closed: list[Ints] = []
        for n, (_, _, longest) in enumerate(BRACKETS):
            same = (kinds >= _BRACKET + 2 * n) & (kinds <= _BRACKET + 2 * n + 1)
            _pairs(where[same], (kinds[same] - _BRACKET) % 2 == 0, longest + 1, opened, closed)
        _pairs(where, (kinds - _BRACKET) % 2 == 0, 64, opened, closed)  # （笑] is an aside
        begins, ends = np.concatenate(opened), np.concatenate(closed)
        order = np.argsort(begins, kind="stable")
        begins, ends = begins[order], np.maximum.accumulate(ends[order])
        if not len(begins):
            return np.zeros(len(places), dtype=bool)
        before = np.searchsorted(begins, places, side="right") - 1
        inside: Mask = (before >= 0) & (ends[before] > places)
        return inside

    def _empty_lines(self) -> Ints:
        """The line breaks with white space after them: an empty line may follow."""
        lines = self.places[self.kinds == _NEWLINE]
        doubtful: Ints = lines[(self._about(lines + 1) & _SPACE) != 0]
        return doubtful

    def _torn_runs(self) -> Ints:
        """The stretches that begin in the middle of a run of stops."""
        both = self._about(self.starts - 1) & self._about(self.starts) & _IS_STOP
        torn: Ints = self.starts[both != 0]
        return torn

    def _exact(self, edges: Ints, owners: Ints, doubts: Ints) -> Ints:
        """Ask the exact rule about every piece, from one certain edge to the next, with a doubt in it."""
        at = np.searchsorted(edges, doubts, side="right") - 1
        at = distinct(at[(at >= 0) & (doubts < self.ends[owners[at]])])
        quotes = self.places[self.kinds == _QUOTE]
        found: list[int] = []
        low, text = self.low, self.text
        following = np.append(edges[1:], len(self.codes) + 1)
        for edge, owner, limit in zip(
            edges[at].tolist(), owners[at].tolist(), following[at].tolist(), strict=True
        ):
            stretch, end = int(self.starts[owner]), int(self.ends[owner])
            told = 0
            if len(quotes) and edge > stretch:
                told = int(np.searchsorted(quotes, edge) - np.searchsorted(quotes, stretch))
            for cut in sentence_cuts(text, low + edge, low + end, quotes=told):
                if cut - low >= limit:
                    break
                found.append(cut - low)
        return np.array(found, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of stops: where each begins and ends, its kind, and the stretch it lies in."""

    begin: Ints
    end: Ints
    kind: NDArray[Any]
    start: Ints
    limit: Ints


def _pairs(where: Ints, opens: Mask, longest: int, opened: list[Ints], closed: list[Ints]) -> None:
    """Add the brackets that the very next bracket closes, not too far away."""
    pair = opens[:-1] & ~opens[1:] & (where[1:] - where[:-1] <= longest)
    opened.append(where[:-1][pair])
    closed.append(where[1:][pair])
