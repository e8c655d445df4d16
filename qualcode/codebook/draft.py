"""The codebook as far as it could be read, and what checks need besides: all that was written, with places.

A codebook holds each id once. A draft also knows the second `id: avoidance`, and where every name of another
code or facet stands, so that a check can point at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qualcode.codebook.records import Code, Codebook
from qualcode.problems import Place

ReferenceKind = Literal["facet", "confused_with", "rule", "path"]
ThingKind = Literal["code", "facet", "lexicon", "rule", "cue", "actor", "path"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where one code names a facet, another code it is confused with, or one its rules ask about."""

    kind: ReferenceKind
    source: str  # the code that names
    target: str  # what it names
    place: Place
    own: bool = False  # of a rule: the code itself, without those below it


@dataclass(frozen=True, slots=True)
class Written:
    """An id as written, wherever it stands."""

    kind: ThingKind
    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class Draft:
    """What checks look at. `codebook` has the first of codes with one id; `codes` has all as written."""

    codebook: Codebook
    codes: tuple[Code, ...]
    ids: tuple[Written, ...]
    references: tuple[Reference, ...]
