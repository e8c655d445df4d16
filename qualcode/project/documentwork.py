"""Documents segmented, coded, dated and written, some at a time: what is done to each file of a unit."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.documentlines import DocumentLines, DocumentRows, lines_of
from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.coding import CodedDocument, code_documents
from qualcode.coding.found import count_refused, counted, unassessed
from qualcode.columns import DOCUMENTS
from qualcode.corpus.duplicates import Sketch, sketches_of
from qualcode.corpus.segment import segment_documents
from qualcode.corpus.segments import Segments, count_signs
from qualcode.corpus.when import When, times_of_documents
from qualcode.csvlines import csv_lines, encoded
from qualcode.model import ASKING, Document
from qualcode.problems import Problem, problem
from qualcode.project.shards import TABLES, Entry, ShardWriter
from qualcode.review.current import Reviewed, review

if TYPE_CHECKING:
    from qualcode.project.work import Job

_KINDS = tuple(column.type for column in DOCUMENTS)
MOST_ALIKE = 200  # problems of one kind told of one document


class Worked(NamedTuple):
    """What came of a document."""

    document: Document
    problems: list[Problem]  # of reading, segmenting and coding it
    coded: CodedDocument  # as people decided
    line: str  # of `documents`
    rows: DocumentRows
    lines: DocumentLines | None  # the rows written, where they were with those of others
    sketch: Sketch | None  # none of one that repeats another


def work_on(job: Job, read: Sequence[tuple[Document, Sequence[Problem]]]) -> list[Worked]:
    """Segment, code and date some documents, each with the problems of reading it, and write their rows."""
    documents = [document for document, _ in read]
    cut = segment_documents(documents, job.unit)
    both = [(document, segments) for document, (segments, _) in zip(documents, cut, strict=True)]
    by_machine = code_documents(both, job.codebook)
    times = times_of_documents(both, job.events)
    firsts = [document for document in documents if not document.metadata.duplicate_of]
    sketches = dict(zip(map(id, firsts), sketches_of(firsts), strict=True))
    decided = [
        review(document, segments, coded, job.codebook, job.decisions.get(document.id, ()))
        for (document, segments), coded in zip(both, by_machine, strict=True)
    ]
    rows = [_rows(job, *one) for one in zip(both, decided, times, strict=True)]
    signs = count_signs([segments.columns for _, segments in both])
    about = [
        document_row(document, segments, one.coded, job.codebook, signs=count)
        for (document, segments), one, count in zip(both, decided, signs, strict=True)
    ]
    line, lines = csv_lines(about, _KINDS), lines_of(rows)
    return [
        Worked(
            document,
            [*problems, *cut[n][1], *decided[n].coded.problems],
            decided[n].coded,
            line[n],
            rows[n],
            lines[n],
            sketches.get(id(document)),
        )
        for n, (document, problems) in enumerate(read)
    ]


def _rows(
    job: Job, cut: tuple[Document, Segments], reviewed: Reviewed, times: Sequence[When]
) -> DocumentRows:
    document, segments = cut
    coded, codebook, standings = reviewed.coded, job.codebook, reviewed.standings
    return DocumentRows(
        segment_rows(document, segments, coded, codebook, times=times),
        coding_rows(document, segments, coded, codebook, job.phases, times=times, standings=standings),
        match_rows(document, segments, coded, codebook, named=_naming(job.book)),
    )


def written(worked: Worked, out: ShardWriter) -> Entry:
    """Write the rows of a document; return what else is known of it."""
    document, problems, coded, line, rows, lines, sketch = worked
    talk = bool(document.turns) and document.metadata.is_talk
    asked = any(speaker.role in ASKING for speaker in document.speakers)
    counts = Counter(
        documents=1,
        repeated=int(bool(document.metadata.duplicate_of)),
        interviews=int(talk),
        interviews_without_interviewer=int(talk and not asked),
    )
    counts["segments"], counts["codable"] = len(rows.segments), rows.segments.codable
    codes = _count(coded, counts)
    lengths = [out.lines(encoded(line))]
    if lines is not None:
        lengths += map(out.lines, lines)
    else:
        lengths += map(out.rows, TABLES[1:], rows)
    source = document.source
    return Entry(
        id=document.id,
        path=source.path,
        repeats=document.metadata.duplicate_of,
        fingerprint={"sha256": source.sha256, "size": source.size},
        counts=counts,
        codes=codes,
        problems=tuple(fewer([at_document(document, p) for p in problems])),
        sketch=sketch,
        lengths=tuple(lengths),
    )


def _count(coded: CodedDocument, counts: Counter[str]) -> Counter[str]:
    """Add what coding gave to the counts of a document; return the countable codings by code."""
    codings, matches = coded.codings, coded.matches
    counts["codings"], counts["unassessed"] = len(codings), unassessed(codings)
    counts["matches"], counts["refused"] = len(matches), count_refused(matches)
    segments, codes = counted(codings)
    counts["countable"], counts["coded"] = len(codes), len({*segments.tolist()})
    return Counter(codes)


@lru_cache(maxsize=4)
def _naming(book: str) -> Callable[[str], str]:
    return partial(_named, book)


@lru_cache(maxsize=1024)
def _named(book: str, path: str) -> str:
    """Name a codebook file as from the codebook's folder: rows must not know where the study lies."""
    return Path(os.path.relpath(path, book)).as_posix() if path else ""


def at_document(document: Document, told: Problem) -> Problem:
    """Give a problem without a file the document's."""
    if told.place.path:
        return told
    return replace(told, place=replace(told.place, path=document.source.path))


def fewer(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield problems, of one kind at most `MOST_ALIKE` and then how many more there are.

    A file that is wrong on every line must not fill the memory of a run over a large corpus.
    """
    seen = Counter[str]()
    for one in problems:
        seen[one.kind] += 1
        if seen[one.kind] <= MOST_ALIKE:
            yield one
    firsts = {one.kind: one for one in reversed(problems)}
    for kind, n in seen.items():
        if n > MOST_ALIKE:
            yield problem(
                kind,
                replace(firsts[kind].place, line=0, column=0, cell=""),
                "{n} more problems of this kind are in this file",
                severity=firsts[kind].severity,
                n=n - MOST_ALIKE,
            )
