r"""regex: over the segment as written; \w \d \s \b are ASCII on both engines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import code_document
from qualcode.model import Document, Segment, Span
from qualcode.patterns import linear
from qualcode.patterns.linear import slower, spans, with_ascii_classes

from .found import codebook, found, refused, wrong


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        ("(涉密|保密).{0,6}(不能|不好)给", "保密的东西不好给", ["保密的东西不好给"]),
        ("數據", "数据數據", ["數據"]),  # unfolded
        ("refus(e|al)", "Refuse, REFUSAL", ["Refuse", "REFUSAL"]),
        ("é", "É", ["É"]),
        (r"\bAPI\b", "做了API接口", ["API"]),
        (r"\w+", "数据ab_1数é", ["ab_1"]),
        (r"\d+", "第５条第5条", ["5"]),
        ("x*", "axxb", ["xx"]),  # empty matches are dropped
        ("aa", "aaaa", ["aa", "aa"]),
        ("😀?数.", "🙂😀数据𠀀数😀", ["😀数据", "数😀"]),
        # the slower engine
        ("风险(?!管理)", "风险管理，风险", ["风险"]),
        (r"(?<=做了)\w+", "做了API接口", ["API"]),
        (r"(.)\1", "常常，aA", ["常常", "aA"]),
        (r"(?=é)é", "É", ["É"]),
    ],
)
def test_what_is_found(pattern, text, places):
    assert found(text, f"- regex: '{pattern}'") == places


def test_an_excepted_phrase_refuses_after_matching():
    rule = "- {regex: '安全.{0,2}', except: [安全保障]}"
    assert found("安全了，安全保障", rule) == ["安全了，"]
    assert refused("安全了，安全保障", rule) == [("安全保障", "except")]


@given(
    st.text("ab1 _-数é\n", max_size=12),
    st.lists(
        st.sampled_from(
            ["a", "b?", r"\w", r"\W", r"\d", r"\s+", r"\S", r"\b", r"[\w-]", r"[^\W]", "[^a]", "."]
        ),
        min_size=1,
        max_size=4,
    ).map("".join),
)
def test_both_engines_and_python_agree(text, pattern):
    fast = spans(pattern, text)
    slow = [m.span() for m in slower(pattern).finditer(text) if m.start() < m.end()]
    python = [m.span() for m in re.finditer(pattern, text, re.A | re.I) if m.start() < m.end()]
    assert linear.linear(pattern) is not None
    assert slow == python
    assert fast == python


def test_ascii_classes_are_rewritten_and_literals_are_not():
    assert with_ascii_classes(r"\\w[]\w][^]\d]") == r"\\w[]A-Za-z0-9_][^]0-9]"
    assert with_ascii_classes(r"\p{Han}\.") == r"\p{Han}\."


def test_what_needs_the_slower_engine_is_a_warning_with_its_place():
    assert wrong("- regex: 'ok'\n- regex: '风险(?!管理)'") == [(2, "slow-regex")]


@pytest.mark.parametrize("rule", ["(涉密｜保密)不给", "涉密.{0，6}不给", "涉密.｛0,6｝不给"])
def test_signs_of_an_input_method_that_nobody_means_are_a_warning(rule):
    assert wrong(f"- regex: '{rule}'") == [(1, "full-width")]
    assert wrong("- regex: '（一）.{0,6}[，。]不给'") == []


@pytest.mark.parametrize("rule", ["- regex: '('", "- regex: 'a**'", "- regex: '[b'"])
def test_what_no_engine_understands_is_refused(rule):
    assert wrong(rule) == [(1, "bad-regex")]


def test_a_timeout_is_an_error_and_never_no_match(monkeypatch):
    monkeypatch.setattr(linear, "TIMEOUT", 0.05)
    text = "a" * 60 + "好"
    segments = [Segment(f"d:{n}", "d", n, Span(0, len(text)), text) for n in (1, 2, 3)]
    rules = codebook("- regex: '(?=a)(a|aa)+$'\n- terms: [好]")
    coded = code_document(Document("d", text), segments[:1], rules)
    assert [(one.kind, one.severity, one.place.line) for one in coded.problems] == [
        ("regex-timeout", "error", rules.codes["c"].rules[0].place.line)
    ]
    assert [match.rule for match in coded.matches] == ["c:2"]
    assert code_document(Document("d", text), segments, rules).problems == coded.problems


EXPRESSIONS = (
    r"(涉密|保密).{0,6}不",
    r"x*",
    r"(a|数)b?",
    r"\bshare\b",
    r"[^a]{2}",
    r"$",
    r"^.",
    r"(?P<word>数+)|",
    r"(?:|数)b",
    r"[^x]*?数",
    r"\W+",
    r"\C",
)


@given(st.sampled_from(EXPRESSIONS), st.text(st.sampled_from("数ab 涉密不x😀éK，\n")))
def test_offsets_are_those_that_the_engine_gives_for_characters(pattern, text):
    wanted = [match.span() for match in linear.linear(pattern).finditer(text)]
    assert spans(pattern, text) == [(start, end) for start, end in wanted if start < end]
