"""Codings made again from their matches are the codings that searching gave."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.coding.remade import remade
from qualcode.corpus.segment import segment_document
from qualcode.model import Document, Metadata

from .generated import Draw

CUES = """
qualcode: 1
id: cues
title: {zh: 语境}
languages: [zh]
version: 1.0.0
context:
  - {id: neg, set: {polarity: negated}, any: [没有, 不是]}
codes:
  - id: fear
    name: {zh: 怕}
    definition: 怕
    rules:
      - {id: half, terms: [怕], weight: 0.5}
      - {id: other, terms: [担责], weight: 0.5}
  - {id: plain, name: {zh: 给}, definition: 给, rules: [{id: give, terms: [给]}, {id: gives, terms: [数据]}]}
"""


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_of_any_codebook_and_text(seed):
    draw = Draw(seed)
    document, segments = draw.document()
    codebook = draw.codebook()
    coded = code_document(document, segments, codebook)
    again = remade(document, codebook, coded.matches)
    assert (again.codings, again.matches) == (coded.codings, coded.matches)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["怕", "担责", "给", "数据", "没有", "不是", "，", "。"]), max_size=30))
def test_where_words_are_denied_and_weights_add_up(parts):
    codebook, problems = parse_codebook(CUES)
    assert codebook is not None, problems
    text = "".join(parts) or "怕"
    document = Document("d", text, Metadata(kind="interview"))
    segments = segment_document(document, "sentence")[0]
    coded = code_document(document, segments, codebook)
    again = remade(document, codebook, coded.matches)
    assert (again.codings, again.matches) == (coded.codings, coded.matches)
