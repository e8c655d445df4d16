"""From a codebook file to the nodes of all its parts: itself and what it imports.

Imports are relative to the file that names them. A file reached twice is read once; a cycle, a missing or
unreadable file and everything wrong with its YAML are problems, and the other parts are read all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from qualcode.codebook.keys import CODE, CODEBOOK, names
from qualcode.problems import Place, Problem, problem
from qualcode.yamlnodes import Fields, Node, decode_yaml, read_yaml

# Lists under these keys hold sentences, where ， is punctuation and not a mistyped comma.
PROSE = frozenset(
    {"examples", "not_examples", "definition", "include", "exclude", "question", "text", "title"}
)

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a codebook: its top map and the hash of its bytes."""

    path: str  # as shown in problems
    name: str  # posix, relative to the folder of the top file
    sha256: str
    fields: Fields


@dataclass(slots=True)
class _Gathering:
    base: Path
    parts: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[Path, Path] = field(default_factory=dict)  # real file -> as first named
    open: list[Path] = field(default_factory=list)  # the chain of imports being followed


def gather(path: Path, raw: bytes | None = None) -> tuple[list[Part], list[Problem]]:
    """Read a codebook file and its imports, the top file first, then in the order reached.

    `raw` stands for the top file's bytes where they are not to be read from the disk. A top file that cannot
    be used at all gives no parts.
    """
    gathering = _Gathering(path.parent)
    if raw is None:
        raw = _bytes(path, Place(path.as_posix()), gathering.problems)
    if raw is not None:
        _add(path, raw, gathering)
    return gathering.parts, gathering.problems


def _add(path: Path, raw: bytes, gathering: _Gathering) -> None:
    shown = path.as_posix()
    text, problems = decode_yaml(raw, shown)
    gathering.problems += problems
    if text is None:
        return
    node, problems = read_yaml(text, shown, prose=PROSE)
    gathering.problems += problems
    if node is None:
        if not problems:
            gathering.problems.append(
                problem(
                    "empty-file",
                    Place(shown, 1),
                    "this codebook is empty",
                    hint="'qualcode codebook new' writes one to begin with",
                )
            )
        return
    fields = Fields(
        node,
        what="a codebook",
        known=names(CODEBOOK),
        problems=gathering.problems,
        elsewhere=dict.fromkeys(names(CODE), "it belongs to a code, in the list under 'codes'"),
    )
    name = Path(os.path.relpath(path, gathering.base)).as_posix()
    gathering.parts.append(Part(shown, name, hashlib.sha256(raw).hexdigest(), fields))
    real = path.resolve()
    gathering.seen[real] = path
    gathering.open.append(real)
    for item in _imports(fields):
        _follow(path, item, gathering)
    gathering.open.pop()


def _imports(fields: Fields) -> Iterator[Node]:
    fields.texts("imports")  # says what is wrong with their types
    node = fields.node("imports")
    if node is not None:
        items = node.items if node.kind == "list" else (node,)
        yield from (item for item in items if item.kind == "text")


def _follow(importer: Path, item: Node, gathering: _Gathering) -> None:
    problems, name = gathering.problems, item.text.strip()
    if not name or "\x00" in name:
        problems.append(problem("missing-file", item.place, "an import names no file"))
        return
    # Windows reads C:x as a drive; everywhere else it would be a file of that odd name.
    if name.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:", name) or "://" in name:
        problems.append(
            problem(
                "bad-import",
                item.place,
                "{name!r} is not relative to this file",
                hint="write the way from this file's folder, so that the codebook works on other computers",
                name=name,
            )
        )
        return
    path = Path(os.path.normpath(importer.parent / name.replace("\\", "/")))
    real = path.resolve()
    if real in gathering.open:
        chain = [*gathering.open[gathering.open.index(real) :], real]
        problems.append(
            problem(
                "import-cycle",
                item.place,
                "the imports run in a circle: {chain}",
                hint="take one of these imports out",
                chain=" -> ".join(p.name for p in chain),
            )
        )
    elif real not in gathering.seen:
        raw = _bytes(path, item.place, problems)
        if raw is None:
            gathering.seen[real] = path
        else:
            _add(path, raw, gathering)


def _bytes(path: Path, place: Place, problems: list[Problem]) -> bytes | None:
    """Read a file; what hinders is a problem at `place` (the import, or the file itself)."""
    shown = path.as_posix()
    try:
        if path.is_dir():
            problems.append(
                problem("missing-file", place, "{path} is a folder", hint="name the file in it", path=shown)
            )
            return None
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) <= MAX_BYTES:
            return raw
        problems.append(
            problem(
                "too-large",
                place,
                "{path} has more than {most} bytes, and is no codebook",
                hint="split it, and name the parts under imports",
                path=shown,
                most=MAX_BYTES,
            )
        )
    except FileNotFoundError:
        # Extensions are left out of the comparison: they make any two names alike.
        neighbours = {name.rpartition(".")[0].lower() or name: name for name in _neighbours(path)}
        near = get_close_matches(path.stem.lower(), neighbours, n=1, cutoff=0.6)
        close = [neighbours[stem] for stem in near]
        hint = "did you mean {meant!r}?" if close else "give its way from the folder you are in"
        if place.line:
            hint = "did you mean {meant!r}?" if close else "imports are named relative to this file"
        problems.append(
            problem(
                "missing-file",
                place,
                "there is no file {path}",
                hint=hint,
                path=shown,
                meant=close[0] if close else "",
            )
        )
    except OSError as error:
        problems.append(
            problem(
                "unreadable-file",
                place,
                "{path} cannot be read: {reason}",
                path=shown,
                reason=error.strerror or type(error).__name__,
            )
        )
    return None


def _neighbours(path: Path) -> list[str]:
    try:
        return sorted(other.name for other in path.parent.iterdir() if other.is_file())
    except OSError:
        return []
