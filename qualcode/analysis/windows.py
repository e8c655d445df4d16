"""Windows of one kind of document: speeches, wider ones, and runs of segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.analysis.contexts import Contexts, contexts
from qualcode.analysis.given import Given
from qualcode.analysis.once import once

if TYPE_CHECKING:
    import pandas as pd


def windows(given: Given, kind: str, window: str) -> Contexts:
    """Lay one kind of document out in windows: any unit of `contexts`, or `speech+k` with k on each side.

    Speeches are widened inside their document.
    """
    import numpy as np

    unit, _, wide = window.partition("+")
    found = contexts(given.documents, _of_kind(given.documents, given.segments, kind), unit)
    if not wide or not len(found):
        return found
    count = np.arange(len(found))
    first = np.searchsorted(found.cluster, found.cluster)
    last = np.searchsorted(found.cluster, found.cluster, side="right") - 1
    starts = found.starts[np.maximum(count - int(wide), first)]
    ends = found.ends[np.minimum(count + int(wide), last)]
    return Contexts(window, found.segments, starts, ends, found.cluster, found.talk, found.written)


@once
def _of_kind(documents: pd.DataFrame, segments: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The segments of one kind of document; where there is no other, the table itself."""
    inside = documents["document_id"][(documents["kind"] == kind).to_numpy(dtype=bool)]
    mask = segments["document_id"].isin(inside).to_numpy(dtype=bool)
    return segments if mask.all() else segments[mask]
