"""Metadata in tables: `documents.csv`/`.xlsx` and `speakers.csv`/`.xlsx`, in the corpus folder.

A row of `documents` names its document by `file` (or `path`: the relative path, with or without extension, or
the file's name where there is only one) or by `id` (`document_id`). All other columns are metadata; an empty
cell says nothing. A row of `speakers` names `file` (or `id`), `label`, and any of `role`, `actor`, `since`;
other columns are attributes of the speaker.

Columns whose name begins with `guess_` show what the program understood when the sheet was written; they are
never read back. The same holds for the columns that only help people find their way (`turns`, `share`,
`first_words`, `speakers` and the like).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from qualcode.corpus.metadata import Layer, check_value, known_key, merge_speakers, note_near_key
from qualcode.corpus.metadata_yaml import speaker_from_texts
from qualcode.corpus.sheetrows import Row
from qualcode.model import Speaker
from qualcode.problems import Place, Problem, problem

DOCUMENTS, SPEAKERS = "documents", "speakers"
ROW_FORMATS = frozenset({".csv", ".tsv", ".xlsx"})  # one file, many documents: a row is named by file and id
SHOWN_ONLY = frozenset({"turns", "share", "first_words", "characters", "format", "sha256", "note_to_self"})
_FILE = ("file", "path", "文件", "文件名")
_ID = ("id", "document_id")
_LABEL = ("label", "speaker", "标签", "说话人")
_HEADERS = {
    "标题": "title",
    "类型": "kind",
    "类别": "kind",
    "语言": "language",
    "日期": "date",
    "访谈日期": "date",
    "成文日期": "issued",
    "发布日期": "issued",
    "施行日期": "effective",
    "案例": "case",
    "地点": "site",
    "单位": "actor",
    "部门": "actor",
    "发文字号": "doc_number",
    "文号": "doc_number",
    "访谈者": "interviewer",
    "角色": "role",
    "任职时间": "since",
}


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a corpus say, by file path and by id; both keys are found in `layer_for`."""

    by_file: Mapping[str, Layer] = field(default_factory=dict)
    by_id: Mapping[str, Layer] = field(default_factory=dict)

    def layers_for(self, path: str, document_id: str) -> tuple[Layer, ...]:
        """Return what was said of a document: of its file, then of its id (which wins)."""
        found = (self.by_file.get(path), self.by_id.get(document_id))
        return tuple(layer for layer in found if layer is not None)


def read_tables(
    documents: Sequence[Row], speakers: Sequence[Row], paths: Iterable[str]
) -> tuple[Tables, list[Problem]]:
    """Read the rows of both tables against the corpus's files; a row that names no file is a Problem."""
    problems: list[Problem] = []
    named = FileNames(paths)
    by_file: dict[str, Layer] = {}
    by_id: dict[str, Layer] = {}
    for row in documents:
        said = _document(row, problems)
        _add(row, said, named, by_file, by_id, problems)
    for row in speakers:
        speaker = _speaker(row, problems)
        if speaker is not None:
            _add(row, Layer("table", speakers={speaker.label: speaker}), named, by_file, by_id, problems)
    return Tables(by_file, by_id), problems


def header_meant(header: str) -> str:
    """Return the column a head means: `文件` and `path` are file, `类型` and `type` are kind."""
    plain = header.strip().lower()
    for name, same in (("file", _FILE), ("id", _ID), ("label", _LABEL)):
        if plain in same:
            return name
    return known_key(_HEADERS.get(plain, plain))


