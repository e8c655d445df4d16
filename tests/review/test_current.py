"""What counts now: machine codings, and what people say of them."""

import random
from itertools import permutations

import pytest

from qualcode.coding import code_document
from qualcode.review.anchors import anchor_of
from qualcode.review.current import open_codes, review, with_open_codes
from qualcode.review.records import Decision, text_hash


@pytest.fixture
def decide(read, book):
    """Decisions about I03, by the words of a segment; and what then stands there."""
    document, segments = read("---\nkind: interview\n---\n" + _talk())

    class Made:
        def __init__(self):
            self.made: list[Decision] = []

        def __call__(self, coder, action, words, code, to="", settles=False, undoes=""):
            segment = next((s for s in segments if words and words in s.text), None)
            one = Decision(
                len(self.made) + 1,
                coder,
                "2026-03-01",
                action,
                document=document.id,
                text=text_hash(document.text),
                anchor=anchor_of(document, segment) if segment else None,
                code=code,
                to=to,
                undoes=undoes,
                settles=settles,
            )
            self.made.append(one)
            return one

        def standing(self, made=None):
            made = self.made if made is None else made
            full = with_open_codes(book, open_codes(made))
            done = review(document, segments, code_document(document, segments, full), full, made)
            texts = {segment.index: segment.text for segment in segments}
            return {
                (texts[c.segment][:4], c.code): (
                    done.standings[c.segment, c.code].status if done.standings else "unreviewed",
                    c.coder,
                    c.countable,
                    done.standings[c.segment, c.code].decided_by if done.standings else (),
                )
                for c in done.coded.codings
            }

    return Made()


def _talk():
    from .conftest import TALK

    return TALK


def test_without_decisions_all_is_the_machines_and_unreviewed(decide):
    assert set(decide.standing().values()) == {("unreviewed", "machine", True, ())}


def test_accepting_counts_and_rejecting_keeps_the_row_without_counting(decide):
    decide("甲", "accept", "都怕担责", "fear")
    decide("甲", "reject", "不给别的", "refuse")
    found = decide.standing()
    assert found["说实话大", "fear"] == ("accepted", "machine", True, ("甲",))
    assert found["我们处里", "refuse"] == ("rejected", "machine", False, ("甲",))


def test_recoding_is_a_no_and_a_yes(decide):
    decide("甲", "recode", "都怕担责", "fear", to="open:厂商锁定")
    found = decide.standing()
    assert found["说实话大", "fear"] == ("recoded", "machine", False, ("甲",))
    assert found["说实话大", "open:厂商锁定"] == ("added", "甲", True, ("甲",))


def test_a_recode_taken_back_by_a_later_word_takes_its_yes_along(decide):
    decide("甲", "recode", "都怕担责", "fear", to="refuse")
    decide("甲", "accept", "都怕担责", "fear")
    found = decide.standing()
    assert found["说实话大", "fear"][0] == "accepted"
    assert ("说实话大", "refuse") not in found


def test_an_added_coding_counts_and_is_once_there_however_many_add_it(decide):
    decide("乙", "add", "情况就好", "refuse")
    decide("甲", "add", "情况就好", "refuse")
    assert decide.standing()["后来市里", "refuse"] == ("added", "乙", True, ("乙", "甲"))


def test_words_of_the_interviewer_do_not_count_by_being_added(decide):
    decide("甲", "add", "后来有变化吗", "refuse")
    assert decide.standing()["后来有变", "refuse"] == ("added", "甲", False, ("甲",))


def test_those_who_disagree_are_listed_and_the_machine_counts_until_it_is_settled(decide):
    decide("甲", "accept", "都怕担责", "fear")
    decide("乙", "reject", "都怕担责", "fear")
    assert decide.standing()["说实话大", "fear"] == (
        "conflict",
        "machine",
        True,
        ("乙=rejected", "甲=accepted"),
    )
    settled = decide("乙", "reject", "都怕担责", "fear", settles=True)
    assert decide.standing()["说实话大", "fear"] == ("rejected", "machine", False, ("乙",))
    decide("乙", "undo", "", "", undoes=settled.id)
    assert decide.standing()["说实话大", "fear"][0] == "conflict"


def test_a_disputed_addition_does_not_count(decide):
    decide("甲", "add", "情况就好", "refuse")
    decide("乙", "reject", "情况就好", "refuse")
    assert decide.standing()["后来市里", "refuse"] == ("conflict", "甲", False, ("乙=rejected", "甲=added"))


def test_a_disputed_recoding_neither_takes_nor_gives(decide):
    decide("甲", "recode", "都怕担责", "fear", to="refuse")
    decide("乙", "accept", "都怕担责", "fear")
    found = decide.standing()
    assert found["说实话大", "fear"] == ("conflict", "machine", True, ("乙=accepted", "甲=recoded>refuse"))
    assert found["说实话大", "refuse"] == ("conflict", "甲", False, ("甲=added",))


def test_the_order_in_which_lines_are_read_does_not_matter(decide):
    decide("甲", "accept", "都怕担责", "fear")
    decide("乙", "recode", "都怕担责", "fear", to="refuse")
    decide("甲", "reject", "都怕担责", "fear")
    last = decide("乙", "add", "情况就好", "open:锁定")
    decide("乙", "undo", "", "", undoes=last.id)
    wanted = decide.standing()
    for mixed in random.Random(1).sample(list(permutations(decide.made)), 20):
        assert decide.standing(mixed) == wanted


def test_a_code_the_codebook_lost_makes_no_coding(decide):
    decide("甲", "add", "情况就好", "gone")
    assert ("后来市里", "gone") not in decide.standing()


def test_changed_words_are_as_if_nobody_had_decided(read, book):
    head = "---\nkind: interview\n---\n"
    old, segments = read(head + _talk())
    made = []
    for n, (action, words, code) in enumerate(
        [("reject", "都怕担责", "fear"), ("add", "都怕担责", "refuse"), ("reject", "不给别的", "refuse")], 1
    ):
        segment = next(s for s in segments if words in s.text)
        made.append(Decision(n, "甲", "t", action, "I03", text_hash(old.text), anchor_of(old, segment), code))
    new, after = read(head + _talk().replace("谁也不敢", "谁都不敢"))
    done = review(new, after, code_document(new, after, book), book, made)
    found = {
        (c.segment, c.code): (done.standings[c.segment, c.code].status, c.countable)
        for c in done.coded.codings
    }
    changed = next(s.index for s in after if "谁都不敢" in s.text)
    assert found[changed, "fear"] == ("review_again", True)
    assert found[changed, "refuse"] == ("review_again", False)
    assert found[changed + 1, "refuse"] == ("rejected", False)
