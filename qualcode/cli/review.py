"""`qualcode review` and `qualcode decide`: what people say of codings.

`qualcode review my_study --coder 甲` opens the page; `review export` and `review import` write and read
sheets.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click

from qualcode.cli.benches import PATH, bench_at, open_test_option, tell_coded, tell_test
from qualcode.cli.common import (
    FINDINGS,
    FINE,
    complain,
    example,
    json_option,
    print_json,
    say,
    show_problems,
    talk,
)
from qualcode.cli.lazy import SpokenGroup, refuse_command
from qualcode.cli.review_import import import_
from qualcode.cli.summary import nearer, progress
from qualcode.codebook.records import spoken
from qualcode.problems import UsageError

coder_option = click.option(
    "--coder", required=True, envvar="QUALCODE_CODER", help="Who decides: a name or initials."
)


class Review(SpokenGroup):
    """Without the name of a command, the page: `review my_study` is `review page my_study`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        if first not in self.commands and first not in ("-h", "--help"):
            if get_close_matches(first, self.commands, n=1, cutoff=0.7) and not Path(first).exists():
                refuse_command(first, self.commands)
            args = ["page", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=Review,
    epilog=example(
        "qualcode review my_study --coder 甲",
        "qualcode review my_study --coder 乙 --blind",
        "qualcode review export my_study --coder 甲 --blind --out 甲.xlsx",
        "qualcode review import 甲.xlsx my_study --coder 甲",
        "qualcode review import I03_comments.docx my_study",
    ),
)
def review() -> None:
    """Review codings on a local page, or in sheets for Excel and WPS.

    Without a command it opens the page: 'qualcode review my_study --coder 甲' is the same as 'qualcode review
    page my_study --coder 甲'.
    """


@review.command(
    epilog=example("qualcode review my_study --coder 甲", "qualcode review my_study --coder 乙 --blind")
)
@click.argument("study", required=False, type=PATH)
@coder_option
@click.option("--blind", is_flag=True, help="Without the machine's codings and what others decided.")
@open_test_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port, instead of a free one.")
@click.option(
    "--host", default="127.0.0.1", help="Address of this computer: 127.0.0.1 or ::1; no other is taken."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option(
    "--idle",
    type=click.FloatRange(min=0),
    default=120,
    show_default=True,
    help="Stop after so many minutes without a request; 0: never.",
)
def page(
    study: Path | None,
    coder: str,
    blind: bool,
    open_test: bool,
    port: int,
    host: str,
    no_browser: bool,
    idle: float,
) -> int:
    """Review codings one by one on a page in the browser, from the keyboard.

    The page is served by this computer for this computer alone; the address printed is good once. Decisions
    are written to decisions/ beside qualcode.yaml as they are made. End it with Finish on the page or Ctrl+C
    here.
    """
    from qualcode.project.desk import open_desk
    from qualcode.review.journal import clean_coder
    from qualcode.web.server import check_host, serve

    clean_coder(coder)
    check_host(host)
    bench = bench_at(study)
    files = len(bench.corpus.files)
    with progress() as bar:

        def told(documents: int) -> None:
            if bar is not None:
                bar("documents", documents, max(files, documents))

        desk = open_desk(bench, coder, blind=blind, open_test=open_test, told=told)
    show_problems(nearer(one for one in desk.problems if one not in bench.problems))
    tell_coded(bench)
    tell_test(bench, "review page")

    def announce(address: str) -> None:
        click.echo(address)
        say("open this address in a browser; it is good once. Ctrl+C ends the review")
        if not no_browser:
            open_browser(address)

    rested = serve(
        desk,
        lang=talk.get().lang,
        title=spoken(bench.study.title, talk.get().lang),
        host=host,
        port=port,
        idle=idle,
        announce=announce,
        failed=lambda kind: complain("an answer failed ({kind}); nothing was written by it", kind=kind),
    )
    if rested:
        say("nobody asked for anything for {minutes:g} minutes", minutes=idle)
    say("{n} decisions of {coder} written", n=desk.written, coder=desk.coder)
    return FINE


def open_browser(address: str) -> None:
    """Open the person's browser, where there is a screen to open it on; a browser in the terminal is none."""
    import os
    import sys
    import webbrowser

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return
    webbrowser.open(address)


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
    tell_coded(bench)
    tell_test(bench, "review export")
    if out.suffix.lower() == ".xlsx":
        data = review_book(rows, bench.codebook.codes, blind=blind)
    else:
        data = review_csv(rows, blind=blind)
    write_bytes(out, data)
    say("{path}: {rows} rows to review by {coder}", path=out, rows=len(rows), coder=coder)
    return FINE


review.add_command(import_)


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
    from qualcode.project.renamed import perhaps_renamed

    bench = bench_at(study)
    found, decided = find(bench)
    show_problems(nearer([*decided.problems, *perhaps_renamed(bench, decided)]))
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
