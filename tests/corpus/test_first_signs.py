"""What is tried only on blocks that begin with certain signs is found on no other."""

import re

from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus import articles, frontlines

wording = st.one_of(
    *(
        st.from_regex(re.compile(shape.pattern, shape.flags))
        for shape in (articles._CHAPTER, articles._SECTION, articles._ITEM)
    )
)


@given(wording, st.sampled_from(["", " ", "\u3000", "甲", "a"]))
def test_headings_and_items_by_their_wording(drawn: str, before: str) -> None:
    text = before + drawn
    if articles._marked(text, 0, len(text)) != ("paragraph", 0):
        assert articles._FIRST.match(text)


@given(st.from_regex(re.compile(frontlines._SIGNED.pattern, re.IGNORECASE), fullmatch=True))
def test_signatures_of_programs(drawn: str) -> None:
    if frontlines.is_signature(drawn) and drawn.strip():
        assert drawn.strip()[0] in frontlines.SIGNS_WITH


@given(wording, st.integers(0, 60))
def test_a_long_paragraph_that_begins_with_an_ordinal_stays_one(drawn: str, more: int) -> None:
    text = "第" + drawn.replace("\n", "") + "字" * more
    if len(text) > articles._LONGEST_HEADING:
        assert articles._marked(text, 0, len(text)) == ("paragraph", 0)
