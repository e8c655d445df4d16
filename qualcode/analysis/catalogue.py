"""The analyses a result folder can be asked for by name, each with one line that says what it answers."""

from __future__ import annotations

from typing import NamedTuple

from qualcode.analysis.actors import actors
from qualcode.analysis.bridge import bridge
from qualcode.analysis.difference import difference
from qualcode.analysis.discourse import discourse
from qualcode.analysis.dominance import dominance
from qualcode.analysis.echo import echo
from qualcode.analysis.given import Analysis
from qualcode.analysis.institutions import institutions
from qualcode.analysis.leakage import leakage
from qualcode.analysis.negatives import negatives
from qualcode.analysis.paths import paths
from qualcode.analysis.saturation import saturation
from qualcode.analysis.sensitivity import sensitivity
from qualcode.analysis.shift import shift
from qualcode.analysis.structure import structure
from qualcode.analysis.transitions import transitions
from qualcode.analysis.triangulate import triangulate
from qualcode.registry import Registry


class Listed(NamedTuple):
    line: str
    make: Analysis


analyses: Registry[Listed] = Registry(
    "analysis",
    {
        "dominance": Listed("Which code of a family leads in each phase.", dominance),
        "shift": Listed("Did codes change at a node, and only there?", shift),
        "sensitivity": Listed("Does the change hang on how times are placed?", sensitivity),
        "bridge": Listed("Does one code link two others?", bridge),
        "transitions": Listed("Does one code turn into another, and where?", transitions),
        "saturation": Listed("How much is new in each further interview?", saturation),
        "negatives": Listed("Which places speak against the findings?", negatives),
        "actors": Listed("Who says what, and about whom?", actors),
        "discourse": Listed("Who shares stances with whom?", discourse),
        "difference": Listed("Which codes came together, or drew apart?", difference),
        "leakage": Listed("Prompted by the question, or spontaneous?", leakage),
        "echo": Listed("Is policy wording repeated in talk?", echo),
        "paths": Listed("Do levels of codes go together as a theory says?", paths),
        "institutions": Listed("Which rules, written or not? Whose rights? Which barriers?", institutions),
        "structure": Listed("From quotes to codes, themes and dimensions.", structure),
        "triangulate": Listed("Do talk and documents agree?", triangulate),
    },
)
