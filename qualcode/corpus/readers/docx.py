"""Read Word documents (.docx): all the text a reader of the page sees, once, in order.

In: paragraphs, tables (a block per row), text boxes (behind the paragraph they hang on), content controls,
smart tags, links, tracked insertions, automatic numbers, formulas as plain text. Footnotes and endnotes
become `note` blocks at the end. Comments are kept apart, each with what it hangs on. Out: tracked deletions,
hidden text, headers and footers, field codes, prompts of empty content controls; a table of contents is
`furniture`. Headings are known by their style (`heading 1`, `标题 1`, styles built on them) or outline level.

Refuses: a file with a password, a damaged one, a zip bomb, XML with entities of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.corpus.extract import Extract, Piece, ReadOptions, Remark, lay_out
from qualcode.corpus.guard import Archive, guarded
from qualcode.corpus.readers.docx_numbering import Numbering, read_numbering
from qualcode.corpus.readers.docx_styles import Style, read_styles
from qualcode.corpus.readers.pieces import furnished, row, split_breaks
from qualcode.corpus.readers.xmltext import attribute, child, local
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    from lxml.etree import _Element

extensions = (".docx",)

_SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "rt",
    }
)
_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@guarded
def read_docx(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one Word document into one extract."""
    archive = Archive(data, name)
    main = _main_part(archive)
    folder = main.rpartition("/")[0]
    body = child(archive.xml(main), "body")
    walker = _Walker(
        read_styles(archive.optional_xml(f"{folder}/styles.xml")),
        read_numbering(archive.optional_xml(f"{folder}/numbering.xml")),
    )
    if body is not None:
        walker.remarked = {attribute(e, "id") for e in body.iter("{*}commentRangeStart")}
        walker.blocks(body)
    notes = [
        piece
        for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote"))
        for piece in walker.notes(archive.optional_xml(f"{folder}/{part}.xml"), kind)
    ]
    extract = lay_out(
        [*walker.finished(), *notes],
        remarks=dict(_remarks(archive.optional_xml(f"{folder}/comments.xml"))),
        metadata=_core(archive.optional_xml("docProps/core.xml")),
    )
    if not extract.text:
        return [], [_no_text(name)]
    return [furnished(extract)], []


def _main_part(archive: Archive) -> str:
    """The member that holds the document; Word calls it word/document.xml, others may not."""
    relations = archive.optional_xml("_rels/.rels")
    if relations is not None:
        for relation in relations.iterchildren():
            if attribute(relation, "Type").endswith("/officeDocument"):
                return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


@dataclass(slots=True)
class _Line:
    """Text under way, and the ends of comments in it."""

    text: str = ""
    marks: list[tuple[str, int]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)

    def mark(self, key: str) -> None:
        self.marks.append((key, len(self.text)))


