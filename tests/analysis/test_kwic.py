"""Every place, with the words on either side."""

import pytest

from qualcode.analysis.kwic import kwic
from qualcode.codebook import parse_codebook
from qualcode.model import Document, Segment, Span
from qualcode.problems import UsageError

from .test_tables import BOOK


@pytest.fixture
def codebook():
    return parse_codebook(BOOK)[0]


def corpus(*texts, role=""):
    for number, text in enumerate(texts, 1):
        document = Document(f"D{number}", text)
        yield document, (Segment(f"D{number}:1", f"D{number}", 1, Span(0, len(text)), text, role=role),)


def test_a_term_is_found_as_a_rule_would_find_it():
    lines = kwic(corpus("We share it; the shareholder\nshares API数据"), term="shar*", width=4)
    assert [(line.left, line.match, line.right) for line in lines] == [
        ("We ", "share", " it;"),
        ("the ", "shareholder", " sha"),
        ("der ", "shares", " API"),
    ]
    assert kwic(corpus("做了API接口"), term="api")[0].match == "API"


def test_interviewers_words_are_searched_for_a_term():
    assert len(kwic(corpus("是不是不给？", role="interviewer"), term="不给")) == 1


def test_a_code_shows_what_was_refused_too(codebook):
    lines = kwic(corpus("就是不给。", role="interviewer"), codebook, code="refuse")
    assert [(line.code, line.rule, line.blocked_by) for line in lines] == [("refuse", "plain", "interviewer")]


def test_a_rule_shows_only_its_own(codebook):
    lines = kwic(corpus("涉密的不给。"), codebook, rule="near")
    assert [(line.rule, line.match) for line in lines] == [("near", "涉密的不给")]


def test_sorted_by_the_words_before_or_after(codebook):
    texts = ("乙不给二", "甲不给三", "乙不给一")
    shown = {
        sort: [line.left + line.right for line in kwic(corpus(*texts), term="不给", sort=sort)]
        for sort in ("place", "left", "right")
    }
    assert shown == {
        "place": ["乙二", "甲三", "乙一"],
        "left": ["乙二", "乙一", "甲三"],
        "right": ["乙一", "甲三", "乙二"],
    }


@pytest.mark.parametrize("asked", [{}, {"term": "a", "code": "refuse"}, {"code": "refuze"}, {"rule": "x"}])
def test_what_cannot_be_looked_for_is_said(codebook, asked):
    with pytest.raises(UsageError):
        kwic(corpus("不给"), codebook, **asked)


def test_a_term_no_rule_could_hold_is_said():
    with pytest.raises(UsageError) as caught:
        kwic(corpus("不给"), term="不*")
    assert caught.value.problems
