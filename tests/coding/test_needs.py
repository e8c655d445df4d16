"""What a coding hangs on is what is lost when the document is coded again without the rule."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import code_document
from qualcode.coding.needs import needs
from qualcode.model import Document, Segment, Span

from .generated import Draw
from .oracle import without_rule
from .test_judgement import book, code


@given(st.integers(min_value=0, max_value=2**32))
def test_it_is_what_coding_again_without_the_rule_says(seed):
    draw = Draw(seed)
    codebook = draw.codebook()
    document, segments = draw.document()
    coded = code_document(document, segments, codebook)
    found = by_place(coded, needs(document, segments, codebook, coded))
    naive = {key: set() for key in found}
    for rule in codebook.rules:
        again = code_document(document, segments, without_rule(codebook, rule.id))
        standing = {(coding.segment, coding.code) for coding in again.codings}
        for coding in coded.codings:
            key = (coding.segment, coding.code)
            if key not in standing and rule.id in {match.rule for match in coding.matches}:
                naive[key].add(rule.id)
    assert {key: set(rules) for key, rules in found.items()} == naive


def needed(codebook, *said):
    document, segments, coded = code_and_all(codebook, *said)
    return by_place(coded, needs(document, segments, codebook, coded))


def by_place(coded, found):
    return {(coding.segment, coding.code): rules for coding, rules in zip(coded.codings, found, strict=True)}


def code_and_all(codebook, *said):
    text, segments = "", []
    for index, words in enumerate(said, 1):
        span = Span(len(text), len(text) + len(words))
        segments.append(Segment(f"d:{index}", "d", index, span, words, turn=1, role="respondent"))
        text += words
    document = Document("d", text)
    return document, segments, code_document(document, segments, codebook)


TWO = """\
  - id: c
    name: c
    definition: d
    rules:
      - {id: long, terms: [数据安全]}
      - {id: short, terms: [安全]}
      - {id: half, terms: [共享], weight: 0.5}
"""


def test_a_term_hidden_by_a_longer_one_would_come_back():
    assert needed(book(TWO), "数据安全") == {(1, "c"): ()}


def test_a_rule_of_half_weight_is_not_enough():
    assert needed(book(TWO), "安全共享") == {(1, "c"): ("short",)}


def test_two_rules_either_of_which_would_do():
    assert needed(book(TWO), "数据安全，安全") == {(1, "c"): ()}
    assert len(code(book(TWO), ("数据安全，安全", "respondent", 1)).codings) == 1


ASKING = """\
  - id: a
    name: a
    definition: d
    rules:
      - {id: long, terms: [数据安全]}
      - {id: asks, code: b}
  - id: b
    name: b
    definition: d
    rules: [{id: short, terms: [安全]}]
"""


def test_a_code_asked_about_may_come_back_with_its_term():
    # Without `long` the term of b is hidden no more, b stands, and a stands because b does.
    assert needed(book(ASKING), "数据安全") == {(1, "a"): ()}
    assert needed(book(ASKING), "安全") == {(1, "a"): ("asks",), (1, "b"): ("short",)}


INHERITING = """\
inherit_question: true
context:
  - {id: yes, kind: affirm, any: [是的]}
"""
FEAR = """\
  - id: fear
    name: n
    definition: d
    rules: [{id: blame, terms: [怕担责]}, {id: sign, terms: [不敢签]}]
"""


def asked(question):
    codebook = book(FEAR, INHERITING)
    segments = [
        Segment("d:1", "d", 1, Span(0, len(question)), question, turn=1, role="interviewer"),
        Segment("d:2", "d", 2, Span(len(question), len(question) + 3), "是的。", turn=2, role="respondent"),
    ]
    document = Document("d", question + "是的。")
    coded = code_document(document, segments, codebook)
    return by_place(coded, needs(document, segments, codebook, coded))


def test_an_answer_hangs_on_the_rules_of_its_question():
    assert asked("是不是怕担责？") == {(2, "fear"): ("blame",)}
    assert asked("是不是怕担责，不敢签？") == {(2, "fear"): ()}
