"""The order of judgement: the first step that refuses gives the reason, and nothing is forgotten."""

from __future__ import annotations

import pickle

import pytest

from qualcode.codebook import parse_codebook
from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding import CodedDocument, code_document
from qualcode.coding.plan import plan_of
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.patterns.code import Code as CodePattern
from qualcode.problems import StudyError

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\ntitle: t\nlanguages: [zh, en]\nfold: [case, width, script]\n"


def book(codes: str, head: str = "") -> Codebook:
    made, problems = parse_codebook(HEAD + head + "codes:\n" + codes)
    assert made is not None, [str(one) for one in problems]
    return made


def code(codebook: Codebook, *said: tuple[str, str, int], **metadata: str) -> CodedDocument:
    """Code segments given as (words, role, turn)."""
    segments, at, text = [], 0, ""
    for index, (words, role, turn) in enumerate(said, 1):
        span = Span(at, at + len(words))
        segments.append(
            Segment(f"d:{index}", "d", index, span, words, turn=turn, speaker=role[:1].upper(), role=role)  # type: ignore[arg-type]
        )
        text, at = text + words, span.end
    return code_document(Document("d", text, Metadata(**metadata)), segments, codebook)  # type: ignore[arg-type]


def verdicts(coded: CodedDocument) -> list[tuple[str, str]]:
    return [(match.rule, match.blocked_by) for match in coded.matches]


def test_each_step_refuses_before_the_next():
    codebook = book(
        """\
  - id: c
    name: c
    definition: d
    except: [安全网]
    unless: [并非]
    where: {kind: interview}
    rules:
      - {id: long, terms: [数据安全网], where: {role: unknown}}
      - {id: short, terms: [安全], weight: 0.4}
"""
    )
    asked = ("数据安全网", "interviewer", 1)
    assert verdicts(code(codebook, asked, kind="policy")) == [("long", "except"), ("short", "longer:long")]
    asked = ("安全，并非", "interviewer", 1)
    assert verdicts(code(codebook, asked, kind="policy")) == [("short", "unless")]
    asked = ("安全", "interviewer", 1)
    assert verdicts(code(codebook, asked, kind="policy")) == [("short", "where")]
    assert verdicts(code(codebook, asked, kind="interview")) == [("short", "interviewer")]
    told = ("安全", "respondent", 1)
    assert verdicts(code(codebook, told, kind="interview")) == [("short", "threshold")]


@pytest.mark.parametrize(
    ("role", "stands"),
    [("respondent", True), ("unknown", True), ("", True), ("interviewer", False), ("moderator", False)],
)
def test_whose_words_are_coded(role, stands):
    rules = "  - {id: c, name: c, definition: d, rules: [{terms: [数据]}]}\n"
    assert bool(code(book(rules), ("数据", role, 1)).codings) is stands
    assert code(book(rules, "code_interviewers: true\n"), ("数据", role, 1)).codings


WEIGHTS = """\
  - id: c
    name: c
    definition: d
    rules:
      - {id: a, terms: [甲], weight: 0.7}
      - {id: b, terms: [乙], weight: 0.1}
      - {id: e, terms: [丙], weight: 0.2}
"""


@pytest.mark.parametrize(
    ("text", "weight"),
    [("甲乙丙", 1.0), ("甲甲甲甲", None), ("甲乙乙乙", None), ("甲丙", None)],
)
def test_each_rule_weighs_once_and_the_code_stands_at_one(text, weight):
    coded = code(book(WEIGHTS), (text, "", 0))
    if weight is None:
        assert coded.codings == ()
        assert {match.blocked_by for match in coded.matches} == {"threshold"}
    else:
        assert [coding.weight for coding in coded.codings] == [pytest.approx(weight)]
        assert len(coded.codings[0].matches) == len(coded.matches) == 3


def test_a_refused_match_weighs_nothing():
    rules = WEIGHTS + "    except: [乙类]\n"
    assert code(book(rules), ("甲乙丙", "", 0)).codings
    coded = code(book(rules), ("甲乙类丙", "", 0))
    assert verdicts(coded) == [("a", "threshold"), ("b", "except"), ("e", "threshold")]


UNLESS = """\
  - id: c
    name: c
    definition: d
    rules: [{terms: [共享], unless: UNLESS}]
"""


