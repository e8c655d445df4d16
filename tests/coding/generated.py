"""Small codebooks and small texts in which much can go wrong, drawn at random.

Each draw picks a few characters first and makes its terms and its text of these, so that terms are found,
nest and cross. A draw is made from a seed: the same seed gives the same codebook and text.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

from qualcode.codebook.records import Code, Codebook, Condition, Facet, Rule, Unless
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import Pattern
from qualcode.patterns.code import Code as CodePattern
from qualcode.patterns.count import Count
from qualcode.patterns.distance import Distance
from qualcode.patterns.near import Near
from qualcode.patterns.regex import Regex
from qualcode.patterns.score import Score, scored
from qualcode.patterns.term import Term, make_term
from qualcode.patterns.terms import Terms
from qualcode.problems import Place

T = TypeVar("T")

FOLDS = [
    frozenset(),
    frozenset({"case"}),
    frozenset({"case", "width"}),
    frozenset({"case", "width", "script"}),
]
ALPHABETS = ["数据共", "数據据给給", "abA", "aｂBb", "数a据B", "aé’'", "数😀𠀀", "aカΩ1", "据'a-", "数ab"]
SIGNS = [" ", " ", "  ", "\n \t", "\u3000", "，", "。", "’", "数", "b"]
REGEXES = ["a+", "[数据].?", r"\w+", "(?:数|é)*", r"\bb", "(a|数)b?"]
NAMES = ["a", "a.x", "b", "c", "d"]
WHERE = [
    Condition("role", ("respondent", "unknown")),
    Condition("role", ("respondent",), negated=True),
    Condition("kind", ("interview",)),
    Condition("speaker", ("R", "U")),
]


class Draw:
    """Everything one seed gives, in the alphabet the seed picked."""

    def __init__(self, seed: int, alphabet: str = "") -> None:
        self.random = Random(seed)
        self.alphabet = alphabet or self.random.choice(ALPHABETS)
        self.letters = [c for c in self.alphabet if c not in "'’-"]
        self.fold = self.random.choice(FOLDS)

    def several(self, make: Callable[[], T], least: int, most: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.random.randint(least, most)))

    def one_in(self, n: int) -> bool:
        return self.random.randrange(n) == 0

    def text(self, least: int = 0, most: int = 24) -> str:
        characters = [*self.alphabet] * 4
        return "".join(
            self.random.choice(SIGNS if self.one_in(4) else characters)
            for _ in range(self.random.randint(least, most))
        )

    # Patterns

    def simple_term(self, most: int = 2) -> Term:
        return made("".join(self.several(lambda: self.random.choice(self.letters), 1, most)))

    def wild_term(self) -> Term:
        """A term that may hold white space, stars and gaps."""
        text = "…".join(self.several(self.piece, 1, self.random.choice([1, 2, 3])))
        return make_term(text, Place(), []) or self.simple_term()

    def piece(self) -> str:
        inner = [*self.alphabet, *self.alphabet, " "]
        text = "".join(self.several(lambda: self.random.choice(inner), 1, 3))
        return text + self.random.choice(["", "", "*", f"* {self.letters[0]}"])

    def term(self) -> Term:
        return self.random.choice([self.simple_term, lambda: self.simple_term(3), self.wild_term])()

    def terms(self) -> tuple[Term, ...]:
        return self.several(self.term, 1, 3)

    def distance(self) -> Distance:
        unit = self.random.choice(["characters", "characters", "words", "sentence"])
        return Distance(self.random.randint(0, 8), unit)  # type: ignore[arg-type]

    def near(self, groups: int = 3) -> Near:
        return Near(self.several(self.terms, 2, groups), self.distance(), self.one_in(2))

    def score(self) -> Score:
        weights = [-0.5, 0.3, 0.5, 0.7, 1.0]
        entries = self.several(lambda: (self.terms(), self.random.choice(weights)), 1, 4)
        reach = self.random.choice([0.3, 1.0])
        return scored(entries, reach, self.fold, self.random.choice([None, None, reach / 2]))

    def leaf(self) -> Pattern:
        return self.random.choice(
            [
                lambda: Terms(self.terms()),
                lambda: self.near(2),
                lambda: Count(self.terms(), self.random.randint(1, 2)),
                self.score,
                lambda: Regex(self.random.choice(REGEXES)),
            ]
        )()

    def pattern(self, depth: int = 2) -> Pattern:
        if depth and self.one_in(3):
            kind = self.random.choice([All, Any])
            return kind(self.several(lambda: self.pattern(depth - 1), 1, 2))
        return Terms(self.terms()) if self.one_in(2) else self.leaf()

    # Codebooks

    def codebook(self) -> Codebook:
        """A codebook of up to five codes; a code asks only about codes that stand before it in NAMES."""
        names = NAMES[: self.random.randint(2, len(NAMES))]
        return Codebook(
            "generated",
            fold=self.fold,
            facets={"f": Facet("f"), "g": Facet("g")},
            codes={name: self.code(name, n) for n, name in enumerate(names)},
            code_interviewers=self.one_in(2),
            overlap="codebook" if self.one_in(3) else "facet",
        )

    def code(self, name: str, n: int) -> Code:
        asked = [other for other in NAMES[:n] if not name.startswith(other)]
        asked += [f"={other}" for other in NAMES[:n]]  # of those above it too: their own rules
        return Code(
            name,
            facet=self.random.choice(["f", "f", "g", ""]),
            rules=tuple(self.rule(name, number, asked) for number in range(1, self.random.randint(2, 4))),
            excepts=self.excepts(),
            unless=self.unless(asked),
            where=self.where(),
        )

    def rule(self, name: str, number: int, asked: list[str]) -> Rule:
        return Rule(
            id=f"{self.random.choice(['', 'z'])}{name}:{number}",
            code=name,
            kind="",
            pattern=self.asking(asked),
            excepts=self.excepts(),
            unless=self.unless(asked),
            where=self.where(),
            weight=self.random.choice([1.0, 1.0, 1.0, 0.1, 0.3, 0.5, 0.6, 0.7]),
            nested_keep=self.one_in(6),
        )

    def asking(self, asked: list[str]) -> Pattern:
        if asked and self.one_in(4):
            codes = self.several(lambda: self.random.choice(asked), 1, 2)
            return CodePattern(codes, self.scope())
        return self.pattern()

    def scope(self):
        return self.random.choice(["segment", "turn"])

    def excepts(self) -> tuple[Term, ...]:
        return self.several(lambda: self.simple_term(3), 1, 2) if self.one_in(4) else ()

    def unless(self, asked: list[str]) -> Unless | None:
        return Unless(self.asking(asked), self.scope()) if self.one_in(10) else None

    def where(self) -> tuple[Condition, ...]:
        return (self.random.choice(WHERE),) if self.one_in(8) else ()

    # Documents

    def document(self, most: int = 3) -> tuple[Document, list[Segment]]:
        """A document of a few segments, side by side or with something between, some of them one turn."""
        text = self.random.choice(["", "A：", " "])
        segments: list[Segment] = []
        turn, role = self.random.randint(0, 1), "respondent"
        for index in range(1, self.random.randint(2, most + 1)):
            if self.one_in(2):
                turn = turn + 1 if turn else 0
                role = self.random.choice(["respondent", "respondent", "unknown", "interviewer", "moderator"])
            words = self.text(3, 18)
            span = Span(len(text), len(text) + len(words))
            known = {"turn": turn, "speaker": role[0].upper(), "role": role} if turn else {}
            segments.append(Segment(f"d:{index}", "d", index, span, words, **known))  # type: ignore[arg-type]
            text += words + self.random.choice(["", "", "\n", "数 "])
        return Document("d", text, Metadata(kind=self.random.choice(["interview", "policy"]))), segments


def made(text: str) -> Term:
    term = make_term(text, Place(), [])
    assert term is not None
    return term
