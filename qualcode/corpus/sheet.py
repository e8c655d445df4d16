"""What `documents.xlsx` and `speakers.xlsx` hold: the columns people fill in, and what was understood beside.

Columns to fill in are empty until a person fills them; columns named `guess_…` show what the program makes of
the document and how it knows (`2019-06-25 (file name)`); those are never read back. So a sheet that nobody
touched says nothing, and whatever stands in a cell to fill in is a person's word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.corpus.metadata_table import ROW_FORMATS, header_meant
from qualcode.corpus.roles import RoleGuess, guess_roles
from qualcode.corpus.sheetrows import Row
from qualcode.model import ACTOR_LEVELS, ACTOR_TYPES, KINDS, Document, Speaker
from qualcode.text.words import count_signs

FIRST_WORDS = 60


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: `key` columns name the row, `fill` columns are for people, the rest only shows."""

    name: str
    meaning: str
    use: str = "shown"  # key, fill, shown
    width: int = 14
    choices: tuple[str, ...] = ()
    strict: bool = False  # nothing but the choices is meaningful


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to be filled in: rows are texts by column name."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[dict[str, str], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.use == "key")


ROLES_TO_FILL = ("interviewer", "respondent", "moderator")

DOCUMENT_COLUMNS = (
    SheetColumn("file", "file, relative to the folder 文件", "key", 34),
    SheetColumn("id", "id of the document; empty: as in guess_id 编号", "key", 12),
    SheetColumn("title", "title 标题", "fill", 24),
    SheetColumn("guess_title", "as understood", width=24),
    SheetColumn("kind", "kind of document 类型", "fill", 12, KINDS, strict=True),
    SheetColumn("guess_kind", "as understood", width=18),
    SheetColumn("language", "zh or en 语言", "fill", 9, ("zh", "en")),
    SheetColumn("guess_language", "as understood", width=12),
    SheetColumn("date", "when it was said or written: 2021, 2021-03 or 2021-03-15 日期", "fill", 12),
    SheetColumn("guess_date", "as understood, and from where", width=22),
    SheetColumn("issued", "date of issue of a document 成文日期", "fill", 12),
    SheetColumn("guess_issued", "as understood, and from where", width=22),
    SheetColumn("effective", "in force from 施行日期", "fill", 12),
    SheetColumn("guess_effective", "as understood, and from where", width=22),
    SheetColumn("expired", "in force until 失效日期", "fill", 12),
    SheetColumn("case", "case it belongs to 案例", "fill", 12),
    SheetColumn("site", "site 地点", "fill", 12),
    SheetColumn("actor", "unit that speaks or issues 单位", "fill", 20),
    SheetColumn("guess_actor", "as understood, and from where", width=24),
    SheetColumn("actor_level", "level of the unit 层级", "fill", 11, ACTOR_LEVELS),
    SheetColumn("actor_type", "line, block or vertical 条块", "fill", 11, ACTOR_TYPES),
    SheetColumn("doc_number", "document number 发文字号", "fill", 18),
    SheetColumn("guess_doc_number", "as understood, and from where", width=22),
    SheetColumn("interviewer", "who interviewed 访谈者", "fill", 12),
    SheetColumn("consent", "consent, as noted 知情同意", "fill", 12),
    SheetColumn("source_note", "where the material comes from 来源", "fill", 16),
    SheetColumn("split", "dev: to write rules on; test: kept back", "fill", 8, ("dev", "test"), strict=True),
    SheetColumn(
        "duplicate_of", "id of the document this one repeats; it is then not counted 重复", "fill", 14
    ),
    SheetColumn("guess_id", "id while the column id is empty", width=18),
    SheetColumn("turns", "turns found", width=8),
    SheetColumn("characters", "characters of text", width=10),
)
SPEAKER_COLUMNS = (
    SheetColumn("file", "file, relative to the folder 文件", "key", 34),
    SheetColumn("id", "id of the document, where a file holds several 编号", "key", 12),
    SheetColumn("label", "name as it stands in the transcript 标签", "key", 16),
    SheetColumn("role", "who this is 角色", "fill", 13, ROLES_TO_FILL, strict=True),
    SheetColumn("guess_role", "as understood, and how; a guess is never applied 推测", width=44),
    SheetColumn("actor", "unit the person belongs to 单位", "fill", 20),
    SheetColumn("since", "in office since 任职时间", "fill", 12),
    SheetColumn("turns", "turns", width=8),
    SheetColumn("share", "share of all that is said", width=8),
    SheetColumn("first_words", "how the first turn begins", width=60),
)
_SHOWN_WITH_SOURCE = ("kind", "language", "date", "issued", "effective", "actor", "doc_number", "title")
_FROM_TABLE = "table"  # what people filled in before is no guess


