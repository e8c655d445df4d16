"""`qualcode review` and `qualcode decide`: what people say of codings."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.benches import PATH, bench_at, open_test_option, tell_test
from qualcode.cli.common import FINDINGS, FINE, example, json_option, print_json, say, show_problems, talk
from qualcode.cli.summary import nearer
from qualcode.problems import UsageError

coder_option = click.option("--coder", required=True, help="Who decides: a name or initials.")


@click.group(
    epilog=example(
        "qualcode review export my_study --coder 甲 --blind --out 甲.xlsx",
        "qualcode review import 甲.xlsx my_study --coder 甲",
    )
)
def review() -> None:
    """Sheets to review codings in Excel or WPS, and reading them back."""


@review.command(epilog=example("qualcode review export my_study --coder 甲 --blind --out 甲.xlsx"))
@click.argument("study", required=False, type=PATH)
@coder_option
@click.option("--blind", is_flag=True, help="Leave out the evidence and what others decided.")
@click.option("--uncoded", is_flag=True, help="Segments without a coding too.")
@click.option("--out", type=PATH, required=True, help="File to write: .xlsx or .csv.")
@open_test_option
def export(study: Path | None, coder: str, blind: bool, uncoded: bool, out: Path, open_test: bool) -> int:
    """Write a sheet to review: a row per coding, with the question before it.

    Verdict is accept, reject or recode; further codes go under add, a new one as open:NAME. A sheet that is
    there already is not overwritten.
    """
    from qualcode.output.review_sheet import review_book, review_csv, write_bytes
    from qualcode.project.reviewing import rows_to_review
    from qualcode.review.journal import clean_coder

    clean_coder(coder)
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("{path} is neither .xlsx nor .csv", hint="name the sheet so with --out", path=out)
    if out.exists():
        raise UsageError(
            "{path} is there already, and somebody may have filled it in",
            hint="name another file with --out",
            path=out,
        )
    bench = bench_at(study)
    rows = rows_to_review(bench, lang=talk.get().lang, uncoded=uncoded, open_test=open_test)
    tell_test(bench, "review export")
    if out.suffix.lower() == ".xlsx":
        data = review_book(rows, bench.codebook.codes, blind=blind)
    else:
        data = review_csv(rows, blind=blind)
    write_bytes(out, data)
    say("{path}: {rows} rows to review by {coder}", path=out, rows=len(rows), coder=coder)
    return FINE


@review.command("import", epilog=example("qualcode review import 甲.xlsx my_study --coder 甲"))
@click.argument("file", type=PATH)
@click.argument("study", required=False, type=PATH)
@coder_option
@click.option("--encoding", default="", help="Encoding of a CSV, where it is guessed wrong.")
def import_(file: Path, study: Path | None, coder: str, encoding: str) -> int:
    """Read a filled sheet and write down its decisions.

    Rows that were altered are refused and named by their cell; the others are kept. The same sheet can be
    read twice: what was said before is not written again. Exit code 1: a row was refused.
    """
    from qualcode.project.reviewing import take_sheet

    if not file.is_file():
        raise UsageError("there is no file {path}", path=file)
    bench = bench_at(study)
    taken = take_sheet(bench, file.read_bytes(), file.name, coder, encoding=encoding)
    say(
        "{n} decisions of {coder} written, {known} were there before",
        n=len(taken.decisions),
        coder=coder,
        known=taken.known,
    )
    return show_problems(nearer(taken.problems))


@click.command(
    epilog=example(
        "qualcode decide I03:12#avoidance.fear my_study --coder 甲 --reject",
        "qualcode decide I03:12 my_study --coder 甲 --add open:厂商锁定",
        'qualcode decide code:avoidance my_study --coder 甲 --memo "定义要改"',
        "qualcode decide - my_study --coder 甲 --undo 3f2a90c4d1e07b6a55aa",
    )
)
@click.argument("place")
@click.argument("study", required=False, type=PATH)
@coder_option
@click.option("--accept", is_flag=True, help="The coding is right.")
@click.option("--reject", is_flag=True, help="The coding is wrong; it is kept and does not count.")
@click.option("--recode", metavar="CODE", help="It should be this code.")
@click.option("--add", metavar="CODE", help="Code the segment so; a new code is written open:NAME.")
@click.option("--memo", default="", help="A note, alone or with a verdict.")
@click.option("--undo", metavar="ID", help="Take back a decision of one's own, by its id; PLACE is -.")
@click.option("--settle", is_flag=True, help="Settle a disagreement: goes before decisions that do not.")
@open_test_option
@json_option
def decide(
    place: str,
    study: Path | None,
    coder: str,
    accept: bool,
    reject: bool,
    recode: str | None,
    add: str | None,
    memo: str,
    undo: str | None,
    settle: bool,
    open_test: bool,
    as_json: bool,
) -> int:
    """Write one decision about a coding, a segment, a code or a document.

    PLACE is a coding (I03:12#avoidance.fear), a segment (I03:12), or for a memo document:I03 or
    code:avoidance. It is on the disk, in decisions/ beside qualcode.yaml, when the command returns; nothing
    that was decided before is changed.
    """
    from qualcode.project.reviewing import decide as write
    from qualcode.review.records import Action

    asked: dict[Action, bool] = {
        "accept": accept,
        "reject": reject,
        "recode": recode is not None,
        "add": add is not None,
        "undo": undo is not None,
    }
    actions = [name for name, given in asked.items() if given]
    if len(actions) > 1 or not (actions or memo):
        raise UsageError(
            "say one thing: --accept, --reject, --recode, --add, --memo or --undo",
            hint="a memo can go with a verdict",
        )
    bench = bench_at(study)
    made, problems = write(
        bench,
        coder,
        actions[0] if actions else "memo",
        place=place,
        code=add or "",
        to=recode or "",
        memo=memo,
        undoes=undo or "",
        settles=settle,
        open_test=open_test,
    )
    tell_test(bench, "decide")
    show_problems(nearer(problems))
    if as_json:
        print_json({"id": made.id, "action": made.action, "coder": made.coder, "code": made.code})
    else:
        click.echo(made.id)
    return FINE


@click.command(epilog=example("qualcode corpus changes my_study", "qualcode corpus changes my_study --json"))
@click.argument("study", required=False, type=PATH)
@click.option("--all", "everything", is_flag=True, help="List unchanged decisions too.")
@json_option
def changes(study: Path | None, everything: bool, as_json: bool) -> int:
    """Where the words of decisions are, after transcripts were corrected or renamed.

    Unchanged and moved decisions stand. Where the text changed, a decision is kept and does not count until
    somebody decides again at the place proposed; orphaned ones have no such place. Exit code 1: there are
    decisions to look at.
    """
    from qualcode.project.decisions import changes as find

    bench = bench_at(study)
    found, decided = find(bench)
    show_problems(nearer(decided.problems))
    counts = dict.fromkeys(("unchanged", "moved", "changed", "orphaned"), 0)
    for one in found:
        counts[one.state] += 1
    if as_json:
        print_json(
            [
                {
                    "id": one.decision.id,
                    "state": one.state,
                    "coder": one.decision.coder,
                    "action": one.decision.action,
                    "code": one.decision.code,
                    "document": one.document,
                    "was_document": one.decision.document,
                    "segment_id": one.segment_id,
                    "why": one.why,
                }
                for one in found
            ]
        )
    else:
        for one in found:
            if everything or one.state != "unchanged":
                decision = one.decision
                line = (decision.id, one.state, decision.coder, decision.action, decision.code)
                click.echo("\t".join((*line, one.segment_id or one.document, one.why)))
                if one.text and one.state == "changed" and decision.anchor:
                    click.echo(f"    - {decision.anchor.quote}\n    + {one.text}")
    say("unchanged: {unchanged}, moved: {moved}, text changed: {changed}, orphaned: {orphaned}", **counts)
    return FINDINGS if counts["changed"] or counts["orphaned"] else FINE
