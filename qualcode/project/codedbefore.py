"""What the last run of a study coded, used again where nothing changed that shapes codings.

    before, why = coded_before(study, corpus, codebook, unit)
    before.of(document, segments)            # None: this document must be coded anew

The manifest of the run says what it was made with: this program, versions, codebook, unit, corpus settings
and tables (one digest, in its block `made`), the bytes of every document, and those of matches.csv. All of
them must be what they are now; a document whose own bytes changed is coded anew, the others are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from qualcode.coding.remade import remade
from qualcode.columns import names
from qualcode.model import Assertion, Match, Span
from qualcode.output.csvfile import read_rows
from qualcode.project.canonical import digest, program
from qualcode.project.manifest import fingerprint, read_manifest, recorded, versions

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.coding import CodedDocument
    from qualcode.corpus import Corpus
    from qualcode.model import Document, Segment
    from qualcode.project.study import Study

TABLES = ("documents.csv", "matches.csv")
NEVER_RUN = "the study was not run yet"
OTHERWISE = "codebook, settings, tables of the corpus or the program changed since the last run"
EDITED = "the tables of the last run were changed by hand"


def shape_of(corpus: Corpus, codebook: Codebook, unit: str) -> str:
    """Return a digest of all that shapes the codings of every document, the documents apart."""
    return digest(
        [program(), versions(), unit],
        [codebook.files, codebook.code_interviewers, codebook.unit],
        [corpus.settings, corpus.tables, dict(corpus.sidecars)],
    )


def coded_before(
    study: Study, corpus: Corpus, codebook: Codebook, unit: str
) -> tuple[CodedBefore | None, str]:
    """Return what the last run coded; None with the reason where it is not to be used."""
    folder = study.results
    manifest = read_manifest(folder)
    if manifest is None or not all((folder / name).is_file() for name in TABLES):
        return None, NEVER_RUN
    made = manifest.get("made")
    if not isinstance(made, Mapping) or made.get("shape") != shape_of(corpus, codebook, unit):
        return None, OTHERWISE
    outputs = recorded(manifest, "outputs")
    if any(fingerprint(folder / name) != outputs.get(name) for name in TABLES):
        return None, EDITED
    with (folder / TABLES[0]).open(encoding="utf-8-sig", newline="") as stream:
        header = names("documents")
        rows = [dict(zip(header, row, strict=True)) for row in read_rows(stream, "documents")]
    places = {str(row["document_id"]): (n, str(row["path"])) for n, row in enumerate(rows)}
    contents = {name: str(its.get("sha256")) for name, its in recorded(manifest, "inputs", "corpus").items()}
    return CodedBefore(folder / TABLES[1], codebook, places, contents), ""


@dataclass(eq=False)
class CodedBefore:
    """The matches of a run, read document after document: one that comes before the last is coded anew."""

    path: Path
    codebook: Codebook
    places: Mapping[str, tuple[int, str]]  # id -> its place in the run, its file
    contents: Mapping[str, str]  # file -> sha256
    _groups: Iterator[tuple[str, list[dict[str, Any]]]] | None = None
    _next: tuple[str, list[dict[str, Any]]] | None = None
    _at: int = -1
    _assertions: dict[tuple[str, ...], Assertion] = field(default_factory=dict)

    def of(self, document: Document, segments: Sequence[Segment]) -> CodedDocument | None:
        """Return the coded document of the run, None where the document is not the one it coded."""
        known = self.places.get(document.id)
        source = document.source
        if known is None or known[1] != source.path or self.contents.get(source.path) != source.sha256:
            return None
        if known[0] <= self._at:
            return None
        self._at = known[0]
        index = {segment.id: segment.index for segment in segments}
        try:
            return remade(
                document, self.codebook, [self._match(row, index) for row in self._rows(document.id)]
            )
        except (KeyError, ValueError):
            return None

    def _rows(self, name: str) -> list[dict[str, Any]]:
        """Walk to a document's rows; none for one without a match."""
        if self._groups is None:
            self._groups = _grouped(self.path.open(encoding="utf-8-sig", newline=""))
            self._next = next(self._groups, None)
        while self._next is not None and self.places[self._next[0]][0] < self._at:
            self._next = next(self._groups, None)
        return self._next[1] if self._next is not None and self._next[0] == name else []

    def _match(self, row: Mapping[str, Any], index: Mapping[str, int]) -> Match:
        meant = tuple(str(row[axis]) for axis in ("polarity", "modality", "holder", "reported"))
        parts = tuple(Span(*map(int, part.split("-"))) for part in row["parts"])
        assertion = self._assertions.setdefault(meant, Assertion(*meant))
        return Match(
            index[row["segment_id"]], row["code"], row["rule"], parts, row["blocked_by"] or "", assertion
        )


def _grouped(stream: IO[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    header = names("matches")
    with stream:
        rows = (dict(zip(header, row, strict=True)) for row in read_rows(stream, "matches"))
        for name, its in groupby(rows, key=itemgetter("document_id")):
            yield str(name), list(its)
