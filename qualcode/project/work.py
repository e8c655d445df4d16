"""The coding of a few files into one shard: what every runner does, here, in a child or on another machine.

A `Job` is all that coding depends on; a unit is a few neighbouring files of its corpus, by number.
`code_unit(job, unit, folder)` reads, segments and codes them (`documentwork.py`) and leaves a shard in the
folder. Small documents are coded by the armful; what is held in memory is one armful, or one large document.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.corpus import Corpus
from qualcode.corpus.folder import FoundFile
from qualcode.corpus.opening import Reading
from qualcode.model import Document, Event, Phase
from qualcode.problems import Problem
from qualcode.project.canonical import digest, program
from qualcode.project.documentwork import Worked, work_on, written
from qualcode.project.manifest import fingerprint, versions
from qualcode.project.memory import seldom_collected
from qualcode.project.shards import Entry, ShardWriter
from qualcode.review.records import Decision

if TYPE_CHECKING:
    from qualcode.codebook import Codebook

Unit = tuple[int, ...]  # numbers of files in the corpus
UNIT_BYTES, UNIT_FILES = 2_000_000, 50  # of files coded together: what a killed run does again
ARMFUL, ARMFUL_DOCUMENTS = 1_000_000, 500  # characters and documents coded together
GARBAGE = 50_000  # new objects between two searches for garbage


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


def code_unit(job: Job, unit: Unit, folder: Path, *, begin: Callable[[Unit], None] | None = None) -> Path:
    """Code the files of a unit; return the shard that holds what came of them.

    `begin` is told the files that whatever happens next is to be blamed on: one while it is read and while
    its rows are written, several while they are coded together. Raises `FileTooLargeError`, naming the file.
    """
    name = hashlib.sha256(f"{job.key}{unit}".encode()).hexdigest()[:24]
    with ShardWriter(folder, name) as out, seldom_collected(GARBAGE):
        armful = _Armful(job, out, begin or (lambda files: None))
        for number in unit:
            armful.take(number)
        armful.put_down()
    return out.path


def _is_of_memory(one: Problem) -> bool:
    return one.kind == "reader-failed" and one.values.get("error") == "MemoryError"


@dataclass(slots=True)
class _File:
    """A file under way: what was read of it and not coded yet."""

    number: int
    readings: list[Reading] = field(default_factory=list)
    content: str = ""  # sha256 of its bytes
    named: bool = False  # whether the shard knows of it
    ended: bool = False


class _Armful:
    """Neighbouring documents that are coded together: an armful takes little longer than a document."""

    def __init__(self, job: Job, out: ShardWriter, begin: Callable[[Unit], None]) -> None:
        self._job, self._out, self._begin = job, out, begin
        self._at: Unit = ()  # what was last said to have begun
        self._held: list[_File] = []
        self._size = self._count = 0

    def take(self, number: int) -> None:
        """Read the documents of a file, coding whenever enough is held."""
        found = self._job.corpus.files[number]
        self._held.append(file := _File(number))
        self._tell([file])
        try:
            for document, problems in self._job.corpus.read(found):
                if any(map(_is_of_memory, problems)):
                    raise MemoryError
                self._make_room(len(document.text) if document else 0)
                file.readings.append((document, problems))
                if document is not None:
                    file.content = document.source.sha256
        except FileTooLargeError:
            raise
        except MemoryError:
            raise FileTooLargeError(number) from None
        if not file.content:
            with contextlib.suppress(OSError):  # not to be read now; perhaps it is the next time
                file.content = str(fingerprint(found.path)["sha256"])
        file.ended = True
        if self._size >= ARMFUL:
            self.put_down()

    def _make_room(self, size: int) -> None:
        if self._count and (self._size + size > ARMFUL or self._count == ARMFUL_DOCUMENTS):
            self.put_down()
        self._size, self._count = self._size + size, self._count + 1

    def put_down(self) -> None:
        """Code what is held and write its rows, file by file."""
        files = [file for file in self._held if file.readings or file.ended]
        self._tell(files)
        worked = self._worked(
            [(d, problems) for file in files for d, problems in file.readings if d is not None]
        )
        for file in files:
            self._tell([file])
            try:
                self._write(file, worked)
            except MemoryError:
                raise FileTooLargeError(file.number) from None
        self._held = [file for file in self._held if not file.ended]
        self._tell(self._held)  # it is read on
        self._size = self._count = 0

    def _tell(self, files: Sequence[_File]) -> None:
        at = tuple(file.number for file in files)
        if at and at != self._at:
            self._at = at
            self._begin(at)

    def _worked(self, read: Sequence[tuple[Document, Sequence[Problem]]]) -> Iterator[Worked]:
        """Code together; one by one, as they are asked for, where there is too little memory for all."""
        if len(read) > 1:
            with contextlib.suppress(MemoryError):
                return iter(work_on(self._job, read))
        return (work_on(self._job, [one])[0] for one in read)

    def _write(self, file: _File, worked: Iterator[Worked]) -> None:
        found = self._job.corpus.files[file.number]
        if not file.named:
            self._out.file(found.name)
            file.named = True
        for document, problems in file.readings:
            if document is None:
                self._out.document(Entry(problems=tuple(problems), counts={"unread": 1}))
            else:
                self._out.document(written(next(worked), self._out))
        file.readings.clear()
        if file.ended and file.content:
            self._out.end(self._job.key_of(found, file.content))
