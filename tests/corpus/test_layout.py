"""Blocks and turns kept as columns are the blocks and turns they were made of."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.body import BODY
from qualcode.corpus.layout import Blocks, Turns, rows_of, spans_of, spans_within, speakers_of, speeches_in
from qualcode.model import Block, Span, Turn

kinds = st.sampled_from(["paragraph", "label", "front", "heading", "item", "row", "note", "furniture"])
offsets = st.integers(0, 2**40)
blocks = st.lists(st.builds(Block, st.builds(Span, offsets, offsets), kinds, st.integers(0, 400)))
voices = st.lists(
    st.tuples(st.sampled_from(["甲", "乙", "Q"]), offsets, offsets, st.sampled_from(["", "00:01:00"]))
)


@given(blocks)
def test_blocks(given_: list[Block]) -> None:
    made = Blocks()
    for block in given_:
        made.add(*block.span, block.kind, block.level)
    assert made == tuple(given_) and tuple(given_) == made and list(made) == given_
    assert list(rows_of(made)) == list(rows_of(given_))
    assert list(spans_within(made, BODY)) == list(spans_within(given_, BODY))
    assert pickle.loads(pickle.dumps(made)) == made
    if given_:
        assert (made[0], made[-1], made[1:]) == (given_[0], given_[-1], tuple(given_[1:]))
        copy = Blocks.like(made)
        made.change(0, "front")
        assert copy == given_
        assert made[0] == Block(given_[0].span, "front")


@given(voices)
def test_turns_and_the_speeches_they_make(said: list[tuple[str, int, int, str]]) -> None:
    made = Turns()
    plain: list[Turn] = []
    speech, before = 0, ""
    for n, (speaker, start, end, time) in enumerate(said, start=1):
        made.add(speaker, start, end, time)
        speech += speaker != before
        before = speaker
        plain.append(Turn(n, speech, speaker, Span(start, end), time))
    speakers, starts, ends, times = map(list, zip(*said, strict=True)) if said else ([], [], [], [])
    assert made == Turns.of(speakers, starts, ends, [each for time in times for each in (time, "")])
    assert made == plain and len(made) == len(plain) and bool(made) == bool(plain)
    assert speeches_in(made) == speeches_in(plain) == speech
    assert speakers_of(made) == speakers_of(plain)
    assert [list(side) for side in spans_of(made)] == [list(side) for side in spans_of(plain)]
