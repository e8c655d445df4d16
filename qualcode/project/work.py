"""The coding of a few files into one shard: what every runner does, here, in a child or on another machine.

A `Job` is all that coding depends on; a unit is a few neighbouring files of its corpus, by number.
`code_unit(job, unit, folder)` reads, segments and codes them one document at a time and leaves a shard in the
folder. Rows go to the shard as they are made: what is held in memory is one document.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.coding import code_document
from qualcode.corpus import Corpus
from qualcode.corpus.duplicates import sketch
from qualcode.corpus.folder import FoundFile
from qualcode.corpus.segment import segment_document
from qualcode.corpus.when import times_of
from qualcode.model import ASKING, Document, Event, Phase
from qualcode.problems import Problem, problem
from qualcode.project.canonical import digest, program
from qualcode.project.manifest import fingerprint, versions
from qualcode.project.shards import Entry, ShardWriter
from qualcode.review.current import review
from qualcode.review.records import Decision

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.coding import CodedDocument

Unit = tuple[int, ...]  # numbers of files in the corpus
UNIT_BYTES, UNIT_FILES = 2_000_000, 50  # of files coded together: what a killed run does again
MOST_ALIKE = 200  # problems of one kind told of one document


class FileTooLargeError(MemoryError):
    """A file took more memory than there is; `file` is its number in the corpus."""

    def __init__(self, file: int) -> None:
        super().__init__(file)
        self.file = file


@dataclass(frozen=True, eq=False)
class Job:
    """All that coding depends on. It can be sent to another process or machine that sees the same folders."""

    corpus: Corpus
    codebook: Codebook
    book: str  # the folder of the codebook: matches name rule files as seen from there
    unit: str
    phases: tuple[Phase, ...] = ()
    events: tuple[Event, ...] = ()
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    program: str = field(default_factory=program)

    @cached_property
    def key(self) -> str:
        """A digest of what shapes the results of every file: codebook, settings, decisions, this program."""
        corpus, book = self.corpus, self.codebook
        return digest(
            [self.program, versions(), self.unit, self.phases, self.events, self.decisions, self.book],
            [book.files, tuple(book.codes), book.code_interviewers, book.unit, dict(book.paths)],
            [corpus.settings, corpus.tables],
        )

    def key_of(self, file: FoundFile, content: str) -> str:
        """The key of one file's results, given the sha256 of its bytes."""
        said = self.corpus.sidecars.get(file.name)
        about = [file.name, file.extension, file.note, self.corpus.ids.get(file.name, "")]
        return digest(self.key, about, said, content)


def units_of(files: Sequence[FoundFile], wanted: Iterable[int]) -> list[Unit]:
    """Divide files into units of neighbours; a large file is a unit of its own."""
    units: list[Unit] = []
    held: list[int] = []
    weight = 0
    for number in wanted:
        size = _size(files[number])
        if held and (weight + size > UNIT_BYTES or len(held) == UNIT_FILES or held[-1] != number - 1):
            units.append(tuple(held))
            held, weight = [], 0
        held.append(number)
        weight += size
    return [*units, tuple(held)] if held else units


def _size(file: FoundFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def code_unit(job: Job, unit: Unit, folder: Path, *, begin: Callable[[int], None] | None = None) -> Path:
    """Code the files of a unit; return the shard that holds what came of them.

    `begin` is told the number of each file before it is opened. Raises `FileTooLargeError`, naming the file.
    """
    name = hashlib.sha256(f"{job.key}{unit}".encode()).hexdigest()[:24]
    with ShardWriter(folder, name) as out, _seldom_collected():
        for number in unit:
            if begin is not None:
                begin(number)
            try:
                code_file(job, job.corpus.files[number], out)
            except MemoryError:
                raise FileTooLargeError(number) from None
    return out.path


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let the search for garbage in circles, of which coding makes little, wait for more of it.

    By default it looks through what a document is made of hundreds of times: a fifth of the time of coding.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def code_file(job: Job, file: FoundFile, out: ShardWriter) -> None:
    """Code the documents of one file into a shard."""
    out.file(file.name)
    content = ""
    for document, problems in job.corpus.read(file):
        if any(p.kind == "reader-failed" and p.values.get("error") == "MemoryError" for p in problems):
            raise MemoryError
        if document is None:
            out.document(Entry(problems=tuple(problems), counts={"unread": 1}))
            continue
        content = document.source.sha256
        out.document(code_one(job, document, problems, out))
    if not content:
        try:
            content = str(fingerprint(file.path)["sha256"])
        except OSError:
            return  # not to be read now; perhaps it is the next time
    out.end(job.key_of(file, content))


def code_one(job: Job, document: Document, problems: Sequence[Problem], out: ShardWriter) -> Entry:
    """Segment and code one document and write its rows; return what else is known of it."""
    codebook = job.codebook
    segments, found = segment_document(document, job.unit)
    by_machine = code_document(document, segments, codebook)
    reviewed = review(document, segments, by_machine, codebook, job.decisions.get(document.id, ()))
    coded = reviewed.coded
    times = times_of(document, segments, job.events)
    talk = bool(document.turns) and document.metadata.is_talk
    asked = any(speaker.role in ASKING for speaker in document.speakers)
    counts = Counter(
        documents=1,
        repeated=int(bool(document.metadata.duplicate_of)),
        interviews=int(talk),
        interviews_without_interviewer=int(talk and not asked),
    )
    rows = segment_rows(document, segments, coded, codebook, times=times)
    counts["segments"], counts["codable"] = len(rows), rows.codable
    codes = _count(coded, counts)
    lengths = (
        out.rows("documents", [document_row(document, segments, coded, codebook)]),
        out.rows("segments", rows),
        out.rows(
            "coded_segments",
            coding_rows(
                document, segments, coded, codebook, job.phases, times=times, standings=reviewed.standings
            ),
        ),
        out.rows("matches", match_rows(document, segments, coded, codebook, named=partial(_named, job.book))),
    )
    source = document.source
    told = [at_document(document, p) for p in (*problems, *found, *coded.problems)]
    return Entry(
        id=document.id,
        path=source.path,
        repeats=document.metadata.duplicate_of,
        fingerprint={"sha256": source.sha256, "size": source.size},
        counts=counts,
        codes=codes,
        problems=tuple(fewer(told)),
        sketch=None if document.metadata.duplicate_of else sketch(document),
        lengths=lengths,
    )


def _count(coded: CodedDocument, counts: Counter[str]) -> Counter[str]:
    """Add what coding gave to the counts of a document; return the countable codings by code."""
    countable = [coding for coding in coded.codings if coding.countable]
    counts["codings"], counts["countable"] = len(coded.codings), len(countable)
    counts["unassessed"] = sum(coding.assertion.modality == "unassessed" for coding in coded.codings)
    counts["coded"] = len({coding.segment for coding in countable})
    counts["matches"] = len(coded.matches)
    counts["refused"] = sum(bool(match.blocked_by) for match in coded.matches)
    return Counter(coding.code for coding in countable)


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
