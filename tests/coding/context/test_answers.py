"""Answers that only affirm take over what the question said, where a codebook asks for it, marked as such."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.model import Document, Metadata, Segment, Span, Speaker, Turn

BOOK = """\
qualcode: 1
id: t
version: 1.0.0
inherit_question: {inherit}
context:
- {{id: echo, set: {{modality: question}}, echo: 不}}
- {{id: neg, set: {{polarity: negated}}, any: [没有], until: clause}}
- {{id: yes, kind: affirm, any: [是的, 对, 嗯, 啊, yes]}}
codes:
- {{id: fear, name: n, definition: d, rules: [terms: [怕担责, 对]]{more}}}
- {{id: trade, name: n, definition: d,
   rules: [{{terms: [互换], weight: 0.5}}, {{terms: [交换], weight: 0.5}}]}}
"""


def book(inherit="true", more=""):
    codebook, problems = parse_codebook(BOOK.format(inherit=inherit, more=more))
    assert codebook is not None, problems
    return codebook


def talk(*lines):
    """A document of turns, a sentence each; 问 asks, 答 answers."""
    text, turns, segments = "", [], []
    for number, line in enumerate(lines, start=1):
        role = "interviewer" if line[0] == "问" else "respondent"
        for index, sentence in enumerate(line[2:].split("|")):
            span = Span(len(text), len(text) + len(sentence))
            text += sentence
            if index == 0:
                turns.append(Turn(number, number, line[0], span))
            n = len(segments) + 1
            segments.append(
                Segment(f"d:{n}", "d", n, span, sentence, turn=number, speaker=line[0], role=role)
            )
        text += "\n"
    speakers = (Speaker("问", "interviewer"), Speaker("答", "respondent"))
    return Document("d", text, Metadata(kind="interview"), turns=tuple(turns), speakers=speakers), segments


def codings(codebook, *lines):
    document, segments = talk(*lines)
    return [
        (c.segment, c.code, c.countable, c.assertion)
        for c in code_document(document, segments, codebook).codings
    ]


@pytest.mark.parametrize("answer", ["嗯。", "是的，是的。", "嗯（笑），是的。", "啊嗯", "Yes."])
def test_an_answer_that_only_affirms_inherits(answer):
    ((segment, code, countable, assertion),) = codings(book(), "问：是不是怕担责？", f"答：{answer}")
    assert (segment, code, countable) == (2, "fear", True)
    assert assertion.reported == "inherited"
    assert (assertion.polarity, assertion.modality) == ("affirmed", "actual")


@pytest.mark.parametrize("answer", ["那倒没有。", "嗯，我们都这样。", "……", "（点头）", "不是的。"])
def test_an_answer_with_words_of_its_own_or_none_inherits_nothing(answer):
    assert codings(book(), "问：是不是怕担责？", f"答：{answer}") == []


def test_only_the_last_sentence_of_the_question_and_the_first_of_the_answer():
    assert codings(book(), "问：是不是怕担责？|还有别的吗？", "答：嗯。") == []
    assert [c[0] for c in codings(book(), "问：还有别的吗？|是不是怕担责？", "答：嗯。|后来好了。|嗯。")] == [
        3
    ]
    assert codings(book(), "问：是不是怕担责？", "答：后来好了。|嗯。") == []


def test_nothing_is_inherited_unless_asked_for():
    assert codings(book("false"), "问：是不是怕担责？", "答：嗯。") == []


def test_a_denied_proposition_stays_denied():
    ((*_, countable, assertion),) = codings(book(), "问：没有怕担责吧？", "答：是的。")
    assert (countable, assertion.polarity) == (False, "negated")


def test_a_code_can_keep_them_out_of_its_counts():
    ((*_, countable, _),) = codings(
        book(more=", countable: {reported: [yes, no]}"), "问：是不是怕担责？", "答：嗯。"
    )
    assert not countable


def test_an_answer_that_is_coded_itself_keeps_its_own_coding():
    document, segments = talk("问：是不是怕担责？", "答：对。")
    coded = code_document(document, segments, book())
    ((match,),) = (coding.matches for coding in coded.codings)
    assert match.assertion.reported == "unassessed"


def test_the_question_must_reach_the_weight_that_a_coding_needs():
    assert codings(book(), "问：是不是互换？", "答：嗯。") == []
    assert [c[1] for c in codings(book(), "问：是不是互换，交换？", "答：嗯。")] == ["trade"]


def test_evidence_is_the_affirming_words_and_the_question_stays_refused():
    document, segments = talk("问：是不是怕担责？", "答：嗯。")
    coded = code_document(document, segments, book())
    asked, answered = coded.matches
    assert asked.blocked_by == "interviewer"
    assert [document.text[p.start : p.end] for p in answered.parts] == ["嗯"]


def test_between_interviewers_nothing_is_inherited():
    assert codings(book(), "问：是不是怕担责？", "问：嗯。") == []
    assert codings(book(), "答：我们怕担责。", "答：嗯。")[0][0] == 1
