"""The smallest hashes, however they are computed, are those of the definition."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.sketching import BLOCK, KEPT, LENGTH, smallest
from qualcode.text.folding import fold

WORD = 2**64 - 1


def by_definition(text: str) -> tuple[list[int], int]:
    """Every stretch hashed by itself, all hashes sorted, the bound halved until few enough are left."""
    signs = [ord(c) for c in fold(text, frozenset({"case", "width", "script"})) if c.isalnum()]
    hashes = {spread(signs[i : i + LENGTH]) for i in range(len(signs) - LENGTH + 1)}
    bound = 2**64
    while sum(h < bound for h in hashes) > KEPT:
        bound //= 2
    return sorted(h for h in hashes if h < bound), bound


def spread(stretch: list[int]) -> int:
    h = 0
    for sign in stretch:
        h = (h * 0x100000001B3 + sign) & WORD
    h = (h + 0x9E3779B97F4A7C15) & WORD
    h = ((h ^ (h >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    h = ((h ^ (h >> 27)) * 0x94D049BB133111EB) & WORD
    return h ^ (h >> 31)


def found(*pieces: str) -> tuple[list[int], int]:
    hashes, bound = smallest(pieces)
    return hashes.tolist(), bound


@given(st.text(alphabet="数據ａBｃ1 。-𠀀İß", max_size=80), st.integers(0, 80))
def test_short_texts_in_one_piece_or_two(text: str, cut: int) -> None:
    assert found(text) == found(text[:cut], text[cut:]) == by_definition(text)


@pytest.mark.parametrize(("length", "letters"), [(9_000, 3_000), (30_000, 40), (BLOCK + 900, 20_000)])
def test_long_texts_keep_no_more_than_they_may(length: int, letters: int) -> None:
    draw = random.Random(length)
    text = "".join(chr(0x4E00 + draw.randrange(letters)) if n % 9 else "，" for n in range(length))
    assert found(text) == found(text[:5000], text[5000:]) == by_definition(text)


def test_one_stretch_over_and_over_is_one_hash() -> None:
    assert len(found("据" * (3 * BLOCK))[0]) == 1
    assert found("据" * (LENGTH - 1)) == ([], 2**64)
    assert smallest(())[0].dtype == np.uint64
