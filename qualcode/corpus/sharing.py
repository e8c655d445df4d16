"""Which of many sketches share so many hashes that they may be of documents that repeat each other.

Most hashes stand in one sketch alone, and most documents repeat no other. So not every pair that shares a
hash is counted: a document with less than half of its hashes in others has no other that holds half of it,
and pairs of two such documents are never looked at. Hashes are sorted some at a time, and pairs counted some
at a time: a corpus of tens of thousands of documents takes little more memory than its sketches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.text.ordered import begins, portions

TOGETHER = 1 << 20  # hashes sorted, and pairs counted, at a time
_FILTER = 1 << 23  # a bit of a hash's own for each few hashes
Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Pair = tuple[int, int, int]  # two sketches, and how many hashes both have


def pairs_alike(
    hashes: Sequence[Hashes], bounds: Sequence[int], *, share: float, seen: int, holders: int
) -> list[Pair]:
    """Return the pairs that share `seen` hashes and, of one of both, a `share` of those under both bounds.

    Each sketch is given by its hashes, sorted and distinct, and the bound that they lie under. A hash that
    more than `holders` sketches have is no matter of any pair.
    """
    if not sum(map(len, hashes)):
        return []
    levels = _Levels.of(hashes, bounds)
    shared = _Shared.of(hashes, levels, holders)
    enough = (shared.counts >= seen) & (shared.counts >= share * levels.under)
    telling: NDArray[np.bool_] = np.any(enough, axis=1)
    found: list[Pair] = []
    sets = shared.sets(telling)
    for one, two, both in sets.pairs(telling, max(map(len, hashes))):
        level = np.minimum(levels.own[one], levels.own[two])
        fewer = np.minimum(levels.under[one, level], levels.under[two, level])
        kept = (both >= seen) & (both >= share * fewer)
        found += zip(one[kept].tolist(), two[kept].tolist(), both[kept].tolist(), strict=True)
    return sorted((min(one, two), max(one, two), both) for one, two, both in found)


@dataclass(frozen=True, slots=True)
class _Levels:
    """The bounds of all sketches, from low to high: two are compared under the lower one of theirs."""

    bounds: list[int]
    own: Ints  # of each sketch, the number of its bound
    under: Ints  # of each sketch, how many hashes lie under each bound

    @classmethod
    def of(cls, hashes: Sequence[Hashes], bounds: Sequence[int]) -> _Levels:
        every = sorted(set(bounds))
        number = {bound: n for n, bound in enumerate(every)}
        last = np.array([bound - 1 for bound in every], dtype=np.uint64)  # 2**64 itself is no such number
        under = np.array([some.searchsorted(last, side="right") for some in hashes], dtype=np.int64)
        return cls(every, np.array([number[bound] for bound in bounds]), under)

    def of_hashes(self, hashes: Hashes) -> Ints:
        """The number of the lowest bound that each hash lies under."""
        lows = np.array(self.bounds[:-1], dtype=np.uint64)
        return lows.searchsorted(hashes, side="right")


@dataclass(frozen=True, slots=True)
class _Shared:
    """The hashes that some sketches have, not too many: those of the n-th are `owners[starts[n]:ends[n]]`."""

    owners: NDArray[np.int32]
    starts: Ints
    ends: Ints
    counts: Ints  # of each sketch, how many such hashes lie under each bound

    @classmethod
    def of(cls, hashes: Sequence[Hashes], levels: _Levels, holders: int) -> _Shared:
        counts = np.zeros(len(hashes) * len(levels.bounds), dtype=np.int64)
        held, lengths = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
        for some, owners in _slices(hashes):
            some, owners = _told_twice(some, owners)
            starts = np.flatnonzero(begins(some))
            sizes = np.diff(np.append(starts, len(some)))
            kept = (sizes >= 2) & (sizes <= holders)
            mine = np.repeat(kept, sizes)
            held.append(owners[mine])
            lengths.append(sizes[kept])
            places = owners[mine].astype(np.int64) * len(levels.bounds) + levels.of_hashes(some[mine])
            counts += np.bincount(places, minlength=len(counts))
        sizes = np.concatenate(lengths)
        ends = np.cumsum(sizes)
        by_level = counts.reshape(len(hashes), len(levels.bounds)).cumsum(axis=1)
        return cls(np.concatenate(held), ends - sizes, ends, by_level)

    def sets(self, telling: NDArray[np.bool_]) -> _Sets:
        """The sets of sketches that have hashes in common, those without one that tells left out."""
        made = [_Sets(np.empty(0, np.int32), *(np.empty(0, np.int64) for _ in range(2)))]
        first = 0
        while first < len(self.ends):
            low = int(self.starts[first])
            last = max(first + 1, int(self.ends.searchsorted(low + TOGETHER, side="right")))
            owners, starts = self.owners[low : self.ends[last - 1]], self.starts[first:last] - low
            kept = np.logical_or.reduceat(telling[owners], starts)
            sizes = self.ends[first:last] - self.starts[first:last]
            made.append(_told_once(owners[np.repeat(kept, sizes)], sizes[kept]))
            first = last
        owners, sizes, weights = (
            np.concatenate([getattr(one, column) for one in made])
            for column in ("owners", "sizes", "weights")
        )
        return _Sets(owners, sizes, weights)


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of sketches, one behind the other, and how many hashes all of a set have.

    Copies of one document have hundreds of hashes in common, and are one set.
    """

    owners: NDArray[np.int32]
    sizes: Ints
    weights: Ints

    def pairs(self, telling: NDArray[np.bool_], most: int) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Yield pairs of sketches with how many hashes they share, each once: those with one that tells.

        No two share more than `most`.
        """
        of_each = np.bincount(self.owners, minlength=len(telling)).cumsum()
        ends = self.sizes.cumsum()
        for some in portions(of_each, TOGETHER):
            asked = np.zeros_like(telling)
            asked[some] = telling[some]
            entries = np.flatnonzero(asked[self.owners])
            entries = entries[np.argsort(self.owners[entries], kind="stable")]
            yield from self._pairs(entries, ends, telling, most)

    def _pairs(
        self, entries: Ints, ends: Ints, telling: NDArray[np.bool_], most: int
    ) -> Iterator[tuple[Ints, Ints, Ints]]:
        """The pairs of some sketches with all others, given where these sketches stand in the sets."""
        sets = ends.searchsorted(entries, side="right")
        owners, reach = self.owners[entries], self.sizes[sets].cumsum()
        first = 0
        while first < len(entries):
            before = int(reach[first - 1]) if first else 0
            last = max(first + 1, int(reach.searchsorted(before + TOGETHER)))
            last = int(owners.searchsorted(owners[last - 1], side="right"))
            own, mine = owners[first:last], sets[first:last]
            sizes = self.sizes[mine]
            others = self.owners[_places(ends[mine] - sizes, sizes)]
            one = np.repeat(own, sizes)
            once = (one < others) | ((one > others) & ~telling[others])
            # Sketches and weight in one number: numbers are quicker sorted than places of numbers.
            shift = most.bit_length()
            keys = (one[once] * np.int64(len(telling)) + others[once]) << shift
            keys |= np.repeat(self.weights[mine], sizes)[once]
            keys.sort()
            weights, keys = keys & ((1 << shift) - 1), keys >> shift
            heads = np.flatnonzero(begins(keys))
            both = np.add.reduceat(weights, heads) if len(heads) else weights
            yield *np.divmod(keys[heads], len(telling)), both
            first = last


def _told_once(owners: NDArray[np.int32], sizes: Ints) -> _Sets:
    """Put together sets that are the same; in each of them owners are in order."""
    if not len(sizes):
        return _Sets(owners, sizes, sizes)
    starts = sizes.cumsum() - sizes
    spread = (owners.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    spread = (spread ^ (spread >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9)
    order = np.argsort(np.add.reduceat(spread, starts), kind="stable")
    sizes = sizes[order]
    owners = owners[_places(starts[order], sizes)]
    # Sets with the same sum lie side by side now. Whether they are the same is seen by their owners.
    starts = sizes.cumsum() - sizes
    same = np.append(False, sizes[1:] == sizes[:-1])
    before = np.arange(len(owners)) - np.repeat(sizes * same, sizes)
    same &= np.logical_and.reduceat(owners == owners[before], starts)
    heads = np.flatnonzero(~same)
    weights = np.diff(np.append(heads, len(sizes)))
    return _Sets(owners[_places(starts[heads], sizes[heads])], sizes[heads], weights)


def _places(starts: Ints, sizes: Ints) -> Ints:
    """The places of stretches of an array, one behind the other, given where each starts and its size."""
    ends = sizes.cumsum()
    made: Ints = np.arange(int(sizes.sum())) + np.repeat(starts - (ends - sizes), sizes)
    return made


def _slices(hashes: Sequence[Hashes]) -> Iterator[tuple[Hashes, NDArray[np.int32]]]:
    """Yield the hashes of all sketches, and whose each is: the lowest of all together first."""
    count = -(-sum(map(len, hashes)) // TOGETHER)
    sample = np.sort(np.concatenate([some[::64] for some in hashes]))
    edges = sample[len(sample) * np.arange(1, count) // count]
    cuts = np.zeros((len(hashes), count + 1), dtype=np.int32)
    for n, some in enumerate(hashes):
        cuts[n, 1:-1] = some.searchsorted(edges)
        cuts[n, -1] = len(some)
    numbers = np.arange(len(hashes), dtype=np.int32)
    for n in range(count):
        sides = zip(hashes, cuts[:, n].tolist(), cuts[:, n + 1].tolist(), strict=True)
        some = np.concatenate([one[low:high] for one, low, high in sides])
        yield some, np.repeat(numbers, cuts[:, n + 1] - cuts[:, n])


def _told_twice(hashes: Hashes, owners: NDArray[np.int32]) -> tuple[Hashes, NDArray[np.int32]]:
    """Sort hashes that stand there twice or more, and their owners; a few of the others may be among them."""
    ordered = np.sort(hashes)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    known = np.zeros(_FILTER, dtype=bool)
    known[twice & np.uint64(_FILTER - 1)] = True
    kept = np.flatnonzero(known[hashes & np.uint64(_FILTER - 1)])
    kept = kept[np.argsort(hashes[kept], kind="stable")]
    return hashes[kept], owners[kept]
