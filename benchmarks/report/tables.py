"""Tables of figures with their spread, and rates and ratios out of the rounds that were measured."""

from __future__ import annotations

from statistics import median

from benchmarks.machine import Measured
from benchmarks.programs import PEERS, QUALCODE

WORDS = {"en": "English", "zh": "Chinese"}
SPACY, MATCHER, QUANTEDA = PEERS[0].name, PEERS[1].name, PEERS[-1].name
NOT_MEASURED = "not measured"


class Figures:
    """The runs, asked for by language, work and program; everything comes by round."""

    def __init__(self, measured: Measured) -> None:
        self.runs = measured.get("runs", [])

    def of(self, lang: str, work: str, program: str = QUALCODE) -> dict[int, Measured]:
        return {
            run["round"]: run
            for run in self.runs
            if (run["lang"], run["work"], run["program"]) == (lang, work, program)
        }

    def rates(self, lang: str, work: str, program: str = QUALCODE) -> dict[int, float]:
        """MB/s of CPU, start-up (the median over the rounds) taken off."""
        runs = self.of(lang, work, program)
        start = median([run["start"] for run in runs.values()] or [0])
        return {number: run["mb"] / max(run["cpu"] - start, 0.001) for number, run in runs.items()}

    def ratios(self, lang: str, work: str, program: str) -> list[float]:
        """How many times as fast qualcode is, round by round."""
        own, other = self.rates(lang, work), self.rates(lang, work, program)
        return [own[number] / other[number] for number in own if number in other]

    def slower(self, lang: str) -> list[float]:
        """How much longer 5,000 terms take than 50, round by round."""
        few, many = self.rates(lang, "50"), self.rates(lang, "5000")
        return [few[number] / many[number] for number in few if number in many]


def spread(values: list[float], digits: int = 3) -> str:
    """Median and, in brackets, least and most.

    >>> spread([1.0, 3.0, 2.0])
    '2 (1–3)'
    """
    if not values:
        return NOT_MEASURED
    least, most = min(values), max(values)
    middle = figure(median(values), digits)
    return middle if len(values) == 1 else f"{middle} ({figure(least, digits)}–{figure(most, digits)})"


def figure(value: float, digits: int = 3) -> str:
    """Round to so many digits, but never whole numbers."""
    return f"{value:.0f}" if value >= 10 ** (digits - 1) else f"{value:.{digits}g}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
