"""Walk HTML as a reader sees it: blocks apart, inline text together, what frames the page left out.

Used for web pages and for the chapters of e-books.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from qualcode.corpus.extract import Piece
from qualcode.corpus.readers.pieces import row, split_breaks
from qualcode.corpus.readers.xmltext import attribute, local
from qualcode.model import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "footer",
        "head",
        "title",
        "button",
        "select",
        "option",
    }
    | {"textarea", "input", "iframe", "object", "embed", "canvas", "audio", "video", "svg", "rt", "rp", "map"}
    | {"datalist", "dialog"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "form", "header", "hgroup", "hr", "html", "legend", "li"}
    | {"main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"}
    | {"tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "dir", "listing", "xmp"}
)
_FRAMES = frozenset({"navigation", "banner", "contentinfo", "search", "doc-toc", "doc-pagelist"})
_POINTERS = frozenset({"doc-noteref", "doc-backlink", "noteref", "backlink"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")
# A line break in the source of a page between two Chinese characters is no space on the page.
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018\u2019\u201c\u201d\u2014\u2026"
_WRAPPED = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_BREAK = "\ue001"  # a <br> while white space is put in order


def markup_pieces(root: _Element) -> list[Piece]:
    """Return the pieces of a page or chapter in reading order; footnotes of an e-book are notes."""
    walker = _Walker()
    walker.element(root)
    walker.close()
    return walker.pieces


@dataclass(slots=True)
class _Walker:
    pieces: list[Piece] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0
    inside: int = 0  # how many <article>, <main> or <section> we are in: their <header> holds the title
    notes: int = 0
    verbatim: int = 0

    def element(self, element: _Element) -> None:
        name = local(element).lower()
        if not name:
            self.text.append(_entity(element))
            return
        if self._left_out(element, name):
            return
        if name == "br":
            self.text.append(_BREAK)
        elif name == "tr":
            self._row(element)
        elif name in _BLOCKS:
            self._block(element, name)
        else:
            self._children(element)

    def close(self) -> None:
        """End the paragraph under way."""
        text = "".join(self.text)
        self.text.clear()
        if not self.verbatim:
            text = _SPACE.sub(" ", _WRAPPED.sub("", text))
        text = re.sub(f" ?{_BREAK} ?", "\n", text)
        if text.strip():
            kind = "note" if self.notes else self.kind
            level = 0 if self.notes else self.level
            self.pieces.extend(split_breaks(Piece(text.strip(), kind, level)))

    def _block(self, element: _Element, name: str) -> None:
        self.close()
        before = (self.kind, self.level)
        lists = name in ("ul", "ol", "dl", "menu")
        inside = name in ("article", "main", "section")
        note = _is_note(element)
        self.lists += lists
        self.inside += inside
        self.notes += note
        self.verbatim += name == "pre"
        if re.fullmatch("h[1-6]", name):
            self.kind, self.level = "heading", int(name[1])
        elif name in ("li", "dd"):
            self.kind, self.level = "item", max(self.lists, 1)
        elif name in ("dt", "blockquote", "td", "th", "caption", "figcaption"):
            self.kind, self.level = "paragraph", 0
        self._children(element)
        self.close()
        self.kind, self.level = before
        self.lists -= lists
        self.inside -= inside
        self.notes -= note
        self.verbatim -= name == "pre"

    def _row(self, element: _Element) -> None:
        self.close()
        cells = []
        for cell in element.iterchildren(tag="*"):
            inner = _Walker(inside=self.inside, notes=self.notes)
            inner.element(cell)
            inner.close()
            cells.append(inner.pieces)
        self.pieces.extend(row(cells))

    def _children(self, element: _Element) -> None:
        self.text.append(element.text or "")
        for child in element.iterchildren():
            self.element(child)
            self.text.append(child.tail or "")

    def _left_out(self, element: _Element, name: str) -> bool:
        role = {attribute(element, "role"), attribute(element, "type") if name != "ol" else ""}
        pointer = name == "a" and (role & _POINTERS or "footnote-ref" in attribute(element, "class"))
        return bool(
            name in _LEFT_OUT
            or (name == "header" and not self.inside)
            or role & _FRAMES
            or pointer
            or element.get("hidden") is not None
            or attribute(element, "aria-hidden") == "true"
            or _HIDDEN.search(element.get("style") or "")
        )


def _is_note(element: _Element) -> bool:
    kinds = {*attribute(element, "role").split(), *attribute(element, "type").split()}
    return bool(
        kinds & {"footnote", "endnote", "footnotes", "endnotes", "rearnote", "doc-footnote", "doc-endnotes"}
    )


def _entity(node: _Element) -> str:
    """What an entity stands for that the parser did not put in; nothing for a comment."""
    name = getattr(node, "name", None)
    return chr(name2codepoint[name]) if name in name2codepoint else ""
