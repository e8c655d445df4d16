"""Cut a document into segments: the units that codes are given to.

Every non-blank character of body text lies in exactly one segment. Labels, timestamps, front matter and
furniture lie in none. Segments are in reading order, never overlap, never cross a turn, and are trimmed of
white space; `segment.text == document.text[segment.span.start:segment.span.end]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from qualcode.corpus.articles import article_of
from qualcode.corpus.units import Piece, Stretch, read_unit
from qualcode.model import Block, BlockKind, Document, Segment, Span, Speaker, Turn
from qualcode.problems import Place, Problem, problem
from qualcode.text.sentences import is_han
from qualcode.text.words import count_signs

_NO_BODY: frozenset[BlockKind] = frozenset({"label", "front", "furniture"})
_LONG_SENTENCE = 60  # characters; a median above it means that the punctuation does not show sentences
_ENDLESS = 300  # characters of one sentence, where a document has no more than two


def segment_document(document: Document, unit: str = "sentence") -> tuple[tuple[Segment, ...], list[Problem]]:
    """Cut a document into segments of one unit: sentence clause turn paragraph article window or window:k.

    A document without blocks is taken line by line, each line a paragraph. An empty document has no segments.
    A heading is a segment of kind `heading`; text that a unit does not reach (paragraphs outside turns or
    articles) is cut into paragraphs. A Chinese document whose median sentence is longer than 60 characters is
    named in a warning, and so is a document with words but no segment. Raises `UsageError` for an unknown
    unit.
    """
    cut, size = read_unit(unit)
    stretches = list(_stretches(document))
    pieces = list(cut(document.text, stretches, size))
    speakers = {speaker.label: speaker for speaker in document.speakers}
    segments = tuple(
        _segment(document, piece, index, speakers) for index, piece in enumerate(pieces, start=1)
    )
    problems = _long_sentences(document, segments) if unit == "sentence" or unit.startswith("window") else []
    return segments, problems if segments else _nothing_to_code(document)


def _nothing_to_code(document: Document) -> list[Problem]:
    """Name a document with words of which none are body text."""
    if not document.text.strip():
        return []
    return [
        problem(
            "no-body",
            Place(document.source.path),
            "nothing in this document can be coded: all of it is head, labels or page furniture",
            hint="look at the text; a head between two lines of --- ends at the second",
            severity="warning",
        )
    ]


def _stretches(document: Document) -> Iterator[Stretch]:
    """The body of a document in reading order, cut at the ends of turns."""
    blocks: Sequence[Block] = document.blocks or list(_lines(document.text))
    in_articles = not document.turns and not document.metadata.is_talk
    section = article = ""
    number = 0
    position = 0  # of the first turn that may still reach into a block
    for block in blocks:
        if block.kind in _NO_BODY:
            continue
        if block.kind == "heading":
            section = " ".join(document.text[block.span.start : block.span.end].split())
            article = ""
            number += 1
        if in_articles and block.kind != "note":
            article = article_of(document.text[block.span.start : block.span.start + 40]) or article
        if block.kind in {"heading", "note"}:
            yield Stretch(block.span, block.kind, None, section, article, number)
            continue
        while position < len(document.turns) and document.turns[position].span.end <= block.span.start:
            position += 1
        for span, turn in _by_turns(document, block.span, position):
            yield Stretch(span, block.kind, turn, section, article, number)


def _by_turns(document: Document, span: Span, position: int) -> Iterator[tuple[Span, Turn | None]]:
    """Cut a block where turns begin and end inside it; blank parts fall out."""
    at = span.start
    while position < len(document.turns) and document.turns[position].span.start < span.end:
        turn = document.turns[position]
        start, end = max(at, turn.span.start), min(turn.span.end, span.end)
        if found := _trimmed(document.text, at, start):
            yield found, None
        if found := _trimmed(document.text, start, end):
            yield found, turn
        at = max(at, end)
        position += 1
    if found := _trimmed(document.text, at, span.end):
        yield found, None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _lines(text: str) -> Iterator[Block]:
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if span := _trimmed(text, at, stop):
            yield Block(span)
        at = stop + 1


def _segment(document: Document, piece: Piece, index: int, speakers: dict[str, Speaker]) -> Segment:
    stretch = piece.stretch
    turn = stretch.turn
    speaker = speakers.get(turn.speaker, Speaker(turn.speaker)) if turn else Speaker("", "", "")
    theirs = (
        turn is None or speaker.role == "respondent"
    )  # whose words the document's actor may be said to own
    return Segment(
        id=f"{document.id}:{index}",
        document_id=document.id,
        index=index,
        span=piece.span,
        text=document.text[piece.span.start : piece.span.end],
        kind=piece.kind,
        turn=turn.number if turn else 0,
        speech=turn.speech if turn else 0,
        speaker=turn.speaker if turn else "",
        role=speaker.role,
        role_source=speaker.role_source,
        actor=speaker.actor or (document.metadata.actor if theirs else ""),
        time=turn.time if turn else "",
        section=stretch.section,
        article=stretch.article,
    )


def _long_sentences(document: Document, segments: Sequence[Segment]) -> list[Problem]:
    """Name a Chinese document whose sentences are so long that codes in one no longer go together."""
    sentences = [s for s in segments if s.kind == "sentence"]
    if len(sentences) < 3 and max((len(s.text) for s in sentences), default=0) <= _ENDLESS:
        return []
    sample = document.text[:20000]
    if 2 * sum(map(is_han, sample)) < count_signs(sample):
        return []
    middle = median(len(s.text) for s in sentences)
    if middle <= _LONG_SENTENCE:
        return []
    return [
        problem(
            "long-sentences",
            Place(document.source.path),
            "half of the sentences are longer than {limit} characters (the median is {middle})",
            hint="code by clause (unit: clause), or give the transcript full stops",
            severity="warning",
            limit=_LONG_SENTENCE,
            middle=round(middle),
        )
    ]
