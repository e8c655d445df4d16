"""Ids of documents: from paths where nobody gives one, each only once; repeats name what they repeat."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePosixPath

from qualcode.model import Document
from qualcode.problems import Place, Problem, problem

_NO_TEXT = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


def path_ids(names: Iterable[str]) -> dict[str, str]:
    """Return an id for each relative posix path: without extension, with it where two would collide.

    The signs `:`, `#` and `@`, which divide the ids of segments and codings, become `_`, as do control
    characters and bytes of a name that are no text. Ids are NFC: a Mac's names decompose é, others' do not.

    >>> path_ids(["a/03.docx", "a/03.txt", "b/通知.pdf"])
    {'a/03.docx': 'a/03.docx', 'a/03.txt': 'a/03.txt', 'b/通知.pdf': 'b/通知'}
    """
    names = list(names)
    short = {name: clean_id(PurePosixPath(name).with_suffix("").as_posix()) for name in names}
    count = Counter(short.values())
    return {name: short[name] if count[short[name]] == 1 else clean_id(name) for name in names}


def clean_id(name: str) -> str:
    """Return a name as it can stand in an id; see `path_ids`."""
    name = unicodedata.normalize("NFC", name.strip())
    return "".join("_" if sign in ":#@" or unicodedata.category(sign) in _NO_TEXT else sign for sign in name)


class Ids:
    """The ids met while documents stream by."""

    def __init__(self, expected: Callable[[], frozenset[str]]) -> None:
        """`expected` gives the ids that documents yet to come will have; asked only when one is named."""
        self._expected = expected
        self._met: dict[str, str] = {}

    def admit(self, document: Document) -> tuple[Document | None, list[Problem]]:
        """Return the document, or None where its id is taken; problems name both files."""
        other = self._met.get(document.id)
        if other is not None:
            return None, [
                problem(
                    "duplicate-id",
                    Place(document.source.path),
                    "the id {id!r} is already that of {other}; this document is left out",
                    hint="give one of them another id",
                    id=document.id,
                    other=other,
                )
            ]
        self._met[document.id] = document.source.path
        return self._checked(document)

    def _checked(self, document: Document) -> tuple[Document, list[Problem]]:
        repeated = document.metadata.duplicate_of
        if not repeated:
            return document, []
        known = {*self._met, *self._expected()} - {document.id}
        if repeated in known:
            return document, []
        others = sorted(known)
        close = get_close_matches(repeated, others, n=1, cutoff=0.5)
        metadata = replace(document.metadata, duplicate_of="")
        return replace(document, metadata=metadata), [
            problem(
                "unknown-duplicate",
                Place(document.source.path),
                "duplicate_of names {repeated!r}, which is no other document here; the document counts",
                hint="did you mean {meant!r}?" if close else "write the id of the document it repeats",
                repeated=repeated,
                meant=close[0] if close else "",
            )
        ]
