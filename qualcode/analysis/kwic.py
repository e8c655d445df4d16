"""Key words in context: every place a term, a code or a rule was found, with the words on either side.

Rows of the tables `segments` and `matches` go in, so nothing is read or coded again. A term is searched as a
rule of a codebook would search it (`shar*`, `打…招呼`, whole words in English; any case, width and script),
in everybody's words, the interviewer's too. A code or rule shows its matches, refused ones with the reason; a
parent shows its descendants'. What is no segment (labels, times) is left out of the context.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Any, Literal

from qualcode.codebook.records import FOLDS, Code, Codebook, Rule
from qualcode.coding import code_document
from qualcode.columns import TABLES
from qualcode.model import Document, Match, Segment, Span
from qualcode.patterns.term import make_term
from qualcode.patterns.terms import Terms
from qualcode.problems import Place, Problem, UsageError
from qualcode.registry import did_you_mean

Sort = Literal["place", "left", "right"]
Record = Mapping[str, Any]  # a row of a table, by column
WIDTH = 30
COLUMNS = TABLES["kwic"]


@dataclass(frozen=True, slots=True)
class Line:
    """One place with `width` characters on either side; white space is one space wherever it stands."""

    document_id: str
    segment_id: str
    speaker: str
    role: str
    start: int
    end: int
    left: str
    match: str
    right: str
    code: str = ""
    rule: str = ""
    blocked_by: str = ""

    @property
    def row(self) -> tuple[object, ...]:
        """The line as a row of the table `kwic`."""
        return tuple(getattr(self, column.name) for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Text:
    """Words to look in: a document, or one rebuilt from its segments with line ends between them."""

    id: str
    text: str
    segments: tuple[Segment, ...]


def kwic(
    segments: Iterable[Record],
    matches: Callable[[], Iterable[Record]],
    asked: str,
    *,
    width: int = WIDTH,
    sort: Sort = "place",
    refused: bool = False,
    only: Collection[str] | None = None,
) -> list[Line]:
    """Return the places of a term, of `code:ID` (its descendants too) or of `rule:ID`, each with its context.

    `refused` adds the refused matches of a code or rule; with nothing asked it gives all refused matches.
    `only` keeps places in these segments; with nothing asked and no `refused` it gives those segments whole.
    `matches` is called where they are needed. Lines come by place, or sorted by the words to the left
    (nearest first) or to the right. Raises `UsageError` for a term that is none, a code or rule that matched
    nowhere, and where nothing is asked at all.
    """
    texts = texts_of(segments)
    if asked.startswith(("code:", "rule:")) or (refused and not asked):
        lines = _from_matches(texts, matches(), asked, width, refused)
    elif refused:
        raise UsageError("a term is never refused", hint="ask for code:ID or rule:ID with --refused")
    elif asked:
        lines = _from_term(texts, asked, width)
    elif only is not None:
        lines = (line_of(text, segment, segment.span, width) for text in texts for segment in text.segments)
    else:
        raise UsageError("say a term, code:ID or rule:ID to look for")
    kept = [line for line in lines if only is None or line.segment_id in only]
    return in_sort(kept, sort)


def in_sort(lines: list[Line], sort: Sort) -> list[Line]:
    """Sort lines by the words before (read backwards) or after; equal ones keep their order."""
    if sort == "left":
        return sorted(lines, key=lambda line: line.left[::-1].casefold())
    if sort == "right":
        return sorted(lines, key=lambda line: (line.match.casefold(), line.right.casefold()))
    return lines


def sampled(lines: list[Line], size: int | None, seed: int) -> list[Line]:
    """Return so many lines drawn at random, in the order they had; all of them where there are no more.

    >>> sampled([], 3, 1)
    []
    """
    if size is None or size >= len(lines):
        return lines
    return [lines[n] for n in sorted(Random(seed).sample(range(len(lines)), size))]


def texts_of(segments: Iterable[Record]) -> Iterator[Text]:
    """Rebuild documents from the rows of their segments: words at their places, line ends between."""
    for document, rows in groupby(segments, key=lambda row: str(row["document_id"])):
        made: list[Segment] = []
        pieces: list[str] = []
        here = 0
        for index, row in enumerate(rows, 1):
            span = Span(int(row["start"]), int(row["end"]))
            pieces += ["\n" * (span.start - here), str(row["text"])]
            here = span.end
            made.append(
                Segment(
                    str(row["segment_id"]),
                    document,
                    index,
                    span,
                    str(row["text"]),
                    speaker=str(row["speaker"]),
                    role=row["role"],
                )
            )
        yield Text(document, "".join(pieces), tuple(made))


def line_of(
    text: Text, segment: Segment, span: Span, width: int, code: str = "", rule: str = "", blocked: str = ""
) -> Line:
    """Make the line of one place."""
    # Blank stretches between segments are squeezed, so more is taken than shown.
    left = " ".join(text.text[max(0, span.start - 8 * width - 80) : span.start].split())
    right = " ".join(text.text[span.end : span.end + 8 * width + 80].split())
    return Line(
        text.id,
        segment.id,
        segment.speaker,
        segment.role,
        span.start,
        span.end,
        left[-width:] if width else "",
        " ".join(text.text[span.start : span.end].split()),
        right[:width],
        code,
        rule,
        blocked,
    )


def lines_of(
    document: Document, segments: Iterable[Segment], matches: Iterable[Match], width: int = WIDTH
) -> Iterator[Line]:
    """Yield the lines of some matches of a document that was just coded, in their order."""
    by_index = {segment.index: segment for segment in segments}
    pieces: list[str] = []
    here = 0
    for segment in by_index.values():
        pieces += ["\n" * (segment.span.start - here), segment.text]
        here = segment.span.end
    text = Text(document.id, "".join(pieces), tuple(by_index.values()))
    for match in matches:
        segment = by_index[match.segment]
        yield line_of(text, segment, match.span, width, match.code, match.rule, match.blocked_by)


def term_codebook(term: str, fold: frozenset[str] = frozenset(FOLDS)) -> Codebook:
    """Make a codebook that finds one term and nothing else.

    Raises UsageError for a term that no rule could hold, saying why.
    """
    problems: list[Problem] = []
    made = make_term(term, Place("--term"), problems)
    if made is None:
        raise UsageError("'{term}' is not a term that can be searched", problems=problems, term=term)
    rule = Rule("term", "term", "terms", Terms((made,)))
    return Codebook("term", fold=fold, codes={"term": Code("term", rules=(rule,))}, code_interviewers=True)


def _from_term(texts: Iterable[Text], term: str, width: int) -> Iterator[Line]:
    codebook = term_codebook(term)
    for text in texts:
        coded = code_document(Document(text.id, text.text), text.segments, codebook)
        by_index = {segment.index: segment for segment in text.segments}
        for match in coded.matches:
            if not match.blocked_by:
                yield line_of(text, by_index[match.segment], match.span, width)


def _from_matches(
    texts: Iterable[Text], matches: Iterable[Record], asked: str, width: int, refused: bool
) -> Iterator[Line]:
    what, _, name = asked.partition(":")
    places: dict[str, list[Record]] = {}
    known: set[str] = set()
    for match in matches:
        mine = not asked or _is(match, what, name)
        if asked:
            known.add(str(match[what]))
        if mine and (match["blocked_by"] if not asked else refused or not match["blocked_by"]):
            places.setdefault(str(match["segment_id"]), []).append(match)
    if asked and not any(one == name or (what == "code" and one.startswith(name + ".")) for one in known):
        raise UsageError(
            "no match of {what} '{name}' in these results",
            hint=did_you_mean(name, known),
            what=what,
            name=name,
        )
    for text in texts:
        for segment in text.segments:
            for match in places.get(segment.id, ()):
                span = Span(int(match["start"]), int(match["end"]))
                found = (str(match["code"]), str(match["rule"]), str(match["blocked_by"]))
                yield line_of(text, segment, span, width, *found)


def _is(match: Record, what: str, name: str) -> bool:
    return match[what] == name or (what == "code" and str(match[what]).startswith(name + "."))
