"""The programs that are compared: how each is called, on how much text, and which hits it should have.

A slow program is given less of the same text: its first so many MB of segments. Rates are MB of that text by
CPU second, start-up (the same call on one sentence) taken off on all sides, so that less text is no handicap.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGS = ("en", "zh")
WORKS = ("50", "500", "5000", "mix")
QUALCODE = "qualcode code"


@dataclass(frozen=True)
class Program:
    """One program: `megabytes` by language and work, or by language; `kinds` of rules it searches."""

    name: str
    module: str
    megabytes: dict[str, float]
    works: tuple[str, ...] = ("500",)
    kinds: dict[str, str] = field(default_factory=lambda: {"500": "t", "mix": "t"})
    places: str = "twx"  # kinds whose places must be the same; of others only the segments are compared
    note: str = ""

    def size(self, lang: str, work: str) -> float:
        return self.megabytes.get(f"{lang}-{work}", self.megabytes.get(lang, 0.0))

    def missing(self) -> str:
        """Why it cannot be run here; empty where it can."""
        if self.module == "quanteda":
            return _no_quanteda()
        needs = {"spacy_rules": "spacy", "flash_text": "flashtext"}.get(self.module)
        return f"{needs} is not installed" if needs and importlib.util.find_spec(needs) is None else ""

    def command(self, rules: Path, segments: Path, hits: Path, lang: str) -> list[str]:
        if self.module == "quanteda":
            script = Path(__file__).parent / "peers" / "quanteda.R"
            return ["Rscript", str(script), str(rules.with_suffix(".tsv")), str(segments), str(hits), lang]
        return [sys.executable, "-m", f"benchmarks.peers.{self.module}", str(rules), str(segments), str(hits)]


@cache
def _no_quanteda() -> str:
    if not shutil.which("Rscript"):
        return "no R on this machine"
    asked = subprocess.run(["Rscript", "-e", "library(quanteda)"], capture_output=True)
    return "R has no quanteda" if asked.returncode else ""


PEERS = (
    Program("spaCy PhraseMatcher(LOWER)", "spacy_rules", {"en": 5, "zh": 5}, note="tokens; every hit"),
    Program(
        "spaCy PhraseMatcher + Matcher (100 patterns)",
        "spacy_rules",
        {"en": 1, "zh": 0.75},
        ("mix",),
        {"mix": "tnx"},
        "t",
        "no wildcards, no cues; near in one order, in Chinese with one word of each group",
    ),
    Program("`re`, one for each term, in turn", "re_loop", {"en": 0.4, "zh": 2}, note="every hit"),
    Program(
        "`re` loops: terms, wildcards, regexes, near",
        "re_loop",
        {"en": 0.25, "zh": 1},
        ("mix",),
        {"mix": "twxn"},
        note="no cues; every hit",
    ),
    Program("one big `re`", "re_one", {"en": 2, "zh": 5}, note="one term at a place"),
    Program("flashtext", "flash_text", {"en": 5, "zh": 5}, note="the longest term at a place"),
    Program(
        "automaton by segment + csv",
        "automaton",
        {"en": 20, "zh": 20},
        note="qualcode's engine, bare; every hit",
    ),
    # Its hits are positions of tokens, not of characters: they are not compared.
    Program(
        "quanteda tokens + index + csv", "quanteda", {"en": 5, "zh": 5}, kinds={}, note="positions of tokens"
    ),
)
