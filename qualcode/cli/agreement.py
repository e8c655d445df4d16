"""`qualcode agreement`: how far coders agree, people among each other and with the machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.agreement_told import (
    MACHINE_ALONE,
    Compared,
    print_agreement,
    print_disagreements,
    write_disagreements,
)
from qualcode.cli.benches import PATH, tell_opened
from qualcode.cli.common import example, json_option, say, show_problems
from qualcode.cli.reliability import no_file, put_rows
from qualcode.model import MACHINE
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.analysis.agreement.gold import Given, Gold, Unit
    from qualcode.analysis.agreement.ratings import Ratings
    from qualcode.analysis.load import Row

STUDY_FILES = (".yaml", ".yml")


@click.command(
    epilog=example(
        "qualcode agreement my_study",
        "qualcode agreement my_study --coder 甲 --coder 乙 --disagreements to_discuss.csv",
        "qualcode agreement codings.csv results --format csv --out agreement.csv",
        "qualcode agreement before.csv --after after.csv --units units.csv",
    )
)
@click.argument("gold", metavar="[STUDY|GOLD]", type=PATH, required=False)
@click.argument("results", type=PATH, required=False)
@click.option("--coder", "coders", multiple=True, help="Compare this coder only; may be repeated.")
@click.option("--units", type=PATH, help="CSV of the segments that could be coded: document_id, start, end.")
@click.option("--after", type=PATH, help="Codings of the same coders after discussion.")
@click.option("--code", "codes", multiple=True, help="Compare this code only; may be repeated.")
@click.option("--disagreements", type=PATH, help="File to write the units to that coders differ on.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the intervals."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv"]),
    default="text",
    show_default=True,
    help="Form of the table.",
)
@json_option
@click.option("--out", type=PATH, help="File to write the table to, instead of stdout.")
def agreement(
    gold: Path | None,
    results: Path | None,
    coders: tuple[str, ...],
    units: Path | None,
    after: Path | None,
    codes: tuple[str, ...],
    disagreements: Path | None,
    seed: int,
    form: str,
    as_json: bool,
    out: Path | None,
) -> None:
    """How far coders agree: people among each other, and people with the machine.

    STUDY is a study whose coders worked on the review page or handed in sheets: their journals are compared,
    on the segments they looked at. What each gave on their own, before they saw other codings, is compared
    apart from what they say now.

    GOLD is a CSV of codings (document_id, start, end, code, coder) or a sheet that was filled in. RESULTS is
    a folder that a run wrote; its countable codings join as the coder machine. Units are segments that both
    coders saw, one left uncoded is a value. Without --units they are the segments of RESULTS, and without
    those only the places that somebody coded. The coder adjudicated is the standard, not one of the people.
    """
    for path in (out, disagreements):
        no_file(path)
    if gold is None or gold.is_dir() or gold.suffix in STUDY_FILES:
        for name, value in (("RESULTS", results), ("--units", units), ("--after", after)):
            if value is not None:
                raise UsageError(
                    "{name} goes with a CSV of codings; a study has its own",
                    hint="name the study alone, or a CSV first",
                    name=name,
                )
        from qualcode.cli.agreement_journals import of_study

        compared = of_study(gold, coders, codes, seed=seed)
    else:
        compared = of_files(gold, results, coders, units, after, codes, seed=seed)
    if form == "text" and not as_json and out is None:
        print_agreement(compared.rows)
        if compared.listed and compared.differ:
            print_disagreements(compared.differ, compared.coders)
    else:
        put_rows("agreement", compared.rows, out, as_json=as_json)
    if disagreements is not None:
        write_disagreements(compared.differ, compared.coders, disagreements)


def of_files(
    gold: Path,
    results: Path | None,
    wanted: Sequence[str],
    units: Path | None,
    after: Path | None,
    codes: tuple[str, ...],
    *,
    seed: int,
) -> Compared:
    """Compare the codings of a file, or of two: before and after discussion."""
    from qualcode.analysis.agreement.change import change_rows
    from qualcode.analysis.agreement.gold import spans_as_units
    from qualcode.analysis.agreement.ratings import ratings_of
    from qualcode.analysis.agreement.table import agreement_rows, disagreement_rows, span_rows
    from qualcode.project.codings import gold_at, machine_of, only, units_at
    from qualcode.project.stored import Stored

    stages: list[tuple[str, Gold]] = []
    for stage, path in (("before" if after else "", gold), ("after", after)):
        if path is not None:
            held, problems = gold_at(path)
            show_problems(problems)
            stages.append((stage, only(held, wanted)))
    documents = sorted({g.document for _, held in stages for g in held.given})
    places: list[Unit] = units_at(units) if units else []
    machine: list[Given] = []
    if results is not None:
        stored = Stored(results, open_test=True)
        segments, machine = machine_of(stored, documents)
        places = places or segments
        opened = sorted(set(stored.opened) & set(documents))
        tell_opened(opened, (), results, f"agreement {gold}")
    rows: list[Row] = []
    last: list[Row] = []
    rated: list[tuple[Ratings, tuple[str, ...]]] = []
    coders: list[str] = []
    for stage, held in stages:
        given = [*held.given, *machine]
        if not places:
            say("no units are given: text that nobody coded is not counted, which makes agreement look worse")
        here = places or spans_as_units(given)
        coders = [*held.coders, *([MACHINE] if machine and MACHINE not in held.coders else [])]
        ratings = ratings_of(here, given, coders)
        if ratings.lost:
            say("{n} codings touch no unit and are left out", n=len(ratings.lost))
        asked = codes or held.codes or tuple(sorted({g.code for g in held.given if g.code}))
        extra = {g.code for g in machine if g.code} - set(asked)
        if extra and not codes:
            say(MACHINE_ALONE, n=len(extra))
        rated.append((ratings, asked))
        rows += agreement_rows(ratings, asked, stage=stage, seed=seed)
        if all(g.code for g in held.given):  # a sheet of segments here and there has no gaps to compare
            lengths: dict[str, int] = {}
            for unit in here:
                lengths[unit.document] = max(lengths.get(unit.document, 0), unit.span.end)
            rows += span_rows(given, lengths, asked, coders, stage=stage, seed=seed)
        last = disagreement_rows(ratings, asked)
    if len(rated) == 2:
        (first, asked), (second, more) = rated
        rows += change_rows(first, second, tuple(dict.fromkeys((*asked, *more))), seed=seed)
    return Compared(rows, last, coders)
