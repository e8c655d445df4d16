"""The sketches of all documents of a corpus, gathered as the documents are coded.

Their hashes lie in a file without a name that is mapped into memory: of a million documents they would be
16 GB.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

from qualcode.analysis.growing import Growing
from qualcode.corpus.duplicates import Sketch


class Sketches:
    """The sketches so far, in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self._hashes = Growing(folder, np.uint64)
        self._known: list[tuple[str, str, int]] = []  # document, path, bound
        self._ends = [0]

    def add(self, sketches: Iterable[Sketch]) -> None:
        """Take sketches in; they need not be held any more."""
        for one in sketches:
            self._hashes.add(one.hashes)
            self._known.append((one.document, one.path, one.bound))
            self._ends.append(self._ends[-1] + len(one.hashes))

    def whole(self) -> list[Sketch]:
        """Return all of them; none can be added any more."""
        hashes = self._hashes.array()
        stretches = pairwise(self._ends)
        return [
            Sketch(document, path, hashes[start:end], bound)
            for (document, path, bound), (start, end) in zip(self._known, stretches, strict=True)
        ]
