"""What a codebook's rules do in a corpus, for lint and audit; nothing is written.

Lint can also count it from the tables of a run. Both serve the writing of rules, so documents kept for
testing (`split: test`) are always left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.coding.checks import Hit, Tally, hits_of, seen, tally
from qualcode.project.heldback import TEST, held_back

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.coding import CodedDocument
    from qualcode.coding.audit import Cut
    from qualcode.corpus import Corpus
    from qualcode.model import Document, Segment
    from qualcode.problems import Problem


@dataclass(slots=True)
class Aside:
    """What is told besides: what could not be read, and which documents are kept for testing."""

    problems: list[Problem] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)


def tally_corpus(corpus: Corpus, codebook: Codebook, *, unit: str = "") -> tuple[Tally, Aside]:
    """Code every document of a corpus and count what the rules did.

    `unit` is the codebook's where none is given. One document is in memory at a time.
    """
    from qualcode.analysis.tables import is_codable

    aside = Aside()
    codable = 0

    def hits() -> Iterator[Hit]:
        nonlocal codable
        for document, segments, coded in coded_documents(corpus, codebook, unit, aside):
            counted = [
                segment.index
                for segment in segments
                if is_codable(segment, document, code_interviewers=codebook.code_interviewers)
            ]
            codable += len(counted)
            yield from hits_of(segments, coded, counted)

    every = list(hits())  # counted only behind the last segment
    return tally(every, segments=codable), aside


def audit_corpus(corpus: Corpus, codebook: Codebook, *, unit: str = "") -> tuple[list[Cut], Aside]:
    """Code every document of a corpus and list the evidence that cuts words.

    Raises `MachineError` where the segmenter is not installed, before anything is read.
    """
    from qualcode.coding.audit import cuts, evidence_places
    from qualcode.text.segmenter import words

    words("")
    aside = Aside()
    found = cuts(
        place
        for _, segments, coded in coded_documents(corpus, codebook, unit, aside)
        for place in evidence_places(segments, coded, words)
    )
    return found, aside


def coded_documents(
    corpus: Corpus, codebook: Codebook, unit: str, aside: Aside
) -> Iterator[tuple[Document, Sequence[Segment], CodedDocument]]:
    """Yield the documents of a corpus that can be read and are not kept for testing, coded."""
    from qualcode.coding import code_document
    from qualcode.corpus import segment_document

    for document, found in corpus.documents():
        aside.problems += found
        if document is None:
            continue
        if held_back(document):
            aside.withheld.append(document.id)
            continue
        segments, found = segment_document(document, unit or codebook.unit)
        coded = code_document(document, segments, codebook)
        aside.problems += [*found, *coded.problems]
        yield document, segments, coded


def tally_results(folder: Path, codebook: Codebook, file: Path) -> tuple[Tally, Aside]:
    """Count what the rules did in a run, from its tables; a warning where the codebook changed since.

    Raises `StudyError` for a folder that no run wrote.
    """
    from qualcode.project.results import open_results

    opened = open_results(folder, codebook=file)
    documents = opened.documents
    withheld = sorted(documents.loc[documents["split"] == TEST, "document_id"])
    segments = opened.segments[~opened.segments["document_id"].isin(withheld)]
    known = {
        str(name): (str(text), int(start), bool(codable))
        for name, text, start, codable in zip(
            segments["segment_id"], segments["text"], segments["start"], segments["codable"], strict=True
        )
    }

    def hits() -> Iterator[Hit]:
        matches = opened.matches[~opened.matches["document_id"].isin(withheld)]
        rows = zip(
            matches["segment_id"], matches["rule"], matches["blocked_by"], matches["parts"], strict=True
        )
        for name, rule, blocked, parts in rows:
            text, start, codable = known[str(name)]
            spans = [tuple(int(at) - start for at in str(part).split("-")) for part in parts]
            yield Hit(
                str(name), str(rule), str(blocked or ""), tuple(seen(text, *span) for span in spans), codable
            )

    counted = sum(codable for _, _, codable in known.values())
    return tally(hits(), segments=counted), Aside(opened.problems, withheld)
