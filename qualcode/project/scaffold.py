"""A study folder to begin with: two invented texts, a codebook, a study file, a read-me. It runs at once.

Nothing that is there already is overwritten: one file in the way and nothing is written at all.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from qualcode.problems import MachineError, UsageError

RENAMED = {"gitignore": ".gitignore"}  # a file of that name would hide the templates themselves from git


def study_files(lang: str) -> dict[str, bytes]:
    """Return the files of a new study by posix path, in a language (`zh` or `en`)."""
    return dict(sorted(_below(files("qualcode.project").joinpath("templates", lang), "")))


def _below(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _below(item, f"{prefix}{item.name}/")
        else:
            found.append((prefix + RENAMED.get(item.name, item.name), item.read_bytes()))
    return found


def begin_study(folder: Path, lang: str) -> list[str]:
    """Write a new study into a folder, made where it is missing; return the paths written.

    Raises `UsageError` where a file is in the way and `MachineError` where the machine refuses.
    """
    wanted = study_files(lang)
    if folder.exists() and not folder.is_dir():
        raise UsageError("{path} is a file", hint="name a folder", path=folder)
    there = [name for name in wanted if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        raise UsageError(
            "{path} already has {files}; nothing was written",
            hint="name a new folder",
            path=folder,
            files=", ".join(there),
        )
    for name, content in wanted.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content)
        except OSError as error:
            raise MachineError(
                "cannot write {path}: {reason}", path=path, reason=error.strerror or error
            ) from error
    return list(wanted)
