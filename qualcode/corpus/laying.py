"""Where the words of a text lie once its labels are known: turns, and blocks of body text.

All paragraphs up to the next label belong to the turn. In nearly every transcript a label begins its line or
is all of it: from the first label on, columns of blocks and turns are then made of columns of lines and
labels (`_side_by_side`). Any other text is laid out block by block.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, islice, pairwise, repeat
from operator import add, itemgetter, le, lt
from typing import NamedTuple

from qualcode.corpus.clock import clock_times
from qualcode.corpus.extract import Extract, Layout
from qualcode.corpus.frontlines import SIGNS_WITH, is_head_line, is_signature
from qualcode.corpus.labelled import BODY, Labelled, Lines
from qualcode.corpus.labels import Label
from qualcode.corpus.layout import Blocks, Row, Turns, woven
from qualcode.corpus.roles import label_key, without_numbers
from qualcode.model import BlockKind, Metadata

_NOT_SAID: frozenset[BlockKind] = frozenset({"heading", "note", "front"})
_SAID = BODY - _NOT_SAID
_LABEL: BlockKind = "label"
_SIGNED_WITHIN = 120  # characters of a line; none that a transcription program signs is longer


def lay_turns(
    text: str, lines: Lines, kept: Labelled, declared: Collection[str], *, stays: bool = False
) -> tuple[Blocks, Turns]:
    """Lay out a text with labels; with `stays` what is said before anybody speaks is body, not front matter.

    `declared` are the keys of labels that somebody declared: their numbers are not those of questions.
    """
    laying = _Laying(text, stays=stays)
    first = kept.places[0]
    laying.blocks(lines, 0, first, {})
    found = _side_by_side(text, lines, kept)
    if found is None:
        laying.blocks(lines, first, len(lines.starts), kept.of_blocks())
        turns = _turns(laying.labels, laying.starts, laying.ends, declared)
    else:
        turns = _turns(kept.shown, found.starts, found.ends, declared)
    blocks = Blocks.of(laying.rows)
    if found is not None:
        blocks.extend(*found.blocks)
    return blocks, turns


class _SideBySide(NamedTuple):
    """Blocks as columns, and where the words of each turn begin and end."""

    blocks: tuple[Iterable[int], Iterable[int], Iterable[BlockKind], Iterable[int]]
    starts: Sequence[int]
    ends: Sequence[int]


def _side_by_side(text: str, lines: Lines, kept: Labelled) -> _SideBySide | None:
    """Lay out the blocks from the first label on.

    None where a label has no name, does not begin its block or is not its only one, where a block has several
    lines, and where a transcription program signed one.
    """
    places, starts, first = kept.places, kept.starts, kept.places[0]
    if any(not name for _, name in kept.kinds) or not all(map(lt, places, places[1:])):
        return None
    if list(map(lines.starts.__getitem__, places)) != starts:
        return None
    kinds, ends, begins = lines.kinds[first:], lines.ends[first:], lines.starts[first:]
    stops = list(map(add, starts, map(itemgetter(3), kept.shown)))
    marks = map(str.rstrip, map(text.__getitem__, map(slice, starts, stops)))
    words, closes = begins[:], begins[:]  # where words begin, and where labels end
    for place, stop, close in zip(places, stops, map(add, starts, map(len, marks)), strict=True):
        words[place - first], closes[place - first] = stop, close
    if not all(map(le, words, ends)) or not all(map(lt, begins, ends)):
        return None
    spoken = list(map(lt, words, ends))  # the others are labels from end to end
    begun = map(text.__getitem__, chain(begins, compress(words, spoken)))
    if any(map(str.isspace, begun)):
        return None
    if any(map((-1).__lt__, compress(lines.breaks[first:], map(BODY.__contains__, kinds)))):
        return None
    if _any_signed(text, compress(words, spoken), compress(ends, spoken)):
        return None
    wanted = list(chain.from_iterable(zip(map(lt, begins, closes), spoken, strict=True)))
    rows = (
        woven(begins, words, wanted),
        woven(closes, ends, wanted),
        woven(repeat(_LABEL), kinds, wanted),
        woven(repeat(0), lines.levels[first:], wanted),
    )
    # The blocks in which something is said, and from which to which of them each turn goes.
    said = [n for n, (kind, has) in enumerate(zip(kinds, spoken, strict=True)) if has and kind in _SAID]
    edges = list(map(bisect_left, repeat(said), [*(place - first for place in places), len(kinds)]))
    turns = list(pairwise(edges))
    return _SideBySide(
        rows,
        [words[said[low]] if low < high else -1 for low, high in turns],
        [ends[said[high - 1]] if low < high else -1 for low, high in turns],
    )


class _Laying:
    """A text laid out block by block: its rows so far, and the labels that were met.

    Of each label with a name there is the first and the last offset of its words (-1: none yet).
    """

    def __init__(self, text: str, *, stays: bool) -> None:
        self.rows: list[Row] = []
        self.labels: list[Label] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._text = text
        self._stays = stays
        self._stamp: Label | None = None  # a bare time with no words since

    def blocks(self, lines: Lines, first: int, last: int, labelled: Mapping[int, Sequence[Label]]) -> None:
        """Lay out the blocks from one to before another, with their labels."""
        text, rows = self._text, self.rows
        for n, (at, until, kind, level) in enumerate(islice(lines.rows(), first, last), first):
            if kind not in BODY:
                rows.append((at, until, kind, level))
                continue
            for label in labelled.get(n, ()):
                if at < label.start:
                    self._body(kind, level, at, label.start)
                self._label(label)
                at = max(at, label.end)
            if at == until:
                continue
            if self.labels and not text[at].isspace() and _is_plain(text, at, until):  # nearly always
                self._stamp = None
                rows.append((at, until, kind, level))
                if kind not in _NOT_SAID:
                    self._words(at, until)
            else:
                self._body(kind, level, at, until)

    def _label(self, label: Label) -> None:
        first, last = _trim(self._text, label.start, label.end)
        if first < last:
            self.rows.append((first, last, "label", 0))
        if not label.name:
            self._stamp = label
            return
        if self._stamp and not label.time:  # a time on the line above a label is the time of what follows it
            label = label._replace(time=self._stamp.time)
        self._stamp = None
        self.labels.append(label)
        self.starts.append(-1)
        self.ends.append(-1)

    def _body(self, kind: BlockKind, level: int, start: int, end: int) -> None:
        for begin, stop, signed in _unsigned(self._text, start, end):
            first, last = _trim(self._text, begin, stop)
            if first == last:
                continue
            self._stamp = None
            whose = kind if (self.labels or self._stays) and not signed else "front"
            self.rows.append((first, last, whose, level if whose == kind else 0))
            if self.labels and whose not in _NOT_SAID:
                self._words(first, last)

    def _words(self, start: int, end: int) -> None:
        if self.starts[-1] < 0:
            self.starts[-1] = start
        self.ends[-1] = end


def _turns(
    labels: Sequence[Label], starts: Sequence[int], ends: Sequence[int], declared: Collection[str]
) -> Turns:
    spoken = list(map((-1).__lt__, starts))
    labels = list(compress(labels, spoken))
    names = list(map(itemgetter(1), labels))
    times = list(chain.from_iterable(map(itemgetter(4, 5), labels)))
    if not any(name[-1:].isdigit() and label_key(name) in declared for name in set(names)):
        names = without_numbers(names)
    begin, end = compress(starts, spoken), compress(ends, spoken)
    return Turns.of(names, begin, end, clock_times(times) if any(times) else times)


def lay_without_turns(extract: Extract, lines: Lines, metadata: Metadata, kept: Labelled) -> Blocks:
    """Lay out a text in which nobody is labelled; bare times in it are labels still."""
    rows: list[Row] = []
    text, talk = extract.text, metadata.is_talk
    if not talk and isinstance(extract.blocks, Layout) and not kept.places:
        body = bytes(map(BODY.__contains__, lines.kinds))
        torn = any(map((-1).__lt__, compress(lines.breaks, body)))
        if not torn and not _any_signed(text, compress(lines.starts, body), compress(lines.ends, body)):
            return Blocks.like(extract.blocks)
    number = 0
    stamps_of = kept.of_blocks()
    for n, (at, until, kind, level) in enumerate(lines.rows()):
        if kind not in BODY:
            rows.append((at, until, kind, level))
            continue
        stamps = stamps_of.get(n, ())
        if talk and not stamps and kind != "heading" and is_head_line(text[at:until], number):
            rows.append((at, until, "front", 0))
            number += 1
            continue
        number += 1
        if not stamps and _is_plain(text, at, until):  # nearly always
            rows.append((at, until, kind, level))
            continue
        for stamp in stamps:
            _add_pieces(rows, text, kind, level, at, stamp.start)
            rows.append((*_trim(text, stamp.start, stamp.end), "label", 0))
            at = stamp.end
        _add_pieces(rows, text, kind, level, at, until)
    return Blocks.of(rows)


def _add_pieces(rows: list[Row], text: str, kind: BlockKind, level: int, start: int, end: int) -> None:
    for begin, stop, signed in _unsigned(text, start, end):
        first, last = _trim(text, begin, stop)
        if first < last:
            rows.append((first, last, "front" if signed else kind, 0 if signed else level))


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether a trimmed block is one line that no transcription program signed."""
    if text.find("\n", start, end) >= 0:
        return False
    return end - start > _SIGNED_WITHIN or text[start] not in SIGNS_WITH or not is_signature(text[start:end])


def _any_signed(text: str, starts: Iterable[int], ends: Iterable[int]) -> bool:
    """Whether a transcription program signed one of some lines, none blank."""
    starts, ends = list(starts), list(ends)
    likely = map(SIGNS_WITH.__contains__, map(text.__getitem__, starts))
    return any(
        stop - at <= _SIGNED_WITHIN and is_signature(text[at:stop])
        for at, stop in compress(zip(starts, ends, strict=True), likely)
    )


def _unsigned(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a stretch at lines that a transcription program signed; most stretches stay whole."""
    if end - start > _SIGNED_WITHIN and text.find("\n", start, end) < 0:
        yield start, end, False
        return
    first = at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop - at <= _SIGNED_WITHIN and is_signature(text[at:stop]):
            if first < at:
                yield first, at, False
            yield at, stop, True
            first = stop
        at = stop + 1
    if first < end:
        yield first, end, False


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end].rstrip()
    return start + len(inside) - len(inside.lstrip()), start + len(inside)
