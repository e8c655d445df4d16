"""Whether two programs found the same: their hits as sets, on the same segments."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Hit = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many hits each program has, and how many they share."""

    peer: int
    qualcode: int
    shared: int

    @property
    def equal(self) -> bool:
        return self.peer == self.qualcode == self.shared

    @property
    def within(self) -> bool:
        """Whether each hit of the peer is one of qualcode's."""
        return self.peer == self.shared


def of_qualcode(folder: Path) -> Iterable[tuple[str, str, str, str]]:
    """Yield segment, rule, start and end of every match, also of refused ones."""
    csv.field_size_limit(1 << 30)
    with (folder / "matches.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        head = next(rows)
        at = [head.index(name) for name in ("segment_id", "rule", "start", "end")]
        for row in rows:
            yield row[at[0]], row[at[1]], row[at[2]], row[at[3]]


def of_peer(path: Path) -> Iterable[tuple[str, str, str, str]]:
    """Yield the rows of a peer."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            segment, rule, start, end = row
            yield segment, rule, start, end


def compare(
    peer: Iterable[tuple[str, str, str, str]],
    qualcode: Iterable[tuple[str, str, str, str]],
    segments: set[str],
    *,
    kinds: str,
    places: str,
) -> Agreement:
    """Compare hits of rules whose names begin with one of `kinds`, on some segments.

    For kinds in `places` a hit is its segment, rule, start and end; for others its segment and rule, where
    programs mean the same by "found here" but not by "from here to there".
    """

    def those(rows: Iterable[tuple[str, str, str, str]]) -> set[Hit]:
        return {
            row if row[1][0] in places else row[:2]
            for row in rows
            if row[1][0] in kinds and row[0] in segments
        }

    one, other = those(peer), those(qualcode)
    return Agreement(len(one), len(other), len(one & other))
