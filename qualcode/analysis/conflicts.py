"""Where codes of one facet contradict each other: listed, never resolved.

Two countable codings of one segment and facet conflict where the facet is exclusive, or where they rest on
the same words. A code and its own ancestor never conflict. Codes without a facet form one family, which is
not exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.evidence import numbers_among
from qualcode.analysis.load import Row
from qualcode.analysis.numbering import places_of
from qualcode.analysis.once import once_of_any
from qualcode.text.ordered import begins, distinct

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

AT_ONCE = 20_000  # segments looked at together
MATCHES_AT_ONCE = 500_000  # that are looked up among them
Place = tuple[int, int]


class Match(NamedTuple):
    """What is asked of a match that stands."""

    rule: str
    parts: tuple[Place, ...]


@once_of_any
def conflict_rows(
    segments: pd.DataFrame, codings: pd.DataFrame, matches: pd.DataFrame, codebook: Codebook
) -> list[Row]:
    """Write the rows of `conflicts`, in the order of the corpus, then of the codes.

    Codings of codes the codebook does not have are left out. Of several coders' codings of one code the code
    counts once.
    """

    codes = list(codebook.codes)
    row, code = _several(segments, codings, codebook)
    every = distinct(row)
    standing, where = _matches_in(segments["segment_id"].iloc[every], matches)
    where = every[where]
    rows: list[Row] = []
    rivals = cache(partial(_facet_of_both, codebook))
    for low in range(0, len(every), AT_ONCE):
        part = every[low : low + AT_ONCE]
        mine, theirs = (slice(*held.searchsorted((part[0], part[-1] + 1))) for held in (row, where))
        names: dict[int, list[str]] = {}
        for at, number in zip(row[mine].tolist(), code[mine].tolist(), strict=True):
            names.setdefault(at, []).append(codes[number])
        evidence: dict[int, dict[str, list[Match]]] = {at: {} for at in names}
        cells = (matches[name].iloc[standing[theirs]] for name in ("code", "rule", "parts"))
        for at, own, rule, parts in zip(where[theirs].tolist(), *cells, strict=True):
            evidence[at].setdefault(own, []).append(Match(str(rule), _places(parts)))
        found = [
            (at, conflict)
            for at, held in names.items()
            for conflict in _of_segment(held, evidence[at], rivals)
        ]
        rows += _written(segments, found)
    return rows


def _matches_in(ids: pd.Series[Any], matches: pd.DataFrame) -> tuple[Any, Any]:
    """The matches that stand in some segments, by row, and in which each does; in order of segments."""
    import numpy as np

    stands = (matches["blocked_by"] == "").to_numpy(dtype=bool)
    rows, places = [], []
    for low in range(0, max(len(stands), 1), MATCHES_AT_ONCE):
        at = np.flatnonzero(stands[low : low + MATCHES_AT_ONCE]) + low
        place = places_of(matches["segment_id"].iloc[at], ids)
        rows.append(at[place >= 0])
        places.append(place[place >= 0])
    row, place = np.concatenate(rows), np.concatenate(places)
    order = np.argsort(place, kind="stable")
    return row[order], place[order]


def _several(segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> tuple[Any, Any]:
    """The countable codes of segments that have several of one facet: rows of segments, numbers of codes.

    In order, each once.
    """
    import numpy as np

    counting = np.flatnonzero(codings["countable"].to_numpy(dtype=bool))
    code = numbers_among(codings["code"].iloc[counting], codebook.codes)
    row = places_of(codings["segment_id"].iloc[counting], segments["segment_id"])
    known = (row >= 0) & (code >= 0)
    both = distinct(row[known] * len(codebook.codes) + code[known])
    row = both // max(len(codebook.codes), 1)
    alone = begins(row)
    alone[:-1] &= row[1:] != row[:-1]
    row, code = np.divmod(both[~alone], max(len(codebook.codes), 1))
    facets = {facet: n for n, facet in enumerate(dict.fromkeys(map(codebook.facet_of, codebook.codes)))}
    facet = np.array([facets[codebook.facet_of(name)] for name in codebook.codes] or [0])[code]
    key = row * max(len(facets), 1) + facet
    _, number, size = np.unique(key, return_inverse=True, return_counts=True)
    several = size[number] > 1
    return row[several], code[several]


Conflict = tuple[str, str, str, bool, list[Place], list[Match], list[Match]]


def _facet_of_both(codebook: Codebook, one: str, other: str) -> tuple[str, bool] | None:
    """The facet in which two codes may contradict each other, and whether it is exclusive."""
    facet = codebook.facet_of(one)
    if facet != codebook.facet_of(other) or one in codebook.parents(other) or other in codebook.parents(one):
        return None
    known = codebook.facets.get(facet)
    return facet, known is not None and known.exclusive


def _of_segment(
    names: Sequence[str],
    evidence: Mapping[str, list[Match]],
    rivals: Callable[[str, str], tuple[str, bool] | None],
) -> Iterator[Conflict]:
    """The conflicts of a segment's codes: facet, codes, whether it is exclusive, shared places, matches."""
    for one, other in combinations(names, 2):
        both = rivals(one, other)
        if both is None:
            continue
        facet, exclusive = both
        mine, theirs = evidence.get(one, []), evidence.get(other, [])
        shared = _shared(mine, theirs)
        if shared:
            mine = [match for match in mine if _touches(match, theirs)]
            theirs = [match for match in theirs if _touches(match, mine)]
        elif not exclusive:
            continue
        yield facet, one, other, exclusive, shared, mine, theirs


def _written(segments: pd.DataFrame, found: Sequence[tuple[int, Conflict]]) -> Iterator[Row]:
    cells = (
        segments[name].iloc[[at for at, _ in found]]
        for name in ("document_id", "segment_id", "text", "start")
    )
    for (_, conflict), document, segment, text, start in zip(found, *cells, strict=True):
        facet, one, other, exclusive, shared, mine, theirs = conflict
        yield (
            *(document, segment, facet, one, other, "exclusive" if exclusive else "evidence"),
            tuple(text[a - int(start) : b - int(start)] for a, b in shared),
            *(_rules(mine), _rules(theirs), text),
        )


def _rules(matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.rule for match in matches))


def _places(parts: Iterable[str]) -> tuple[Place, ...]:
    ends = [part.partition("-") for part in parts]
    return tuple([(int(a), int(b)) for a, _, b in ends])


def _touches(match: Match, others: Iterable[Match]) -> bool:
    return bool(_shared([match], others))


def _shared(mine: Iterable[Match], theirs: Iterable[Match]) -> list[Place]:
    """Return the stretches that parts of both hold, each once, in reading order."""
    there = sorted({part for match in theirs for part in match.parts})
    both = {
        (max(a, c), min(b, d)) for match in mine for a, b in match.parts for c, d in there if a < d and c < b
    }
    return sorted(both)
