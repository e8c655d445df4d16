"""What the readers of time words share: the clock they reckon by, and a time as found in a text.

A reckoning is remembered by what it was made of (`remembered`), so the same words anywhere give the same
function, and what a reader did with it once can be remembered as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from qualcode.text.timehints import Hinted
from qualcode.text.timespans import UNKNOWN, TimeSpan, before, plus_months

SOURCES = {"now": "relative", "earlier": "relative", "back": "carried", "next": "carried"}


class Clock(NamedTuple):
    """What times are reckoned by: when it was said, and the time told before (None: not known)."""

    said: TimeSpan | None = None
    told: TimeSpan | None = None


Reckoning = Callable[[Clock], TimeSpan | None]
Telling = tuple[Reckoning, str, str]  # a `Token` without its place: how to reckon it, source, kind
Groups = tuple[tuple[str, str], ...]
remembered = lru_cache(maxsize=2048)


class Token(NamedTuple):
    """Words that tell a time: where they stand, how to reckon it, and what kind of time it is.

    `at` gives None where the words turn out to tell no time (a year no study can be about), and `UNKNOWN`
    where they do but it cannot be reckoned. Kinds: `year` and `part` (the names of a year, of less), `month`
    (one without its year), `said` (去年), `event`, `range`, `time` (any other), and four that lean on the
    time told before: `now`, `earlier` (以前), `back` (那时候), `next` (后来).
    """

    start: int
    end: int
    at: Reckoning
    source: str = "explicit"
    kind: str = "time"


Reader = Callable[[re.Match[str]], Token | None]


class Found(NamedTuple):
    """A time in a text, reckoned."""

    start: int
    end: int
    span: TimeSpan
    source: str
    kind: str


@remembered
def always(span: TimeSpan | None) -> Reckoning:
    """A reckoning that asks no clock."""
    return lambda clock: span


def said_year(clock: Clock) -> int | None:
    """The year it was said in, None where it is not known or was two."""
    said = clock.said
    if said is None or said.start is None or said.end is None or said.start.year != said.end.year:
        return None
    return said.start.year


def told_year(clock: Clock) -> int | None:
    """The year of the time told before, where it lies in one, or in one and the winter that follows."""
    told = clock.told
    if told is None or told.start is None or told.end is None:
        return None
    one = told.end.year == told.start.year
    winter = told.end.year == told.start.year + 1 and (told.end - told.start).days <= 100
    return told.start.year if one or winter else None


@remembered
def of_year(year: Callable[[Clock], int | None], make: Callable[[int], TimeSpan | None]) -> Reckoning:
    """A reckoning from a year the clock gives; unknown where it gives none."""

    def at(clock: Clock) -> TimeSpan | None:
        found = year(clock)
        return UNKNOWN if found is None else make(found)

    return at


@remembered
def of_told(make: Callable[[int], TimeSpan | None]) -> Reckoning:
    """A reckoning for a month or half without its year: of the year told before.

    After an open beginning (会议以后…十月) it is the first such month. Within a longer stretch the year
    cannot be known, and the stretch itself is kept.
    """

    def at(clock: Clock) -> TimeSpan | None:
        year, told = told_year(clock), clock.told
        if year is not None:
            return make(year)
        if told is None:
            return UNKNOWN
        if told.start is None or told.precision not in {"open", "event-relative"}:
            return told
        first = make(told.start.year)
        if first is not None and first.end is not None and first.end < told.start:
            return make(told.start.year + 1)
        return first

    return at


@remembered
def changed(at: Reckoning, change: Callable[[TimeSpan, Clock], TimeSpan | None]) -> Reckoning:
    """A reckoning followed by a change to its span; unknown stays unknown."""

    def again(clock: Clock) -> TimeSpan | None:
        span = at(clock)
        return span if span is None or not span.known else change(span, clock)

    return again


def present(clock: Clock) -> TimeSpan | None:
    """The year that ends on the day it was said."""
    said = clock.said
    if said is None or said.start is None or said.end is None:
        return UNKNOWN
    return TimeSpan(plus_months(said.start, -12), said.end, "vague")


def earlier(clock: Clock) -> TimeSpan | None:
    """以前: before the time told before; unknown where there is none."""
    return before(clock.told) if clock.told is not None and clock.told.start else UNKNOWN


def as_told(clock: Clock) -> TimeSpan | None:
    """The time told before."""
    return clock.told or UNKNOWN


def read(text: str, asked: int, readers: Iterable[tuple[Hinted, Reader]]) -> Iterator[Token]:
    """Yield what readers make of the matches of the patterns that are asked for, pattern after pattern."""
    for hinted, reader in readers:
        if asked & hinted.bit:
            for found in hinted.pattern.finditer(text):
                token = reader(found)
                if token is not None:
                    yield token


def leftmost(tokens: Iterable[Token]) -> list[Token]:
    """Keep tokens that do not overlap: the leftmost, and of those that start together the longest."""
    kept: list[Token] = []
    held = list(tokens)
    if len(held) < 2:
        return held
    for token in sorted(held, key=lambda token: (token.start, -token.end)):
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def groups(found: re.Match[str]) -> Groups:
    """The named groups that took part in a match."""
    return tuple([item for item in found.groupdict().items() if item[1]])
