"""The body of a document at once: its blocks without labels and furniture, and the turn each lies in.

    body = whole_body(document)        None: a block must be cut or trimmed, and somebody must look at each

Readers and labels leave blocks that are trimmed and lie in one turn or in none; then the columns of
stretches are the columns of blocks, and nothing need be done for one block after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Body:
    """Blocks of body text; kinds by their place in `BODY`, turns by theirs (-1: none); first characters."""

    starts: Ints
    ends: Ints
    kinds: NDArray[np.uint8]
    turns: NDArray[np.int32]
    firsts: str


def whole_body(document: Document) -> Body | None:
    """Return the body of a document whose blocks are trimmed, each in one turn or in none; else None."""
    blocks, text = document.blocks, document.text
    if not isinstance(blocks, Blocks) or not len(blocks):
        return None
    codes = _CODE_OF[blocks.kinds]
    kept = codes != _NONE
    starts, ends, kinds = blocks.starts[kept], blocks.ends[kept], codes[kept]
    if not (ends > starts).all() or not (starts[1:] >= ends[:-1]).all():
        return None
    firsts = "".join([text[n] for n in starts.tolist()])
    lasts = {text[n] for n in (ends - 1).tolist()}
    if any(map(str.isspace, {*firsts, *lasts})):
        return None
    turns = _turns_of(document, starts, ends, (kinds == HEADING) | (kinds == NOTE))
    return Body(starts, ends, kinds, turns, firsts) if turns is not None else None


def _turns_of(
    document: Document, starts: Ints, ends: Ints, in_none: NDArray[np.bool_]
) -> NDArray[np.int32] | None:
    """The turn in which each block lies, -1 for none; None where one lies in a turn with a part of it."""
    if not len(document.turns):
        return np.full(len(starts), -1, np.int32)
    begins, stops = (np.asarray(side, dtype=np.int64) for side in spans_of(document.turns))
    if not (begins[1:] >= stops[:-1]).all() or not (stops >= begins).all():
        return None
    turns = np.searchsorted(stops, starts, side="right")
    known = np.minimum(turns, len(stops) - 1)
    outside = in_none | (turns == len(stops)) | (begins[known] >= ends)
    inside = (begins[known] <= starts) & (stops[known] >= ends)
    if not (inside | outside).all():
        return None
    return np.where(outside, -1, turns).astype(np.int32)
