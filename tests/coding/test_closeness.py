"""Rules of words near each other are tried where the words may be near enough, not wherever they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.codebook import parse_codebook
from qualcode.codebook.records import Codebook
from qualcode.coding import code_document
from qualcode.coding.plan import plan_of
from qualcode.coding.searched import Cuts
from qualcode.model import Document, Segment, Span

from .oracle import Oracle

HEAD = """
qualcode: 1
id: book
version: 1.0.0
title: {en: Book}
languages: [zh, en]
codes:
  - id: a
    name: {en: A}
    definition: made up
    rules:
"""


def codebook(rule: str) -> Codebook:
    book, problems = parse_codebook(f"{HEAD}      - {{{rule}}}\n")
    assert book is not None, problems
    return book


def tried(rule: str, *texts: str) -> list[int]:
    """Where the rule is tried."""
    plan = plan_of(codebook(rule))
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    cuts = Cuts("".join(texts), ends - np.array([len(text) for text in texts], np.int64), ends)
    found = plan.candidates.tries(plan.index.scan(cuts), cuts, np.zeros(len(texts), np.int64))
    return found.segments.tolist()


SAID = "数据不给", "不给，数据", "数据总是不给", "数据", "不给"


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        ("near: [数据, 不给], within: 1 characters", [0, 1]),
        ("near: [数据, 不给], within: 0 words", [0, 1]),
        ("near: [数据, 不给], within: 2 words", [0, 1, 2]),
        ("sequence: [数据, 不给], within: 1 characters", [0]),
        ("sequence: [数据, 不给], within: 2 characters", [0, 2]),
        ("sequence: [数据, 总, 不给], within: 0 characters", []),
        ("sequence: [数据, 总, 不给], within: 1 characters", [2]),
        ("near: [数据, 不给], within: sentence", [0, 1, 2]),
    ],
)
def test_words_too_far_from_each_other_are_not_tried(rule: str, where: list[int]) -> None:
    assert tried(rule, *SAID) == where


def test_a_long_gap_without_words_is_looked_at() -> None:
    text = "数据" + " -" * 500 + "不给"
    assert tried("near: [数据, 不给], within: 1 words", text) == [0]


WORDS = st.lists(st.sampled_from(["数据", "不给", "don't", "say", "，", " ", "总", "𠮷", "ａ"]), max_size=9)
UNITS = st.sampled_from(["characters", "words"])


@given(st.lists(WORDS.map("".join), min_size=1, max_size=3), st.sampled_from(["near", "sequence"]), UNITS)
def test_two_words_are_tried_where_they_match(texts: list[str], kind: str, unit: str) -> None:
    rule = f"{kind}: [[数据, say, sa*], [不给, don't, 给…总]], within: 2 {unit}"
    document = Document("d", "".join(texts))
    segments = []
    at, book = 0, codebook(rule)
    for n, text in enumerate(texts, 1):
        segments.append(Segment(f"d:{n}", "d", n, Span(at, at + len(text)), text))
        at += len(text)
    coded = code_document(document, segments, book)
    found = [(m.segment, m.code, m.rule, m.parts, m.blocked_by) for m in coded.matches]
    assert set(found) == Oracle(document, segments, book).matches()
    assert len(found) == len(set(found))
    assert tried(rule, *texts) == sorted({match.segment - 1 for match in coded.matches})
