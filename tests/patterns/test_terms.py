"""terms: where a literal stands, where it does not, and which of several evidences stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.patterns.term import make_term
from qualcode.problems import Place
from qualcode.text.repair import repair

from .found import found, refused, wrong


@pytest.mark.parametrize(
    ("term", "text", "places"),
    [
        ("共享", "数据共享，共享平台", ["共享", "共享"]),
        ("共享", "數據共亨", []),
        ("数据", "資料與數據", ["數據"]),
        ("share", "Share the data; shareholders share.", ["Share", "share"]),
        ("share", "unshare sharé share's", []),
        ("API", "做了API接口，ＡＰＩ也通了", ["API", "ＡＰＩ"]),
        ("don't", "We don’t and don't", ["don’t", "don't"]),
        ("don", "don't don", ["don"]),
        ("5", "第5条，2015年5月", ["5", "5"]),
        ("19", "第19条，2019年", ["19"]),
        ("C++", "C++ and C++20", ["C++", "C++"]),
        ("refus*", "He refused: refusal, 他refuse了", ["refused", "refusal", "refuse"]),
        ("refus*", "unrefused", []),
        ("refus* to share", "they refused to  share", ["refused to  share"]),
        ("cannot share", "cannot\n   share, cannot\u3000share", ["cannot\n   share", "cannot\u3000share"]),
        ("cannot share", "cannotshare cannot，share", []),
        ("数据 共享", "数据\n共享 数据共享", ["数据\n共享"]),
        ("啊啊", "啊啊啊啊啊", ["啊啊", "啊啊"]),
        ("😀好", "🙂😀好😀好𠀀", ["😀好", "😀好"]),
        ("café", "cafe\u0301 café", ["café"]),  # a document is composed when read; this one was not
    ],
)
def test_where_a_term_stands(term, text, places):
    assert found(text, f'- terms: ["{term}"]') == places


@pytest.mark.parametrize(
    ("term", "text", "places"),
    [
        ("打…招呼", "先打招呼，打了一声招呼", ["打|招呼", "打|招呼"]),
        ("打…招呼", "打一二三四五六招呼", ["打|招呼"]),
        ("打…招呼", "打一二三四五六七招呼", []),
        ("打…招呼", "打来打去打招呼", ["打|招呼"]),  # from the first 打, over the others
        ("打……招呼", "打个招呼", ["打|招呼"]),
        ("打 … 招呼", "打个招呼", ["打|招呼"]),
        ("share…data", "share all of our data", ["share|data"]),
        ("share…data", "share all the good old data", []),
        ("share…data", "share，data; sharedata", ["share|data"]),
        ("shar*…data", "sharing the data", ["sharing|data"]),
        ("对…data", "对abcdef data对abcdef", []),  # one side is Han: six characters, the space is the seventh
        ("对…data", "对abcde data", ["对|data"]),
        ("甲…乙…丙", "甲乙一二三四乙一二三四五丙", ["甲|乙|丙"]),  # the nearest 乙 leads nowhere
    ],
)
def test_gaps_reach_to_the_nearest_continuation(term, text, places):
    assert found(text, f'- terms: ["{term}"]') == places


def test_two_terms_on_one_stretch_are_one_match():
    assert found("数据", "- terms: [数据, 數據]") == ["数据"]
    assert found("打了招呼", "- terms: [打…招呼, 打了招呼]") == ["打|招呼"]


def test_evidence_inside_longer_evidence_is_refused_by_name():
    text = "数据共享平台"
    rules = "- {id: short, terms: [数据]}\n- {id: long, terms: [数据共享]}\n- {id: other, terms: [共享平台]}"
    assert found(text, rules) == ["数据共享", "共享平台"]  # crossing ones both stand
    assert refused(text, rules) == [("数据", "longer:long")]


def test_a_rule_may_keep_what_is_nested_and_still_win_over_others():
    text = "数据共享"
    assert found(text, "- {id: a, terms: [数据], nested: keep}\n- {id: b, terms: [数据共享]}") == [
        "数据",
        "数据共享",
    ]
    assert refused(text, "- {id: a, terms: [数据]}\n- {id: b, terms: [数据共享], nested: keep}") == [
        ("数据", "longer:b")
    ]


def test_a_gap_belongs_to_the_evidence_that_wins():
    assert refused("打了一声招呼", "- {id: gap, terms: [打…招呼]}\n- {id: inside, terms: [一声]}") == [
        ("一声", "longer:gap")
    ]


def test_terms_inside_other_patterns_neither_win_nor_lose():
    assert found("数据共享", "- any: [{terms: [数据共享]}]\n- terms: [数据]") == ["数据", "数据共享"]


def test_evidence_on_an_excepted_phrase_is_refused():
    text = "安全保障体系；数据安全"
    rule = "- {terms: [安全], except: [安全保障体系]}"
    assert found(text, rule) == ["安全"]
    assert refused(text, rule) == [("安全", "except")]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("- terms: [享*]", "bad-wildcard"),
        ("- terms: ['*']", "bad-wildcard"),
        ("- terms: ['shar*ing']", "bad-wildcard"),
        ("- terms: ['共享-*']", "bad-wildcard"),
        ("- terms: [shar＊]", "full-width"),
        ("- terms: [打...招呼]", "three-dots"),
        ("- terms: […招呼]", "bad-gap"),
        ("- terms: ['']", "empty-term"),
        ("- terms: []", "empty-list"),
        ("- terms: [$refusals]", "unknown-lexicon"),
        ("- terms: [[a]]", "wrong-type"),
        ("- {terms: [a], within: 3}", "unknown-key"),
        ("- {terms: [a], regex: b}", "two-patterns"),
        ("- {weight: 1}", "no-pattern"),
    ],
)
def test_what_is_refused(rule, kind):
    assert wrong(rule) == [(1, kind)]


def test_a_dollar_before_a_letter_is_a_lexicon_and_before_a_digit_a_term():
    assert found("他们拒绝，refused", "- terms: $refusal") == ["拒绝", "refused"]
    assert found("costs $5 a day", "- terms: ['$5']") == ["$5"]


def test_a_term_is_repaired_as_documents_are():
    problems: list = []
    term = make_term("e\u0301 ⼯作", Place(), problems)
    assert term is not None
    assert term.text == "é 工作"
    assert problems == []


@given(st.text(st.sampled_from("数據a B9 é⼯\t'"), min_size=1))
def test_a_term_of_one_piece_is_its_repaired_text(text):
    term = make_term(text, Place(), [])
    repaired = repair(text)[0].strip()
    assert (term and (term.text, term.pieces)) == ((repaired, (repaired,)) if repaired else None)
