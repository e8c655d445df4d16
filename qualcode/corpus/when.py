"""When: for each segment the time it is about, with how well that is known and how.

    times_of(document, segments, events)

A policy, minutes or report is about the date it is in force from (else issued, else dated). Talk is about the
time it tells: a year, 去年, 会议以后. What no time is told in carries the last one told, in the turn and then
across turns, until a new time is told, a heading comes, or an interviewer opens another topic. A question's
time opens the answer's: 2018年那会儿呢？ is carried into what follows. Where nothing was told the time is
unknown; it is never the day of the interview.

- *Several times in one segment*: the segment is about the stretch from the first to the last of them; what
  follows carries the one told last.
- *那时候, 当时, back then* after talk of the present go back to the time told before it.
- *后来, 之后, later* keep the time told before; that it may reach further is said by precision `vague`.
- *以前, previously* alone are before the time told, are not carried on, and unknown where none was told;
  beside another time (以前…，2020年…) they are what it is held against.
- *A time that cannot be reckoned* (去年 in an undated interview) ends what was carried.

A person's date for a segment (`human`) stands for that segment alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from qualcode.corpus.segments import Columns, columns
from qualcode.model import Document, Event, Metadata, Segment, Speaker
from qualcode.text.dates import first_day, last_day
from qualcode.text.timecues import hints, reckoned, tellings
from qualcode.text.timeevents import FOLDS, MEETINGS, EventWords, event_words
from qualcode.text.timehints import Hinted, crossed
from qualcode.text.timespans import UNKNOWN, TimeSpan, hull
from qualcode.text.timetokens import Clock, Telling

WRITTEN = frozenset({"policy", "minutes", "report"})
_SOURCES = ("explicit", "event", "relative", "carried")  # from the most direct
_OTHER_TOPIC = Hinted(
    (
        r"换个话题|换一个话题|另外一个(?:问题|话题)|(?:下|另)一个(?:问题|话题)|最后(?:一个|再?问)|咱们?(?:再)?(?:聊聊|谈谈)别的"
        r"|\b(?:another (?:question|topic)|move on|moving on|change (?:the )?(?:subject|topic)"
        r"|final(?:ly| question)|last question)\b"
    ),
    # It is searched in the words as they are, where ı is an i to it, ſ an s: no hint has these letters.
    crossed("换个 换一个 另外一个 另一个 下一个 最后 聊聊别的 谈谈别的 another~ mov chan nal que"),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """The time a segment is about: its first and last day, both in it; "" where that end is not known.

    `source` says how it is known: explicit, relative (to the day it was said or the time told before), event,
    carried, document or human; "" where it is not. A document's date stands as it was written (2019-06).
    """

    start: str = ""
    end: str = ""
    source: str = ""
    precision: str = "unknown"
    note: str = ""  # e.g. that the speaker was not there yet

    @property
    def known(self) -> bool:
        """Whether anything is known of the time."""
        return bool(self.start or self.end)


NOT_KNOWN = When()


def times_of(
    document: Document,
    segments: Sequence[Segment],
    events: Sequence[Event] = (),
    *,
    human: Mapping[str, When] | None = None,
) -> tuple[When, ...]:
    """Return the time each segment is about, one for one, from this document alone.

    `human` holds people's dates by segment id. No segments, no times; a document of unknown kind without
    turns has none that are known.
    """
    return times_of_documents([(document, segments)], events, human=human)[0]


def times_of_documents(
    documents: Sequence[tuple[Document, Sequence[Segment]]],
    events: Sequence[Event] = (),
    *,
    human: Mapping[str, When] | None = None,
) -> list[tuple[When, ...]]:
    """Return for each of some documents what `times_of` returns; quicker than one by one."""
    given = human or {}
    talk = [(document, segments) for document, segments in documents if _tells_times(document)]
    told = iter(_told(talk, event_words(events)) if talk else ())
    return [
        _corrected(
            document, segments, next(told) if _tells_times(document) else _written(document, segments), given
        )
        for document, segments in documents
    ]


def _tells_times(document: Document) -> bool:
    """Whether a document is talk, which is about the times it tells and not about its date."""
    meta = document.metadata
    return meta.is_talk or bool(not meta.kind and document.turns)


def _written(document: Document, segments: Sequence[Segment]) -> list[When]:
    return [_of_document(document.metadata)] * len(segments)


def _corrected(
    document: Document, segments: Sequence[Segment], told: list[When], human: Mapping[str, When]
) -> tuple[When, ...]:
    """Put people's dates for those that were found, and say where somebody speaks of before they came."""
    if not human and not any(speaker.since for speaker in document.speakers):
        return tuple(told)
    speakers = {speaker.label: speaker for speaker in document.speakers}
    return tuple(
        _flagged(human.get(segment.id, when), speakers.get(segment.speaker))
        for segment, when in zip(segments, told, strict=True)
    )


def date_said(meta: Metadata) -> str:
    """When it was said (talk: its date) or issued (a document: its issue date, else its date)."""
    return meta.date or meta.issued if meta.is_talk else meta.issued or meta.date


def date_in_force(meta: Metadata) -> str:
    """The date that places a policy, minutes or report: in force, else issued, else dated; "" for talk."""
    return (meta.effective or meta.issued or meta.date) if meta.kind in WRITTEN else ""


def precision_of(date: str) -> str:
    """Say how much a date tells: day, month, year, or unknown for none."""
    return {10: "day", 7: "month", 4: "year"}.get(len(date), "unknown")


