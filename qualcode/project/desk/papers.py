"""The material on a reviewer's desk: documents, their segments, and what the machine made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.tables import is_codable
from qualcode.codebook.records import Codebook
from qualcode.coding import CodedDocument
from qualcode.model import Coding, Document, Match, Segment
from qualcode.review.anchors import starts_of
from qualcode.review.records import text_hash

NO_CODINGS = CodedDocument()


@dataclass(frozen=True, eq=False, slots=True)
class Paper:
    """A document on the desk. `number` counts from 0 in the order of the corpus.

    `codings` and `refused` have the machine's codings and refused matches by the index of their segment;
    blind, the machine has none. `open_to_codes` are the segments in which a code can count.
    """

    number: int
    document: Document
    segments: tuple[Segment, ...]
    coded: CodedDocument
    digest: str
    starts: dict[int, Segment]
    position: dict[int, int]
    codings: dict[int, tuple[Coding, ...]]
    refused: dict[int, tuple[Match, ...]]
    open_to_codes: frozenset[int]

    def segment(self, index: int) -> Segment | None:
        """Return the segment of an index, None where there is none."""
        at = self.position.get(index)
        return None if at is None else self.segments[at]

    def coded_there(self, index: int) -> CodedDocument:
        """Return the machine's codings of one segment alone."""
        return replace(NO_CODINGS, codings=self.codings.get(index, ()))


def paper_of(
    number: int,
    document: Document,
    segments: Sequence[Segment],
    codebook: Codebook,
    coded: CodedDocument = NO_CODINGS,
) -> Paper:
    """Lay a document on the desk with what the machine made of it: nothing, where the coder works blind."""
    codings: dict[int, list[Coding]] = {}
    for coding in coded.codings:
        codings.setdefault(coding.segment, []).append(coding)
    refused: dict[int, list[Match]] = {}
    for match in coded.matches:
        if match.blocked_by:
            refused.setdefault(match.segment, []).append(match)
    return Paper(
        number,
        document,
        tuple(segments),
        coded,
        text_hash(document.text),
        starts_of(segments),
        {segment.index: at for at, segment in enumerate(segments)},
        {index: tuple(its) for index, its in codings.items()},
        {index: tuple(its) for index, its in refused.items()},
        frozenset(
            segment.index
            for segment in segments
            if segment.kind != "heading"
            and is_codable(segment, document, code_interviewers=codebook.code_interviewers)
        ),
    )
