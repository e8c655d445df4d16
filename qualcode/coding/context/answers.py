"""Answers that only affirm, and the questions they take over.

    问：当时是不是怕担责？      answered by
    答：嗯，是的。             which says no more than yes

Where a codebook asks for it (`inherit_question: true`) such an answer gets the codes that the question's
words would have. The evidence is the affirming words; the assertion is the question's, a question becoming
actual, and `reported` is `inherited`: the words were the interviewer's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualcode.codebook.records import Codebook
from qualcode.coding.context.signs import merge
from qualcode.coding.context.table import CueTable, table_of
from qualcode.model import ASKING, Assertion, Segment, Span
from qualcode.patterns.base import Parts
from qualcode.text.sentences import is_han
from qualcode.text.words import is_letter

_ASIDE = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]")


class Answers:
    """The answers of a document that only affirm, looked for when a question is asked about."""

    def __init__(self, segments: Sequence[Segment], codebook: Codebook) -> None:
        self._segments = segments
        self._codebook = codebook
        self._known: dict[int, tuple[int, Parts] | None] = {}

    def to(self, question: int) -> tuple[int, Parts] | None:
        """Return the position of the answer that affirms a question, by position, and its words.

        The question is the last segment of an interviewer's or moderator's turn, the answer the first of the
        turn right behind it. None where there is no such answer, or the codebook does not ask for it.
        """
        if not self._codebook.inherit_question or question + 1 >= len(self._segments):
            return None
        if question not in self._known:
            asked, answer = self._segments[question], self._segments[question + 1]
            words: Parts = ()
            if asked.role in ASKING and answer.turn != asked.turn and answer.role not in ASKING:
                words = affirming(answer, table_of(self._codebook))
            self._known[question] = (question + 1, words) if words else None
        return self._known[question]


def affirming(segment: Segment, table: CueTable) -> Parts:
    """Return the affirming words of a segment, () where it says anything else. Asides (笑) say nothing."""
    if not segment.turn:
        return ()
    start = segment.span.start
    said = merge(
        Span(parts[0].start, parts[-1].end)
        for entry, occurrences in table.index.places_in(segment).items()
        if entry in table.affirming
        for parts in occurrences
    )
    covered = [False] * len(segment.text)
    for aside in _ASIDE.finditer(segment.text):
        covered[aside.start() : aside.end()] = [True] * (aside.end() - aside.start())
    for span in said:
        covered[span.start - start : span.end - start] = [True] * (span.end - span.start)
    left = (c for c, done in zip(segment.text, covered, strict=True) if not done)
    return () if any(is_han(c) or is_letter(c) for c in left) else tuple(said)


def inherited(question: Assertion) -> Assertion:
    """Return what affirming a question asserts."""
    modality = "actual" if question.modality == "question" else question.modality
    return replace(question, modality=modality, reported="inherited")
