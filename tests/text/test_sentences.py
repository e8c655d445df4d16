"""Where sentences and clauses end, in Chinese, English and both at once."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.sentences import clause_spans, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text, 0, len(text))]


def clauses(text: str) -> list[str]:
    return [text[a:b] for a, b in clause_spans(text, 0, len(text))]


# Each case is written with | where a sentence ends; nothing else is cut.
CHINESE = [
    "没有依据。|我们就不给！|后来呢？|先放着；|再说。",
    "真的吗？！|不会吧！！！|好。",
    "处长说：“万一泄露了，谁负责？”|大家都不吭声了。",
    "他说：「不行。」|我們就走了。",
    "他答“是。”，然后走了。",
    "讨论“怎么办？”的时候没人说话。",
    "2019.6.25开会，3.5版上线。|第二天到了。",
    "《怎么办？》是一本书。|看过吗？",
    "各部门（公安。税务。）都来了。|散会。",
    "（这一段不记。）|后来就给了。",
    "（一）加强领导；|（二）落实责任。",
    "好。（笑）|那就给。",
    "有用吗？”（笑）。|没有。",
    "这个……，怎么说呢。|那个……的话也行。",
    "我认为还是……|对，所以没给。",
    "就是…这样。",
    "没给.|他们不要?|好!|行;|走吧",
    "我们做了API.|后来不用了。",
    "在D.C.这边开会，用Node.js写的。",
    "1.加强领导。|2.落实责任。",
    "电话12345，时间17:30。|地址http://a.gov.cn/b?c=d；|完。",
    "𠮷野家也来了😀。|好😀！|走。",
]
ENGLISH = [
    "We refused. |They left! |Why? |Because.",
    "Mr. Smith met Dr. Lee and Prof. Chan. |It went well.",
    "The U.S. Government met J. R. Lee at 3.5 p.m. in Room No. 5. |Then we left.",
    "No. |We refused, e.g. by letter, i.e. in writing, etc. |Then it stopped.",
    "He went to the U.S. |They stayed.",
    'He said "Go!" |Then he left.',
    'She asked "Why?" and went.',
    "“We cannot share it.” |That was all.",
    "I was... I mean, we were not told... and so on.",
    "It is a formality, but... |The rest is law.",
    "See a.b.tw and https://a.b/?q=1 for it. |Fine.",
    "1. First we ask. |2. Then we wait.",
    "He waited (it rained. Badly.) for hours. |Then he left.",
    "Is that so?! |Yes.",
    "We use Yahoo! services. |OK.",
]
MIXED = [
    "我们用API. |Then we stopped. |后来没用。",
    "他说OK。|Then he left.",
    "Mr. 王来了。|好。",
]


@pytest.mark.parametrize("marked", CHINESE + ENGLISH + MIXED)
def test_a_sentence_ends_where_it_is_marked(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "虽然有规定，|但是没人管；|所以：|不给。",
        "他说：|“不给，”|然后走了。",
        "共3,000条，|12:30开始。",
        "《数据，安全》很厚，|没看。",
        "各局（公安，税务）都来，|都签。",
        "When they asked, |we refused; |nothing happened.",
        "See http://a.b/c, |then ask.",
        "见http://a.b/c，|再问。",
    ],
)
def test_a_clause_ends_where_it_is_marked(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert clauses(marked.replace("|", "")) == expected


def test_a_line_break_is_no_end_and_an_empty_line_is_one() -> None:
    assert sentences("we could not\nshare it. Never") == ["we could not\nshare it.", "Never"]
    assert sentences("没有\n\n  \n依据") == ["没有", "依据"]


def test_only_the_stretch_asked_for_is_cut() -> None:
    text = "前面。中间一。中间二。后面。"
    assert [text[a:b] for a, b in sentence_spans(text, 3, 11)] == ["中间一。", "中间二。"]


def test_blank_text_has_no_sentences() -> None:
    assert sentences("") == sentences(" 　\n\t") == clauses(" ") == []


ALPHABET = st.sampled_from(
    [*"没有依据。！？；，：…“”（）《》「」 \n1.35aI!?.;,:\"'*", "Mr.", "U.S.", "😀", "𠮷", "……", "\n\n"]
)
TEXT = st.lists(ALPHABET, max_size=60).map("".join)


@given(TEXT)
@pytest.mark.parametrize("cut", [sentence_spans, clause_spans])
def test_spans_hold_every_character_once_in_order_and_trimmed(cut, text: str) -> None:
    spans = cut(text, 0, len(text))
    held = "".join("".join(text[a:b].split()) for a, b in spans)
    assert held == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


@given(
    st.lists(
        st.sampled_from(
            ["没有依据。", "为什么？！", "好（笑）；", "我们用了3.5版。", "他说：“不给。”", "好😀！"]
        )
    )
)
def test_sentences_put_together_come_apart_again(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


@given(
    st.lists(
        st.sampled_from(["We met Mr. Lee.", "Why?", "They refused (twice).", "It cost 3.5 million.", "No!"])
    )
)
def test_english_sentences_put_together_come_apart_again(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@given(TEXT.filter(lambda t: '"' not in t))
def test_a_sentence_alone_is_one_sentence(text: str) -> None:
    for sentence in sentences(text):
        assert sentences(sentence) == [sentence]


@given(TEXT)
def test_clauses_cut_sentences_further_and_never_join_them(text: str) -> None:
    ends = {b for _, b in sentence_spans(text, 0, len(text))}
    assert ends <= {b for _, b in clause_spans(text, 0, len(text))}


def _steps(text: str) -> int:
    """Count the lines of Python that cutting runs through: time without a clock."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        sentence_spans(text, 0, len(text))
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize(
    "unit", ["没有依据，（略）我们就不给。", "（", "。 ", "\n", "Mr. Lee", "…", '"', "a. "]
)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    once, twice = _steps(unit * 2000), _steps(unit * 4000)
    assert twice <= 2.1 * once + 200


def test_two_megabytes_are_cut_into_all_their_sentences() -> None:
    text = "我们没有依据，（当时）就不给他们数据。" * 37_000  # 19 characters of 3 bytes each
    assert len(text.encode()) > 2_000_000
    assert len(sentence_spans(text, 0, len(text))) == 37_000
