"""What a coder did not look at, nobody takes for a no."""

from datetime import UTC, datetime, timedelta

import pytest

from qualcode.review.anchors import anchor_of
from qualcode.review.current import in_force, place
from qualcode.review.journal import Journal
from qualcode.review.records import text_hash
from qualcode.review.voices import Voice, on_their_own, voices

MACHINE = {2: {"fear": True}, 3: {"refuse": True, "agree": False}}


@pytest.fixture
def saying(read, tmp_path):
    """Let coders decide; what is said comes back as their voices."""
    document, segments = read()
    folder = tmp_path / "decisions"
    start, made = datetime(2024, 1, 1, tzinfo=UTC), []

    def say(coder, action, at=0, code="", **more):
        made.append(None)
        journal = Journal(folder, coder, clock=lambda: start + timedelta(seconds=len(made)))
        if at:
            segment = next(one for one in segments if one.index == at)
            more |= {"anchor": anchor_of(document, segment), "text": text_hash(document.text)}
        made[-1] = journal.append(action, document=document.id, code=code, **more)
        return made[-1].id

    def heard(*, own=False, machine=MACHINE, text=None, settled=True):
        paper, its = (document, segments) if text is None else read(text)
        held = in_force(on_their_own(made) if own else made)
        readable = [one.index for one in its if one.role != "interviewer"]
        return voices(place(paper, its, held), readable, machine, settled=settled)

    say.heard = heard
    return say


def test_blind_work_reads_a_segment_through(saying):
    saying("甲", "add", 2, "fear", blind=True)
    saying("甲", "accept", 3, blind=True)
    assert saying.heard() == {"甲": {2: Voice(frozenset({"fear"})), 3: Voice()}}


def test_with_codings_in_sight_only_what_was_decided_is_judged(saying):
    saying("甲", "accept", 3, "refuse")
    assert saying.heard()["甲"][3] == Voice(frozenset({"refuse"}), frozenset({"refuse"}))
    saying("甲", "reject", 3, "agree")
    assert saying.heard()["甲"][3] == Voice(frozenset({"refuse"}))  # all that the machine has there


def test_a_recode_says_no_to_one_code_and_yes_to_the_other(saying):
    saying("甲", "recode", 2, "fear", to="agree")
    assert saying.heard()["甲"][2] == Voice(frozenset({"agree"}))
    saying("甲", "accept", 2, "fear")  # a later word takes the recode's place, its yes included
    assert saying.heard()["甲"][2] == Voice(frozenset({"fear"}))


def test_accepting_what_the_machine_does_not_count_gives_nothing(saying):
    saying("甲", "accept", 3, "agree")
    assert saying.heard()["甲"][3] == Voice(frozenset(), frozenset({"agree"}))


def test_what_was_taken_back_was_not_seen(saying):
    made = saying("甲", "add", 2, "fear", blind=True)
    saying("甲", "undo", undoes=made, blind=True)
    assert saying.heard() == {}


def test_who_hands_coding_in_read_the_document_unless_rows_say_what_was_read(saying):
    saying("乙", "add", 3, "refuse", source="I03.docx")
    assert saying.heard()["乙"] == {
        2: Voice(),
        3: Voice(frozenset({"refuse"})),
        **{at: Voice() for at in saying.heard()["乙"] if at not in (2, 3)},
    }
    assert len(saying.heard()["乙"]) > 4
    saying("乙", "accept", 2, source="codings.csv")
    assert saying.heard()["乙"] == {2: Voice(), 3: Voice(frozenset({"refuse"}))}


def test_on_their_own_ends_with_the_first_decision_in_sight_of_other_codings(saying):
    first = saying("甲", "add", 2, "fear", blind=True)
    wrong = saying("甲", "add", 2, "agree", blind=True)
    saying("甲", "undo", undoes=wrong, blind=True)
    saying("乙", "accept", 2, "fear")
    saying("甲", "add", 3, "refuse", blind=True)
    assert saying.heard(own=True) == {"甲": {2: Voice(frozenset({"fear"})), 3: Voice(frozenset({"refuse"}))}}
    saying("甲", "undo", undoes=first)
    saying("甲", "add", 3, "agree", blind=True)  # blind again, but they have seen it meanwhile
    assert saying.heard(own=True)["甲"] == {2: Voice(frozenset({"fear"})), 3: Voice(frozenset({"refuse"}))}
    assert saying.heard()["甲"] == {3: Voice(frozenset({"agree", "refuse"}))}


def test_what_was_settled_stands_for_all_who_judged_it_and_for_nobody_else(saying):
    saying("甲", "add", 2, "fear", blind=True)
    saying("乙", "accept", 2, blind=True)
    saying("丁", "accept", 3, blind=True)
    saying("丙", "reject", 2, "fear", settles=True)
    assert {coder: its.get(2) for coder, its in saying.heard().items()} == {
        "甲": Voice(),
        "乙": Voice(),
        "丙": Voice(),
        "丁": None,
    }
    assert saying.heard(settled=False)["甲"][2] == Voice(frozenset({"fear"}))
    saying("戊", "accept", 2, "fear", settles=True)  # settled twice, differently: not settled
    assert saying.heard()["甲"][2] == Voice(frozenset({"fear"}))


def test_words_that_were_changed_since_count_for_nobody(saying):
    from .conftest import TALK

    saying("甲", "add", 2, "fear", blind=True)
    saying("甲", "add", 3, "refuse", blind=True)
    changed = TALK.replace("都怕担责", "有人怕担责")
    assert list(saying.heard(text=changed)["甲"]) == [3]
