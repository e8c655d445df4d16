"""Line breaks that end a paragraph, and those that do not; in time in proportion to the line."""

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.readers import furniture as paper
from qualcode.corpus.readers.furniture import furniture
from qualcode.corpus.readers.wrapping import columns, is_han, starts_anew


def test_a_long_line_without_spaces_is_looked_at_once() -> None:
    began = time.process_time()
    for start in ("(", "（", "A", "9", "["):
        assert not starts_anew(start + "据" * 500)
        assert not starts_anew(start + "a b" * 500)
    assert time.process_time() - began < 0.5


BY_WORDS = re.compile(r"[A-Z0-9\[(（](?:[^\s:：]+\s?){0,5}[:：](?!//)")  # up to five words and a colon


@given(st.text(alphabet="Aa（ ：\t", max_size=12))
def test_a_name_of_up_to_five_words_begins_anew(rest: str) -> None:
    line = "A" + rest.strip()
    if BY_WORDS.match(line):
        assert starts_anew(line)


@given(st.text(alphabet="a 据Ａ。カ\U00020000", max_size=12))
def test_widths_and_shares_count_characters(line: str) -> None:
    wide = sum(sign in "据Ａ。カ\U00020000" for sign in line)
    assert columns(line) == len(line) + wide
    han = sum(sign in "据カ\U00020000" for sign in line)
    assert is_han(line) == (5 * han >= len(line.strip()))


def test_lines_drawn_at_any_length_are_furniture() -> None:
    assert furniture(["-" * 400, "a" * 400, "  " + "= " * 300, "-" * 300 + "字" * 3]) == {0, 2}


drawn = st.one_of(
    *(
        st.from_regex(re.compile(shape.pattern, shape.flags))
        for shape in (paper._PAGE, paper._PRINTED, paper._COPIES, paper._RULE)
    )
)


@given(drawn, st.sampled_from(["", " ", "\u3000", "甲"]))
def test_a_line_is_furniture_by_what_it_is_whatever_it_begins_with(line: str, before: str) -> None:
    line = (before + line).replace("\n", "")
    known = (paper._PAGE, paper._PRINTED, paper._COPIES)
    told = any(paper._is(shape, line) for shape in known) or paper.is_rule(line)
    assert "抄" in line or furniture([line]) == ({0} if told else set())
