"""Words: letters, marks and digits outside Han and Kana, apostrophes between them; Han stands free."""

import sys
import unicodedata

import numpy as np
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.characters import code_points
from qualcode.text.folding import KINDS, fold
from qualcode.text.words import (
    begins_count,
    count_words,
    counted_places,
    counts_of_words,
    cut_places,
    cuts_word,
    is_letter,
    is_word,
    starts_word,
    word_end,
    word_ends,
)

MIXED = st.text(st.sampled_from("ab1é数据カ'’ʼ＇ ，-_Ａ\u0301") | st.characters(codec="utf-8"))


@given(MIXED)
def test_many_places_at_once_are_cut_as_each_alone(text):
    bounded = f"。{text}。"
    places = np.arange(1, len(bounded))
    assert cut_places(code_points(bounded), places).tolist() == [cuts_word(bounded, i) for i in places]


@given(MIXED, st.booleans())
def test_many_words_at_once_end_where_each_ends(text, long):
    bounded = f"。{text.replace('b', 'b' * 50 if long else 'b')}。"
    places = np.arange(len(bounded))
    assert word_ends(code_points(bounded), places).tolist() == [word_end(bounded, i) for i in places.tolist()]


def marked(text):
    """The text with every character that is no word's replaced by a dot."""
    return "".join(c if is_word(text, i) else "." for i, c in enumerate(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("做了API接口", "..API.."),
        ("don't", "don't"),
        ("don’t", "don’t"),
        ("the officials’ 'share'", "the.officials...share."),
        ("rock 'n' roll", "rock..n..roll"),
        ("a''b", "a..b"),
        ("x-ray_3", "x.ray.3"),
        ("café naïve", "café.naïve"),
        ("cafe\u0301", "cafe\u0301"),
        ("カタカナ data ひらがな", ".....data....."),
        ("3.5版", "3.5."),
        ("〇年々ー", "...."),
        ("데이터 공유", "데이터.공유"),
        ("𠀀a😀b", ".a.b"),
        ("", ""),
    ],
)
def test_what_is_part_of_a_word(text, words):
    assert marked(text) == words


def test_letters_are_those_of_the_unicode_scripts():
    """Against the tables of the `regex` module, over all of Unicode that this Python knows."""
    letter = regex.compile(r"[\p{L}\p{M}\p{Nd}]")
    free = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
    # Marks and signs that several East Asian scripts use belong to none in Unicode; they stand free here.
    shared = set("\u302a\u302b\u302c\u302d\u3006\u3031\u3032\u3033\u3034\u3035\u303c\u3099\u309a")
    shared |= set("\u30fc\uff70\uff9e\uff9f")
    differing = [
        f"{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) != "Cn"
        and is_letter(chr(code)) != bool(letter.match(chr(code)) and not free.match(chr(code)))
        and chr(code) not in shared
        and chr(code) not in "ʼ"
    ]
    assert differing == []


@given(MIXED, st.sets(st.sampled_from(KINDS)).map(frozenset))
def test_folding_moves_no_word_boundary(text, kinds):
    folded = fold(text, kinds)
    assert [is_word(text, i) for i in range(len(text))] == [is_word(folded, i) for i in range(len(text))]
    assert count_words(text) == count_words(folded)


@given(MIXED, MIXED, MIXED)
def test_a_stretch_knows_nothing_of_its_surroundings(before, text, after):
    whole, start, end = before + text + after, len(before), len(before) + len(text)
    for i in range(len(text)):
        assert is_word(whole, start + i, start, end) == is_word(text, i)
        assert cuts_word(whole, start + i, start, end) == cuts_word(text, i)
    assert count_words(whole, start, end) == count_words(text)


@given(MIXED.filter(bool), st.lists(st.tuples(st.integers(0), st.integers(0)), max_size=5))
def test_words_of_many_stretches_are_counted_as_those_of_each(text, pairs):
    cuts = [sorted((a % (len(text) + 1), b % (len(text) + 1))) for a, b in pairs]
    cuts = [(a, b) for a, b in cuts if a < b]
    starts, ends = (np.array([cut[n] for cut in cuts], np.int64) for n in (0, 1))
    counts = [count_words(text, a, b) for a, b in cuts]
    assert counts_of_words(code_points(text), starts, ends).tolist() == counts
    assert counted_places(text) == [i for i in range(len(text)) if begins_count(text, i)]


@given(MIXED)
def test_starts_ends_and_counts_agree(text):
    places = range(len(text) + 1)
    starts = [i for i in places if starts_word(text, i)]
    ends = [i for i in places if is_word(text, i - 1) and not is_word(text, i)]
    assert len(starts) == len(ends)
    assert [word_end(text, i) for i in starts] == ends
    assert count_words(text) == sum(begins_count(text, i) for i in range(len(text)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("we can't share the data", 5),
        ("数据共享", 4),
        ("用API接口，very good", 6),
        ("，。 …", 0),
        ("カナ", 2),
        ("", 0),
    ],
)
def test_counting_words(text, count):
    assert count_words(text) == count


def test_places_outside_the_text_are_in_no_word():
    assert not is_word("a", -1)
    assert not is_word("a", 1)
    assert not cuts_word("a", 0)
    assert not cuts_word("a", 1)
