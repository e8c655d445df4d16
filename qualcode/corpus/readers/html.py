"""Read web pages (.html .htm .xhtml): the text of the page, block by block.

Headings, paragraphs, list items and table rows are kept; scripts, styles, navigation, the page's header and
footer, forms and hidden parts are left out. The encoding is the one the bytes show, else the one the page
declares. The title is the page's `ArticleTitle` (official sites have one) or `<title>`.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from qualcode.corpus.encoding import Decoded, decode
from qualcode.corpus.extract import Extract, ReadOptions, lay_out
from qualcode.corpus.guard import Unreadable, guarded
from qualcode.corpus.readers.markup import markup_pieces
from qualcode.corpus.readers.pieces import furnished
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    from lxml.etree import _Element

extensions = (".html", ".htm", ".xhtml")

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# Bounded, so that a page of nothing but openings takes no longer than any other.
_DEFINITIONS = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?<!DOCTYPE[^>\[]{0,500}\[.{0,100000}?\]\s{0,20}>",
    re.DOTALL | re.IGNORECASE,
)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")


@guarded
def read_html(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one page into one extract."""
    decoded = _decode(data, name, options)
    problems = list(decoded.problems)
    if decoded.text is None:
        return [], problems
    root = parse_html(decoded.text, Place(name))
    pieces = [] if root is None else markup_pieces(root)
    title = "" if root is None else _title(root)
    extract = lay_out(pieces, metadata={"title": title}, encoding=decoded.encoding)
    if not extract.text:
        empty = problem(
            "no-text",
            Place(name),
            "the page holds no text of its own",
            hint="if a program writes its text, open it in a browser and save what you see as text or PDF",
        )
        return [], [*problems, empty]
    return [furnished(extract)], problems


def parse_html(text: str, place: Place) -> _Element | None:
    """Return the root of a page, None for one without any element. Raises `Unreadable` for absurd nesting."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    clean = _DEFINITIONS.sub("", text, count=1)
    clean = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f]", "", clean)
    try:
        root = etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable(
            problem(
                "damaged-file",
                place,
                "the page is nested too deep to be read",
                hint="open it in a browser and save what you see as text or PDF",
            )
        )
    return root


def _decode(data: bytes, name: str, options: ReadOptions) -> Decoded:
    declared = _CHARSET.search(data[:8192]) or _XML.search(data[:200])
    if options.encoding or declared is None or data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        return decode(data, name, encoding=options.encoding)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return decode(data, name)
    charset = declared[1].decode("ascii").lower()
    try:
        codecs.lookup(charset)
        known = charset not in ("utf-8", "utf8")  # it is not, we just tried
    except LookupError:
        known = False
    return decode(data, name, encoding=charset if known else "")


def _title(root: _Element) -> str:
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in ("articletitle", "og:title"):
            return meta.get("content") or ""
    title = next(root.iter("title"), None)
    return " ".join((title.text or "").split()) if title is not None else ""
