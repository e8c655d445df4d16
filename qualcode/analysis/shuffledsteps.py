"""Steps from code to code, counted in sequences laid end to end, as they are and shuffled.

A place of a shuffled line is ordered by its stratum, then by what is drawn for it: the upper 53 bits of a
number, which is what a generator's `random` gives. The stratum, as many of those bits as there is room for
and the code are put into one number, so that sorting these lays the codes out; where two were drawn that
differ in none of the bits, the row is ordered by all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from qualcode.analysis.exact import TINY
from qualcode.text.ordered import begins, portions

PLACES = 1 << 15  # sorted at a time
RANDOM_BITS = 53  # bits
NUMBER_BITS = 64  # bits of a number
CELLS = 2_000  # that are tested at a time


def counted(line: Any, owner: Any, size: int, lag: int = 1) -> Any:
    """Count steps from code to code inside each sequence, to the next or to one further on: size by size.

    >>> import numpy as np
    >>> counted(np.array([0, 0, 1, 0, 1, 1]), np.array([0, 0, 0, 0, 1, 1]), 2).tolist()
    [[1, 1], [1, 1]]
    """
    import numpy as np

    inside = owner[:-lag] == owner[lag:]
    pairs = line[:-lag][inside].astype(np.int64) * size + line[lag:][inside]
    return np.bincount(pairs, minlength=size * size).reshape(size, size)


def shuffled(
    line: Any,
    stratum: Any,
    owner: Any,
    size: int,
    lags: Sequence[int],
    numbers: Callable[[int], Any],
    draws: int,
) -> Any:
    """Count the steps of a line shuffled inside strata as `counted` does: draws by lags by size * size.

    Places of one stratum come together and have one owner. `numbers` draws whole numbers of 64 bits, a row of
    the line for each draw.
    """
    import numpy as np

    made = np.zeros((draws, len(lags), size * size), dtype=np.int32)
    pieces = [_Piece(line[some], stratum[some], owner[some], size, lags) for some in _pieces(owner)]
    step = max(1, PLACES // max(len(line), 1)) if len(pieces) == 1 else 1
    for start in range(0, draws, step):
        for piece in pieces:
            piece.add_to(made[start : start + step], numbers)
    return made


def p_of(found: Any, drawn: Any) -> Any:
    """Return p of every count: how often one lies as far from the mean of all, what was found among them."""
    import numpy as np

    made = np.zeros(found.size)
    for low in range(0, found.size, CELLS):
        some = slice(low, low + CELLS)
        every = np.concatenate((found.reshape(1, -1)[:, some], drawn[:, some]))
        off = np.abs(every - every.mean(axis=0))
        made[some] = (off >= off[0] - TINY).mean(axis=0)
    return made.reshape(found.shape)


def _pieces(owner: Any) -> Iterator[slice]:
    """Cut a line between owners into pieces of at most `PLACES` places, or of one owner."""
    import numpy as np

    first = np.append(np.flatnonzero(begins(owner)), len(owner))
    for some in portions(first[1:], PLACES):
        yield slice(int(first[some.start]), int(first[some.stop]))


class _Piece:
    """A part of a line that is shuffled by itself."""

    def __init__(self, line: Any, stratum: Any, owner: Any, size: int, lags: Sequence[int]) -> None:
        import numpy as np

        self.line, self.size, self.lags = line.astype(np.uint64), size, lags
        self.stratum = np.cumsum(begins(stratum), dtype=np.uint64) - np.uint64(1)
        low, high = max(size - 1, 1).bit_length(), int(self.stratum[-1]).bit_length()
        bits = min(RANDOM_BITS, NUMBER_BITS - low - high)
        self.low, self.left_out = np.uint64(low), np.uint64(NUMBER_BITS - bits)
        self.own = self.stratum << np.uint64(low + bits) if high else np.zeros_like(self.stratum)
        self.own |= self.line
        self.borders = [np.flatnonzero(owner[:-lag] != owner[lag:]) for lag in lags]

    def add_to(self, made: Any, numbers: Callable[[int], Any]) -> None:
        """Shuffle as many rows as are to be made, and add the steps of each to its counts."""
        import numpy as np

        codes = self.laid_out(numbers(len(made) * len(self.line)).reshape(len(made), -1))
        cells = self.size * self.size
        first = codes * self.size
        first += np.arange(len(made))[:, None] * cells
        for n, (lag, border) in enumerate(zip(self.lags, self.borders, strict=True)):
            pairs = first[:, :-lag] + codes[:, lag:]
            made[:, n] += np.bincount(pairs.ravel(), minlength=len(made) * cells).reshape(-1, cells)
            if len(border):  # steps over the end of a sequence
                over = pairs[:, border].ravel()
                made[:, n] -= np.bincount(over, minlength=len(made) * cells).reshape(-1, cells)

    def laid_out(self, drawn: Any) -> Any:
        """The codes of a row for each row of what was drawn."""
        import numpy as np

        keys = drawn >> self.left_out
        keys <<= self.low
        keys |= self.own
        keys.sort(axis=1)
        tied = ((keys[:, 1:] ^ keys[:, :-1]) >> self.low == 0).any(axis=1)
        keys &= (np.uint64(1) << self.low) - np.uint64(1)
        for row in np.flatnonzero(tied).tolist():
            keys[row] = self.line[
                np.lexsort((drawn[row] >> np.uint64(NUMBER_BITS - RANDOM_BITS), self.stratum))
            ]
        return keys.view(np.int64)
