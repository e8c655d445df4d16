"""`qualcode validate`: is the machine right? Against what people coded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cells import cell_text
from qualcode.cli.benches import PATH, tell_opened
from qualcode.cli.common import example, json_option, print_json, print_table, say, show_problems, words
from qualcode.cli.reliability import SHOWN_VALUE, records
from qualcode.cli.tables import tell_files
from qualcode.columns import RELIABILITY

if TYPE_CHECKING:
    from qualcode.analysis.load import Row

SHOWN = {
    "validation": (
        *("code", "tp", "fp", "fn", "precision", "precision_lo", "precision_hi"),
        *("recall", "recall_lo", "recall_hi", "verdict", "firm"),
    ),
    "validation_rules": ("rule", "code", "n_judged", "correct", "precision", "lo", "hi", "verdict", "firm"),
    "validation_attributes": ("attribute", "n", "correct", "accuracy", "lo", "hi"),
}


@click.command(
    epilog=example(
        "qualcode validate results --gold sheet.csv --design sheet.design.json --out validation",
        "qualcode validate results --gold codings.csv --coder adjudicated",
    )
)
@click.argument("results", type=PATH)
@click.option("--gold", type=PATH, required=True, help="CSV of codings by people, or a sheet filled in.")
@click.option("--design", type=PATH, help="Design of the sheet, as 'qualcode sample' wrote it.")
@click.option("--coder", default="", help="Whose codings are the standard. [default: adjudicated]")
@click.option("--code", "codes", multiple=True, help="Look at this code only; may be repeated.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the intervals."
)
@click.option("--out", type=PATH, help="Folder to write the tables to, errors with their words too.")
@click.option(
    "--causes",
    type=PATH,
    help="Table of errors with causes people corrected, besides validation_errors.csv in --out.",
)
@click.option("--force", is_flag=True, help="Replace results that were edited by hand; a copy is kept.")
@json_option
def validate(
    results: Path,
    gold: Path,
    design: Path | None,
    coder: str,
    codes: tuple[str, ...],
    seed: int,
    out: Path | None,
    causes: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Precision and recall of every code and rule, against what people coded.

    RESULTS is a folder that a run wrote. Precision has Wilson intervals; recall is weighted by the design and
    resamples documents. Verdicts are proposals: keep from .8, retire under .5, tighten between. After you
    change a rule because of what this shows, these segments are no test any more.

    In validation_errors.csv the cause of an error is a guess: write the right one over it. Validating again
    keeps it and counts it, in the same folder or read with --causes.
    """
    from qualcode.project.causes import FILE, read_causes
    from qualcode.project.codings import gold_at
    from qualcode.project.validating import validate as validated
    from qualcode.project.validating import write_validation

    own = out / FILE if out is not None and (out / FILE).is_file() else None
    corrected = {
        key: one for path in (own, causes) if path is not None for key, one in read_causes(path).items()
    }
    held, problems = gold_at(gold, coder=coder)
    show_problems(problems)
    found = validated(results, held, coder=coder, design=design, codes=codes, seed=seed, causes=corrected)
    tell_opened(found.opened, (), results, f"validate {gold}")
    if as_json:
        print_json({name: records(RELIABILITY[name], rows) for name, rows in found.tables.items()})
    else:
        _tell(found.tables["validation_causes"], {n: found.tables[n] for n in SHOWN})
    if corrected:
        say("{n} causes that people wrote are kept", n=len(corrected))
    say("{n} segments judged by {coder}", n=found.judged, coder=found.coder)
    if found.lost:
        say("{n} codings touch no unit and are left out", n=found.lost)
    if found.undrawn:
        say("{n} segments are not in the design and are left out", n=found.undrawn)
    if found.extra and not codes:
        say("{n} codes that only the machine gave are left out; --code compares one", n=found.extra)
    if design is None:
        say("without --design recall is that of the judged segments alone")
    if out is not None:
        tell_files(
            write_validation(
                found, out, gold=gold, design=design, causes=causes, read_back=own is not None, force=force
            ),
            out,
        )


def _tell(causes: list[Row], tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        columns = RELIABILITY[name]
        places = [i for i, column in enumerate(columns) if column.name in SHOWN[name]]
        if rows:
            click.echo()
            print_table(
                [columns[i].name for i in places],
                [[_cell(row[i], columns[i].type) for i in places] for row in rows],
            )
    shown = ", ".join(
        f"{kind} {cause} {n}" + (f" ({words('{n} by people', n=people)})" if people else "")
        for kind, cause, n, people in causes
    )
    click.echo("\n" + words("errors by cause: {causes}", causes=shown or words("none")))


def _cell(value: object, kind: str) -> str:
    if isinstance(value, float):
        return SHOWN_VALUE.format(value)
    return cell_text(value, kind)  # type: ignore[arg-type]
