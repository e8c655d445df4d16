"""List the documents of a folder, past everything else that lies in real folders.

Passed over without a word: what the system or an office program keeps for itself (`~$*.docx`, `.DS_Store`,
`Thumbs.db`, hidden files and folders, `._*`, `*.tmp`), folders of results and `decisions` of a study. With a
note: left-overs of a sync conflict, README files, extensions nobody knows. With an error that names the
conversion: `.doc`, `.wps`, `.ofd` and their like, pictures, recordings, archives. What belongs to other parts
is left to them: `NAME.meta.yaml`, `documents.csv`/`.xlsx`, `speakers.xlsx`, `qualcode.yaml`, `claims.yaml`.
`X.ocr.txt` beside `X.pdf` (or a picture) is its text. Links to files are followed where they stay inside the
folder, links to folders never."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.corpus.readers import readers
from qualcode.expressions import expression
from qualcode.problems import Place, Problem, UsageError, problem

_HIDDEN = expression(
    r"~\$.*|\..*|.*\.(?:tmp|temp|bak|swp|lock|part|crdownload|download)|.*~|Thumbs\.db|desktop\.ini|Icon\r?",
    re.IGNORECASE | re.DOTALL,
)
_CONFLICT = expression(
    r""".*(?:
      \([^()]*(?:conflicted\ copy|case\ conflict|selective\ sync\ conflict)[^()]*\)   # Dropbox, ownCloud
    | \.sync-conflict-\d.*                                                          # Syncthing
    | [（(][^()（）]*(?:冲突|衝突)[^()（）]*[)）].*                                    # in Chinese
    | _conf\(\d+\)                                                                  # Tresorit
    )(?:\.[^.]*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_OURS = expression(
    r"(?:documents|speakers)\.(?:csv|xlsx)|(?:qualcode|claims)\.ya?ml|.*\.meta\.ya?ml", re.IGNORECASE
)
_RESULTS = frozenset({"coded_segments.csv", "cooccurrence_edges.csv", "timeline.csv"})
_SKIPPED_FOLDERS = expression(r"\..*|__MACOSX|__pycache__|node_modules", re.IGNORECASE)
_README = expression(r"(?:readme|read me|licen[cs]e|说明|自述)(?:[._-].*)?", re.IGNORECASE)
_OCR = ".ocr.txt"

_AS_DOCX = "open it in Word, WPS or LibreOffice and save it as .docx"
_AS_PDF = "print it to PDF, or save it as .docx"
_AS_OCR = "recognise its text and put it beside as {stem}.ocr.txt"
_AS_TEXT = "transcribe it and put the transcript here as .docx, .txt, .srt or .vtt"
_AS_FILES = "unpack it here"
_CONVERSIONS: dict[str, tuple[str, str]] = {
    **dict.fromkeys((".doc", ".dot"), ("an old Word document", _AS_DOCX)),
    **dict.fromkeys((".wps", ".wpt"), ("a WPS Writer document", _AS_DOCX)),
    **dict.fromkeys((".docm", ".dotx"), ("a Word document with macros, or a template", _AS_DOCX)),
    **dict.fromkeys((".pages",), ("a Pages document", _AS_DOCX)),
    **dict.fromkeys((".ofd", ".ceb", ".cebx", ".caj"), ("a layout format without a reader here", _AS_PDF)),
    **dict.fromkeys((".ppt", ".pptx", ".dps", ".key", ".odp"), ("slides", "copy its text into a .docx")),
    **dict.fromkeys((".xls", ".et", ".ods", ".numbers"), ("a spreadsheet", "save it as .xlsx or .csv")),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), ("an e-book", "convert it to .epub")),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive"), ("a web archive", "save the page as .html")),
    **dict.fromkeys((".eml", ".msg"), ("an e-mail", "save its text as .txt")),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"), ("a picture", _AS_OCR)
    ),
    **dict.fromkeys(
        (".mp3", ".m4a", ".wav", ".amr", ".aac", ".ogg", ".flac", ".wma", ".mp4", ".mov", ".avi", ".mkv"),
        ("a recording", _AS_TEXT),
    ),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"), ("an archive", _AS_FILES)),
}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A document to be read: `path` is what to open, `name` what the document is called.

    They differ only where a text file beside it stands in for a scan: `name` is then `X.pdf`, `path` ends in
    `X.ocr.txt`, `extension` is `.txt` and `note` is `ocr`.
    """

    path: Path
    name: str  # posix, relative to the folder
    extension: str  # lower case, chooses the reader
    note: str = ""


def list_files(folder: Path) -> tuple[list[FoundFile], list[Problem]]:
    """Return the documents below a folder by the code points of their names, and what is wrong with the rest.

    A folder that is not there, or holds no document, is a problem. Nothing is opened.
    """
    problems: list[Problem] = []
    if not folder.is_dir():
        missing = problem(
            "no-folder",
            Place(folder.name),
            "there is no folder {folder}",
            hint="check the spelling; paths are relative to the study folder",
            folder=folder.name,
        )
        return [], [missing]
    names = dict(_walk(folder, folder.resolve(), problems))
    found: list[FoundFile] = []
    stands_in = _stand_ins(names)
    for name in sorted(names):
        path = names[name]
        if name in stands_in.values() or _OURS.fullmatch(path.name):
            continue
        if _CONFLICT.fullmatch(path.name):
            problems.append(_conflict(name))
            continue
        if name in stands_in:
            text = names[stands_in[name]]
            found.append(FoundFile(text, name, ".txt", "ocr"))
            continue
        extension = path.suffix.lower()
        if _README.fullmatch(path.name):
            problems.append(_readme(name))
        elif _has_reader(extension):
            if _can_read(path, name, problems):
                found.append(FoundFile(path, name, extension))
        else:
            problems.append(_not_read(name, path, extension))
    if not found:
        problems.append(
            problem(
                "no-documents",
                Place("."),
                "the folder {folder} holds no document that can be read",
                hint="put .docx, .txt, .md, .pdf, .srt, .vtt or .xlsx files into it",
                folder=folder.name,
            )
        )
    return found, problems


def _walk(folder: Path, root: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """All files below, as (relative posix name, path); hidden ones and links that lead out are left out."""

    def unreadable(error: OSError) -> None:
        at = Path(error.filename or folder)
        problems.append(_unreadable(at.relative_to(folder).as_posix() if at != folder else "."))

    for here, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(f for f in folders if not _SKIPPED_FOLDERS.fullmatch(f))
        if "manifest.json" in files and _RESULTS.intersection(files) and Path(here) != folder:
            folders.clear()  # results of a run or of one analysis, which hold no sources
            continue
        if "qualcode.yaml" in files and "decisions" in folders:
            folders.remove("decisions")  # the journals of a study whose corpus is its own folder
        for name in folders:
            if Path(here, name).is_symlink():
                problems.append(_link_outside(Path(here, name).relative_to(folder).as_posix()))
        for file in sorted(files):
            path = Path(here, file)
            name = path.relative_to(folder).as_posix()
            if _HIDDEN.fullmatch(file):
                continue
            if path.is_symlink() and not _stays_inside(path, root):
                problems.append(_link_outside(name))
            elif path.is_file():
                yield name, path


def _link_outside(name: str) -> Problem:
    return problem(
        "link-not-followed",
        Place(name),
        "a link to a folder, out of the corpus, or to nowhere; it is not followed",
        hint="copy what it leads to into the folder",
        severity="warning",
    )


def _stays_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _stand_ins(names: dict[str, Path]) -> dict[str, str]:
    """Scans with a text beside them: {`X.pdf`: `X.ocr.txt`}; of several the pdf, else the first."""
    by_stem: dict[str, list[str]] = {}
    for name in sorted(names):
        stem, dot, extension = name.rpartition(".")
        picture = _CONVERSIONS.get(f".{extension.lower()}", ("", ""))[1] == _AS_OCR
        if dot and (extension.lower() in ("pdf", "ofd", "ceb", "caj") or picture):
            by_stem.setdefault(stem, []).append(name)
    result = {}
    for name in sorted(names):
        if name.lower().endswith(_OCR):
            scans = by_stem.get(name[: -len(_OCR)], [])
            scans.sort(key=lambda n: not n.lower().endswith(".pdf"))
            if scans:
                result[scans[0]] = name
    return result


def _has_reader(extension: str) -> bool:
    try:
        return bool(extension and readers[extension])
    except UsageError:
        return False


def _can_read(path: Path, name: str, problems: list[Problem]) -> bool:
    if os.access(path, os.R_OK):
        return True
    problems.append(_unreadable(name))
    return False


def _unreadable(name: str) -> Problem:
    return problem(
        "unreadable-file",
        Place(name),
        "no permission to read it",
        hint="change its permissions, or close the program that holds it",
    )


def _conflict(name: str) -> Problem:
    return problem(
        "sync-conflict",
        Place(name),
        "a left-over of a sync conflict; passed over",
        hint="keep the version you want under the plain name and remove the other",
        severity="note",
    )


def _readme(name: str) -> Problem:
    return problem(
        "readme",
        Place(name),
        "taken for a note to readers of the folder; passed over",
        hint="rename it if it is a document",
        severity="note",
    )


def _not_read(name: str, path: Path, extension: str) -> Problem:
    if extension in _CONVERSIONS:
        what, hint = _CONVERSIONS[extension]
        return problem(
            "needs-conversion",
            Place(name),
            "{what} ({extension}) cannot be read",
            hint=hint,
            what=what,
            extension=extension,
            stem=path.stem,
        )
    return problem(
        "unknown-extension",
        Place(name),
        "no reader for {extension}; passed over",
        hint="if it is a document, save it as .docx, .txt or .pdf",
        severity="note",
        extension=extension or "a file without extension",
    )