def _of_document(meta: Metadata) -> When:
    date = date_in_force(meta)
    return When(date, date, "document", precision_of(date)) if date else NOT_KNOWN


def _told(documents: Sequence[tuple[Document, Sequence[Segment]]], words: EventWords) -> Iterator[list[When]]:
    each = [columns(document, segments) for document, segments in documents]
    together = Columns.together(each)
    hinted = _hinted(together, words)
    place, heading, asked, folded = next(hinted, _END)
    last = 0  # of the segments of all documents
    for (document, _), own in zip(documents, each, strict=True):
        first, last = last, last + len(own.starts)
        carried = nothing = _carrying(_said(document.metadata))
        told: list[When] = []
        while place < last:
            if place - first > len(told):
                told += [carried.when] * (place - first - len(told))
            if heading or (asked & _OTHER_TOPIC.bit and _OTHER_TOPIC.pattern.search(together.text_of(place))):
                carried = nothing
            times = tellings(folded, words, asked)
            if times:
                here, carried = _read(times, carried)
                told.append(here)
            place, heading, asked, folded = next(hinted, _END)
        yield told + [carried.when] * (last - first - len(told))


def _said(meta: Metadata) -> TimeSpan | None:
    date = meta.date or meta.issued
    return TimeSpan(first_day(date), last_day(date), precision_of(date)) if date else None


# A segment that may tell a time, or is a heading: its place among those of all documents, whether it is a
# heading, the patterns it is asked for, and its words, folded.
_Hinted = tuple[int, bool, int, str]
_END: _Hinted = (sys.maxsize, False, 0, "")


def _hinted(found: Columns, words: EventWords) -> Iterator[_Hinted]:
    """The segments there is something to do about, in order."""
    index = hints(words, _OTHER_TOPIC)
    useless = 0 if words.meeting is not None else MEETINGS
    for first, last, low, folded in found.folded_blocks(FOLDS):
        starts, ends = found.starts[first:last] - low, found.ends[first:last] - low
        headings = found.headings[first:last]
        asked = index.asked(folded, starts, ends)
        asked[~found.asking[first:last]] &= ~_OTHER_TOPIC.bit
        asked &= ~useless
        at = np.flatnonzero((asked != 0) | headings)
        cut = map(slice, starts[at].tolist(), ends[at].tolist())
        words_said = map(folded.__getitem__, cut)
        yield from zip(
            (at + first).tolist(), headings[at].tolist(), asked[at].tolist(), words_said, strict=True
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Carried:
    """What later segments carry: the time told last, and the last one that was not the present.

    There is one of each (`_carrying`), so what is read from a state can be remembered by the state itself.
    """

    said: TimeSpan | None  # when it was said, of all segments of the document
    told: TimeSpan | None
    past: TimeSpan | None
    is_now: bool
    when: When

    def after(self, span: TimeSpan, *, now: bool = False) -> _Carried:
        if not span.known:
            return _carrying(self.said)
        return _carrying(self.said, span, self.past if now else span, now)


@lru_cache(maxsize=4096)
def _carrying(
    said: TimeSpan | None,
    told: TimeSpan | None = None,
    past: TimeSpan | None = None,
    is_now: bool = False,
) -> _Carried:
    return _Carried(said, told, past, is_now, NOT_KNOWN if told is None else _when(told, "carried"))


@lru_cache(maxsize=1 << 14)  # most of a talk is about a few times, told in a few words
def _read(times: tuple[Telling, ...], carried: _Carried) -> tuple[When, _Carried]:
    """Take the times of one segment together; return when it is and what the next one carries."""
    spans: list[TimeSpan] = []
    sources: list[str] = []
    goes_on = False
    clock = Clock(carried.said, carried.told)
    spans_told = zip(times, reckoned(times, clock), strict=True)
    found = [(span, source, kind) for (_, source, kind), span in spans_told if span is not None]
    kinds = {kind for _, _, kind in found}
    beside = kinds - {"earlier", "back", "now"}  # 以前 beside these is what the time told is held against
    dated = False
    for span, source, kind in found:
        if kind == "earlier" and beside:
            continue
        if kind in {"back", "next"}:
            if not carried.is_now or carried.past is None or kind == "next":
                goes_on = goes_on or kind == "next"
                continue
            carried = carried.after(carried.past)
            span = carried.told or UNKNOWN
        elif kind == "said" and dated and span.known:
            carried = carried.after(hull((*spans, span)))  # 17年…去年: a year of the story, or of today
        elif kind != "earlier":
            carried = carried.after(span, now=kind == "now")
        dated = dated or source == "explicit"
        if span.known:
            spans.append(span)
            sources.append(source)
        elif not spans:
            sources.append("")
    if spans:
        return _when(hull(dict.fromkeys(spans)), max(filter(None, sources), key=_SOURCES.index)), carried
    if not goes_on and not sources:
        return carried.when, carried
    if sources or carried.told is None:
        return NOT_KNOWN, carried
    return _when(carried.told._replace(precision="vague"), "carried"), carried


@lru_cache(maxsize=4096)
def _when(span: TimeSpan, source: str) -> When:
    return When(
        span.start.isoformat() if span.start else "",
        span.end.isoformat() if span.end else "",
        source,
        span.precision,
    )


def _flagged(when: When, speaker: Speaker | None) -> When:
    """Say where somebody speaks of a time before they came."""
    if speaker is None or not speaker.since or not when.end:
        return when
    if last_day(when.end) >= first_day(speaker.since):
        return when
    return replace(when, note=f"before the speaker came ({speaker.since})")
