"""What people decide about codings, as records, and the one line of JSON each is kept as.

A decision is tied to words (`Anchor`) and a code, never to a rule or to a row of a table. It is never
changed: who thinks otherwise later writes another one, who takes one back writes an `undo` that names it. Its
`id` is the checksum of its line, so that the same line is the same decision wherever it lies.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Action = Literal["accept", "reject", "recode", "add", "memo", "undo"]
ACTIONS: tuple[Action, ...] = ("accept", "reject", "recode", "add", "memo", "undo")
VERDICTS: frozenset[str] = frozenset({"accept", "reject", "recode", "add"})
OPEN = "open:"  # a code of a person's own, found in the material
_HALVES = re.compile("[\ud800-\udfff]")
_OPEN_CODE = re.compile(r"open:[^\s.#@;:,/\\]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stood when somebody decided about them.

    `before` and `after` are up to 20 characters on either side. `start` counts from the beginning of a text
    of `size` characters. The words with both sides stood there `copies` times, these being number `nth` (from
    0); with the left side alone `lefts` times, with the right side alone `rights`, without any `repeats`.
    """

    quote: str
    before: str = ""
    after: str = ""
    speaker: str = ""
    start: int = 0
    size: int = 0
    nth: int = 0
    copies: int = 1
    lefts: int = 1
    rights: int = 1
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a journal.

    `text` is the hash of the document's text then. `to` is the code a `recode` leads to, `undoes` the id of
    the decision an `undo` takes back. `settles`: made to end a disagreement, it goes before those that were
    not. A memo without a code is on the segment, without an anchor on the document or, without a document,
    on the code. An `accept` without a code says of a segment: looked through, no further code belongs here.
    `blind`: made without seeing the machine's codings and what others decided. What was handed in from
    elsewhere has the file it came from (`source`), the date it bears there (`dated`) and, where only a part
    of the segment was marked, those words (`marked`).
    """

    revision: int
    coder: str
    time: str
    action: Action
    document: str = ""
    text: str = ""
    anchor: Anchor | None = None
    code: str = ""
    to: str = ""
    memo: str = ""
    undoes: str = ""
    settles: bool = False
    blind: bool = False
    source: str = ""
    dated: str = ""
    marked: str = ""
    _id: str = field(default="", init=False, repr=False, compare=False)  # once it was asked for

    @property
    def id(self) -> str:
        """The checksum of the line."""
        if not self._id:
            object.__setattr__(self, "_id", checksum(_record(self)))
        return self._id

    @property
    def order(self) -> tuple[int, str, str]:
        """What comes later in time is later here; on every computer the same."""
        return self.revision, self.time, self.id


_FIELDS = tuple(one.name for one in fields(Decision) if one.init)
_ANCHOR_FIELDS = tuple(one.name for one in fields(Anchor))


def text_hash(text: str) -> str:
    """Return the hash that tells whether a document's text is still the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_open(code: str) -> bool:
    """Whether this is a well-formed code of a person's own.

    >>> is_open("open:厂商锁定"), is_open("open:"), is_open("avoidance")
    (True, False, False)
    """
    return _OPEN_CODE.fullmatch(code) is not None


def checksum(record: Mapping[str, object]) -> str:
    """Return the checksum of a record without its `sum`."""
    return hashlib.sha256(_json(record).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def line_of(decision: Decision) -> str:
    """Write a decision as a line of JSON, without the line end."""
    return _json({**_record(decision), "sum": decision.id})


def decision_of(line: str) -> Decision | None:
    """Read a line; None for one that is damaged, cut off or of another kind."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or record.pop("sum", None) != checksum(record):
        return None
    values: dict[str, Any] = {name: value for name, value in record.items() if name in _FIELDS}
    try:
        if values.get("anchor") is not None:
            values["anchor"] = Anchor(**values["anchor"])
        made = Decision(**values)
    except TypeError:
        return None
    return made if made.action in ACTIONS and made.id == checksum(record) else None


def _record(decision: Decision) -> dict[str, object]:
    """What is written: empty fields are left out, so that later kinds of fields change no old line."""
    kept = {name: getattr(decision, name) for name in _FIELDS}
    if decision.anchor is not None:
        kept["anchor"] = {name: getattr(decision.anchor, name) for name in _ANCHOR_FIELDS}
    kept = {name: value for name, value in kept.items() if value not in ("", None, False)}
    return {"revision": decision.revision, **kept}


def _json(record: Mapping[str, object]) -> str:
    # Line separators inside a text (U+2028, NEL) must not end a line for programs that split at them.
    # Half a character (a lone surrogate) has no bytes in UTF-8 and would not be read back as it was written.
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
