"""Writes the gold coding of the two held-back texts that are no annotated interviews: D06 and E01.

    python sample_corpus/build/make_documents_gold.py

gold/source/D06.coder_a.txt   a sentence a line, as coder a coded it; likewise coder_b; D06.txt: as agreed
gold/documents.csv            document_id,start,end,code,coder, as gold/interviews.csv
gold/documents_units.csv      their sentences, coded or not, as gold/interviews_units.csv
gold/documents_reasons.csv    a row per sentence that the coders coded differently, and why it was settled so

A line is `speaker: sentence {words} # why`; in a document there is no speaker. The words in braces are those
of `annotated.py`, less a= and b=. Lines that begin with a number sign are remarks. A difference without a
reason, or a reason without a difference, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from annotated import CORPUS, INTERVIEWERS, LOGICS, SOURCE, Unit, apply
from make_gold import CODERS, UNITS, write

HELD_BACK = {"D06": "documents/D06_共享办法_2022.md", "E01": "documents/E01_interview_2022.md"}
REASONS = ["document_id", "unit", "start", "end", *CODERS, "reason", "text"]
LINE = re.compile(r"(?:([QA]): )?(.+?)(?: \{([^{}]*)\})?(?: # (.+))?")


def read_lines(path: Path) -> Iterator[tuple[Unit, str]]:
    """The sentences of one coding, each with the reason that stands behind it."""
    about = "?"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        speaker, text, words, reason = LINE.fullmatch(line).groups()
        unit = Unit(text, speaker or "", number)
        about = apply(unit, (words or "").split(), about, f"{path.name}:{number}")
        unit.t_about = about
        yield unit, reason or ""


def role(unit: Unit) -> str:
    """Who speaks; nobody does in a document."""
    return INTERVIEWERS.get(unit.speaker, "respondent") if unit.speaker else ""


def counted(unit: Unit) -> list[str]:
    return sorted({code for code in unit.countable if code.split(".")[0] in LOGICS})


def gold(name: str, file: str) -> tuple[list[list], list[list], list[list]]:
    """Codings, sentences and settled differences of one text, with places in the file as it stands."""
    text, at = (CORPUS / file).read_text("utf-8"), 0
    files = [f"{name}.txt" if c == "adjudicated" else f"{name}.{c}.txt" for c in CODERS]
    by_coder = [list(read_lines(SOURCE / file)) for file in files]
    codings, sentences, reasons = [], [], []
    for number, said in enumerate(zip(*by_coder, strict=True), 1):
        unit, reason = said[-1]
        if {u.text for u, _ in said} != {unit.text} or {u.speaker for u, _ in said} != {unit.speaker}:
            raise ValueError(f"{name}, sentence {number}: the three files differ in more than codes")
        start = text.index(unit.text, at)
        at = end = start + len(unit.text)
        sentences.append(
            [name, number, start, end, role(unit), unit.t_about, unit.period, unit.holder, unit.text]
        )
        written = [counted(u) for u, _ in said]
        for coder, codes in zip(CODERS, written, strict=True):
            codings += [[name, start, end, code, coder] for code in codes]
        if (written[0] != written[1]) != bool(reason):
            raise ValueError(f"{name}, sentence {number}: a reason for each difference, and for nothing else")
        if reason:
            reasons.append([name, number, start, end, *map(";".join, written), reason, unit.text])
    return codings, sentences, reasons


def main() -> None:
    tables = [gold(name, file) for name, file in HELD_BACK.items()]
    codings, sentences, reasons = (
        [row for table in part for row in table] for part in zip(*tables, strict=True)
    )
    write("documents.csv", ["document_id", "start", "end", "code", "coder"], codings)
    write("documents_units.csv", UNITS, sentences)
    write("documents_reasons.csv", REASONS, reasons)


if __name__ == "__main__":
    main()
