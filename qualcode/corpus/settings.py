"""How a corpus is to be read: the `corpus:` map of `qualcode.yaml`.

    corpus:
      folder: corpus                         # relative to the study
      filename: "{date}-{title}"             # or a list; the first that fits; other names are attributes
      encoding: gb18030                      # only where guessing goes wrong
      columns: {text: 内容, speaker: 受访人}    # csv/xlsx: what is looked for, and the column's own name
      labels: [老李, 联络员]                   # labels of speakers that no known form shows
      speakers: {访谈者: interviewer, 老李: {role: respondent, actor: J市公安局, since: 2017}}
      defaults: {case: J市, kind: interview}  # said of every document, unless something else is said
      ignore: ["旧稿/*", "*.bak.docx"]
      unit: sentence

Every key may be left out. An unknown key is a Problem with its line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from qualcode.corpus.metadata import Layer
from qualcode.corpus.metadata_filename import FilePattern, read_pattern
from qualcode.corpus.metadata_yaml import read_layer, read_speakers
from qualcode.model import Speaker
from qualcode.problems import Problem, problem
from qualcode.yamlnodes import Fields, Node

UNITS = ("sentence", "clause", "turn", "paragraph", "article", "window")
_KEYS = ("folder", "filename", "encoding", "columns", "labels", "speakers", "defaults", "ignore", "unit")


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """How to read the files of one corpus. The defaults read any folder."""

    folder: str = ""  # as written; whoever opens the study resolves it
    filename: tuple[FilePattern, ...] = ()
    encoding: str = ""  # "": find out, file by file
    columns: Mapping[str, str] = field(default_factory=dict)  # our name -> header in the file
    labels: tuple[str, ...] = ()
    speakers: Mapping[str, Speaker] = field(default_factory=dict)  # by label; role_source is `declared`
    defaults: Layer = field(default_factory=lambda: Layer("settings"))
    ignore: tuple[str, ...] = ()  # glob patterns over relative posix paths and over file names
    unit: str = ""  # "": what the codebook says, else sentence

    def ignores(self, path: str) -> bool:
        """Whether a relative posix path is to be passed over: `旧稿/*` by path, `*.bak.docx` by name."""
        pure = PurePosixPath(path)
        return any(pure.match(glob) or _under(pure, glob) for glob in self.ignore)


def read_settings(node: Node | None) -> tuple[CorpusSettings, list[Problem]]:
    """Read the `corpus:` map; None (no such key) gives the defaults. Also accepts a folder's name alone."""
    problems: list[Problem] = []
    if node is None:
        return CorpusSettings(), problems
    if node.kind == "text":
        return CorpusSettings(folder=node.text.strip()), problems
    fields = Fields(node, what="the corpus", known=_KEYS, problems=problems)
    patterns = (read_pattern(item, problems) for item in _scalars(fields.node("filename")))
    speakers = fields.node("speakers")
    defaults = fields.node("defaults")
    return CorpusSettings(
        folder=fields.text("folder"),
        filename=tuple(pattern for pattern in patterns if pattern is not None),
        encoding=_encoding(fields.node("encoding"), problems),
        columns=_columns(fields.node("columns"), problems),
        labels=fields.texts("labels"),
        speakers=read_speakers(speakers, problems) if speakers else {},
        defaults=read_layer(defaults, "settings", problems) if defaults else Layer("settings"),
        ignore=fields.texts("ignore"),
        unit=_unit(fields.node("unit"), problems),
    ), problems


def is_unit(text: str) -> bool:
    """Whether a text names a unit of segmentation: one of `UNITS`, or `window:k`.

    >>> is_unit("clause"), is_unit("window:5"), is_unit("window:0"), is_unit("word")
    (True, True, False, False)
    """
    return text in UNITS or bool(re.fullmatch(r"window:[1-9]\d{0,3}", text))


def _under(path: PurePosixPath, glob: str) -> bool:
    """A folder named alone (`旧稿` or `旧稿/`) or with `**` means all that lies below it."""
    folder = PurePosixPath(glob.removesuffix("**").rstrip("/*") or ".")
    return glob.endswith(("/", "/**", "/*")) and folder in path.parents


def _scalars(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if node.kind == "list" else (node,)


def _encoding(node: Node | None, problems: list[Problem]) -> str:
    if node is None or not node.text.strip():
        return ""
    name = node.text.strip()
    try:
        return codecs.lookup(name).name
    except LookupError:
        problems.append(
            problem(
                "unknown-encoding",
                node.place,
                "'{name}' is not an encoding",
                hint="known are utf-8, gb18030, gbk, big5, utf-16 and more; leave it out to have it found",
                name=name,
            )
        )
        return ""


def _columns(node: Node | None, problems: list[Problem]) -> dict[str, str]:
    if node is None:
        return {}
    if node.kind != "map":
        problems.append(
            problem(
                "wrong-type",
                node.place,
                "columns is a map from what is looked for to the name of a column",
                hint="write for example: columns: {{text: 内容, speaker: 受访人}}",
            )
        )
        return {}
    return {key.text.strip(): value.text.strip() for key, value in node.entries if value.text.strip()}


def _unit(node: Node | None, problems: list[Problem]) -> str:
    if node is None or not node.text.strip():
        return ""
    unit = node.text.strip()
    if is_unit(unit):
        return unit
    problems.append(
        problem(
            "unknown-unit",
            node.place,
            "'{unit}' is not a unit of segmentation",
            hint="known: {known}, or window:5 for tiles of five sentences",
            unit=unit,
            known=", ".join(UNITS),
        )
    )
    return ""
