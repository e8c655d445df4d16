"""Words looked for in many texts at once: none is missed, none made up."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.anyof import AnyOf

SIGNS = "ab数据\x1e\0𠀀\U00010062Ａ 。\n"
texts = st.lists(st.text(SIGNS, max_size=8), max_size=6)
words = st.lists(st.text("ab数据𠀀Ａ ", min_size=1, max_size=5), min_size=1, max_size=20)


@given(texts, st.lists(words, min_size=1, max_size=2))
def test_a_text_has_a_word_where_it_stands_in_it(texts, lists):
    expected = [[any(word in text for word in words) for text in texts] for words in lists]
    assert [held.tolist() for held in AnyOf(*lists).in_each(texts)] == expected
