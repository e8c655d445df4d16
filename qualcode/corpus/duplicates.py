"""Find documents that say largely the same: a notice as pdf and html, a circular that forwards it in full.

Each text is cut into overlapping stretches of 16 letters or digits (blanks, punctuation, width and case do
not count: they differ between a pdf and a web page). Of their hashes the smallest are kept, at most 2,048
however long the text (FracMinHash: Irber et al. 2022, bioRxiv 2022.01.11.475838): the share of a document's
stretches that also stand in another is estimated from those, to a few points in a hundred. Time grows with
the length of the texts, not with the number of pairs.

Nothing is ever dropped: what is found is a note. A researcher who agrees sets `duplicate_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.model import Document
from qualcode.problems import Place, Problem, problem
from qualcode.text.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LENGTH = 16  # letters or digits in a stretch
KEPT = 2048  # hashes of one document, at most
LEAST_SHARE = 0.5  # of one of the two documents
LEAST_COMMON = 40  # stretches in common: fewer are a formula that many documents share
LEAST_SEEN = 6  # of them among the hashes kept: fewer are no estimate
MOST_HOLDERS = 40  # documents with one hash; a stretch in more is a formula
_FOLDS = frozenset({"case", "width", "script"})
_BODY = frozenset({"heading", "paragraph", "item", "row", "note"})


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
    text = "\n".join(
        document.text[block.span.start : block.span.end] for block in document.blocks if block.kind in _BODY
    )
    hashes, bound = _smallest(text or ("" if document.blocks else document.text))
    return Sketch(document.id, document.source.path, hashes, bound)


def find_repeats(sketches: Sequence[Sketch]) -> list[Repeat]:
    """Return pairs where at least half of one document also stands in the other, in the order given."""
    import numpy as np

    if not sketches:
        return []
    owners = np.concatenate([np.full(len(s.hashes), n, dtype=np.int64) for n, s in enumerate(sketches)])
    hashes = np.concatenate([s.hashes for s in sketches])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    sizes = np.diff(np.append(starts, len(hashes)))
    common: dict[tuple[int, int], int] = {}
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        if not 2 <= size <= MOST_HOLDERS:
            continue
        holders = owners[start : start + size].tolist()
        for i, one in enumerate(holders):
            for two in holders[i + 1 :]:
                common[one, two] = common.get((one, two), 0) + 1
    repeats = []
    for (one, two), shared in sorted(common.items()):
        first, second = sketches[one], sketches[two]
        bound = min(first.bound, second.bound)
        of_first = _share(shared, first.hashes, bound)
        of_second = _share(shared, second.hashes, bound)
        enough = shared >= LEAST_SEEN and shared * 2**64 >= LEAST_COMMON * bound
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


def _smallest(text: str) -> tuple[NDArray[np.uint64], int]:
    """Return the distinct hashes below a bound, sorted; the bound halves until `KEPT` or less are left."""
    import numpy as np

    signs = "".join(sign for sign in fold(text, _FOLDS) if sign.isalnum())
    points: Any = np.frombuffer(signs.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(points) < LENGTH:
        return np.empty(0, dtype=np.uint64), 2**64
    count = len(points) - LENGTH + 1
    hashes = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is meant
        for n in range(LENGTH):
            hashes = hashes * np.uint64(0x100000001B3) + points[n : n + count]
        # splitmix64 (Steele, Lea, Flood 2014): spreads the polynomial's values evenly over all 64 bits.
        hashes += np.uint64(0x9E3779B97F4A7C15)
        hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        hashes ^= hashes >> np.uint64(31)
    hashes = np.unique(hashes)
    bound = 2**64
    kept = len(hashes)
    while kept > KEPT:
        bound //= 2
        kept = int(np.searchsorted(hashes, np.uint64(bound), side="left"))
    return hashes[:kept].copy(), bound
