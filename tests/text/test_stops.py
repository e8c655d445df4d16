"""Sentences of a whole document at once are those of each stretch by itself."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.text.sentences import sentence_spans
from qualcode.text.stops import BLOCK, sentence_bounds

FRAGMENTS = [
    *"。！？；｡．，、：…“”‘’\"'「」（）()【】[]《》*_&.!?;:,\n\t 　\x0b",
    *("……", "...", "⋯⋯", "&quot;", "\n\n", "\n \n", ". ", "? ", "! ", "; ", "?! ", "。”", "？」"),
    *("（笑）", "(laughs)", "（略。）", "[inaudible]", "《怎么办？》", "（他说。好）", "（笑]"),
    *("没有依据", "我们", "的", "之", "𠮷", "Mr", "e.g", "U.S", "No", "etc", "Inc", "Jan", "St", "Messrs"),
    *("refused", "The", "we", "I", "it", "And", "However", "A", "ii", "1", "12", "123", "2019", "3.5"),
    *("www.a.b", "https://a.b/?q=1", "café", "don't", "abcdefgh", "Éa"),
]
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


def by_definition(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    return [(a, b, n) for n, span in enumerate(spans) for a, b in sentence_spans(text, *span)]


def at_once(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    starts, ends = (np.array([span[side] for span in spans], dtype=np.int64) for side in (0, 1))
    found = sentence_bounds(text, starts, ends)
    return list(zip(found.starts.tolist(), found.ends.tolist(), found.owners.tolist(), strict=True))


@settings(max_examples=1500)
@given(texts)
def test_one_stretch(text: str) -> None:
    assert at_once(text, [(0, len(text))]) == by_definition(text, [(0, len(text))])


@settings(max_examples=500)
@given(texts, st.lists(st.integers(0, 90), max_size=8))
def test_any_stretches(text: str, places: list[int]) -> None:
    edges = sorted(min(place, len(text)) for place in places)
    for spans in (list(pairwise(edges)), list(pairwise(edges))[::2]):
        assert at_once(text, spans) == by_definition(text, spans)


def test_documents_of_several_blocks() -> None:
    paragraph = "“没有依据。”他说（笑）。Mr. Lee refused. Then he left!"
    text = "\n".join([paragraph] * (2 * BLOCK // len(paragraph)))
    spans = [(at, at + len(paragraph)) for at in range(0, len(text), len(paragraph) + 1)]
    found = at_once(text, spans)
    assert len(found) == 4 * len(spans)
    assert found[-4:] == by_definition(text, spans)[-4:]


def test_no_stretch_has_no_sentence() -> None:
    assert at_once("没有。", []) == at_once("", [(0, 0)]) == []
