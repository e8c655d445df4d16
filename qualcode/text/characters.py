"""Text as an array of code points, and what is to be known of each of them by tables.

Python handles a character in tens of nanoseconds, an array one in about one: what must be known of every
character of a document is looked up here.

    code_points("数据 ok")     array([25968, 25454, 32, 111, 107], dtype=uint16)

A `Lookup` is asked about all characters of the basic plane at once, when it is first used: for what Python
says quickly of many. A `CharacterTable` asks about each character when it is first met: for what takes long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.unsignedinteger[Any]]

_EVERY = 0x110000
_PLANE = 0x10000  # code points of the basic plane


def code_points(text: str) -> Codes:
    """Return the code points of a text, one item each, in the narrowest of 8, 16 and 32 bits.

    >>> code_points("a数").tolist()
    [97, 25968]
    """
    import numpy as np

    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        return np.frombuffer(raw, "<u2")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def ranges(first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers from each first to before each last one, and before them which range each is of.

    >>> import numpy as np
    >>> [column.tolist() for column in ranges(np.array([3, 7]), np.array([5, 8]))]
    [[0, 0, 1], [3, 4, 7]]
    """
    import numpy as np

    counts = last - first
    row = np.repeat(np.arange(len(first)), counts)
    return row, np.arange(len(row)) + (first - np.cumsum(counts) + counts)[row]


def characters_before(data: bytes, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the characters of UTF-8 that begin before each of some bytes; the places are in no order.

    Only what is asked for is made: an array with the place of every character takes far longer.

    >>> import numpy as np
    >>> characters_before("数据ok".encode(), np.array([7, 3, 0])).tolist()
    [3, 1, 0]
    """
    import numpy as np

    begins = np.frombuffer(data, np.int8) >= -0x40  # 10xxxxxx is the middle of a character
    edges, back = np.unique(np.append(places, 0), return_inverse=True)
    counts = np.add.reduceat(begins.view(np.uint8), edges, dtype=np.int64)
    before: NDArray[np.int64] = np.cumsum(counts) - counts
    return before[back[:-1]]


class Lookup:
    """A number for every character of a text.

    `tell` takes any characters as one string and gives a number for each, whatever stands beside it. The few
    characters beyond the basic plane are asked about one by one.

    >>> Lookup(lambda text: map(str.isdigit, text), "u1")(code_points("第3条")).tolist()
    [0, 1, 0]
    """

    def __init__(self, tell: Callable[[str], Iterable[int]], dtype: str) -> None:
        self._tell = tell
        self._dtype = dtype
        self._table: NDArray[Any] | None = None

    @classmethod
    def of(cls, values: Mapping[str, int], dtype: str) -> Lookup:
        """A table of some characters of the basic plane; any other's number is 0."""
        return _Some(values, dtype)

    @classmethod
    def within(cls, ranges: Iterable[tuple[str, str]]) -> Lookup:
        """Whether a character is of the basic plane and in one of some ranges: (first, last), both in it."""
        return _Within(ranges)

    def __call__(self, codes: Codes) -> NDArray[Any]:
        """Return the number of every character of an array."""
        if self._table is None:
            self._table = self._filled()
        if codes.dtype.itemsize < 4:
            # No code point is beyond the table: nothing to wrap, and nothing to be checked.
            return self._table.take(codes, mode="wrap")
        import numpy as np

        told = self._table[np.minimum(codes, _PLANE - 1)]
        beyond = np.flatnonzero(codes >= _PLANE)
        if len(beyond):
            kinds, places = np.unique(codes[beyond], return_inverse=True)
            told[beyond] = self._told("".join(map(chr, kinds.tolist())))[places]
        return told

    def _filled(self) -> NDArray[Any]:
        return self._told("".join(map(chr, range(_PLANE))))

    def _told(self, characters: str) -> NDArray[Any]:
        import numpy as np

        return np.fromiter(self._tell(characters), self._dtype, len(characters))


class _Some(Lookup):
    """A lookup whose characters are listed."""

    def __init__(self, values: Mapping[str, int], dtype: str) -> None:
        super().__init__(lambda text: bytes(len(text)), dtype)
        self._values = values

    def _filled(self) -> NDArray[Any]:
        import numpy as np

        made = np.zeros(_PLANE, self._dtype)
        made[[ord(sign) for sign in self._values]] = list(self._values.values())
        return made


class _Within(Lookup):
    """A lookup of ranges of characters."""

    def __init__(self, ranges: Iterable[tuple[str, str]]) -> None:
        super().__init__(lambda text: bytes(len(text)), "?")
        self._ranges = tuple(ranges)

    def _filled(self) -> NDArray[Any]:
        import numpy as np

        made = np.zeros(_PLANE, self._dtype)
        for first, last in self._ranges:
            made[ord(first) : ord(last) + 1] = True
        return made


class CharacterTable:
    """A function from a character to a whole number above 0, worked out as characters are met."""

    def __init__(self, function: Callable[[str], int], dtype: str) -> None:
        import numpy as np

        self._function = function
        self._values = np.zeros(_EVERY, dtype)  # 0: not met yet

    def __call__(self, codes: Codes) -> Codes:
        """Return the value of every character of an array, in an array of the same shape."""
        # No code point is beyond the table: nothing to wrap, and nothing to be checked.
        found: Codes = self._values.take(codes, mode="wrap")
        if not found.all():
            import numpy as np

            for code in np.unique(codes[found == 0]).tolist():
                self._values[code] = self._function(chr(code))
            found = self._values.take(codes, mode="wrap")
        return found
