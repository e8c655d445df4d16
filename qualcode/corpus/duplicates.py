"""Find documents that say largely the same: a notice as pdf and html, a circular that forwards it in full.

Each text is cut into overlapping stretches of 16 letters or digits (blanks, punctuation, width and case do
not count: they differ between a pdf and a web page). Of their hashes the smallest are kept, at most 2,048
however long the text (FracMinHash: Irber et al. 2022, bioRxiv 2022.01.11.475838): the share of a document's
stretches that also stand in another is estimated from those, to a few points in a hundred. Time grows with
the length of the texts, not with the number of pairs.

Nothing is ever dropped: what is found is a note. A researcher who agrees sets `duplicate_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from qualcode.corpus.body import BODY
from qualcode.corpus.layout import spans_within
from qualcode.model import Document
from qualcode.problems import Place, Problem, problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PIECE = 1000  # blocks looked at together
LEAST_SHARE = 0.5  # of one of the two documents
LEAST_COMMON = 40  # stretches in common: fewer are a formula that many documents share
LEAST_SEEN = 6  # of them among the hashes kept: fewer are no estimate
MOST_HOLDERS = 40  # documents with one hash; a stretch in more is a formula


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of one document: its smallest hashes, and the bound they lie under."""

    document: str
    path: str
    hashes: NDArray[np.uint64]
    bound: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two documents with much in common; the shares are estimates. `first` comes first by path."""

    first: str
    second: str
    share_of_first: float  # of the first document that also stands in the second
    share_of_second: float
    first_path: str = ""
    second_path: str = ""


def sketch(document: Document) -> Sketch:
    """Keep of a document what is needed to find its repeats: at most 16 KB."""
    return sketches_of([document])[0]


def sketches_of(documents: Sequence[Document]) -> list[Sketch]:
    """The sketch of each of some documents."""
    from qualcode.corpus.sketching import smallest

    kept = smallest(map(_body, documents))
    return [Sketch(d.id, d.source.path, *found) for d, found in zip(documents, kept, strict=True)]


def _body(document: Document) -> Iterator[str]:
    """The text that counts, in pieces of some length: a document of any size is never held twice."""
    text = document.text
    if not document.blocks:
        yield text
        return
    spans = spans_within(document.blocks, BODY)
    while some := list(islice(spans, PIECE)):
        yield "".join([text[start:end] for start, end in some])


def find_repeats(sketches: Sequence[Sketch]) -> list[Repeat]:
    """Return pairs where at least half of one document also stands in the other, in the order given."""
    from qualcode.corpus.sharing import pairs_alike

    repeats = []
    # Shares are rounded to hundredths: a little less than half becomes half.
    likely = pairs_alike(
        [one.hashes for one in sketches],
        [one.bound for one in sketches],
        share=LEAST_SHARE - 0.01,
        seen=LEAST_SEEN,
        holders=MOST_HOLDERS,
    )
    for one, two, shared in likely:
        first, second = sketches[one], sketches[two]
        bound = min(first.bound, second.bound)
        of_first = _share(shared, first.hashes, bound)
        of_second = _share(shared, second.hashes, bound)
        enough = shared * 2**64 >= LEAST_COMMON * bound
        if enough and max(of_first, of_second) >= LEAST_SHARE:
            repeats.append(
                Repeat(first.document, second.document, of_first, of_second, first.path, second.path)
            )
    return repeats


def repeat_notes(repeats: Iterable[Repeat], marked: frozenset[str] = frozenset()) -> list[Problem]:
    """Say which documents repeat each other; documents in `marked` have a `duplicate_of` already.

    One note for each document that others hold. Ten copies of one text are one note, not forty-five: a pair
    that notes before it already bring together is left out.
    """
    first_of: dict[str, str] = {}  # of documents brought together, one that stands for them

    def standing_for(document: str) -> str:
        while document in first_of:
            document = first_of[document]
        return document

    held: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for repeat in repeats:
        one, two = standing_for(repeat.first), standing_for(repeat.second)
        if repeat.first in marked or repeat.second in marked or one == two:
            continue
        first_of[two] = one
        there, back = (round(100 * share) for share in (repeat.share_of_first, repeat.share_of_second))
        if there >= back:  # the first is contained in the second
            held.setdefault((repeat.first, repeat.first_path), []).append((there, back, repeat.second))
        else:
            held.setdefault((repeat.second, repeat.second_path), []).append((back, there, repeat.first))
    return [_note(inner, path, holders) for (inner, path), holders in held.items()]


def _note(inner: str, path: str, holders: list[tuple[int, int, str]]) -> Problem:
    hint = "if one repeats the other, set duplicate_of in documents.xlsx; both count until then"
    if len(holders) == 1:
        [(share, other, outer)] = holders
        return problem(
            "near-duplicate",
            Place(path or inner),
            "about {share} % of {inner} also stands in {outer}, about {other} % the other way round",
            hint=hint,
            severity="note",
            share=share,
            other=other,
            inner=inner,
            outer=outer,
        )
    return problem(
        "near-duplicate",
        Place(path or inner),
        "much of {inner} also stands in {n} other documents: {outers}",
        hint="where one repeats another, set duplicate_of in documents.xlsx; all count until then",
        severity="note",
        inner=inner,
        n=len(holders),
        outers=", ".join(f"{outer} ({share} %)" for share, _, outer in holders),
    )


def _share(shared: int, hashes: NDArray[np.uint64], bound: int) -> float:
    import numpy as np

    under = int(np.searchsorted(hashes, np.uint64(bound), side="left")) if bound < 2**64 else len(hashes)
    return round(min(1.0, shared / under), 2) if under else 0.0
