"""What a reader hands back: the text of one document as laid out in its file, before anybody is heard in it.

`Extract.text` is repaired (`qualcode.text.repair`) and never changes again. For plain text and Markdown it is
the whole file, its YAML head, labels and blank lines included; for other formats it is the paragraphs joined
by line breaks. `Extract.blocks` say how it is laid out: in order, disjoint, without white space at their
ends, and together they hold every non-blank character.

Readers of formats that are not plain text collect `Piece`s and call `lay_out`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.corpus.layout import Row, Spread
from qualcode.model import BlockKind, Comment, Span
from qualcode.text.repair import add_counts, repair

if TYPE_CHECKING:
    from qualcode.yamlnodes import Node


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a researcher can say about files that do not speak for themselves.

    `encoding` names the encoding of text files ("": find out). `columns` maps what qualcode looks for in a
    table (text, speaker, time, document, or any metadata key) to the column's own name. `sheet` names the
    worksheet of a workbook ("": the first with rows).
    """

    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    pdf_seconds: float = 120.0  # a PDF that takes longer is one failed document


@dataclass(frozen=True, slots=True)
class Laid:
    """A stretch of the text as laid out.

    `speaker` and the times (HH:MM:SS) are set only where the format itself says them: `<v Name>`, a column
    of a table, the times of a subtitle. Blocks with one are one utterance each.
    """

    span: Span
    kind: BlockKind = "paragraph"
    level: int = 0  # of a heading or list item, 1 is outermost; 0: not said
    speaker: str = ""
    time: str = ""
    time_end: str = ""


class Layout(Spread[Laid]):
    """Stretches of a text as laid out, kept as columns, where the format says nothing of who speaks and when.

    Who fills it gives stretches in reading order, without white space at their ends.
    """

    __slots__ = ()

    def _make(self, n: int) -> Laid:
        return Laid(*self._at(n))


def laid_rows(blocks: Sequence[Laid]) -> Iterator[Row]:
    """Start, end, kind and level of each stretch."""
    if isinstance(blocks, Layout):
        return blocks.rows()
    return ((*laid.span, laid.kind, laid.level) for laid in blocks)


def laid_columns(blocks: Sequence[Laid]) -> tuple[list[int], list[int], list[BlockKind], list[int]]:
    """Starts, ends, kinds and levels of the stretches."""
    if isinstance(blocks, Layout):
        return blocks.columns()
    spans = [laid.span for laid in blocks]
    kinds, levels = [laid.kind for laid in blocks], [laid.level for laid in blocks]
    return [span.start for span in spans], [span.end for span in spans], kinds, levels


def said_by_format(blocks: Sequence[Laid]) -> dict[int, Laid]:
    """The stretches, by their place, of which the format itself says who speaks or when."""
    if isinstance(blocks, Layout):
        return {}
    return {n: laid for n, laid in enumerate(blocks) if laid.speaker or laid.time}


@dataclass(frozen=True, slots=True)
class Extract:
    """One document as read from one file, or from one row or group of rows of a table (`name` says which)."""

    text: str
    blocks: Sequence[Laid] = ()
    name: str = ""
    encoding: str = ""
    repairs: Mapping[str, int] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    front: Node | None = None
    note: str = ""
    one_line: bool = False  # whether it is known that no block of body text has a line break in it

    def quote(self, block: Laid) -> str:
        return self.text[block.span.start : block.span.end]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment before its place in the whole text is known: offsets into one piece."""

    author: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, item, row or note as a reader found it, not yet repaired.

    `marks` place the ends of comments: (key of the remark, offset into `text`).
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    speaker: str = ""
    time: str = ""
    time_end: str = ""
    marks: tuple[tuple[str, int], ...] = ()


def lay_out(
    pieces: Iterable[Piece],
    *,
    remarks: Mapping[str, Remark] | None = None,
    metadata: Mapping[str, str] | None = None,
    encoding: str = "",
    name: str = "",
    repairs: Mapping[str, int] | None = None,
) -> Extract:
    """Repair the pieces, join them by line breaks and say where each came to lie; blank pieces fall out.

    A remark with two marks hangs on what lies between them, with one mark on that point, with none on the
    empty span at 0. Without any piece the text is empty.
    """
    counts: dict[str, int] = dict(repairs or {})
    parts: list[str] = []
    blocks: list[Laid] = []
    ends: dict[str, list[int]] = {}
    at = 0
    for piece in pieces:
        text, changed = repair(piece.text)
        add_counts(counts, changed)
        start = at + len(text) - len(text.lstrip())
        end = at + len(text.rstrip())
        for key, offset in piece.marks:
            ends.setdefault(key, []).append(min(at + len(repair(piece.text[:offset])[0]), at + len(text)))
        if start >= end:
            continue
        speaker = repair(piece.speaker)[0].strip()
        blocks.append(Laid(Span(start, end), piece.kind, piece.level, speaker, piece.time, piece.time_end))
        parts.append(text)
        at += len(text) + 1
    whole = "\n".join(parts)
    comments = []
    for key, remark in (remarks or {}).items():
        places = [min(p, len(whole)) for p in ends.get(key, [0])]
        span = Span(min(places), max(places))
        comments.append(Comment(span, repair(remark.author)[0], repair(remark.text)[0], remark.date))
    comments.sort(key=lambda c: c.span)
    return Extract(
        whole,
        tuple(blocks),
        name=name,
        encoding=encoding,
        repairs=counts,
        comments=tuple(comments),
        metadata={k: repair(v)[0].strip() for k, v in (metadata or {}).items() if v.strip()},
    )


def with_kinds(extract: Extract, kinds: Mapping[int, BlockKind]) -> Extract:
    """Return the extract with the kinds of some of its blocks, by index, replaced."""
    if not kinds:
        return extract
    blocks = tuple(
        replace(block, kind=kinds[i], level=0) if i in kinds else block
        for i, block in enumerate(extract.blocks)
    )
    return replace(extract, blocks=blocks)
