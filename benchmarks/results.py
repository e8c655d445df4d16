"""RESULTS.md, written from the measurements alone: tables of ratios, the figures aimed at, what is left."""

# ruff: noqa: E501 - the lines are sentences of the report
from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.programs import LANGS, PEERS, QUALCODE

Measured = dict[str, Any]
WORDS = {"en": "English", "zh": "Chinese"}
KINDS = {"t": "terms", "w": "wildcards", "x": "regex", "n": "near"}
SPACY, MATCHER = PEERS[0].name, PEERS[1].name
QUANTEDA = PEERS[-1].name


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


def write_results(measured: Measured, path: Path) -> None:
    """Write the report."""
    parts = [_head(measured), _aims(measured), _sides(measured), _hits(measured), _terms(measured)]
    parts += [_limits(measured), _starts(measured), _scale(measured), _real(measured), _profile(measured)]
    parts += [_missing(measured)]
    path.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")


def spread(values: list[float], digits: int = 3) -> str:
    """Median and, in brackets, least and most.

    >>> spread([1.0, 3.0, 2.0])
    '2 (1–3)'
    """
    if not values:
        return "not measured"
    least, most = min(values), max(values)
    middle = _figure(median(values), digits)
    return middle if len(values) == 1 else f"{middle} ({_figure(least, digits)}–{_figure(most, digits)})"


