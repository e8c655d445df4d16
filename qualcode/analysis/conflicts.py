"""Where codes of one facet contradict each other: listed, never resolved.

Two countable codings of one segment and facet conflict where the facet is exclusive, or where they rest on
the same words. A code and its own ancestor never conflict. Codes without a facet form one family, which is
not exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from qualcode.analysis.lean import among, numbered
from qualcode.analysis.load import Row
from qualcode.analysis.once import once

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

Record = Mapping[Any, Any]
Place = tuple[int, int]


@once
def conflict_rows(
    segments: pd.DataFrame, codings: pd.DataFrame, matches: pd.DataFrame, codebook: Codebook
) -> list[Row]:
    """Write the rows of `conflicts`, in the order of the corpus, then of the codes.

    Codings of codes the codebook does not have are left out. Of several coders' codings of one code the code
    counts once.
    """
    import pandas as pd

    number = {code: n for n, code in enumerate(codebook.codes)}
    counting: dict[str, dict[str, Record]] = {}
    counted = codings[["segment_id", "code"]][codings["countable"].to_numpy(dtype=bool)]
    # Only segments with several codings can have a conflict.
    counted = counted[pd.Series(numbered(counted["segment_id"])).duplicated(keep=False).to_numpy(dtype=bool)]
    for coding in counted.to_dict("records"):
        if coding["code"] in number:
            counting.setdefault(str(coding["segment_id"]), {})[str(coding["code"])] = coding
    several = {name: codes for name, codes in counting.items() if len(codes) > 1}
    texts = segments[among(segments["segment_id"], several)]
    standing = matches[["segment_id", "code", "rule", "parts"]][
        (matches["blocked_by"] == "").to_numpy(dtype=bool)
    ]
    evidence: dict[tuple[str, str], list[Record]] = {}
    for match in standing[among(standing["segment_id"], several)].to_dict("records"):
        evidence.setdefault((str(match["segment_id"]), str(match["code"])), []).append(match)
    rows: list[Row] = []
    for segment, document, text, start in zip(
        texts["segment_id"], texts["document_id"], texts["text"], texts["start"].astype(int), strict=True
    ):
        names = sorted(several[segment], key=number.__getitem__)
        for one, other in combinations(names, 2):
            facet = codebook.facet_of(one)
            if facet != codebook.facet_of(other) or one in codebook.parents(other):
                continue
            if other in codebook.parents(one):
                continue
            mine, theirs = evidence.get((segment, one), ()), evidence.get((segment, other), ())
            shared = _shared(mine, theirs)
            known = codebook.facets.get(facet)
            exclusive = known is not None and known.exclusive
            if shared:
                mine = [match for match in mine if _touches(match, theirs)]
                theirs = [match for match in theirs if _touches(match, mine)]
            elif not exclusive:
                continue
            rows.append(
                (
                    document,
                    segment,
                    facet,
                    one,
                    other,
                    "exclusive" if exclusive else "evidence",
                    tuple(text[a - start : b - start] for a, b in shared),
                    _rules(mine),
                    _rules(theirs),
                    text,
                )
            )
    return rows


def _rules(matches: Iterable[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(match["rule"]) for match in matches))


def _parts(match: Record) -> list[Place]:
    return [(int(a), int(b)) for a, _, b in (part.partition("-") for part in match["parts"])]


def _touches(match: Record, others: Iterable[Record]) -> bool:
    return bool(_shared([match], others))


def _shared(mine: Iterable[Record], theirs: Iterable[Record]) -> list[Place]:
    """Return the stretches that parts of both hold, each once, in reading order."""
    there = sorted({part for match in theirs for part in _parts(match)})
    both = {
        (max(a, c), min(b, d))
        for match in mine
        for a, b in _parts(match)
        for c, d in there
        if a < d and c < b
    }
    return sorted(both)
