"""RESULTS.md, written from the measurements alone: tables of ratios, the figures aimed at, what is left."""

# ruff: noqa: E501 - the lines are sentences of the report
from __future__ import annotations

from pathlib import Path

from benchmarks.machine import Measured
from benchmarks.report.aims import aims
from benchmarks.report.around import real_transcripts, start_up, the_limits, what_is_left
from benchmarks.report.growth import Grown, how_it_grows
from benchmarks.report.sides import by_codebook, same_hits, side_by_side
from benchmarks.report.tables import table

SECTIONS = (aims, side_by_side, same_hits, by_codebook, the_limits, start_up, how_it_grows,
            real_transcripts, what_is_left)  # fmt: skip


def write_results(measured: Measured, path: Path) -> None:
    """Write the report."""
    parts = [
        _head(measured),
        *(section(measured) for section in SECTIONS),
        _missing(measured),
        _when(measured),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")


def _head(measured: Measured) -> str:
    on, size = measured["machine"], f"{measured['size']:g} MB" if "size" in measured else "0 MB"
    rounds = max((run["round"] for run in measured.get("runs", [])), default=-1) + 1
    versions = ", ".join(f"{name} {number}" for name, number in on["versions"].items())
    return f"""# What the benchmark measured

Written by `make bench` from `measured.json`; the programs and the generator stand beside this file.

- Machine: {on["processor"]}, {on["processors"]} processors, {on["system"]}, Python {on["python"]} ({on["built"]}). [When](#when-it-was-measured) each part was measured, and beside what other work, stands at the end.
- Versions: {versions}.
- Text: {size} of each language, made up by `benchmarks/corpora.py` (seed 1): interviews and policy documents in files of 5 to 60 KB, words drawn after Zipf, about 3 % of word positions a term. {rounds} interleaved rounds; a figure is the median, in brackets least and most; a single figure was measured once (the last round may have been cut short).
- Unit: MB of UTF-8 text of the segments by second of CPU (user and system, children included). Start-up, the same call on one sentence, is taken off on all sides; it has its own table. Slow programs are given the first part of the same text.
- qualcode is measured from files on disk to its four CSVs on disk: metadata read, turns and sentences found, every segment written with its text, every coding with its quote and reasons, refused matches too. The peers are given the ready segments and write their hits.
- **MB/s is this machine's; only ratios from one run mean anything elsewhere.**"""


def _missing(measured: Measured) -> str:
    lines = [f"- {name}: {why}." for name, why in measured.get("missing", {}).items()]
    size, grown = measured.get("size"), Grown(measured)
    if not measured.get("runs"):
        lines.append("- The programs side by side: `python -m benchmarks.bench make measure`.")
    elif size and size < 20:
        said = f"The full sizes: {size:g} MB of each language here, and less for slow programs"
        lines.append(f"- {said}; `make bench` takes 20 MB and three rounds.")
    for command, part in (("code", "scale"), ("run", "run")):
        sizes = dict.fromkeys(f"{row.mb:,g} MB" for row in grown.without(command))
        if sizes:
            said = f"Growth of `{command}`, in part: {', '.join(sizes)}"
            lines.append(f"- {said}: `python -m benchmarks.bench {part}`.")
    if not measured.get("real"):
        lines.append("- Real transcripts: none on this machine (set QUALCODE_DATA).")
    if not measured.get("profile"):
        lines.append("- The profile: `python -m benchmarks.bench profile`.")
    return "## Not measured\n\n" + "\n".join(lines) if lines else ""


def _when(measured: Measured) -> str:
    rows = [
        [part, one["when"], one["revision"], *map(str, one["load"])]
        for part, one in measured.get("parts", {}).items()
    ]
    if not rows:
        return ""
    return (
        "## When it was measured\n\nThe load is how many programs ran in the minute before: where it is above 1, "
        "others ran at the same time.\n\n"
        + table(["part", "day", "state of the program", "load before", "after"], rows)
    )
