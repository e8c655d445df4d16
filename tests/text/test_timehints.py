"""Hints are necessary: whatever a pattern matches holds one; segments without are asked for nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.corpus import when
from qualcode.model import Event
from qualcode.text import timeevents, timeshapes_zh, timewords_en, timewords_zh
from qualcode.text.folding import fold
from qualcode.text.timecues import NO_EVENTS, find_times, hints, times_in
from qualcode.text.timeevents import FOLDS, event_words
from qualcode.text.timehints import ALL, Hinted, HintIndex
from qualcode.text.timetokens import Clock

PATTERNS = [
    *((f"zh{n}", p) for n, p in enumerate((*timewords_zh.PATTERNS, *timeshapes_zh.PATTERNS))),
    *((f"en{n}", p) for n, p in enumerate(timewords_en.PATTERNS)),
    *((f"event{n}", p) for n, p in enumerate(timeevents.PATTERNS)),
]


def asked(index: HintIndex, folded: str) -> int:
    return int(index.asked(folded, np.array([0]), np.array([len(folded)]))[0])


@pytest.mark.parametrize("name", [name for name, _ in PATTERNS])
def test_nothing_a_pattern_matches_is_without_its_hint(name: str) -> None:
    pattern = dict(PATTERNS)[name]
    index = HintIndex([pattern])

    @settings(max_examples=60)
    @given(st.from_regex(pattern.pattern), st.sampled_from(["", "我们", "it is ", "，"]))
    def holds(drawn: str, before: str) -> None:
        folded = fold(before + drawn, FOLDS)
        if told(pattern, folded) and asked(index, folded) == 0:
            raise AssertionError(folded)

    holds()


@pytest.mark.parametrize("pattern", timewords_en.PATTERNS)
def test_what_is_not_tried_without_letters_has_two_together(pattern: Hinted) -> None:
    @settings(max_examples=60)
    @given(st.from_regex(pattern.pattern))
    def holds(drawn: str) -> None:
        folded = fold(drawn, FOLDS)
        if told(pattern, folded) and not timewords_en._LETTERS.search(folded):
            assert pattern.bit & timewords_en._WITHOUT_LETTERS, folded

    holds()


@pytest.mark.parametrize("pattern", [p for p in timewords_en.PATTERNS if p.bit & timewords_en._YEARS])
def test_what_has_an_english_year_is_not_passed_over_for_want_of_one(pattern: Hinted) -> None:
    @settings(max_examples=100)
    @given(st.from_regex(pattern.pattern), st.sampled_from(["", "in 2018 ", "may "]))
    def holds(drawn: str, before: str) -> None:
        folded = fold(before + drawn, FOLDS)
        assert not (told(pattern, folded) and timewords_en._idle(folded) & pattern.bit), folded

    holds()


@pytest.mark.parametrize("pattern", [p for p in timewords_zh.PATTERNS if p.bit & timewords_zh._YEARS])
def test_what_has_a_chinese_year_is_not_passed_over_for_want_of_one(pattern: Hinted) -> None:
    @settings(max_examples=100)
    @given(st.from_regex(pattern.pattern))
    def holds(drawn: str) -> None:
        folded = fold(drawn, FOLDS)
        assert timewords_zh._YEAR.search(folded) or not told(pattern, folded), folded
        if pattern is timewords_zh._LIST and told(pattern, folded):
            assert timewords_zh._PAIR.search(folded), folded

    holds()


def told(pattern: Hinted, folded: str) -> bool:
    """Whether a match of this pattern is one that its reader makes a time of."""
    for found in pattern.finditer(folded):
        held = found.groupdict()
        if pattern is timewords_zh.PATTERNS[-1]:  # a part of a year by itself: most words for one tell none
            named = held["named"]
            if held["spring"] or not (named is None or named in timewords_zh._WITHOUT_YEAR):
                continue
        if pattern is timewords_en.PATTERNS[4] and not (held["y"] or held["last"]):
            continue
        return True
    return False


@settings(max_examples=60)
@given(st.text(), st.text())
def test_where_a_sure_hint_stands_its_pattern_tells_a_time(before: str, behind: str) -> None:
    for pattern, (_, _, kind) in timeshapes_zh.ALONE.items():
        for hint in pattern.sure:
            folded = fold(before + hint + behind, FOLDS)
            assert pattern.pattern.search(folded)
            assert asked(HintIndex([pattern]), folded) == pattern.bit | pattern.sure_bit
            assert kind in {time.kind for time in find_times(hint, Clock())}


@settings(max_examples=100)
@given(st.from_regex(when._OTHER_TOPIC.pattern))
def test_another_topic_has_its_hint(drawn: str) -> None:
    assert asked(HintIndex([when._OTHER_TOPIC]), fold(drawn, FOLDS))


WORDS = [
    *"年月前后的了就，。；那这 ",
    *(
        "2019年",
        "一七年",
        "去年",
        "上半年",
        "以前",
        "那时",
        "然后",
        "刚开始",
        "现在",
        "三个月",
        "2018-06",
        "国务院大会",
        "《2019年》",
    ),
    *(
        "the ",
        "in ",
        "2019",
        "last ",
        "year ",
        "ago ",
        "now ",
        "know ",
        "then ",
        "we ",
        "before ",
        "June ",
        "3, ",
    ),
    *("Great Meeting ", "after ", "Ｎow ", "'18 ", "ſ", "\N{KELVIN SIGN}"),
]
EVENT = event_words([Event("a", "2019-06-25", {"zh": "国务院大会", "en": "Great Meeting"}, "conference")])


@settings(max_examples=400)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map("".join), max_size=4))
def test_times_of_segments_found_together_are_those_of_each(segments: list[str]) -> None:
    folded = fold("\n".join(segments), FOLDS)
    edges = np.cumsum([0, *(len(segment) + 1 for segment in segments)])
    for words in (NO_EVENTS, EVENT):
        bits = hints(words).asked(folded, edges[:-1], edges[1:] - 1)
        for segment, start, bit in zip(segments, edges.tolist(), bits.tolist(), strict=False):
            said = folded[start : start + len(segment)]
            by_all = times_in(said, Clock(), words, ALL)
            assert times_in(said, Clock(), words, bit) == by_all == find_times(segment, Clock(), words)
            assert bit or not by_all
