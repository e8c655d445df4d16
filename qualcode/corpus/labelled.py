"""The labels that the lines of a text show, as columns, whether or not they will count.

A transcript has a label on every second line and a dozen different ones: `Labelled.shown` holds one `Label`
for all that look alike, as if it stood at 0, and `starts` where each of them stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, count, repeat
from operator import itemgetter
from typing import NamedTuple

from qualcode.corpus.extract import Extract, Laid, laid_columns, said_by_format
from qualcode.corpus.labels import Label, headings, openings, read_label
from qualcode.corpus.layout import Row
from qualcode.model import BlockKind, Span

BODY: frozenset[BlockKind] = frozenset({"heading", "paragraph", "item", "row"})  # where labels may stand
_FORM_AND_NAME = itemgetter(0, 1)


class Lines(NamedTuple):
    """The blocks of a text side by side: where each begins and ends, its kind and level, its first break."""

    starts: list[int]
    ends: list[int]
    kinds: list[BlockKind]
    levels: list[int]
    breaks: list[int]  # -1: none, the block is one line or no body text

    @classmethod
    def of(cls, extract: Extract) -> Lines:
        starts, ends, kinds, levels = laid_columns(extract.blocks)
        if extract.one_line:
            return cls(starts, ends, kinds, levels, [-1] * len(starts))
        return cls(starts, ends, kinds, levels, list(map(extract.text.find, repeat("\n"), starts, ends)))

    def rows(self) -> Iterator[Row]:
        return zip(self.starts, self.ends, self.kinds, self.levels, strict=True)


@dataclass(frozen=True, eq=False)
class Labelled:
    """Labels in reading order: one like `shown[i]` stands at `starts[i]`, in the block `places[i]`."""

    places: list[int]
    starts: list[int]
    shown: list[Label]

    @cached_property
    def kinds(self) -> Counter[tuple[str, str]]:
        """How often each form is seen with each name, in order of first appearance."""
        return Counter(map(_FORM_AND_NAME, self.shown))

    def of_block(self, n: int) -> tuple[Label, ...]:
        """The labels of one block, at their places in the text."""
        first, last = bisect_left(self.places, n), bisect_right(self.places, n)
        return tuple(map(self._label, range(first, last)))

    def of_blocks(self) -> dict[int, tuple[Label, ...]]:
        """The labels of each block that has any, at their places in the text."""
        held: dict[int, tuple[Label, ...]] = {}
        for i, place in enumerate(self.places):
            held[place] = (*held.get(place, ()), self._label(i))
        return held

    def _label(self, i: int) -> Label:
        start, label = self.starts[i], self.shown[i]
        return label._replace(start=start, end=start + label.end)

    def only(self, counted: Collection[tuple[str, str]]) -> Labelled:
        """Those of some forms and names."""
        if len(counted) == len(self.kinds):
            return self
        return self._some([_FORM_AND_NAME(label) in counted for label in self.shown])

    def without(self, blocks: Collection[int]) -> Labelled:
        """Those that do not stand in some blocks."""
        return self._some([place not in blocks for place in self.places]) if blocks else self

    def _some(self, kept: Sequence[bool]) -> Labelled:
        places, starts = (list(compress(column, kept)) for column in (self.places, self.starts))
        return Labelled(places, starts, list(compress(self.shown, kept)))


def read_labels(extract: Extract, lines: Lines, declared: frozenset[str]) -> Labelled:
    """The labels that the lines of each block show; `declared` holds keys of labels that always count."""
    text, said = extract.text, said_by_format(extract.blocks)
    starts, ends, kinds, _, breaks = lines
    found: dict[int, list[Label]] = {}  # of blocks that are looked at one by one
    for n in {*said, *compress(count(), map((-1).__lt__, breaks))}:  # several lines, or what the format says
        if kinds[n] in BODY and (n in said or kinds[n] != "heading"):
            laid = said[n] if n in said else Laid(Span(starts[n], ends[n]), kinds[n])
            found[n] = list(_labels(text, laid, declared))
    shown: list[Label | None] = [None] * len(kinds)  # of blocks with one label at most, which begins it
    for n in compress(count(), map("row".__eq__, kinds)):
        if n not in found:
            shown[n] = _at_0(read_label(text, starts[n], ends[n], row=True, declared=declared))
    for n in compress(count(), map("item".__eq__, kinds)):
        if n not in found:
            shown[n] = _at_0(read_label(text, starts[n], ends[n], declared=declared))
    of_headings = partial(headings, declared=declared)
    for sort, read in (("paragraph", openings(declared).labels), ("heading", of_headings)):
        asked = [n for n in compress(count(), map(sort.__eq__, kinds)) if n not in found]
        columns = (list(map(column.__getitem__, asked)) for column in (starts, ends))
        for n, label in zip(asked, read(text, *columns), strict=True):
            shown[n] = label
    places = [n for n, label in enumerate(shown) if label]
    if not any(found.values()):
        return Labelled(places, list(map(starts.__getitem__, places)), list(filter(None, shown)))
    rows = [
        (n, label.start, label._replace(start=0, end=label.end - label.start))
        for n, labels in found.items()
        for label in labels
    ]
    rows += [(n, starts[n], label) for n, label in enumerate(shown) if label]
    rows.sort(key=itemgetter(0, 1))
    return Labelled(*([row[i] for row in rows] for i in range(3)))  # type: ignore[arg-type]


def _at_0(label: Label | None) -> Label | None:
    return label and label._replace(start=0, end=label.end - label.start)


def _labels(text: str, block: Laid, declared: frozenset[str]) -> Iterator[Label]:
    """The labels of a block that has several lines, or of which the format says who speaks or when."""
    start, end = block.span
    if block.speaker:
        yield Label("format", block.speaker, start, start, block.time, block.time_end)
        return
    if block.kind == "heading":
        found = read_label(text, start, end, heading=True, declared=declared)
        if found:
            yield found
        return
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        found = read_label(text, at, stop, row=block.kind == "row", declared=declared)
        if found:
            timed = at == start and block.time and not found.time
            yield found._replace(time=block.time, time_end=block.time_end) if timed else found
        at = stop + 1
