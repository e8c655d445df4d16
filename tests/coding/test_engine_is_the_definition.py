"""The engine (one automaton, windows, sweeps) gives exactly what the definition in `oracle.py` gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding import code_document
from qualcode.model import Document, Segment, Span
from qualcode.patterns.terms import Terms

from .generated import FOLDS, codebooks, distances, documents, near, simple_terms, term_lists, terms, texts
from .oracle import Oracle


def check(document: Document, segments: list[Segment], codebook: Codebook) -> None:
    coded = code_document(document, segments, codebook)
    oracle = Oracle(document, segments, codebook)
    assert coded.problems == ()
    got = [(m.segment, m.code, m.rule, m.parts, m.blocked_by) for m in coded.matches]
    assert set(got) == oracle.matches()
    assert len(got) == len(set(got))
    assert {(c.segment, c.code) for c in coded.codings} == oracle.codings()
    order = list(codebook.codes)
    assert [(c.segment, order.index(c.code)) for c in coded.codings] == sorted(
        (c.segment, order.index(c.code)) for c in coded.codings
    )
    rules = [rule.id for rule in codebook.rules]
    keys = [(m.segment, *m.span, order.index(m.code), rules.index(m.rule), m.parts) for m in coded.matches]
    assert keys == sorted(keys)


def one_segment(text: str) -> tuple[Document, list[Segment]]:
    return Document("d", text), [Segment("d:1", "d", 1, Span(0, len(text)), text)]


def one_rule(pattern: object, fold: frozenset[str]) -> Codebook:
    rule = Rule("c:1", "c", "", pattern)  # type: ignore[arg-type]
    return Codebook("one", fold=fold, codes={"c": Code("c", rules=(rule,))})


@settings(max_examples=400)
@given(documents(), codebooks())
def test_whole_codebooks(drawn, codebook):
    check(*drawn, codebook)


@settings(max_examples=300)
@given(texts, st.lists(terms(), min_size=1, max_size=3).map(tuple), st.sampled_from(FOLDS))
def test_terms_with_gaps_stars_and_white_space(text, listed, fold):
    check(*one_segment(text), one_rule(Terms(listed), fold))


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from("数据给a bb。，"), max_size=16).map("".join),
    near,
    st.sampled_from(FOLDS),
)
def test_near_and_sequence(text, pattern, fold):
    check(*one_segment(text), one_rule(pattern, fold))


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from("数据共给"), max_size=14).map("".join),
    st.lists(st.lists(simple_terms, min_size=1, max_size=3).map(tuple), min_size=2, max_size=4),
)
def test_longest_match_where_terms_nest_and_cross(text, lists):
    codes = {
        name: Code(name, facet="f", rules=(Rule(f"{name}:1", name, "terms", Terms(listed)),))
        for name, listed in zip("abcd", lists, strict=False)
    }
    check(*one_segment(text), Codebook("x", codes=codes))


@settings(max_examples=100)
@given(term_lists, distances, texts)
def test_a_group_twice_takes_two_occurrences(group, distance, text):
    from qualcode.patterns.near import Near

    check(*one_segment(text), one_rule(Near((group, group), distance), FOLDS[-1]))
