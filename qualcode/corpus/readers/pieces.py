"""What readers of laid-out formats do alike with the pieces they find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.corpus.extract import Extract, Piece, with_kinds
from qualcode.corpus.readers.furniture import furniture
from qualcode.corpus.readers.wrapping import starts_anew

# The end of a sentence, or of a line like `张处长 00:12:31` that stands above what is said.
_ENDED = re.compile(r"(?:[。！？!?.…：:；;][\"'”’」』）)]*|\d{1,2}:\d{2}[)）\]】]?)\s*$")


def furnished(extract: Extract) -> Extract:
    """Mark the paragraphs that are page numbers, 抄送 lines and their like as furniture."""
    texts = [extract.quote(block) if block.kind in ("paragraph", "item") else "" for block in extract.blocks]
    return with_kinds(extract, dict.fromkeys(sorted(furniture(texts)), "furniture"))


def split_breaks(piece: Piece) -> list[Piece]:
    """Cut a piece at those soft line breaks that people meant as the end of a paragraph.

    Text copied from a web page or a chat has soft breaks between its paragraphs: a break behind the end of a
    sentence or a time, or before a label or number, ends one; any other stays inside. Headings stay whole.
    """
    if "\n" not in piece.text or piece.kind == "heading":
        return [piece]
    cuts = [0]
    lines = piece.text.split("\n")
    at = 0
    for before, after in pairwise(lines):
        at += len(before) + 1
        if not before.strip() or not after.strip() or _ENDED.search(before[-20:]) or starts_anew(after):
            cuts.append(at)
    if len(cuts) == 1:
        return [piece]
    ends = [*(cut - 1 for cut in cuts[1:]), len(piece.text)]
    marks = sorted(piece.marks, key=lambda mark: mark[1])
    result = []
    for start, end in zip(cuts, ends, strict=True):
        n = len(marks) if end == len(piece.text) else sum(place <= end for _, place in marks)
        inside = tuple((key, max(at - start, 0)) for key, at in marks[:n])
        marks = marks[n:]
        result.append(replace(piece, text=piece.text[start:end], marks=inside))
    return result


def row(cells: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Make pieces of one row of a table, given the pieces in each of its cells.

    A row of single paragraphs is one `row`, its cells held apart by tabs. Where a cell holds more, the table
    was made for its layout, and the pieces stay what they are; so do those of a row with one cell filled.
    """
    filled = [[piece for piece in cell if piece.text.strip()] for cell in cells]
    if sum(bool(cell) for cell in filled) <= 1 or any(len(cell) > 1 for cell in filled):
        return [piece for cell in cells for piece in cell]
    text = ""
    marks: list[tuple[str, int]] = []
    for cell in cells:
        text += "\t" if cell is not cells[0] else ""
        for piece in cell:
            indent = len(piece.text) - len(piece.text.lstrip())
            marks += [(key, len(text) + max(at - indent, 0)) for key, at in piece.marks]
            text += piece.text.strip().replace("\t", " ")
    return [Piece(text, "row", marks=tuple(marks))]