def _figure(value: float, digits: int = 3) -> str:
    return f"{value:.0f}" if value >= 10 ** (digits - 1) else f"{value:.{digits}g}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _head(measured: Measured) -> str:
    on = measured["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in on["versions"].items())
    after = measured.get("load_after", on["load"])
    rounds = max((run["round"] for run in measured.get("runs", [])), default=-1) + 1
    revision = f" (revision {on['revision']})" if on.get("revision") else ""
    return f"""# What the benchmark measured

Written by `make bench` from `measured.json`; the programs and the generator stand beside this file.

- Machine: {on["processor"]}, {on["processors"]} processors, {on["system"]}, Python {on["python"]} ({on["built"]}), {on["when"]}. Load before {on["load"][0]}, after {after[0]}: with a load above 1 other programs ran at the same time.
- Versions: {versions}{revision}.
- Text: {measured["size"]:g} MB of each language, made up by `benchmarks/corpora.py` (seed 1): interviews and policy documents in files of 5 to 60 KB, words drawn after Zipf, about 3 % of word positions a term. {rounds} interleaved rounds; a figure is the median, in brackets least and most; a single figure was measured once (the last round may have been cut short).
- Unit: MB of UTF-8 text of the segments by second of CPU (user and system, children included). Start-up, the same call on one sentence, is taken off on all sides; it has its own table. Slow programs are given the first part of the same text.
- qualcode is measured from files on disk to its four CSVs on disk: metadata read, turns and sentences found, every segment written with its text, every coding with its quote and reasons, refused matches too. The peers are given the ready segments and write their hits.
- **MB/s is this machine's; only ratios from one run mean anything elsewhere.**"""


def _aims(measured: Measured) -> str:
    own = Figures(measured)
    rows = []
    for work, peer, named, aims in (
        (
            "500",
            SPACY,
            "500 literal terms",
            {"en": (25, 10, "60 times, 30 MB/s"), "zh": (12, 10, "30 times")},
        ),
        ("mix", MATCHER, "the mix", {"en": (30, 4, "10 MB/s"), "zh": (30, 4, "10 MB/s")}),
    ):
        for lang in LANGS:
            times, least, stretch = aims[lang]
            rates = list(own.rates(lang, work).values())
            ratios = own.ratios(lang, work, peer)
            rows.append(
                [
                    f"{named}, {WORDS[lang]}, against {peer}",
                    f"≥ {times} times",
                    spread(ratios),
                    _met(ratios, times),
                ]
            )
            rows.append(
                [
                    f"{named}, {WORDS[lang]}, MB/s (stretch {stretch})",
                    f"≥ {least}",
                    spread(rates),
                    _met(rates, least),
                ]
            )
    for lang in LANGS:
        slower = own.slower(lang)
        met = _met([-one for one in slower], -2)
        rows.append([f"5,000 terms against 50, {WORDS[lang]}, times the time", "≤ 2", spread(slower), met])
    for lang, times in (("en", 12), ("zh", 7)):
        ratios = own.ratios(lang, "500", QUANTEDA)
        rows.append(
            [f"quanteda, 500 terms, {WORDS[lang]}", f"≥ {times} times", spread(ratios), _met(ratios, times)]
        )
    rows += _aims_start(measured)
    return (
        "## The figures aimed at\n\n"
        + _table(["work", "aim", "reached", ""], rows)
        + "\n\nWhere a figure is missed, [what is left](#what-is-left) shows where the time goes, and "
        "[the limits](#the-limits-of-the-machine) what the work takes at least."
    )


def _aims_start(measured: Measured) -> list[list[str]]:
    rows = []
    starts = measured.get("starts")
    if starts:
        walls = [run["wall"] for run in starts["qualcode --help"]]
        rows.append(["`qualcode --help`, seconds", "< 0.3", spread(walls), _met([-w for w in walls], -0.3)])
        parts = [
            a["cpu"] / b["cpu"]
            for a, b in zip(starts["qualcode --help"], starts["import spacy"], strict=True)
        ]
        rows.append(
            [
                "`qualcode --help` / `import spacy`, CPU",
                "< 1/5",
                spread(parts),
                _met([-p for p in parts], -0.2),
            ]
        )
    real = measured.get("real")
    walls = [run["wall"] for run in real] if real else []
    name = "action_logics on real transcripts, whole run, seconds"
    rows.append([name, "< 10", spread(walls), _met([-w for w in walls], -10)])
    cpus = [run["cpu"] for run in real] if real else []
    return [*rows, ["the same, seconds of CPU", "< 10", spread(cpus), _met([-c for c in cpus], -10)]]


def _met(values: list[float], least: float) -> str:
    if not values:
        return "not measured"
    return "reached" if median(values) >= least else "**missed**"


def _sides(measured: Measured) -> str:
    own, blocks = Figures(measured), ["## Side by side"]
    for work, named in (
        ("500", "500 literal terms"),
        ("mix", "The mix: 500 terms, 50 wildcards, 50 near, 50 regex, context cues"),
    ):
        rows = []
        for peer in (None, *(peer for peer in PEERS if work in peer.works)):
            name = peer.name if peer else QUALCODE
            cells = [name]
            for lang in LANGS:
                runs = list(own.of(lang, work, name).values())
                cells.append(spread(list(own.rates(lang, work, name).values())))
                cells.append(spread(own.ratios(lang, work, name)) if peer else "1")
                cells.append("–".join(dict.fromkeys(f"{run['mb']:.3g}" for run in runs)))
                cells.append(f"{max(run['peak_mb'] for run in runs):.0f}" if runs else "")
            rows.append([*cells, peer.note if peer else "files to four CSVs"])
        head = ["program"]
        for lang in LANGS:
            head += [f"{lang} MB/s", "qualcode is × as fast", "MB given", "peak MB"]
        blocks += [f"### {named}", _table([*head, "what it finds"], rows)]
    return "\n\n".join(blocks)


def _hits(measured: Measured) -> str:
    rows = []
    for one in measured.get("hits", []):
        peer = next((peer for peer in PEERS if peer.name == one["program"]), None)
        by = "places" if peer and one["kind"] in peer.places else "segments"
        if one["peer"] == one["qualcode"] == one["shared"]:
            said = "equal"
        elif one["peer"] == one["shared"]:
            share = one["shared"] / max(one["qualcode"], 1)
            said = f"all of its are qualcode's; it has {share:.1%} of them"
        else:
            said = f"{one['peer'] - one['shared']} that qualcode has not, {one['qualcode'] - one['shared']} it has not"
        rows.append([one["program"], f"{one['lang']} {one['work']}", f"{KINDS[one['kind']]}, {by}",
                     str(one["peer"]), str(one["qualcode"]), said])  # fmt: skip
    if not rows:
        return ""
    return (
        "## Whether they found the same\n\nHits of each program on the text it was given, and qualcode's on the same "
        "segments and kinds of rules (matches that a longer one or the interviewer's role refuses are hits too). "
        "*Places*: segment, rule, start and end must agree; *segments*: segment and rule, where programs mean "
        "different ends (spaCy counts punctuation as tokens and reports every combination).\n\n"
        + _table(["program", "work", "compared", "its hits", "qualcode's", ""], rows)
    )


def _terms(measured: Measured) -> str:
    own, rows = Figures(measured), []
    for lang in LANGS:
        for work in ("50", "500", "5000", "mix"):
            runs = list(own.of(lang, work).values())
            if runs:
                whole = [run["mb"] / run["cpu"] for run in runs]
                rows.append([WORDS[lang], work, spread(list(own.rates(lang, work).values())), spread(whole),
                             spread([run["start"] for run in runs]), f"{max(run['peak_mb'] for run in runs):.0f}"])  # fmt: skip
    if not rows:
        return ""
    return "## qualcode by size of codebook\n\n" + _table(
        ["language", "terms", "MB/s", "MB/s with start-up", "start-up, CPU s", "peak MB"], rows
    )


def _limits(measured: Measured) -> str:
    limits = measured.get("limits")
    if not limits:
        return ""
    names = list(dict.fromkeys(name for one in limits.values() for name in one))
    rows = [[name, *(_figure(one[name]) if name in one else "" for one in limits.values())] for name in names]
    said = (
        "## The limits of the machine\n\nMB/s of CPU, best of repeated tries, the same files and terms.\n\n"
    )
    said += _table(["", *(key.replace("-", ", ") + " terms" for key in limits)], rows)
    for lang in LANGS:
        one = limits.get(f"{lang}-500", {})
        if "csv.writer of the four tables, rows ready" in one:
            parts = ("read the files", "decode UTF-8", "automaton alone, hits handed to Python")
            scan = sum(1 / one[name] for name in parts)
            ready = scan + 1 / one["write the four tables, bytes ready"]
            rows_ready = scan + 1 / one["csv.writer of the four tables, rows ready"]
            said += (
                f"\n\n{WORDS[lang]}, 500 terms: reading, decoding, the automaton and writing bytes that are ready take "
                f"{1000 * ready:.1f} ms a MB ({_figure(1 / ready)} MB/s); with Python's csv.writer on rows that are "
                f"ready {1000 * rows_ready:.1f} ms ({_figure(1 / rows_ready)} MB/s). That is the floor for a "
                "program that writes these tables with it; splitting, metadata and judging come on top."
            )
    return said


def _starts(measured: Measured) -> str:
    starts = measured.get("starts")
    if not starts:
        return ""
    rows = [
        [
            f"`{name}`",
            spread([run["cpu"] for run in runs]),
            spread([run["wall"] for run in runs]),
            f"{runs[0]['peak_mb']:.0f}",
        ]
        for name, runs in starts.items()
    ]
    own = Figures(measured)
    for program in (QUALCODE, *(peer.name for peer in PEERS)):
        for lang in LANGS:
            runs = [run for work in ("500", "mix") for run in own.of(lang, work, program).values()]
            if runs:
                rows.append(
                    [
                        f"{program}, one sentence, {lang}",
                        spread([run["start"] for run in runs]),
                        "",
                        f"{runs[0]['start_mb']:.0f}",
                    ]
                )
    return "## Start-up\n\n" + _table(["", "CPU s", "seconds", "peak MB"], rows)


def _scale(measured: Measured) -> str:
    grown = measured.get("scale")
    if not grown:
        return ""
    rows = [
        [f"{one['size']:.0f}", "one file" if one["one"] else "many files", str(one["workers"] or "none"),
         f"{one['cpu']:.1f}", f"{one['wall']:.1f}", _figure(one["size"] / one["cpu"]),
         _figure(one["size"] / one["wall"]), f"{one['peak_mb']:.0f}"]
        for one in grown
    ]  # fmt: skip
    return (
        "## How it grows\n\nChinese, 500 terms, one run each, start-up included; peak memory is of all processes "
        "together.\n\n"
        + _table(["MB", "", "workers", "CPU s", "seconds", "MB by CPU s", "MB by second", "peak MB"], rows)
    )


def _real(measured: Measured) -> str:
    real = measured.get("real")
    if not real:
        return ""
    one = real[0]
    return (
        f"## Real transcripts\n\n{one['files']} transcripts, English and traditional Chinese, {one['mb']:.2f} MB, "
        f"`codebooks/action_logics.yaml`. Whole run with network, timeline and report: "
        f"{spread([run['wall'] for run in real])} seconds, {spread([run['cpu'] for run in real])} of CPU, "
        f"{max(run['peak_mb'] for run in real):.0f} MB; the coding pass alone "
        f"{spread([run['code_wall'] for run in real])} seconds, {spread([run['code_cpu'] for run in real])} of CPU."
        + _real_profile(measured.get("real_profile"))
    )


def _real_profile(one: Measured | None) -> str:
    if not one:
        return ""
    rows = [
        [f"`{name}`", f"{n:.1f}", f"{n / one['cpu']:.1%}"] for name, n in list(one["modules"].items())[:20]
    ]
    packages = ", ".join(
        f"`{name}` {n:.1f} s" for name, n in one["packages"].items() if n >= 0.01 * one["cpu"]
    )
    return (
        f"\n\nWhere the CPU time of the whole run goes{one.get('of', '')} ({one['cpu']:.1f} s under the sampler): {packages}.\n\n"
        + _table(["module", "CPU s", "share"], rows)
    )


def _profile(measured: Measured) -> str:
    profile = measured.get("profile")
    if not profile:
        return ""
    said = (
        "## What is left\n\nWhere the CPU time of a coding pass goes, by samples of the stack (500 a second; a sample "
        "belongs to the innermost module of qualcode, with the C code it called)."
    )
    for key, one in profile.items():
        lang, work = key.split("-")
        size = measured[f"bytes-{lang}"] / 1e6
        aim = 10 if work == "500" else 4
        packages = [
            [f"`{name}`", _figure(1000 * n / size), f"{n / one['cpu']:.0%}", _figure(size / n)]
            for name, n in one["packages"].items()
            if n >= 0.01 * one["cpu"]
        ]
        modules = [
            [f"`{name}`", f"{1000 * n / size:.0f}", f"{n / one['cpu']:.1%}"]
            for name, n in list(one["modules"].items())[:14]
        ]
        said += (
            f"\n\n### {WORDS[lang]}, {'500 terms' if work == '500' else 'the mix'}\n\n{size:.1f} MB in {one['cpu']:.1f} s of "
            f"CPU, start-up included: {1000 * one['cpu'] / size:.0f} ms a MB. At {aim} MB/s a MB may take {1000 / aim:.0f} ms in all.\n\n"
            + _table(["package", "ms a MB", "share", "MB/s if it were all"], packages)
            + "\n\n"
            + _table(["module", "ms a MB", "share"], modules)
        )
    return said


def _missing(measured: Measured) -> str:
    lines = [f"- {name}: {why}." for name, why in measured.get("missing", {}).items()]
    grown = measured.get("scale", [])
    largest = max((one["size"] for one in grown), default=0)
    if measured["size"] < 20:
        said = f"The full sizes: {measured['size']:g} MB of each language here, and less for slow programs"
        lines.append(f"- {said}; `make bench` takes 20 MB and three rounds.")
    if largest < 900:
        lines.append("- Growth to 1,000 MB: `python -m benchmarks.bench scale --sizes 1,10,100,1000`.")
    if not any(one["one"] for one in grown):
        lines.append("- A single large file: `python -m benchmarks.bench scale --sizes 200 --one`.")
    if not measured.get("real"):
        lines.append("- Real transcripts: none on this machine (set QUALCODE_DATA).")
    if not measured.get("profile"):
        lines.append("- The profile: `python -m benchmarks.bench profile`.")
    return "## Not measured\n\n" + "\n".join(lines) if lines else ""
