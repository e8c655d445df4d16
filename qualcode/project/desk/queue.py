"""The entries that pass a filter, in order, kept up to date segment by segment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import chain

from qualcode.project.desk.entries import Entry, EntryKey
from qualcode.project.desk.told import SegmentKey

Passing = Callable[[SegmentKey], list[Entry]]


class Queue:
    """What passes. `passing` gives the entries of a segment that do; `keys` are all, in order."""

    def __init__(self, passing: Passing, segments: Iterable[SegmentKey]) -> None:
        self._passing = passing
        self._decided: dict[SegmentKey, int] = {}
        self.decided = 0
        self.keys: list[EntryKey] = list(chain.from_iterable(map(self._take, segments)))

    def __len__(self) -> int:
        return len(self.keys)

    def renew(self, segment: SegmentKey) -> None:
        """Ask again what passes of a segment."""
        first = bisect_left(self.keys, EntryKey(*segment, -2, ""))
        last = bisect_left(self.keys, EntryKey(segment[0], segment[1] + 1, -2, ""))
        self.decided -= self._decided.pop(segment, 0)
        self.keys[first:last] = self._take(segment)

    def place(self, key: EntryKey) -> int:
        """Return how many stand before this one, whether it passes or not."""
        return bisect_left(self.keys, key)

    def holds(self, key: EntryKey) -> bool:
        at = self.place(key)
        return at < len(self.keys) and self.keys[at] == key

    def after(self, key: EntryKey | None, *, back: bool = False) -> EntryKey | None:
        """Return the next one, or the one before; past either end the walk begins at the other.

        None where nothing passes but the entry itself.
        """
        if not self.keys:
            return None
        if key is None:
            return self.keys[-1 if back else 0]
        at = bisect_left(self.keys, key) - 1 if back else bisect_right(self.keys, key)
        found = self.keys[at % len(self.keys)]
        return None if found == key else found

    def _take(self, segment: SegmentKey) -> list[EntryKey]:
        made = self._passing(segment)
        decided = sum(entry.decided for entry in made)
        if decided:
            self._decided[segment] = decided
            self.decided += decided
        return [entry.key for entry in made]
