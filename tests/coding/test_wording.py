"""The words of expressions stand where a plain search finds them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding.searched import Cuts
from qualcode.coding.wording import Wording
from qualcode.patterns.required import plain

pieces = st.sampled_from(["不敢", "签", "涉密", "share", "Share", "\u212a", "k", "𠀀", "，", " ", "\x01"])
texts = st.lists(st.lists(pieces, max_size=6).map("".join), max_size=7)
groups = st.frozensets(
    st.sampled_from(["不敢", "敢签", "签", "涉密", "share", "k", "𠀀"]), min_size=1, max_size=3
)
ways = st.lists(st.lists(groups, min_size=1, max_size=3), min_size=1, max_size=3)


def standing(expressions, texts, between="") -> list[tuple[int, int]]:
    """Which expressions have their words in which texts, both by number."""
    text, starts = between, []
    for one in texts:
        starts.append(len(text))
        text += one + between
    ends = [start + len(one) for start, one in zip(starts, texts, strict=True)]
    cuts = Cuts(text, np.array(starts, np.int64), np.array(ends, np.int64))
    far = [[(way, (1 << 30,) * (len(way) - 1)) for way in its] for its in expressions]
    return list(zip(*map(list, Wording(far).standing(cuts)), strict=True))


@given(texts, st.lists(ways, max_size=4), st.sampled_from(["", "", "不敢签", "\n", "𠀀\x01"]))
def test_an_expression_stands_where_a_way_has_a_word_of_each_group(texts, expressions, between) -> None:
    assert standing(expressions, texts, between) == [
        (position, number)
        for position, text in enumerate(texts)
        for number, its in enumerate(expressions)
        if any(all(any(word in plain(text) for word in group) for group in way) for way in its)
    ]