class FileNames:
    """The ways a file may be named in a table: path, path without extension, name, name without extension."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        self._loose: dict[str, set[str]] = {}
        for path in paths:
            pure = PurePosixPath(path)
            self._exact[_plain(path)] = path
            for name in {pure.with_suffix("").as_posix(), pure.name, pure.stem}:
                self._loose.setdefault(_plain(name), set()).add(path)

    def find(self, name: str) -> list[str]:
        """Return the files a name may mean: none, one, or several."""
        key = _plain(name.replace("\\", "/").removeprefix("./"))
        return [self._exact[key]] if key in self._exact else sorted(self._loose.get(key, ()))


def _plain(name: str) -> str:
    """Names are compared in one normal form (a Mac writes é as two characters) and without regard to case."""
    return unicodedata.normalize("NFC", name).lower()


def _add(
    row: Row,
    said: Layer,
    named: FileNames,
    by_file: dict[str, Layer],
    by_id: dict[str, Layer],
    problems: list[Problem],
) -> None:
    file, document_id = row.get(*_FILE), row.get(*_ID)
    if file:
        found = named.find(file)
        if len(found) == 1 and document_id and PurePosixPath(found[0]).suffix.lower() in ROW_FORMATS:
            by_id[document_id] = _joined(by_id.get(document_id), _without_id(said), row, problems)
            return
        if len(found) == 1:
            by_file[found[0]] = _joined(by_file.get(found[0]), said, row, problems)
            return
        problems.append(
            problem(
                "unknown-file" if not found else "unclear-file",
                _place(row, _FILE),
                "the row is about {file!r}, but no such file is in the corpus"
                if not found
                else "the row is about {file!r}, and several files are named so",
                hint="write the path from the corpus folder, such as 2019/访谈03.docx",
                severity="warning" if not found else "error",
                file=file,
            )
        )
    elif document_id:
        by_id[document_id] = _joined(by_id.get(document_id), _without_id(said), row, problems)
    else:
        problems.append(
            problem(
                "no-file",
                row.place,
                "the row does not say which document it is about",
                hint="fill in the column 'file' (or 'id')",
            )
        )


def _without_id(said: Layer) -> Layer:
    """An id that names the row is not given by it."""
    return replace(said, values={key: value for key, value in said.values.items() if key != "id"})


def _joined(old: Layer | None, new: Layer, row: Row, problems: list[Problem]) -> Layer:
    if old is None:
        return new
    for key in sorted(set(old.values) & set(new.values)):
        if old.values[key] and new.values[key] and old.values[key] != new.values[key]:
            problems.append(
                problem(
                    "said-twice",
                    new.places.get(key, row.place),
                    "{key} is {new!r} here and {old!r} in another row of the same document; this row stands",
                    hint="keep one row for a document",
                    key=key,
                    new=new.values[key],
                    old=old.values[key],
                )
            )
    for label in sorted(set(old.speakers) & set(new.speakers)):
        roles = old.speakers[label].role, new.speakers[label].role
        if "unknown" not in roles and roles[0] != roles[1]:
            problems.append(
                problem(
                    "said-twice",
                    row.place,
                    "{label!r} is {new} here and {old} in another row of the same document; this row stands",
                    hint="keep one row for a speaker",
                    label=label,
                    new=roles[1],
                    old=roles[0],
                )
            )
    values = {**old.values, **{key: value for key, value in new.values.items() if value}}
    speakers = merge_speakers(old.speakers, new.speakers)
    return Layer("table", values, speakers, {**old.places, **new.places})


def _document(row: Row, problems: list[Problem]) -> Layer:
    values: dict[str, str] = {}
    places: dict[str, Place] = {}
    for header, text in row.cells.items():
        key = known_key(_HEADERS.get(header, header))
        if header in _FILE or key in SHOWN_ONLY or key.startswith("guess_") or key == "speakers":
            continue
        places[key] = row.place_of(header)
        values[key] = check_value(key, text, places[key], problems)
        note_near_key(key, places[key], problems)
    return Layer("table", values, places=places)


def _speaker(row: Row, problems: list[Problem]) -> Speaker | None:
    label = row.get(*_LABEL)
    if not label:
        problems.append(
            problem(
                "missing-label",
                row.place,
                "this speaker has no label",
                hint="fill in the column 'label' with the name as it stands in the transcript",
            )
        )
        return None
    passed = {*_FILE, *_ID, *_LABEL, *SHOWN_ONLY}
    said = {
        _HEADERS.get(header, header): (text, row.place_of(header))
        for header, text in row.cells.items()
        if header not in passed and not header.startswith("guess_")
    }
    return speaker_from_texts(label, said, problems)


def _place(row: Row, headers: Sequence[str]) -> Place:
    return next((row.place_of(h) for h in headers if h in row.cells), row.place)
