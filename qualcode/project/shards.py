"""Shards: the finished results of a few files, as one file that is whole or is not there.

    with ShardWriter(folder) as out: ...      ->   <key>.shard
    shard = read_shard(path)                  ->   None where it is torn, damaged or no shard

A shard holds the rows of its documents as the very bytes of the result tables, document after document, in
each table after table and then the hashes of its sketch; then an index (JSON) with what else is to be known
of each, the length of the index and a check sum of all of it. It is written under another name, synced, and
renamed. Nothing in it is code: a shard that somebody else put there can be wrong, but it cannot run.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from qualcode.columns import TABLES as COLUMNS
from qualcode.corpus.duplicates import Sketch
from qualcode.csvlines import Rows, csv_blocks, encoded
from qualcode.problems import Place, Problem

if TYPE_CHECKING:
    from qualcode.project.manifest import Fingerprint

TABLES = ("documents", "segments", "coded_segments", "matches")
MAGIC = b"qualcode shard 2\n"
ENDING = ".shard"
_TAIL = struct.Struct("<QI")  # length of the index, check sum
_KINDS = {table: tuple(column.type for column in COLUMNS[table]) for table in TABLES}
_PIECE = 1 << 20
_HASH = 8  # bytes of a hash


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one document beside its rows; of one that could not be read only why (no id)."""

    id: str = ""
    path: str = ""
    repeats: str = ""  # `duplicate_of` as its metadata says
    fingerprint: Fingerprint = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)  # countable codings by code
    problems: tuple[Problem, ...] = ()
    sketch: Sketch | None = None  # to be written; `copy` gives it again
    sketched: tuple[int, int] | None = None  # of one that lies in a shard: how many hashes, their bound
    lengths: tuple[int, ...] = (0, 0, 0, 0)  # bytes of rows, by table

    @property
    def size(self) -> int:
        """How many bytes it has in a shard before the index."""
        return sum(self.lengths) + (self.sketched[0] * _HASH if self.sketched is not None else 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """The documents of one file: usually one, of a table of documents many."""

    name: str
    key: str  # of the bytes read and all that else shapes the result; "": never to be used again
    entries: tuple[Entry, ...]
    start: int  # where their rows begin in the shard


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard on disk that was found whole."""

    path: Path
    pieces: tuple[Piece, ...]

    def copy(self, piece: Piece, into: Sequence[IO[bytes]], wanted: Sequence[bool]) -> list[Sketch]:
        """Append the rows of a file's documents to the four tables, leaving out those not wanted.

        Returns the sketches of those that are, as far as they have one.
        """
        sketches = []
        with self.path.open("rb", buffering=0) as stream:
            at = piece.start
            for entry, keep in zip(piece.entries, wanted, strict=True):
                if keep:
                    stream.seek(at)
                    _deal_out(stream, into, entry.lengths)
                    if entry.sketched is not None:
                        sketches.append(_sketch(entry, *entry.sketched, stream))
                at += entry.size
        return sketches


def _deal_out(source: IO[bytes], into: Sequence[IO[bytes]], lengths: Sequence[int]) -> None:
    """Append to each table the bytes that follow, as many as are its."""
    held = memoryview(b"")
    left = sum(lengths)
    for table, length in zip(into, lengths, strict=True):
        while length:
            if not held:
                held = memoryview(source.read(min(left, _PIECE)))
                left -= len(held)
                if not held:
                    raise OSError("a shard ended early")
            table.write(held[:length])
            length, held = length - len(held[:length]), held[length:]


class ShardWriter:
    """Writes one shard. Left by an error it leaves nothing behind; left well, the shard stands whole."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}{ENDING}"
        self._aside = folder / f"{name}.{uuid4().hex}.tmp"
        self._pieces: list[dict[str, object]] = []

    def __enter__(self) -> ShardWriter:
        self._file = self._aside.open("wb")
        self._sum = self._size = 0
        self._write(MAGIC)
        return self

    def file(self, name: str) -> None:
        """Begin the documents of the next file."""
        self._pieces.append({"name": name, "key": "", "start": self._size, "entries": []})

    def rows(self, table: str, rows: Iterable[Sequence[object]]) -> int:
        """Write rows of a table of the document in hand; return how many bytes they took."""
        before = self._size
        for text in rows.blocks() if isinstance(rows, Rows) else csv_blocks(rows, _KINDS[table]):
            self._write(encoded(text))
        return self._size - before

    def lines(self, data: bytes) -> int:
        """Write lines of a table of the document in hand; return how many bytes they are."""
        self._write(data)
        return len(data)

    def document(self, entry: Entry) -> None:
        """End a document: its rows were written before, in the order of `TABLES`."""
        entries: Any = self._pieces[-1]["entries"]
        entries.append(_plain(entry))
        if entry.sketch is not None:
            self._write(entry.sketch.hashes.tobytes())

    def end(self, key: str) -> None:
        """End a file, with the key under which its results may be used again."""
        self._pieces[-1]["key"] = key

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                index = json.dumps(self._pieces, ensure_ascii=True, separators=(",", ":")).encode()
                self._write(index)
                self._file.write(_TAIL.pack(len(index), self._sum))
                self._file.flush()
                with contextlib.suppress(OSError):  # some network drives know no fsync
                    os.fsync(self._file.fileno())
        finally:
            self._file.close()
        if kind is None:
            self._aside.replace(self.path)
            sync_folder(self.path.parent)
        else:
            self._aside.unlink(missing_ok=True)

    def _write(self, data: bytes) -> None:
        self._sum = zlib.crc32(data, self._sum)
        self._file.write(data)
        self._size += len(data)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut, where the system can."""
    with contextlib.suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read_shard(path: Path, *, check: bool = True) -> Shard | None:
    """Read a shard's index; None for a file that is no whole shard.

    `check` sums all its bytes and compares; without it only the index is looked at, which is enough for a
    shard that was written a moment ago.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                return None
            stream.seek(size - _TAIL.size)
            length, wanted = _TAIL.unpack(stream.read(_TAIL.size))
            if length > size - _TAIL.size - len(MAGIC):
                return None
            if check and _sum(stream, size - _TAIL.size) != wanted:
                return None
            stream.seek(size - _TAIL.size - length)
            return Shard(path, tuple(map(_piece, json.loads(stream.read(length)))))
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return None


def _sum(stream: IO[bytes], length: int) -> int:
    found = 0
    stream.seek(0)
    while length > 0:
        held = stream.read(min(length, _PIECE))
        if not held:
            break
        found = zlib.crc32(held, found)
        length -= len(held)
    return found


def _piece(held: Any) -> Piece:
    entries = tuple(map(_entry, held["entries"]))
    return Piece(str(held["name"]), str(held["key"]), entries, int(held["start"]))


def _plain(entry: Entry) -> dict[str, object]:
    known: dict[str, object] = {
        "id": entry.id,
        "path": entry.path,
        "repeats": entry.repeats,
        "fingerprint": entry.fingerprint,
        "counts": {name: n for name, n in entry.counts.items() if n},
        "codes": {name: n for name, n in entry.codes.items() if n},
        "problems": [_plain_problem(one) for one in entry.problems],
        "lengths": list(entry.lengths),
    }
    if entry.sketch is not None:
        known["sketch"] = [len(entry.sketch.hashes), entry.sketch.bound]
    return {name: value for name, value in known.items() if value}


def _entry(held: Any) -> Entry:
    """Make an entry of what the index holds of it."""
    sketched = held.get("sketch")
    return Entry(
        id=str(held.get("id", "")),
        path=str(held.get("path", "")),
        repeats=str(held.get("repeats", "")),
        fingerprint=dict(held.get("fingerprint", {})),
        counts=Counter(held.get("counts", {})),
        codes=dict(held.get("codes", {})),
        problems=tuple(_problem(one) for one in held.get("problems", ())),
        sketched=None if sketched is None else (int(sketched[0]), int(sketched[1])),
        lengths=tuple(int(n) for n in held.get("lengths", (0, 0, 0, 0))),
    )


def _sketch(entry: Entry, count: int, bound: int, stream: IO[bytes]) -> Sketch:
    import numpy as np

    raw = stream.read(count * _HASH)
    if len(raw) < count * _HASH:
        raise OSError("a shard ended early")
    return Sketch(entry.id, entry.path, np.frombuffer(raw, dtype=np.uint64), bound)


def _plain_problem(one: Problem) -> list[object]:
    place = one.place
    values = {
        name: value if isinstance(value, str | int | float | None) else str(value)
        for name, value in one.values.items()
    }
    where = [place.path, place.line, place.column, place.cell]
    return [one.kind, one.message, where, one.hint, one.severity, values]


def _problem(held: Any) -> Problem:
    kind, message, where, hint, severity, values = held
    return Problem(kind, message, Place(*where), hint, severity, values)
