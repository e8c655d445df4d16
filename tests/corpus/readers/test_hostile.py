# ruff: noqa: E501  (XML is easier to read unbroken)
"""Files made to harm, or harmed on the way: one problem each, in little time and memory."""

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.corpus import guard
from qualcode.corpus.readers import ReadOptions, read_extracts, readers
from qualcode.registry import Registry

ZIPPED = ("x.docx", "x.odt", "x.epub", "x.xlsx")
MAIN = {
    "x.docx": "word/document.xml",
    "x.odt": "content.xml",
    "x.epub": "META-INF/container.xml",
    "x.xlsx": "xl/workbook.xml",
}


@pytest.mark.parametrize("name", ZIPPED)
def test_a_zip_bomb_is_refused_at_once(refused, name: str) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(MAIN[name], "w") as member,
    ):
        for _ in range(210):
            member.write(b"\0" * 1_000_000)
    began = time.monotonic()
    assert refused(stream.getvalue(), name).kind == "too-large"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("name", ["x.docx", "x.odt", "x.epub"])
def test_a_part_larger_than_any_text_is_not_read_whole(refused, zipped, monkeypatch, name: str) -> None:
    monkeypatch.setattr(guard, "MAX_TEXT", 10_000)
    assert refused(zipped({MAIN[name]: b"<a>" + b" " * 50_000 + b"</a>"}), name).kind == "too-large"


@pytest.mark.parametrize("name", ZIPPED)
@pytest.mark.parametrize(
    "xml",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://localhost/x.dtd"><a/>',
    ],
)
def test_entities_and_document_types_are_refused(refused, zipped, name: str, xml: str) -> None:
    assert refused(zipped({MAIN[name]: xml}), name).kind in ("unsafe-xml", "damaged-file")


def test_entities_in_a_chapter_open_nothing(refused, epub) -> None:
    chapter = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>a&x;</p></body></html>'
    book = epub({"a.xhtml": ""}, **{"OPS/text/a.xhtml": chapter})
    assert refused(book, "x.epub").kind == "unsafe-xml"


@pytest.mark.parametrize("name", ZIPPED)
@pytest.mark.parametrize("member", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a/../../b", "..\\x"])
def test_members_that_lead_out_are_refused(refused, zipped, name: str, member: str) -> None:
    assert refused(zipped({MAIN[name]: "<a/>", member: "x"}), name).kind == "unsafe-archive"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ZIPPED)
def test_a_member_that_is_there_twice_is_refused(refused, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(MAIN[name], "<a/>")
        archive.writestr(MAIN[name], "<b/>")
    assert refused(stream.getvalue(), name).kind == "unsafe-archive"


@pytest.mark.parametrize("name", ZIPPED)
def test_xml_nested_too_deep_is_refused(refused, zipped, name: str) -> None:
    assert refused(zipped({MAIN[name]: "<a>" * 100_000}), name).kind == "damaged-file"


@pytest.mark.parametrize("name", ZIPPED)
@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 18],
)
def test_what_is_no_archive_is_one_error(refused, name: str, data: bytes) -> None:
    assert refused(data, name).kind in ("damaged-file", "no-text")


@pytest.mark.parametrize("name", ZIPPED)
def test_a_locked_office_file_is_named_so(refused, name: str) -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, name).kind == "locked-file"


