"""The sieve says which expressions can match in a text: never one too few."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding.searched import Cuts
from qualcode.coding.sieve import Sieve
from qualcode.patterns.linear import spans

EXPRESSIONS = (
    "不敢.{0,4}签",
    "(涉密|保密).{0,6}不",
    "不敢.*签|数据.?[，。]|保密|我[^们]",
    r"\bshare\b",
    "ſ",
    "k",
    "数据$",
    "^我",
    "[^，]{3}，",
    "x*",
    "签",
)


def present(sieve: Sieve, *texts: str) -> list[tuple[int, int]]:
    """Which expressions match in which text, both by number."""
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    starts = ends - np.array([len(text) for text in texts], np.int64)
    where, numbers = sieve.present(Cuts("".join(texts), starts, ends))
    return sorted(zip(where.tolist(), numbers.tolist(), strict=True))


words = st.lists(
    st.sampled_from([*"我们不敢签字涉密保密数据，。 k", "K", "share", "Share", "𠀀", "ſ"]), max_size=30
)


@given(
    st.lists(words.map("".join), max_size=5),
    st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=12),
)
def test_an_expression_that_matches_is_never_left_out(texts: list[str], expressions: list[str]) -> None:
    sieve = Sieve(expressions)
    matching = {
        (n, sieve.number(one)) for n, text in enumerate(texts) for one in expressions if spans(one, text)
    }
    assert matching <= set(present(sieve, *texts))


def test_an_expression_that_does_not_match_is_left_out() -> None:
    sieve = Sieve(["不敢", "涉密"])
    assert present(sieve, "谁也不敢签", "", "不肯") == [(0, sieve.number("不敢"))]
    assert present(Sieve([]), "谁也不敢签") == []


def test_more_expressions_than_one_set_holds_keep_their_numbers() -> None:
    expressions = [f"第{n}条" for n in range(600)]
    sieve = Sieve(expressions)
    assert present(sieve, "按照第7条和第599条办") == [(0, 7), (0, 599)]
    assert sieve.number("第599条") == 599
