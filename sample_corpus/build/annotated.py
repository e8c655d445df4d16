"""Reads the annotated interviews in gold/source: the talk, and after a sentence, in braces, how it is coded.

A line is one turn, `speaker: text`. A brace holds words separated by spaces:

    af              a code, by its short name (codes.yaml)
    af:neg          with an assertion (neg, hyp, norm, plan, q, scare, proh) or a relation of II to FI
                    (com, acc, cpt, sub)
    t=2018a         what the talk is about from here on: a year, a half (a, b), or ? when unknown
    o=公安          whose behaviour it is, when not the speaker's; o=gen: nobody in particular
    rep             reported speech
    v=weak          force of a rule: weak, absent
    TR=AV>IN        an explicit statement of a change
    LO=厂商锁定     a theme that no code fits
    H4              a hard case of the blueprint
    a=af,ag  b=-    what coder a, coder b wrote, where it differs from the agreed coding
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

HERE = Path(__file__).parent
CORPUS = HERE.parent
SOURCE = CORPUS / "gold" / "source"
NODE = 2019.5  # between 2019a and 2019b: the conference of 25 June 2019

CODES: dict[str, str] = yaml.safe_load((HERE / "codes.yaml").read_text("utf-8"))
POLARITY = {"neg": "negated", "proh": "prohibited"}
MODALITY = {"hyp": "hypothetical", "norm": "normative", "plan": "planned", "q": "question", "scare": "scare"}
II_TYPES = {"com": "complementary", "acc": "accommodating", "cpt": "competing", "sub": "substitutive"}
KEPT = {
    "hypothetical": {"avoidance.fear"},
    "normative": {c for c in CODES.values() if c.startswith("countermeasure")},
}
LOGICS = (
    "avoidance",
    "innovation",
    "field",
    "formal_institution",
    "informal_institution",
    "strategic_interaction",
)
INTERVIEWERS = {"Q": "interviewer", "主": "moderator"}

# A sentence ends at its mark, with the quotes and brackets that close on it and （笑） after them.
SENTENCE = re.compile(r"[^。！？；]*(?:[。！？；]+[”’」』）\]]*(?:（[众停笑顿]{1,3}）)?|$)")


@dataclass
class Coded:
    code: str
    polarity: str = "affirmed"
    modality: str = "actual"
    ii_type: str = ""

    @property
    def countable(self) -> bool:
        return self.polarity == "affirmed" and (
            self.modality == "actual" or self.code in KEPT.get(self.modality, ())
        )


@dataclass
class Unit:
    text: str
    speaker: str
    turn: int
    codings: list[Coded] = field(default_factory=list)
    t_about: str = "?"
    holder: str = "self"
    reported: bool = False
    valence: str = ""
    transition: str = ""
    leftover: str = ""
    hard: list[str] = field(default_factory=list)
    coders: dict[str, list[str]] = field(default_factory=dict)
    marked: bool = False

    @property
    def role(self) -> str:
        return INTERVIEWERS.get(self.speaker, "respondent")

    @property
    def codes(self) -> list[str]:
        return [c.code for c in self.codings]

    @property
    def countable(self) -> list[str]:
        return [c.code for c in self.codings if c.countable]

    @property
    def period(self) -> str:
        return period(self.t_about)

    def has(self, logic: str) -> bool:
        return any(c.startswith(logic + ".") for c in self.countable)

    def coder(self, name: str) -> list[str]:
        """What a coder wrote on this unit; as agreed, unless it says otherwise."""
        return self.coders.get(name, self.countable)


def start(t_about: str) -> float | None:
    if t_about == "?":
        return None
    return int(t_about[:4]) + (0.5 if t_about.endswith("b") else 0.0)


def period(t_about: str) -> str:
    when = start(t_about)
    if when is None or t_about == "2019":
        return "unknown"
    return "P1" if when < NODE else "P2"


def read(name: str) -> list[Unit]:
    units: list[Unit] = []
    about = "?"
    for number, line in enumerate((SOURCE / f"{name}.txt").read_text("utf-8").splitlines(), 1):
        speaker, colon, rest = line.partition(": ")
        if not colon:
            raise ValueError(f"{name}.txt:{number}: a turn is `speaker: text`")
        for text, mark in re.findall(r"([^{}]+)(?:\{([^{}]*)\})?", rest):
            pieces = (
                [text] if '"' in text else [m.group() for m in SENTENCE.finditer(text) if m.group().strip()]
            )
            for position, piece in enumerate(pieces):
                unit = Unit(piece.strip(), speaker, number)
                if mark and position == len(pieces) - 1:
                    about = apply(unit, mark.split(), about, f"{name}.txt:{number}")
                unit.t_about = about
                units.append(unit)
    # A sentence without a mark shares the time of the marked one that follows it in its turn.
    following: dict[int, str] = {}
    for unit in reversed(units):
        if unit.marked:
            following[unit.turn] = unit.t_about
        elif unit.turn in following:
            unit.t_about = following[unit.turn]
    return units


def apply(unit: Unit, words: list[str], about: str, where: str) -> str:
    unit.marked = True
    for word in words:
        key, equals, value = word.partition("=")
        if equals:
            match key:
                case "t":
                    about = value
                case "o":
                    unit.holder = {"自己": "self", "gen": "unspecified"}.get(value, f"other:{value}")
                case "v":
                    unit.valence = value
                case "TR":
                    unit.transition = value
                case "LO":
                    unit.leftover = value
                case "a" | "b":
                    written = [] if value == "-" else value.split(",")
                    unit.coders[f"coder_{key}"] = [CODES[code] for code in written]
                case _:
                    raise ValueError(f"{where}: {word}")
        elif re.fullmatch(r"H\d+", word):
            unit.hard.append(word)
        elif word == "rep":
            unit.reported = True
        else:
            short, _, shade = word.partition(":")
            if short not in CODES or (shade and shade not in POLARITY | MODALITY | II_TYPES):
                raise ValueError(f"{where}: {word}")
            coded = Coded(
                CODES[short],
                POLARITY.get(shade, "affirmed"),
                MODALITY.get(shade, "actual"),
                II_TYPES.get(shade, ""),
            )
            unit.codings.append(coded)
    return about


def interviews() -> dict[str, dict]:
    return yaml.safe_load((HERE / "interviews.yaml").read_text("utf-8"))
