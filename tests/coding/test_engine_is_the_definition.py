"""The engine (one automaton, windows, sweeps) gives exactly what the definition in `oracle.py` gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook.cues import Context, Cue
from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding import code_document, code_documents, searched, strings
from qualcode.corpus.segment import segment_document
from qualcode.model import Block, Document, Metadata, Segment, Span, Speaker, Turn
from qualcode.patterns.all_ import All
from qualcode.patterns.near import Near
from qualcode.patterns.score import scored
from qualcode.patterns.terms import Terms

from .generated import Draw, made
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


SEEDS = st.integers(0, 2**32)


@settings(max_examples=400)
@given(SEEDS)
def test_whole_codebooks(seed):
    draw = Draw(seed)
    check(*draw.document(), draw.codebook())


@settings(max_examples=400)
@given(SEEDS)
def test_terms_with_gaps_stars_and_white_space(seed):
    draw = Draw(seed)
    terms = draw.several(draw.wild_term, 1, 3)
    check(*one_segment(draw.text()), one_rule(Terms(terms), draw.fold))


@settings(max_examples=400)
@given(SEEDS)
def test_words_that_add_up_in_a_turn(seed):
    draw = Draw(seed)
    entries = draw.several(lambda: (draw.terms(), draw.random.choice([-0.5, 0.3, 0.5, 0.7])), 2, 5)
    score = scored(entries, 0.7, draw.fold, 0.3)
    pattern = score if draw.one_in(2) else All((Terms(draw.terms()), score))
    check(*draw.document(most=6), one_rule(pattern, draw.fold))


@settings(max_examples=600)
@given(SEEDS)
def test_near_and_sequence(seed):
    draw = Draw(seed)
    pattern = Near(draw.several(draw.terms, 2, 4), draw.distance(), draw.one_in(2))
    check(*one_segment(draw.text(6, 16)), one_rule(pattern, draw.fold))


@settings(max_examples=300)
@given(SEEDS)
def test_a_group_twice_takes_two_occurrences(seed):
    draw = Draw(seed)
    group = draw.terms()
    check(*one_segment(draw.text(4)), one_rule(Near((group, group), draw.distance()), draw.fold))


@settings(max_examples=300)
@given(SEEDS)
def test_longest_match_where_terms_nest_and_cross(seed):
    draw = Draw(seed, "数据共")
    codes = {
        name: Code(name, facet="f", rules=(Rule(f"{name}:1", name, "terms", Terms(terms)),))
        for name in "abcd"
        if (terms := draw.several(lambda: draw.simple_term(4), 1, 3))
    }
    check(*one_segment(draw.text()), Codebook("x", codes=codes))


@settings(max_examples=150)
@given(SEEDS, st.sampled_from(["sentence", "clause", "turn", "paragraph"]))
def test_the_segments_of_a_transcript_in_every_unit(seed, unit):
    """A document's own segments are made one by one when asked for: they are coded as ready ones are."""
    draw = Draw(seed)
    text = ""
    turns, blocks = [], []
    for number in range(1, draw.random.randint(2, 5)):
        label = draw.random.choice("QRU")
        said = draw.text(0, 14) + draw.random.choice(["。", "，", "？", "\n\n"]) + draw.text(0, 10)
        start = len(text) + 2
        text += f"{label}：{said}\n"
        span = Span(start, len(text) - 1)
        turns.append(Turn(number, number, label, span))
        blocks.append(Block(span))
    roles = [Speaker("Q", draw.random.choice(["interviewer", "unknown"])), Speaker("R", "respondent")]
    document = Document(
        "d", text, Metadata(kind="interview"), blocks=tuple(blocks), turns=tuple(turns), speakers=tuple(roles)
    )
    codebook = draw.codebook()
    segments, _ = segment_document(document, unit)
    ready = tuple(segment_document(document, unit)[0])
    assert code_document(document, segments, codebook) == code_document(document, ready, codebook)
    check(document, list(ready), codebook)


@settings(max_examples=150)
@given(SEEDS)
def test_documents_searched_in_many_batches(seed):
    draw = Draw(seed)
    document, segments = draw.document()
    codebook = draw.codebook()
    whole = code_document(document, segments, codebook)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searched, "BATCH", 4)
        patch.setattr(strings, "HITS", 5)
        assert code_document(document, segments, codebook) == whole


@settings(max_examples=300)
@given(SEEDS)
def test_documents_coded_by_the_armful_come_out_as_they_would_alone(seed):
    draw = Draw(seed)
    documents = [draw.document() for _ in range(draw.random.randint(0, 6))]
    documents += [(Document("empty", ""), [])] * draw.random.randint(0, 2)
    draw.random.shuffle(documents)
    codebook = draw.codebook()
    rule = draw.random.choice(["", *[rule.id for rule in codebook.rules]])
    alone = [code_document(*one, codebook, without=rule) for one in documents]
    cut = draw.random.randint(0, len(documents))
    for armfuls in ([documents], [documents[:cut], documents[cut:]]):
        coded = [one for some in armfuls for one in code_documents(some, codebook, without=rule)]
        assert coded == alone


@settings(max_examples=100)
@given(SEEDS)
def test_an_armful_with_cues_comes_out_as_its_documents_would_alone(seed):
    draw = Draw(seed, "数ab")
    documents = [draw.document(most=6) for _ in range(4)]
    cues = (
        Cue("denies", sets={"polarity": "negated"}, terms=(made("a"),)),
        Cue("asks", sets={"modality": "question"}, terms=(made("b"),), direction="both"),
        Cue("affirms", "affirm", terms=(made("数"), made("ab"))),
    )
    codebook = replace(draw.codebook(), context=Context(cues), inherit_question=draw.one_in(2))
    assert code_documents(documents, codebook) == [code_document(*one, codebook) for one in documents]


def test_empty_segments_hold_nothing():
    segments = [Segment(f"d:{n}", "d", n, Span(n, n), "") for n in (1, 2)]
    segments.insert(1, Segment("d:3", "d", 3, Span(1, 3), "数据"))
    check(Document("d", "。数据"), segments, one_rule(Terms((made("数据"),)), frozenset()))
