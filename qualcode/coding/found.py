"""What was found in a document as columns of numbers, and a `Match` or a `Coding` for whoever asks for one.

Most matches are never looked at by themselves: they are counted, and their rows are written from columns.

    matches.starts, matches.rules        arrays: places in the text, numbers of rules
    matches[i], iter(codings)            records, made when they are asked for
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, compress, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from qualcode.coding.occurrences import Lists
from qualcode.corpus.layout import Made
from qualcode.model import MACHINE, UNASSESSED, Assertion, Coding, Match, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column
    from qualcode.patterns.base import Parts

_Record = TypeVar("_Record")
_AT_ONCE = 20_000  # records made together
_span = partial(tuple.__new__, Span)  # from what they hold: twice as quick as by name
_match = partial(tuple.__new__, Match)
_coding = partial(tuple.__new__, Coding)


class Labels(NamedTuple):
    """What the numbers in columns stand for: rules, each with its code, and reasons to refuse a match."""

    rules: Sequence[str]
    codes: Sequence[str]  # of each rule
    reasons: Sequence[str]  # the first, "", says that a match stands


class _Columns(Made[_Record]):
    """Records in columns, made many at a time by `at`."""

    __slots__ = ()

    @abstractmethod
    def at(self, wanted: Column | slice) -> Iterator[_Record]: ...

    def __iter__(self) -> Iterator[_Record]:
        edges = range(0, len(self), _AT_ONCE)
        return chain.from_iterable(self.at(slice(first, first + _AT_ONCE)) for first in edges)

    def _make(self, n: int) -> _Record:
        [made] = self.at(slice(n, n + 1))
        return made


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Matches(_Columns[Match]):
    """The matches of a document; equal to any other sequence of the same matches."""

    labels: Labels
    segments: Column  # indexes
    rules: Column
    starts: Column  # of all their parts
    ends: Column
    reasons: Column
    parts: Mapping[int, Parts]  # by place, of those that have several
    assertions: Sequence[Assertion]  # that any of them has
    meant: Column | None  # the number of the assertion of each; None: all are unassessed

    def __len__(self) -> int:
        return len(self.segments)

    def of_segment(self, index: int) -> list[Match]:
        """Make those of one segment."""
        first, last = self.segments.searchsorted((index, index + 1)).tolist()
        return list(self.at(slice(first, last)))

    def at(self, wanted: Column | slice) -> Iterator[Match]:
        """Make some of them, by their places."""
        labels, rules = self.labels, self.rules[wanted].tolist()
        starts, ends = self.starts[wanted].tolist(), self.ends[wanted].tolist()
        parts: list[Parts] = list(zip(map(_span, zip(starts, ends, strict=True))))
        if self.parts:
            places = range(*wanted.indices(len(self))) if isinstance(wanted, slice) else wanted.tolist()
            parts = [self.parts.get(place, its) for place, its in zip(places, parts, strict=True)]
        meant: Iterable[Assertion] = [UNASSESSED] * len(rules)
        if self.meant is not None:
            meant = map(self.assertions.__getitem__, self.meant[wanted].tolist())
        return map(
            _match,
            zip(
                self.segments[wanted].tolist(),
                map(labels.codes.__getitem__, rules),
                map(labels.rules.__getitem__, rules),
                parts,
                map(labels.reasons.__getitem__, self.reasons[wanted].tolist()),
                meant,
                strict=True,
            ),
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Codings(_Columns[Coding]):
    """The codings of a document by machine; equal to any other sequence of the same codings.

    The n-th rests on the matches at `places[edges[n] : edges[n + 1]]`, at least one.
    """

    matches: Matches
    places: Column
    edges: Column
    segments: Column  # indexes
    codes: Sequence[str]
    rules: Sequence[tuple[str, ...]]  # that each rests on, in the order of its matches
    weights: NDArray[np.float64]
    shown: Column | None  # the number of the assertion each shows; None: all are unassessed
    countable: NDArray[np.bool_] | None  # None: all are

    @property
    def firsts(self) -> Column:
        """The place of the first match of each."""
        return self.places[self.edges[:-1]]

    def __len__(self) -> int:
        return len(self.rules)

    def at(self, wanted: Column | slice) -> Iterator[Coding]:
        """Make some of them, by their numbers."""
        chosen = Lists(self.edges, self.places).some(np.arange(len(self))[wanted])
        matches = tuple(self.matches.at(chosen.members))
        its = [matches[a:b] for a, b in pairwise(chosen.starts.tolist())]
        shown: Iterable[Assertion] = [UNASSESSED] * len(its)
        if self.shown is not None:
            shown = map(self.matches.assertions.__getitem__, self.shown[wanted].tolist())
        return map(
            _coding,
            zip(
                [one.segment for one, *_ in its],
                [one.code for one, *_ in its],
                its,
                self.weights[wanted].tolist(),
                [MACHINE] * len(its),
                shown,
                [True] * len(its) if self.countable is None else self.countable[wanted].tolist(),
                strict=True,
            ),
        )


def refused(matches: Sequence[Match]) -> Iterable[tuple[int, int, str, str]]:
    """Return the place, segment and code of those that were refused, and what refused them."""
    if not isinstance(matches, Matches):
        each = enumerate(matches)
        return [(n, one.segment, one.code, one.blocked_by) for n, one in each if one.blocked_by]
    places, labels = np.flatnonzero(matches.reasons), matches.labels
    codes = map(labels.codes.__getitem__, matches.rules[places].tolist())
    reasons = map(labels.reasons.__getitem__, matches.reasons[places].tolist())
    return zip(places.tolist(), matches.segments[places].tolist(), codes, reasons, strict=True)


def count_refused(matches: Sequence[Match]) -> int:
    """Count those that were refused."""
    if isinstance(matches, Matches):
        return int(np.count_nonzero(matches.reasons))
    return sum(1 for _ in refused(matches))


def resting(codings: Sequence[Coding]) -> tuple[list[int], list[str], list[tuple[str, ...]]]:
    """Return the segment and code of each coding, and the rules it rests on, in the order of its matches."""
    if isinstance(codings, Codings):
        return codings.segments.tolist(), list(codings.codes), list(codings.rules)
    rules = [tuple(dict.fromkeys([match.rule for match in coding.matches])) for coding in codings]
    return [coding.segment for coding in codings], [coding.code for coding in codings], rules


def counted(codings: Sequence[Coding]) -> tuple[Column, Sequence[str]]:
    """Return segment and code of the codings that count, in their order, each pair once."""
    if not isinstance(codings, Codings):
        pairs = dict.fromkeys([(coding.segment, coding.code) for coding in codings if coding.countable])
        return np.array([segment for segment, _ in pairs], np.int64), [code for _, code in pairs]
    if codings.countable is None or codings.countable.all():
        return codings.segments, codings.codes
    return codings.segments[codings.countable], list(compress(codings.codes, codings.countable.tolist()))


def unassessed(codings: Sequence[Coding]) -> int:
    """Count the codings of which it was not read whether their words say that something is so."""
    if not isinstance(codings, Codings):
        return sum(coding.assertion.modality == "unassessed" for coding in codings)
    if codings.shown is None:
        return len(codings)
    asked = np.array([one.modality == "unassessed" for one in codings.matches.assertions], bool)
    return int(asked[codings.shown].sum())
