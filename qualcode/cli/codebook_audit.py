"""`qualcode codebook audit`: evidence that cuts Chinese words, as a list to look at."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import FINE, example, json_option, print_json, print_table, say, show_problems, words
from qualcode.cli.corpus import below, open_folder, unit_option
from qualcode.problems import StudyError

LONG = 16  # characters of a term shown; a regular expression may find whole clauses


@click.command(
    epilog=example(
        "qualcode codebook audit codebook.yaml --corpus transcripts",
        "qualcode codebook audit codebook.yaml --corpus transcripts --json",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--corpus", type=click.Path(path_type=Path), required=True, help="Folder of documents to look in."
)
@unit_option
@click.option(
    "--least",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="List only terms that cut words so often.",
)
@json_option
def audit(file: Path, corpus: Path, unit: str | None, least: int, as_json: bool) -> int:
    """List Chinese terms found where a word segmenter sees no end of a word: 负责 in 不负责任.

    A list to look at, never a filter: segmenters err too, and coding does not ask them. It needs the extra
    'audit' (pip install "qualcode[audit]").
    """
    from qualcode.codebook import load_codebook
    from qualcode.project.tally import audit_corpus

    book, problems = load_codebook(file)
    if book is None:
        raise StudyError("{file} cannot be used", problems=problems, file=file.as_posix())
    opened, own, problems = open_folder(corpus)
    every, aside = audit_corpus(opened, book, unit=unit or ("" if own == "sentence" else own))
    found = [cut for cut in every if cut.n_cut >= least]
    if as_json:
        print_json(
            [
                {"code": cut.code, "rule": cut.rule, "term": cut.term, "n": cut.n, "n_cut": cut.n_cut,
                 "within": dict(cut.within),
                 "examples": [{"segment_id": one.segment, "left": one.left, "right": one.right,
                               "within": one.within} for one in cut.examples]}
                for cut in found
            ]
        )  # fmt: skip
    elif found:
        header = ("term", "rule", "cuts", "of", "cut words", "example")
        print_table(
            tuple(map(words, header)),
            [
                (_short(cut.term), cut.rule, cut.n_cut, cut.n, _counted(cut.within), _shown(cut.examples[0]))
                for cut in found
            ],
        )
    show_problems(p for p in below(opened.folder, [*problems, *aside.problems]) if p.severity == "error")
    if aside.withheld:
        say("{n} documents kept for testing were left out", n=len(aside.withheld))
    say("{n} terms cut words {cuts} times", n=len(found), cuts=sum(cut.n_cut for cut in found))
    return FINE


def _short(term: str) -> str:
    return term if len(term) <= LONG else term[: LONG // 2] + "…" + term[-LONG // 2 :]


def _counted(within: tuple[tuple[str, int], ...]) -> str:
    shown = ", ".join(f"{word} {n}" for word, n in within[:3])
    return shown + (", …" if len(within) > 3 else "")


def _shown(place: tuple[str, ...]) -> str:
    _, _, term, _, segment, left, right = place
    return f"{segment} " + " ".join(f"{left}[{_short(term)}]{right}".split())
