"""One digest for equal values, whatever order their sets come in: keys of results kept for another day."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path, PurePath

import qualcode


def digest(*values: object) -> str:
    """Return a hexadecimal digest of values: texts, numbers, records, and lists, sets and maps of such.

    Equal values give one digest in every process. Raises `TypeError` for anything else, since what a class
    writes of itself may name its place in memory.

    >>> digest({"b", "a"}) == digest({"a", "b"}), digest("1") == digest(1)
    (True, False)
    """
    return hashlib.sha256(written(values).encode("utf-8", "surrogatepass")).hexdigest()


def written(value: object) -> str:
    """Write a value so that equal values read alike and others do not."""
    if value is None or isinstance(value, str | bool | int | float | bytes):
        return repr(value)
    if is_dataclass(value):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return f"{type(value).__name__}({','.join(f'{name}={written(held)}' for name, held in named)})"
    if isinstance(value, Mapping):
        # The order of a map is part of what it says: patterns are tried in it.
        return f"{{{','.join(f'{written(key)}:{written(held)}' for key, held in value.items())}}}"
    if isinstance(value, Set):
        return f"<{','.join(sorted(map(written, value)))}>"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(written, value))}]"
    if isinstance(value, PurePath):
        return repr(value.as_posix())
    if isinstance(value, re.Pattern):
        return f"/{value.pattern!r}/{value.flags}"
    raise TypeError(f"{type(value).__name__} has no canonical form")


@cache
def program() -> str:
    """Return a digest of this program's own source: results of another state of it are not its results."""
    found = hashlib.sha256()
    root = str(Path(qualcode.__file__).parent)
    sources = (
        f"{here}{os.sep}{file}"[len(root) :].replace(os.sep, "/")
        for here, _, files in os.walk(root)
        for file in files
        if file.endswith((".py", ".yaml", ".json", ".txt"))
    )
    for name in sorted(sources):
        with suppress(FileNotFoundError):  # a link to nowhere, as some editors leave beside a file
            found.update(b"\0".join((name.encode(), Path(root + name).read_bytes(), b"")))
    return found.hexdigest()
