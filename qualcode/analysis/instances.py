"""A few segments for every point of a timeline: where a code counts in a period, by basis and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.periods import year_of
from qualcode.analysis.tables import WRITTEN

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

EACH = 4


class Point(NamedTuple):
    """A point of `timeline`: years and phases only."""

    basis: str
    kind: str
    grain: str
    period: str
    code: str
    modality: str


def instances(
    documents: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, *, each: int = EACH
) -> dict[Point, tuple[str, ...]]:
    """Return, per point, the first segments wholly inside its period, from as many documents as there are.

    A segment that lies in two years only in part counts in `timeline` in both and is given for neither.
    """
    kinds = dict(zip(documents["document_id"], documents["kind"], strict=True))
    chain = {code: (code, *codebook.parents(code)) for code in codebook.codes}
    counts = codings[codings["countable"].to_numpy(dtype=bool)]
    found: dict[Point, dict[str, list[str]]] = {}
    columns = (
        *("document_id", "segment_id", "code", "modality", "phase"),
        *("date_said", "date_about_start", "date_about_end"),
    )
    for name, segment, code, modality, phase, said, start, end in sorted(
        zip(*(counts[column].tolist() for column in columns), strict=True),
        key=lambda line: (line[0], int(str(line[1]).rpartition(":")[2] or 0), line[2]),
    ):
        kind = str(kinds.get(name, ""))
        written = kind in WRITTEN
        places = [("year", "document" if written else "about", year_of(start, end) if start else "")]
        places.append(("phase", places[0][1], phase))
        if not written:
            places.append(("year", "said", year_of(said)))
        for grain, basis, period in places:
            for up in chain.get(code, ()) if period else ():
                held = found.setdefault(Point(basis, kind, grain, period, up, modality), {})
                mine = held.setdefault(name, [])
                if len(mine) < each and segment not in mine:
                    mine.append(segment)
    return {point: _spread(held, each) for point, held in found.items()}


def _spread(held: dict[str, list[str]], each: int) -> tuple[str, ...]:
    """Take the first of every document, then the second, and so on.

    >>> _spread({"a": ["a:1", "a:2"], "b": ["b:1"]}, 2)
    ('a:1', 'b:1')
    """
    made = [mine[n] for n in range(each) for mine in held.values() if n < len(mine)]
    return tuple(made[:each])
