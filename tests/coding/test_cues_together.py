"""Many segments read at once mean what each of them means read by itself."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook.records import Codebook
from qualcode.coding.context import Told, assertions_of, read_context, together
from qualcode.corpus import segment_document
from qualcode.model import UNASSESSED, Document, Metadata, Segment, Span

from .context.measure import cue_codebook, parts_of, read_items
from .test_cues_are_the_definition import Draw

PLAIN = "甲乙丙丁 a但，。："
SIGNS = "，。：；“”「」\"《》（）()[],.;:!?…\n\u3000' &*a1甲İ𠀀"


class Said(NamedTuple):
    """Evidence as parts, each beside the position of its segment."""

    document: Document
    segments: list[Segment]
    positions: list[int]
    parts: list[tuple[Span, ...]]


def told(random: Random, number: int, signs: str) -> Said:
    """A document of a few segments with something between them, and evidence in most of them."""
    text = random.choice(["", "甲，", "“乙 "])
    segments: list[Segment] = []
    pieces: list[tuple[int, tuple[Span, ...]]] = []
    for index in range(random.randint(1, 4)):
        words = "".join(random.choice(signs) for _ in range(random.randint(0, 24)))
        start = len(text)
        span = Span(start, start + len(words))
        actor = random.choice(["", "", "x", "y"])
        segments.append(Segment(f"d:{index + 1}", "d", index + 1, span, words, actor=actor))
        for _ in range(random.randint(0, 3) if len(words) > 3 else 0):
            cuts = [start + at for at in sorted(random.sample(range(len(words) + 1), 4))]
            both = Span(cuts[0], cuts[1]), Span(cuts[2], cuts[3])
            pieces.append((index, random.choice([both, both[:1], both[1:]])))
        text += words + random.choice(["", "\n", "乙"])
    random.shuffle(pieces)
    document = Document(f"d{number}", text, Metadata(actor=random.choice(["", "x"])))
    return Said(document, segments, [n for n, _ in pieces], [parts for _, parts in pieces])


def together_of(each: list[Said], codebook: Codebook):
    return assertions_of([Told.of(*one) for one in each], codebook).each()


def one_by_one(one: Said, codebook: Codebook):
    readings = [read_context(one.document, segment, codebook) for segment in one.segments]
    return [readings[n].assertion(parts) for n, parts in zip(one.positions, one.parts, strict=True)]


@settings(max_examples=1200)
@given(st.integers(0, 2**32), st.sampled_from([PLAIN, PLAIN + SIGNS]))
def test_any_cues_in_any_documents(seed, signs):
    draw = Draw(seed)
    codebook = draw.codebook()
    documents = [told(draw.random, n, signs) for n in range(draw.random.randint(1, 3))]
    found = together_of(documents, codebook)
    assert found == [one_by_one(one, codebook) for one in documents]


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_pages_of_any_size(seed, size):
    draw = Draw(seed)
    codebook = draw.codebook()
    documents = [told(draw.random, n, PLAIN) for n in range(3)]
    before = together.PAGE
    together.PAGE = size
    try:
        assert together_of(documents, codebook) == [one_by_one(one, codebook) for one in documents]
    finally:
        together.PAGE = before


def test_the_shipped_cues_on_the_development_sentences(root):
    """Each sentence as a document of its own, and all of them as the lines of one."""
    codebook = cue_codebook()
    items = read_items(root / "tests/coding/context/dev.yaml")
    alone = []
    text, positions, parts = "", [], []
    segments: list[Segment] = []
    for n, item in enumerate(items):
        document = Document(f"d{n}", item.text, Metadata(actor=item.actor))
        segment = Segment(f"d{n}:1", f"d{n}", 1, Span(0, len(item.text)), item.text)
        alone.append(Said(document, [segment], [0], [parts_of(item)]))
        span = Span(len(text), len(text) + len(item.text))
        segments.append(Segment(f"d:{n + 1}", "d", n + 1, span, item.text, actor=item.actor))
        positions.append(n)
        parts.append(tuple(Span(a + span.start, b + span.start) for a, b in parts_of(item)))
        text += item.text + "\n"
    expected = [one_by_one(one, codebook) for one in alone]
    assert together_of(alone, codebook) == expected
    all_of_them = Said(Document("d", text), segments, positions, parts)
    assert together_of([all_of_them], codebook) == [[one for (one,) in expected]]


def test_segments_of_a_real_document(root):
    """Segments kept as columns know who speaks without being made."""
    codebook = cue_codebook()
    document = Document("d", "我们没有推诿。\n他们不给。\n", Metadata(actor="公安局"))
    segments, _ = segment_document(document)
    parts = [(Span(4, 6),), (Span(10, 12),)]
    given = Said(document, segments, [0, 1], parts)
    assert together_of([given], codebook) == [one_by_one(given, codebook)]


def test_without_cues_everything_is_unassessed():
    given = Said(Document("d", "不给"), [Segment("d:1", "d", 1, Span(0, 2), "不给")], [0], [(Span(0, 2),)])
    assert together_of([given], Codebook("x")) == [[UNASSESSED]]
    assert together_of([], Codebook("x")) == []
