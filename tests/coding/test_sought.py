"""What is looked for is reported wherever it stands uncut, once, in reading order of its end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import sought, strings
from qualcode.coding.searched import Cuts, Searched
from qualcode.coding.sought import Sought
from qualcode.text.words import cuts_word

words = ["me", "i", "some", "me i", "e", "don't", "o-op", "a b", "数据", "据", "𠀀", "é", "7", "me é"]
pieces = st.sampled_from([*words, " ", "  ", "-", "’", "'", "，", "\x01", "—", "s", "ſ", "据a"])


@given(
    st.lists(st.lists(pieces, max_size=8).map("".join), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(words), st.booleans(), min_size=1),
    st.sampled_from([3, 8, 1 << 20]),
    st.sampled_from([0, 100]),
)
def test_wherever_it_stands(texts, whole, size, few):
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    starts = ends - np.array([len(text) for text in texts], np.int64)
    where = Searched(Cuts("".join(texts), starts, ends), frozenset())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings, "HITS", size)
        patch.setattr(sought, "DENSE", size)
        patch.setattr(sought, "FEW", few)
        made = Sought(whole)
        found = [
            (first + len(made.strings[n]), first, made.strings[n])
            for n, first in zip(*(column.tolist() for column in made.places(where.codes)), strict=True)
        ]
    assert found == sorted(set(found))
    everywhere = {
        (at + len(word), at, word)
        for word in whole
        for at in range(len(where.text))
        if where.text.startswith(word, at)
    }
    wanted = {
        (end, at, word)
        for end, at, word in everywhere
        if not cuts_word(where.text, at) and not (whole[word] and cuts_word(where.text, end))
    }
    assert wanted <= set(found) <= everywhere
