"""Folding keeps every offset and makes alike what the codebook says is alike."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from qualcode.text.folding import KINDS, fold, fold_each

EVERYTHING = frozenset(KINDS)
kinds = st.sets(st.sampled_from(KINDS)).map(frozenset)


@given(st.text(), kinds)
def test_every_character_stays_one_character_at_its_place(text, chosen):
    folded = fold(text, chosen)
    assert len(folded) == len(text)
    assert folded == "".join(fold(character, chosen) for character in text)


@given(st.text(), st.text(), kinds)
def test_folding_knows_no_neighbours(left, right, chosen):
    assert fold(left + right, chosen) == fold(left, chosen) + fold(right, chosen)


@given(st.lists(st.text(max_size=30), max_size=8), kinds)
def test_texts_folded_together_are_what_each_is_alone(texts, chosen):
    assert fold_each(texts, chosen) == [fold(text, chosen) for text in texts]


@given(
    st.lists(st.sampled_from("aB Ａ數\r\n　’é😀𩠌\0\ud800"), min_size=50, max_size=120).map("".join), kinds
)
def test_long_texts_are_folded_as_their_characters_are(text, chosen):
    assert fold(text, chosen) == "".join(fold(character, chosen) for character in text)


def test_all_of_unicode_stays_one_to_one_and_lower_case_is_that_of_the_character():
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    folded = fold("".join(characters), frozenset({"case"}))
    assert len(folded) == len(characters)
    for before, after in zip(characters, folded, strict=True):
        if not before.isspace() and before not in "’‘ʼ":
            assert after == (before.lower() if len(before.lower()) == 1 else before)


@pytest.mark.parametrize(
    ("text", "chosen", "folded"),
    [
        ("API", {"case"}, "api"),
        ("API", set(), "API"),
        ("ΑΣ", {"case"}, "ας"[0] + "σ"),  # no final sigma: a character knows no neighbours
        ("İ ẞ ﬁ", {"case"}, "İ ß ﬁ"),  # İ would become two characters
        ("ＡＰＩ：１", {"width"}, "API:1"),
        ("ＡＰＩ：１", {"case", "width"}, "api:1"),
        ("ＡＰＩ", {"case"}, "ａｐｉ"),
        ("資料後臺", {"script"}, "资料后台"),
        ("資料後臺", {"case", "width"}, "資料後臺"),
        ("don’t ‘so’ maʼam", set(), "don't 'so' ma'am"),
        ("a\u3000b\tc\nd\u00a0e", set(), "a b c d e"),
        ("𠀀😀", {"case", "width", "script"}, "𠀀😀"),
    ],
)
def test_what_each_kind_does(text, chosen, folded):
    assert fold(text, frozenset(chosen)) == folded


def test_script_is_what_opencc_says_of_each_character_alone():
    converter = OpenCC("t2s")
    sample = "".join(chr(code) for code in range(0x4E00, 0x9FFF, 7)) + "後乾麵裡臺灣𠮷𨋢"
    assert fold(sample, frozenset({"script"})) == "".join(converter.convert(c) for c in sample)


def test_regional_words_are_not_made_equal():
    assert fold("軟體", EVERYTHING) == "软体" != fold("软件", EVERYTHING)
