"""A document as it is searched: folded, runs of white space squeezed to one space, with the way back.

Folding keeps offsets; squeezing does not, so places found here are turned into the document's by `origin`. A
text without two white spaces in a row (most Chinese) is not squeezed at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from qualcode.text.folding import fold

_RUN = re.compile(" {2,}")


class Searched:
    """The text that literals are looked for in.

    >>> found = Searched("Can not\\n   share", frozenset({"case"}))
    >>> found.text, found.origin(8), found.searched(11)
    ('can not share', 11, 8)
    """

    __slots__ = ("_after", "_removed", "_sources", "text")

    def __init__(self, text: str, kinds: frozenset[str]) -> None:
        folded = fold(text, kinds)
        self._after: list[int] = []  # searched offsets just behind a squeezed run
        self._sources: list[int] = []  # the same places in the document
        self._removed: list[int] = []  # characters squeezed out so far
        if "  " not in folded:
            self.text = folded
            return
        removed = 0
        for run in _RUN.finditer(folded):
            self._after.append(run.start() - removed + 1)
            self._sources.append(run.end())
            removed += run.end() - run.start() - 1
            self._removed.append(removed)
        self.text = _RUN.sub(" ", folded)

    def origin(self, offset: int) -> int:
        """Return where a searched place is in the document."""
        if not self._after:
            return offset
        i = bisect_right(self._after, offset)
        return offset + self._removed[i - 1] if i else offset

    def searched(self, offset: int) -> int:
        """Return where a place of the document is searched; inside a squeezed run, the end of its space."""
        if not self._after:
            return offset
        i = bisect_right(self._sources, offset)
        found = offset - (self._removed[i - 1] if i else 0)
        return min(found, self._after[i]) if i < len(self._after) else found
