"""The question before an answer: which of the interviewer's segments stand before a segment of talk.

A question is a stretch of the interviewer's (moderator's) segments without anybody else's between; it holds
for all that others say until the next one. In a focus group several may answer the same question.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.contexts import ranked
from qualcode.model import ASKING
from qualcode.text.ordered import begins as first_of

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

    def last(self, questions: Any) -> Any:
        """The rows of the last segments of some questions."""
        return self.rows[self.ends[questions] - 1]

    def read(self, rows: Any) -> Any:
        """The places of some rows in reading order."""
        import numpy as np

        place = np.empty_like(self.rows)
        place[self.rows] = np.arange(len(place), dtype=place.dtype)
        return place[rows]

    def asked(self, rows: Any) -> Any:
        """The questions that some rows are part of, -1 for none."""
        import numpy as np

        place = self.read(rows)
        question = self.starts.searchsorted(place, side="right") - 1
        return np.where((question >= 0) & (place < self.ends[question]), question, -1)


def questions(segments: pd.DataFrame) -> Questions:
    """Find the question before each segment. Takes the table `segments` in any order."""
    import numpy as np

    order, document = _reading_order(segments)
    asking = segments["role"].isin(ASKING).to_numpy(dtype=bool)[order]
    new = first_of(document)
    del document
    begins = asking & new
    begins[1:] |= asking[1:] & ~asking[:-1]
    begun = np.cumsum(begins, dtype=np.int32)
    starts = np.flatnonzero(begins)
    ends = starts + np.bincount(begun[asking] - 1, minlength=len(starts))
    opening = np.flatnonzero(new)
    earlier = np.repeat((begun - begins)[opening], np.diff(opening, append=len(order)))  # in other documents
    before = np.empty_like(begun)
    before[order] = np.where(~asking & (begun > earlier), begun - np.int32(1), np.int32(-1))
    del begun, earlier
    told = np.cumsum(~asking, dtype=np.int32)
    since = np.maximum.accumulate(np.where(new | asking, told - ~asking, np.int32(0)))
    told -= since
    since[order] = told  # the place of each segment, since the last question
    return Questions(before, since, order, starts, ends)


def _reading_order(segments: pd.DataFrame) -> tuple[Any, Any]:
    """The rows of a table of segments as they are read, and the document of each, by number."""
    import numpy as np

    document = ranked(segments["document_id"])
    start = segments["start"].to_numpy(dtype=np.int64, na_value=0)
    later = document[1:] > document[:-1]
    later |= (document[1:] == document[:-1]) & (start[1:] >= start[:-1])
    if later.all():
        return np.arange(len(document), dtype=np.int32), document
    order = np.lexsort((start, document)).astype(np.int32)
    return order, document[order]


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