def document_row(document: Document) -> dict[str, str]:
    """Return the row of a document; cells to fill in are left out."""
    metadata = document.metadata
    row = {
        "file": document.source.path,
        "id": _id_in_file(document),
        "guess_id": document.id,
        "turns": str(len(document.turns)),
        "characters": str(count_signs(document.text)),
    }
    for key in _SHOWN_WITH_SOURCE:
        value, origin = getattr(metadata, key), metadata.origins.get(key, "")
        if value and origin != _FROM_TABLE:
            row[f"guess_{key}"] = f"{value} ({origin})" if origin else value
    return {name: text for name, text in row.items() if text}


def speaker_rows(document: Document) -> list[dict[str, str]]:
    """Return a row for every label of a document, in order of first appearance."""
    guesses = {guess.label: guess for guess in guess_roles(document)}
    rows = []
    for speaker in document.speakers:
        guess = guesses.get(speaker.label)
        row = {
            "file": document.source.path,
            "id": _id_in_file(document),
            "label": speaker.label,
            "guess_role": role_shown(speaker, guess),
            "turns": str(guess.turns if guess else 0),
            "share": f"{guess.share:.0%}" if guess else "",
            "first_words": first_words(document, speaker.label),
        }
        rows.append({name: text for name, text in row.items() if text})
    return rows


def role_shown(speaker: Speaker, guess: RoleGuess | None) -> str:
    """Write a role with how it is known; a guess says that it is one, and what it rests on."""
    if speaker.role_source == "declared":
        return f"{speaker.role} (declared)"
    if speaker.role_source == "pattern":
        return f"{speaker.role} (by its label)"
    if guess is None or guess.role == "unknown":
        return "unknown"
    asked, said = f"{guess.questions:.0%}", f"{guess.share:.0%}"
    return f"perhaps {guess.role} ({asked} of the turns end in a question, {said} of the talk)"


def first_words(document: Document, label: str) -> str:
    """Return the beginning of a speaker's first turn on one line."""
    for turn in document.turns:
        if turn.speaker == label:
            words = " ".join(document.text[turn.span.start : turn.span.end][: 4 * FIRST_WORDS].split())
            return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS] + "…"
    return ""


def sheets(documents: Iterable[Document]) -> tuple[Sheet, Sheet]:
    """Make both sheets from documents, in their order; each document is looked at once and let go."""
    about_documents: list[dict[str, str]] = []
    about_speakers: list[dict[str, str]] = []
    for document in documents:
        about_documents.append(document_row(document))
        about_speakers += speaker_rows(document)
    return (
        Sheet("documents", DOCUMENT_COLUMNS, tuple(about_documents)),
        Sheet("speakers", SPEAKER_COLUMNS, tuple(about_speakers)),
    )


def sheet_from_rows(sheet: Sheet, rows: Iterable[Row]) -> Sheet:
    """Return a sheet that holds the rows of a table people wrote, its further columns included.

    So a `documents.csv` becomes the beginning of a `documents.xlsx` that takes its place.
    """
    rows = list(rows)
    known = {column.name for column in sheet.columns}
    own: dict[str, SheetColumn] = {}
    made = []
    for row in rows:
        texts: dict[str, str] = {}
        for header, text in row.cells.items():
            name = header_meant(header)
            texts.setdefault(name, text)
            if name not in known:
                own.setdefault(name, SheetColumn(name, "", "fill"))
        made.append(texts)
    return Sheet(sheet.name, (*sheet.columns, *own.values()), tuple(made))


def _id_in_file(document: Document) -> str:
    """The id that names a row beside its file: only where a file holds a document per row."""
    return document.id if f".{document.source.format}" in ROW_FORMATS else ""
