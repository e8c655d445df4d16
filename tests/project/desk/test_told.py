"""Asked of one decision at a time, what holds is what `in_force` says of all at once."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.project.desk.told import Told
from qualcode.review.anchors import Found
from qualcode.review.current import Placed, in_force
from qualcode.review.records import Anchor, Decision

WORDS = Anchor("大家都怕担责")


@st.composite
def histories(draw):
    """Decisions of two coders on two segments, and undos of any of them, undos too, by anybody."""
    made: list[Decision] = []
    for n in range(draw(st.integers(0, 14))):
        coder = draw(st.sampled_from(["甲", "乙"]))
        revision = draw(st.integers(max(n - 1, 1), n + 1))  # two who write at once share a revision
        if made and draw(st.booleans()):
            target = draw(st.sampled_from(made)).id
            made.append(Decision(revision, coder, f"t{n}", "undo", undoes=target))
        else:
            segment = draw(st.integers(1, 2))
            made.append(
                Decision(revision, coder, f"t{n}", "accept", document="I03", anchor=WORDS, code=f"c{segment}")
            )
    return made


def told(decisions):
    held = Told()
    for one in decisions:
        placed = Placed(one, Found("unchanged")) if one.anchor else None
        held.add(one, placed, (0, int(one.code[1:])) if one.anchor else None)
    return held


@given(histories(), st.randoms(use_true_random=False))
def test_what_holds_is_what_is_in_force_in_whatever_order_lines_come(decisions, chance):
    chance.shuffle(decisions)
    held = told(decisions)
    assert [p.decision for key in ((0, 1), (0, 2)) for p in held.on(key)] == [
        one for code in ("c1", "c2") for one in in_force(decisions) if one.code == code
    ]


@given(histories())
def test_undoing_again_and_again_takes_everything_back_and_redoing_gives_it_again(decisions):
    held = told(decisions)
    own = [one.id for one in in_force(decisions) if one.coder == "甲"]
    revision = 100

    def write(target):
        nonlocal revision
        revision += 1
        held.add(Decision(revision, "甲", f"u{revision}", "undo", undoes=target.id), None, None)

    taken = 0
    while (last := held.last("甲")) is not None:
        write(last)
        taken += 1
    assert taken == len(own)
    for _ in range(taken):
        undone = held.taken_back("甲")
        assert undone is not None
        write(undone)
    assert [one.id for one in sorted(map(held.by_id.get, own), key=lambda d: d.order)] == [
        p.id for p in sorted((d for d in map(held.by_id.get, own) if held.holds(d.id)), key=lambda d: d.order)
    ]


def test_after_a_new_decision_there_is_nothing_to_give_back():
    first = Decision(1, "甲", "t1", "accept", anchor=WORDS, code="c1")
    undo = Decision(2, "甲", "t2", "undo", undoes=first.id)
    held = told([first, undo])
    assert held.last("甲") is None and held.taken_back("甲") == undo
    held.add(
        Decision(3, "甲", "t3", "reject", anchor=WORDS, code="c1"), Placed(first, Found("moved")), (0, 1)
    )
    assert held.taken_back("甲") is None


def test_what_was_undone_is_known_even_where_the_undo_was_read_first():
    first = Decision(1, "甲", "t1", "accept", anchor=WORDS, code="c1")
    undo = Decision(2, "甲", "t2", "undo", undoes=first.id)
    held = told([undo, first])
    assert held.on((0, 1)) == [] and held.root(undo) == first
    assert held.add(undo, None, None) is None  # the same line twice is one
