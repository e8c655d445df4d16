"""Cells that lines about a document's segments share: their ids, and whose words they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.corpus.segments import Segments
from qualcode.csvlines import csv_text

if TYPE_CHECKING:
    from numpy.typing import NDArray


def side_by_side(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Columns of several documents as one; a single one as it is, however long."""
    return columns[0] if len(columns) == 1 else np.concatenate([np.empty(0, np.int64), *columns])


def id_cells(document_id: str) -> tuple[str, str]:
    """What the cells of document and segment have before the index of the segment, and after it.

    >>> id_cells("I01"), id_cells("a,b")
    (('I01,I01:', ''), ('"a,b","a,b:', '"'))
    """
    opening, close = segment_cell(document_id)
    return f"{csv_text(document_id)},{opening}", close


def segment_cell(document_id: str) -> tuple[str, str]:
    """What the cell of a segment's id has before the segment's index, and after it.

    >>> segment_cell("I01"), segment_cell("a,b")
    (('I01:', ''), ('"a,b:', '"'))
    """
    segment = csv_text(document_id + ":")
    return (segment[:-1], '"') if segment.endswith('"') else (segment, "")


class Voice(NamedTuple):
    """Whose words they are: the cells speaker, role, how it is known and actor, and the role by itself."""

    cells: str
    role: str


class Voices(dict[str | None, Voice]):
    """The voices of a document by the label of its turns, None for what is no turn; each is made once."""

    def __init__(self, segments: Segments) -> None:
        super().__init__()
        self._segments = segments

    def __missing__(self, label: str | None) -> Voice:
        speaker = self._segments.speaker_of(label) if label is not None else None
        role, source = (speaker.role, speaker.role_source) if speaker else ("", "")
        words = label or "", role, source, self._segments.actor_of(speaker)
        made = self[label] = Voice(",".join(map(csv_text, words)), role)
        return made
