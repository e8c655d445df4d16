"""Segments as they are searched: folded, runs of white space squeezed to one space, with the way back.

Some segments are laid side by side in one text, a separator before, between and behind them: it is no letter
and no white space, so words and spaces of one segment never meet those of the next. Folding keeps offsets;
squeezing does not, so places found here are turned into the document's by `origins`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.model import Segment
from qualcode.text.characters import code_points
from qualcode.text.folding import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.text.characters import Codes

    Places = NDArray[np.int64]

SEPARATOR = "\x01"
BATCH = 1 << 18  # characters searched at a time: arrays of this size stay in the processor's cache

_SPACE = ord(" ")


class Searched:
    """The text of some segments, in order, that literals are looked for in.

    >>> from qualcode.model import Span
    >>> said = Segment("d:1", "d", 1, Span(5, 21), "Can not\\n   share")
    >>> found = Searched([said], frozenset({"case"}))
    >>> found.text[1:-1], found.origins(np.array([9]), np.array([0])).tolist()
    ('can not share', [16])
    """

    __slots__ = ("_raw_starts", "_shifts", "_sources", "codes", "ends", "raw", "starts", "text")

    def __init__(self, segments: Sequence[Segment], kinds: frozenset[str]) -> None:
        texts = [segment.text for segment in segments]
        text = fold(SEPARATOR.join(["", *texts, ""]), kinds)
        self.ends: Places = np.fromiter(map(len, texts), np.int64, len(texts)) + 1  # one separator each
        np.cumsum(self.ends, out=self.ends)
        self.starts: Places = np.concatenate(([1], self.ends[:-1] + 1))
        begin = np.fromiter((segment.span.start for segment in segments), np.int64, len(segments))
        self._shifts = begin - self.starts
        codes = code_points(text)
        self._sources: Places | None = None  # where each character was before squeezing
        if "  " in text:
            spaces = codes == _SPACE
            spaces[1:] &= spaces[:-1]
            spaces[0] = False
            self._sources = np.flatnonzero(~spaces)
            codes = codes[self._sources]
            text = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
            self.starts, self.ends = (self._sources.searchsorted(at) for at in (self.starts, self.ends))
        self.text = text
        self.codes: Codes = codes
        self.raw = text.encode("utf-8", "surrogatepass")
        self._raw_starts: Places | None = None  # where each character begins in the bytes
        if len(self.raw) > len(text):
            self._raw_starts = np.flatnonzero((np.frombuffer(self.raw, np.uint8) & 0xC0) != 0x80)

    def characters(self, offsets: Places) -> Places:
        """Turn places in the bytes, where characters begin or end, into places in the text."""
        return offsets if self._raw_starts is None else self._raw_starts.searchsorted(offsets)

    def origins(self, places: Places, segments: Places) -> Places:
        """Return where characters of the text are in the document; `segments` says in which one each is."""
        before = places if self._sources is None else self._sources[places]
        found: Places = before + self._shifts[segments]
        return found

    def origin(self, place: int, segment: int) -> int:
        """Return where one character of the text is in the document."""
        before = place if self._sources is None else int(self._sources[place])
        return before + int(self._shifts[segment])


def batches(segments: Sequence[Segment]) -> Iterator[range]:
    """Cut segments, by position, into runs of some `BATCH` characters, or of one segment that is longer."""
    first = size = 0
    for position, segment in enumerate(segments):
        size += segment.span.end - segment.span.start
        if size >= BATCH:
            yield range(first, position + 1)
            first, size = position + 1, 0
    if first < len(segments):
        yield range(first, len(segments))
