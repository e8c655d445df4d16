"""`qualcode claims`: what a study claims, held against its results."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.common import (
    FINDINGS,
    FINE,
    example,
    json_option,
    print_json,
    print_table,
    problem_records,
    say,
    show_problems,
    talk,
    words,
)
from qualcode.cli.summary import near, nearer
from qualcode.problems import UsageError, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.analysis.claims import Checked

PATH = click.Path(path_type=Path)
SIGNS = {"supports": "+", "contradicts": "-"}


@click.group(epilog=example("qualcode claims kinds", "qualcode claims check results"))
def claims() -> None:
    """Claims that run: what a study says of its material, checked on the tables of a run.

    A study names its claims in claims.yaml, beside qualcode.yaml or named there. Every run checks them.
    """


@claims.command(
    epilog=example(
        "qualcode claims check",
        "qualcode claims check results --quotes",
        "qualcode claims check results --claims mine.yaml --strict",
    )
)
@click.argument("results", required=False, type=PATH)
@click.option("--claims", "file", type=PATH, help="File of claims, instead of the study's.")
@click.option("--codebook", type=PATH, help="Where the codebook is now, if it was moved.")
@click.option("--quotes", is_flag=True, help="Print the words that speak for (+) and against (-) each.")
@click.option("--strict", is_flag=True, help="End with exit code 1 where a claim breaks.")
@json_option
def check(
    results: Path | None,
    file: Path | None,
    codebook: Path | None,
    quotes: bool,
    strict: bool,
    as_json: bool,
) -> int:
    """Check claims on a result folder, without coding anew.

    RESULTS is a folder that 'qualcode run' wrote; without it, that of the nearest study. Each claim holds,
    breaks, or cannot be told. A file of claims that cannot be read through ends with exit code 1.
    """
    from qualcode.project.claims import check_claims, claims_file, quote_rows
    from qualcode.project.results import open_results

    opened = open_results(results or _nearest(), codebook=codebook)
    checked, problems = check_claims(opened, claims_file(opened, file))
    show_problems(nearer([*opened.problems, *problems]))
    if as_json:
        print_json({"claims": [_record(one) for one in checked], "problems": problem_records(problems)})
    else:
        held = quote_rows(opened, checked) if quotes else []
        _print(checked, held)
    _tell(one.answer.verdict for one in checked)
    breaks = strict and any(one.answer.verdict == "breaks" for one in checked)
    return FINDINGS if breaks or has_errors(problems) else FINE


@claims.command(epilog=example("qualcode claims kinds"))
def kinds() -> None:
    """List the kinds of claims, with what each says and the keys it takes."""
    from qualcode.analysis.claims import kinds as every

    rows = [
        [
            name,
            words(kind.line),
            ", ".join(key.name if key.required else f"[{key.name}]" for key in kind.keys),
        ]
        for name, kind in every.items()
    ]
    print_table([words("kind"), words("says"), words("keys")], rows)


def _nearest() -> Path:
    from qualcode.project.study import find_study, load_study

    found = find_study(Path.cwd())
    study = load_study(found)[0] if found is not None else None
    if study is None:
        raise UsageError("name the result folder", hint="qualcode claims check RESULTS")
    return study.results


def _record(one: Checked) -> dict[str, object]:
    answer = one.answer
    return {
        "claim": one.claim.id,
        "kind": one.within,
        "claim_kind": one.claim.kind,
        "verdict": answer.verdict,
        "why": str(one.why),
        "numbers": dict(answer.numbers),
        "table": answer.table,
        "where": dict(answer.where),
        "supporting": list(answer.supporting),
        "contradicting": list(answer.contradicting),
    }


def _print(checked: Iterable[Checked], held: Iterable[tuple[object, ...]]) -> None:
    lang = talk.get().lang
    behind: dict[tuple[object, object], list[tuple[object, ...]]] = {}
    for row in held:
        behind.setdefault((row[0], row[1]), []).append(row)
    for one in checked:
        claim = one.claim
        says = claim.says.get(lang) or next(iter(claim.says.values()), "")
        within = f" ({one.within})" if one.within else ""
        click.echo(f"{words(one.answer.verdict)}  {claim.id}{within}" + (f": {says}" if says else ""))
        template, values = one.why
        click.echo("    " + words(template, **values).partition(": ")[2])
        for row in behind.get((claim.id, one.within), []):
            click.echo(f"    {SIGNS[str(row[2])]} {row[4]} {str(row[6]).strip()}")


def _tell(verdicts: Iterable[str]) -> None:
    n = Counter(verdicts)
    say(
        "claims: {holds} hold, {breaks} break, {untold} cannot be told",
        holds=n["holds"],
        breaks=n["breaks"],
        untold=n["cannot be told"],
    )


def tell_claims(folder: Path) -> None:
    """Say what the claims of a run came to, where it checked any."""
    path = folder / "claims.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        _tell([row["verdict"] for row in csv.DictReader(stream)])
    say("claims: {path}", path=near(path))
