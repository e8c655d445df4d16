"""People at work on a study: sheets out, sheets in, single decisions.

rows = rows_to_review(bench)
taken = take_sheet(bench, data, "甲.xlsx", "甲")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.corpus.sheetrows import read_rows
from qualcode.problems import Problem, UsageError
from qualcode.project.decisions import decisions_folder, decisions_of
from qualcode.registry import did_you_mean
from qualcode.review.anchors import anchor_of
from qualcode.review.current import in_force, review
from qualcode.review.journal import Journal
from qualcode.review.records import Action, Decision, is_open, text_hash
from qualcode.review.sheet import Wanted, read_sheet, sheet_rows

if TYPE_CHECKING:
    from qualcode.model import Document, Segment
    from qualcode.project.bench import Bench


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet brought: decisions written, how many were there before, and rows that were refused."""

    decisions: tuple[Decision, ...]
    known: int
    problems: tuple[Problem, ...]


def rows_to_review(
    bench: Bench, *, lang: str = "en", uncoded: bool = False, open_test: bool = False
) -> list[dict[str, str]]:
    """Return the rows of a review sheet, in the order of the corpus."""
    decided = decisions_of(bench.study, bench.corpus)
    bench.problems += decided.problems
    book = decided.codebook_with_open_codes(bench.codebook)
    rows: list[dict[str, str]] = []
    for document, segments in bench.documents(open_test=open_test):
        coded = bench.coded(document, segments)
        reviewed = review(document, segments, coded, book, decided.by_document.get(document.id, ()))
        made = sheet_rows(document, segments, reviewed, book, lang=lang, uncoded=uncoded)
        rows += [dict(row.cells) for row in made]
    return rows


def take_sheet(bench: Bench, data: bytes, name: str, coder: str, *, encoding: str = "") -> Taken:
    """Write down what a filled sheet says, row by row; what the coder said before is not said again."""
    journal = Journal(decisions_folder(bench.study), coder)
    rows, problems = read_rows(data, name, encoding=encoding)
    documents: dict[str, Document] = {}
    segments: dict[str, Segment] = {}
    for document, its in bench.documents(open_test=True):
        documents[document.id] = document
        segments |= {segment.id: segment for segment in its}
    decided = decisions_of(bench.study, bench.corpus)
    book = decided.codebook_with_open_codes(bench.codebook)
    wanted, found = read_sheet(rows, segments, book)
    made: list[Decision] = []
    known = 0
    for one in wanted:
        document = documents[one.segment.document_id]
        if _said_before(one, document, journal):
            known += 1
            continue
        made.append(_write(journal, document, one))
    return Taken(tuple(made), known, (*journal.problems, *problems, *found))


def decide(
    bench: Bench,
    coder: str,
    action: Action,
    *,
    place: str = "",
    code: str = "",
    to: str = "",
    memo: str = "",
    undoes: str = "",
    settles: bool = False,
    open_test: bool = False,
) -> tuple[Decision, list[Problem]]:
    """Write one decision. `place` is `DOC:12#code`, `DOC:12`, `document:DOC` or `code:CODE`.

    Raises `UsageError` for a place or code that is not there.
    """
    decided = decisions_of(bench.study, bench.corpus)
    book = decided.codebook_with_open_codes(bench.codebook)
    kind, _, rest = place.partition(":")
    segment: Segment | None = None
    document: Document | None = None
    if action != "undo":
        if kind == "document" and action == "memo":
            document = bench.document(rest, open_test=open_test)[0]
        elif kind == "code" and action == "memo":
            code = rest
        else:
            words, _, named = place.partition("#")
            code = code or named.partition("@")[0]
            document, segment = _segment(bench, words, open_test=open_test)
            if action != "memo" and not code:
                raise UsageError("which code?", hint="write DOCUMENT:12#code, or give --add a code")
        for one in (code, to):
            if one and one not in book.codes and not is_open(one):
                raise UsageError(
                    "'{code}' is no code of the codebook",
                    hint=did_you_mean(one, book.codes) or "a code of your own is written open:NAME",
                    code=one,
                )
    journal = Journal(decisions_folder(bench.study), coder)
    made = journal.append(
        action,
        document=document.id if document else "",
        text=text_hash(document.text) if document else "",
        anchor=anchor_of(document, segment) if document and segment else None,
        code=code,
        to=to,
        memo=memo,
        undoes=undoes,
        settles=settles,
    )
    return made, journal.problems


def _segment(bench: Bench, words: str, *, open_test: bool) -> tuple[Document, Segment]:
    name, _, index = words.rpartition(":")
    if not name or not index.isdigit():
        raise UsageError(
            "'{asked}' is no id of a segment",
            hint="it is written like I03:12, or I03:12#avoidance.fear for a coding",
            asked=words,
        )
    document, segments = bench.document(name, open_test=open_test)
    for segment in segments:
        if segment.index == int(index):
            return document, segment
    raise UsageError(
        "document {document} has no segment {index}: it has {n} ({unit})",
        document=name,
        index=index,
        n=len(segments),
        unit=bench.unit,
    )


def _write(journal: Journal, document: Document, one: Wanted) -> Decision:
    return journal.append(
        one.action,
        document=document.id,
        text=text_hash(document.text),
        anchor=anchor_of(document, one.segment),
        code=one.code,
        to=one.to,
        memo=one.memo,
    )


def _said_before(one: Wanted, document: Document, journal: Journal) -> bool:
    """Whether the coder's latest word about this is the same, so that a sheet can be read in twice."""
    anchor, digest = anchor_of(document, one.segment), text_hash(document.text)
    same = [d for d in _own(journal) if (d.text, d.anchor, d.code) == (digest, anchor, one.code)]
    if one.action == "memo":
        return any(d.action == "memo" and d.memo == one.memo for d in same)
    verdicts = [d for d in same if d.action != "memo"]
    return bool(verdicts) and (verdicts[-1].action, verdicts[-1].to, verdicts[-1].memo) == (
        one.action,
        one.to,
        one.memo,
    )


def _own(journal: Journal) -> Iterable[Decision]:
    return [one for one in in_force(journal.decisions) if one.coder == journal.coder]
