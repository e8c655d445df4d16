"""The index: every literal where it stands, counted as editors count, in work that grows with the text."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import index as index_module
from qualcode.coding import searched as searched_module
from qualcode.coding import strings as strings_module
from qualcode.coding.index import Index
from qualcode.coding.occurrences import Evidence
from qualcode.coding.searched import Cuts, Searched
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


def whole(text: str) -> Segment:
    return Segment("d:1", "d", 1, Span(0, len(text)), text)


def cuts_of(texts: list[str]) -> Cuts:
    """Stretches of a text with something between each two."""
    lengths = np.array([len(text) for text in texts], np.int64)
    ends = np.cumsum(lengths + 3)
    return Cuts("".join(f"a：a{text}" for text in texts), ends - lengths, ends)


@pytest.mark.parametrize("word", ["数据", "政务服务", "应当", "市场主体", "不得", "共享", "第二十", "的"])
def test_real_laws_are_counted_as_str_count_counts(real_data: Path, word):
    laws = sorted((real_data / "laws_zh").glob("*.md"))
    assert laws
    for law in laws:
        text = law.read_text(encoding="utf-8")
        wanted = term(word)
        index = Index([wanted, term("数"), term("服务"), term("据共")], frozenset())
        found = index.places_in(whole(text)).get(next(iter(index.ranks((wanted,)))), [])
        assert len(found) == text.count(word)
        assert all(text[parts[0].start : parts[0].end] == word for parts in found)


def test_traditional_interviews_are_searched_in_simplified(real_data: Path):
    for interview in sorted((real_data / "interviews_zh_hant").glob("*.md"))[:5]:
        text = interview.read_text(encoding="utf-8")
        wanted = term("资料")
        index = Index([wanted], EVERYTHING)
        places = index.places_in(whole(text))
        assert len(places.get(0, [])) == fold(text, EVERYTHING).count("资料")


@given(st.lists(st.text(st.sampled_from("aÉ数😀 \t\n，’")), max_size=4))
def test_squeezing_white_space_keeps_the_way_back(texts):
    cuts = cuts_of(texts)
    searched = Searched(cuts, EVERYTHING)
    assert "  " not in searched.text
    for n, text in enumerate(texts):
        start, end = int(searched.starts[n]), int(searched.ends[n])
        assert " ".join(re.split(" +", fold(text, EVERYTHING))) == searched.text[start:end]
        origins = searched.origins(np.arange(start, end), np.full(end - start, n)).tolist()
        assert origins == sorted(set(origins)) == [searched.origin(i, n) for i in range(start, end)]
        for i, origin in zip(range(start, end), origins, strict=True):
            assert fold(cuts.text[origin], EVERYTHING) == searched.text[i]
            assert cuts.starts[n] <= origin < cuts.ends[n]


@given(st.lists(st.text(st.sampled_from("a’数 b"), max_size=9), min_size=1, max_size=30), st.integers(1, 40))
def test_the_size_of_batches_changes_nothing(texts, size):
    index = Index([term(one) for one in ("a", "数", "b数", "ab", "a*", "数…b", "a’b")], EVERYTHING)
    cuts = cuts_of(texts)
    found = Evidence(index.scan(cuts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searched_module, "BATCH", size)
        patch.setattr(strings_module, "HITS", size)
        again = Evidence(index.scan(cuts))
    for n, (text, start, end) in enumerate(zip(texts, cuts.starts, cuts.ends, strict=True)):
        assert again.places(n) == found.places(n)
        alone = Segment("d:1", "d", 1, Span(int(start), int(end)), text)
        assert index.places_in(alone) == found.places(n)


def test_one_automaton_looks_for_each_literal_once():
    index = Index([term("数据"), term("數據"), term("数据…共享"), term("data")], EVERYTHING)
    assert sorted(index.anchors) == ["data", "数据"]
    assert index.numbers([term("数据"), term("數據")]) == {0}


def test_five_thousand_terms_are_verified_only_where_they_stand(monkeypatch):
    """Work is counted, not timed: word boundaries are looked at twice a hit, whatever the number of terms."""
    looks = 0
    cut_places = index_module.cut_places

    def counting(codes, places):
        nonlocal looks
        looks += len(places)
        return cut_places(codes, places)

    monkeypatch.setattr(index_module, "cut_places", counting)
    many = [term(chr(0x4E00 + i) + chr(0x5E00 + i)) for i in range(5000)]
    text = "数据共享" * 1000
    places = Index([*many, term("数据"), term("共享")], frozenset()).places_in(whole(text))
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
            self.places = self.index.places_in(whole(text))

        def found(self, terms):
            return [self.places[entry] for entry in self.index.ranks(terms)]

        def allowed(self, parts):
            return True

    found = Near(groups, Distance(10_000, "characters")).find(View())  # type: ignore[arg-type]
    assert len(found) == hits
    assert made <= 3 * hits * 3  # a member of one group extends at most 3 of the incomplete sets of groups
