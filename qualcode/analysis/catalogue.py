"""The analyses a result folder can be asked for by name, each with one line that says what it answers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from qualcode.registry import Registry

if TYPE_CHECKING:
    from qualcode.analysis.given import Analysis, Given, Made


class Listed(NamedTuple):
    line: str
    make: Analysis


def _later(name: str) -> Analysis:
    """Return the analysis of that name, which its module of that name is imported for when it is made.

    A study is read for the names alone, and every command reads a study.
    """

    def make(given: Given) -> Made:
        made: Made = getattr(import_module(f"qualcode.analysis.{name}"), name)(given)
        return made

    return make


analyses: Registry[Listed] = Registry(
    "analysis",
    {
        "dominance": Listed("Which code of a family leads in each phase.", _later("dominance")),
        "shift": Listed("Did codes change at a node, and only there?", _later("shift")),
        "sensitivity": Listed("Does the change hang on how times are placed?", _later("sensitivity")),
        "periodisation": Listed("Which division of time fits the material?", _later("periodisation")),
        "bridge": Listed("Does one code link two others?", _later("bridge")),
        "transitions": Listed("Does one code turn into another, and where?", _later("transitions")),
        "saturation": Listed("How much is new in each further interview?", _later("saturation")),
        "negatives": Listed("Which places speak against the findings?", _later("negatives")),
        "actors": Listed("Who says what, and about whom?", _later("actors")),
        "discourse": Listed("Who shares stances with whom?", _later("discourse")),
        "difference": Listed("Which codes came together, or drew apart?", _later("difference")),
        "leakage": Listed("Prompted by the question, or spontaneous?", _later("leakage")),
        "echo": Listed("Is policy wording repeated in talk?", _later("echo")),
        "paths": Listed("Do levels of codes go together as a theory says?", _later("paths")),
        "institutions": Listed(
            "Which rules, written or not? Whose rights? Which barriers?", _later("institutions")
        ),
        "events": Listed("Which events rest on which, and who speaks of both?", _later("events")),
        "structure": Listed("From quotes to codes, themes and dimensions.", _later("structure")),
        "triangulate": Listed("Do talk and documents agree?", _later("triangulate")),
    },
)
