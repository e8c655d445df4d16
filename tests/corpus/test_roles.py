"""Roles: what labels say by themselves, and guesses that are shown and never applied."""

from qualcode.corpus.clock import clock_times
from qualcode.corpus.roles import guess_roles, in_company, pattern_roles
from qualcode.model import Document, Span, Turn


def talk(*said: tuple[str, str]) -> Document:
    turns, text = [], ""
    for number, (label, words) in enumerate(said, start=1):
        turns.append(Turn(number, number, label, Span(len(text), len(text) + len(words))))
        text += words + "\n"
    return Document("d", text, turns=tuple(turns))


def test_q_and_a_are_roles_only_where_they_take_turns() -> None:
    assert pattern_roles(["Q", "A", "Q", "A"]) == {"Q": "interviewer", "A": "respondent"}
    assert pattern_roles(["Q", "B", "Q", "B"]) == pattern_roles(["A", "B", "A"]) == {}
    assert pattern_roles(["Q", "Q", "Q", "B", "Q", "B", "Q", "A"]) == {}  # A answers one of three


def test_i_asks_only_beside_an_answering_letter() -> None:
    assert pattern_roles(["I", "R", "I", "R2"]) == {"I": "interviewer", "R": "respondent", "R2": "respondent"}
    assert pattern_roles(["I", "P1", "I", "P2"])["P2"] == "respondent"
    assert pattern_roles(["I", "me", "I", "me"]) == {}


def test_a_code_beside_q_is_heard_but_its_role_is_not_known() -> None:
    assert in_company(["Q", "I03-A", "Q"]) == {"Q", "I03-A"}
    assert pattern_roles(["Q", "I03-A", "Q"]) == {"Q": "interviewer"}


def test_a_word_says_its_role_with_any_number_letter_or_bracket() -> None:
    labels = [
        "访谈者",
        "受访者A",
        "受访者 2",
        "受访人（张处长）",
        "主持人",
        "记者",
        "答",
        "Interviewee 3",
        "MODERATOR",
    ]
    assert list(pattern_roles(labels).values()) == [
        "interviewer", "respondent", "respondent", "respondent", "moderator", "interviewer", "respondent",
        "respondent", "moderator",
    ]  # fmt: skip
    assert pattern_roles(["说话人1", "Speaker 2", "张处长", "问题", "答案"]) == {}


def test_a_guess_rests_on_question_endings_and_shares_of_the_talk() -> None:
    document = talk(*[("甲", "给吗？"), ("乙", "没有依据，不给，后来才给。")] * 4)
    first, second = guess_roles(document)
    assert (first.label, first.role, first.turns, first.questions) == ("甲", "interviewer", 4, 1.0)
    assert (second.label, second.role, second.questions) == ("乙", "respondent", 0.0)
    assert first.share == round(3 / 16, 6)
    assert first.share + second.share == 1.0


def test_nothing_is_guessed_from_little_or_from_one_voice() -> None:
    assert {g.role for g in guess_roles(talk(("甲", "给吗？"), ("乙", "不给。")))} == {"unknown"}
    assert {g.role for g in guess_roles(talk(*[("甲", "给吗？")] * 9))} == {"unknown"}
    assert guess_roles(talk()) == ()


def test_a_guess_is_applied_to_nobody() -> None:
    document = talk(*[("甲", "给吗？"), ("乙", "没有依据，不给，后来才给。")] * 4)
    guess_roles(document)
    assert {document.speaker(label).role for label in "甲乙"} == {"unknown"}


def test_minutes_that_fall_back_have_passed_the_hour() -> None:
    assert clock_times(["0:03", "59:58", "00:03", "00:10"]) == [
        "00:00:03",
        "00:59:58",
        "01:00:03",
        "01:00:10",
    ]


def test_a_small_step_back_is_two_people_at_once() -> None:
    assert clock_times(["10:05", "10:03", "10:08"]) == ["00:10:05", "00:10:03", "00:10:08"]


def test_times_with_hours_stay_and_what_is_no_time_is_none() -> None:
    assert clock_times(["09:15:02", "9:16:00", "", "soon"]) == ["09:15:02", "09:16:00", "", ""]
    assert clock_times([]) == []
    assert clock_times(["00:00:01.500", "00：00：02"]) == ["00:00:01", "00:00:02"]
