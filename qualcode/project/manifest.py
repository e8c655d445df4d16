"""manifest.json: what a result folder was made from and what it holds, so that `verify` can make it again.

Inputs are named within their own folder (a document by its path in the corpus, a codebook file by its path
beside the codebook), never by where the study lies: a study that is moved keeps its manifest, byte for byte.
The clock, the machine and the way back to the inputs stand in the one block `made`, which no comparison
looks at.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from qualcode import __version__
from qualcode.installed import version_of

NAME = "manifest.json"
FORMAT = 1
# What can change a result: versions of the libraries that read, match and count.
LIBRARIES = (
    "ahocorasick_rs",
    "charset-normalizer",
    "google-re2",
    "lxml",
    "matplotlib",
    "networkx",
    "numpy",
    "opencc",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pypdfium2",
    "pyyaml",
    "regex",
    "scipy",
    "spacy",
    "striprtf",
)

Fingerprint = dict[str, object]  # {"sha256": ..., "size": ...}


def fingerprint(path: Path) -> Fingerprint:
    """Return the hash and the size of a file's bytes. Raises `OSError` where it cannot be read."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return {"sha256": digest.hexdigest(), "size": size}


def files_of(folder: Path) -> list[str]:
    """Return the posix paths of all files and links below a folder, sorted by code point."""
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_symlink() or p.is_file()
    )


def outputs_of(folder: Path) -> dict[str, Fingerprint]:
    """Fingerprint every file of a finished result folder but the manifest itself."""
    return {name: fingerprint(folder / name) for name in files_of(folder) if name != NAME}


def versions() -> dict[str, str]:
    """Return the versions of qualcode, Python and the libraries; one that is not installed is absent."""
    found = {name: version_of(name) for name in LIBRARIES}
    return {
        "qualcode": __version__,
        "python": platform.python_version(),
        **{name: version for name, version in found.items() if version is not None},
    }


def machine() -> dict[str, str]:
    """Say where a run was made, for the block `made`: never the person's or the computer's name."""
    return {"system": platform.system(), "architecture": platform.machine(), "implementation": sys.version}


def write_manifest(folder: Path, record: Mapping[str, object]) -> None:
    """Write the manifest of a result folder."""
    text = json.dumps({"manifest": FORMAT, **record}, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_bytes(text.encode("utf-8", "backslashreplace"))


def read_manifest(folder: Path) -> dict[str, object] | None:
    """Return the manifest of a result folder, `None` where there is none that qualcode can have written."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("manifest") != FORMAT:
        return None
    return found if isinstance(found.get("outputs"), dict) else None


def recorded(manifest: Mapping[str, object], *keys: str) -> dict[str, Fingerprint]:
    """Return one list of files of a manifest, e.g. `recorded(m, "inputs", "corpus")`; none is empty."""
    found: object = manifest
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    return {str(name): dict(entry) for name, entry in found.items() if isinstance(entry, Mapping)}
