"""Every place, with the words on either side."""

import pytest

from qualcode.analysis.kwic import kwic, lines_of, sampled
from qualcode.analysis.tables import match_rows, segment_rows
from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.columns import names
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


def stored(codebook, *texts, role=""):
    """The rows that a run would write of some documents."""
    segments, matches = [], []
    for document, its_segments in corpus(*texts, role=role):
        coded = code_document(document, its_segments, codebook)
        segments += segment_rows(document, its_segments, coded, codebook)
        matches += match_rows(document, its_segments, coded, codebook)
    by_name = [
        [dict(zip(names(table), row, strict=True)) for row in rows]
        for table, rows in (("segments", segments), ("matches", matches))
    ]
    return by_name[0], lambda: by_name[1]


def test_a_term_is_found_as_a_rule_would_find_it(codebook):
    lines = kwic(*stored(codebook, "We share it; the shareholder\nshares API数据"), "shar*", width=4)
    assert [(line.left, line.match, line.right) for line in lines] == [
        ("We", "share", "it; "),
        (" the", "shareholder", "shar"),
        ("lder", "shares", "API数"),
    ]
    assert kwic(*stored(codebook, "做了API接口"), "api")[0].match == "API"
    assert kwic(*stored(codebook, "數據"), "数据")[0].match == "數據"


def test_interviewers_words_are_searched_for_a_term(codebook):
    assert len(kwic(*stored(codebook, "是不是不给？", role="interviewer"), "不给")) == 1


def test_a_code_shows_what_was_refused_when_asked(codebook):
    tables = stored(codebook, "就是不给。", role="interviewer")
    assert kwic(*tables, "code:refuse") == []
    lines = kwic(*tables, "code:refuse", refused=True)
    assert [(line.code, line.rule, line.blocked_by) for line in lines] == [("refuse", "plain", "interviewer")]
    assert kwic(*tables, "", refused=True) == lines, "without a term, all refused matches"


def test_a_rule_shows_only_its_own(codebook):
    lines = kwic(*stored(codebook, "涉密的不给。"), "rule:near")
    assert [(line.rule, line.match) for line in lines] == [("near", "涉密的不给")]


def test_only_in_some_segments(codebook):
    tables = stored(codebook, "数据不给", "数据真多")
    assert [line.segment_id for line in kwic(*tables, "数据", only={"D2:1"})] == ["D2:1"]
    assert [line.match for line in kwic(*tables, "", only={"D2:1"})] == ["数据真多"]


def test_sorted_by_the_words_before_or_after(codebook):
    tables = stored(codebook, "乙不给二", "甲不给三", "乙不给一")
    shown = {
        sort: [line.left + line.right for line in kwic(*tables, "不给", sort=sort)]
        for sort in ("place", "left", "right")
    }
    assert shown == {
        "place": ["乙二", "甲三", "乙一"],
        "left": ["乙二", "乙一", "甲三"],
        "right": ["乙一", "甲三", "乙二"],
    }


def test_lines_of_words_just_coded_are_those_of_the_tables(codebook):
    ((document, segments),) = corpus("涉密的不给，就是不给。")
    coded = code_document(document, segments, codebook)
    lines = list(lines_of(document, segments, coded.matches))
    assert lines == kwic(*stored(codebook, document.text), "code:refuse", refused=True)


def test_a_sample_is_drawn_by_its_seed_and_keeps_the_order(codebook):
    lines = kwic(*stored(codebook, *(f"{n}不给" for n in range(40))), "不给")
    some = sampled(lines, 10, 7)
    assert some == sampled(lines, 10, 7) != sampled(lines, 10, 8)
    assert some == sorted(some, key=lines.index)
    assert len(some) == 10
    assert sampled(lines, 99, 7) == lines


@pytest.mark.parametrize("asked", ["", "code:refuze", "rule:x", "不*"])
def test_what_cannot_be_looked_for_is_said(codebook, asked):
    with pytest.raises(UsageError):
        kwic(*stored(codebook, "不给"), asked)


def test_a_term_is_never_refused(codebook):
    with pytest.raises(UsageError, match="never refused"):
        kwic(*stored(codebook, "不给"), "不给", refused=True)


def test_a_term_no_rule_could_hold_is_said(codebook):
    with pytest.raises(UsageError) as caught:
        kwic(*stored(codebook, "不给"), "不*")
    assert caught.value.problems
