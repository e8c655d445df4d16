"""The words of expressions stand where a plain search finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import wording
from qualcode.coding.wording import Wording
from qualcode.patterns.required import plain

pieces = st.sampled_from(["不敢", "签", "涉密", "share", "Share", "\u212a", "k", "𠀀", "，", " ", "\x01"])
texts = st.lists(st.lists(pieces, max_size=6).map("".join), max_size=7)
groups = st.frozensets(
    st.sampled_from(["不敢", "敢签", "签", "涉密", "share", "k", "𠀀"]), min_size=1, max_size=3
)
ways = st.lists(st.lists(groups, min_size=1, max_size=3), min_size=1, max_size=3)


@given(texts, st.lists(ways, max_size=4))
def test_an_expression_stands_where_a_way_has_a_word_of_each_group(texts, expressions) -> None:
    found = Wording(expressions).standing(texts)
    assert sorted(zip(*map(list, found), strict=True)) == [
        (position, number)
        for position, text in enumerate(texts)
        for number, its in enumerate(expressions)
        if any(all(any(word.encode() in plain(text) for word in group) for group in way) for way in its)
    ]


def test_many_segments_keep_their_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "SEGMENTS", 3)
    positions, numbers = Wording([[[frozenset({"签"})]]]).standing(["签", "", "不", "不签", "", "签", "签"])
    assert positions.tolist() == [0, 3, 5, 6]
    assert not numbers.any()
