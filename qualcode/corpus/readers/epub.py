"""Read e-books (.epub): the chapters in the order of the book, its table of contents left out.

Refuses: a locked (DRM) book, a damaged one, a zip bomb, XML with entities of its own.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qualcode.corpus.encoding import decode
from qualcode.corpus.extract import Extract, Piece, ReadOptions, lay_out
from qualcode.corpus.guard import Archive, Unreadable, guarded, parse_xml
from qualcode.corpus.readers.html import parse_html
from qualcode.corpus.readers.markup import markup_pieces
from qualcode.corpus.readers.pieces import furnished
from qualcode.corpus.readers.xmltext import attribute, child
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    from lxml.etree import _Element

extensions = (".epub",)


@guarded
def read_epub(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one book into one extract."""
    archive = Archive(data, name)
    package_name = _package_name(archive)
    package = archive.xml(package_name)
    locked = _locked(archive)
    problems: list[Problem] = []
    pieces: list[Piece] = []
    for href in _chapters(package):
        member = posixpath.normpath(posixpath.join(posixpath.dirname(package_name), unquote(href)))
        if member in locked:
            raise Unreadable(
                problem(
                    "locked-file",
                    Place(name),
                    "the book is locked (DRM)",
                    hint="only a copy without protection can be read",
                )
            )
        if member not in archive:
            problems.append(_missing(name, member))
            continue
        root = _chapter(archive.read(member), Place(name))
        if root is not None:
            pieces.extend(markup_pieces(root))
    title = package.findtext(".//{*}metadata/{*}title") or ""
    extract = lay_out(pieces, metadata={"title": title})
    if not extract.text:
        empty = problem("no-text", Place(name), "the book holds no text", hint="get a new copy")
        return [], [*problems, empty]
    return [furnished(extract)], problems


def _package_name(archive: Archive) -> str:
    container = archive.optional_xml("META-INF/container.xml")
    if container is not None:
        for found in container.iter("{*}rootfile"):
            return attribute(found, "full-path")
    packages = sorted(member for member in archive.names if member.endswith(".opf"))
    return packages[0] if packages else "META-INF/container.xml"


def _chapters(package: _Element) -> list[str]:
    """The hrefs of the chapters in reading order; the navigation is none."""
    items = {attribute(item, "id"): item for item in package.iter("{*}item")}
    spine = child(package, "spine")
    if spine is None:
        return []
    chapters = []
    for reference in spine.iterchildren("{*}itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        if "html" in attribute(item, "media-type"):
            chapters.append(attribute(item, "href"))
    return chapters


def _chapter(data: bytes, place: Place) -> _Element | None:
    """A chapter as XHTML; where it is not well-formed, as HTML."""
    try:
        return parse_xml(data, place, doctype=True)
    except Unreadable as refused:
        if refused.problem.kind == "unsafe-xml":
            raise
    decoded = decode(data, place.path)
    return parse_html(decoded.text, place) if decoded.text else None


def _locked(archive: Archive) -> frozenset[str]:
    """Members that are encrypted; fonts often are, chapters only in a locked book."""
    root = archive.optional_xml("META-INF/encryption.xml")
    if root is None:
        return frozenset()
    return frozenset(unquote(attribute(e, "URI")) for e in root.iter("{*}CipherReference"))


def _missing(name: str, member: str) -> Problem:
    return problem(
        "damaged-file",
        Place(name),
        "the book lacks its part {member}; the rest was read",
        hint="get a new copy",
        severity="warning",
        member=member,
    )
