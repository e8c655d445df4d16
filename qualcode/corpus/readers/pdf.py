"""Read PDFs that carry text (.pdf): paragraphs put together again from lines, headings by their size.

The file is read in a child process; one that makes PDFium crash or takes too long is one failed document.
Page numbers and running heads are `furniture`. Kangxi radicals, which browsers print, are repaired and
counted. Pages without text are named: a scan has to be recognised first (`X.ocr.txt` beside `X.pdf` is then
its text).

Refuses: a file with a password, a damaged one, a scan.
"""

from __future__ import annotations

from typing import Any

from qualcode.corpus.extract import Extract, ReadOptions, lay_out
from qualcode.corpus.readers.pdf_child import Died, read_in_child
from qualcode.corpus.readers.pdf_layout import PageLine, pieces
from qualcode.corpus.readers.pieces import furnished
from qualcode.problems import Place, Problem, problem
from qualcode.text.words import count_signs

extensions = (".pdf",)

LEAST = 10  # characters of a page with text; fewer is a scan with a stamp or a page number


def read_pdf(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one PDF into one extract."""
    place = Place(name)
    if b"%PDF-" not in data[:2048]:
        return [], [_refused("damaged", place)]
    try:
        answer = read_in_child(data, seconds=options.pdf_seconds)
    except Died as died:
        return [], [_lost(died.reason, place, options.pdf_seconds)]
    if "error" in answer:
        return [], [_refused(str(answer["error"]), place)]
    pages: list[dict[str, Any]] = answer["pages"]
    lines: list[list[PageLine]] = [
        [_line(number, *line) for line in page["lines"]] for number, page in enumerate(pages, start=1)
    ]
    characters = [sum(count_signs(line.text) for line in page) for page in lines]
    empty = [
        number
        for number, (page, n) in enumerate(zip(pages, characters, strict=True), start=1)
        if n < LEAST and (page["pictures"] or page.get("damaged"))
    ]
    if sum(characters) < LEAST or len(empty) == len(pages):
        return [], [_scanned(place, len(pages))]
    extract = furnished(lay_out(pieces(lines)))
    problems = [_some_scanned(place, empty)] if empty else []
    return [extract], problems


def _line(
    page: int, text: str, left: float, bottom: float, right: float, top: float, size: float
) -> PageLine:
    return PageLine(text, left, bottom, right, top, size, page)


def _scanned(place: Place, pages: int) -> Problem:
    return problem(
        "no-text-layer",
        place,
        "a scan: none of its {n} pages carries text",
        hint="recognise its text (OCR) and put it beside as {stem}.ocr.txt",
        n=pages,
        stem=place.path.rpartition("/")[2].removesuffix(".pdf"),
    )


def _some_scanned(place: Place, pages: list[int]) -> Problem:
    return problem(
        "no-text-layer",
        place,
        "pages without text, probably scanned: {pages}; the others were read",
        hint="recognise the text of the whole file (OCR) and put it beside as {stem}.ocr.txt",
        severity="warning",
        pages=", ".join(str(n) for n in pages[:20]) + (" …" if len(pages) > 20 else ""),
        stem=place.path.rpartition("/")[2].removesuffix(".pdf"),
    )


def _lost(reason: str, place: Place, seconds: float) -> Problem:
    if reason == "timeout":
        return problem(
            "pdf-too-slow",
            place,
            "reading it took more than {seconds} seconds and was given up",
            hint="print it to a new PDF, or save its text as .txt",
            seconds=round(seconds),
        )
    return problem(
        "damaged-file",
        place,
        "the PDF reader broke down over this file",
        hint="print it to a new PDF, or save its text as .txt",
    )


def _refused(error: str, place: Place) -> Problem:
    if error == "password":
        return problem(
            "locked-file",
            place,
            "the PDF is locked with a password",
            hint="open it, and save or print it without the password",
        )
    if error == "too many pages":
        return problem("too-large", place, "the PDF has too many pages", hint="split it")
    if error == "no reader":
        return problem(
            "no-pdf-reader",
            place,
            "PDFs cannot be read: the package pypdfium2 is missing",
            hint="install it with: pip install pypdfium2",
        )
    return problem(
        "damaged-file",
        place,
        "the file is damaged, or is no PDF",
        hint="get a new copy, or print it to a new PDF",
    )
