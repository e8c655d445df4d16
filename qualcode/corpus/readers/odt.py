"""Read OpenDocument texts (.odt), as LibreOffice and newer WPS write them.

In: headings, paragraphs, list items, table rows, text boxes, links, tracked insertions. Footnotes and
endnotes become `note` blocks at the end, comments are kept apart with what they hang on. Out: tracked
deletions, headers and footers, hidden text; tables of contents are `furniture`.

Refuses: a file with a password, a damaged one, a zip bomb, XML with entities of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.corpus.extract import Extract, Piece, ReadOptions, Remark, lay_out
from qualcode.corpus.guard import Archive, Unreadable, guarded
from qualcode.corpus.readers.pieces import furnished, row, split_breaks
from qualcode.corpus.readers.xmltext import attribute, child, local
from qualcode.model import BlockKind
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    from lxml.etree import _Element

extensions = (".odt",)

_SKIPPED = frozenset(
    {"tracked-changes", "note-citation", "sequence-decls", "forms", "ruby-text", "title", "desc"}
    | {"hidden-text", "hidden-paragraph", "variable-decls", "user-field-decls", "script", "soft-page-break"}
)
_CONTENTS = frozenset(
    {
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
    }
)


@guarded
def read_odt(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one OpenDocument text into one extract."""
    archive = Archive(data, name)
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise Unreadable(
            problem(
                "locked-file",
                Place(name),
                "the file is locked with a password",
                hint="open it, remove the password and save it again",
            )
        )
    root = archive.xml("content.xml")
    body = child(child(root, "body"), "text")
    walker = _Walker(_titles(root))
    if body is not None:
        walker.blocks(body)
    meta = archive.optional_xml("meta.xml")
    title = (meta.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "") if meta is not None else ""
    extract = lay_out([*walker.pieces, *walker.notes], remarks=walker.remarks, metadata={"title": title})
    if not extract.text:
        empty = problem("no-text", Place(name), "the document holds no text", hint="get a new copy")
        return [], [empty]
    return [furnished(extract)], []


@dataclass(slots=True)
class _Line:
    text: str = ""
    marks: list[tuple[str, int]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)


@dataclass(slots=True)
class _Walker:
    titles: dict[str, int]
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    remarks: dict[str, Remark] = field(default_factory=dict)
    lists: int = 0
    contents: int = 0
    number: str = ""  # of a list item, where the program wrote it down

    def blocks(self, element: _Element) -> None:
        """Walk what holds headings, paragraphs, lists and tables."""
        for part in element.iterchildren(tag="*"):
            name = local(part)
            if name in _SKIPPED:
                continue
            if name == "h":
                level = attribute(part, "outline-level")
                self._paragraph(part, "heading", int(level) if level.isdigit() else 1)
            elif name == "p":
                title = self.titles.get(attribute(part, "style-name"), 0)
                kind: BlockKind = "heading" if title else "item" if self.lists else "paragraph"
                self._paragraph(part, kind, title or self.lists)
            elif name == "number":
                self.number = (part.text or "").strip()
            elif name == "table":
                self._table(part)
            else:
                self.lists += name == "list"
                self.contents += name in _CONTENTS
                self.blocks(part)
                self.lists -= name == "list"
                self.contents -= name in _CONTENTS

    def _paragraph(self, element: _Element, kind: BlockKind, level: int) -> None:
        line = _Line()
        if self.number:
            line.text, self.number = self.number + " ", ""
        self._inline(element, line)
        if self.contents:
            kind, level = "furniture", 0
        self.pieces.extend(split_breaks(Piece(line.text, kind, level, marks=tuple(line.marks))))
        for box in line.boxes:
            self.blocks(box)

    def _inline(self, element: _Element, line: _Line) -> None:
        line.text += _spaces(element.text)
        for part in element.iterchildren():
            self._inline_part(part, line)
            line.text += _spaces(part.tail)

    def _inline_part(self, part: _Element, line: _Line) -> None:
        name = local(part)
        if name == "s":
            count = attribute(part, "c")
            line.text += " " * (min(int(count), 200) if count.isdigit() else 1)
        elif name == "tab":
            line.text += "\t"
        elif name == "line-break":
            line.text += "\n"
        elif name == "number":
            line.text += (part.text or "").strip() + " "
        elif name == "note":
            self._note(part)
        elif name == "annotation":
            self._remark(part, line)
        elif name == "annotation-end":
            line.marks.append((attribute(part, "name"), len(line.text)))
        elif name == "text-box":
            line.boxes.append(part)
        elif name and name not in _SKIPPED:
            self._inline(part, line)

    def _note(self, element: _Element) -> None:
        body = child(element, "note-body")
        if body is not None:
            inner = _Walker(self.titles)
            inner.blocks(body)
            self.notes.extend(Piece(piece.text, "note") for piece in inner.pieces)

    def _remark(self, element: _Element, line: _Line) -> None:
        key = attribute(element, "name") or f"#{len(self.remarks)}"
        inner = _Walker({})
        inner.blocks(element)
        said = [p.text.strip() for p in inner.pieces if p.text.strip()]
        author = element.findtext("{*}creator") or ""
        date = element.findtext("{*}date") or ""
        self.remarks[key] = Remark(author, "\n".join(said), date)
        line.marks.append((key, len(line.text)))

    def _table(self, element: _Element) -> None:
        for part in element.iterchildren(tag="*"):
            name = local(part)
            if name == "table-row":
                cells = []
                for cell in part.iterchildren("{*}table-cell"):
                    inner = _Walker(self.titles, notes=self.notes, remarks=self.remarks)
                    inner.blocks(cell)
                    cells.append(inner.pieces)
                self.pieces.extend(row(cells))
            elif name in ("table-header-rows", "table-rows", "table-row-group"):
                self._table(part)


def _spaces(text: str | None) -> str:
    """White space as the format means it: any run of it is one space; more are written as elements."""
    return re.sub("[ \t\r\n]+", " ", text or "")


def _titles(root: _Element) -> dict[str, int]:
    """Styles that are a title's (level 1) or a subtitle's (2), by name, automatic ones too."""
    titles = {"Title": 1, "Subtitle": 2, "标题": 1}
    automatic = child(root, "automatic-styles")
    if automatic is not None:
        for style in automatic.iterchildren("{*}style"):
            parent = attribute(style, "parent-style-name")
            if parent in ("Title", "Subtitle", "标题"):
                titles[attribute(style, "name")] = titles[parent]
    return titles
