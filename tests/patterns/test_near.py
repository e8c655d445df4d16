"""near and sequence: one term of every group, close together."""

import pytest

from .found import found, refused, wrong


@pytest.mark.parametrize(
    ("rule", "text", "places"),
    [
        ("near: [[涉密, 泄密], $refusal], within: 5 characters", "涉密就不给", ["涉密|不给"]),
        ("near: [[涉密, 泄密], $refusal], within: 5 characters", "不给，怕泄密", ["不给|泄密"]),
        ("near: [[涉密], [不给]], within: 2 characters", "涉密就是不给", ["涉密|不给"]),
        ("near: [[涉密], [不给]], within: 2 characters", "涉密就是说不给", []),
        ("near: [[涉密], [不给]], within: 0 characters", "涉密不给", ["涉密|不给"]),
        ("near: [[涉密], [不给]], within: 3", "涉密，不给", ["涉密|不给"]),
        ("near: [data, share], within: 3 words", "share any of the data", ["share|data"]),
        ("near: [data, share], within: 2 words", "share any of the data", []),
        ("near: [数据, API], within: 2 words", "数据接口API", ["数据|API"]),
        ("near: [数据, API], within: 1 words", "数据接口API", []),
        ("near: [数据, 共享], within: sentence", "数据。要共享。", []),
        ("near: [数据, 共享], within: sentence", "有数据。数据，还有很多很多话，共享。", ["数据|共享"]),
        ("near: [甲, 乙, 丙], within: 2 characters", "甲一二乙一二丙", ["甲|乙|丙"]),
        ("near: [甲, 乙, 丙], within: 2 characters", "丙一甲一乙", ["丙|甲|乙"]),
        ("near: [甲, 乙, 丙], within: 2 characters", "甲一二三丙一乙", []),
        ("near: [[数据], [数据]], within: 9 characters", "数据和数据", ["数据|数据"]),
        ("near: [[数据], [数据]], within: 9 characters", "数据", []),
        ("near: [[数据], [据共]], within: 9 characters", "数据共", []),
        ("near: [[打…招呼], [领导]], within: 1 characters", "打个招呼给领导", ["打个招呼|领导"]),
        ("sequence: [[因为], [追责]], within: 9 characters", "因为怕追责", ["因为|追责"]),
        ("sequence: [[因为], [追责]], within: 9 characters", "追责，因为", []),
        ("sequence: [甲, 乙, 丙], within: 1 characters", "甲乙甲一乙丙", ["甲|乙|丙"]),
    ],
)
def test_what_is_near(rule, text, places):
    assert found(text, f"- {{{rule}}}") == places


def test_the_nearest_members_are_taken():
    rule = "- {near: [[涉密], [不给]], within: 20 characters}"
    assert found("涉密……涉密就不给，不给", rule) == ["涉密|不给"]


def test_matches_are_leftmost_and_do_not_overlap():
    rule = "- {near: [[甲], [乙]], within: 20 characters}"
    text = "甲乙甲乙甲"
    assert found(text, rule) == ["甲|乙", "甲|乙"]


def test_a_member_on_an_excepted_phrase_is_left_out_before_combining():
    rule = "- {near: [[安全], [不给]], within: 20 characters, except: [安全保障]}"
    assert found("涉及安全，安全保障就不给", rule) == ["安全|不给"]
    assert refused("涉及安全，安全保障就不给", rule) == [("安全|不给", "except")]
    assert found("安全保障，不给", rule) == []
    assert refused("安全保障，不给", rule) == [("安全|不给", "except")]


def test_an_exception_inside_the_gap_of_a_member_touches_it():
    rule = "- {near: [[打…招呼], [领导]], within: 9 characters, except: [一声]}"
    assert refused("打一声招呼，领导", rule) == [("打一声招呼|领导", "except")]


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        ("- {near: [[a]], within: 3 words}", ["bad-groups"]),
        ("- {near: [a, b, c, d, e, f, g, h, i], within: 3 words}", ["bad-groups"]),
        ("- {near: a, within: 3 words}", ["bad-groups"]),
        ("- {near: [a, b]}", ["missing-key"]),
        ("- {near: [a, b], within: near}", ["bad-distance"]),
        ("- {near: [a, b], within: 3 lines}", ["bad-distance"]),
        ("- {near: [a, b], within: -1}", ["bad-distance"]),
        ("- {sequence: [a, []], within: 3}", ["empty-list"]),
    ],
)
def test_what_is_refused(rule, kinds):
    assert [kind for _, kind in wrong(rule)] == kinds
