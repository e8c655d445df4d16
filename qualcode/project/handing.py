"""Hand coding from elsewhere, written into the journals of its coders.

    take_comments(bench, data, "I03-甲.docx")      # comments on a transcript, or on a copy of one
    take_codings(bench, data, "codings.xlsx")      # a table of places, codes and coders

Nothing is guessed: what has no certain place or names no code comes back as a problem. What was taken once is
not taken again, though it was taken back since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.corpus.readers import ReadOptions, read_extracts
from qualcode.corpus.sheetrows import Row
from qualcode.problems import Place, Problem, UsageError, has_errors, problem
from qualcode.project.decisions import decisions_folder, decisions_of
from qualcode.registry import did_you_mean
from qualcode.review.anchors import anchor_of
from qualcode.review.codingtable import Material, read_codings
from qualcode.review.copies import Beside, Copy, chosen
from qualcode.review.handed import Handed, news, settled
from qualcode.review.journal import Journal, clean_coder
from qualcode.review.naming import Names, listed
from qualcode.review.records import Decision, text_hash
from qualcode.review.remarks import Laid, authors_of, read_remarks

if TYPE_CHECKING:
    from qualcode.project.bench import Bench


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: how many decisions of each coder are new and were written, how many were known."""

    written: Mapping[str, int]
    known: int
    problems: tuple[Problem, ...]
    document: str = ""  # of a transcript with comments
    decisions: tuple[Decision, ...] = ()


def take_comments(
    bench: Bench,
    data: bytes,
    name: str,
    *,
    coder: str = "",
    authors: Mapping[str, str] | None = None,
    document: str = "",
    memos: bool = False,
    dry: bool = False,
) -> HandedIn:
    """Take the comments of a Word file. `authors` says which coder an author is, where the names differ.

    `coder` is whose comments they are, in a file with one author. `document` is what the file is a copy of;
    else it is found by its text. `dry` writes nothing.

    Raises `UsageError` for an unknown document, and a `coder` where there are several authors.
    """
    extracts, problems = read_extracts(data, name, ReadOptions())
    if not extracts or has_errors(problems):
        return HandedIn({}, 0, tuple(problems))
    extract = extracts[0]
    if not extract.comments:
        none = problem("no-comments", Place(name), "this file has no comments", severity="warning")
        return HandedIn({}, 0, (*problems, none))
    given = _authors(authors_of(extract.comments), coder, authors or {})
    material = _material(bench)
    copy = Copy.of(extract.text)
    beside = _beside(copy, material, name, document)
    if isinstance(beside, Problem):
        return HandedIn({}, 0, (*problems, beside))
    found = beside.document.id
    laid = Laid(copy, beside, material.held(found), material.segments[found])
    handed, more = read_remarks(extract.comments, laid, Names(bench.codebook), given, name, memos=memos)
    said = [*problems, *_changed(beside, name), *more]
    return _take(bench, material, handed, said, document=found, dry=dry)


def take_codings(
    bench: Bench, rows: Sequence[Row], name: str, *, coder: str = "", dry: bool = False
) -> HandedIn:
    """Take the rows of a table of codings; `coder` is who coded those that name nobody."""
    material = _material(bench)
    handed, problems = read_codings(rows, material, Names(bench.codebook), name, coder=coder)
    return _take(bench, material, handed, problems, dry=dry)


def _material(bench: Bench) -> Material:
    documents, segments = {}, {}
    for document, its in bench.documents(open_test=True):
        documents[document.id], segments[document.id] = document, its
    return Material(documents, segments)


def _authors(found: Sequence[str], coder: str, given: Mapping[str, str]) -> dict[str, str]:
    for author in given:
        if author not in found:
            raise UsageError(
                "nobody called '{author}' wrote a comment there; authors: {names}",
                hint=did_you_mean(author, found),
                author=author,
                names=listed(found),
            )
    if not coder:
        return dict(given)
    others = [author for author in found if author not in given]
    if len(others) > 1:
        raise UsageError(
            "the comments are of several authors ({names}); --coder would make them one",
            hint="leave --coder out, or say who each is with --author 'AUTHOR=NAME'",
            names=listed(others),
        )
    return {**given, **dict.fromkeys(others, clean_coder(coder))}


def _beside(copy: Copy, material: Material, name: str, asked: str) -> Beside | Problem:
    if asked:
        if asked not in material.documents:
            raise UsageError(
                "the corpus has no document '{name}'",
                hint=did_you_mean(asked, material.documents),
                name=asked,
            )
        return copy.beside(material.documents[asked], material.held(asked))
    found = [copy.beside(one, material.held(one.id)) for one in material.documents.values()]
    likely = chosen(found, name)
    if len(likely) == 1:
        return likely[0]
    if not likely:
        return problem(
            "no-document",
            Place(name),
            "no document of the corpus has the text of this file; {n} were compared",
            hint="--document says which one it is a copy of",
            n=len(found),
        )
    return problem(
        "several-documents",
        Place(name),
        "several documents have the text of this file: {names}",
        hint="--document says which one it is a copy of",
        names=listed(one.document.id for one in likely),
    )


def _changed(beside: Beside, name: str) -> list[Problem]:
    """Say so where the copy is not the document word for word."""
    if beside.way != "lines":
        return []
    return [
        problem(
            "changed-copy",
            Place(name),
            "this is a changed copy of {document}: {n} of its {all} longer lines stand there; comments are "
            "placed where their lines stand once in both",
            hint="--document names another document, where this is not the one",
            severity="warning",
            document=beside.document.id,
            n=beside.standing,
            all=beside.lines,
        )
    ]


def _take(
    bench: Bench,
    material: Material,
    handed: Sequence[Handed],
    problems: Sequence[Problem],
    *,
    document: str = "",
    dry: bool,
) -> HandedIn:
    """Write down what is new, coder by coder, in the order of the material."""
    clear, wrong = settled(handed)
    decided = decisions_of(bench.study, bench.corpus)
    found = news(clear, decided.by_document, material.segments)
    said = (*problems, *wrong, *found.problems)
    counts = Counter(one.coder for one in found.new)
    if dry:
        return HandedIn(dict(sorted(counts.items())), found.known, said, document)
    made: list[Decision] = []
    more: list[Problem] = []
    for coder in sorted(counts):
        journal = Journal(decisions_folder(bench.study), coder)
        more += journal.problems
        made += [_write(journal, one) for one in found.new if one.coder == coder]
    return HandedIn(dict(sorted(counts.items())), found.known, (*said, *more), document, tuple(made))


def _write(journal: Journal, one: Handed) -> Decision:
    return journal.append(
        one.action,
        document=one.document.id,
        text=text_hash(one.document.text),
        anchor=anchor_of(one.document, one.segment),
        code=one.code,
        to=one.to,
        memo=one.memo,
        source=one.source,
        dated=one.dated,
        marked=one.marked,
    )
