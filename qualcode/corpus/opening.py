"""Open a folder as a corpus, and read its documents one by one.

Opening lists the files and reads what is said beside them (sidecars, `documents.xlsx`, `speakers.xlsx`); no
document is read yet. `Corpus.documents()` then yields one document at a time in the order of paths: memory
depends on the largest, and one that cannot be read never stops the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from qualcode.corpus.building import Said, build_document
from qualcode.corpus.extract import Extract, ReadOptions
from qualcode.corpus.folder import FoundFile, list_files
from qualcode.corpus.ids import Ids, path_ids
from qualcode.corpus.metadata import Layer, check_value, known_key
from qualcode.corpus.metadata_filename import layer_from_name
from qualcode.corpus.metadata_table import DOCUMENTS, ROW_FORMATS, SPEAKERS, Tables, read_tables
from qualcode.corpus.metadata_yaml import read_layer, read_sidecar
from qualcode.corpus.readers import readers
from qualcode.corpus.settings import CorpusSettings
from qualcode.corpus.sheetrows import TABLE_FORMATS, Row, read_rows
from qualcode.model import Document, Source
from qualcode.problems import Place, Problem, problem
from qualcode.yamlnodes import decode_yaml

Reading = tuple[Document | None, list[Problem]]
SIDECARS = (".meta.yaml", ".meta.yml")


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
        ids = Ids(frozenset(self.ids.values()), whole=not self._has_rows)
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
            data = file.path.read_bytes()
        except OSError as error:
            yield None, [_unreadable(file.name, error)]
            return
        options = ReadOptions(encoding=self.settings.encoding, columns=self.settings.columns)
        extracts, problems = readers[file.extension](data, file.name, options)
        if not extracts:
            yield None, problems
            return
        digest = hashlib.sha256(data).hexdigest()
        for n, extract in enumerate(extracts):
            said, found = self._said(file, extract, alone=len(extracts) == 1)
            source = Source(
                path=file.name,
                format=file.extension.lstrip("."),
                encoding=extract.encoding,
                sha256=digest,
                size=len(data),
                repairs=extract.repairs,
                note="; ".join(dict.fromkeys(note for note in (file.note, extract.note) if note)),
            )
            document, more = build_document(extract, said, source, self.settings)
            yield document, [*(problems if n == 0 else ()), *found, *more]

    @property
    def _has_rows(self) -> bool:
        return any(file.extension in ROW_FORMATS for file in self.files)

    def _said(self, file: FoundFile, extract: Extract, *, alone: bool) -> tuple[Said, list[Problem]]:
        problems: list[Problem] = []
        fallback = self.ids[file.name]
        if extract.name and not alone:
            fallback = f"{fallback}/{_id_part(extract.name)}"
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
        return Said(layers, fallback, PurePosixPath(file.name).stem), problems


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
                Place(folder.name),
                "'ignore' passes over every document of the folder {folder}",
                hint="look at corpus: ignore: in qualcode.yaml",
                folder=folder.name,
            )
        )
    names = [file.name for file in files]
    tables, found = read_tables(
        _table(folder, DOCUMENTS, settings, problems), _table(folder, SPEAKERS, settings, problems), names
    )
    problems += found
    sidecars = _sidecars(folder, names, settings, problems)
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
        _sidecars(path.parent, [path.name], settings, problems, only=True),
        path_ids([path.name]),
    )
    document, found = next(corpus.documents())
    return document, [*problems, *found]


def _row_layer(extract: Extract, place: Place, problems: list[Problem]) -> Layer:
    """What the columns of a table of documents say; the properties of other formats are no one's word."""
    if not extract.name:
        return Layer("row")
    values = {}
    for header, text in extract.metadata.items():
        key = known_key(header)
        values[key] = check_value(key, text, place, problems)
    return Layer("row", values, places=dict.fromkeys(values, place))


def _id_part(name: str) -> str:
    """A name of a row as part of an id: without the signs that divide ids."""
    return "".join("_" if sign in ":#@\n" else sign for sign in name.strip())


def _table(folder: Path, stem: str, settings: CorpusSettings, problems: list[Problem]) -> list[Row]:
    """Read documents.xlsx or .csv; where both lie there, the workbook, and a Problem."""
    there = [folder / f"{stem}{ending}" for ending in TABLE_FORMATS if (folder / f"{stem}{ending}").is_file()]
    if not there:
        return []
    if len(there) > 1:
        problems.append(
            problem(
                "two-tables",
                Place(there[1].name),
                "{other} lies beside {name}; only {name} is read",
                hint="keep one of them",
                severity="warning",
                other=there[1].name,
                name=there[0].name,
            )
        )
    try:
        data = there[0].read_bytes()
    except OSError as error:
        problems.append(_unreadable(there[0].name, error))
        return []
    rows, found = read_rows(data, there[0].name)
    problems += found
    return rows


def _sidecars(
    folder: Path,
    names: list[str],
    settings: CorpusSettings,
    problems: list[Problem],
    *,
    only: bool = False,
) -> dict[str, Layer]:
    """Read the sidecars: `03.meta.yaml` or `03.docx.meta.yaml` beside `03.docx`."""
    owners: dict[str, list[str]] = {}
    for name in names:
        for stem in (PurePosixPath(name).with_suffix("").as_posix(), name):
            for ending in SIDECARS:
                owners.setdefault(stem + ending, []).append(name)
    layers: dict[str, Layer] = {}
    found = (path for ending in SIDECARS for path in (folder.glob if only else folder.rglob)(f"*{ending}"))
    for path in sorted(found):
        sidecar = path.relative_to(folder).as_posix()
        if settings.ignores(sidecar) or path.name.startswith(("._", "~$")):
            continue
        mine = owners.get(sidecar, [])
        if len(mine) == 1:
            layers[mine[0]] = _sidecar(path, sidecar, problems)
        elif not only:
            problems.append(_not_beside(sidecar, mine))
    return layers


def _sidecar(path: Path, name: str, problems: list[Problem]) -> Layer:
    try:
        text, found = decode_yaml(path.read_bytes(), name)
    except OSError as error:
        problems.append(_unreadable(name, error))
        return Layer("sidecar")
    problems += found
    layer, found = read_sidecar(text or "", name)
    problems += found
    return layer


def _not_beside(sidecar: str, names: list[str]) -> Problem:
    if names:
        return problem(
            "unclear-file",
            Place(sidecar),
            "the sidecar could be about {one} or {two}",
            hint="put the extension into its name: {one}.meta.yaml",
            one=names[0],
            two=names[1],
        )
    return problem(
        "unknown-file",
        Place(sidecar),
        "no document lies beside this sidecar",
        hint="it is named as the document, with .meta.yaml for the extension",
        severity="warning",
    )


def _unreadable(name: str, error: OSError) -> Problem:
    return problem(
        "unreadable-file",
        Place(name),
        "cannot be read: {reason}",
        hint="check its permissions, and whether another program holds it open",
        reason=error.strerror or type(error).__name__,
    )
