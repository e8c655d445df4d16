"""The bodies of documents at once: their blocks without labels and furniture, and the turn each lies in.

    able, body = whole_bodies(documents)     the others: a block must be cut or trimmed, by who looks at each

Readers and labels leave blocks that are trimmed and lie in one turn or in none; then the columns of
stretches are the columns of blocks, and nothing need be done for one block after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from qualcode.corpus.layout import KINDS, Blocks, spans_of
from qualcode.model import BlockKind, Document

BODY: tuple[BlockKind, ...] = ("paragraph", "heading", "item", "row", "note")
CODES = {kind: n for n, kind in enumerate(BODY)}
HEADING, NOTE = CODES["heading"], CODES["note"]
_NONE = len(BODY)
_CODE_OF = np.array([CODES.get(kind, _NONE) for kind in KINDS], dtype=np.uint8)
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Body:
    """Blocks of body text of some documents, one document behind the other, offsets each document's own.

    Kinds by their place in `BODY`, turns by theirs in the document (-1: none). The blocks of the n-th
    document are those from `edges[n]` to `edges[n + 1]`; `firsts[n]` are their first characters.
    """

    starts: Ints
    ends: Ints
    kinds: NDArray[np.uint8]
    turns: NDArray[np.int32]
    edges: list[int]
    firsts: list[str]


def whole_bodies(documents: Sequence[Document]) -> tuple[list[int], Body | None]:
    """Return the bodies of the documents whose blocks are trimmed, each in one turn or in none, and which."""
    able = [n for n, d in enumerate(documents) if isinstance(d.blocks, Blocks) and len(d.blocks)]
    while able:
        found = _side_by_side([documents[n] for n in able])
        if isinstance(found, Body):
            return able, found
        able = [n for place, n in enumerate(able) if place not in found]
    return [], None


def _side_by_side(documents: Sequence[Document]) -> Body | set[int]:
    """The body of some documents; or which of them have blocks that must be looked at one by one."""
    blocks = [document.blocks for document in documents if isinstance(document.blocks, Blocks)]
    starts, ends, kinds = Blocks.side_by_side(blocks)
    owners = np.repeat(np.arange(len(blocks)), list(map(len, blocks)))
    kinds = _CODE_OF[kinds]
    kept = kinds != _NONE
    starts, ends, kinds, owners = starts[kept], ends[kept], kinds[kept], owners[kept]
    torn = ends <= starts
    torn[1:] |= (starts[1:] < ends[:-1]) & (owners[1:] == owners[:-1])
    if torn.any():
        return set(owners[torn].tolist())
    edges = owners.searchsorted(np.arange(len(documents) + 1)).tolist()
    firsts, lasts = (_characters(documents, edges, places) for places in (starts, ends - 1))
    if blank := {n for n, signs in enumerate(zip(firsts, lasts, strict=True)) if _any_blank(*signs)}:
        return blank
    turns = _turns_of(documents, owners, starts, ends, (kinds == HEADING) | (kinds == NOTE))
    return Body(starts, ends, kinds, turns, edges, firsts) if not isinstance(turns, set) else turns


def _characters(documents: Sequence[Document], edges: list[int], places: Ints) -> list[str]:
    """The characters at some places of each document."""
    at = places.tolist()
    return [
        "".join(map(document.text.__getitem__, at[low:high]))
        for document, (low, high) in zip(documents, pairwise(edges), strict=True)
    ]


def _any_blank(*signs: str) -> bool:
    return any(map(str.isspace, set().union(*signs)))


def _turns_of(
    documents: Sequence[Document], owners: Ints, starts: Ints, ends: Ints, in_none: Mask
) -> NDArray[np.int32] | set[int]:
    """The turn in which each block lies, -1 for none; or the documents where one lies in a part of a turn.

    Offsets are counted through all documents here, so that one search finds the turn of every block.
    """
    told = [n for n, document in enumerate(documents) if len(document.turns)]
    if not told:
        return np.full(len(starts), -1, np.int32)
    lows = np.array([0, *accumulate(len(document.text) for document in documents)])
    sides = zip(*(spans_of(documents[n].turns) for n in told), strict=True)
    speakers = np.repeat(told, [len(documents[n].turns) for n in told])
    begins, stops = (
        np.minimum(
            np.concatenate([np.asarray(one, np.int64) for one in side]) + lows[speakers], lows[speakers + 1]
        )
        for side in sides
    )
    torn = stops < begins
    torn[1:] |= begins[1:] < stops[:-1]
    if torn.any():
        return set(speakers[torn].tolist())
    starts, ends = starts + lows[owners], ends + lows[owners]
    turns = stops.searchsorted(starts, side="right")
    known = np.minimum(turns, len(stops) - 1)
    outside = in_none | (turns == len(stops)) | (begins[known] >= ends)
    torn = ~outside & ((begins[known] > starts) | (stops[known] < ends))
    if torn.any():
        return set(owners[torn].tolist())
    turns -= speakers.searchsorted(owners)
    return np.where(outside, -1, turns).astype(np.int32)
