"""count, score, all, any and code: combinations in one segment."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.model import Document, Segment, Span
from qualcode.patterns.score import scored
from qualcode.patterns.term import make_term
from qualcode.problems import Place
from qualcode.text.folding import fold

from .found import HEAD, codebook, found, refused, wrong


@pytest.mark.parametrize(
    ("rule", "text", "places"),
    [
        ("count: [配合, 协调, 沟通], at_least: 2", "配合，配合，沟通，配合", ["配合|沟通"]),
        ("count: [配合, 协调, 沟通], at_least: 2", "配合，配合", []),
        ("count: [数据, 數據, 共享], at_least: 2", "数据數據", []),
        ("count: [数据, 数据共享], at_least: 2", "数据共享", ["数据|数据共享"]),
        ("score: {不敢: 0.6, 等: 0.4}", "再等等，不敢，不敢", ["等|不敢"]),
        ("score: {不敢: 0.6, 等: 0.4}", "不敢，不敢", []),
        ("score: {不敢: 0.6, 等: 0.4}, reach: 0.5", "等着；不敢", ["不敢"]),
        ("score: {不敢: 1, 试点: -0.5}", "试点也不敢", []),
        ("score: {不敢: 1.5, 试点: -0.5}", "试点也不敢", ["不敢"]),
        ("score: {$refusal: 0.5, 不给: 0.5}", "就是不给", ["不给"]),
        ("score: {$refusal: 0.5, 表: 0.5}", "不给，不给表", ["不给|表"]),
        ("score: {0.5: [不敢, 签字, $refusal], -0.5: [试点]}", "不敢签字", ["不敢|签字"]),
        ("score: {0.5: [不敢, 签字, $refusal], -0.5: [试点]}", "试点不敢签字", []),
        ("score: {0.5: [不敢, 签字], 12345: 0.5}", "打12345，不敢接", ["12345|不敢"]),
        ("score: {数据: 0.5, 數據: 0.5}", "数据", ["数据"]),
        ("all: [[数据, 信息], [不给]]", "不给，没有信息和数据", ["不给|信息"]),
        ("all: [[数据], [不给]]", "数据", []),
        ("all: [数据, {regex: '[0-9]+'}]", "第12条，数据3", ["12|数据"]),
        ("all: [数据, 数据共享]", "数据共享", ["数据|数据共享"]),
        ("all: [{any: [甲, 乙]}, {near: [丙, 丁], within: 1}]", "丁丙乙", ["丁|丙|乙"]),
        ("any: [{terms: [甲]}, {regex: '甲|乙'}, 丙]", "甲乙丙", ["甲", "乙", "丙"]),
        ("any: [[甲, 乙], $refusal]", "甲不给", ["甲", "不给"]),
    ],
)
def test_what_is_found(rule, text, places):
    assert found(text, f"- {{{rule}}}") == places


def test_a_count_leaves_out_what_is_excepted_and_says_what_that_cost():
    rule = "- {count: [安全, 发展], at_least: 2, except: [安全网]}"
    assert refused("安全网和发展", rule) == [("安全|发展", "except")]
    assert found("安全网、安全和发展", rule) == ["安全|发展"]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("- {count: [a, A], at_least: 2}", "impossible-rule"),
        ("- {count: [a, b]}", "missing-key"),
        ("- {count: [a, b], at_least: 0}", "out-of-range"),
        ("- {count: [a, b], at_least: many}", "wrong-type"),
        ("- {score: {a: 0.5, b: 0.4}}", "impossible-rule"),
        ("- {score: {a: 2}, reach: 3}", "impossible-rule"),
        ("- {score: {a: 2}, reach: 0}", "out-of-range"),
        ("- {score: {a: 2}, reach_in_turn: 1}", "impossible-rule"),
        ("- {score: {a: 2}, reach_in_turn: -1}", "out-of-range"),
        ("- {score: {a: 0, b: 1}}", "out-of-range"),
        ("- {score: {a: much, b: 1}}", "out-of-range"),
        ("- {score: {much: [a, b]}}", "out-of-range"),
        ("- {score: {0.4: [a, b]}}", "impossible-rule"),
        ("- {score: {1: []}}", "impossible-rule"),
        ("- {score: [a, b]}", "wrong-type"),
        ("- {score: {$nowhere: 1}}", "unknown-lexicon"),
        ("- {score: {a: 1, a: 2}}", "duplicate-key"),
        ("- all: []", "empty-list"),
        ("- all: {terms: [a]}", "empty-list"),
        ("- any: [{trems: [a]}]", "unknown-key"),
        ("- {code: c}", "code-cycle"),
        ("- {code: d}", "unknown-code"),
    ],
)
def test_what_is_refused(rule, kind):
    assert wrong(rule) == [(1, kind)]


CODES = """\
codes:
  - {id: late, name: n, definition: d, rules: [{id: asks, code: law, scope: SCOPE}]}
  - {id: law, name: n, definition: d}
  - {id: law.gap, name: n, definition: d, rules: [{terms: [没有依据]}, {terms: [法律]}]}
