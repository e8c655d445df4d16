"""What is carried from one segment of talk to the next, and what ends it."""

from dataclasses import replace

import pytest

from qualcode.corpus.when import NOT_KNOWN, When, times_of
from qualcode.model import Document, Metadata, Speaker

from .test_laws import talk
from .told import EVENTS


def dates(*lines: str, roles: str = "", date: str = "2021-05-18") -> list[str]:
    """`start..end source` of each line of an interview."""
    found = times_of(*talk(*lines, roles=roles, date=date), EVENTS)
    return [f"{when.start[:4]}..{when.end[:4]} {when.source}" if when.known else "?" for when in found]


def test_a_time_is_carried_until_a_new_one_is_told():
    assert dates("一七年我接手。", "发函，等回函。", "一九年好了。", "真的。") == [
        "2017..2017 explicit", "2017..2017 carried", "2019..2019 explicit", "2019..2019 carried",
    ]  # fmt: skip


def test_nothing_told_is_unknown_and_never_the_day_of_the_interview():
    assert dates("我们先喝茶。", "后来也没办。", "那时候难。") == ["?", "?", "?"]


def test_a_question_opens_the_time_of_its_answer():
    assert dates("一八年下半年呢？", "编目录。", roles="q") == ["2018..2018 explicit", "2018..2018 carried"]


def test_another_topic_ends_what_was_carried():
    assert dates("一七年难。", "换个话题，您怎么看平台？", "平台好。", roles=" q") == [
        "2017..2017 explicit",
        "?",
        "?",
    ]


def test_a_heading_ends_what_was_carried():
    document, segments = talk("一七年难。", "二、平台", "平台好。")
    segments[1] = replace(segments[1], kind="heading")
    assert [when.source for when in times_of(document, segments)] == ["explicit", "", ""]


def test_talk_of_then_after_talk_of_now_goes_back_to_the_time_before():
    found = dates("一七年难。", "现在好了。", "路铺好了。", "那时候哪有路。", "没有。")
    assert found == [
        "2017..2017 explicit", "2020..2021 relative", "2020..2021 carried", "2017..2017 carried",
        "2017..2017 carried",
    ]  # fmt: skip


def test_later_keeps_the_time_and_says_that_it_may_reach_further():
    when = times_of(*talk("一七年难。", "后来我自己去。"))[1]
    assert (when.start, when.source, when.precision) == ("2017-01-01", "carried", "vague")


def test_several_times_make_a_stretch_and_the_last_one_is_carried():
    assert dates("一七年不给，一九年给了。", "真的。") == ["2017..2019 explicit", "2019..2019 carried"]


def test_formerly_is_before_the_time_told_and_is_not_carried_on():
    assert dates("二〇年通了。", "以前要跑。", "现成的。") == [
        "2020..2020 explicit",
        "..2019 relative",
        "2020..2020 carried",
    ]
    assert dates("以前要跑，二〇年通了。")[0] == "2020..2020 explicit"


def test_a_time_that_cannot_be_reckoned_ends_what_was_carried():
    assert dates("一七年难。", "去年好了。", "真的。", date="") == ["2017..2017 explicit", "?", "?"]
    assert dates("一七年难。", "去年好了。", "真的。", date="2021") == [
        "2017..2017 explicit", "2020..2020 relative", "2020..2020 carried",
    ]  # fmt: skip


def test_events_of_the_study_date_what_is_told_after_them():
    when = times_of(*talk("放管服会议以后动了。"), EVENTS)[0]
    assert (when.start, when.end, when.precision) == ("2019-06-26", "2021-05-18", "event-relative")
    assert not times_of(*talk("放管服会议以后动了。"))[0].known  # nobody said when that was


@pytest.mark.parametrize("kind", ["policy", "minutes", "report"])
def test_a_document_is_about_the_date_it_is_in_force_from(kind):
    meta = Metadata(kind=kind, date="2019-01", issued="2019-02-03", effective="2019-03-01")
    _, segments = talk("到2025年建成。")
    for given, wanted in ((meta, "2019-03-01"), (replace(meta, effective=""), "2019-02-03")):
        when = times_of(Document("I", "到2025年建成。", given), segments)[0]
        assert (when.start, when.end, when.source) == (wanted, wanted, "document")
    coarse = times_of(Document("I", "x", Metadata(kind=kind, date="2019")), segments)[0]
    assert (coarse.start, coarse.precision) == ("2019", "year")


def test_a_text_of_unknown_kind_has_no_time():
    _, segments = talk("一七年难。")
    assert times_of(Document("I", "一七年难。"), segments) == (NOT_KNOWN,)


def test_a_persons_date_stands_for_its_segment_alone():
    document, segments = talk("一七年难。", "那件事。", "真的。")
    own = When("2018-03-01", "2018-03-31", "human", "month")
    found = times_of(document, segments, human={"I:2": own})
    assert found[1] == own and found[2].start == "2017-01-01"


def test_a_time_before_the_speaker_came_is_flagged():
    document, segments = talk("一六年建的平台。", "二〇年好了。")
    document = replace(document, speakers=(Speaker("A", "respondent", "declared", since="2017-01"),))
    assert [when.note for when in times_of(document, segments)] == ["before the speaker came (2017-01)", ""]
