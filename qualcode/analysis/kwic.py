"""Key words in context: every place a term, a code or a rule was found, with the words on either side.

A term is searched as a rule of a codebook would search it (whole words, `*`, gaps, folding), also in words of
interviewers. A code or rule shows its matches, refused ones with the reason; a parent shows its descendants'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.coding import code_document
from qualcode.model import Document, Segment
from qualcode.patterns.term import make_term
from qualcode.patterns.terms import Terms
from qualcode.problems import Place, Problem, UsageError
from qualcode.registry import did_you_mean

Sort = Literal["place", "left", "right"]
WIDTH = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One place, with `width` characters of the document on either side, line breaks shown as spaces."""

    document_id: str
    segment_id: str
    speaker: str
    left: str
    match: str
    right: str
    code: str = ""
    rule: str = ""
    blocked_by: str = ""


def term_codebook(term: str, codebook: Codebook | None = None) -> Codebook:
    """Make a codebook that finds one term and nothing else, folding as the given one does.

    Raises UsageError for a term that no rule could hold, saying why.
    """
    problems: list[Problem] = []
    made = make_term(term, Place("--term"), problems)
    if made is None:
        raise UsageError("'{term}' is not a term that can be searched", problems=problems, term=term)
    rule = Rule("term", "term", "terms", Terms((made,)))
    return Codebook(
        "term",
        fold=(codebook or Codebook("")).fold,
        codes={"term": Code("term", rules=(rule,))},
        code_interviewers=True,
    )


def kwic(
    documents: Iterable[tuple[Document, Sequence[Segment]]],
    codebook: Codebook | None = None,
    *,
    term: str = "",
    code: str = "",
    rule: str = "",
    sort: Sort = "place",
    width: int = WIDTH,
) -> list[Line]:
    """Return the lines for exactly one of a term, a code or a rule, in the order of the corpus or sorted.

    `left` sorts by the words before, read from the match backwards, `right` by the words after; lines that
    are equal there keep the order of the corpus. Raises UsageError where nothing, or more than one thing, is
    asked for, or for a code or rule the codebook does not have.
    """
    if sum(map(bool, (term, code, rule))) != 1:
        raise UsageError("say one of a term, a code or a rule to look for")
    if term:
        book = term_codebook(term, codebook)
        wanted: tuple[str, ...] = ("term",)
    else:
        book = codebook or Codebook("")
        wanted = _rules(book, code, rule)
    lines = [
        line for document, segments in documents for line in _lines(document, segments, book, wanted, width)
    ]
    if term:
        lines = [replace(line, code="", rule="") for line in lines]
    if sort == "left":
        lines.sort(key=lambda line: line.left[::-1].casefold())
    elif sort == "right":
        lines.sort(key=lambda line: line.right.casefold())
    return lines


def _rules(codebook: Codebook, code: str, rule: str) -> tuple[str, ...]:
    known = {r.id: r.code for c in codebook.codes.values() for r in c.rules}
    if rule:
        if rule not in known:
            raise UsageError(
                "the codebook has no {what} '{name}'", hint=did_you_mean(rule, known), what="rule", name=rule
            )
        return (rule,)
    if code not in codebook.codes:
        raise UsageError(
            "the codebook has no {what} '{name}'",
            hint=did_you_mean(code, codebook.codes),
            what="code",
            name=code,
        )
    family = {code, *codebook.descendants(code)}
    return tuple(name for name, owner in known.items() if owner in family)


def _lines(
    document: Document, segments: Sequence[Segment], codebook: Codebook, wanted: Sequence[str], width: int
) -> Iterator[Line]:
    coded = code_document(document, segments, codebook)
    by_index = {segment.index: segment for segment in segments}
    rules = frozenset(wanted)
    for match in coded.matches:
        if match.rule not in rules:
            continue
        segment, (start, end) = by_index[match.segment], match.span
        yield Line(
            document.id,
            segment.id,
            segment.speaker,
            _shown(document.text[max(0, start - width) : start]),
            _shown(document.text[start:end]),
            _shown(document.text[end : end + width]),
            match.code,
            match.rule,
            match.blocked_by,
        )


def _shown(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)
