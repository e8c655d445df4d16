"""Segments as they are searched: folded, runs of white space squeezed to one space, with the way back.

Some segments are laid side by side in one text, a separator before, between and behind them: it is no letter
and no white space, so words and spaces of one segment never meet those of the next. Folding keeps offsets;
squeezing does not, so places found here are turned into the document's by `origins`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.corpus.segments import Segments
from qualcode.model import Document, Segment
from qualcode.text.characters import code_points
from qualcode.text.folding import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.text.characters import Codes

    Places = NDArray[np.int64]

SEPARATOR = "\x01"
BATCH = 1 << 18  # characters searched at a time: arrays of this size stay in the processor's cache

_SPACE = ord(" ")


class Cuts(NamedTuple):
    """Stretches of a text, in order: where each begins and ends.

    `folded` is the whole text folded, where somebody has done so already; then there is a separator before,
    between and behind the stretches, and nothing else.
    """

    text: str
    starts: Places
    ends: Places
    folded: str | None = None

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
    >>> found.text[1:-1].split(SEPARATOR), found.origins(np.array([9]), np.array([0])).tolist()
    (['can not share', '。'], [13])
    """

    __slots__ = ("_inner", "_shifts", "_sources", "codes", "ends", "raw", "starts", "text")

    def __init__(self, cuts: Cuts, kinds: frozenset[str]) -> None:
        if cuts.folded is None:
            text = fold(SEPARATOR.join(["", *cuts.each, ""]), kinds)
        else:
            text = cuts.folded[int(cuts.starts[0]) - 1 : int(cuts.ends[-1]) + 1]
        self.ends: Places = np.cumsum(cuts.ends - cuts.starts + 1)  # one separator each
        self.starts: Places = self.ends - (cuts.ends - cuts.starts)
        self._shifts = cuts.starts - self.starts
        codes = code_points(text)
        self._sources: Places | None = None  # where each character was before squeezing
        spaces = codes == _SPACE
        again = spaces[1:] & spaces[:-1]  # behind another one
        if again.any():
            self._sources = np.flatnonzero(np.append(True, ~again))
            codes = codes[self._sources]
            text = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
            self.starts, self.ends = (self._sources.searchsorted(at) for at in (self.starts, self.ends))
        self.text = text
        self.codes: Codes = codes
        self.raw = text.encode("utf-8", "surrogatepass")
        self._inner: Places | None = None  # which bytes are the middle of a character
        if len(self.raw) > len(text):
            self._inner = np.flatnonzero(np.frombuffer(self.raw, np.int8) < -0x40)  # 10xxxxxx

    def characters(self, offsets: Places) -> Places:
        """Turn places in the bytes, where characters begin, into places in the text."""
        return offsets if self._inner is None else offsets - self._inner.searchsorted(offsets)

    def origins(self, places: Places, segments: Places) -> Places:
        """Return where characters of the text are in the document; `segments` says in which one each is."""
        before = places if self._sources is None else self._sources[places]
        found: Places = before + self._shifts[segments]
        return found

    def origin(self, place: int, segment: int) -> int:
        """Return where one character of the text is in the document."""
        before = place if self._sources is None else int(self._sources[place])
        return before + int(self._shifts[segment])


def batches(cuts: Cuts) -> Iterator[slice]:
    """Cut stretches into runs of some `BATCH` characters, or of one stretch that is longer."""
    sizes = np.cumsum(cuts.ends - cuts.starts)
    first, size = 0, 0
    while first < len(sizes):
        last = int(sizes.searchsorted(size + BATCH)) + 1
        yield slice(first, last)
        first, size = last, int(sizes[min(last, len(sizes)) - 1])
