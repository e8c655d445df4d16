"""The segments behind an edge: for every pair of codes, contexts where they meet and what was said there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from qualcode.analysis.contexts import Contexts
from qualcode.analysis.evidence import chains, countable_codings
from qualcode.analysis.meetings import Met, in_turn, met_in
from qualcode.analysis.numbering import numbered
from qualcode.text.ordered import begins

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

CONTEXTS = 12
SEGMENTS = 8
AHEAD = 2 * CONTEXTS  # contexts looked up together; where most say something new, enough


@dataclass(frozen=True, slots=True)
class Passages:
    """Segments behind the edges of one unit, which has so many contexts, in so many documents.

    `of[a, b]` lists contexts, each the ids of its segments that have one of the two codes, in reading order.
    """

    unit: str
    contexts: int
    documents: int
    of: dict[tuple[str, str], tuple[tuple[str, ...], ...]]


def passages(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    unit: str,
    *,
    most: int = CONTEXTS,
    each: int = SEGMENTS,
) -> Passages:
    """Find at most `most` contexts per pair, spread over documents, and `each` segments in every one.

    Contexts that lie one in the other's words (sliding runs) and show the same segments count once.
    """
    (met,) = met_in(documents, segments, codings, codebook, (unit,))
    return passages_of(met, most=most, each=each)


def passages_of(met: Met, *, most: int = CONTEXTS, each: int = SEGMENTS) -> Passages:
    """Find the same of what meets in one unit."""
    import numpy as np

    found, marks = met.found, met.marks
    chosen: dict[tuple[str, str], list[tuple[int, ...]]] = {}
    for pair in met.pairs:
        shown = _shown(found, pair.meets, (marks.at[pair.a], marks.at[pair.b]), most, each)
        if shown:
            chosen[marks.codes[pair.a], marks.codes[pair.b]] = sorted(shown, key=shown.__getitem__)
    wanted = sorted({place for groups in chosen.values() for group in groups for place in group})
    ids = found.segments["segment_id"].iloc[wanted]  # made where they are shown
    name = dict(zip(wanted, map(str, ids), strict=True))
    of = {pair: tuple(tuple(name[n] for n in group) for group in groups) for pair, groups in chosen.items()}
    documents = np.count_nonzero(begins(numbered(found.segments["document_id"])))
    return Passages(found.unit, len(found), int(documents), of)


def _shown(
    found: Contexts, meets: Any, stands: tuple[Any, Any], most: int, each: int
) -> dict[tuple[int, ...], int]:
    """Choose contexts, spread over documents: the first that shows some segments, by these segments."""
    shown: dict[tuple[int, ...], int] = {}
    for some in _portions(found.cluster, meets):
        edges = [
            at.searchsorted(sides[some]).tolist() for at in stands for sides in (found.starts, found.ends)
        ]
        for context, low, high, low_2, high_2 in zip(some.tolist(), *edges, strict=True):
            one = stands[0][low : min(high, low + each)].tolist()
            other = stands[1][low_2 : min(high_2, low_2 + each)].tolist()
            shown.setdefault(tuple(sorted({*one, *other})[:each]), context)
            if len(shown) == most:
                return shown
    return shown


def _portions(cluster: Any, meets: Any) -> Iterator[Any]:
    """Yield contexts in the order in which they are shown, some at a time."""
    import numpy as np

    held: list[Any] = []
    for turn in in_turn(cluster, meets):
        for begin in range(0, len(turn), AHEAD):
            held.append(turn[begin : begin + AHEAD])
            if sum(map(len, held)) >= AHEAD:
                yield np.concatenate(held)
                held = []
    if held:
        yield np.concatenate(held)


def marked(
    segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, wanted: set[str]
) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Split the words of some segments at their evidence: pieces of text, each with the codes it supports.

    Codes include ancestors, in tree order. Splitting happens here because only here characters are code
    points; a page just shows the pieces.
    """
    kept = segments[segments["segment_id"].isin(wanted).to_numpy(dtype=bool)].reset_index(drop=True)
    found = countable_codings(codings, kept, codebook)
    codes, lines = tuple(codebook.codes), chains(codebook)
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for row, column, written in zip(found["row"], found["column"], found["spans"], strict=True):
        for span in written:
            start, _, end = span.partition("-")
            spans.setdefault(row, []).append((int(start), int(end), column))
    made = {}
    for row, (name, text, start) in enumerate(
        zip(kept["segment_id"], kept["text"], kept["start"].astype(int), strict=True)
    ):
        made[str(name)] = _pieces(text, int(start), spans.get(row, []), codes, lines)
    return made


def _pieces(
    text: str, offset: int, spans: list[tuple[int, int, int]], codes: tuple[str, ...], lines: list[list[int]]
) -> list[tuple[str, tuple[str, ...]]]:
    inside = [(max(a - offset, 0), min(b - offset, len(text)), column) for a, b, column in spans]
    cuts = sorted({0, len(text), *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    pieces = []
    for low, high in pairwise(cuts):
        numbers = {up for a, b, column in inside if a <= low and high <= b for up in lines[column]}
        pieces.append((text[low:high], tuple(codes[n] for n in sorted(numbers))))
    return pieces
