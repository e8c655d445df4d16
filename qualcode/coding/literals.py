"""How one term is found, once it is folded: its pieces, where its words end, what its gaps may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qualcode.coding.searched import Searched
from qualcode.model import Span
from qualcode.patterns.base import Parts
from qualcode.patterns.term import GAP_CHARACTERS, GAP_WORDS, Term
from qualcode.text.folding import fold_each
from qualcode.text.words import begins_count, cuts_word, is_letter, word_end

_SPACES = re.compile(" +")

Chunks = tuple[str, ...]  # literals of one piece; between two of them the word goes on to its end


class Literal(NamedTuple):
    """A term after folding. Two terms are the same entry when these are equal."""

    pieces: tuple[Chunks, ...]

    @property
    def anchor(self) -> str:
        """What the automaton looks for."""
        return self.pieces[0][0]

    @property
    def simple(self) -> bool:
        """Whether the anchor is all there is."""
        return len(self.pieces) == 1 and len(self.pieces[0]) == 1

    @property
    def begun(self) -> bool:
        """Whether it is the anchor and whatever ends the word: data*."""
        return len(self.pieces) == 1 and self.pieces[0] == (self.anchor, "")


def literals(terms: Sequence[Term], kinds: frozenset[str]) -> list[Literal]:
    """Fold terms the way documents are folded and squeezed."""
    # Most are one run of characters: what is found of them is made without a look at each.
    found = list(map(Literal, zip(zip(_searched([term.text for term in terms], kinds)))))
    others = [n for n, term in enumerate(terms) if len(term.pieces) > 1 or "*" in term.text]
    pieces = [[piece.split("*") for piece in terms[n].pieces] for n in others]
    folded = iter(_searched([chunk for its in pieces for chunks in its for chunk in chunks], kinds))
    for n, its in zip(others, pieces, strict=True):
        found[n] = Literal(tuple(tuple(next(folded) for _ in chunks) for chunks in its))
    return found


def _searched(texts: Sequence[str], kinds: frozenset[str]) -> list[str]:
    folded = fold_each(texts, kinds)
    return [_SPACES.sub(" ", text) if "  " in text else text for text in folded]


def overlaps_itself(found: Literal) -> bool:
    """Whether two occurrences of a term may share characters: 人人 in 人人人, anything with `*` or a gap."""
    if not found.simple:
        return True
    anchor = found.anchor
    again = anchor.find(anchor[:1], 1)  # where a second one could begin
    return again >= 0 and any(anchor.startswith(anchor[at:]) for at in range(again, len(anchor)))


class Room(NamedTuple):
    """Where a term may go on: a segment of what is searched, from `start` to `end`."""

    where: Searched
    segment: int
    start: int
    end: int

    def origin(self, place: int) -> int:
        return self.where.origin(place, self.segment)


def match_at(found: Literal, at: int, room: Room) -> Parts | None:
    """Return the parts, in the document, of a term whose first piece begins at `at`.

    Of several continuations over gaps the nearest: the second piece as near as may be, then the third.
    """
    first = _piece_end(found.pieces[0], at, room)
    if first < 0:
        return None
    part = _part(room, at, first)
    if len(found.pieces) == 1:
        return (part,)
    rest = _continue(found.pieces, 1, first, room, set())
    return None if rest is None else (part, *rest)


def _continue(
    pieces: tuple[Chunks, ...], n: int, behind: int, room: Room, dead: set[tuple[int, int]]
) -> Parts | None:
    """Return the parts from piece `n` on, behind a place; `dead` remembers what led nowhere."""
    if n == len(pieces):
        return ()
    if (n, behind) in dead:
        return None
    chunk = pieces[n][0]
    end = min(_gap_end(pieces[n - 1], pieces[n], behind, room) + len(chunk), room.end)
    at = room.where.text.find(chunk, behind, end)
    while at >= 0:
        last = _piece_end(pieces[n], at, room)
        if last >= 0:
            rest = _continue(pieces, n + 1, last, room, dead)
            if rest is not None:
                return (_part(room, at, last), *rest)
        at = room.where.text.find(chunk, at + 1, end)
    dead.add((n, behind))
    return None


def _gap_end(left: Chunks, right: Chunks, behind: int, room: Room) -> int:
    """Return the farthest place that a gap may reach to."""
    last_letter = next(chunk for chunk in reversed(left) if chunk)[-1]
    text, end = room.where.text, room.end
    if not (is_letter(last_letter) and is_letter(right[0][0])):
        furthest = room.origin(behind - 1) + 1 + GAP_CHARACTERS
        at = min(behind + GAP_CHARACTERS, end)
        while room.origin(at) > furthest:  # white space was squeezed
            at -= 1
        return at
    words = 0
    at = behind
    while at < end:
        if words == GAP_WORDS and begins_count(text, at, behind, end):
            break
        words += begins_count(text, at, behind, end)
        at += 1
    return at


def _piece_end(chunks: Chunks, at: int, room: Room) -> int:
    """Return where a piece that begins at `at` ends; -1 where it does not stand there or cuts a word."""
    text, start, end = room.where.text, room.start, room.end
    if cuts_word(text, at, start, end):
        return -1
    for n, chunk in enumerate(chunks):
        if n:
            at = word_end(text, at, start, end)
        if not text.startswith(chunk, at, end):
            return -1
        at += len(chunk)
    return -1 if cuts_word(text, at, start, end) else at


def _part(room: Room, start: int, end: int) -> Span:
    return Span(room.origin(start), room.origin(end - 1) + 1)
