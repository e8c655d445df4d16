"""The segments behind an edge: for every pair of codes, contexts where they meet and what was said there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcode.analysis.contexts import contexts
from qualcode.analysis.cooccurrence import meetings
from qualcode.analysis.evidence import chains, countable_codings, evidence

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

CONTEXTS = 12
SEGMENTS = 8


@dataclass(frozen=True, slots=True)
class Passages:
    """Segments behind the edges of one unit.

    `of[a, b]` lists contexts, each the ids of its segments that have one of the two codes, in reading order.
    """

    unit: str
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
    import numpy as np

    found = contexts(documents, segments, unit)
    marks = evidence(codings, found.segments, codebook)
    ids = found.segments["segment_id"].array  # ids are made where they are shown
    stands = marks.stands.tocsc()
    at = [stands.indices[stands.indptr[c] : stands.indptr[c + 1]] for c in range(len(marks.codes))]
    of: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {}
    for pair in meetings(found, marks, codebook):
        either = np.union1d(at[pair.a], at[pair.b])
        cluster = found.cluster[pair.meets]
        turn = np.arange(len(cluster)) - np.searchsorted(cluster, cluster)
        shown: dict[tuple[str, ...], int] = {}
        for context in pair.meets[np.lexsort((cluster, turn))].tolist():
            low, high = np.searchsorted(either, (found.starts[context], found.ends[context]))
            shown.setdefault(tuple(str(ids[at]) for at in either[low : min(high, low + each)]), context)
            if len(shown) == most:
                break
        if shown:
            of[marks.codes[pair.a], marks.codes[pair.b]] = tuple(sorted(shown, key=lambda key: shown[key]))
    return Passages(unit, of)


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
