"""Rules that weigh or count their words are tried where they can reach what they ask for, nowhere else."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.codebook import parse_codebook
from qualcode.coding.plan import plan_of
from qualcode.coding.searched import Cuts
from qualcode.patterns.count import Count
from qualcode.patterns.score import ROUNDING, Score

BOOK = """
qualcode: 1
id: book
version: 1.0.0
title: {en: Book}
languages: [zh]
facets: {f: {question: "?"}}
lexicons: {above: [上级, 领导]}
codes:
  - id: a
    facet: f
    name: {en: A}
    definition: made up
    rules:
      - {id: s, score: {0.6: [不敢, 担责], 0.4: [$above, 签字], -0.5: [试点]}}
      - {id: t, score: {不敢: 0.8, 担责: 0.8, 签字: 0.4}, reach: 1.2, reach_in_turn: 0.8}
      - {id: e, score: {0.6: [不敢, 担责], -0.5: [试点]}, except: [试点办]}
      - {id: c, count: [不敢, 担责, 签字], at_least: 2}
"""


def tried(*texts: str, turns: Sequence[int] = ()) -> set[tuple[int, str]]:
    """Where which rules are tried; `turns` are those of the texts, 0 for none."""
    codebook, problems = parse_codebook(BOOK)
    assert codebook is not None, problems
    plan = plan_of(codebook)
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    cuts = Cuts("".join(texts), ends - np.array([len(text) for text in texts], np.int64), ends)
    of_turn = np.array(turns or [0] * len(texts), np.int64)
    tries = plan.candidates.tries(plan.index.scan(cuts), cuts, of_turn)
    return {(n, plan.rules[rule].id) for n, rule in zip(tries.segments, tries.rules, strict=True)}


def test_too_few_words_are_not_tried() -> None:
    assert tried("不敢", "领导签字，上级", "没有") == set()


def test_fewer_words_are_tried_where_the_turn_is_clear_elsewhere() -> None:
    said = "不敢", "不敢签字", "担责", "不敢"
    assert tried(*said, turns=[1, 1, 2, 0]) == {(0, "t"), (1, "s"), (1, "t"), (1, "c")}
    assert tried(*said, turns=[2, 1, 2, 1]) == {(1, "s"), (1, "t"), (1, "c"), (3, "t")}
    assert (0, "t") not in tried(*said)


def test_what_speaks_against_counts() -> None:
    assert tried("不敢担责的试点") == {(0, "t"), (0, "c")}


def test_what_speaks_against_may_be_hidden_by_an_exception() -> None:
    assert (0, "e") in tried("不敢担责，找试点办")


WORDS = st.lists(
    st.sampled_from(["不敢", "担责", "上级", "领导", "签字", "试点", "试点办", "，"]), max_size=6
)


@given(st.lists(st.tuples(WORDS.map("".join), st.integers(0, 2)), min_size=1, max_size=4))
def test_what_can_match_is_tried(said: list[tuple[str, int]]) -> None:
    codebook, _ = parse_codebook(BOOK)
    assert codebook is not None
    found = tried(*[text for text, _ in said], turns=[turn for _, turn in said])
    for rule in codebook.rules:
        pattern = rule.pattern
        assert isinstance(pattern, Score | Count)
        stands = [[n for n, term in enumerate(pattern.terms) if term.text in text] for text, _ in said]
        for n, (_, turn) in enumerate(said):
            if isinstance(pattern, Count):
                enough = len(stands[n]) >= pattern.at_least
            else:
                entries = [{entry for place in its for entry in pattern.owners[place]} for its in stands]
                clear = [pattern.total(its) >= pattern.reach - ROUNDING for its in entries]
                less = pattern.can_match(entries[n])
                elsewhere = any(one and turn == said[m][1] for m, one in enumerate(clear))
                hides = rule.id == "e" and "试点办" in said[n][0]
                enough = {0, 1} <= entries[n] if hides else clear[n] or (turn and less and elsewhere)
            assert ((n, rule.id) in found) == bool(enough)
