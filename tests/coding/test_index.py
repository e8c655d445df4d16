"""The index: every literal where it stands, counted as editors count, in work that grows with the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import index as index_module
from qualcode.coding.index import Index
from qualcode.coding.searched import Searched
from qualcode.model import Segment, Span
from qualcode.patterns import proximity
from qualcode.patterns.distance import Distance
from qualcode.patterns.near import Near
from qualcode.patterns.term import Term, make_term
from qualcode.problems import Place
from qualcode.text.folding import KINDS, fold

EVERYTHING = frozenset(KINDS)


def term(text: str) -> Term:
    made = make_term(text, Place(), [])
    assert made is not None
    return made


def whole(text: str) -> list[Segment]:
    return [Segment("d:1", "d", 1, Span(0, len(text)), text)]


@pytest.mark.parametrize("word", ["数据", "政务服务", "应当", "市场主体", "不得", "共享", "第二十", "的"])
def test_real_laws_are_counted_as_str_count_counts(real_data: Path, word):
    laws = sorted((real_data / "laws_zh").glob("*.md"))
    assert laws
    for law in laws:
        text = law.read_text(encoding="utf-8")
        wanted = term(word)
        index = Index([wanted, term("数"), term("服务"), term("据共")], frozenset())
        (places,) = index.scan(text, whole(text))
        found = places.get(next(iter(index.ranks((wanted,)))), [])
        assert len(found) == text.count(word)
        assert all(text[parts[0].start : parts[0].end] == word for parts in found)


def test_traditional_interviews_are_searched_in_simplified(real_data: Path):
    for interview in sorted((real_data / "interviews_zh_hant").glob("*.md"))[:5]:
        text = interview.read_text(encoding="utf-8")
        wanted = term("资料")
        index = Index([wanted], EVERYTHING)
        (places,) = index.scan(text, whole(text))
        assert len(places.get(0, [])) == fold(text, EVERYTHING).count("资料")


@given(st.text(st.sampled_from("a数 \t\n，")))
def test_squeezing_white_space_keeps_the_way_back(text):
    searched = Searched(text, EVERYTHING)
    assert "  " not in searched.text
    for i, character in enumerate(searched.text):
        if character != " ":
            assert fold(text[searched.origin(i)], EVERYTHING) == character
            assert searched.searched(searched.origin(i)) == i
    for i in range(len(text)):
        assert 0 <= searched.searched(i) <= len(searched.text)
    assert [searched.searched(i) for i in range(len(text) + 1)] == sorted(
        searched.searched(i) for i in range(len(text) + 1)
    )
    assert searched.searched(len(text)) == len(searched.text)


def test_one_automaton_looks_for_each_literal_once():
    index = Index([term("数据"), term("數據"), term("数据…共享"), term("data")], EVERYTHING)
    assert index.anchors == ("数据", "data")
    assert index.numbers([term("数据"), term("數據")]) == {0}


def test_five_thousand_terms_are_verified_only_where_they_stand(monkeypatch):
    """Work is counted, not timed: word boundaries are looked at twice a hit, whatever the number of terms."""
    looks = 0
    cuts_word = index_module.cuts_word

    def counting(*args):
        nonlocal looks
        looks += 1
        return cuts_word(*args)

    monkeypatch.setattr(index_module, "cuts_word", counting)
    many = [term(chr(0x4E00 + i) + chr(0x5E00 + i)) for i in range(5000)]
    text = "数据共享" * 1000
    (places,) = Index([*many, term("数据"), term("共享")], frozenset()).scan(text, whole(text))
    assert sum(map(len, places.values())) == 2000
    assert looks == 2 * 2000


@pytest.mark.parametrize("hits", [500, 1000, 2000])
def test_near_takes_each_member_a_bounded_number_of_times(monkeypatch, hits):
    """Twice the members, twice the steps: chains made per member do not grow with how many are in reach."""
    made = 0
    push = proximity.heappush

    def counting(heap, item):
        nonlocal made
        made += 1
        push(heap, item)

    monkeypatch.setattr(proximity, "heappush", counting)
    text = "甲乙丙" * hits
    groups = tuple((term(character),) for character in "甲乙丙")

    class View:
        def __init__(self):
            self.index = Index([term(character) for character in "甲乙丙"], frozenset())
            self.places = self.index.scan(text, whole(text))[0]

        def found(self, terms):
            return [self.places[entry] for entry in self.index.ranks(terms)]

        def allowed(self, parts):
            return True

    found = Near(groups, Distance(10_000, "characters")).find(View())  # type: ignore[arg-type]
    assert len(found) == hits
    assert made <= 3 * hits * 3  # a member of one group extends at most 3 of the incomplete sets of groups
