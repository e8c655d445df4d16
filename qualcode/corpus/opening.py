"""Open a folder as a corpus, and read its documents one by one.

Opening lists the files and reads what is said beside them (sidecars, `documents.xlsx`, `speakers.xlsx`); no
document is read yet. `Corpus.documents()` then yields one document at a time in the order of paths: memory
depends on the largest, and one that cannot be read never stops the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from qualcode.corpus.beside import read_sidecars, read_table_file, unreadable
from qualcode.corpus.building import Said, build_document
from qualcode.corpus.extract import Extract, ReadOptions
from qualcode.corpus.folder import FoundFile, list_files
from qualcode.corpus.ids import Ids, clean_id, path_ids
from qualcode.corpus.metadata import KEYS, Layer, check_value
from qualcode.corpus.metadata_filename import layer_from_name
from qualcode.corpus.metadata_table import DOCUMENTS, ROW_FORMATS, SPEAKERS, Tables, header_meant, read_tables
from qualcode.corpus.metadata_yaml import read_layer
from qualcode.corpus.readers import readers
from qualcode.corpus.settings import CorpusSettings
from qualcode.model import Document, Source
from qualcode.problems import Place, Problem, problem

Reading = tuple[Document | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of documents, opened. `files` are in the order of their paths."""

    folder: Path
    settings: CorpusSettings = field(default_factory=CorpusSettings)
    files: tuple[FoundFile, ...] = ()
    tables: Tables = field(default_factory=Tables)
    sidecars: Mapping[str, Layer] = field(default_factory=dict)  # by file name
    ids: Mapping[str, str] = field(default_factory=dict)  # by file name, where nobody gives one

    def documents(self) -> Iterator[Reading]:
        """Yield each document with its problems, `None` for one that could not be read.

        Of two documents with one id the later is not read: its segments could not be told apart.
        """
        ids = Ids(cache(self._expected_ids))
        for file in self.files:
            for document, problems in self.read(file):
                if document is None:
                    yield None, problems
                else:
                    kept, found = ids.admit(document)
                    yield kept, [*problems, *found]

    def read(self, file: FoundFile) -> Iterator[Reading]:
        """Read one of the corpus's files: one document, or one for each row (or group of rows) of a table."""
        try:
            held = [file.path.read_bytes()]
        except OSError as error:
            yield None, [unreadable(file.name, error)]
            return
        options = ReadOptions(encoding=self.settings.encoding, columns=self.settings.columns)
        size, digest = len(held[0]), hashlib.sha256(held[0]).hexdigest()
        extracts, problems = _extracts(held, file, options)
        if not extracts:
            yield None, problems
            return
        alone = len(extracts) == 1
        extracts.reverse()
        while extracts:
            document, found = self._document(extracts.pop(), file, alone=alone, size=size, digest=digest)
            yield document, [*problems, *found]
            problems = []

    def _document(
        self, extract: Extract, file: FoundFile, *, alone: bool, size: int, digest: str
    ) -> tuple[Document, list[Problem]]:
        said, found = self._said(file, extract, alone=alone)
        source = Source(
            path=_writable(file.name),
            format=file.extension.lstrip("."),
            encoding=extract.encoding,
            sha256=digest,
            size=size,
            repairs=extract.repairs,
            note="; ".join(dict.fromkeys(note for note in (file.note, extract.note) if note)),
        )
        document, more = build_document(extract, said, source, self.settings)
        return document, [*found, *more]

    def _expected_ids(self) -> frozenset[str]:
        """The ids that documents have, as far as that shows without reading them: tables are read."""
        expected: set[str] = set()
        for file in self.files:
            if file.extension in ROW_FORMATS:
                expected |= {document.id for document, _ in self.read(file) if document is not None}
                continue
            layers = (*self.tables.layers_for(file.name, ""), self.sidecars.get(file.name))
            given = next((layer.values["id"] for layer in layers if layer and layer.values.get("id")), "")
            expected.add(given or front_id(file) or self.ids[file.name])
        return frozenset(expected)

    def _said(self, file: FoundFile, extract: Extract, *, alone: bool) -> tuple[Said, list[Problem]]:
        problems: list[Problem] = []
        fallback = self.ids[file.name]
        if extract.name and not alone:
            fallback = f"{fallback}/{clean_id(extract.name)}"
        layers = [
            self.settings.defaults,
            layer_from_name(file.name, self.settings.filename, problems),
            _row_layer(extract, Place(file.name), problems),
        ]
        if extract.front is not None:
            layers.append(read_layer(extract.front, "front matter", problems))
        if file.name in self.sidecars:
            layers.append(self.sidecars[file.name])
        given = next((layer.values["id"] for layer in reversed(layers) if layer.values.get("id")), fallback)
        layers += self.tables.layers_for(file.name, given)
        return Said(layers, fallback, PurePosixPath(_writable(file.name)).stem), problems


