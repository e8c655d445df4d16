"""The body of a document as stretches: blocks, cut where turns begin and end, and what each stands under.

A document may have a million of them, so they are kept as columns of numbers; a `Stretch` is made when
somebody asks for one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from qualcode.corpus.articles import article_of, articles_of
from qualcode.corpus.body import BODY, CODES, HEADING, NOTE, Body, whole_bodies
from qualcode.corpus.layout import Row, rows_of, spans_of
from qualcode.model import BlockKind, Document, Span, Turn

__all__ = ["HEADING", "NOTE", "Stretch", "Stretches", "trimmed"]

_TELLING = re.compile(r"[第*A]")  # a block with another first character begins no article
_HEADINGS = re.compile(re.escape(bytes([HEADING])))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of body text, or the part of one that belongs to one turn, and what it stands under."""

    span: Span
    kind: BlockKind
    turn: Turn | None = None
    section: str = ""
    article: str = ""
    section_number: int = 0  # two sections may have the same name


class Stretches(Sequence[Stretch]):
    """Stretches in reading order, as columns; never changed once they are made.

    `turns` are positions in `document_turns` (-1: no turn), `sections` and `articles` positions in `names`.
    """

    __slots__ = (
        "_ends", "_starts", "articles", "document_turns", "kinds", "names", "numbers", "sections", "turns"
    )  # fmt: skip

    def __init__(self, document_turns: Sequence[Turn] = ()) -> None:
        self.document_turns = document_turns
        self._starts, self._ends = array("q"), array("q")
        self.kinds = bytearray()
        self.turns, self.sections, self.articles, self.numbers = (array("i") for _ in range(4))
        self.names: list[str] = [""]

    @classmethod
    def of(cls, document: Document) -> Stretches:
        """The body of a document; one without blocks is taken line by line, each line a paragraph."""
        return cls.of_each([document])[0]

    @classmethod
    def of_each(cls, documents: Sequence[Document]) -> list[Stretches]:
        """The body of each of some documents, as `of` gives it."""
        made = [cls(document.turns) for document in documents]
        able, body = whole_bodies(documents)
        for n in {*range(len(documents))}.difference(able):
            made[n]._fill_one_by_one(documents[n])
        if body is not None:
            for place, n in enumerate(able):
                made[n]._fill(documents[n], body, place)
        return made

    @classmethod
    def collect(cls, stretches: Iterable[Stretch]) -> Stretches:
        """The same stretches as columns."""
        turns: dict[int, Turn] = {}
        held = list(stretches)
        for stretch in held:
            if stretch.turn is not None:
                turns[stretch.turn.number] = stretch.turn
        made = cls(tuple(turns.values()))
        place = {number: n for n, number in enumerate(turns)}
        names = _Names(made.names)
        for stretch in held:
            turn = place[stretch.turn.number] if stretch.turn is not None else -1
            section, article = names(stretch.section), names(stretch.article)
            made._add(*stretch.span, CODES[stretch.kind], turn, section, article, stretch.section_number)
        return made

    @property
    def starts(self) -> NDArray[np.int64]:
        return np.frombuffer(self._starts, dtype=np.int64)

    @property
    def ends(self) -> NDArray[np.int64]:
        return np.frombuffer(self._ends, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, n: int) -> Stretch: ...
    @overload
    def __getitem__(self, n: slice) -> tuple[Stretch, ...]: ...
    def __getitem__(self, n: int | slice) -> Stretch | tuple[Stretch, ...]:
        if isinstance(n, slice):
            return tuple(self[i] for i in range(*n.indices(len(self))))
        turn = self.turns[n]
        return Stretch(
            Span(self._starts[n], self._ends[n]),
            BODY[self.kinds[n]],
            self.document_turns[turn] if turn >= 0 else None,
            self.names[self.sections[n]],
            self.names[self.articles[n]],
            self.numbers[n],
        )

    def _add(
        self, start: int, end: int, kind: int, turn: int, section: int, article: int, number: int
    ) -> None:
        self._starts.append(start)
        self._ends.append(end)
        self.kinds.append(kind)
        self.turns.append(turn)
        self.sections.append(section)
        self.articles.append(article)
        self.numbers.append(number)

    def _fill(self, document: Document, body: Body, place: int) -> None:
        mine = slice(body.edges[place], body.edges[place + 1])
        self._starts.frombytes(body.starts[mine].tobytes())
        self._ends.frombytes(body.ends[mine].tobytes())
        self.kinds += body.kinds[mine].tobytes()
        self.turns.frombytes(body.turns[mine].tobytes())
        if HEADING in self.kinds:
            self.numbers.frombytes(np.cumsum(body.kinds[mine] == HEADING, dtype=np.int32).tobytes())
        else:
            self.numbers.frombytes(bytes(4 * len(self)))
        self._name(document, body.firsts[place])

    def _name(self, document: Document, firsts: str) -> None:
        """Say under which section and article each stretch stands; `firsts` are their first characters."""
        text, starts, names = document.text, self._starts, _Names(self.names)
        headings = [found.start() for found in _HEADINGS.finditer(self.kinds)]
        titles = [names(" ".join(text[starts[i] : self._ends[i]].split())) for i in headings]
        self.sections.frombytes(_spread(titles, headings, len(self)))
        telling: list[int] = []
        if not document.turns and not document.metadata.is_talk:
            telling = [found.start() for found in _TELLING.finditer(firsts)]
        begun = articles_of(text, [starts[i] for i in telling])
        marked = dict.fromkeys(headings, 0)  # under a new heading there is no article yet
        marked |= {i: names(a) for i, a in zip(telling, begun, strict=True) if a and self.kinds[i] != NOTE}
        articles = sorted(marked.items()) if headings else marked.items()
        self.articles.frombytes(_spread([name for _, name in articles], [i for i, _ in articles], len(self)))

    def _fill_one_by_one(self, document: Document) -> None:
        text, turns = document.text, document.turns
        blocks = rows_of(document.blocks) if document.blocks else _lines(text)
        in_articles = not turns and not document.metadata.is_talk
        names = _Names(self.names)
        section = article = number = 0
        add = self._add
        starts, ends = spans_of(turns)
        position = 0  # of the first turn that may still reach into a block
        for start, end, kind, _ in blocks:
            if kind not in CODES:
                continue
            if kind == "heading":
                section, article = names(" ".join(text[start:end].split())), 0
                number += 1
            if in_articles and kind != "note" and (found := article_of(text, start)):
                article = names(found)
            if kind in {"heading", "note"}:
                add(start, end, CODES[kind], -1, section, article, number)
                continue
            while position < len(starts) and ends[position] <= start:
                position += 1
            if position < len(starts) and starts[position] < end:
                for first, last, turn in _by_turns(text, starts, ends, start, end, position):
                    add(first, last, CODES[kind], turn, section, article, number)
            elif (span := trimmed(text, start, end)) is not None:
                add(*span, CODES[kind], -1, section, article, number)


