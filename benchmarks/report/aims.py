"""The figures aimed at, beside those reached."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from benchmarks.machine import Measured
from benchmarks.programs import LANGS
from benchmarks.report.growth import Grown
from benchmarks.report.tables import MATCHER, NOT_MEASURED, QUANTEDA, SPACY, WORDS, Figures, spread, table

# work, named, against, and by language: times as fast, MB/s, the stretch
SIDES = (
    ("500", "500 literal terms", SPACY, {"en": (25, 10, "60 times, 30 MB/s"), "zh": (12, 10, "30 times")}),
    ("mix", "the mix", MATCHER, {"en": (30, 4, "10 MB/s"), "zh": (30, 4, "10 MB/s")}),
)
QUANTEDAS = {"en": 12, "zh": 7}
MEMORY = 1500  # MB
LINEAR = 1.15  # as much time for a MB of 1,000 as of 100, and what the noise of a machine may add


def aims(measured: Measured) -> str:
    """Return the table of what was aimed at."""
    own, rows = Figures(measured), []
    for work, named, peer, by_lang in SIDES:
        for lang in LANGS:
            times, rate, stretch = by_lang[lang]
            said = f"{named}, {WORDS[lang]}"
            rows.append(_least(f"{said}, against {peer}", times, own.ratios(lang, work, peer), " times"))
            rates = list(own.rates(lang, work).values())
            rows.append(_least(f"{said}, MB/s (stretch {stretch})", rate, rates))
    for lang in LANGS:
        said = f"5,000 terms against 50, {WORDS[lang]}, times the time"
        rows.append(_most(said, "≤ 2", 2, own.slower(lang)))
    for lang, times in QUANTEDAS.items():
        said = f"quanteda, 500 terms, {WORDS[lang]}"
        rows.append(_least(said, times, own.ratios(lang, "500", QUANTEDA), " times"))
    rows += [*_start(measured), *_real(measured), *_growth(measured)]
    return (
        "## The figures aimed at\n\n"
        + table(["work", "aim", "reached", ""], rows)
        + "\n\nWhere a figure is missed, [what is left](#what-is-left) shows where the time goes, and "
        "[the limits](#the-limits-of-the-machine) what the work takes at least."
    )


def _start(measured: Measured) -> list[list[str]]:
    found = measured.get("starts") or {"qualcode --help": [], "import spacy": []}
    own, other = found["qualcode --help"], found["import spacy"]
    parts = [one["cpu"] / two["cpu"] for one, two in zip(own, other, strict=True)]
    return [
        _most("`qualcode --help`, seconds", "< 0.3", 0.3, [run["wall"] for run in own]),
        _most("`qualcode --help` / `import spacy`, CPU", "< 1/5", 0.2, parts),
    ]


def _real(measured: Measured) -> list[list[str]]:
    runs = measured.get("real") or []
    said = "action_logics on real transcripts, whole run, seconds"
    return [
        _most(said, "< 10", 10, [run["wall"] for run in runs]),
        _most("the same, seconds of CPU", "< 10", 10, [run["cpu"] for run in runs]),
    ]


def _growth(measured: Measured) -> list[list[str]]:
    grown, rows, memory = Grown(measured), [], f"< {MEMORY:,}"
    for command, files, mb, said in (
        ("code", "many", 1000, "`code` on 1,000 MB"),
        ("code", "one", 200, "`code` on one file of 200 MB"),
        ("run", "many", 1000, "`run` on 1,000 MB"),
    ):
        peak = grown.figures("peak_mb", command, files, mb)
        rows.append(_most(f"{said}, MB of memory at most", memory, MEMORY, peak))
        if command == "run":
            held = grown.figures("held_mb", command, files, mb)
            rows.append(_most("the same, without files mapped into it", memory, MEMORY, held))
        if files == "many":
            slower = grown.slower(command)
            rows.append(
                _most(f"{said}, seconds of CPU a MB against those of 100 MB", "1 (linear)", LINEAR, slower)
            )
    return rows


def _least(said: str, aim: float, values: list[float], unit: str = "") -> list[str]:
    return [said, f"≥ {aim}{unit}", spread(values), _met(values, lambda middle: middle >= aim)]


def _most(said: str, aim: str, most: float, values: list[float]) -> list[str]:
    return [said, aim, spread(values), _met(values, lambda middle: middle <= most)]


def _met(values: list[float], holds: Callable[[float], bool]) -> str:
    if not values:
        return NOT_MEASURED
    return "reached" if holds(median(values)) else "**missed**"
