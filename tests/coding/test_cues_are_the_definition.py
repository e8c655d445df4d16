"""Cues found by the index, scopes by bisection: they say exactly what the definition says."""

from __future__ import annotations

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.codebook.cues import AXES, CUE_KINDS, Actor, Context, Cue, Frame
from qualcode.codebook.records import Codebook
from qualcode.coding.context import assess_with_cues
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.patterns.distance import Distance
from qualcode.patterns.term import make_term
from qualcode.problems import Place

from .context.measure import assessed, cue_codebook, parts_of, read_items
from .naive_context import naive_assertion

LETTERS = "甲乙丙丁 a"
SIGNS = "，。：“”但"
VALUES = {
    "polarity": ["negated", "negated", "prohibited", "affirmed"],
    "modality": ["hypothetical", "question", "normative", "planned", "actual"],
    "holder": ["self", "other", "unspecified", "other:x"],
    "reported": ["yes", "no"],
}


def term(text: str):
    made = make_term(text, Place(), [])
    assert made is not None
    return made


class Draw:
    """Random cues and texts of few characters, so that everything touches everything."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one_in(self, n: int) -> bool:
        return self.random.randrange(n) == 0

    def word(self, most: int = 2) -> str:
        word = "".join(self.random.choice("甲乙丙丁a") for _ in range(self.random.randint(1, most)))
        return f"{word}…{self.random.choice('甲乙丙')}" if self.one_in(8) else word

    def plain(self, most: int = 2) -> str:
        return "".join(self.random.choice("甲乙丙丁") for _ in range(self.random.randint(1, most)))

    def sets(self) -> dict[str, str]:
        axes = self.random.sample(AXES, self.random.choice([1, 1, 2]))
        return {axis: self.random.choice(VALUES[axis]) for axis in axes}

    def sides(self) -> tuple[str, ...]:
        return tuple(self.random.choice("甲乙，a") for _ in range(1)) if self.one_in(8) else ()

    def cue(self, n: int) -> Cue:
        kind = self.random.choice(["cue", "cue", "cue", *CUE_KINDS[:4]])
        words = tuple(dict.fromkeys(term(self.word(3)) for _ in range(self.random.randint(1, 2))))
        reach = Distance(self.random.randint(0, 5), self.random.choice(["characters", "words"]))
        known = {"id": f"c{n}", "kind": kind, "language": self.random.choice(["", "zh"])}
        known |= {"until": self.random.choice(["clause", "sentence"])}
        known |= {"reach": self.random.choice([None, reach]), "past": self.random.randint(0, 3)}
        if kind == "construct":
            return Cue(**known, frames=(self.frame(),), slots={"X": self.sets(), "Y": self.sets()})
        known |= {"after": self.sides(), "not_after": self.sides()}
        known |= {"before": self.sides(), "not_before": self.sides(), "terms": words}
        known |= {"direction": self.random.choice(["forward", "forward", "backward", "both"])}
        if kind == "terminate":
            ends = tuple(self.random.sample(AXES, self.random.randint(1, 4)))
            return Cue(**known, ends=ends)
        if kind == "pseudo":
            return Cue(**known)
        if self.one_in(5):
            known |= {"terms": (), "echoes": (term(self.plain(1)),)}
        elif self.one_in(8):
            known |= {"terms": (), "quotes": (("“", "”"),), "least": self.random.randint(0, 3)}
        known |= {"actors": self.one_in(4)}
        return Cue(**known, sets=self.sets())

    def frame(self) -> Frame:
        one, other = term(self.plain()), term(self.plain())
        slots = self.random.choice([("", "X", "Y"), ("", "X", ""), ("X", "Y", "")])
        return Frame("", (one, other), slots)

    def codebook(self) -> Codebook:
        actors = {"x": Actor("x", {}, (term(self.plain()),)), "y": Actor("y", {}, (term(self.plain(3)),))}
        cues = tuple(self.cue(n) for n in range(self.random.randint(1, 5)))
        fold = frozenset(kind for kind in ("case", "width") if self.one_in(2))
        return Codebook("drawn", fold=fold, context=Context(cues, actors))

    def text(self) -> str:
        return "".join(
            self.random.choice(SIGNS if self.one_in(4) else LETTERS)
            for _ in range(self.random.randint(3, 24))
        )

    def parts(self, text: str) -> tuple[Span, ...]:
        cuts = sorted(self.random.sample(range(len(text) + 1), min(len(text) + 1, 4)))
        both = (Span(cuts[0], cuts[1]), Span(cuts[2], cuts[3]))
        return both if self.one_in(3) else (self.random.choice(both),)


@settings(max_examples=1500)
@given(st.integers(0, 2**32))
def test_any_cues_in_any_text(seed):
    draw = Draw(seed)
    codebook, words = draw.codebook(), draw.text()
    parts = draw.parts(words)
    own = draw.random.choice(["", "x"])
    before = draw.random.choice(["", "甲，", "“乙 "])
    start = len(before)
    document = Document("d", before + words + "丙", Metadata(actor=own))
    segment = Segment("d:1", "d", 1, Span(start, start + len(words)), words)
    shifted = tuple(Span(a + start, b + start) for a, b in parts)
    (found,) = assess_with_cues(document, segment, [shifted], codebook)
    assert found.assertion == naive_assertion(words, parts, codebook, own)


def test_the_shipped_cues_on_the_development_sentences(root):
    """All cues but those known by a regular expression, which the definition leaves out."""
    whole = cue_codebook()
    cues = tuple(cue for cue in whole.context.cues if not cue.regexes)
    codebook = Codebook("x", fold=whole.fold, context=Context(cues, whole.context.actors))
    for item in read_items(root / "tests/coding/context/dev.yaml")[::12]:
        own = "civil_affairs" if item.actor else ""
        found = assessed(item, codebook).assertion
        assert found == naive_assertion(item.text, parts_of(item), codebook, own), item


@settings(max_examples=300)
@given(st.integers(0, 2**32))
@example(0)
def test_every_value_that_is_not_plain_has_a_reason(seed):
    draw = Draw(seed)
    codebook, words = draw.codebook(), draw.text()
    segment = Segment("d:1", "d", 1, Span(0, len(words)), words)
    (found,) = assess_with_cues(Document("d", words), segment, [draw.parts(words)], codebook)
    plain = {"polarity": "affirmed", "modality": "actual", "holder": "unspecified", "reported": "no"}
    reasons = {reason.axis for reason in found.reasons}
    ids = {cue.id for cue in codebook.context.cues}
    for axis in AXES:
        assert getattr(found.assertion, axis) in (plain[axis], "unassessed") or axis in reasons
    assert all(reason.cue in ids and 0 <= reason.span.start < reason.span.end for reason in found.reasons)
