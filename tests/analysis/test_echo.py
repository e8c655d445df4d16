"""Policy wording in talk: long stretches both have, who had them first, and what is only a name."""

from dataclasses import replace

from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from qualcode import columns
from qualcode.analysis.echo import echo, order_of
from qualcode.analysis.given import Given
from qualcode.analysis.overlap import Names, Source, stretches, without
from qualcode.model import Event

from .conftest import codebook_of, row_of

BOOK = replace(codebook_of("A"), fold=frozenset({"case", "width", "script"}))
RULE = "各单位应当无条件共享政务数据，不得以涉密为由拒绝。"


def texts(corpus, name, kind, date, *lines, roles=(), **about):
    """A document of these words, held or issued on a date."""
    corpus.document(name, *("-" for _ in lines), kind=kind, date=date, t_said=date, **about)
    names = [column.name for column in columns.TABLES["segments"]]
    first = len(corpus.segment_rows) - len(lines)
    for n, words in enumerate(lines):
        role = roles[n] if roles else "respondent"
        cells = dict(zip(names, corpus.segment_rows[first + n], strict=True)) | {"text": words, "role": role}
        cells["codable"] = role == "respondent"
        corpus.segment_rows[first + n] = row_of("segments", **cells)


def found(corpus, *, events=()):
    made = echo(Given(*corpus.tables, BOOK, events=events))
    return made.tables["echo"].to_dict("records"), made


def test_wording_is_found_across_width_script_and_punctuation(corpus):
    texts(corpus, "D1", "policy", "2019-01-01", "第一句。", RULE)
    texts(corpus, "I1", "interview", "2021-03-01", "没说。", "文件要求應當無條件共享，政務數據嘛。")
    (line,), _ = found(corpus)
    assert (line["words"], line["size"]) == ("應當無條件共享，政務數據", 11.0)
    assert (line["segment_id"], line["source_segment"], line["what"]) == ("I1:2", "D1:2", "wording")
    assert (line["order"], line["source_date"], line["asked"]) == ("after", "2019-01-01", False)


def test_seven_characters_are_too_short_and_six_english_words_long_enough(corpus):
    texts(corpus, "D1", "policy", "2019", "无条件共享数据", "data shall be shared without delay")
    texts(corpus, "I1", "interview", "2021", "无条件共享数据", "Data shall be shared, without delay!")
    (line,), _ = found(corpus)
    assert line["segment_id"] == "I1:2" and line["size"] == 8


def test_talk_before_the_document_is_the_control(corpus):
    texts(corpus, "D1", "policy", "2020-03-01", RULE)
    texts(corpus, "I1", "interview", "2018-05", RULE)
    texts(corpus, "I2", "interview", "2021-05", RULE, "别的。")
    texts(corpus, "I3", "interview", "2020", RULE)
    lines, made = found(corpus)
    assert [line["order"] for line in lines] == ["before", "after", "unknown"]
    (row,) = made.tables["echo_sources"].to_dict("records")
    assert [row[n] for n in ("n_segments", "n_quotes", "rate_after")] == [2, 1, 500.0]
    assert [row[n] for n in ("n_before", "quotes_before", "rate_before")] == [1, 1, 1000.0]
    assert row["n_documents"] == 1 and row["example_ids"] == ("I2:1",)
    assert "3 stretches of wording; 1 of them" in str(made.remarks[0])


def test_the_first_document_by_date_is_the_source(corpus):
    texts(corpus, "D2", "policy", "2017-02", "前面的话。" + RULE)
    texts(corpus, "D1", "report", "2019", RULE)
    texts(corpus, "I1", "interview", "2021", RULE)
    (line,), _ = found(corpus)
    assert (line["source_id"], line["sources"]) == ("D2", ("D2", "D1"))


def test_names_are_no_wording(corpus):
    texts(
        corpus,
        "D1",
        "policy",
        "2019",
        "按《政务信息资源共享管理办法》办。",
        "全国深化放管服改革电视电话会议要求",
    )
    texts(
        corpus,
        "I1",
        "interview",
        "2021",
        "有个政务信息资源共享管理办法。",
        "全国深化放管服改革电视电话会议要求",
    )
    lines, _ = found(corpus, events=(Event("E", "2019", {"zh": "全国深化“放管服”改革电视电话会议"}),))
    assert [line["what"] for line in lines] == ["name", "name"]


def test_what_the_interviewer_said_first_is_marked(corpus):
    texts(corpus, "D1", "policy", "2019", RULE)
    roles = ("interviewer", "respondent")
    texts(corpus, "I1", "interview", "2021", "应当无条件共享政务数据，做到了吗？", RULE, roles=roles)
    (line,), _ = found(corpus)
    assert line["asked"] is False and line["size"] == 23  # the answer says more than was asked
    texts(corpus, "I2", "interview", "2021", RULE, RULE, roles=roles)
    assert [line["asked"] for line in found(corpus)[0]] == [False, True]


def test_without_either_side_nothing_is_looked_for(corpus):
    texts(corpus, "I1", "interview", "2021", RULE)
    lines, made = found(corpus)
    assert lines == [] and "both needed" in str(made.remarks[0])


def test_dates_that_overlap_say_nothing_of_who_was_first():
    assert [order_of("2020-06", day) for day in ("2020", "2020-05", "2020-07-01", "")] == [
        *("unknown", "after", "before", "unknown")
    ]


WORDS = st.text(alphabet="数据共享办", min_size=0, max_size=14)


@settings(max_examples=60, deadline=None)
@holds(WORDS, st.lists(WORDS, min_size=1, max_size=3))
def test_stretches_are_those_of_trying_everything(ours, theirs):
    window = 3
    inside = {
        (a, b)
        for a in range(len(ours))
        for b in range(a + window, len(ours) + 1)
        if any(ours[a:b] in text for text in theirs)
    }
    longest = {
        (a, b) for a, b in inside if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in inside)
    }
    made = stretches(list(ours), Source.of(map(list, theirs)), window=window)
    assert {(s.start, s.end) for s in made} == longest
    assert all(ours[s.start : s.end] in theirs[s.place] for s in made)


@settings(max_examples=60, deadline=None)
@holds(st.lists(st.text(alphabet="数据共", max_size=7).map(tuple), max_size=5), WORDS)
def test_only_names_that_are_near_are_taken_out(names, text):
    near = Names(names).near(text)
    assert without(list(text), near) == without(list(text), names)
    assert near == [name for name in names if name in near]
