"""The units of coding, one function each: stretches of body text in, spans of segments out.

    sentence   (default) 。！？； and English full stops; never over the end of a paragraph
    clause     sentences, cut again after ，；：
    paragraph  a block of the source
    turn       all that somebody says under one label; text outside turns by paragraph
    article    a whole 第…条 with its paragraphs; text outside articles by paragraph
    window:k   consecutive tiles of k sentences (3 where k is not said) within one turn or one section

Headings and notes are segments of their own in every unit. A turn, article or window that something other
than body text lies in (a page number, a time) is cut there, so that no segment holds it.

A unit is a function `(text, stretches, size) -> pieces`, any iterable of `Piece`. To add one, list it in
`units`; an installed package can add one under the entry point group `qualcode.unit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from qualcode.corpus.pieces import Piece, Pieces
from qualcode.corpus.stretches import HEADING, Stretch, Stretches
from qualcode.model import Span
from qualcode.problems import UsageError
from qualcode.registry import Registry
from qualcode.text.sentences import clause_spans
from qualcode.text.stops import Bounds, Ints, sentence_bounds

__all__ = ["DEFAULT_WINDOW", "Piece", "Stretch", "Unit", "read_unit", "sentences_of", "units"]

DEFAULT_WINDOW = 3
_SENTENCE = ("sentence", "heading")

Unit = Callable[[str, Stretches, int], Iterable[Piece]]


def by_sentence(text: str, stretches: Stretches, size: int) -> Pieces:
    return sentences_of([text], [stretches])[0]


def sentences_of(texts: Sequence[str], stretches: Sequence[Stretches]) -> list[Pieces]:
    """Cut the stretches of each text into sentences, those of all texts together.

    No sentence reaches over the end of a stretch, so one text behind the other has the sentences of each.
    """
    if not texts:
        return []
    lows = np.array([0, *accumulate(map(len, texts))])
    edges = np.array([0, *accumulate(map(len, stretches))])
    texts_of = np.repeat(np.arange(len(texts)), np.diff(edges))
    starts = np.concatenate([some.starts for some in stretches]) + lows[texts_of]
    ends = np.concatenate([some.ends for some in stretches]) + lows[texts_of]
    headings = np.frombuffer(b"".join([some.kinds for some in stretches]), dtype=np.uint8) == HEADING
    found = _sentences("".join(texts), starts, ends, headings)
    cuts = found.owners.searchsorted(edges)
    texts_of = np.repeat(np.arange(len(texts)), np.diff(cuts))
    kinds = headings[found.owners].view(np.uint8)
    starts, ends = found.starts - lows[texts_of], found.ends - lows[texts_of]
    owners = found.owners - edges[texts_of]
    return [
        Pieces(some, starts[low:high], ends[low:high], owners[low:high], kinds[low:high], _SENTENCE)
        for some, (low, high) in zip(stretches, pairwise(cuts.tolist()), strict=True)
    ]


def _sentences(text: str, starts: Ints, ends: Ints, headings: NDArray[np.bool_]) -> Bounds:
    """The sentences of some stretches of a text; a heading is one whatever stands in it."""
    if not headings.any():
        return sentence_bounds(text, starts, ends)
    body, whole = np.flatnonzero(~headings), np.flatnonzero(headings)
    found = sentence_bounds(text, starts[body], ends[body])
    owners = np.concatenate([body[found.owners], whole])
    order = np.argsort(owners, kind="stable")
    return Bounds(
        np.concatenate([found.starts, starts[whole]])[order],
        np.concatenate([found.ends, ends[whole]])[order],
        owners[order],
    )


def by_clause(text: str, stretches: Stretches, size: int) -> Iterator[Piece]:
    for stretch in stretches:
        if stretch.kind == "heading":
            yield Piece(stretch.span, "heading", stretch)
        else:
            for start, end in clause_spans(text, *stretch.span):
                yield Piece(Span(start, end), "clause", stretch)


def by_paragraph(text: str, stretches: Stretches, size: int) -> Pieces:
    headings = np.frombuffer(stretches.kinds, dtype=np.uint8) == HEADING
    owners = np.arange(len(stretches))
    return Pieces(
        stretches,
        stretches.starts,
        stretches.ends,
        owners,
        headings.view(np.uint8),
        ("paragraph", "heading"),
    )


def by_turn(text: str, stretches: Stretches, size: int) -> Iterator[Piece]:
    paragraphs = by_paragraph(text, stretches, size)
    return _joined(text, paragraphs, "turn", lambda piece: piece.stretch.turn and piece.stretch.turn.number)


def by_article(text: str, stretches: Stretches, size: int) -> Iterator[Piece]:
    paragraphs = by_paragraph(text, stretches, size)
    return _joined(
        text,
        paragraphs,
        "article",
        lambda piece: (
            (piece.stretch.article, piece.stretch.section_number) if piece.stretch.article else None
        ),
    )


def by_window(text: str, stretches: Stretches, size: int) -> Iterator[Piece]:
    sentences = by_sentence(text, stretches, size)
    return _joined(text, sentences, "window", _turn_or_section, size=size)


units: Registry[Unit] = Registry(
    "unit",
    {
        "sentence": by_sentence,
        "clause": by_clause,
        "turn": by_turn,
        "paragraph": by_paragraph,
        "article": by_article,
        "window": by_window,
    },
)


def read_unit(name: str) -> tuple[Unit, int]:
    """Return the unit that a name such as `sentence` or `window:5` means, and the size of a window.

    Raises `UsageError` for a name that is none, and for a size that is no number from 1 on or is given to
    anything but a window.
    """
    family, colon, number = name.partition(":")
    unit = units[family]
    if not colon:
        return unit, DEFAULT_WINDOW
    if family != "window" or not number.isascii() or not number.isdigit() or int(number) < 1:
        raise UsageError(
            "{name!r} is no unit", hint="only a window has a size: window:3, window:5", name=name
        )
    return unit, int(number)


def _turn_or_section(piece: Piece) -> object:
    stretch = piece.stretch
    return ("turn", stretch.turn.number) if stretch.turn else ("section", stretch.section_number)


def _joined(
    text: str, pieces: Iterable[Piece], kind: str, key: Callable[[Piece], object], *, size: int = 0
) -> Iterator[Piece]:
    """Join neighbouring pieces of the same key, at most `size` of them (0: any number).

    Headings, notes and pieces whose key is None stay as they are. Pieces are neighbours when only white space
    lies between them.
    """
    held: list[Piece] = []
    for piece in pieces:
        own = key(piece) is None or piece.kind == "heading" or piece.stretch.kind == "note"
        if held and (
            own
            or key(piece) != key(held[0])
            or len(held) == size
            or text[held[-1].span.end : piece.span.start].strip()
        ):
            yield _one(held, kind)
            held = []
        if own:
            yield piece
        else:
            held.append(piece)
    if held:
        yield _one(held, kind)


def _one(held: Sequence[Piece], kind: str) -> Piece:
    return Piece(Span(held[0].span.start, held[-1].span.end), kind, held[0].stretch)
