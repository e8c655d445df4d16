"""A link between two codes: being everywhere is not being a bridge."""

import math
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats.contingency import odds_ratio

from qualcode.analysis.bridge import _stratified, bridge, switches
from qualcode.analysis.given import Given
from qualcode.model import Phase
from qualcode.problems import UsageError

from .conftest import codebook_of

ABC = codebook_of("A", "B", "C")
PHASES = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))


def rows(corpus, **where):
    made = bridge(Given(*corpus.tables, ABC, PHASES, codes=("A", "B", "C")))
    found = made.tables["bridge"]
    for name, value in where.items():
        found = found[(found[name] == value).to_numpy(dtype=bool)]
    return found.to_dict("records")


def test_cells_without_the_code_are_named(corpus):
    corpus.document("I1", "C", "-", t_about_start="2018", t_about_end="2018")
    corpus.document("I2", "-", "-", t_about_start="2018", t_about_end="2018")
    (found,) = rows(corpus, part="presence")
    assert (found["phase"], found["share"], found["p_macro"], found["empty"]) == ("P1", 0.5, 0.25, ("I2",))


def test_two_codes_on_the_same_words_do_not_meet(corpus):
    corpus.document("I1", "A@0-2 B@0-2", "A@0-2 B@3-5", "A@0-2", "-", speeches=[1, 2, 3, 4])
    (found,) = rows(corpus, part="meeting", unit="speech", source="A", target="B")
    assert [found[n] for n in ("n11", "n10", "n01", "n00")] == [1, 1, 0, 1]


def test_wider_windows_stay_inside_their_document(corpus):
    corpus.document("I1", "A", "-", "-", speeches=[1, 2, 3])
    corpus.document("I2", "B", "A", speeches=[1, 2])
    met = {
        u: rows(corpus, part="meeting", unit=u, source="A", target="B")[0]["n11"]
        for u in ("speech", "speech+1")
    }
    assert met == {"speech": 0, "speech+1": 2}


def test_the_odds_ratio_within_strata_is_that_of_mantel_and_haenszel():
    """By hand: strata (a b c d) = (4 2 1 3) and (1 3 2 6): (12/10 + 6/12) / (2/10 + 6/12) = 17/7."""
    cells = [(x, y) for x, y in ((1, 1), (1, 0), (0, 1), (0, 0))]
    x, y, z = (
        np.array(
            [
                {"x": a, "y": b, "z": s}[name]
                for s, counts in ((1, (4, 2, 1, 3)), (0, (1, 3, 2, 6)))
                for (a, b), n in zip(cells, counts, strict=True)
                for _ in range(n)
            ],
            dtype=bool,
        )
        for name in "xyz"
    )
    made = _stratified((x, y, z), np.zeros(len(x), int), 1)
    assert made["mh_or"] == pytest.approx(17 / 7)
    # scipy's sample odds ratio of the table with half a count added, doubled to stay whole
    assert made["log_or_with"] == pytest.approx(
        math.log(odds_ratio([[9, 5], [3, 7]], kind="sample").statistic)
    )


@settings(max_examples=40, deadline=None)
@holds(st.lists(st.sampled_from(["", "a", "b", "ab", "c", "ac", "bc"]), min_size=2, max_size=12))
def test_switches_at_every_turn_are_those_of_turning_by_hand(words):
    a, b, c = (np.array([letter in word for word in words]) for letter in "abc")
    found = switches(a, b, c)
    last = None
    spans = []
    for place, word in enumerate(words):
        if ("a" in word) != ("b" in word):
            if last is not None and ("a" in words[last]) != ("a" in word):
                spans.append((last, place))
            last = place
    assert found.spans == spans
    for turn in range(len(words)):
        turned = np.roll(c, turn)
        assert found.mediated[turn] == sum(turned[i : j + 1].any() for i, j in spans)


def test_a_code_that_is_everywhere_is_at_every_switch_and_shows_nothing(corpus):
    for n in range(3):
        corpus.document(f"I{n}", *["A C", "B C"] * 6)
    (found,) = rows(corpus, part="switch", unit="segment")
    assert (found["switches"], found["share"], found["null_mean"]) == (33, 1.0, 1.0)
    assert math.isnan(found["p"]) and found["p_floor"] == 1.0


def test_the_null_is_every_turn_of_every_document(corpus):
    documents = [["A", "C", "B", "-", "-", "-", "A"], ["B", "-", "A C", "B", "-"]]
    for n, words in enumerate(documents):
        corpus.document(f"I{n}", *words)
    (found,) = rows(corpus, part="switch", unit="segment")
    totals = []
    for turns in product(*(range(len(words)) for words in documents)):
        total = 0
        for words, turn in zip(documents, turns, strict=True):
            c = np.roll([("C" in w) for w in words], turn)
            at = [i for i, w in enumerate(words) if ("A" in w) != ("B" in w)]
            total += sum(c[i : j + 1].any() for i, j in pairwise(at) if words[i][0] != words[j][0])
        totals.append(total)
    assert found["switches"] == 4 and found["switches_with"] == totals[0]
    assert found["null_mean"] == pytest.approx(np.mean(totals) / 4)
    assert found["p_floor"] == pytest.approx(np.mean(np.array(totals) == max(totals)))
    assert "4 of at least 20 switches" in found["note"]


def test_three_codes_are_asked_for_and_none_below_another(corpus):
    with pytest.raises(UsageError, match="three codes"):
        bridge(Given(*corpus.tables, ABC, codes=("A", "B")))


def test_a_bridge_that_was_built_in_is_found(corpus):
    for n in range(8):
        corpus.document(f"I{n}", *["A", "A", "-", "A C", "B", "-", "-", "B", "-", "C", "A", "-"] * 2)
    (found,) = rows(corpus, part="switch", unit="segment")
    assert found["share"] == 1.0 and found["share"] > found["null_hi"] and found["p"] < 0.001
