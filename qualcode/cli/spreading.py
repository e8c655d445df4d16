"""The options with which coding is spread over processes or machines, and goes on where it was cut short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.common import F, words

if TYPE_CHECKING:
    from qualcode.project.runners import Spread

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
SMALLEST = 10**6


def read_size(ctx: click.Context, param: click.Parameter, value: str | None) -> int:
    """Read an amount of memory such as 800M or 2G; nothing is 0.

    >>> read_size(None, None, "2G"), read_size(None, None, "1.5 GB"), read_size(None, None, None)
    (2000000000, 1500000000, 0)
    """
    if value is None:
        return 0
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?\s*", value, re.IGNORECASE)
    amount = int(float(found[1]) * UNITS[found[2].upper()]) if found else 0
    if amount < SMALLEST:
        raise click.BadParameter(words("'{value}' is no amount of memory; write for example 2G", value=value))
    return amount


def spread_options(command: F) -> F:
    """Add `--workers`, `--scheduler`, `--time-limit`, `--memory-limit` and `--fresh`."""
    options = (
        click.option(
            "--workers",
            type=click.IntRange(min=0),
            help="Code in so many child processes (0: one for each processor); without it, in this one.",
        ),
        click.option(
            "--scheduler",
            help="Code on a Dask cluster: local, an address (tcp://, tls://), or its scheduler file.",
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(min=0),
            metavar="SECONDS",
            help="Give up a file after this time, in child processes: 600, and 20 for each MB; 0 is never.",
        ),
        click.option(
            "--memory-limit",
            callback=read_size,
            metavar="SIZE",
            help="Give up a file that takes more memory than this, in child processes; for example 2G.",
        ),
        click.option(
            "--fresh", is_flag=True, help="Code everything anew, also what a run that was cut short left."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def spread_from(
    *, workers: int | None, scheduler: str | None, time_limit: float | None, memory_limit: int
) -> Spread:
    """Say how to spread the coding. Limits need child processes, so asking for one asks for a worker."""
    from qualcode.project.runners import TIME_LIMIT, Spread

    limited = time_limit is not None or memory_limit
    alone = 1 if workers is None and limited else 0
    runner = "dask" if scheduler else "processes" if workers is not None or limited else ""
    seconds = TIME_LIMIT if time_limit is None else time_limit
    return Spread(runner, workers or alone, scheduler or "", seconds, memory_limit)


def taken(options: dict[str, Any]) -> tuple[Spread, bool]:
    """Take the options of `spread_options` out of a command's; return how to spread, and `--fresh`."""
    names = ("workers", "scheduler", "time_limit", "memory_limit")
    return spread_from(**{name: options.pop(name) for name in names}), bool(options.pop("fresh"))
