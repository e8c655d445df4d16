"""What a run says when it is done: what was read, what was coded, and where to look."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.common import (
    FINDINGS,
    FINE,
    complain,
    print_json,
    print_table,
    problem_records,
    say,
    show_problems,
    talk,
    wants_color,
    words,
)
from qualcode.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.project.coding import Progress
    from qualcode.project.run import Outcome

TOP = 12  # codes shown in the summary


def tell_outcome(outcome: Outcome, *, as_json: bool = False) -> int:
    """Show problems and a short table of what a run did; return the exit code."""
    where = near(outcome.results)
    show_problems(nearer(outcome.problems), all_in=str(where / "problems.csv"))
    if as_json:
        print_json(
            {
                "format": 1,
                "results": str(outcome.results),
                "codebook": outcome.codebook,
                "version": outcome.version,
                "unit": outcome.unit,
                "counts": dict(outcome.counts),
                "codes": dict(outcome.codes),
                "files": list(outcome.files),
                "problems": problem_records(outcome.problems),
            }
        )
    if not talk.get().quiet:
        _tell(outcome, where)
    return FINDINGS if outcome.failed else FINE


def _tell(outcome: Outcome, where: Path) -> None:
    n = outcome.counts
    unread = words("{n} could not be read", n=n["unread"]) if n["unread"] else ""
    codable = words("{n} codable", n=n["codable"])
    print_table(
        (words("what"), words("n"), ""),
        [
            (words("documents"), n["documents"], unread),
            (words("segments ({unit})", unit=outcome.unit), n["segments"], codable),
            (words("coded segments"), n["coded"], _share(n["coded"], n["codable"])),
            (words("codings that count"), n["countable"], words("of {n}", n=n["codings"])),
            (words("matches refused"), n["refused"], words("of {n}", n=n["matches"])),
        ],
        err=True,
    )
    found = [(count, code) for code, count in outcome.codes.items() if count]
    used = sorted(found, key=lambda pair: (-pair[0], pair[1]))
    if used:
        shown = ", ".join(f"{code} {count}" for count, code in used[:TOP])
        say("codes: {codes}", codes=shown + (" …" if len(used) > TOP else ""))
    unused = sum(not any(_below(one, code) for _, one in used) for code in outcome.codes)
    if unused:
        say("{n} of {all} codes were found nowhere", n=unused, all=len(outcome.codes))
    if n["interviews_without_interviewer"]:
        say(
            "{n} of {all} interviews have no known interviewer; their questions are coded like answers",
            n=n["interviews_without_interviewer"],
            all=n["interviews"],
        )
    if n["unassessed"]:
        say(
            "{n} codings are not assessed for negation and the like: no cue file is in force",
            n=n["unassessed"],
        )
    if n["repeated"]:
        say("{n} documents repeat others and are not counted", n=n["repeated"])
    best = ("report.html", "network.html", "coded_segments.csv")
    report = next((name for name in best if name in outcome.files), "")
    complain("results: {path}", path=where / report if report else where)


def _share(part: int, whole: int) -> str:
    return words("{share} of codable", share=f"{part / whole:.1%}") if whole else ""


def _below(code: str, ancestor: str) -> bool:
    """Whether a code is another or its descendant."""
    return code == ancestor or code.startswith(f"{ancestor}.")


def near(path: Path) -> Path:
    """A path as a person here would write it: from the current folder where it lies below it."""
    try:
        return Path(os.path.normpath(path.absolute())).relative_to(Path.cwd())
    except (ValueError, OSError):
        return path


def nearer(problems: Iterable[Problem]) -> list[Problem]:
    """Problems with paths as a person here would write them, so that an editor can jump to them."""
    return [
        replace(p, place=replace(p.place, path=str(near(Path(p.place.path))))) if p.place.path else p
        for p in problems
    ]


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Show how far a run is, on a terminal only; give the function that is told."""
    stream = sys.stderr
    if talk.get().quiet or not stream.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    colour = talk.get().color and wants_color(stream)
    console = Console(stderr=True, no_color=not colour, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(words(what), total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield told
