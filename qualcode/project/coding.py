"""The coding pass over a corpus: documents in, four tables out, one document in memory at a time.

`code_one` does one document and is a function of it alone; runners map it. What comes back are rows, already
in the order of their tables, so that nothing large travels twice and every runner writes the same bytes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.coding import code_document
from qualcode.columns import names
from qualcode.corpus import Corpus
from qualcode.corpus.duplicates import Sketch, find_repeats, repeat_notes, sketch
from qualcode.corpus.segment import segment_document
from qualcode.corpus.when import times_of
from qualcode.model import ASKING, Document, Event, Phase
from qualcode.output.csvfile import CsvWriter, open_csv
from qualcode.problems import Problem
from qualcode.project.manifest import Fingerprint
from qualcode.project.runners import runners
from qualcode.review.current import review
from qualcode.review.records import Decision

if TYPE_CHECKING:
    from qualcode.codebook import Codebook

Rows = Sequence[Sequence[object]]
Progress = Callable[[str, int, int], None]  # what, done, of how many
TABLES = ("documents", "segments", "coded_segments", "matches")


@dataclass(frozen=True, slots=True)
class Worked:
    """One document coded, as rows; or one that could not be read (`rows` is empty), with the reasons."""

    rows: dict[str, Rows] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    path: str = ""
    fingerprint: Fingerprint = field(default_factory=dict)
    sketch: Sketch | None = None  # to find what it repeats; None too where `duplicate_of` says it already


@dataclass(slots=True)
class Coded:
    """What a coding pass did: counts, problems, and the files it read."""

    counts: Counter[str] = field(default_factory=Counter)
    codes: dict[str, int] = field(default_factory=dict)  # countable codings by code
    problems: list[Problem] = field(default_factory=list)
    read: dict[str, Fingerprint] = field(default_factory=dict)


def code_corpus(
    corpus: Corpus,
    codebook: Codebook,
    folder: Path,
    *,
    book: Path,
    unit: str,
    phases: Sequence[Phase] = (),
    events: Sequence[Event] = (),
    excel: bool = False,
    runner: str = "serial",
    decisions: Mapping[str, tuple[Decision, ...]] | None = None,
    progress: Progress | None = None,
) -> Coded:
    """Code every document of a corpus and write the four tables into a folder.

    Documents come in the order of the corpus. One that cannot be read is counted as `unread`, its problems
    are kept, and the pass goes on. `book` is the folder of the codebook, from which matches name its files.
    `decisions` are people's, by document (`project.decisions`). Documents that say largely the same are
    noted; of each only a sketch is kept until then.
    """
    work = partial(code_one, codebook=codebook, unit=unit, phases=tuple(phases), events=tuple(events))
    if decisions:
        work = partial(work, decisions=decisions)
    coded = Coded(codes=dict.fromkeys(codebook.codes, 0))
    sketches: list[Sketch] = []
    code, countable = (names("coded_segments").index(name) for name in ("code", "countable"))
    with ExitStack() as stack:
        writers = {
            table: CsvWriter(stack.enter_context(open_csv(folder / f"{table}.csv")), table, excel=excel)
            for table in TABLES
        }
        for done in runners[runner](work, corpus.documents()):
            coded.problems += done.problems
            coded.counts.update(done.counts)
            if done.path:
                coded.read[done.path] = done.fingerprint
            if done.sketch is not None:
                sketches.append(done.sketch)
            for row in done.rows.get("coded_segments", ()):
                coded.codes[str(row[code])] += bool(row[countable])
            for table, rows in done.rows.items():
                for row in rows:
                    writers[table].write(_beside(row, book) if table == "matches" else row)
            if progress is not None:
                read = coded.counts["documents"] + coded.counts["unread"]
                progress("coding", read, max(read, len(corpus.files)))
    coded.problems += repeat_notes(find_repeats(sketches))
    return coded


def code_one(
    reading: tuple[Document | None, list[Problem]],
    *,
    codebook: Codebook,
    unit: str,
    phases: tuple[Phase, ...] = (),
    events: tuple[Event, ...] = (),
    decisions: Mapping[str, tuple[Decision, ...]] | None = None,
) -> Worked:
    """Segment and code one document that was read; return its rows, counts and problems."""
    document, problems = reading
    if document is None:
        return Worked(problems=tuple(problems), counts=Counter(unread=1))
    segments, found = segment_document(document, unit)
    by_machine = code_document(document, segments, codebook)
    reviewed = review(document, segments, by_machine, codebook, (decisions or {}).get(document.id, ()))
    coded = reviewed.coded
    times = times_of(document, segments, events)
    rows: dict[str, Rows] = {
        "documents": [document_row(document, segments, coded, codebook)],
        "segments": segment_rows(document, segments, coded, codebook, times=times),
        "coded_segments": coding_rows(
            document, segments, coded, codebook, phases, times=times, standings=reviewed.standings
        ),
        "matches": match_rows(document, segments, coded, codebook),
    }
    source = document.source
    return Worked(
        rows=rows,
        problems=tuple(at_document(document, p) for p in (*problems, *found, *coded.problems)),
        counts=_counts(document, rows),
        path=source.path,
        fingerprint={"sha256": source.sha256, "size": source.size},
        sketch=None if document.metadata.duplicate_of else sketch(document),
    )


_FILE = names("matches").index("file")


def _beside(row: Sequence[object], book: Path) -> Sequence[object]:
    """Name a codebook file as from the codebook's folder: rows must not know where the study lies."""
    return (*row[:_FILE], _named(str(row[_FILE]), str(book)), *row[_FILE + 1 :])


@lru_cache(maxsize=1024)
def _named(path: str, book: str) -> str:
    return Path(os.path.relpath(path, book)).as_posix() if path else ""


def at_document(document: Document, problem: Problem) -> Problem:
    """Give a problem without a file the document's."""
    if problem.place.path:
        return problem
    return replace(problem, place=replace(problem.place, path=document.source.path))


def _counts(document: Document, rows: dict[str, Rows]) -> Counter[str]:
    codable = names("segments").index("codable")
    countable = names("coded_segments").index("countable")
    segment = names("coded_segments").index("segment_id")
    modality = names("coded_segments").index("modality")
    refused = names("matches").index("blocked_by")
    talk = bool(document.turns) and document.metadata.is_talk
    asked = any(speaker.role in ASKING for speaker in document.speakers)
    return Counter(
        documents=1,
        repeated=int(bool(document.metadata.duplicate_of)),
        interviews=int(talk),
        interviews_without_interviewer=int(talk and not asked),
        segments=len(rows["segments"]),
        codable=sum(bool(row[codable]) for row in rows["segments"]),
        coded=len({row[segment] for row in rows["coded_segments"] if row[countable]}),
        codings=len(rows["coded_segments"]),
        countable=sum(bool(row[countable]) for row in rows["coded_segments"]),
        unassessed=sum(row[modality] == "unassessed" for row in rows["coded_segments"]),
        matches=len(rows["matches"]),
        refused=sum(bool(row[refused]) for row in rows["matches"]),
    )