"""


def evidence(texts: list[str], scope: str, turns: list[int]) -> list[tuple[int, str]]:
    book, problems = parse_codebook(HEAD + CODES.replace("SCOPE", scope))
    assert book is not None, [str(one) for one in problems]
    text = "".join(texts)
    segments, at = [], 0
    for index, (words, turn) in enumerate(zip(texts, turns, strict=True), 1):
        span = Span(at, at + len(words))
        segments.append(Segment(f"d:{index}", "d", index, span, words, turn=turn))
        at = span.end
    matches = code_document(Document("d", text), segments, book).matches
    return [(m.segment, "|".join(text[a:b] for a, b in m.parts)) for m in matches if m.rule == "asks"]


def test_a_code_of_a_descendant_is_there_with_its_evidence():
    texts = ["法律上没有依据。", "拖着。"]
    assert evidence(texts, "segment", [1, 1]) == [(1, "法律|没有依据")]


def test_a_code_elsewhere_in_the_turn_stands_for_the_whole_segment():
    texts = ["法律上没有依据。", "拖着。", "别人的话。"]
    assert evidence(texts, "turn", [1, 1, 2]) == [(1, "法律|没有依据"), (2, "拖着。")]


def test_what_is_no_turn_has_only_itself():
    assert evidence(["法律。", "拖着。"], "turn", [0, 0]) == [(1, "法律")]


def test_a_turn_that_is_clear_somewhere_needs_less_elsewhere():
    text = "不敢签字。签字的事再说。签字呢。"
    spans = [Span(0, 5), Span(5, 12), Span(12, 16)]
    book = codebook("- {score: {不敢: 0.7, 签字: 0.5}, reach: 1, reach_in_turn: 0.5}")

    def coded(*turns):
        segments = [
            Segment(f"d:{n}", "d", n, span, text[span.start : span.end], turn=turn)
            for n, (span, turn) in enumerate(zip(spans, turns, strict=True), 1)
        ]
        return [coding.segment for coding in code_document(Document("d", text), segments, book).codings]

    assert coded(1, 1, 2) == [1, 2]  # the third is another turn
    assert coded(1, 1, 1) == [1, 2, 3]
    assert coded(0, 0, 0) == [1]  # no turns at all


def test_a_sub_code_may_ask_what_the_rules_of_its_parent_find():
    text = """
    - id: c
      name: c
      definition: d
      rules: [{terms: [不给]}]
    - id: c.x
      name: x
      definition: d
      rules:
        - {id: weak, terms: [安全], weight: 0.4}
        - {id: parent, code: c, own: true, weight: 0.6}
    """
    book, problems = parse_codebook(HEAD + "codes:\n" + textwrap.indent(textwrap.dedent(text), "  "))
    assert book is not None, problems

    def coded(words):
        segment = Segment("d:1", "d", 1, Span(0, len(words)), words)
        return [coding.code for coding in code_document(Document("d", words), [segment], book).codings]

    assert coded("为了安全，不给") == ["c", "c.x"]
    assert coded("为了安全") == []
    assert coded("不给") == ["c"]


@given(st.lists(st.lists(st.sampled_from(["数据", "數據", "Data", "data", "a  b", "a b", "签"]), max_size=4)))
def test_terms_that_are_equal_after_folding_speak_for_every_entry_that_lists_them(entries):
    kinds = frozenset({"case", "script"})
    score = scored([([make_term(t, Place(), []) for t in its], 0.5) for its in entries], 0.5, kinds)
    owners: dict[str, list[int]] = {}
    first: dict[str, str] = {}
    for entry, its in enumerate(entries):
        for text in its:
            folded = " ".join(fold(text, kinds).split())
            first.setdefault(folded, text)
            if entry not in owners.setdefault(folded, []):
                owners[folded].append(entry)
    assert [term.text for term in score.terms] == list(first.values())
    assert [list(its) for its in score.owners] == list(owners.values())
