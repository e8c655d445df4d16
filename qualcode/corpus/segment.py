"""Cut a document into segments: the units that codes are given to.

Every non-blank character of body text lies in exactly one segment. Labels, timestamps, front matter and
furniture lie in none. Segments are in reading order, never overlap, never cross a turn, and are trimmed of
white space; `segment.text == document.text[segment.span.start:segment.span.end]`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.corpus.pieces import Pieces
from qualcode.corpus.segments import Segments, is_blank
from qualcode.corpus.stretches import Stretches
from qualcode.corpus.units import by_sentence, read_unit, sentences_of
from qualcode.model import Document
from qualcode.problems import Place, Problem, problem
from qualcode.text.characters import code_points
from qualcode.text.sentences import count_han

_LONG_SENTENCE = 60  # characters; a median above it means that the punctuation does not show sentences
_ENDLESS = 300  # characters of one sentence, where a document has no more than two


def segment_document(document: Document, unit: str = "sentence") -> tuple[Segments, list[Problem]]:
    """Cut a document into segments of one unit: sentence clause turn paragraph article window or window:k.

    A document without blocks is taken line by line, each line a paragraph. An empty document has no segments.
    A heading is a segment of kind `heading`; text that a unit does not reach (paragraphs outside turns or
    articles) is cut into paragraphs. A Chinese document whose median sentence is longer than 60 characters is
    named in a warning, and so is a document with words but no segment. Raises `UsageError` for an unknown
    unit.
    """
    return segment_documents([document], unit)[0]


def segment_documents(
    documents: Sequence[Document], unit: str = "sentence"
) -> list[tuple[Segments, list[Problem]]]:
    """Cut each of some documents into segments, as `segment_document` cuts it; quicker than one by one."""
    cut, size = read_unit(unit)
    texts, stretches = [document.text for document in documents], Stretches.of_each(documents)
    if cut is by_sentence:
        pieces = sentences_of(texts, stretches)
    else:
        pieces = [Pieces.of(cut(text, some, size)) for text, some in zip(texts, stretches, strict=True)]
    return [
        (Segments(document, some), _problems(document, some, unit))
        for document, some in zip(documents, pieces, strict=True)
    ]


def _problems(document: Document, pieces: Pieces, unit: str) -> list[Problem]:
    if not len(pieces):
        return _nothing_to_code(document)
    return _long_sentences(document, pieces) if unit == "sentence" or unit.startswith("window") else []


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


def _long_sentences(document: Document, pieces: Pieces) -> list[Problem]:
    """Name a Chinese document whose sentences are so long that codes in one no longer go together."""
    if "sentence" not in pieces.names:
        return []
    lengths = (pieces.ends - pieces.starts)[pieces.kinds == pieces.names.index("sentence")]
    if len(lengths) < 3 and max(lengths.tolist(), default=0) <= _ENDLESS:
        return []
    if 2 * int(np.count_nonzero(lengths <= _LONG_SENTENCE)) > len(lengths):
        return []
    if not _is_chinese(document.text[:20000]):
        return []
    middle = float(np.median(lengths))
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


def _is_chinese(text: str) -> bool:
    """Whether half of what is written, or more, is in Chinese characters."""
    if text.isascii():
        return not text.strip()
    codes = code_points(text)
    foreign = int(np.count_nonzero(codes > 0x7F))
    if 3 * foreign < len(codes) - int(np.count_nonzero(codes <= ord(" "))):
        return False  # were all of them letters, and the blanks of no other kind: still too few
    signs = len(codes) - int(np.count_nonzero(is_blank(codes)))
    return 2 * foreign >= signs and 2 * count_han(text) >= signs
