"""Segments as they are searched: folded, runs of white space squeezed to one space, with the way back.

Some segments are searched side by side: the text between them, and what is before and behind them, is blotted
out by separators. A separator is no letter and no white space, so words and spaces of one segment never meet
those of the next; where two touch, one is put between them unless a sign or a Chinese character keeps them
apart as well. Folding keeps offsets; squeezing does not, so places found here are turned into the document's
by `origins`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.corpus.segments import Segments
from qualcode.model import Document, Segment
from qualcode.text.characters import code_points, ranges
from qualcode.text.folding import fold_codes
from qualcode.text.ordered import begins
from qualcode.text.words import kept_apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.text.characters import Codes

    Places = NDArray[np.int64]

SEPARATOR = "\x01"
BATCH = 1 << 18  # characters searched at a time: arrays of this size stay in the processor's cache

_SPACE, _SEPARATOR = ord(" "), ord(SEPARATOR)


class Cuts(NamedTuple):
    """Stretches of a text, in order: where each begins and ends.

    `folded` are the code points of the whole text folded, where somebody has done so already; then there is a
    separator before, between and behind the stretches, and nothing else.
    """

    text: str
    starts: Places
    ends: Places
    folded: Codes | None = None

    @staticmethod
    def of(document: Document, segments: Sequence[Segment]) -> Cuts:
        """Return where the segments of a document lie, without making those that nobody looks at."""
        if isinstance(segments, Segments):
            return Cuts(document.text, segments.starts, segments.ends)
        spans = [segment.span for segment in segments]
        columns = np.array(spans, np.int64).reshape(-1, 2)
        return Cuts(document.text, columns[:, 0], columns[:, 1])

    def some(self, wanted: slice | Places) -> Cuts:
        """Return some of the stretches, in order."""
        folded = self.folded if isinstance(wanted, slice) else None
        return Cuts(self.text, self.starts[wanted], self.ends[wanted], folded)

    @property
    def each(self) -> list[str]:
        """The words of every stretch."""
        text = self.text
        return [text[a:b] for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


class Searched:
    """The words of some stretches that literals are looked for in.

    >>> said = Cuts("我：Can not\\n   share。", np.array([2, 18]), np.array([18, 19]))
    >>> found = Searched(said, frozenset({"case"}))
    >>> [found.text[start:end] for start, end in zip(found.starts, found.ends)]
    ['can not share', '。']
    >>> found.origins(np.array([9]), np.array([0])).tolist()
    [13]
    """

    def __init__(self, cuts: Cuts, kinds: frozenset[str]) -> None:
        if cuts.folded is None:
            codes, self.starts = _laid(cuts, kinds)
        else:
            before = int(cuts.starts[0]) - 1
            codes, self.starts = cuts.folded[before : int(cuts.ends[-1]) + 1], cuts.starts - before
        self.ends: Places = self.starts + (cuts.ends - cuts.starts)
        self._shifts = cuts.starts - self.starts
        self._sources: Places | None = None  # where each character was before squeezing
        spaces = codes == _SPACE
        again = spaces[1:] & spaces[:-1]  # behind another one
        if again.any():
            self._sources = np.flatnonzero(np.append(True, ~again))
            codes = codes[self._sources]
            self.starts, self.ends = (self._sources.searchsorted(at) for at in (self.starts, self.ends))
        self.codes: Codes = codes

    @cached_property
    def text(self) -> str:
        """The same as text."""
        return self.codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def origins(self, places: Places, segments: Places) -> Places:
        """Return where characters of the text are in the document; `segments` says in which one each is."""
        before = places if self._sources is None else self._sources[places]
        found: Places = before + self._shifts[segments]
        return found

    def origin(self, place: int, segment: int) -> int:
        """Return where one character of the text is in the document."""
        before = place if self._sources is None else int(self._sources[place])
        return before + int(self._shifts[segment])


def _laid(cuts: Cuts, kinds: frozenset[str]) -> tuple[Codes, Places]:
    """Return stretches of a text folded, kept apart by separators, and where each begins."""
    text, starts, ends = cuts.text, cuts.starts, cuts.ends
    if not len(starts):
        return np.array([_SEPARATOR, _SEPARATOR]), starts
    sizes = ends - starts
    far_apart = int(ends[-1] - starts[0]) > 2 * int(sizes.sum()) + BATCH
    if far_apart or (starts[1:] < ends[:-1]).any():  # an empty one may lie inside another
        text, ends = "".join(cuts.each), np.cumsum(sizes)
        starts = ends - sizes
    first = int(starts[0])
    folded = fold_codes(code_points(text[first : int(ends[-1])]), kinds)
    starts, ends = starts - first, ends - first
    codes = np.empty(len(folded) + 2, folded.dtype)
    codes[0] = codes[-1] = _SEPARATOR
    codes[1:-1] = folded
    codes[ranges(ends[:-1], starts[1:])[1] + 1] = _SEPARATOR
    touching = starts[1:][ends[:-1] == starts[1:]]
    meeting = touching[~kept_apart(codes, touching + 1)]
    if not len(meeting):
        return codes, starts + 1
    places = meeting[begins(meeting)]
    return np.insert(codes, places + 1, _SEPARATOR), starts + 1 + places.searchsorted(starts, "right")


def batches(cuts: Cuts) -> Iterator[slice]:
    """Cut stretches into runs of some `BATCH` characters, or of one stretch that is longer."""
    sizes = np.cumsum(cuts.ends - cuts.starts)
    first, size = 0, 0
    while first < len(sizes):
        last = int(sizes.searchsorted(size + BATCH)) + 1
        yield slice(first, last)
        first, size = last, int(sizes[min(last, len(sizes)) - 1])