@dataclass(slots=True)
class _Walker:
    """Goes through a document once and collects its pieces."""

    styles: dict[str, Style]
    numbering: Numbering
    pieces: list[Piece] = field(default_factory=list)
    remarked: set[str] = field(default_factory=set)  # comments with a range; others hang on a point
    cited: list[tuple[str, str]] = field(default_factory=list)  # notes, in the order they are cited
    carried: _Line | None = None  # of a paragraph whose end was deleted; goes on in the next

    def finished(self) -> list[Piece]:
        if self.carried:
            self.pieces.append(Piece(self.carried.text, marks=tuple(self.carried.marks)))
            self.carried = None
        return self.pieces

    def blocks(self, element: _Element) -> None:
        """Walk what holds paragraphs and tables."""
        for part in _parts(element):
            match local(part):
                case "p":
                    self.paragraph(part)
                case "tbl":
                    self.table(part)
                case "commentRangeStart" | "commentRangeEnd":
                    self._loose_mark(attribute(part, "id"))
                case _:
                    self.blocks(part)

    def paragraph(self, element: _Element) -> None:
        line, self.carried = self.carried or _Line(), None
        before = len(line.text)
        self.inline(element, line)
        style = self._style(element)
        if line.text[before:].strip() and style.list_id:
            number = self.numbering.next(style.list_id, style.list_level)
            line.marks = [(key, at + len(number) * (at >= before)) for key, at in line.marks]
            line.text = line.text[:before] + number + line.text[before:]
        if self._end_deleted(element):
            self.carried = line
            return
        kind, level = style.kind()
        piece = Piece(line.text, kind, level, marks=tuple(line.marks))
        self.pieces.extend(split_breaks(piece))
        for box in line.boxes:
            self.blocks(box)

    def inline(self, element: _Element, line: _Line) -> None:
        """Walk what holds text."""
        for part in _parts(element):
            name = local(part)
            if name == "t":
                line.text += part.text or ""
            elif name in _TEXT:
                line.text += _TEXT[name]
            elif name == "r" and _hidden(part):
                continue
            elif name == "txbxContent":
                line.boxes.append(part)
            elif name in ("footnoteReference", "endnoteReference"):
                self.cited.append((name.removesuffix("Reference"), attribute(part, "id")))
            elif name in ("commentRangeStart", "commentRangeEnd"):
                line.mark(attribute(part, "id"))
            elif name == "commentReference":
                if attribute(part, "id") not in self.remarked:
                    line.mark(attribute(part, "id"))
            else:
                self.inline(part, line)

    def table(self, element: _Element) -> None:
        for tr in _descendants(element, "tr"):
            cells: list[list[Piece]] = []
            for tc in _descendants(tr, "tc"):
                merged = child(child(tc, "tcPr"), "vMerge")
                if merged is not None and attribute(merged, "val") != "restart":
                    cells.append([])
                    continue
                outer, self.pieces = self.pieces, []
                self.blocks(tc)
                cells.append(self.finished())
                self.pieces = outer
            self.pieces.extend(row(cells))

    def notes(self, root: _Element | None, kind: str) -> Iterator[Piece]:
        """The cited notes of one kind, in order, as note pieces."""
        if root is None:
            return
        known = {attribute(e, "id"): e for e in root.iterchildren("{*}" + kind)}
        for cited, key in self.cited:
            if cited == kind and key in known:
                inner = _Walker(self.styles, self.numbering, remarked=self.remarked)
                inner.blocks(known[key])
                for piece in inner.finished():
                    yield replace(piece, kind="note", level=0)

    def _loose_mark(self, key: str) -> None:
        """A comment's end between two paragraphs: at the end of the one before."""
        if self.pieces:
            last = self.pieces[-1]
            self.pieces[-1] = replace(last, marks=(*last.marks, (key, len(last.text))))

    def _style(self, element: _Element) -> Style:
        properties = child(element, "pPr")
        if properties is None:
            return self.styles.get("", Style())
        named = child(properties, "pStyle")
        style_id = attribute(named, "val") if named is not None else ""
        style = self.styles.get(style_id, Style())
        if style_id in self.numbering.styles and not style.list_id:
            style = replace(style, list_id=self.numbering.styles[style_id][0])
        if style.list_id and style_id in self.numbering.styles:
            style = replace(style, list_level=self.numbering.styles[style_id][1])
        return style.with_properties(properties)

    def _end_deleted(self, element: _Element) -> bool:
        return child(child(child(element, "pPr"), "rPr"), "del") is not None


def _parts(element: _Element) -> Iterator[_Element]:
    """The children that count: of alternatives the first that is there, deletions and properties left out."""
    for part in element.iterchildren(tag="*"):
        name = local(part)
        if name in _SKIPPED:
            continue
        if name == "AlternateContent":
            chosen = child(part, "Choice")
            chosen = child(part, "Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from _parts(chosen)
        elif name == "sdt" and child(child(part, "sdtPr"), "showingPlcHdr") is not None:
            continue
        elif name == "ruby":
            base = child(part, "rubyBase")
            if base is not None:
                yield base
        else:
            yield part


def _descendants(element: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions around them."""
    for part in _parts(element):
        if local(part) == name:
            if name != "tr" or child(child(part, "trPr"), "del") is None:
                yield part
        elif local(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _descendants(part, name)


def _hidden(run: _Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _remarks(root: _Element | None) -> Iterator[tuple[str, Remark]]:
    if root is None:
        return
    for comment in root.iterchildren("{*}comment"):
        walker = _Walker({}, Numbering())
        walker.blocks(comment)
        text = "\n".join(piece.text.strip() for piece in walker.finished() if piece.text.strip())
        date = attribute(comment, "date")
        yield attribute(comment, "id"), Remark(attribute(comment, "author"), text, date)


def _core(root: _Element | None) -> dict[str, str]:
    """The title in the file's properties, unless a program made it up."""
    title = "" if root is None else (root.findtext("{*}title") or "").strip()
    made_up = re.fullmatch(r"(?i)microsoft word.*|无标题.*|untitled.*|document ?\d*|文档 ?\d*", title)
    return {"title": title} if title and not made_up else {}


def _no_text(name: str) -> Problem:
    return problem(
        "no-text",
        Place(name),
        "the document holds no text",
        hint="if it holds pictures of pages, recognise their text and save it as .txt",
    )
