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
from qualcode.coding.context.reading import Reading
from qualcode.coding.context.signs import merge
from qualcode.coding.index import Places
from qualcode.coding.plan import plan_of
from qualcode.model import ASKING, Assertion, Match, Segment, Span
from qualcode.patterns.base import Parts
from qualcode.text.sentences import is_han
from qualcode.text.words import is_letter

_ASIDE = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]")


def answers(
    segments: Sequence[Segment], places: Sequence[Places], codebook: Codebook
) -> dict[int, tuple[int, Parts]]:
    """Return, by the position of a question, the position of the answer that affirms it and its words.

    The question is the last segment of an interviewer's or moderator's turn, the answer the first of the turn
    right behind it. Empty where the codebook does not ask for it, or codes interviewers' words anyway.
    """
    if not codebook.inherit_question or codebook.code_interviewers:
        return {}
    terms = [term for cue in codebook.context.cues if cue.kind == "affirm" for term in cue.terms]
    entries = plan_of(codebook).index.numbers(terms)
    found: dict[int, tuple[int, Parts]] = {}
    for position in range(1, len(segments)):
        question, answer = segments[position - 1], segments[position]
        if question.role in ASKING and answer.turn != question.turn and answer.role not in ASKING:
            words = affirming(answer, places[position], entries)
            if words:
                found[position - 1] = (position, words)
    return found


def affirming(segment: Segment, places: Places, entries: set[int]) -> Parts:
    """Return the affirming words of a segment, () where it says anything else. Asides (笑) say nothing."""
    if not segment.turn:
        return ()
    start = segment.span.start
    said = merge(
        Span(parts[0].start, parts[-1].end)
        for entry in sorted(entries & places.keys())
        for parts in places[entry]
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


def taken_over(asked: Sequence[Match], answer: int, words: Parts, reading: Reading) -> list[Match]:
    """Return what an answer takes over: for each rule standing in the question a match on its words."""
    rules: dict[str, Match] = {}
    for match in asked:
        if not match.blocked_by:
            rules.setdefault(match.rule, match)
    return [
        replace(
            match, segment=answer, parts=words, assertion=inherited(reading.meaning(match.parts).assertion)
        )
        for match in rules.values()
    ]
