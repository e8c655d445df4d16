"""Open what strangers packed: zip archives and XML, without unpacking to disk, with bounds.

A file that cannot be read is one `Problem`, carried by `Unreadable` from wherever it was found to the edge of
its reader, where `guarded` turns it into the reader's answer. Refused are: archives that would unfold beyond
`MAX_TOTAL`, members with a path that leads out or that are there twice, encrypted members, XML with entities
of its own, and XML nested too deep for a person to have written it (lxml stops at 256).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from qualcode.corpus.extract import Extract, ReadOptions
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    from lxml.etree import _Element

Reader = Callable[[bytes, str, ReadOptions], tuple[list[Extract], list[Problem]]]

MAX_TOTAL = 200_000_000  # bytes an archive may unfold to
MAX_TEXT = 40_000_000  # bytes of one member that is read whole; Word writes 2 MB for a long book
MAX_MEMBERS = 10_000
_REPAIR = "open it in the program it was made with and save it again; if that fails, get a new copy"


_ZIP_ERRORS = (
    KeyError,  # the member is missing
    RuntimeError,  # it is encrypted
    NotImplementedError,  # compressed in a way of its own
    *(zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError),
)


class Unreadable(Exception):  # noqa: N818 (it is an answer, not a fault)
    """This file cannot be read; the problem says why and what to try."""

    def __init__(self, found: Problem) -> None:
        super().__init__(str(found))
        self.problem = found


def guarded(reader: Reader) -> Reader:
    """Let a reader raise `Unreadable` inside and still answer with problems outside."""

    @wraps(reader)
    def read(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
        try:
            return reader(data, name, options)
        except Unreadable as refused:
            return [], [refused.problem]

    return read


class Archive:
    """A zip archive read by member name, never extracted.

    Raises `Unreadable` when the bytes are no zip archive or not a safe one.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.place = Place(name)
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Unreadable(
                problem(
                    "locked-file",
                    self.place,
                    "the file is locked with a password, or is an old Office file with a new name",
                    hint="open it, remove the password and save it in the current format",
                )
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise Unreadable(self._damaged()) from error
        names = [m.filename for m in members]
        total = sum(m.file_size for m in members)
        if len(members) > MAX_MEMBERS or total > MAX_TOTAL:
            raise Unreadable(
                problem(
                    "too-large",
                    self.place,
                    "the file would unfold to {size} MB in {n} parts, more than the {limit} MB allowed",
                    hint="if it is what you think it is, remove the pictures and save it again",
                    size=total // 1_000_000,
                    n=len(members),
                    limit=MAX_TOTAL // 1_000_000,
                )
            )
        bad = [n for n in names if _leads_out(n)]
        twice = sorted({n for n in names if names.count(n) > 1}) if len(set(names)) < len(names) else []
        if bad or twice:
            raise Unreadable(
                problem(
                    "unsafe-archive",
                    self.place,
                    "the file holds a part with a name that no office program writes: {member}",
                    hint="open it and save it again as a new file, if you trust where it comes from",
                    member=(bad or twice)[0][:80],
                )
            )
        self.names = frozenset(names)

    def __contains__(self, member: str) -> bool:
        return member in self.names

    def read(self, member: str) -> bytes:
        """Return one member, at most `MAX_TEXT` bytes of it; a damaged or missing one is `Unreadable`."""
        try:
            with self._zip.open(member) as stream:
                data = stream.read(MAX_TEXT + 1)
        except _ZIP_ERRORS as error:
            raise Unreadable(self._damaged()) from error
        if len(data) > MAX_TEXT:
            raise Unreadable(
                problem(
                    "too-large",
                    self.place,
                    "its part {member} is larger than {limit} MB",
                    hint="split the document",
                    member=member,
                    limit=MAX_TEXT // 1_000_000,
                )
            )
        return data

    def xml(self, member: str) -> _Element:
        """Return the root of one member read as XML."""
        return parse_xml(self.read(member), self.place)

    def optional_xml(self, member: str) -> _Element | None:
        """The same, None where the member is not there."""
        return self.xml(member) if member in self.names else None

    def refuse_doctypes(self) -> None:
        """Raise `Unreadable` where any XML member has a document type; for parsers that are not ours."""
        for member in sorted(self.names):
            if member.lower().endswith((".xml", ".rels", ".vml")):
                last = b""
                for chunk in self._chunks(member):
                    if b"<!DOCTYPE" in (last + chunk).replace(b"\0", b""):
                        raise Unreadable(_unsafe(self.place))
                    last = chunk[-32:]

    def _chunks(self, member: str) -> Iterator[bytes]:
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(1 << 20):
                    yield chunk
        except _ZIP_ERRORS as error:
            raise Unreadable(self._damaged()) from error

    def _damaged(self) -> Problem:
        return problem(
            "damaged-file",
            self.place,
            "the file is damaged or is not what its extension says",
            hint=_REPAIR,
        )


def parse_xml(data: bytes, place: Place, *, doctype: bool = False) -> _Element:
    """Return the root of an XML document; nothing outside it is ever opened.

    `doctype` allows a document type without definitions of its own, as XHTML has. Raises `Unreadable`.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(
            problem(
                "damaged-file",
                place,
                "the file is damaged: {error}",
                hint=_REPAIR,
                error=str(error)[:160],
            )
        ) from error
    if _defines(root, doctype=doctype):
        raise Unreadable(_unsafe(place))
    return root


def _unsafe(place: Place) -> Problem:
    return problem(
        "unsafe-xml",
        place,
        "the file defines entities or a document type of its own, which no office program writes",
        hint="open it and save it again as a new file, if you trust where it comes from",
    )


def _defines(root: _Element, *, doctype: bool) -> bool:
    """Whether the document has a document type, or with `doctype` one that defines entities."""
    info: Any = root.getroottree().docinfo
    if info.internalDTD is not None and any(True for _ in info.internalDTD.iterentities()):
        return True
    return bool(info.doctype) and not doctype


def _leads_out(member: str) -> bool:
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in member.split("/")[0] or "\0" in member
