"""What was measured around the comparison: limits, start-up, real transcripts, where the time goes."""

# ruff: noqa: E501 - the lines are sentences of the report
from __future__ import annotations

from benchmarks.machine import Measured
from benchmarks.programs import LANGS, PEERS, QUALCODE
from benchmarks.report.tables import WORDS, Figures, figure, spread, table


def the_limits(measured: Measured) -> str:
    limits = measured.get("limits")
    if not limits:
        return ""
    names = list(dict.fromkeys(name for one in limits.values() for name in one))
    rows = [[name, *(figure(one[name]) if name in one else "" for one in limits.values())] for name in names]
    said = (
        "## The limits of the machine\n\nMB/s of CPU, best of repeated tries, the same files and terms.\n\n"
    )
    said += table(["", *(key.replace("-", ", ") + " terms" for key in limits)], rows)
    for lang in LANGS:
        one = limits.get(f"{lang}-500", {})
        if "csv.writer of the four tables, rows ready" in one:
            parts = ("read the files", "decode UTF-8", "automaton alone, hits handed to Python")
            scan = sum(1 / one[name] for name in parts)
            ready = scan + 1 / one["write the four tables, bytes ready"]
            rows_ready = scan + 1 / one["csv.writer of the four tables, rows ready"]
            said += (
                f"\n\n{WORDS[lang]}, 500 terms: reading, decoding, the automaton and writing bytes that are ready take "
                f"{1000 * ready:.1f} ms a MB ({figure(1 / ready)} MB/s); with Python's csv.writer on rows that are "
                f"ready {1000 * rows_ready:.1f} ms ({figure(1 / rows_ready)} MB/s). That is the floor for a "
                "program that writes these tables with it; splitting, metadata and judging come on top."
            )
    return said


def start_up(measured: Measured) -> str:
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
    return "## Start-up\n\n" + table(["", "CPU s", "seconds", "peak MB"], rows)


def real_transcripts(measured: Measured) -> str:
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
        + table(["module", "CPU s", "share"], rows)
    )


def what_is_left(measured: Measured) -> str:
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
            [f"`{name}`", figure(1000 * n / size), f"{n / one['cpu']:.0%}", figure(size / n)]
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
            + table(["package", "ms a MB", "share", "MB/s if it were all"], packages)
            + "\n\n"
            + table(["module", "ms a MB", "share"], modules)
        )
    return said