def open_corpus(folder: Path, settings: CorpusSettings | None = None) -> tuple[Corpus, list[Problem]]:
    """List a folder's documents and read what is said beside them.

    A missing folder or one without documents gives an empty corpus and a Problem.
    """
    settings = settings or CorpusSettings()
    listed, problems = list_files(folder)
    files = tuple(file for file in listed if not settings.ignores(file.name))
    problems = [p for p in problems if not settings.ignores(p.place.path)]
    if listed and not files:
        problems.append(
            problem(
                "no-documents",
                Place("."),
                "'ignore' passes over every document of the folder {folder}",
                hint="look at corpus: ignore: in qualcode.yaml",
                folder=folder.name,
            )
        )
    names = [file.name for file in files]
    tables, found = read_tables(
        read_table_file(folder, DOCUMENTS, problems), read_table_file(folder, SPEAKERS, problems), names
    )
    problems += found
    sidecars = read_sidecars(folder, names, problems, ignores=settings.ignores)
    return Corpus(folder, settings, files, tables, sidecars, path_ids(names)), problems


def read_document(path: Path, settings: CorpusSettings | None = None) -> Reading:
    """Read one file by itself, with the sidecar beside it; of a table of documents, the first.

    Raises UsageError for a kind of file that no reader reads.
    """
    settings = settings or CorpusSettings()
    extension = path.suffix.lower()
    readers[extension]  # an unknown kind of file is a request that cannot be honoured
    problems: list[Problem] = []
    corpus = Corpus(
        path.parent,
        settings,
        (FoundFile(path, path.name, extension),),
        Tables(),
        read_sidecars(path.parent, [path.name], problems, only=True),
        path_ids([path.name]),
    )
    document, found = next(corpus.documents())
    return document, [*problems, *found]


def _writable(name: str) -> str:
    """A name as it can be written to a table: bytes of a file name that are no text become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _extracts(
    held: list[bytes], file: FoundFile, options: ReadOptions
) -> tuple[list[Extract], list[Problem]]:
    """Call the reader. A file so broken that the reader itself fails is one more file that cannot be read.

    The bytes are taken out of `held`, so that nobody but the reader has them: a file may be large, and a
    reader that is done with its bytes may let them go.
    """
    try:
        return readers[file.extension](held.pop(), file.name, options)
    except Exception as error:  # whatever a damaged file makes a library raise
        return [], [
            problem(
                "reader-failed",
                Place(file.name),
                "the reader for {extension} failed on this file ({error})",
                hint="open it and save it anew; if that does not help, please report it",
                extension=file.extension,
                error=type(error).__name__,
            )
        ]


def front_id(file: FoundFile) -> str:
    """Return the id that a text file's front matter gives, without reading the whole file."""
    if file.extension not in {".md", ".markdown", ".txt"}:
        return ""
    try:
        with file.path.open("rb") as stream:
            head = stream.read(8192).decode("utf-8-sig", "replace")
    except OSError:
        return ""
    front = re.match(r"---[ \t]*\r?\n(.*?)\n---", head, re.DOTALL)
    found = re.search(r"^(?:id|document_id):[ \t]*(\S.*?)[ \t]*$", front[1], re.MULTILINE) if front else None
    return found[1].strip("'\"") if found else ""


def _row_layer(extract: Extract, place: Place, problems: list[Problem]) -> Layer:
    """What the columns of a table of documents say; the properties of other formats are no one's word."""
    if not extract.name:
        return Layer("row")
    values = {}
    for header, text in extract.metadata.items():
        key = header_meant(header)
        key = key if key in KEYS else header  # other columns keep their names
        values[key] = check_value(key, text, place, problems)
    return Layer("row", values, places=dict.fromkeys(values, place))
