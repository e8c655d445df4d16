"""Every string is reported wherever it stands, overlaps included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import strings as strings_module
from qualcode.coding.strings import Strings
from qualcode.text.characters import code_points

# Two characters of which the last 16 bits are alike, and what numbers of openings mix up, are among them.
CHARACTERS = "ab 数据信任，\u4e00\U00014e00\U00024e00\U0001f600\xff\x01é"
words = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=7)


@given(
    st.lists(words, max_size=8),
    st.lists(words, max_size=6).map("".join),
    st.sampled_from([np.uint8, np.uint16, np.uint32]),
    st.sampled_from([3, 8, 1 << 20]),
    st.sampled_from([0, 100]),
    st.sampled_from([1, 2654435769]),
)
def test_wherever_it_stands(wanted, text, dtype, size, few, factor):
    codes = code_points(text)
    codes = codes.astype(np.promote_types(dtype, codes.dtype))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings_module, "HITS", size)
        patch.setattr(strings_module, "FEW", few)
        patch.setattr(strings_module, "_FACTOR", factor)
        number, first = Strings(wanted).places(codes)
    assert sorted(zip(number.tolist(), first.tolist(), strict=True)) == sorted(
        (n, at) for n, word in enumerate(wanted) for at in range(len(text)) if text.startswith(word, at)
    )
