"""Draw segments for people to code blind: seeded, with a known probability for each, before results are seen.

For every code so many segments are drawn from those the machine gave it and from those it did not (without
the latter recall cannot be known), and so many from all at random; or whole documents are drawn. The draws
are independent, so a segment's chance to be in the sheet is 1 - the product of (1 - drawn / stratum) over the
draws it could come from; weights are its inverse (Horvitz & Thompson 1952).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALL = ""


@dataclass(frozen=True, slots=True)
class Codable:
    """A segment that could be drawn, with the machine's countable codes."""

    id: str
    document: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: `drawn` of the `size` segments (or documents) of a stratum."""

    code: str  # ALL: of no code
    stratum: str  # positive, negative, random or documents
    size: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Segments drawn, in reading order, with the probability that each is drawn."""

    chosen: tuple[str, ...]
    probability: Mapping[str, float]
    draws: tuple[Draw, ...]
    documents: tuple[str, ...] = ()  # documents drawn whole


def draw_segments(
    frame: Sequence[Codable],
    codes: Sequence[str],
    *,
    positive: int,
    negative: int,
    at_random: int,
    seed: int,
) -> Sample:
    """Draw segments by code and at random; a stratum with fewer is taken whole.

    Each draw has a generator of its own, named by seed, code and stratum: another code in the list changes no
    other draw.
    """
    draws: list[Draw] = []
    chosen: set[str] = set()
    missed: dict[str, float] = {one.id: 1.0 for one in frame}
    strata = [(code, "positive", positive) for code in codes]
    strata += [(code, "negative", negative) for code in codes]
    strata.append((ALL, "random", at_random))
    for code, stratum, wanted in strata:
        pool = [
            one.id for one in frame if stratum == "random" or (code in one.codes) == (stratum == "positive")
        ]
        drawn = _drawn(pool, wanted, f"{seed}/{code}/{stratum}")
        draws.append(Draw(code, stratum, len(pool), len(drawn)))
        chosen.update(drawn)
        for name in pool:
            missed[name] *= 1 - len(drawn) / len(pool)
    kept = tuple(one.id for one in frame if one.id in chosen)
    return Sample(kept, {name: 1 - missed[name] for name in kept}, tuple(draws))


def draw_documents(frame: Sequence[Codable], count: int, *, seed: int) -> Sample:
    """Draw whole documents, and with them all their segments."""
    documents = list(dict.fromkeys(one.document for one in frame))
    drawn = set(_drawn(documents, count, f"{seed}//documents"))
    kept = tuple(one.id for one in frame if one.document in drawn)
    share = len(drawn) / len(documents) if documents else 0.0
    return Sample(
        kept,
        dict.fromkeys(kept, share),
        (Draw(ALL, "documents", len(documents), len(drawn)),),
        tuple(name for name in documents if name in drawn),
    )


def _drawn(pool: Sequence[str], wanted: int, seed: str) -> list[str]:
    # A generator seeded by a string does not depend on the machine or on PYTHONHASHSEED.
    return random.Random(seed).sample(pool, min(wanted, len(pool)))
