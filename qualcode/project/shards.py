"""Shards: the finished results of a few files, as one file that is whole or is not there.

    with ShardWriter(folder) as out: ...      ->   <key>.shard
    shard = read_shard(path)                  ->   None where it is torn, damaged or no shard

A shard holds the rows of its documents as the very bytes of the result tables, document after document and
in each table after table, then an index (JSON) with what else is to be known of each, then the length of the
index and a digest of all of it. It is written under another name, synced, and renamed. Nothing in it is code:
a shard that somebody else put there can be wrong, but it cannot run.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from qualcode.columns import TABLES as COLUMNS
from qualcode.corpus.duplicates import Sketch
from qualcode.csvlines import Rows, csv_blocks
from qualcode.output.csvfile import encoded
from qualcode.problems import Place, Problem

if TYPE_CHECKING:
    from qualcode.project.manifest import Fingerprint

TABLES = ("documents", "segments", "coded_segments", "matches")
MAGIC = b"qualcode shard 1\n"
ENDING = ".shard"
_TAIL = struct.Struct("<Q16s")  # length of the index, digest
_KINDS = {table: tuple(column.type for column in COLUMNS[table]) for table in TABLES}
_PIECE = 1 << 20


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
    sketch: Sketch | None = None
    lengths: tuple[int, ...] = (0, 0, 0, 0)  # bytes of rows, by table


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

    def copy(self, piece: Piece, into: Sequence[IO[bytes]], wanted: Sequence[bool]) -> None:
        """Append the rows of a file's documents to the four tables, leaving out those not wanted."""
        with self.path.open("rb") as stream:
            stream.seek(piece.start)
            for entry, keep in zip(piece.entries, wanted, strict=True):
                for table, length in zip(into, entry.lengths, strict=True):
                    if keep:
                        _pass_on(stream, table, length)
                    else:
                        stream.seek(length, os.SEEK_CUR)


def _pass_on(source: IO[bytes], goal: IO[bytes], length: int) -> None:
    while length:
        held = source.read(min(length, _PIECE))
        if not held:
            raise OSError("a shard ended early")
        goal.write(held)
        length -= len(held)


class ShardWriter:
    """Writes one shard. Left by an error it leaves nothing behind; left well, the shard stands whole."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}{ENDING}"
        self._aside = folder / f"{name}.{uuid4().hex}.tmp"
        self._pieces: list[dict[str, object]] = []

    def __enter__(self) -> ShardWriter:
        self._file = self._aside.open("wb")
        self._digest, self._size = hashlib.blake2b(digest_size=16), 0
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

    def document(self, entry: Entry) -> None:
        """End a document: its rows were written before, in the order of `TABLES`."""
        entries: Any = self._pieces[-1]["entries"]
        entries.append(_plain(entry))

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
                self._file.write(_TAIL.pack(len(index), self._digest.digest()))
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
        self._digest.update(data)
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

    `check` compares the digest of all its bytes; without it only the index is looked at, which is enough for
    a shard that was written a moment ago.
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
            if check and _digest(stream, size - _TAIL.size) != wanted:
                return None
            stream.seek(size - _TAIL.size - length)
            return Shard(path, tuple(_pieces(json.loads(stream.read(length)))))
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return None


def _digest(stream: IO[bytes], length: int) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    stream.seek(0)
    while length > 0:
        held = stream.read(min(length, _PIECE))
        if not held:
            break
        found.update(held)
        length -= len(held)
    return found.digest()


def _pieces(index: Any) -> Iterator[Piece]:
    for piece in index:
        entries = tuple(_entry(held) for held in piece["entries"])
        yield Piece(str(piece["name"]), str(piece["key"]), entries, int(piece["start"]))


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
        hashes = base64.b64encode(entry.sketch.hashes.tobytes()).decode()
        known["sketch"] = [hashes, entry.sketch.bound]
    return {name: value for name, value in known.items() if value}


def _entry(held: Any) -> Entry:
    name, path = str(held.get("id", "")), str(held.get("path", ""))
    return Entry(
        id=name,
        path=path,
        repeats=str(held.get("repeats", "")),
        fingerprint=dict(held.get("fingerprint", {})),
        counts=Counter(held.get("counts", {})),
        codes=dict(held.get("codes", {})),
        problems=tuple(_problem(one) for one in held.get("problems", ())),
        sketch=_sketch(name, path, held["sketch"]) if "sketch" in held else None,
        lengths=tuple(int(n) for n in held.get("lengths", (0, 0, 0, 0))),
    )


def _sketch(name: str, path: str, held: Any) -> Sketch:
    import numpy as np

    hashes, bound = held
    return Sketch(name, path, np.frombuffer(base64.b64decode(hashes), dtype=np.uint64), int(bound))


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
