"""Records to rows, rows to data frames: the joint between coding and every analysis.

`document_row`, `segment_rows`, `coding_rows` and `match_rows` write one document's records as tuples in the
order of `columns.TABLES`; cells are str, int, float, bool, a tuple of str for a list, or None for "not
known". `read_table` reads such a table back from its CSV; `frame` makes the same data frame from rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.load import Cell, Row, frame, read_table
from qualcode.analysis.periods import placed
from qualcode.analysis.segmentrows import SegmentRows, codable
from qualcode.analysis.segmentrows import coded as n_coded
from qualcode.coding.context import counts
from qualcode.coding.needs import needs
from qualcode.corpus.segments import columns
from qualcode.corpus.when import WRITTEN, When, date_in_force, date_said, times_of
from qualcode.model import ASKING, Coding, Document, Phase, Segment, Span
from qualcode.review.current import Standing, Standings

if TYPE_CHECKING:
    from qualcode.codebook.records import Code, Codebook
    from qualcode.coding import CodedDocument

__all__ = [
    "WRITTEN",
    "Cell",
    "Row",
    "coding_rows",
    "date_in_force",
    "date_said",
    "document_row",
    "frame",
    "is_codable",
    "match_rows",
    "read_table",
    "segment_rows",
]


NOT_REVIEWED = Standing()


def is_codable(segment: Segment, document: Document, *, code_interviewers: bool = False) -> bool:
    """Whether a coding of this segment can count: no interviewer's words, no repeated document."""
    return not document.metadata.duplicate_of and (code_interviewers or segment.role not in ASKING)


def document_row(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook | None = None,
) -> Row:
    """Write a document as a row of `documents`. The codebook says whether interviewers' words are codable."""
    meta, source = document.metadata, document.source
    asking = codebook is not None and codebook.code_interviewers
    coded_here = {coding.segment for coding in coded.codings if coding.countable}
    return (
        document.id,
        source.path,
        meta.title,
        meta.kind,
        meta.language,
        meta.date,
        meta.issued,
        meta.effective,
        meta.expired,
        meta.case,
        meta.site,
        meta.actor,
        meta.actor_level,
        meta.actor_type,
        meta.doc_number,
        meta.interviewer,
        meta.consent,
        meta.source_note,
        meta.split,
        meta.duplicate_of,
        _pairs(meta.attributes),
        source.format,
        source.encoding,
        source.sha256,
        columns(document, segments).signs(),
        len(document.turns),
        len({turn.speech for turn in document.turns}),
        len(segments),
        codable(document, segments, code_interviewers=asking),
        n_coded(document, segments, coded_here, code_interviewers=asking),
        _pairs({name: str(count) for name, count in source.repairs.items()}),
    )


def segment_rows(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook,
    *,
    times: Sequence[When] | None = None,
) -> SegmentRows:
    """Write a document's segments as rows of `segments`, in reading order.

    `times` are what `corpus.when.times_of` found for them; without, they are read with no events known.
    """
    codes: dict[int, dict[str, None]] = {}
    for coding in coded.codings:
        if coding.countable:
            codes.setdefault(coding.segment, {})[coding.code] = None
    return SegmentRows(
        document,
        segments,
        {index: tuple(held) for index, held in codes.items()},
        _times(document, segments, times),
        code_interviewers=codebook.code_interviewers,
    )