def _spread(numbers: list[int], marks: list[int], length: int) -> bytes:
    """Each number from its mark to before the next one, 0 before the first; as bytes of an array."""
    if not any(numbers):
        return bytes(4 * length)
    return np.repeat(np.array([0, *numbers], np.int32), np.diff([0, *marks, length])).tobytes()


class _Names(dict[str, int]):
    """Names by their place in a list that grows as new ones are met."""

    def __init__(self, names: list[str]) -> None:
        super().__init__((name, n) for n, name in enumerate(names))
        self._names = names

    __call__ = dict[str, int].__getitem__

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self._names)
        self._names.append(name)
        return number


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Take white space off both ends of `text[start:end]`; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _by_turns(
    text: str, starts: Sequence[int], ends: Sequence[int], at: int, until: int, position: int
) -> Iterator[tuple[int, int, int]]:
    """Cut `text[at:until]` where turns begin and end inside it; blank parts fall out."""
    while position < len(starts) and starts[position] < until:
        start, end = max(at, starts[position]), min(ends[position], until)
        if at < start and (found := trimmed(text, at, start)):
            yield *found, -1
        if found := trimmed(text, start, end):
            yield *found, position
        at = max(at, end)
        position += 1
    if at < until and (found := trimmed(text, at, until)):
        yield *found, -1


def _lines(text: str) -> Iterator[Row]:
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if span := trimmed(text, at, stop):
            yield *span, "paragraph", 0
        at = stop + 1
