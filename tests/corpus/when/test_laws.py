"""What holds of every text: times in order, inside it, reckoned the same again, from this document alone."""

import datetime
from dataclasses import replace
from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.corpus.when import NOT_KNOWN, When, times_of, times_of_documents
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.text.timecues import find_times
from qualcode.text.timeevents import event_words
from qualcode.text.timehints import ALL, HintIndex
from qualcode.text.timespans import FIRST_YEAR, LAST_YEAR, PRECISIONS, TimeSpan
from qualcode.text.timetokens import Clock

from .told import EVENTS

WORDS = event_words(EVENTS)
PIECES = (
    "2019年", "一八年", "18年", "二〇一九年", "98年", "2018", "20", "3", "十", "年", "月", "日",
    "号", "个月", "底", "初", "上半年", "下半年", "夏天", "入春", "春上", "冬上", "春节", "三季度", "6月",
    "七月", "25号", "以前", "以后", "以来", "之前", "前", "后", "起", "左右", "那会儿", "到", "至", "、",
    "-", "至今", "到现在", "今年", "去年", "前年", "大前年", "三年前", "半年前", "上个月", "昨天", "这几年",
    "近三年", "最近", "现在", "后来", "当时",
    "那年", "刚开始", "然后", "另外一个问题", "第二年", "两年以后", "“十三五”时期", "放管服会议", "暂行办法",
    "那次会议", "那个办法", "出来", "，", "。", "的", "了", "干了", "我们", "家企业", "《", "》",
    "〔2016〕51号", "民国108年", " in ", " 2019 ", "since ", "before ", "late ", "mid-",
    "June ", "25 ", "last year ", "two years ago ", "the summer of ", "now ",
    "back then ", "later ", "a year later ", "the conference ", "Q3 ", "'18 ",
    "until ",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
days = st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 12, 31))
clocks = st.builds(
    Clock,
    st.one_of(st.none(), days.map(lambda day: TimeSpan(day, day, "day"))),
    st.one_of(st.none(), days.map(lambda day: TimeSpan(day, day + datetime.timedelta(200), "part-year"))),
)


@settings(max_examples=400)
@given(texts, clocks)
def test_times_are_ordered_plausible_and_inside_the_text(text, clock):
    found = find_times(text, clock, WORDS)
    for one, two in pairwise(found):
        assert one.end <= two.start
    for time in found:
        assert 0 <= time.start < time.end <= len(text)
        start, end, precision = time.span
        assert precision in PRECISIONS and (precision == "unknown") == (start is None and end is None)
        assert start is None or end is None or start <= end
        for day in filter(None, (start, end)):
            assert FIRST_YEAR - 62 <= day.year <= LAST_YEAR + 62


@settings(max_examples=100)
@given(texts, clocks)
def test_reading_again_gives_the_same(text, clock):
    assert find_times(text, clock, WORDS) == find_times(text, clock, WORDS)


@settings(max_examples=100)
@given(st.lists(texts.filter(str.strip), min_size=1, max_size=6), st.sampled_from(["2021-05-18", "2021", ""]))
def test_a_segment_is_dated_by_what_stands_before_it_in_its_document_only(lines, date):
    document, segments = talk(*lines, date=date)
    whole = times_of(document, segments, EVENTS)
    assert len(whole) == len(segments)
    for size in range(1, len(segments)):
        assert times_of(document, segments[:size], EVENTS) == whole[:size]
    times_of(*talk("2015年的事", date="2016"), EVENTS)  # another document changes nothing
    assert times_of(document, segments, EVENTS) == whole
    for when in whole:
        assert (when.source == "") == (not when.known) == (when.precision == "unknown")


@settings(max_examples=200)
@example(["2018年", "现在", "我们刚开始"], "2021-05-18", False)
@given(st.lists(texts, max_size=8), st.sampled_from(["2021-05-18", "2021", ""]), st.booleans())
def test_segments_asked_for_what_they_hint_at_tell_what_they_tell_asked_for_everything(lines, date, asks):
    document, segments = talk(*lines, date=date, roles="q" * 8 if asks else "")
    with patch.object(HintIndex, "asked", lambda self, folded, starts, ends: np.full(len(starts), ALL)):
        plain = times_of(document, segments, EVENTS)
    assert times_of(document, segments, EVENTS) == plain


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.lists(texts, max_size=3), st.sampled_from(["2021-05-18", ""]), st.booleans()), max_size=5
    )
)
def test_documents_together_are_about_the_times_each_is_about_alone(held):
    documents = [talk(*lines, date=date) for lines, date, _ in held]
    written = [
        (replace(document, metadata=Metadata(kind="policy", issued="2019-06")), segments)
        for (document, segments), (_, _, policy) in zip(documents, held, strict=True)
        if policy
    ]
    for many in (documents, [*written, *documents], [*documents, *written]):
        assert times_of_documents(many, EVENTS) == [times_of(*one, EVENTS) for one in many]


@given(texts)
@settings(max_examples=60)
def test_without_a_year_or_a_date_nothing_is_known(text):
    """Digits are taken out, and with them every year; what leans on the day it was said has none."""
    bare = "".join(c for c in text if not c.isdigit() and c not in "〇零一二三四五六七八九十百两")
    for word in ("十三五", "五", "the conference", "会议", "办法", "民国"):
        bare = bare.replace(word, "")
    assert not [f for f in find_times(bare, Clock(), WORDS) if f.span.known]


@pytest.mark.parametrize("sign", "年月0前后〔《现一")
def test_reading_takes_time_in_proportion_to_the_text(sign):
    """Ten thousand of one sign, and none behind it, is read at once."""
    find_times(sign * 10_000 + "2019年", Clock())


def talk(*lines: str, date: str = "2021-05-18", roles: str = "") -> tuple[Document, list[Segment]]:
    """An interview, a segment a line; roles as letters, q for the interviewer."""
    text, segments = "", []
    for index, line in enumerate(lines, 1):
        span = Span(len(text), len(text) + len(line))
        role = "interviewer" if roles[index - 1 : index] == "q" else "respondent"
        segments.append(
            Segment(f"I:{index}", "I", index, span, line, turn=index, speech=index, speaker="A", role=role)
        )
        text += line + "\n"
    return Document("I", text, Metadata(kind="interview", date=date)), segments


def test_no_segments_no_times():
    assert times_of(Document("I", ""), []) == ()
    assert When() == NOT_KNOWN and not NOT_KNOWN.known
