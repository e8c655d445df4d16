"""`qualcode review import`: what people decided in sheets, in Word comments and in tables of codings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.benches import PATH, bench_at
from qualcode.cli.common import example, say, show_problems
from qualcode.cli.summary import nearer
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.project.handing import HandedIn


@click.command(
    "import",
    epilog=example(
        "qualcode review import 甲.xlsx my_study --coder 甲",
        "qualcode review import I03_comments.docx my_study --author 'Zhang San=甲'",
        "qualcode review import codings.csv my_study --dry-run",
    ),
)
@click.argument("file", type=PATH)
@click.argument("study", required=False, type=PATH)
@click.option(
    "--coder",
    default="",
    envvar="QUALCODE_CODER",
    help="Who decided: of a review sheet always; else of what names nobody.",
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="AUTHOR=NAME",
    help="Which coder the author of comments is; may be repeated.",
)
@click.option("--document", default="", help="Which document a Word file is a copy of, by its id.")
@click.option("--memos", is_flag=True, help="Keep comments that name no code as memos.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--encoding", default="", help="Encoding of a CSV, where it is guessed wrong.")
def import_(
    file: Path,
    study: Path | None,
    coder: str,
    authors: tuple[str, ...],
    document: str,
    memos: bool,
    dry: bool,
    encoding: str,
) -> int:
    """Read decisions made elsewhere and write them down: a filled sheet, Word comments, a table of codings.

    A sheet of 'review export': rows that were altered are refused. A .docx: its comments become codings of
    their authors, on the document whose text it has; codes are written by id or name, divided by ; or ,
    and #memo begins a memo. A table with the columns document, start and end or quote, code and coder.

    What has no certain place or names no code is listed by its cell or comment, and the rest is kept. The
    same file can be read twice: what was said before is not written again. Exit code 1: something was left
    out.
    """
    from qualcode.corpus.sheetrows import TABLE_FORMATS, read_rows
    from qualcode.project.handing import take_codings, take_comments
    from qualcode.project.reviewing import take_sheet
    from qualcode.review.codingtable import is_coding_table

    if not file.is_file():
        raise UsageError("there is no file {path}", path=file)
    form, given = file.suffix.lower(), dict(_author(one) for one in authors)
    if form not in (".docx", *TABLE_FORMATS):
        raise UsageError("{path} is neither .docx nor .xlsx nor .csv", hint="save it as one", path=file)
    if form != ".docx" and (given or document or memos):
        raise UsageError("--author, --document and --memos are for comments in a .docx")
    bench, data = bench_at(study), file.read_bytes()
    if form == ".docx":
        taken = take_comments(
            *(bench, data, file.name),
            coder=coder,
            authors=given,
            document=document,
            memos=memos,
            dry=dry,
        )
        return _tell_handed(taken, dry=dry)
    rows, problems = read_rows(data, file.name, encoding=encoding)
    if is_coding_table(rows):
        taken = take_codings(bench, rows, file.name, coder=coder, dry=dry)
        return max(show_problems(nearer(problems)), _tell_handed(taken, dry=dry))
    if dry:
        raise UsageError("--dry-run is for comments and tables of codings")
    if not coder:
        raise UsageError("who filled in this sheet?", hint="say so with --coder")
    sheet = take_sheet(bench, data, file.name, coder, encoding=encoding)
    say(
        "{n} decisions of {coder} written, {known} were there before",
        n=len(sheet.decisions),
        coder=coder,
        known=sheet.known,
    )
    return show_problems(nearer(sheet.problems))


def _author(written: str) -> tuple[str, str]:
    author, sign, coder = written.rpartition("=")
    if not sign or not coder.strip():
        raise UsageError(
            "'{written}' says not who an author is", hint="write --author 'AUTHOR=NAME'", written=written
        )
    return author, coder.strip()


def _tell_handed(taken: HandedIn, *, dry: bool) -> int:
    if taken.document:
        say("comments on {document}", document=taken.document)
    for coder, n in taken.written.items():
        if dry:
            say("{n} decisions of {coder} would be written", n=n, coder=coder)
        else:
            say("{n} decisions of {coder} written", n=n, coder=coder)
    if taken.known or not taken.written:
        say("{n} were there before", n=taken.known)
    return show_problems(nearer(taken.problems))
