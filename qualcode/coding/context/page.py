"""Segments that are read for their cues together, laid side by side in one text.

A separator stands before, between and behind them; it is no letter, no white space and no stop, so nothing in
one segment meets anything in the next. All places are the page's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.context.quotations import PAIRS, quotations
from qualcode.coding.context.scope import ENDS_CLAUSE, ENDS_SENTENCE, Grounds
from qualcode.coding.context.signs import Words
from qualcode.coding.occurrences import Evidence
from qualcode.coding.searched import SEPARATOR, Cuts
from qualcode.model import Span
from qualcode.text.characters import Lookup, code_points
from qualcode.text.folding import fold_codes
from qualcode.text.sentences import BRACKETS, STRONG, has_han

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.codebook.cues import Cue
    from qualcode.coding.context.table import CueTable
    from qualcode.coding.occurrences import Column

    Mask = NDArray[np.bool_]

# What a character is, one bit each.
_SENTENCE, _CLAUSE, _BRACKET, _QUOTE, _BLANK, _STRONG, _WIDE, _NARROW = (1 << n for n in range(8))
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))  # no white space lies beyond


def _bits() -> Iterator[tuple[str, int]]:
    yield ENDS_SENTENCE, _SENTENCE
    yield ENDS_CLAUSE, _CLAUSE
    yield "".join(opens + closes for opens, closes, _ in BRACKETS), _BRACKET
    yield "".join(mark for pair in PAIRS for mark in pair), _QUOTE
    yield _BLANKS, _BLANK
    yield STRONG, _STRONG
    yield "，；：", _WIDE
    yield ",:", _NARROW


_SIGNS: dict[str, int] = {}
for _some, _bit in _bits():
    for _sign in _some:
        _SIGNS[_sign] = _SIGNS.get(_sign, 0) | _bit
_kinds = Lookup.of(_SIGNS, "u1")
_HAN = (0x4E00, 0x9FFF)


class Page:
    """Some segments as written (`text`, `codes`) and folded, with what is `found` of the terms of cues.

    `matching` has the segments where regular expressions of cues match, and beside them which.
    """

    def __init__(self, texts: Sequence[str], table: CueTable) -> None:
        self.text = SEPARATOR.join(["", "", *texts, "", ""])  # two at each end: neighbours are always there
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.ends: Column = np.cumsum(sizes + 1) + 1
        self.starts: Column = self.ends - sizes
        self.codes = code_points(self.text)
        self.folded_codes = fold_codes(self.codes, table.fold)
        cuts = Cuts(self.text, self.starts, self.ends, self.folded_codes)
        self.found = table.index.scan(cuts)
        self.matching = table.sieve.present(cuts)
        self._about = _kinds(self.codes)
        self._grounds: dict[int, Grounds] = {}

    @cached_property
    def folded(self) -> str:
        """The folded text."""
        return self.folded_codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def chinese(self) -> Mask:
        """Which segments hold a Chinese character."""
        if not len(self.starts):
            return np.zeros(0, bool)
        found: Mask = np.logical_or.reduceat(self._han, self.starts)  # a separator is none
        for n in np.flatnonzero(~found).tolist():  # there are others
            words = self.text[int(self.starts[n]) : int(self.ends[n])]
            found[n] = not words.isascii() and has_han(words)
        return found

    def words(self, segments: Sequence[int]) -> list[Words]:
        """Return some segments as each is read by itself."""
        wanted = np.zeros(len(self.starts), bool)
        wanted[segments] = True
        found = Evidence(self.found.chosen(wanted[self.found.segment]).local(self.starts))
        matching: dict[int, list[int]] = {}
        for segment, number in zip(*(column.tolist() for column in self.matching), strict=True):
            matching.setdefault(segment, []).append(number)
        cuts = [slice(int(self.starts[n]), int(self.ends[n])) for n in segments]
        return [
            Words(self.text[cut], self.folded[cut], found.standing(n), matching.get(n, ()))
            for n, cut in zip(segments, cuts, strict=True)
        ]

    def holding(self, signs: Iterable[str]) -> Column:
        """Return the segments that hold one of some signs, once for each of them."""
        held = [np.flatnonzero(self.codes == ord(sign)) for sign in set(signs) if sign in self.text]
        return self._segments_of(np.concatenate(held)) if held else np.zeros(0, np.int64)

    @cached_property
    def quoting(self) -> Column:
        """The segments that hold a quotation mark, once for each mark."""
        return self._segments_of(np.flatnonzero(self._about & _QUOTE))

    def undivided(self, starts: Column, ends: Column, whole: Mask) -> tuple[Mask, Mask]:
        """Say of stretches whether they surely lie in one clause, and whether they surely do not.

        Where `whole` is true the question is for the sentence. Stretches hold a character at least; both ends
        of each are taken in.
        """
        one = ((self._about[starts] | self._about[ends - 1]) & _BLANK) == 0
        one &= _none(self._may_end(_CLAUSE), starts, ends) | (
            whole & _none(self._may_end(_SENTENCE), starts, ends)
        )
        clauses, sentences = self._divided
        several = ~_none(sentences, starts + 1, ends) | ~(whole | _none(clauses, starts + 1, ends))
        return one, several

    def _segments_of(self, places: Column) -> Column:
        found: Column = self.starts.searchsorted(places, "right") - 1
        return found

    def _may_end(self, bit: int) -> Column:
        return np.flatnonzero(self._about & bit)

    @cached_property
    def _han(self) -> Mask:
        """Which characters are among the common Chinese ones."""
        return (self.codes >= _HAN[0]) & (self.codes <= _HAN[1])

    @cached_property
    def _divided(self) -> tuple[Column, Column]:
        """Where a clause begins beyond doubt, and where a sentence does."""
        about, codes = self._about, self.codes
        han = self._han
        plain = about == 0
        ends = np.flatnonzero(about & (_STRONG | _WIDE | _NARROW))
        bracketed = np.zeros(len(self.starts), bool)
        bracketed[self._segments_of(np.flatnonzero(about & _BRACKET))] = True
        ends = ends[~bracketed[self._segments_of(ends)] & plain[ends - 1]]
        before_han = ends[han[ends + 1]]
        strong = before_han[(about[before_han] & _STRONG) != 0] + 1
        wide = before_han[(about[before_han] & (_WIDE | _STRONG)) != 0] + 1
        narrow = ends[(about[ends] & _NARROW) != 0]
        narrow = narrow[(codes[narrow + 1] == ord(" ")) & plain[narrow + 2]] + 2
        return np.sort(np.concatenate((wide, narrow))), strong

    def undivided_at(self, left: int, right: int, *, forward: bool, whole: bool) -> bool:
        """Whether a cue and a place to its right, or to its left, lie in one clause, or one sentence.

        Between them lies `text[left:right]`.
        """
        segment = int(self.starts.searchsorted(left, "right")) - 1
        start, grounds = int(self.starts[segment]), self._grounds_of(segment)
        unit = grounds.sentence if whole else grounds.clause
        if forward:
            return right - start < unit(left - 1 - start).end
        return left - start > unit(right - start).start

    def quoted(self, cue: Cue) -> Iterator[Span]:
        """Yield what stands in the quotation marks of a cue that is known by them."""
        for segment in np.unique(self.holding(mark for pair in cue.quotes for mark in pair)).tolist():
            start = int(self.starts[segment])
            for span in quotations(self.text[start : int(self.ends[segment])], cue.quotes):
                if span.end - span.start >= max(cue.least, 1):
                    yield Span(span.start + start, span.end + start)

    def _grounds_of(self, segment: int) -> Grounds:
        known = self._grounds.get(segment)
        if known is None:
            stretch = slice(int(self.starts[segment]), int(self.ends[segment]))
            known = self._grounds[segment] = Grounds(self.text[stretch], self.folded[stretch])
        return known


def _none(places: Column, starts: Column, ends: Column) -> Mask:
    """Say of stretches whether none of some sorted places lies in them."""
    none: Mask = places.searchsorted(starts) == places.searchsorted(ends)
    return none
