"""Comments on a transcript as codings of their authors: `avoidance.fear; 怕担责 #memo 说的是以前`.

A comment whose words are codes codes what it hangs on. One with a mistake is left out whole and named, with
what may have been meant. One that names no code is a remark: it becomes a memo where that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model import Comment, Document, Segment, Span
from qualcode.problems import Place, Problem, UsageError, problem
from qualcode.review.copies import Beside, Copy, widened
from qualcode.review.covering import covered
from qualcode.review.handed import Handed
from qualcode.review.journal import clean_coder
from qualcode.review.naming import Names, Unknown, listed
from qualcode.review.squeezed import Squeezed

SHOWN = 40  # characters of a quote in a message


@dataclass(frozen=True, slots=True)
class Laid:
    """A copy laid beside its document: the document's segments, and both texts squeezed."""

    copy: Copy
    beside: Beside
    held: Squeezed
    segments: Sequence[Segment]

    @property
    def document(self) -> Document:
        return self.beside.document


def read_remarks(
    comments: Sequence[Comment],
    laid: Laid,
    names: Names,
    authors: Mapping[str, str],
    source: str,
    *,
    memos: bool,
) -> tuple[list[Handed], list[Problem]]:
    """Say what comments hand in. `authors` maps an author as written to the coder's name."""
    handed: list[Handed] = []
    problems: list[Problem] = []
    for number, comment in enumerate(comments, 1):
        place = Place(source, cell=f"comment {number}")
        found = _one(comment, place, laid, names, authors, source, memos=memos)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            handed += found
    return handed, problems


def _one(
    comment: Comment,
    place: Place,
    laid: Laid,
    names: Names,
    authors: Mapping[str, str],
    source: str,
    *,
    memos: bool,
) -> list[Handed] | Problem:
    said = names.said(comment.text)
    memo = said.memo
    if said.remark and not memo:
        if not memos:
            return problem(
                "no-code",
                place,
                "this comment of {author} names no code and is left out: {text}",
                hint="--memos keeps such comments as memos",
                severity="warning",
                author=comment.author or "?",
                text=short(comment.text),
            )
        memo = comment.text.strip()
    elif said.unknown:
        return unknown_code(said.unknown, place)
    if not said.codes and not memo:
        return problem("empty-comment", place, "this comment is empty", severity="note")
    coder = coder_of(comment.author, authors, place)
    if isinstance(coder, Problem):
        return coder
    where = located(comment.span, place, laid)
    if isinstance(where, Problem):
        return where
    made = [
        Handed(
            *(place, coder, laid.document, segment, "add", code),
            marked=marked(laid.document, segment, part),
            dated=comment.date,
            source=source,
        )
        for segment, part in where
        for code in said.codes
    ]
    if memo:
        segment, part = where[0]
        made.append(
            Handed(
                *(place, coder, laid.document, segment, "memo"),
                code=said.codes[0] if len(said.codes) == 1 else "",
                memo=memo,
                marked=marked(laid.document, segment, part),
                dated=comment.date,
                source=source,
            )
        )
    return made


def located(span: Span, place: Place, laid: Laid) -> list[tuple[Segment, Span]] | Problem:
    """Return the segments that a marked span of the copy means, each with what of it is marked."""
    text = laid.copy.text
    wide = widened(text, span) if span.end else None
    if wide is None:
        return problem(
            "no-place",
            place,
            "this comment hangs on no words",
            hint="mark the words it is about in Word, and import the file again",
        )
    words = text[wide.start : wide.end]
    there = laid.copy.place(wide, laid.beside, laid.held)
    if there is None:
        return problem(
            "not-located",
            place,
            "the words of this comment were not found in {document} for certain; searched: {words}",
            hint="they were changed in the copy, or stand several times: mark more of the lines round them",
            document=laid.document.id,
            words=short(words),
        )
    found = covered(laid.segments, there)
    if not found:
        touched = any(segment.span.overlaps(there) for segment in laid.segments)
        return no_segment(place, words, laid.document.id, touched=touched)
    return found


def no_segment(place: Place, words: str, document: str, *, touched: bool) -> Problem:
    """The place is known, and no segment is meant by it, or nobody can say which."""
    if touched:
        return problem(
            "two-segments",
            place,
            "these words lie in equal small parts of two segments of {document}: {words}",
            hint="mark all of the one that is meant",
            document=document,
            words=short(words),
        )
    return problem(
        "no-segment",
        place,
        "these words are no body text of {document} (a speaker's label, a head, a page number): {words}",
        hint="mark words that can be coded",
        document=document,
        words=short(words),
    )


def unknown_code(unknown: Sequence[Unknown], place: Place) -> Problem:
    """Name what should be codes and is none; where several bear a name, those."""
    first = unknown[0]
    if first.several:
        return problem(
            "two-codes",
            place,
            "'{word}' is the name of several codes ({codes}); nothing of this is taken",
            hint="write the id of the one that is meant",
            word=short(first.word),
            codes=listed(first.several),
        )
    return problem(
        "unknown-code",
        place,
        "no code of the codebook: {words}; nothing of this is taken",
        hint=first.close or "a code of your own is written open:NAME, a remark begins with #memo",
        words=listed(f"'{short(one.word)}'" for one in unknown),
    )


def coder_of(author: str, authors: Mapping[str, str], place: Place) -> str | Problem:
    """Return the coder an author is, or a problem for one who cannot be a coder."""
    try:
        return clean_coder(authors.get(author, author))
    except UsageError:
        return problem(
            "no-coder",
            place,
            "'{author}' cannot be the name of a coder",
            hint="say who it is with --author '{author}=NAME'",
            author=author,
        )


def marked(document: Document, segment: Segment, part: Span) -> str:
    """The marked words where they are not the whole segment."""
    return "" if part == segment.span else document.text[part.start : part.end]


def authors_of(comments: Iterable[Comment]) -> list[str]:
    """Return who wrote comments, by code point."""
    return sorted({comment.author for comment in comments})


def short(words: str) -> str:
    """Words as a message shows them: on one line, and not too many."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
