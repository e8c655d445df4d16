"""Words that must stand where an expression matches: never one that need not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.patterns.linear import linear, spans
from qualcode.patterns.required import plain, required


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(涉密|保密).{0,6}(不能|不好)给", {"涉密", "保密"}),
        ("不敢.{0,4}签字盖章", {"签字盖章"}),
        ("(数据|data)共享", {"共享"}),
        ("(?:没有依据)+", {"没有依据"}),
        ("(?:没有依据)*", set()),
        ("没有(?:依据)?", {"没有"}),
        ("没有依据?", {"没有依"}),
        ("数据{0,3}", set()),
        ("[数据]共", set()),
        ("签", set()),
        ("(Share|give) data", {" data"}),
        (r"\b(shar|refus)\w+", {"shar", "refus"}),
        ("no[[:alpha:]]thing", set()),
        (r"\bit\b", set()),
        (r"\Q数据\E", set()),
        ("(数据|)共", set()),
    ],
)
def test_what_cannot_be_missing(pattern, words):
    assert required(pattern) == words


PIECES = ["数据", "共享", "不给", "签", "a", "{,2}", "，", "Task", "ta\u017fk", "TAS\u212a", "第7条"]
ATOMS = st.sampled_from(
    ["数据", "共享", "不给", "签", "a", ".", "[数据]", "[^数]", r"\w", "^", "$", r"\b", "数据{,2}"]
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: f"({'|'.join(some)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "+?", "{,2}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS, st.lists(st.sampled_from(PIECES), max_size=8))
def test_whatever_matches_holds_one_of_its_words(pattern, pieces):
    text = "".join(pieces)
    words = required(pattern)
    if words and linear(pattern) is not None and spans(pattern, text):
        assert any(word.encode() in plain(text) for word in words)
