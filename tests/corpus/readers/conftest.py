# ruff: noqa: E501  (XML is easier to read unbroken)
"""Small documents made by hand, in memory, and what is true of every extract."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from qualcode.corpus.extract import Extract
from qualcode.corpus.readers import ReadOptions, read_extracts
from qualcode.problems import Problem

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
ODF = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
    )
)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def holds(extract: Extract) -> Extract:
    """What is true of every extract: blocks in order, disjoint, trimmed, holding every non-blank character."""
    at = 0
    for block in extract.blocks:
        assert at <= block.span.start < block.span.end <= len(extract.text)
        assert not extract.text[at : block.span.start].strip()
        assert extract.quote(block) == extract.quote(block).strip()
        at = block.span.end
    assert not extract.text[at:].strip()
    for comment in extract.comments:
        assert 0 <= comment.span.start <= comment.span.end <= len(extract.text)
    return extract


@pytest.fixture(scope="session")
def zipped() -> Callable[[Mapping[str, str | bytes]], bytes]:
    return packed


@pytest.fixture(scope="session")
def read() -> Callable[..., tuple[list[Extract], list[Problem]]]:
    """Read bytes (or text, as UTF-8) by name, and hold every extract to the laws."""

    def read(data: bytes | str, name: str, **options: object) -> tuple[list[Extract], list[Problem]]:
        raw = data.encode() if isinstance(data, str) else data
        extracts, problems = read_extracts(raw, name, ReadOptions(**options))
        for extract in extracts:
            holds(extract)
        return extracts, problems

    return read


@pytest.fixture(scope="session")
def one(read: Callable[..., tuple[list[Extract], list[Problem]]]) -> Callable[..., Extract]:
    """Read what gives one extract and no problem."""

    def one(data: bytes | str, name: str, **options: object) -> Extract:
        extracts, problems = read(data, name, **options)
        assert [str(p) for p in problems] == []
        (extract,) = extracts
        return extract

    return one


@pytest.fixture(scope="session")
def laid() -> Callable[[Extract], list[tuple[str, str]]]:
    """An extract as a list of (kind, words)."""
    return lambda extract: [(block.kind, extract.quote(block)) for block in extract.blocks]


@pytest.fixture(scope="session")
def refused(read: Callable[..., tuple[list[Extract], list[Problem]]]) -> Callable[..., Problem]:
    """Read what gives nothing but one error."""

    def refused(data: bytes | str, name: str, **options: object) -> Problem:
        extracts, problems = read(data, name, **options)
        assert extracts == []
        (problem,) = problems
        assert problem.severity == "error"
        assert problem.hint
        return problem

    return refused


@pytest.fixture(scope="session")
def docx() -> Callable[..., bytes]:
    """Make a .docx of the XML inside <w:body>; keywords are further parts of word/, without .xml."""

    def docx(body: str, *, core: str = "", **parts: str) -> bytes:
        members = {"word/document.xml": f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>"}
        for name, content in parts.items():
            members[f"word/{name}.xml"] = f"<w:{name} {W}>{content}</w:{name}>"
        if core:
            members["docProps/core.xml"] = (
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
                f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{core}</dc:title></cp:coreProperties>'
            )
        return packed(members)

    return docx


@pytest.fixture(scope="session")
def odt() -> Callable[..., bytes]:
    """Make an .odt of the XML inside <office:text>."""

    def odt(body: str, styles: str = "") -> bytes:
        content = (
            f'<office:document-content {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
        return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})

    return odt


@pytest.fixture(scope="session")
def epub() -> Callable[..., bytes]:
    """Make an .epub of chapters (name, XHTML inside <body>) in the order of its spine."""

    def epub(chapters: Mapping[str, str], *, nav: str = "", **more: str) -> bytes:
        items = "".join(
            f'<item id="i{n}" href="text/{name}" media-type="application/xhtml+xml"/>'
            for n, name in reversed(list(enumerate(chapters)))
        )
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
        members = {
            "META-INF/container.xml": (
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
            ),
            "OPS/book.opf": (
                '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                "<metadata><dc:title>口述史</dc:title></metadata><manifest>"
                f'<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}'
                f'</manifest><spine><itemref idref="nav"/>{spine}</spine></package>'
            ),
            "OPS/nav.xhtml": f"<html><body><nav>{nav}</nav>{nav}</body></html>",
        }
        for name, body in chapters.items():
            members[f"OPS/text/{name}"] = (
                '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
                f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
            )
        members.update(more)
        return packed(members)

    return epub
