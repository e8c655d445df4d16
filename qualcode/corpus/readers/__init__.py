"""Readers: one module per format, each from bytes and a name to documents and problems.

A reader never raises for a bad file and never touches the disk; it takes the bytes, the name (for places in
problems and, where a format has dialects, by its extension) and `ReadOptions`. To add one, write a module
with such a function and list it in `readers`; an installed package can add one under the entry point group
`qualcode.reader`, by extension.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from qualcode.corpus.extract import Extract, ReadOptions
from qualcode.corpus.guard import Reader
from qualcode.corpus.readers.docx import read_docx
from qualcode.corpus.readers.epub import read_epub
from qualcode.corpus.readers.html import read_html
from qualcode.corpus.readers.odt import read_odt
from qualcode.corpus.readers.pdf import read_pdf
from qualcode.corpus.readers.rtf import read_rtf
from qualcode.corpus.readers.subtitles import read_subtitles
from qualcode.corpus.readers.tables import read_table
from qualcode.corpus.readers.text import read_text
from qualcode.problems import Problem
from qualcode.registry import Registry

__all__ = ["ReadOptions", "Reader", "read_extracts", "readers"]

readers: Registry[Reader] = Registry(
    "reader",
    {
        ".txt": read_text,
        ".text": read_text,
        ".md": read_text,
        ".markdown": read_text,
        ".docx": read_docx,
        ".pdf": read_pdf,
        ".csv": read_table,
        ".tsv": read_table,
        ".xlsx": read_table,
        ".odt": read_odt,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".epub": read_epub,
        ".rtf": read_rtf,
        ".srt": read_subtitles,
        ".vtt": read_subtitles,
    },
)


def read_extracts(
    data: bytes, name: str, options: ReadOptions | None = None
) -> tuple[list[Extract], list[Problem]]:
    """Read a file by its extension, upper case or lower.

    Raises `UsageError` for an extension without a reader, which `list_files` never lists.
    """
    reader = readers[PurePosixPath(name).suffix.lower()]
    return reader(data, name, options or ReadOptions())
