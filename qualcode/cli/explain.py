"""`qualcode explain`: why a segment is coded as it is, and why not otherwise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.benches import PATH, bench_at, codebook_option, open_test_option, place_shown, tell_test
from qualcode.cli.common import example, json_option, print_json, talk
from qualcode.model import KINDS, ROLES
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.coding.explain import Explained
    from qualcode.project.bench import Bench

_WANTED = re.compile(r"(?P<document>.*):(?P<index>\d+)(?:#(?P<code>[^#@]+)(?:@[^#]*)?)?")


@click.command(
    epilog=example(
        "qualcode explain I03:12",
        "qualcode explain I03:12#avoidance.fear@machine results",
        "qualcode explain I03:12 my_study --code avoidance.unwilling",
        'qualcode explain --text "万一泄露了谁负责？" --code avoidance.fear',
    )
)
@click.argument("segment", required=False)
@click.argument("study", required=False, type=PATH)
@click.option("--text", help="Explain these words, as one segment, instead of one of the corpus.")
@click.option(
    "--kind", type=click.Choice(KINDS), default="interview", show_default=True, help="Kind of --text."
)
@click.option(
    "--role", type=click.Choice(ROLES), help="Who says --text; else a respondent, in documents nobody."
)
@click.option("--code", "codes", multiple=True, help="Say why this code is there or not; may be repeated.")
@codebook_option
@open_test_option
@json_option
def explain(
    segment: str | None,
    study: Path | None,
    text: str | None,
    kind: str,
    role: str | None,
    codes: tuple[str, ...],
    codebook: Path | None,
    open_test: bool,
    as_json: bool,
) -> None:
    """Why a segment is coded as it is, and why not otherwise.

    SEGMENT is the id of a segment (I03:12) or of a coding (I03:12#avoidance.fear@machine). STUDY is a study
    or a folder of results; without it, the nearest study from here upward. The document is read and coded
    with the codebook as it is now. Evidence stands in [brackets]: + counts, ± stands but does not count, -
    refused, · not found. With --code every rule of that code (and of those below it) that found nothing says
    what it misses.
    """
    from qualcode.output.explained import explained_lines, explained_record
    from qualcode.output.words import words

    if text is not None and segment and study is None:
        study, segment = Path(segment), None
    if (text is None) == (segment is None):
        raise UsageError("say a segment or --text", hint="'qualcode explain I03:12'")
    bench = bench_at(study, codebook)
    if text is not None:
        asked = (
            role if role is not None else ("" if kind in ("policy", "minutes", "report") else "respondent")
        )
        found = _of_text(bench, text, kind, asked, codes)
    else:
        found = _of_segment(bench, str(segment), codes, open_test)
        tell_test(bench, f"explain {segment}")
    if as_json:
        print_json(explained_record(found, bench.codebook.file_of))
        return
    lang = talk.get().lang
    click.echo("\n".join(explained_lines(found, words(lang), lang, place_shown)))


def _of_text(bench: Bench, text: str, kind: str, role: str, codes: tuple[str, ...]) -> Explained:
    from qualcode.codebook.records import Example
    from qualcode.coding import code_document
    from qualcode.coding.examples import said
    from qualcode.coding.explain import explain as explained

    if not text.strip():
        raise UsageError("--text holds no words")
    document, segment = said(Example(text, kind, role))
    coded = code_document(document, (segment,), bench.codebook)
    return explained(document, (segment,), bench.codebook, coded, 1, codes=codes)


def _of_segment(bench: Bench, asked: str, codes: tuple[str, ...], open_test: bool) -> Explained:
    from qualcode.coding import code_document
    from qualcode.coding.explain import explain as explained

    wanted = _WANTED.fullmatch(asked)
    if wanted is None:
        raise UsageError(
            "'{asked}' is no id of a segment",
            hint="it is written like I03:12, or I03:12#avoidance.fear@machine for a coding",
            asked=asked,
        )
    document, segments = bench.document(wanted["document"], open_test=open_test)
    index = int(wanted["index"])
    if not 1 <= index <= len(segments):
        raise UsageError(
            "document {document} has no segment {index}: it has {n} ({unit})",
            document=document.id,
            index=index,
            n=len(segments),
            unit=bench.unit,
        )
    coded = code_document(document, segments, bench.codebook)
    named = (*((wanted["code"],) if wanted["code"] else ()), *codes)
    return explained(document, segments, bench.codebook, coded, index, codes=named)
