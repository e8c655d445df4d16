"""Every refusal has its reason in words, and every rule that found nothing says what it misses."""

from __future__ import annotations

import pytest

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.coding.explain import explain
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.problems import UsageError

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\ntitle: t\nlanguages: [zh, en]\nfold: [case, width]\n"
NEGATION = "context:\n  - {{id: neg, set: {{polarity: negated}}, any: [没有], max: {reach} characters}}\n"
CODE = "  - id: {id}\n    name: n\n    definition: d\n"


def book(rules: str, *, head: str = "", more: str = ""):
    text = HEAD + head + "codes:\n" + CODE.format(id="c") + f"    rules:\n{rules}" + more
    made, problems = parse_codebook(text)
    assert made is not None, [str(one) for one in problems]
    return made


def explained(codebook, *said, of=1, codes=(), **metadata):
    """Explain one of some segments given as words or (words, role, turn)."""
    segments, text = [], ""
    for index, one in enumerate(said, 1):
        words, role, turn = one if isinstance(one, tuple) else (one, "respondent", 1)
        span = Span(len(text), len(text) + len(words))
        speaker = role[:1].upper()
        segments.append(Segment(f"d:{index}", "d", index, span, words, turn=turn, speaker=speaker, role=role))
        text += words
    document = Document("d", text, Metadata(**{"kind": "interview", **metadata}))
    coded = code_document(document, segments, codebook)
    return explain(document, segments, codebook, coded, of, codes=codes)


def refusals(found):
    return {
        match.rule.id: (match.match.blocked_by, str(match.refused))
        for code in found.codes
        for match in code.matches
        if match.refused
    }


def lacks(found):
    return {one.rule.id: one.why for code in found.codes for one in code.absent}


def inner(why):
    return [str(one) for one in why.inner]


# Refusals: one test for each reason that `blocked_by` can give.


def test_longer_than_what():
    codebook = book("      - {id: long, terms: [安全保障体系]}\n      - {id: short, terms: [安全]}\n")
    reason, said = refusals(explained(codebook, "建了安全保障体系"))["short"]
    assert reason == "longer:long"
    assert said == "it lies inside the longer “安全保障体系” of rule long (c)"


def test_which_phrase_is_excepted():
    codebook = book("      - {id: r, terms: [安全], except: [网络安全, 数据安全网]}\n")
    found = explained(codebook, "不管数据安全网")
    assert refusals(found)["r"] == ("except", "it shares words with the excepted phrase “数据安全网”")
    why = found.codes[0].matches[0].refused
    assert why.spans == (Span(2, 7),)
    assert why.place.line == codebook.codes["c"].rules[0].excepts[1].place.line > 0


def test_evidence_that_an_exception_displaces():
    # 甲乙 | 甲乙 from the left; without the first 甲 it is 乙甲, which leaves the last 乙 alone.
    codebook = book("      - {id: r, near: [[甲], [乙]], within: 3 characters, except: [特甲]}\n")
    said = [
        ("".join(one.words), str(one.refused or ""))
        for one in explained(codebook, "特甲乙甲乙").codes[0].matches
    ]
    assert said == [
        ("甲乙", "it shares words with the excepted phrase “特甲”"),
        ("乙甲", ""),
        ("甲乙", "without the words of the excepted phrase “特甲” other evidence is taken in its place"),
    ]


def test_which_unless_and_where_it_stands():
    codebook = book(
        "      - {id: here, terms: [数据], unless: [并非]}\n"
        "      - {id: turn, terms: [安全], unless: {terms: [共享], scope: turn}}\n"
    )
    said = refusals(explained(codebook, "并非数据安全。", "都共享了。"))
    assert said["here"] == (
        "unless",
        "“并非” stands in the segment, and the rule holds only unless terms: [并非]",
    )
    assert said["turn"][1].startswith("“共享” stands in the same turn, in d:2")


def test_which_line_of_where():
    codebook = book(
        "      - {id: kind, terms: [数据], where: {kind: policy}}\n"
        "      - {id: case, terms: [安全], where: {case: {not: [甲市]}}}\n"
        "      - {id: date, terms: [共享], where: {date: {from: 2019, before: 2020}}}\n"
    )
    said = refusals(explained(codebook, "数据安全共享", case="甲市"))
    assert said["kind"] == ("where", "the rule is for kind policy, and kind is interview here")
    assert said["case"][1] == "the rule is for case ≠ 甲市, and case is 甲市 here"
    assert said["date"][1] == "the rule is for date 2019-01-01 ≤ … < 2020-01-01, and date is not known here"


def test_whose_words():
    codebook = book("      - {id: r, terms: [数据]}\n")
    reason, said = refusals(explained(codebook, ("数据呢？", "interviewer", 1)))["r"]
    assert reason == "interviewer"
    assert said == "these are the words of I, who asks (interviewer); only answers are coded"


def test_the_sum_that_falls_short():
    codebook = book(
        "      - {id: a, terms: [数据], weight: 0.25}\n"
        "      - {id: b, terms: [安全], weight: 0.5}\n"
        "      - {id: d, terms: [共享], weight: 0.5}\n"
    )
    reason, said = refusals(explained(codebook, "数据安全，数据"))["a"]
    assert reason == "threshold"
    assert said == "the rules that fired weigh 0.75 together (a 0.25 + b 0.5); the code stands at 1"


