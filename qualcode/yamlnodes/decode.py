"""Bytes -> text for files people write in YAML: UTF-8, or a problem that names what it looks like."""

from __future__ import annotations

from qualcode.problems import Place, Problem, problem

# Frequent in any Chinese prose; a wrong decoding yields rare characters instead.
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
)


def decode_yaml(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Decode UTF-8 (a BOM is fine); anything else is a problem that names the likely encoding."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    looks = _looks_like(raw)
    if looks:
        found = problem(
            "encoding",
            Place(path, line),
            "this file is not UTF-8; it looks like {encoding}",
            hint="save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8; in VS Code: Save with Encoding)",
            encoding=looks,
        )
    else:
        found = problem("encoding", Place(path, line), "this file is not UTF-8 text", hint="save it as UTF-8")
    return None, [found]


def _looks_like(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in raw:
        return "UTF-16"
    best, score = "", 0.0
    for name, codec in (("GB18030 (GBK)", "gb18030"), ("Big5", "big5hkscs")):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        wide = [c for c in text if ord(c) > 127]
        share = sum(c in _COMMON for c in wide) / len(wide) if wide else 0.0
        if not best or share > score:
            best, score = name, share
    return best