def coding_rows(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook,
    phases: Sequence[Phase] = (),
    *,
    times: Sequence[When] | None = None,
    standings: Standings | None = None,
) -> list[Row]:
    """Write a document's codings as rows of `coded_segments`, in the order they come.

    A policy, minutes or report is placed in a phase by its own date; talk only by what it is about, never by
    when it was held. `times` as in `segment_rows`; `standings` are what people decided (`review.current`),
    without them all is unreviewed.
    """
    decided = standings or {}
    by_index = {segment.index: segment for segment in segments}
    said = date_said(document.metadata)
    about = {s.index: when for s, when in zip(segments, _times(document, segments, times), strict=True)}
    place = {when: placed(when.start, when.end, phases) for when in dict.fromkeys(about.values())}
    hangs_on = needs(document, segments, codebook, coded)
    return [
        (
            f"{segment.id}#{coding.code}@{coding.coder}",
            segment.document_id,
            segment.id,
            coding.code,
            codebook.facet_of(coding.code),
            segment.span.start,
            segment.span.end,
            segment.text,
            tuple(_written(span) for span in spans),
            tuple(document.text[span.start : span.end] for span in spans),
            tuple(dict.fromkeys(match.rule for match in coding.matches)),
            coding.weight,
            coding.assertion.polarity,
            coding.assertion.modality,
            coding.assertion.holder,
            coding.assertion.reported,
            coding.countable,
            coding.coder,
            segment.speaker,
            segment.role,
            segment.role_source,
            segment.actor,
            said,
            about[segment.index].start,
            about[segment.index].end,
            _basis(about[segment.index]),
            place[about[segment.index]].phase,
            tuple(_evidence(coding, spans, codebook.codes[coding.code], document)),
            hangs_on[coding.segment, coding.code],
            "; ".join(filter(None, (place[about[segment.index]].note, about[segment.index].note))),
            decided.get((segment.index, coding.code), NOT_REVIEWED).status,
            decided.get((segment.index, coding.code), NOT_REVIEWED).decided_by,
        )
        for coding, segment, spans in _with_spans(coded, by_index)
    ]


def match_rows(
    document: Document, segments: Sequence[Segment], coded: CodedDocument, codebook: Codebook
) -> list[Row]:
    """Write a document's matches, the refused ones too, as rows of `matches`, in the order they come."""
    by_index = {segment.index: segment for segment in segments}
    rules = {rule.id: rule for code in codebook.codes.values() for rule in code.rules}
    text = document.text
    rows: list[Row] = []
    for match in coded.matches:
        rule = rules[match.rule]
        span = match.span
        rows.append(
            (
                document.id,
                by_index[match.segment].id,
                match.code,
                codebook.facet_of(match.code),
                match.rule,
                rule.kind,
                rule.place.path,
                rule.place.line or None,
                span.start,
                span.end,
                text[span.start : span.end],
                tuple(_written(part) for part in match.parts),
                tuple(text[part.start : part.end] for part in match.parts),
                match.assertion.polarity,
                match.assertion.modality,
                match.assertion.holder,
                match.assertion.reported,
                match.blocked_by,
            )
        )
    return rows


def _times(document: Document, segments: Sequence[Segment], times: Sequence[When] | None) -> Sequence[When]:
    return times_of(document, segments) if times is None else times


def _basis(when: When) -> str:
    if not when.known:
        return "unknown"
    return "document" if when.source == "document" else "about"


def _with_spans(
    coded: CodedDocument, by_index: Mapping[int, Segment]
) -> Iterator[tuple[Coding, Segment, list[Span]]]:
    for coding in coded.codings:
        spans = sorted({part for match in coding.matches for part in match.parts})
        yield coding, by_index[coding.segment], spans


def _evidence(coding: Coding, spans: Sequence[Span], code: Code, document: Document) -> Iterable[str]:
    """Say for every countable match which spans are its parts, as 1+2: numbers of spans, from 1."""
    number = {span: str(n) for n, span in enumerate(spans, 1)}
    counting = [match for match in coding.matches if counts(match.assertion, code, document)]
    return dict.fromkeys("+".join(number[part] for part in match.parts) for match in counting)


def _written(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _pairs(values: Mapping[str, str]) -> str:
    """Join names and values as `key=value;key=value`, by key; `;` and backslashes inside get a backslash."""
    pairs = (f"{key}={value}" for key, value in sorted(values.items()))
    return ";".join(pair.replace("\\", "\\\\").replace(";", "\\;") for pair in pairs)
