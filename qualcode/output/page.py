"""Pages that are one file, work offline and run nothing but their own scripts.

A page carries its styles, scripts and data. Its content security policy names each script by its hash and
allows no connection at all. Data go into the page as JSON in which no tag can begin, and scripts show them as
text only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from qualcode.output.plaingraph import legal


@cache
def packaged(*path: str) -> str:
    """Return a text file that lies beside this module, line ends as `\\n`."""
    text = files("qualcode.output").joinpath(*path).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def json_data(value: object) -> str:
    """Write a value as JSON for a `<script type="application/json">`: no `<` in it, so no tag can begin.

    >>> json_data({"quote": "</script><b>"})
    '{"quote":"\\\\u003c/script>\\\\u003cb>"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return legal(text).replace("<", "\\u003c")


def policy(scripts: Sequence[str]) -> str:
    """Return a content security policy that runs these scripts and fetches nothing.

    Styles are inline and cannot be hashed: cytoscape.js adds one of its own, and a hash would forbid it.
    """
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
