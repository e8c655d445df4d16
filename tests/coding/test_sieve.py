"""The sieve says which expressions can match in a text: never one too few."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding.sieve import Sieve
from qualcode.patterns.linear import spans

EXPRESSIONS = (
    "不敢.{0,4}签",
    "(涉密|保密).{0,6}不",
    r"\bshare\b",
    "ſ",
    "k",
    "数据$",
    "^我",
    "[^，]{3}，",
    "x*",
    "签",
)
words = st.lists(
    st.sampled_from([*"我们不敢签字涉密保密数据，。 k", "K", "share", "Share", "𠀀", "ſ"]), max_size=30
)


@given(words, st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=12))
def test_an_expression_that_matches_is_never_left_out(text: list[str], expressions: list[str]) -> None:
    sieve = Sieve(expressions)
    present = set(sieve.present("".join(text)))
    matching = {sieve.number(one) for one in expressions if spans(one, "".join(text))}
    assert matching <= present


def test_an_expression_that_does_not_match_is_left_out() -> None:
    sieve = Sieve(["不敢", "涉密"])
    assert sieve.present("谁也不敢签") == [sieve.number("不敢")]
    assert Sieve([]).present("谁也不敢签") == []


def test_more_expressions_than_one_set_holds_keep_their_numbers() -> None:
    expressions = [f"第{n}条" for n in range(600)]
    sieve = Sieve(expressions)
    assert sieve.present("按照第7条和第599条办") == [7, 599]
    assert sieve.number("第599条") == 599