@pytest.mark.parametrize(
    ("unless", "refused"),
    [
        ("[没有]", [1]),
        ("{terms: [没有], scope: turn}", [1, 2]),
        ("{regex: '没.', scope: turn}", [1, 2]),
        ("{near: [[没有], [共享]], within: 1}", [1]),
        ("[有没]", []),
    ],
)
def test_unless_looks_in_the_segment_or_the_turn(unless, refused):
    said = [("没有共享。", "", 1), ("共享。", "", 1), ("共享。", "", 2), ("没有。", "", 3)]
    coded = code(book(UNLESS.replace("UNLESS", unless)), *said)
    assert [match.segment for match in coded.matches if match.blocked_by == "unless"] == refused
    assert {match.blocked_by for match in coded.matches} <= {"unless", ""}


def test_text_that_is_no_turn_is_a_turn_of_its_own():
    codebook = book(UNLESS.replace("UNLESS", "{terms: [没有], scope: turn}"))
    coded = code(codebook, ("没有。", "", 0), ("共享。", "", 0))
    assert [match.blocked_by for match in coded.matches] == [""]


FACETS = """\
  - {id: logic, name: n, definition: d, facet: logic}
  - {id: logic.a, name: n, definition: d, rules: [{id: short, terms: [数据]}]}
  - {id: logic.b, name: n, definition: d, rules: [{id: long, terms: [数据共享]}]}
  - {id: driver, name: n, definition: d, facet: driver, rules: [{id: longest, terms: [数据共享平台]}]}
"""
HEAD_FACETS = "facets:\n  logic: {question: q}\n  driver: {question: q}\n"


def test_the_longest_match_wins_within_its_facet_only():
    coded = code(book(FACETS, HEAD_FACETS), ("数据共享平台", "", 0))
    assert verdicts(coded) == [("short", "longer:long"), ("long", ""), ("longest", "")]


def test_or_in_the_whole_codebook_where_it_says_so():
    coded = code(book(FACETS, HEAD_FACETS + "overlap: codebook\n"), ("数据共享平台", "", 0))
    assert verdicts(coded) == [("short", "longer:longest"), ("long", "longer:longest"), ("longest", "")]


def test_a_winner_that_is_refused_later_still_wins():
    codes = FACETS.replace("terms: [数据共享]}", "terms: [数据共享], unless: [不]}")
    coded = code(book(codes, HEAD_FACETS), ("数据共享不了", "", 0))
    assert verdicts(coded) == [("short", "longer:long"), ("long", "unless")]


def test_no_rows_are_written_for_parents():
    coded = code(book(FACETS, HEAD_FACETS), ("数据", "", 0))
    assert [coding.code for coding in coded.codings] == ["logic.a"]


def test_evidence_lies_in_one_segment():
    rules = "  - {id: c, name: c, definition: d, rules: [{terms: [数据共享, 'share data']}]}\n"
    assert code(book(rules), ("数据", "", 0), ("共享", "", 0)).matches == ()
    assert code(book(rules), ("share ", "", 0), (" data", "", 0)).matches == ()


def test_nothing_gives_nothing():
    codebook = book("  - {id: c, name: c, definition: d, rules: [{terms: [数据]}]}\n")
    assert code_document(Document("d", ""), [], codebook) == CodedDocument()
    assert code(codebook, ("", "", 0)) == CodedDocument()
    assert code(book("  - {id: c, name: c, definition: d}\n"), ("数据", "", 0)) == CodedDocument()


def test_the_same_whatever_was_coded_before_and_in_another_process():
    codebook = book(WEIGHTS)
    first = code(codebook, ("甲乙丙", "", 0))
    code(codebook, ("乙", "", 0))
    assert code(codebook, ("甲乙丙", "", 0)) == first
    assert code(pickle.loads(pickle.dumps(codebook)), ("甲乙丙", "", 0)) == first
    assert plan_of(codebook) is plan_of(codebook)


def test_codes_that_ask_about_each_other_cannot_be_judged():
    codes = {
        name: Code(name, rules=(Rule(f"{name}:1", name, "code", CodePattern((other,))),))
        for name, other in (("a", "b"), ("b", "a"))
    }
    with pytest.raises(StudyError, match="circle"):
        code_document(Document("d", ""), [], Codebook("x", codes=codes))
