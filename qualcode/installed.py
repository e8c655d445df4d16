"""Which version of a library is installed, read from the folder that says so: `numpy-2.4.6.dist-info`.

`importlib.metadata` says the same, but reads all that a library says of itself as if it were mail: with the
import of what reads mail, that is a tenth of a second of every run.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_VERSION = re.compile(r"^Version:[ \t]*(\S+)", re.MULTILINE)
_ENDINGS = (".dist-info", ".egg-info")


def version_of(name: str) -> str | None:
    """Return the version of an installed library, None where it is not installed.

    >>> version_of("no such library") is None
    True
    """
    known = _normal(name)
    for place in sys.path:
        found = _described(place or ".").get(known)
        if found is None:
            continue
        said = _VERSION.search(_metadata(found))
        return said[1] if said else _asked(name)
    return _asked(name) if any(map(os.path.isfile, sys.path)) else None


def _asked(name: str) -> str | None:
    """Ask `importlib.metadata`, which also reads zip files and libraries of older installers."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


@cache
def _described(place: str) -> Mapping[str, Path]:
    """The libraries of one place of `sys.path`, each with where it is described."""
    try:
        described = [path for path in Path(place).iterdir() if path.name.lower().endswith(_ENDINGS)]
    except OSError:
        return {}
    return {_normal(path.name.rpartition(".")[0].partition("-")[0]): path for path in described}


def _metadata(folder: Path) -> str:
    """What a library says of itself, "" where it does not say it in the file of today's installers."""
    try:
        return (folder / "METADATA").read_text("utf-8", "replace")
    except OSError:
        return ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
