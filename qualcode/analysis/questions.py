"""The question before an answer: which of the interviewer's segments stand before a segment of talk.

A question is a stretch of the interviewer's (moderator's) segments without anybody else's between; it holds
for all that others say until the next one. In a focus group several may answer the same question.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.contexts import ranked
from qualcode.model import ASKING

if TYPE_CHECKING:
    import pandas as pd


class Answer(NamedTuple):
    """The question before a segment, by its segments' ids, and the segment's place in the answer, from 1."""

    question: tuple[str, ...]
    place: int


class Questions(NamedTuple):
    """The questions of a table of segments, by number; segments are rows of that table.

    Of segments before the first question of a document, of the interviewer's own, and of documents without a
    known interviewer, `before` is -1.
    """

    before: Any  # by row: the question before it
    place: Any  # by row: its place in the answer, from 1
    rows: Any  # in reading order
    starts: Any  # by question: where among `rows` its segments begin and end
    ends: Any

    def of(self, question: int) -> list[int]:
        """The rows of a question."""
        found: list[int] = self.rows[self.starts[question] : self.ends[question]].tolist()
        return found


def questions(segments: pd.DataFrame) -> Questions:
    """Find the question before each segment. Takes the table `segments` in any order."""
    import numpy as np

    document = ranked(segments["document_id"])
    order = np.lexsort((segments["start"].to_numpy(dtype=np.int64, na_value=0), document))
    document = document[order]
    asking = segments["role"].isin(ASKING).to_numpy(dtype=bool)[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = document[1:] != document[:-1]
    begins = asking & new
    begins[1:] |= asking[1:] & ~asking[:-1]
    begun = np.cumsum(begins, dtype=np.int32)
    earlier = (begun - begins)[new][np.cumsum(new) - 1] if len(order) else begun  # in other documents
    told = np.cumsum(~asking, dtype=np.int32)
    since = np.maximum.accumulate(np.where(new | asking, told - ~asking, 0)) if len(order) else told
    before, place = np.empty_like(begun), np.empty_like(begun)
    before[order] = np.where(~asking & (begun > earlier), begun - 1, -1)
    place[order] = told - since
    starts = np.flatnonzero(begins)
    ends = starts + np.bincount(begun[asking] - 1, minlength=len(starts))
    return Questions(before, place, order.astype(np.int32), starts, ends)


def answers(segments: pd.DataFrame, among: Collection[str] | None = None) -> dict[str, Answer]:
    """Return, by segment id, the question before each segment that is not the interviewer's own.

    Segments before the first question, and whole documents without a known interviewer, are left out; so are
    all that are not `among` some, where these are given.
    """
    import numpy as np

    found = questions(segments)
    wanted = found.before >= 0
    if among is not None:
        wanted &= segments["segment_id"].isin(among).to_numpy(dtype=bool)
    at = np.flatnonzero(wanted)
    before = found.before[at]
    asked = [found.of(question) for question in np.unique(before).tolist()]
    ids = segments["segment_id"]
    words = iter(ids.iloc[[row for rows in asked for row in rows]])
    named = [tuple(str(next(words)) for _ in rows) for rows in asked]
    which = np.unique(before, return_inverse=True)[1].tolist()
    return {
        str(name): Answer(named[number], place)
        for name, number, place in zip(ids.iloc[at], which, found.place[at].tolist(), strict=True)
    }