# What does not count


def test_the_cue_that_keeps_a_coding_from_counting():
    head = NEGATION.format(reach=4)
    found = explained(book("      - {id: r, terms: [推诿]}\n", head=head), "我们没有推诿。")
    (code,) = found.codes
    assert code.verdict == "not counted"
    assert str(code.because) == "it is meant so: polarity negated"
    (meant,) = [one for one in code.matches[0].meant if not one.counts]
    assert (meant.axis, meant.value) == ("polarity", "negated")
    assert [(cue.cue, cue.span) for cue in meant.cues] == [("neg", Span(2, 4))]
    assert found.cues["neg"].line > 0


def test_countable_matches_that_weigh_too_little():
    head = NEGATION.format(reach=2)
    rules = "      - {id: a, terms: [推诿], weight: 0.5}\n      - {id: b, terms: [拖延], weight: 0.5}\n"
    (code,) = explained(book(rules, head=head), "没有推诿，是拖延。").codes
    assert code.verdict == "not counted"
    assert str(code.because) == "the matches that count weigh 0.5 together; 1 is needed"


def test_an_answer_that_affirms_a_question():
    head = "inherit_question: true\ncontext: [{id: yes, kind: affirm, any: [是的]}]\n"
    codebook = book("      - {id: r, terms: [怕担责]}\n", head=head)
    said = (("是不是怕担责？", "interviewer", 1), ("是的。", "respondent", 2))
    (match,) = explained(codebook, *said, of=2).codes[0].matches
    assert match.words == ("是的",)
    assert str(match.taken_over) == "these words affirm what d:1 asks: 是不是怕担责？"
    assert refusals(explained(codebook, *said, of=1))["r"][0] == "interviewer"


# Why not


def test_groups_found_and_missing():
    codebook = book("      - {id: r, near: [[涉密, 保密], [不给, 不予]], within: 4 characters}\n")
    why = lacks(explained(codebook, "这是涉密的。", codes=("c",)))["r"]
    assert str(why) == "1 of its 2 groups are missing"
    assert inner(why) == ["group 1 stands here: 涉密", "group 2 is missing: 不给, 不予"]


@pytest.mark.parametrize(
    ("rule", "words", "said"),
    [
        (
            "near: [[涉密], [不给]], within: 2 characters",
            "涉密数据不是不给，数据都就是不给",
            "its groups stand 4 characters apart (涉密 … 不给); at most 2 are allowed",
        ),
        (
            "near: [[data], [never]], within: 1 words",
            "data which we never share",
            "its groups stand 2 words apart (data … never); at most 1 are allowed",
        ),
        ("sequence: [[不给], [涉密]], within: 9", "涉密不给", "its groups stand here in another order"),
        (
            "near: [[涉密], [不给]], within: sentence",
            "涉密。不给。",
            "its groups stand here, but not in one sentence: 涉密 … 不给",
        ),
        (
            "near: [[数据], [据安]], within: 9 characters",
            "数据安全",
            "its groups stand here only on characters that they share",
        ),
        (
            "count: [配合, 协调, 沟通], at_least: 2",
            "协调，再协调",
            "1 different terms stand here (协调); 2 are needed",
        ),
        ("terms: [不予]", "不给", "“不予” does not stand here"),
        ("regex: '不.给'", "不给", "the expression does not match here: 不.给"),
        ("any: [[不予], [拒绝]]", "不给", "none of its 2 alternatives is found here"),
        ("all: [[不给], [拒绝]]", "不给", "1 of its 2 groups are missing"),
    ],
)  # fmt: skip
def test_what_a_rule_misses(rule, words, said):
    found = lacks(explained(book(f"      - {{id: r, {rule}}}\n"), words, codes=("c",)))
    assert str(found["r"]) == said


def test_near_misses_of_a_term():
    codebook = book("      - {id: r, terms: [share, 数据局]}\n")
    why = lacks(explained(codebook, "The shareholder of 數據局", codes=("c",)))["r"]
    assert inner(why) == [
        "“share” is only part of the word “shareholder”",
        "“數據局” differs from “数据局” by case, width or script, which 'fold' keeps apart",
    ]
    why = lacks(explained(codebook, "没说。", "数据局说了。", codes=("c",)))["r"]
    assert inner(why) == ["“数据局” stands in d:2, and a match lies in one segment"]


def test_a_code_that_another_code_waits_for():
    more = CODE.format(id="o") + "    rules: [{id: asks, code: c, scope: turn}]\n"
    codebook = book("      - {id: r, terms: [数据]}\n", more=more)
    assert str(lacks(explained(codebook, "没有。", codes=("o",)))["asks"]) == "c is not coded in this turn"


def test_a_code_asked_about_brings_those_below_it():
    more = CODE.format(id="c.child") + "    rules: [{id: below, terms: [共享]}]\n"
    codebook = book("      - {id: r, terms: [数据]}\n", more=more)
    found = explained(codebook, "数据", codes=("c",))
    assert [(code.code.id, code.verdict) for code in found.codes] == [
        ("c", "counts"),
        ("c.child", "not found"),
    ]


def test_unknown_codes_are_answered():
    with pytest.raises(UsageError, match="did you mean 'c'"):
        explained(book("      - {id: r, terms: [数据]}\n"), "数据", codes=("cc",))
