"""A term: the literal that rules, lexicons and exceptions are made of.

    不予共享          found wherever the characters stand
    share             a whole word: not in shareholder; API is found in 做了API接口
    refus*            goes on to the end of the word; also inside a phrase: refus* to share
    cannot share      a space matches any white space, line wraps too
    打…招呼           a gap: 打个招呼, 打了一声招呼; nearest continuation

*Words.* Where a term begins or ends with a letter or digit (outside Han and Kana), no word of the text may be
cut there. `*` stands after such a character, at the end of a word; elsewhere it is a mistake.

*Gaps.* … (or ……) stands for 0 to 6 characters; where letters stand on both sides of it, for 0 to 3 words. The
pieces are the parts of the match; longest match and counting look at the whole stretch.

*Occurrences* in a segment are leftmost and do not overlap, as `str.count` counts.

Terms are read as the documents are: composed (NFC) and repaired, then compared after the codebook's folding.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.expressions import expression
from qualcode.problems import Place, Problem, problem
from qualcode.text.repair import repair
from qualcode.text.words import is_letter
from qualcode.yamlnodes import Node

GAP_CHARACTERS = 6
GAP_WORDS = 3
_GAP = expression(r"\s*…+\s*")
# Most terms: Chinese characters, letters and single spaces, of which nothing is to be repaired or read.
ORDINARY = expression(r"[一-鿿A-Za-z0-9]+(?: [一-鿿A-Za-z0-9]+)*")


@dataclass(slots=True)  # never changed; a frozen one takes three times as long to make
class Term:
    """A literal as written, and its pieces between gaps. `*` in a piece goes on to the end of a word."""

    text: str
    pieces: tuple[str, ...]
    place: Place = field(default=Place(), compare=False)

    def __str__(self) -> str:
        return self.text

    def __hash__(self) -> int:
        return hash(self.text)  # its pieces follow from it, and a text knows its own


def make_term(text: str, place: Place, problems: list[Problem]) -> Term | None:
    """Make a term of a text; None after saying what is wrong with it."""
    if ORDINARY.fullmatch(text):
        return Term(text, (text,), place)
    text = repair(text)[0].strip()
    pieces = tuple(_GAP.split(text))
    if not text:
        problems.append(problem("empty-term", place, "a term is empty", hint="write its words, or delete it"))
        return None
    if not all(pieces):
        problems.append(
            problem(
                "bad-gap",
                place,
                "{term!r} begins or ends with a gap",
                hint="… stands between two words: 打…招呼",
                term=text,
            )
        )
        return None
    if "＊" in text:
        problems.append(
            problem(
                "full-width",
                place,
                "{term!r} holds a full-width ＊",
                hint="write * for a word that goes on; a ＊ that stands for itself needs a regex",
                term=text,
            )
        )
        return None
    if "..." in text:
        problems.append(
            problem(
                "three-dots",
                place,
                "the dots in {term!r} stand for themselves",
                hint="a gap is written …",
                severity="warning",
                term=text,
            )
        )
    for piece in pieces:
        wrong = _wrong_star(piece)
        if wrong is not None:
            problems.append(
                problem(
                    "bad-wildcard",
                    place,
                    "'*' goes on to the end of a word, and {before!r} in {term!r} is no end of one",
                    hint="Chinese terms match anywhere without it; put * after the last letter of a word, or "
                    "write a regex",
                    before=piece[:wrong] or "*",
                    term=text,
                )
            )
            return None
    return Term(text, pieces, place)


def read_term(node: Node, problems: list[Problem]) -> Term | None:
    """Read one term from a YAML text; None after saying what is wrong with it."""
    if node.kind != "text":
        problems.append(
            problem(
                "wrong-type",
                node.place,
                "a term is one text, not a {given}",
                hint="put quotes round a term that begins with [ or {{",
                given=node.kind,
            )
        )
        return None
    return make_term(node.text, node.place, problems)


def _wrong_star(piece: str) -> int | None:
    """Return where a `*` stands that does not follow the last letter of a word."""
    for i, character in enumerate(piece):
        if character == "*":
            follows = piece[i + 1 : i + 2]
            if i == 0 or not is_letter(piece[i - 1]) or (follows and not follows.isspace()):
                return i
    return None
