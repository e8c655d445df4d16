"""Records to rows, rows to data frames: the joint between coding and every analysis.

`document_row`, `segment_rows`, `coding_rows` and `match_rows` write one document's records as tuples in the
order of `columns.TABLES`; cells are str, int, float, bool, a tuple of str for a list, or None for "not
known". The last three write themselves as lines of CSV too (`cells.Rows`). `read_table` reads such a table
back from its CSV; `frame` makes the same data frame from rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.codingrows import CodingRows
from qualcode.analysis.load import Cell, Row, frame, read_table
from qualcode.analysis.matchrows import MatchRows
from qualcode.analysis.segmentrows import SegmentRows, codable
from qualcode.analysis.segmentrows import coded as n_coded
from qualcode.coding.found import counted
from qualcode.coding.needs import needs
from qualcode.corpus.layout import speeches_in
from qualcode.corpus.segments import columns
from qualcode.corpus.when import WRITTEN, When, date_in_force, date_said, times_of
from qualcode.model import ASKING, Document, Phase, Segment
from qualcode.review.current import Standings

if TYPE_CHECKING:
    from qualcode.codebook.records import Codebook
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


def is_codable(segment: Segment, document: Document, *, code_interviewers: bool = False) -> bool:
    """Whether a coding of this segment can count: no interviewer's words, no repeated document."""
    return not document.metadata.duplicate_of and (code_interviewers or segment.role not in ASKING)


def document_row(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook | None = None,
    *,
    signs: int | None = None,
) -> Row:
    """Write a document as a row of `documents`. The codebook says whether interviewers' words are codable.

    `signs` is how many characters its segments have that are not white space, where that is known.
    """
    meta, source = document.metadata, document.source
    asking = codebook is not None and codebook.code_interviewers
    coded_here, _ = counted(coded.codings)
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
        columns(document, segments).signs() if signs is None else signs,
        len(document.turns),
        speeches_in(document.turns),
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
    return SegmentRows(
        document,
        segments,
        counted(coded.codings),
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
) -> CodingRows:
    """Write a document's codings as rows of `coded_segments`, in the order they come.

    A policy, minutes or report is placed in a phase by its own date; talk only by what it is about, never by
    when it was held. `times` as in `segment_rows`; `standings` are what people decided (`review.current`),
    without them all is unreviewed.
    """
    return CodingRows(
        document,
        segments,
        coded.codings,
        codebook,
        phases=phases,
        times=_times(document, segments, times),
        needs=needs(document, segments, codebook, coded),
        standings=standings or {},
    )


def match_rows(
    document: Document,
    segments: Sequence[Segment],
    coded: CodedDocument,
    codebook: Codebook,
    *,
    named: Callable[[str], str] = str,
) -> MatchRows:
    """Write a document's matches, the refused ones too, as rows of `matches`, in the order they come.

    `named` says how to name a codebook file, given its path as the codebook was read.
    """
    return MatchRows(document, segments, coded.matches, codebook, named)


def _times(document: Document, segments: Sequence[Segment], times: Sequence[When] | None) -> Sequence[When]:
    return times_of(document, segments) if times is None else times


def _pairs(values: Mapping[str, str]) -> str:
    """Join names and values as `key=value;key=value`, by key; `;` and backslashes inside get a backslash."""
    pairs = (f"{key}={value}" for key, value in sorted(values.items()))
    return ";".join(pair.replace("\\", "\\\\").replace(";", "\\;") for pair in pairs)
