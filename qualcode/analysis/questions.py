"""The question before an answer: which of the interviewer's segments stand before a segment of talk.

A question is a stretch of the interviewer's (moderator's) segments without anybody else's between; it holds
for all that others say until the next one. In a focus group several may answer the same question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qualcode.model import ASKING

if TYPE_CHECKING:
    import pandas as pd


class Answer(NamedTuple):
    """The question before a segment, by its segments' ids, and the segment's place in the answer, from 1."""

    question: tuple[str, ...]
    place: int


def answers(segments: pd.DataFrame) -> dict[str, Answer]:
    """Return, by segment id, the question before each segment that is not the interviewer's own.

    Takes the table `segments` in any order. Segments before the first question, and whole documents without
    a known interviewer, are left out.
    """
    columns = ("document_id", "start", "segment_id", "role")
    lines = sorted(zip(*(segments[name].tolist() for name in columns), strict=True))
    made: dict[str, Answer] = {}
    document, asking, place = "", False, 0
    question: tuple[str, ...] = ()
    for name, _, segment, role in lines:
        if name != document:
            document, asking, question, place = name, False, (), 0
        if role in ASKING:
            question = (*question, segment) if asking else (segment,)
            asking = True
            continue
        if asking:
            asking, place = False, 0
        place += 1
        if question:
            made[segment] = Answer(question, place)
    return made
