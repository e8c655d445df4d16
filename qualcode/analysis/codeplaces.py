"""Where codes stand in documents, as numbers side by side: what is turned to test whether codes meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from qualcode.text.characters import ranges
from qualcode.text.ordered import begins, portions

Pairs = Sequence[tuple[int, int]]


class Slots(NamedTuple):
    """Arrays, an item for each code in each document that has it.

    The places of a slot are `places[start : start + count]`, in order, from 0 to before `length`, the number
    of contexts in the document numbered `document`.
    """

    places: Any  # int32
    start: Any
    count: Any
    length: Any
    document: Any

    def each(self, wanted: Any) -> tuple[Any, Any]:
        """Return, for each place of each slot asked for, which of these it is of, and where it is held."""
        first = self.start[wanted]
        return ranges(first, first + self.count[wanted])


class Lines(NamedTuple):
    """Pairs of codes in the documents that have both: the number of the pair, and a slot of each code."""

    pair: Any
    a: Any
    b: Any


class CodePlaces:
    """The contexts of a sparse 0/1 matrix, contexts by codes, by document.

    Contexts come in reading order, grouped by `cluster`.
    """

    def __init__(self, rows: Any, cluster: Any) -> None:
        import numpy as np

        self.columns = rows.tocsc()
        self.columns.sort_indices()
        self._low = np.flatnonzero(begins(cluster)).astype(np.int32)
        self._size = np.diff(self._low, append=np.int32(len(cluster)))
        indices, indptr = self.columns.indices, self.columns.indptr
        document = np.repeat(np.arange(len(self._low), dtype=np.int32), self._size)[indices]
        first = begins(document)
        first[indptr[:-1][np.diff(indptr) > 0]] = True
        start = np.flatnonzero(first).astype(np.int32)
        self._edges = np.searchsorted(start, indptr)
        count = np.diff(start, append=np.int32(len(indices)))
        document = document[start]
        places = indices - np.repeat(self._low[document], count)
        self.slots = Slots(places, start, count, self._size[document], document)

    def met(self, pairs: Pairs) -> Any:
        """Count the contexts where the two codes of each pair are."""
        import numpy as np

        a, b = np.array(pairs, dtype=int).T
        columns = self.columns.astype(np.int32)  # what is given may be bytes
        return np.asarray((columns.T @ columns)[a, b]).ravel().astype(int)

    def portions(self, pairs: Pairs, most: int) -> Iterator[tuple[int, int]]:
        """Cut pairs into portions of about so many documents that may have both."""
        import numpy as np

        documents = np.diff(self._edges)
        done = np.cumsum([documents[b] for _, b in pairs])
        yield from ((some.start, some.stop) for some in portions(done, most))

    def lines(self, pairs: Pairs) -> Lines:
        """Return the lines of some pairs, pair by pair and document by document."""
        import numpy as np

        first, second = np.array(pairs, dtype=int).T
        pair, b = (part.astype(np.int32) for part in ranges(self._edges[second], self._edges[second + 1]))
        a = np.full(len(b), -1, dtype=np.int32)
        in_document = np.full(len(self._low), -1, dtype=np.int32)  # the slot of the first code
        runs = np.append(np.flatnonzero(begins(first)), len(first))
        cuts = np.searchsorted(pair, runs).tolist()
        for code, low, high in zip(first[runs[:-1]].tolist(), cuts, cuts[1:], strict=False):
            mine = np.arange(self._edges[code], self._edges[code + 1], dtype=np.int32)
            in_document[self.slots.document[mine]] = mine
            a[low:high] = in_document[self.slots.document[b[low:high]]]
            in_document[self.slots.document[mine]] = -1
        both = a >= 0
        return Lines(pair[both], a[both], b[both])

    def without(self, lines: Lines, left_out: Mapping[int, Any]) -> tuple[Slots, Lines, Any]:
        """Take contexts out of the sequence of pairs, `left_out[i]` out of that of pair i.

        Returns the slots, and further ones for documents that contexts leave; the lines; and the places taken
        out where both codes are, as numbers of pairs.
        """
        import numpy as np

        count = self.columns.shape[0]
        gone = np.sort(np.concatenate([i * count + np.asarray(left_out[i], np.int64) for i in left_out]))
        document = self.slots.document[lines.a]
        pair = lines.pair.astype(np.int64)
        low = pair * count + self._low[document]
        before, after = np.searchsorted(gone, low), np.searchsorted(gone, low + self._size[document])
        some = np.flatnonzero(after > before)
        length = (self._size[document] - after + before)[some]
        slots, taken = self.slots, []
        made, sides = [slots], []
        filled, documents = len(slots.places), int(slots.document[-1]) + 1 if len(some) else 0
        for n, side in enumerate((lines.a[some], lines.b[some])):
            row, at = slots.each(side)
            key = pair[some[row]] * count + self.columns.indices[at]
            earlier = np.searchsorted(gone, key)
            stays = gone[np.minimum(earlier, len(gone) - 1)] != key
            taken.append(key[~stays])
            places = slots.places[at] - (earlier - before[some[row]])
            left = np.bincount(row[stays], minlength=len(some))
            number = n * len(some) + np.arange(len(some))
            fresh = (places[stays], filled + np.cumsum(left) - left, left, length, documents + number)
            made.append(Slots(*(column.astype(np.int32) for column in fresh)))
            sides.append((len(slots.start) + number).astype(np.int32))
            filled += len(made[-1].places)
        slots = Slots(*map(np.concatenate, zip(*made, strict=True)))
        both = np.intersect1d(taken[0], taken[1], assume_unique=True) // count
        kept = after == before
        one, other = sides
        known = (slots.count[one] > 0) & (slots.count[other] > 0)
        added = Lines(lines.pair[some[known]], one[known], other[known])
        whole = Lines(*(column[kept] for column in lines))
        return slots, Lines(*map(np.concatenate, zip(whole, added, strict=True))), both
