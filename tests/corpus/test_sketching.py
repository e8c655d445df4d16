"""The smallest hashes of texts, taken together and in pieces, are those of each text by definition."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus import sketching
from qualcode.corpus.sketching import LENGTH, smallest
from qualcode.text.folding import fold

SIGNS = "ab B,。 Ｂ数據据１²é’ʼ\n\u3000𠮷😀"
pieces = st.lists(st.text(SIGNS, max_size=40), max_size=4)


def by_definition(text: str, most: int) -> tuple[list[int], int]:
    signs = [ord(sign) for sign in fold(text, frozenset({"case", "width", "script"})) if sign.isalnum()]
    found = sorted({hashed(signs[n : n + LENGTH]) for n in range(len(signs) - LENGTH + 1)})
    bound = 2**64
    while sum(one < bound for one in found) > most:
        bound //= 2
    return [one for one in found if one < bound], bound


def hashed(signs: list[int]) -> int:
    """A polynomial in the signs, spread by splitmix64, modulo 2**64."""
    value = 0
    for sign in signs:
        value = (value * 0x100000001B3 + sign) % 2**64
    value = (value + 0x9E3779B97F4A7C15) % 2**64
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB % 2**64
    return value ^ (value >> 31)


def kept(texts: list[list[str]]) -> list[tuple[list[int], int]]:
    return [(hashes.tolist(), bound) for hashes, bound in smallest(texts)]


@given(st.lists(pieces, max_size=5))
def test_some_texts(texts: list[list[str]]) -> None:
    assert kept(texts) == [by_definition("".join(text), sketching.KEPT) for text in texts]


@given(st.lists(pieces, max_size=5), st.integers(LENGTH, 60), st.integers(1, 20))
def test_texts_longer_than_what_is_hashed_together(texts: list[list[str]], block: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sketching, "BLOCK", block)
        patched.setattr(sketching, "KEPT", most)
        assert kept(texts) == [by_definition("".join(text), most) for text in texts]


def test_a_long_text_and_one_that_repeats_itself() -> None:
    draw = random.Random(1)
    long = "".join(draw.choice(SIGNS) for _ in range(40_000))
    texts = [[long], [long[:150] * 300], ["数据" * 9000]]
    assert kept(texts) == [by_definition(text, sketching.KEPT) for [text] in texts]
