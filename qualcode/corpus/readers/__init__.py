"""Readers: one module per format, each from bytes and a name to documents and problems.

A reader never raises for a bad file and never touches the disk; it takes the bytes, the name (for places in
problems and, where a format has dialects, by its extension) and `ReadOptions`. To add one, write a module
with such a function and list it in `readers`; an installed package can add one under the entry point group
`qualcode.reader`, by extension.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath

from qualcode.corpus.extract import Extract, ReadOptions
from qualcode.corpus.guard import Reader
from qualcode.corpus.readers.text import read_text
from qualcode.problems import Problem
from qualcode.registry import Registry

__all__ = ["ReadOptions", "Reader", "read_extracts", "readers"]


def _late(module: str, function: str) -> Reader:
    """A reader whose module is imported when the first file of its format is read."""

    def read(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
        reader: Reader = getattr(import_module(read.__module__), function)
        return reader(data, name, options)

    read.__module__, read.__name__ = f"{__name__}.{module}", function
    return read


_table, _html, _subtitles = (
    _late("tables", "read_table"),
    _late("html", "read_html"),
    _late("subtitles", "read_subtitles"),
)
readers: Registry[Reader] = Registry(
    "reader",
    {
        ".txt": read_text,
        ".text": read_text,
        ".md": read_text,
        ".markdown": read_text,
        ".docx": _late("docx", "read_docx"),
        ".pdf": _late("pdf", "read_pdf"),
        ".csv": _table,
        ".tsv": _table,
        ".xlsx": _table,
        ".odt": _late("odt", "read_odt"),
        ".html": _html,
        ".htm": _html,
        ".xhtml": _html,
        ".epub": _late("epub", "read_epub"),
        ".rtf": _late("rtf", "read_rtf"),
        ".srt": _subtitles,
        ".vtt": _subtitles,
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
