"""Statements of change are looked for only in texts with a word of their kind: none may be lost by that."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.changewords import ANCHORS, changes, cues_in, may_change
from qualcode.analysis.statements import _across

PIECES = (
    "从|由|现在|FROM|into |Into|İnto|ınto|now|know|Later|after that|DAYS|these |theſe |days|再也|不再|no |"
    "longer|baK|bacK|back| to|退了|一步|begAn|ſtarted|started| |转天|就|K|我们|，|\n|𠀀|ﬀ"
)
pieces = st.sampled_from(PIECES.split("|"))


@given(st.lists(pieces, max_size=8).map("".join))
def test_a_kind_may_be_there_where_its_words_or_its_pattern_are(text):
    plain = {
        cue: re.compile("|".join([*anchor.words, anchor.english.pattern]), re.IGNORECASE)
        for cue, anchor in ANCHORS.items()
    }
    assert cues_in(text) == {cue for cue, pattern in plain.items() if pattern.search(text)}


@pytest.mark.parametrize("anchor", ANCHORS.values(), ids=ANCHORS)
def test_parts_have_no_letter_with_more_than_two_forms(anchor):
    assert not set("".join(anchor.parts)) & set("iks")


telling = st.sampled_from(
    [
        *PIECES.split("|"),
        *(word for one in ANCHORS.values() for word in (*one.words, *one.parts)),
        *(
            "以前",
            "过去",
            "变成",
            "Used to",
            "u\u017fed to",
            "bac\u212a then",
            "At first",
            "went ",
            "we ",
            "\x1e",
            "。",
        ),
    ]
)


@given(st.lists(st.lists(telling, max_size=6).map("".join), min_size=1, max_size=8))
def test_texts_looked_at_together_leave_none_out_that_tells_of_a_change(texts):
    whole, begun = may_change(texts)
    for n, text in enumerate(texts):
        assert whole[n] or not list(changes(text))
        for following in texts:
            assert begun[n] or not list(_across(text, following))
