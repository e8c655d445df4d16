"""Words that must stand where an expression matches: never one that need not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.patterns.linear import linear, spans
from qualcode.patterns.required import plain, required, ways_of


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("(涉密|保密).{0,6}(不能|不好)给", ["涉密|保密; 不能给|不好给"]),
        ("不敢.{0,4}签字盖章", ["不敢; 签字盖章"]),
        ("没有依据|不敢.{0,4}签", ["没有依据", "不敢; 签"]),
        ("没有依据|没有.{0,4}签|没有人", ["没有依据|没有人", "没有; 签"]),
        ("(?:没人|没有人)(?:不敢|担责)", ["没人不敢|没人担责|没有人不敢|没有人担责"]),
        ("(数据|data)共享", ["数据共享|data共享"]),
        ("(?:没有依据)+", ["没有依据; 没有依据"]),
        ("[两三]+个月", ["两|三; 两个月|三个月"]),
        ("(?:没有依据)*", []),
        ("没有(?:依据)?", ["没有"]),
        ("没有(?:任何)?依据", ["没有任何依据|没有依据"]),
        ("没有依据?", ["没有依"]),
        ("(谁也|都)?不给", ["不给"]),
        ("数据{0,3}", ["数"]),
        ("[数据]共", ["数共|据共"]),
        ("[^数据]共", ["共"]),
        ("签", ["签"]),
        ("(吗|么)[？?]", ["吗？|吗?|么？|么?"]),
        ("，[^，]*。", []),
        ("他.{0,9}[：:]", ["他; ：|:"]),
        ("，[^，]*难。", ["难。"]),
        ("(Share|give) data", ["share data|give data"]),
        (r"\b(shar|refus)\w+", ["shar|refus"]),
        ("(what.?|never )given", ["what|never ; given"]),
        ("no[[:alpha:]]thing", ["thing"]),
        (r"\bit\b", []),
        (r"\Q数据\E", []),
        ("(数据|)共", ["共"]),
        ("(数据|.)共", ["共"]),
        ("数据{,1}共", ["数据{,1}共"]),
        (r"(?i)(?P<who>谁也)\.(?:[一-丁]|[^不])给{2}\pL", []),
        (r"(?i)(?P<who>谁也)\.(?:[一-丁]|[^不])给{2}", ["谁也.; 给; 给"]),
        (r"第[7-9]\[条\]", ["第7[条]|第8[条]|第9[条]"]),
        ("共|(数据)*", []),
        ("", []),
    ],
)
def test_what_cannot_be_missing(pattern, ways):
    assert required(pattern) == tuple(
        tuple(frozenset(group.split("|")) for group in way.split("; ")) for way in ways
    )


PIECES = ["数据", "共享", "不给", "签", "a", "{,2}", "，", "ｄ", "Task", "ta\u017fk", "TAS\u212a", "第7条"]
ATOMS = st.sampled_from(
    [
        *(
            "数据",
            "共享",
            "不给",
            "签",
            "a",
            ".",
            "[数据]",
            "[^数]",
            r"\w",
            "^",
            "$",
            r"\b",
            "数据{,2}",
            "[，Ｄ]",
        ),
        *(
            "{",
            "}",
            "]",
            "-",
            r"\.",
            "[]数]",
            "[数-]",
            "[a-t]",
            "[一-丁]",
            "[[:alpha:]]",
            r"[\w据]",
            "(?i)",
            r"\pL",
        ),
    ]
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
def test_whatever_matches_holds_the_words_of_one_of_its_ways(pattern, pieces):
    text = "".join(pieces)
    ways = required(pattern)
    if ways and linear(pattern) is not None and spans(pattern, text):
        said = plain(text)
        assert any(all(any(word in said for word in group) for group in way) for way in ways)


@given(EXPRESSIONS, st.lists(st.sampled_from(PIECES), max_size=8))
def test_words_of_neighbouring_groups_stand_within_their_reach(pattern, pieces):
    text = "".join(pieces)
    ways = ways_of(pattern)
    if ways and linear(pattern) is not None:
        for start, end in spans(pattern, text):
            said = plain(text[start:end])
            assert any(_reached(said, way, reaches) for way, reaches in ways)


def _reached(said, way, reaches):
    """Whether a word of each group stands, those of neighbours so near that both fit in their reach."""
    places = [
        {(at, at + len(word)) for word in group for at in range(len(said)) if said.startswith(word, at)}
        for group in way
    ]
    near = [
        any(max(b, d) - min(a, c) <= reach for a, b in one for c, d in other)
        for one, other, reach in zip(places, places[1:], reaches, strict=False)
    ]
    return all(places) and len(near) == len(reaches) == len(way) - 1 and all(near)
