r"""Terms and expressions that no segment can hold.

- terms: [不给。再说]          # warning[never-in-segment]: a sentence ends inside it
- regex: '\b涉密\b'            # warning[ascii-edge]: \b knows ASCII only; 很涉密的 has no edge there
- terms: [ＡＰＩ]              # note[unfolded-term]: without `fold: width` only the full-width form is found

Also said of traditional characters where `script` is not folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.codebook.checks.lint.looking import below, regexes
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.records import Codebook
from qualcode.patterns.near import Near
from qualcode.patterns.term import Term
from qualcode.problems import Problem, problem
from qualcode.text.folding import fold
from qualcode.text.sentences import clause_spans, sentence_spans

_EDGE = re.compile(r"\\b(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\\b")


def check(subject: Subject) -> list[Problem]:
    book = subject.codebook
    return [*_crossing(book), *_edges(book), *_unfolded(book)]


def _crossing(book: Codebook) -> Iterator[Problem]:
    """Terms with the end of a segment in them; `within: sentence` asks for one sentence in any unit."""
    said: set[Term] = set()
    for rule in book.rules:
        for pattern in below(rule.pattern):
            in_sentence = isinstance(pattern, Near) and pattern.distance.unit == "sentence"
            for term in pattern.terms:
                if term not in said and _ends_inside(term, book.unit, in_sentence=in_sentence):
                    said.add(term)
                    yield problem(
                        "never-in-segment",
                        term.place,
                        "{term!r} never stands in one {unit}: it ends inside the term",
                        hint="write the two halves as a near or all rule over a larger unit",
                        severity="warning",
                        term=term.text,
                        unit=book.unit if book.unit in ("sentence", "clause") else "sentence",
                    )


def _ends_inside(term: Term, unit: str, *, in_sentence: bool) -> bool:
    if unit == "clause":
        return any(len(clause_spans(piece, 0, len(piece))) > 1 for piece in term.pieces)
    if unit == "sentence" or in_sentence:
        return any(len(sentence_spans(piece, 0, len(piece))) > 1 for piece in term.pieces)
    return False


def _edges(book: Codebook) -> Iterator[Problem]:
    for regex, rule in regexes(book):
        if _EDGE.search(regex.pattern):
            yield problem(
                "ascii-edge",
                regex.place,
                "in {rule!r} \\b stands beside a Chinese character, where it holds only next to ASCII",
                hint="leave \\b out; Chinese has no edges of words",
                severity="warning",
                rule=rule.id,
            )


def _unfolded(book: Codebook) -> Iterator[Problem]:
    terms = [term for rule in book.rules for term in (*rule.pattern.terms, *rule.excepts)]
    for term in dict.fromkeys(terms):
        for kind, narrower in (("width", "full-width"), ("script", "traditional")):
            if kind not in book.fold and fold(term.text, book.fold | {kind}) != fold(term.text, book.fold):
                yield problem(
                    "unfolded-term",
                    term.place,
                    "{term!r} is found only as it is written, {how}",
                    hint="'fold' without {difference!r} keeps it so",
                    severity="note",
                    term=term.text,
                    how=narrower,
                    difference=kind,
                )
