"""Rows of `coded_segments`: a code on a segment, what it rests on, when it is about and what people decided.

What the codings of a segment have in common is written once; so is what many segments share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.matchrows import meant, one_item, written
from qualcode.analysis.periods import placed
from qualcode.analysis.segmentrows import finder
from qualcode.cells import Known, Rows, csv_cells, csv_list, csv_text, join_list
from qualcode.coding.context import counts
from qualcode.columns import CODED_SEGMENTS
from qualcode.corpus.when import When, date_said
from qualcode.model import MACHINE, Coding, Document, Phase, Segment, Span
from qualcode.review.current import Standing, Standings

if TYPE_CHECKING:
    from qualcode.codebook.records import Code, Codebook
    from qualcode.coding.needs import Needs

_TYPES = tuple(column.type for column in CODED_SEGMENTS)
NOT_REVIEWED = Standing()


class _Time(NamedTuple):
    """What a row says of when its segment is about."""

    dates: tuple[str, str, str, str]  # said, about start, about end, basis
    phase: str
    note: str
    line: str  # of the dates and the phase
    note_line: str


class CodingRows(Rows):
    """The codings of one document as rows of `coded_segments`, in the order they come."""

    def __init__(
        self,
        document: Document,
        segments: Sequence[Segment],
        codings: Sequence[Coding],
        codebook: Codebook,
        *,
        phases: Sequence[Phase],
        times: Sequence[When],
        needs: Needs,
        standings: Standings,
    ) -> None:
        self._document, self._codings, self._codebook = document, codings, codebook
        self._find = finder(document, segments)
        self._times, self._phases = times, phases
        self._needs, self._standings = needs, standings
        self._said = date_said(document.metadata)
        self._told: dict[When, _Time] = {}

    def __len__(self) -> int:
        return len(self._codings)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        document, book = self._document, self._codebook
        for coding in self._codings:
            place = self._find(coding.segment)
            time = self._time(self._times[place.position])
            spans = spans_of(coding)
            decided = self._standings.get((coding.segment, coding.code), NOT_REVIEWED)
            yield (
                f"{place.id}#{coding.code}@{coding.coder}",
                place.document_id,
                place.id,
                coding.code,
                book.facet_of(coding.code),
                place.start,
                place.end,
                place.text,
                tuple(map(written, spans)),
                tuple(document.text[span.start : span.end] for span in spans),
                tuple(dict.fromkeys(match.rule for match in coding.matches)),
                coding.weight,
                *meant(coding.assertion),
                coding.countable,
                coding.coder,
                *place.voice.cells,
                *time.dates,
                time.phase,
                tuple(_evidence(coding, spans, book.codes[coding.code], document)),
                self._needs[coding.segment, coding.code],
                time.note,
                decided.status,
                decided.decided_by,
            )

    def lines(self) -> Iterator[str]:
        document, book, text = self._document, self._codebook, self._document.text
        heads: Known[str] = Known(lambda code: csv_cells((code, book.facet_of(code)), _TYPES[3:5]))
        words_of, rule_lists, lists = Known(one_item), Known(one_item), Known(csv_list)
        meanings: dict[tuple[int, float, bool, str], str] = {}
        counting: dict[tuple[int, str], str] = {}
        undecided = standing = csv_cells((NOT_REVIEWED.status, NOT_REVIEWED.decided_by), _TYPES[30:32])
        seen = 0
        for coding in self._codings:
            code, matches = coding.code, coding.matches
            if coding.segment != seen:
                seen = coding.segment
                place = self._find(seen)
                time = self._time(self._times[place.position])
                name = csv_text(place.id)
                named = f"{csv_text(place.document_id)},{name}"
                words = f"{place.start},{place.end},{csv_text(place.text)}"
                about = f"{place.voice.line},{time.line}"
                simple = name == place.id
            whole = f"{place.id}#{code}@{coding.coder}"
            if not simple or coding.coder != MACHINE or heads[code][0] == '"':
                whole = csv_text(whole)
            meaning = id(coding.assertion), coding.weight, coding.countable, coding.coder
            if (said := meanings.get(meaning)) is None:
                cells = coding.weight, *meant(coding.assertion), coding.countable, coding.coder
                said = meanings[meaning] = csv_cells(cells, _TYPES[11:18])
            if len(matches) == 1 and len(matches[0].parts) == 1:
                [match] = matches
                [(start, end)] = match.parts
                key = id(match.assertion), code
                if (evidence := counting.get(key)) is None:
                    counted = counts(match.assertion, book.codes[code], document)
                    evidence = counting[key] = "1" if counted else ""
                found = f"{start}-{end},{words_of[text[start:end]]},{rule_lists[match.rule]}"
            else:
                held = spans_of(coding)
                spans = join_list(map(written, held))
                matched = csv_list(text[span.start : span.end] for span in held)
                rules = lists[tuple(dict.fromkeys([match.rule for match in matches]))]
                found = f"{spans},{matched},{rules}"
                evidence = csv_list(_evidence(coding, held, book.codes[code], document))
            if self._standings:
                decided = self._standings.get((seen, code))
                standing = (
                    csv_cells((decided.status, decided.decided_by), _TYPES[30:32]) if decided else undecided
                )
            yield (
                f"{whole},{named},{heads[code]},{words},{found},{said},{about},"
                f"{evidence},{lists[self._needs[seen, code]]},{time.note_line},{standing}\r\n"
            )

    def _time(self, when: When) -> _Time:
        if when not in self._told:
            place = placed(when.start, when.end, self._phases)
            dates = self._said, when.start, when.end, _basis(when)
            note = "; ".join(filter(None, (place.note, when.note)))
            line = csv_cells((*dates, place.phase), _TYPES[22:27])
            self._told[when] = _Time(dates, place.phase, note, line, csv_text(note))
        return self._told[when]


def spans_of(coding: Coding) -> list[Span]:
    """The parts of all of a coding's matches, each once, in reading order."""
    return sorted({part for match in coding.matches for part in match.parts})


def _basis(when: When) -> str:
    if not when.known:
        return "unknown"
    return "document" if when.source == "document" else "about"


def _evidence(coding: Coding, spans: Sequence[Span], code: Code, document: Document) -> Iterable[str]:
    """Say for every countable match which spans are its parts, as 1+2: numbers of spans, from 1."""
    number: Mapping[Span, str] = {span: str(n) for n, span in enumerate(spans, 1)}
    counting = [match for match in coding.matches if counts(match.assertion, code, document)]
    return dict.fromkeys("+".join(number[part] for part in match.parts) for match in counting)
