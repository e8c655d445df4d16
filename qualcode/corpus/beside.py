"""What lies beside the documents of a folder and speaks of them: sidecars and tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from qualcode.corpus.metadata import Layer
from qualcode.corpus.metadata_yaml import read_sidecar
from qualcode.corpus.sheetrows import TABLE_FORMATS, Row, read_rows
from qualcode.problems import Place, Problem, problem
from qualcode.yamlnodes import decode_yaml

SIDECARS = (".meta.yaml", ".meta.yml")


def read_table_file(folder: Path, stem: str, problems: list[Problem]) -> list[Row]:
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
        problems.append(unreadable(there[0].name, error))
        return []
    rows, found = read_rows(data, there[0].name)
    problems += found
    return rows


def read_sidecars(
    folder: Path,
    names: list[str],
    problems: list[Problem],
    *,
    ignores: Callable[[str], bool] = lambda name: False,
    only: bool = False,
) -> dict[str, Layer]:
    """Read the sidecars: `03.meta.yaml` or `03.docx.meta.yaml` beside `03.docx`; return them by document.

    `only`: look in this very folder for those of `names`, and say nothing of others.
    """
    owners: dict[str, list[str]] = {}
    for name in names:
        for stem in (PurePosixPath(name).with_suffix("").as_posix(), name):
            for ending in SIDECARS:
                owners.setdefault(stem + ending, []).append(name)
    layers: dict[str, Layer] = {}
    found = (path for ending in SIDECARS for path in (folder.glob if only else folder.rglob)(f"*{ending}"))
    for path in sorted(found):
        sidecar = path.relative_to(folder).as_posix()
        if ignores(sidecar) or path.name.startswith(("._", "~$")):
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
        problems.append(unreadable(name, error))
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


def unreadable(name: str, error: OSError) -> Problem:
    """Say that the machine does not let a file be read."""
    return problem(
        "unreadable-file",
        Place(name),
        "cannot be read: {reason}",
        hint="check its permissions, and whether another program holds it open",
        reason=error.strerror or type(error).__name__,
    )