def test_a_chapter_outside_the_book_is_not_opened(read, epub, zipped) -> None:
    package = (
        '<package xmlns="x"><manifest><item id="a" href="../../../etc/passwd" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    extracts, problems = read(epub({"a.xhtml": "<p>x</p>"}, **{"OPS/book.opf": package}), "x.epub")
    assert extracts == []
    assert {p.kind for p in problems} == {"damaged-file", "no-text"}


@pytest.mark.parametrize("form", ["docx", "odt", "epub", "html", "rtf", "srt", "vtt"])
@given(data=st.data())
@settings(max_examples=25)
def test_a_file_harmed_on_the_way_is_read_or_is_a_problem(real_data, form: str, data: st.DataObject) -> None:
    whole = (real_data / "import_formats" / f"zh_interview.{form}").read_bytes()
    harmed = bytearray(whole[: data.draw(st.integers(len(whole) // 2, len(whole)), label="length")])
    for _ in range(data.draw(st.integers(0, 8), label="changes")):
        harmed[data.draw(st.integers(0, len(harmed) - 1))] = data.draw(st.integers(0, 255))
    extracts, problems = read_extracts(bytes(harmed), f"x.{form}", ReadOptions())
    assert extracts or problems


# Every reader but the one that asks another process.
HERE = sorted(set(readers) - {".pdf"})


@pytest.mark.parametrize("extension", HERE)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda s: s.encode("utf-8", "ignore"))))
@settings(max_examples=25)
def test_any_bytes_are_read_or_are_a_problem(extension: str, data: bytes) -> None:
    extracts, problems = read_extracts(data, "x" + extension, ReadOptions())
    assert extracts or problems


SNIPPETS = (
    *("<w:p>", "<p>", "</p>", "<td>", "<tr>", "<table>", "<li>", "<!--", "-->", "&lt;", "&#x0;"),
    *("<br>", "<pre>"),
    *("00:00:01.000 --> 00:00:02.000\n", "\n\n", "text,speaker\n", "<v A>", "</v>", "WEBVTT\n", "NOTE\n", "1\n", '"', ",", ";"),
    *("{\\rtf1 ", "}", "\\u25968?", "\\'bc", "\\par ", "\\cell", "\\row ", "\\outlinelevel1 "),
    *("{", "---\n", "a: b\n", "# "),
    *("数据", "不给。", "　", "\ufeff", "\x00", "\u2028", "⼯", "𠮷", "\r\n", "|", "sep=;\n"),
)  # fmt: skip


@pytest.mark.parametrize("extension", [".txt", ".md", ".html", ".rtf", ".srt", ".vtt", ".csv", ".tsv"])
@given(st.lists(st.sampled_from(SNIPPETS), max_size=30))
def test_any_mixture_of_syntax_keeps_the_laws_of_extracts(extension: str, parts: list[str]) -> None:
    head = {".rtf": "{\\rtf1 ", ".vtt": "WEBVTT\n\n"}.get(extension, "")
    extracts, problems = read_extracts((head + "".join(parts)).encode(), "x" + extension, ReadOptions())
    assert extracts or problems
    for extract in extracts:
        at = 0
        for block in extract.blocks:
            assert at <= block.span.start < block.span.end
            assert not extract.text[at : block.span.start].strip()
            at = block.span.end
        assert not extract.text[at:].strip()


def test_every_reader_is_listed_documented_and_has_its_extension() -> None:
    assert isinstance(readers, Registry)
    for extension, reader in readers.items():
        module = __import__(reader.__module__, fromlist=["extensions"])
        assert extension in module.extensions
        assert module.__doc__
        assert extension in module.__doc__


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.txt", b" " * 500_000 + b"x\nx"),
        ("x.md", b"<!--" * 50_000),
        ("x.html", b"<!DOCTYPE" * 50_000),
        ("x.html", b"<br>a" * 20_000),
        ("x.rtf", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * 10_000 + b"}"),
        ("x.rtf", b"{\\rtf1 {\\fonttbl" + b"\\f1 \\fcharset" * 20_000 + b"}}"),
        ("x.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 50_000),
        ("x.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<rt>" * 50_000),
        ("x.csv", b'text,speaker\n"' + b"a,b\n" * 100_000),
    ],
)
def test_no_file_takes_more_than_its_time(read, name: str, data: bytes) -> None:
    began = time.monotonic()
    extracts, problems = read(data, name)
    assert extracts or problems
    assert time.monotonic() - began < 10  # what takes quadratic time takes minutes
