"""The coding pass over a corpus: files in, four tables out, in the order of the corpus.

Files are coded in units (`project.work`) by a runner, here, in child processes or on a cluster; each unit
becomes a shard in the work folder. Here the shards are joined: rows are copied as bytes, counts are added,
and what only the whole corpus can tell is settled (an id given twice, a `duplicate_of` that names nothing,
documents that say largely the same). Whatever the runner and however often a run was cut short, the bytes are
the same. Of each document only counts and problems are kept in memory; a sketch of it, of 16 KB at most, in a
file.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from qualcode.corpus import Corpus
from qualcode.corpus.duplicates import Sketch, find_repeats, repeat_notes
from qualcode.corpus.ids import Ids
from qualcode.model import Document, Event, Metadata, Phase, Source
from qualcode.output.csvfile import CsvWriter, open_csv
from qualcode.problems import Problem
from qualcode.project.documentwork import work_on, written
from qualcode.project.manifest import Fingerprint
from qualcode.project.runners import Finished, Spread, runners
from qualcode.project.shards import TABLES, Entry, Piece, Shard, ShardWriter, read_shard
from qualcode.project.sketches import Sketches
from qualcode.project.work import Job, units_of
from qualcode.project.workfolder import kept_in
from qualcode.review.records import Decision

if TYPE_CHECKING:
    from qualcode.codebook import Codebook

__all__ = ["TABLES", "Coded", "Notice", "Progress", "code_corpus"]

Progress = Callable[[str, int, int], None]  # what, done, of how many
Notice = Callable[..., None]  # a template and its values, told to the person


@dataclass(slots=True)
class Coded:
    """What a coding pass did: counts, problems, and the files it read."""

    counts: Counter[str] = field(default_factory=Counter)
    codes: dict[str, int] = field(default_factory=dict)  # countable codings by code
    problems: list[Problem] = field(default_factory=list)
    read: dict[str, Fingerprint] = field(default_factory=dict)
    kept: int = 0  # files whose results an earlier run had left


def code_corpus(
    corpus: Corpus,
    codebook: Codebook,
    folder: Path,
    *,
    book: Path,
    unit: str,
    work: Path,
    phases: Sequence[Phase] = (),
    events: Sequence[Event] = (),
    excel: bool = False,
    spread: Spread | None = None,
    decisions: Mapping[str, tuple[Decision, ...]] | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> Coded:
    """Code every document of a corpus and write the four tables into a folder.

    Documents come in the order of the corpus. One that cannot be read is counted as `unread`, its problems
    are kept, and the pass goes on. `book` is the folder of the codebook, from which matches name its files;
    `work` is the folder for shards (`workfolder.work_folder`). `decisions` are people's, by document
    (`project.decisions`). Documents that say largely the same are noted.
    """
    job = Job(corpus, codebook, str(book), unit, tuple(phases), tuple(events), dict(decisions or {}))
    spread = spread or Spread("serial")
    kept = kept_in(work, job)
    if kept and notice is not None:
        notice(
            "going on with a run that was cut short: {n} of {all} files were coded before",
            n=len(kept),
            all=len(corpus.files),
        )
    left = units_of(corpus.files, (n for n in range(len(corpus.files)) if n not in kept))
    found: dict[int, tuple[Shard, Piece] | Problem] = dict(kept)
    with ExitStack() as stack:
        tables = [_table(stack, folder, table, excel=excel) for table in TABLES]
        joined = _Joined(job, work, tables, Coded(codes=dict.fromkeys(codebook.codes, 0), kept=len(kept)))
        at = 0
        finished = iter(runners[spread.runner or "serial"](job, left, work, spread)) if left else iter(())
        stack.callback(getattr(finished, "close", lambda: None))
        while at < len(corpus.files):
            if at not in found:
                _take(next(finished), job, found)
                _report(progress, at, len(found) - at, len(corpus.files))
                continue
            joined.add(at, found.pop(at))
            at += 1
            _report(progress, at, len(found), len(corpus.files))
    coded = joined.coded
    coded.problems += repeat_notes(find_repeats(joined.sketches.whole()))
    return coded


def _report(progress: Progress | None, joined: int, waiting: int, whole: int) -> None:
    if progress is not None:
        progress("coding", max(joined, min(joined + waiting, whole)), whole)


def _take(done: Finished, job: Job, found: dict[int, tuple[Shard, Piece] | Problem]) -> None:
    """Note what came of a unit, file by file."""
    if done.failure is not None:
        found[done.unit[0]] = done.failure
        return
    assert done.shard is not None
    shard = read_shard(done.shard, check=False)
    if shard is None:
        raise OSError(0, "a shard is gone that was written a moment ago", str(done.shard))
    for number, piece in zip(done.unit, shard.pieces, strict=True):
        found[number] = (shard, piece)


def _table(stack: ExitStack, folder: Path, table: str, *, excel: bool) -> IO[bytes]:
    path = folder / f"{table}.csv"
    with open_csv(path) as head:
        CsvWriter(head, table, excel=excel)
    return stack.enter_context(path.open("ab"))


class _Joined:
    """The tables and counts so far, file after file in the order of the corpus."""

    def __init__(self, job: Job, work: Path, tables: Sequence[IO[bytes]], coded: Coded) -> None:
        self.job, self.work, self.tables, self.coded = job, work, tables, coded
        self.sketches = Sketches(work)
        self._ids = Ids(cache(job.corpus._expected_ids))

    def add(self, number: int, result: tuple[Shard, Piece] | Problem) -> None:
        if isinstance(result, Problem):
            self.coded.counts["unread"] += 1
            self.coded.problems.append(result)
            return
        shard, piece = result
        wanted, doubted = [], []
        for n, entry in enumerate(piece.entries):
            admitted, problems = self._admitted(entry)
            self.coded.problems += problems
            wanted.append(admitted is not None and admitted.metadata.duplicate_of == entry.repeats)
            if wanted[-1]:
                self._count(entry)
            elif admitted is None:
                self.coded.problems += entry.problems
                self.coded.counts["unread"] += 1
            else:
                doubted.append(n)
        if not doubted:
            self.sketches.add(shard.copy(piece, self.tables, wanted))
            return
        # Rare: some document is not the repeat it was taken for, and must be coded as one that counts.
        again = []
        for n in range(len(piece.entries)):
            if n in doubted:
                again += self._again(number, n)
            else:
                only = [wanted[n] and m == n for m in range(len(wanted))]
                self.sketches.add(shard.copy(piece, self.tables, only))
        self.sketches.add(again)

    def _admitted(self, entry: Entry) -> tuple[Document | None, list[Problem]]:
        if not entry.id:
            return None, []
        metadata = Metadata(duplicate_of=entry.repeats)
        return self._ids.admit(Document(entry.id, "", metadata, source=Source(entry.path)))

    def _count(self, entry: Entry) -> None:
        coded = self.coded
        coded.problems += entry.problems
        coded.counts.update(entry.counts)
        for code, n in entry.codes.items():
            coded.codes[code] += n
        coded.read[entry.path] = dict(entry.fingerprint)

    def _again(self, number: int, n: int) -> list[Sketch]:
        """Code one document of a file anew, as one that repeats no other; return its sketch."""
        sketches: list[Sketch] = []
        for m, (document, problems) in enumerate(self.job.corpus.read(self.job.corpus.files[number])):
            if m != n or document is None:
                continue
            first = replace(document, metadata=replace(document.metadata, duplicate_of=""))
            with ShardWriter(self.work, "again") as out:
                out.file(document.source.path)
                out.document(written(work_on(self.job, [(first, problems)])[0], out))
            shard = read_shard(out.path, check=False)
            assert shard is not None
            self._count(shard.pieces[0].entries[0])
            sketches += shard.copy(shard.pieces[0], self.tables, [True])
            with contextlib.suppress(OSError):
                out.path.unlink()
        return sketches
